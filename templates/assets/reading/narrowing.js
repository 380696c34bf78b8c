// Narrowing in place: the links of the filters as toggles, the words to look for, and the dates.
// What is chosen stands in the address. Where the page holds all events, those that do not fit are
// hidden; elsewhere the index says which do, as rows that lead to them.
"use strict";

(() => {
  const { make, say, count, number, load, base } = pincite;
  const SORTS = ["kinds", "status", "voices", "actors", "places", "tags", "sources"];
  const KEYS = ["kind", "modality", "voice", "actor", "place", "tag", "source"];
  const [ID, TITLE, SAID, FIRST, LAST, VALUES] = [0, 1, 2, 3, 4, 5];
  const ROWS = 50;
  const SEEN = 16; // rows that fill a screen: they are there before the rest is made

  const form = document.getElementById("seek");
  const { q: field, from, to } = form.elements;
  const found = document.getElementById("seek-found");
  const clear = document.getElementById("seek-clear");
  const list = document.getElementById("list");
  const embedded = document.documentElement.classList.contains("framed");
  const sharing = document.querySelector("#embed-view, .embed-page") ? pincite.part("embedding") : null;
  const articles = new Map(
    [...list.querySelectorAll("article.event")].map((a) => [a.id.slice(2), a]),
  );
  const links = []; // { link, sort, id, count, text } of the filters, with what they said at first
  let directory;
  let events = []; // rows of all shards that have come, in order
  let texts = []; // their words, folded, as far as they were asked for
  let shards = []; // a list of rows by shard, or undefined
  let textShards = [];
  let wanted = false; // whether texts were asked for
  let chosen = readAddress();
  let shown = ROWS;
  let failed = false;

  // The browser answers its reader between two tasks, so long work is cut into several.
  const task = () => new Promise((resolve) => setTimeout(resolve));

  // ---- what is chosen, and the address -------------------------------------------------------

  function readAddress() {
    const query = new URLSearchParams(location.search);
    return {
      values: KEYS.map((key) => new Set(query.getAll(key))),
      q: query.get("q") ?? "",
      from: query.get("from") ?? "",
      to: query.get("to") ?? "",
    };
  }

  function queryText() {
    const query = new URLSearchParams();
    KEYS.forEach((key, sort) => chosen.values[sort].forEach((value) => query.append(key, value)));
    for (const key of ["from", "to", "q"]) if (chosen[key].trim()) query.set(key, chosen[key]);
    const text = query.toString();
    return text && `?${text}`;
  }

  const address = () => location.pathname + queryText() + location.hash;

  function writeAddress(replace) {
    try {
      history[replace ? "replaceState" : "pushState"](null, "", address());
    } catch {
      // Some browsers allow none on a page from a disk; the list is narrowed all the same.
    }
  }

  // A frame shows its selection as rows even where that is everything.
  const isNarrowed = () => embedded || isChosen();
  const isChosen = () =>
    chosen.values.some((set) => set.size) || needles().length > 0 || chosen.from || chosen.to;

  // ---- words ---------------------------------------------------------------------------------

  const LETTERS = { ß: "ss", ø: "o", ł: "l", đ: "d", æ: "ae", œ: "oe", ı: "i", "’": "", "'": "" };

  // Words without capitals and accents, each after a space; vowels that are marks are kept.
  function fold(text) {
    return ` ${text
      .normalize("NFKD")
      .toLowerCase()
      .replace(/[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]+/g, "")
      .replace(/[ßøłđæœı’']/g, (letter) => LETTERS[letter])
      .replace(/[^\p{L}\p{N}\p{M}]+/gu, " ")
      .trim()}`;
  }

  const UNSPACED = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmr}]/u;

  // What to look for: each word at the beginning of one, a phrase in quotation marks as it stands,
  // and what is written without spaces anywhere.
  function needles() {
    const phrases = [];
    const rest = chosen.q.replace(/["“”„«»]([^"“”„«»]+)["“”„«»]/g, (_, phrase) => {
      phrases.push(fold(phrase));
      return " ";
    });
    const words = fold(rest).split(" ").filter(Boolean).map((word) => ` ${word}`);
    return [...phrases, ...words]
      .filter((needle) => needle.trim())
      .map((needle) => (UNSPACED.test(needle) ? needle.trim() : needle));
  }

  // ---- the index -----------------------------------------------------------------------------

  async function start() {
    directory = await load("data/search/directory.js", "directory");
    shards = directory.sizes.map(() => undefined);
    textShards = directory.sizes.map(() => undefined);
    await Promise.all(
      directory.sizes.map(async (_, at) => {
        const { names, rows } = await load(`data/search/facts-${at}.js`, `facts-${at}`);
        const ids = names.map((own, sort) => own.map((name) => numberOf(sort, name)));
        for (const row of rows) {
          row.title = fold(row[TITLE]); // a shard at a time, so that no keystroke waits for all
          for (let sort = 0; sort < SORTS.length; sort++) {
            row[VALUES + sort] = row[VALUES + sort].map((value) => ids[sort][value]);
          }
        }
        shards[at] = rows;
        if (directory.sizes.length > 1) draw();
      }),
    );
    await task();
    gather();
    offerDates();
    await task();
    drawNow();
  }

  const numbers = SORTS.map(() => new Map());
  function numberOf(sort, id) {
    const known = numbers[sort].get(id) ?? numbers[sort].size;
    numbers[sort].set(id, known);
    return known;
  }

  const idOf = (sort, wanted) => [...numbers[sort].keys()][wanted];

  function askTexts() {
    if (wanted) return;
    wanted = true;
    directory.sizes.forEach(async (_, at) => {
      try {
        const lines = await load(`data/search/texts-${at}.js`, `texts-${at}`);
        textShards[at] = lines.map(fold);
        draw();
      } catch {
        wanted = false;
        fail();
      }
    });
  }

  function fail() {
    failed = true;
    document.documentElement.classList.remove("framed"); // the page itself is whole
    found.textContent = say("failed");
  }

  // ---- dates ---------------------------------------------------------------------------------

  const floor = (n, size) => n - (((n % size) + size) % size);

  function readMonth(text, last) {
    const [, year, month] = /^([+-]?\d+)(?:-(\d\d))?$/.exec(text) ?? [];
    if (year === undefined) return null;
    return Number(year) * 12 + (month ? Number(month) - 1 : last ? 11 : 0);
  }

  function writeMonth(month, size) {
    const year = floor(month, 12) / 12;
    const digits = String(Math.abs(year)).padStart(4, "0");
    const text = (year < 0 ? "-" : "") + digits;
    return size < 12 ? `${text}-${String(floor(month, 1) - year * 12 + 1).padStart(2, "0")}` : text;
  }

  const formats = new Map(); // a browser needs some time to make one
  function formatOf(options) {
    const key = JSON.stringify(options);
    if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(pincite.lang, options));
    return formats.get(key);
  }

  function sayMonth(text) {
    const month = readMonth(text, false);
    if (month === null) return text;
    const year = floor(month, 12) / 12;
    if (Math.abs(year) > 9999) return number(year);
    const date = new Date(0);
    date.setUTCFullYear(year, month - year * 12, 1);
    const era = year < 1 ? { era: "short" } : {};
    const part = /^[+-]?\d+-\d\d$/.test(text) ? { month: "long" } : {};
    const options = { year: "numeric", timeZone: "UTC", calendar: "gregory", ...part, ...era };
    return formatOf(options).format(date);
  }

  // Offers the months (or years, or longer) in which something is.
  function offerDates() {
    let [first, last] = [Infinity, -Infinity];
    for (const event of events) {
      for (const month of [event[FIRST], event[LAST]]) {
        if (month === null) continue;
        if (month < first) first = month;
        if (month > last) last = month;
      }
    }
    if (first > last) return;
    let size = last - first < 36 ? 1 : 12;
    while ((last - first) / size > 300) size *= 10;
    for (const [select, offset] of [[from, 0], [to, size - 12]]) {
      for (let month = floor(first, size); month <= last; month += size) {
        const at = size > 12 ? month + Math.max(offset, 0) : month;
        offer(select, writeMonth(at, size));
      }
    }
  }

  function offer(select, value) {
    if (![...select.options].some((option) => option.value === value)) {
      const option = make("option", { value }, sayMonth(value));
      const after = [...select.options].find(
        (other) => other.value && readMonth(other.value) > readMonth(value),
      );
      select.insertBefore(option, after ?? null);
    }
  }

  // ---- choosing ------------------------------------------------------------------------------

  // Returns the places of the events that fit, and for each value how many would with it.
  function choose() {
    const sets = chosen.values.map((set, sort) => {
      if (!set.size) return null;
      return new Set([...set].map((id) => numbers[sort].get(id) ?? -1));
    });
    const counts = SORTS.map((_, sort) => new Int32Array(numbers[sort].size));
    const totals = new Int32Array(SORTS.length); // with nothing chosen in that sort
    const since = readMonth(chosen.from, false);
    const until = readMonth(chosen.to, true);
    const sought = needles();
    const fitting = [];
    const inTitle = [];
    events.forEach((event, at) => {
      if (since !== null || until !== null) {
        if (event[FIRST] === null && event[LAST] === null) return;
        if (since !== null && event[LAST] !== null && event[LAST] < since) return;
        if (until !== null && event[FIRST] !== null && event[FIRST] > until) return;
      }
      let title = sought.length > 0;
      if (sought.length) {
        const text = textOf(at);
        for (const needle of sought) {
          if (event.title.includes(needle)) continue;
          title = false;
          if (!text?.includes(needle)) return;
        }
      }
      let missing = -1;
      for (let sort = 0; sort < SORTS.length; sort++) {
        const set = sets[sort];
        if (!set || event[VALUES + sort].some((value) => set.has(value))) continue;
        if (missing >= 0) return;
        missing = sort;
      }
      for (let sort = 0; sort < SORTS.length; sort++) {
        if (missing >= 0 && missing !== sort) continue;
        totals[sort]++;
        for (const value of event[VALUES + sort]) counts[sort][value]++;
      }
      if (missing < 0) (title ? inTitle : fitting).push(at);
    });
    return { inTitle, fitting, counts, totals };
  }

  let starts = []; // where each shard's events begin in `events`
  let places = new Map(); // event id → place
  function gather() {
    events = [];
    starts = [];
    texts = [];
    shards.forEach((rows, at) => {
      starts.push(events.length);
      if (rows) for (const row of rows) events.push(row);
      if (rows) for (let n = 0; n < rows.length; n++) texts.push(textShards[at]?.[n]);
    });
    places = new Map(events.map((event, at) => [event[ID], at]));
  }
  const textOf = (at) => texts[at];

  // ---- drawing -------------------------------------------------------------------------------

  let waiting = false;
  let stale = true;
  let drawn = 0;
  let turns = 0;
  // Draws once for all that came; while many shards come, not more often than can be read.
  function draw() {
    stale = true;
    if (waiting) return;
    waiting = true;
    const pause = directory.sizes.length < 4 ? 0 : Math.max(0, drawn + 150 - performance.now());
    setTimeout(() => {
      waiting = false;
      if (stale && !failed) drawNow();
    }, pause);
  }

  function drawNow() {
    if (stale) gather();
    stale = false;
    drawn = performance.now();
    collectLinks();
    const narrowed = Boolean(isNarrowed());
    const sought = needles().length > 0;
    if (sought) askTexts();
    const result = choose();
    const complete = shards.every(Boolean) && (!sought || textShards.every(Boolean));
    const whole = all();
    const total = result.inTitle.length + result.fitting.length;
    if (document.activeElement !== field) field.value = chosen.q;
    for (const [select, value] of [[from, chosen.from], [to, chosen.to]]) {
      if (value) offer(select, value);
      select.value = value;
    }
    clear.hidden = !narrowed;
    if (!narrowed) found.textContent = "";
    else if (!complete) found.textContent = count("found_so_far", total);
    else if (!total) found.textContent = say("none_found", { all: number(whole) });
    else found.textContent = count("found", total, { all: number(whole) });
    drawLinks(result, narrowed, complete);
    const fits = new Set([...result.inTitle, ...result.fitting]);
    let drawRest = null;
    if (holdsAll()) drawArticles(fits, narrowed);
    else drawRest = drawRows(result, narrowed, sought);
    const turn = ++turns;
    setTimeout(() => {
      if (turn !== turns) return; // something else is chosen by now
      drawRest?.();
      drawMarks(fits, narrowed);
      share([...fits].sort((a, b) => a - b), complete);
    });
  }

  // Tells what is chosen to the part that puts it into frames.
  function share(fits, complete) {
    const told = {
      chosen: Boolean(isChosen()),
      query: queryText(),
      labels: sayChosen(),
      ids: fits.map((at) => events[at][ID]),
      index: directory.index,
      complete,
    };
    sharing?.then((embedding) => embedding.tell(told), () => {});
  }

  function sayChosen() {
    const values = chosen.values.flatMap((set, at) => [...set].map((id) => labelOf(at, id)));
    const words = chosen.q.trim();
    const dates = [chosen.from, chosen.to].map((text) => text && sayMonth(text));
    const span = dates[0] === dates[1] ? dates[0] : dates.join(" – ").trim();
    return [...values, words && `“${words}”`, span].filter(Boolean);
  }

  const labelOf = (at, id) => directory.names[SORTS[at]].find((own) => own[0] === id)?.[1] ?? id;

  const holdsAll = () => articles.size > 0 && articles.size === all();
  const all = () => directory.sizes.reduce((sum, size) => sum + size, 0);

  function collectLinks() {
    if (links.length) return;
    for (const link of document.querySelectorAll(".filters a")) {
      const place = pincite.toggleable(link);
      if (!place) continue;
      const tally = link.querySelector(".count");
      links.push({ link, ...place, tally, text: tally?.textContent ?? "" });
    }
    // Counts become shorter and longer again, and nothing beside them may move for it.
    const widths = links.map(({ tally }) => tally?.getBoundingClientRect().width);
    links.forEach(({ tally }, at) => {
      if (tally) tally.style.minInlineSize = `${widths[at]}px`;
    });
  }

  function drawLinks({ counts, totals }, narrowed, complete) {
    const offered = new Set();
    for (const { link, sort, id, tally, text } of links) {
      if (!sort) {
        const at = SORTS.indexOf(sortOfLine(link));
        const free = at < 0 || !chosen.values[at].size;
        mark(link, free, narrowed ? "true" : "page");
        if (tally) tally.textContent = narrowed ? number(totals[Math.max(at, 0)]) : text;
        continue;
      }
      const at = SORTS.indexOf(sort);
      offered.add(`${sort} ${id}`);
      const n = counts[at][numbers[at].get(id)] ?? 0;
      mark(link, chosen.values[at].has(id), "true");
      if (tally) tally.textContent = narrowed ? number(n) : text;
      link.classList.toggle("none", narrowed && complete && n === 0);
    }
    drawOthers(offered, counts);
  }

  const sortOfLine = (link) =>
    link.closest("ul")?.getAttribute("aria-labelledby")?.replace(/^f-/, "") ?? "";

  function mark(link, on, value) {
    if (on) link.setAttribute("aria-current", value);
    else link.removeAttribute("aria-current");
  }

  // What is chosen by the address and not offered in a line: it too must be seen, and undone.
  function drawOthers(offered, counts) {
    const others = [];
    chosen.values.forEach((set, at) => {
      for (const id of set) {
        if (offered.has(`${SORTS[at]} ${id}`)) continue;
        const name = labelOf(at, id);
        const href = `${base}${SORTS[at]}/${encodeURIComponent(id)}/`;
        const tally = make("span", { class: "count" }, number(counts[at][numbers[at].get(id)] ?? 0));
        others.push(make("li", {}, make("a", { href, "aria-current": "true" }, `${name} `, tally)));
      }
    });
    const filters = document.querySelector(".filters");
    if (!filters) return;
    let line = document.getElementById("f-others")?.parentElement;
    if (!others.length) return void line?.remove();
    if (!line) {
      line = make("div", { class: "labelled" }, make("p", { id: "f-others" }, say("chosen")));
      line.append(make("ul", { "aria-labelledby": "f-others" }));
      filters.prepend(line);
    }
    line.lastElementChild.replaceChildren(...others);
  }

  function drawArticles(fits, narrowed) {
    for (const [id, article] of articles) article.hidden = narrowed && !fits.has(places.get(id));
    for (const period of list.querySelectorAll(".period")) {
      const own = [...period.querySelectorAll("article.event")];
      const left = own.filter((article) => !article.hidden).length;
      period.hidden = narrowed && left === 0;
      const tally = period.querySelector(".period-name .count");
      if (tally) tally.textContent = count("events", left);
    }
    const columns = list.querySelector(".columns");
    if (columns) columns.classList.toggle("away", narrowed && fits.size === 0);
  }

  // Draws what fills a screen, and returns what draws the rest.
  function drawRows({ inTitle, fitting }, narrowed, sought) {
    let results = document.getElementById("results");
    for (const element of [list, ...document.querySelectorAll(".filters + .filters")]) {
      element.hidden = narrowed;
    }
    if (!narrowed) return void results?.remove();
    if (!results) {
      results = make("div", { id: "results", class: "timeline" });
      list.before(results);
    }
    const parts = sought ? [["in_title", inTitle], ["in_words", fitting]] : [["results", fitting]];
    const sections = parts.map(([key, own]) => {
      const name = make("h2", { class: "period-name", id: `found-${key}` }, `${say(key)} `);
      name.append(make("span", { class: "count" }, count("events", own.length)));
      const rows = make("ul", { class: "rows" });
      const section = make("section", { class: "period", "aria-labelledby": `found-${key}` }, name, rows);
      return { section, rows, own, done: 0 };
    });
    const button = make("button", { type: "button", class: "more" }, say("show_more"));
    const more = make("p", {}, button);
    function extend(room) {
      for (const part of sections) {
        const fresh = part.own.slice(part.done, part.done + Math.max(0, room)).map(row);
        part.done += fresh.length;
        room -= fresh.length;
        part.rows.append(...fresh);
        if (part.done && !part.section.isConnected) more.before(part.section);
      }
      more.hidden = shown >= inTitle.length + fitting.length;
    }
    button.addEventListener("click", async () => {
      const next = results.querySelectorAll(".rows a").length;
      shown += 2 * ROWS; // no more than a frame or two of work
      await task();
      extend(2 * ROWS);
      results.querySelectorAll(".rows a")[next]?.focus();
    });
    results.replaceChildren(more);
    extend(SEEN);
    return () => extend(shown - SEEN);
  }

  const HOLLOW = { planned: "hollow", predicted: "hollow", denied: "hollow", hypothetical: "hollow dotted" };
  function row(at) {
    const event = events[at];
    const path = `events/${encodeURIComponent(event[ID])}/${directory.index ? "index.html" : ""}`;
    const what = make("span", { class: "row-what" });
    const [kind, status] = [0, 1].map((sort) => idOf(sort, event[VALUES + sort][0]));
    const shape = directory.names.kinds.find(([id]) => id === kind)?.[2];
    if (shape) what.append(shapeOf(shape, HOLLOW[status] ?? ""), " ");
    what.append(make("a", { href: base + path }, event[TITLE]));
    return make("li", {}, make("span", { class: "when" }, event[SAID]), " ", what);
  }

  function shapeOf(d, filling) {
    const draw = (name, attributes) => {
      const element = document.createElementNS("http://www.w3.org/2000/svg", name);
      for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
      return element;
    };
    const attributes = { class: `shape ${filling}`, viewBox: "-7 -7 14 14", width: 14, height: 14 };
    const svg = draw("svg", { ...attributes, "aria-hidden": "true" });
    svg.append(draw("path", { d }));
    return svg;
  }

  // In the drawing, what does not fit steps back; bars that count do so with their period.
  function drawMarks(fits, narrowed) {
    const since = readMonth(chosen.from, false) ?? -Infinity;
    const until = readMonth(chosen.to, true) ?? Infinity;
    for (const link of document.querySelectorAll(".drawing a:not(.now)")) {
      const place = markOf(link);
      let out = false;
      if (place?.event) out = !fits.has(places.get(place.event));
      else if (place) out = place.last < since || place.first > until;
      link.classList.toggle("out", narrowed && out);
    }
  }

  // What a mark of the drawing stands for, an event or a period, with its first and last month.
  // An open end is null.
  function markOf(link) {
    const href = link.getAttribute("href");
    const event = /^#e-(.+)$/.exec(href) ?? /(?:^|\/)events\/([^/]+)\//.exec(href);
    if (event) {
      const id = decodeURIComponent(event[1]);
      const at = places.get(id);
      const [first, last] = at === undefined ? [null, null] : events[at].slice(FIRST, LAST + 1);
      return { event: id, first, last };
    }
    const period = /timeline\/(?:y)?(-?\d+)(?:(s)|-(\d+))?\//.exec(href);
    if (!period) return null;
    const first = Number(period[1]) * 12;
    if (/timeline\/y/.test(href)) return { first, last: first + 12 * Number(period[3] ?? 1) - 1 };
    if (period[2]) return { first, last: first + 119 };
    if (period[3]?.length === 2) return { first: first + Number(period[3]) - 1, last: first + Number(period[3]) - 1 };
    return { first, last: first + 11 };
  }

  // ---- the reader's hand ---------------------------------------------------------------------

  function change(replace = false) {
    shown = ROWS;
    writeAddress(replace);
    if (directory && !failed) drawNow(); // else the index draws it when it is there
  }

  async function toggle(link) {
    const place = pincite.toggleable(link);
    await ready;
    if (failed) throw new Error("no index");
    const at = SORTS.indexOf(place.sort || sortOfLine(link));
    if (!place.sort) (chosen.values[at] ?? new Set()).clear();
    else if (!chosen.values[at].delete(place.id)) chosen.values[at].add(place.id);
    const kept = document.activeElement === link;
    await task();
    change();
    if (kept && !link.isConnected) field.focus();
  }

  async function reset() {
    chosen = { values: KEYS.map(() => new Set()), q: "", from: "", to: "" };
    field.value = "";
    await task();
    change();
  }

  async function setRange(since, until, size) {
    chosen.from = since === null ? "" : writeMonth(since, size);
    chosen.to = until === null ? "" : writeMonth(until, size);
    await task();
    change();
  }

  let typing = false; // one entry of the history for one word
  let written = 0;
  field.addEventListener("input", () => {
    chosen.q = field.value;
    clearTimeout(written);
    // In a task of its own: first the letter is seen, and letters that come together are one change.
    written = setTimeout(() => {
      change(typing);
      typing = true;
    });
  });
  field.addEventListener("change", () => (typing = false));
  field.addEventListener("blur", () => (typing = false));
  for (const select of [from, to]) {
    select.addEventListener("change", async () => {
      chosen[select.name] = select.value;
      await task();
      change();
    });
  }
  clear.addEventListener("click", (event) => {
    if (!pincite.isPlain(event) || !directory) return;
    event.preventDefault();
    reset();
    field.focus();
  });
  addEventListener("popstate", () => {
    chosen = readAddress();
    field.value = chosen.q;
    if (directory) drawNow();
  });

  field.value ||= chosen.q;
  if (chosen.q !== field.value) { // words that were typed before this part was there
    chosen.q = field.value;
    writeAddress(true);
  }
  const ready = start().catch(fail);
  pincite("narrowing", { toggle, setRange, markOf, ready, get chosen() { return chosen; } });
})();
