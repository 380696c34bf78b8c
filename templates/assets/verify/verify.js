// Proves this site again in the reader's browser, from its own files, and shows the chain of one
// citation. Opened from a disk it asks for the site's folder, for a page may not read it by itself.
(() => {
  "use strict";
  const box = document.getElementById("verify");
  if (!box) return;
  const words = JSON.parse(box.dataset.words);
  const say = (key, values = {}) => words[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const make = (tag, properties = {}, ...inside) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...inside);
    return element;
  };
  const line = (text) => text.replace(/[ \t\n\r\f]+/g, " ").trim();
  const slice = (text, start, end) => Array.from(text).slice(start, end).join("");

  // --- SHA-256 (FIPS 180-4); browsers offer theirs only where the connection is safe -------------
  const primes = [];
  for (let n = 2; primes.length < 64; n++) if (primes.every((p) => n % p)) primes.push(n);
  const fraction = (x) => ((x - Math.floor(x)) * 2 ** 32) | 0;
  const K = primes.map((p) => fraction(Math.cbrt(p)));
  const turn = (x, n) => (x >>> n) | (x << (32 - n));
  function digest(bytes) {
    const H = primes.slice(0, 8).map((p) => fraction(Math.sqrt(p)));
    const length = bytes.length, size = ((length + 72) >> 6) << 6;
    const view = new DataView(new ArrayBuffer(size)), w = [];
    new Uint8Array(view.buffer).set(bytes);
    view.setUint8(length, 128);
    view.setUint32(size - 8, Math.floor(length / 2 ** 29));
    view.setUint32(size - 4, length << 3);
    for (let at = 0; at < size; at += 64) {
      const s = H.slice();
      for (let i = 0; i < 64; i++) {
        const a = w[i - 15], b = w[i - 2];
        w[i] = i < 16 ? view.getInt32(at + 4 * i) : (w[i - 16] + w[i - 7]
          + (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10))) | 0;
        const t = s[7] + (turn(s[4], 6) ^ turn(s[4], 11) ^ turn(s[4], 25))
          + ((s[4] & s[5]) ^ (~s[4] & s[6])) + K[i] + w[i];
        const u = (turn(s[0], 2) ^ turn(s[0], 13) ^ turn(s[0], 22))
          + ((s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]));
        s.pop();
        s.unshift((t + u) | 0);
        s[4] = (s[4] + t) | 0;
      }
      s.forEach((x, i) => { H[i] = (H[i] + x) | 0; });
    }
    return H.map((x) => (x >>> 0).toString(16).padStart(8, "0")).join("");
  }
  async function hash(text) {
    const bytes = new TextEncoder().encode(text);
    if (!globalThis.crypto?.subtle) return digest(bytes);
    const found = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    return Array.from(found, (x) => x.toString(16).padStart(2, "0")).join("");
  }

  // --- reading: files are named from the site's root, not encoded --------------------------------
  let chosen = null, data = null, faults = [];
  async function read(file) {
    if (chosen) return chosen.has(file) ? chosen.get(file).text() : null;
    const path = file.replace(/(^|\/)index\.html$/, "$1").split("/").map(encodeURIComponent);
    const answer = await fetch(box.dataset.root + path.join("/"), { cache: "no-cache" });
    return answer.ok ? answer.text() : null;
  }
  function lead(file, href) {
    const base = "http://site.invalid/";
    try {
      const url = new URL(href, base + file.split("/").map(encodeURIComponent).join("/"));
      if (!url.href.startsWith(base)) return "";
      const path = decodeURIComponent(url.pathname.slice(1)).replace(/(^|\/)$/, "$1index.html");
      return path + decodeURIComponent(url.hash);
    } catch { return ""; }
  }
  const fileOf = (url) => lead("index.html", url).replace(/#.*/, "");
  async function open(file) {
    const text = await read(file);
    if (text === null) return fault(file, "", say("no_page"));
    const page = new DOMParser().parseFromString(text, "text/html"), seen = new Set();
    for (const { id } of page.querySelectorAll("[id]"))
      seen.has(id) ? fault(file, "#" + id, say("twice")) : seen.add(id);
    return page;
  }
  function fault(file, where, message, expected, found) {
    faults.push({ file, where, message, expected, found });
    return null;
  }
  function same(file, where, message, expected, found) {
    if (expected !== found) fault(file, where, message, expected, found);
  }
  function difference({ expected, found }) {
    if (!expected || !found) return "";
    const a = Array.from(expected), b = Array.from(found);
    const at = a.findIndex((x, i) => x !== b[i]);
    const name = (x) => x === undefined ? say("end")
      : `“${x}” (U+${x.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")})`;
    const i = at < 0 ? a.length : at;
    return say("differs", { n: i + 1, expected: name(a[i]), found: name(b[i]) });
  }

  // --- checking ----------------------------------------------------------------------------------
  const anchors = new Set();
  async function checkSource(source) {
    const file = fileOf(source.url), page = await open(file);
    if (!page) return;
    for (const { id } of page.querySelectorAll("[id]")) anchors.add(`${file}#${id}`);
    for (const paragraph of source.paragraphs) {
      const shown = page.getElementById(paragraph.id), where = paragraph.id;
      if (!shown) fault(file, where, say("no_anchor"));
      else if (paragraph.text !== null) {
        same(file, where, say("paragraph"), paragraph.text, shown.textContent);
        same(file, where, say("hash"), paragraph.sha256, await hash(shown.textContent));
      }
    }
    const texts = source.paragraphs.filter((p) => !p.retired).map((p) => p.text);
    if (texts.length && !texts.includes(null))
      same(file, source.id, say("text_hash"), source.text_sha256, await hash(texts.join("\n\n")));
    if (source.republish === "none") return;
    const marks = new Map();
    for (const mark of page.querySelectorAll("mark[data-cites]"))
      for (const key of mark.dataset.cites.split(" "))
        marks.set(key, (marks.get(key) || "") + mark.textContent);
    for (const [key, { citation }] of cited) {
      if (citation.source !== source.id || citation.exact === null) continue;
      const found = marks.get(key) || "", parts = citation.parts;
      if (!parts) same(file, key, say("marks"), citation.exact, found);
      else for (const { paragraph, start, end } of parts) {
        const part = paragraph === citation.paragraph
          ? slice(citation.exact, start - citation.start, end - citation.start)
          : slice(texts[source.paragraphs.findIndex((p) => p.id === paragraph)] || "", start, end);
        if (!found.includes(part)) fault(file, key, say("marks"), part, found);
      }
      const text = source.paragraphs.find((p) => p.id === citation.paragraph)?.text;
      if (typeof text === "string")
        same(file, key, say("place"), slice(text, citation.start, citation.end), citation.exact);
    }
  }
  function checkEntry(file, article) {
    const id = article.id.slice(2), event = events.get(id);
    if (!event) return fault(file, id, say("unknown"));
    const list = (css) => Array.from(article.querySelectorAll(css), (x) => line(x.textContent));
    const named = event.claims.length !== 1 || event.claims[0].text !== event.title;
    const claims = named ? event.claims.map((claim) => line(claim.text)) : [];
    same(file, id, say("title"), line(event.title), list(".title").join(" | "));
    same(file, id, say("claims"), claims.join(" | "), list(".assertion > p:not(.by)").join(" | "));
    const proven = event.claims.flatMap((claim) => claim.citations).filter((c) => c.exact !== null);
    const shown = Array.from(article.querySelectorAll("figure")).filter((x) => x.querySelector("a.cite"));
    same(file, id, say("number"), String(proven.length), String(shown.length));
    proven.forEach((citation, i) => {
      const key = `${id}-${citation.n}`, quote = shown[i]?.querySelector(".quote");
      if (!quote) return;
      const target = lead(file, shown[i].querySelector("a.cite").getAttribute("href"));
      same(file, key, say("link"), lead("index.html", citation.url), target);
      if (!anchors.has(target)) fault(file, key, say("no_anchor"), "", target);
      if (!citation.parts) same(file, key, say("quote"), citation.exact.trim(), quote.textContent.trim());
    });
  }
  async function checkPage(file) {
    const page = await open(file);
    if (!page) return;
    for (const article of page.querySelectorAll("article.event")) checkEntry(file, article);
    const own = events.get(decodeURIComponent(file.split("/")[1] || ""));
    if (own && fileOf(own.url) === file && !page.getElementById("e-" + own.id))
      fault(file, own.id, say("no_anchor"));
    for (const cite of page.querySelectorAll("a.cite"))
      if (!anchors.has(lead(file, cite.getAttribute("href"))))
        fault(file, "", say("link"), "", cite.getAttribute("href"));
  }
  let events = new Map(), cited = new Map();
  async function each(items, check) {
    const rest = items.slice();
    bar.max = items.length;
    bar.value = 0;
    const work = async () => {
      for (let item; (item = rest.shift()) !== undefined; bar.value++) await check(item);
    };
    await Promise.all(Array.from({ length: 6 }, work));
  }
  async function verify() {
    faults = [];
    anchors.clear();
    result.replaceChildren();
    bar.hidden = false;
    status.textContent = say("running");
    try {
      data = JSON.parse(await read("data/timeline.json"));
      if (data?.format !== "pincite/1") throw new Error(say("format"));
      events = new Map(data.events.map((event) => [event.id, event]));
      cited = new Map(data.events.flatMap((event) => event.claims.flatMap((claim) =>
        claim.citations.map((citation) => [`${event.id}-${citation.n}`, { event, claim, citation }]))));
      await each(data.sources, checkSource);
      const sources = new Set(data.sources.map((source) => fileOf(source.url)));
      const pages = new Set(["index.html", ...data.events.map((event) => fileOf(event.url))]);
      for (const file of chosen?.keys() || []) if (/\.html?$/.test(file) && !sources.has(file)) pages.add(file);
      await each([...pages], checkPage);
      const proven = [...cited.values()].filter((one) => one.citation.exact !== null).length;
      const counts = { events: events.size, citations: proven, sources: sources.size, faults: faults.length };
      status.textContent = say(faults.length ? "fails" : "holds", counts);
    } catch (problem) {
      status.textContent = say("broken", { why: problem.message });
    }
    bar.hidden = true;
    for (const one of faults.slice(0, 100))
      result.append(make("li", {}, make("b", {}, `${one.file} ${one.where}`), ` ${one.message}. ${difference(one)}`));
    chain.hidden = !cited.size;
    keys.replaceChildren(...[...cited.keys()].slice(0, 1000).map((value) => make("option", { value })));
  }

  // --- the chain of one citation -----------------------------------------------------------------
  async function show() {
    const found = cited.get(key.value.trim().replace(/^.*#(c-)?/, ""));
    links.replaceChildren();
    if (!found) return links.append(make("li", {}, say("no_citation")));
    const { claim, citation } = found;
    const source = data.sources.find((one) => one.id === citation.source);
    const paragraph = source?.paragraphs.find((one) => one.id === citation.paragraph);
    const row = (name, ...value) => links.append(make("li", {}, make("b", {}, say(name)), " ", ...value));
    row("c_claim", claim.text);
    row("c_quote", citation.exact === null ? say("unverified", { why: citation.unverified }) : `“${citation.exact}”`);
    row("c_paragraph", make("a", { href: box.dataset.root + citation.url }, `${source?.title}, ${citation.paragraph}`),
      paragraph?.text ? `: ${paragraph.text}` : ` ${say("withheld")}`);
    row("c_recorded", make("code", {}, paragraph?.sha256 || "–"));
    if (paragraph?.text) row("c_computed", make("code", {}, await hash(paragraph.text)));
    row("c_snapshot", make("code", {}, source?.snapshot_sha256 || "–"));
  }

  const bar = make("progress", { hidden: true, ariaLabel: say("running") });
  const status = make("p");
  status.setAttribute("role", "status");
  const result = make("ul"), links = make("ol"), keys = make("datalist", { id: "verify-keys" });
  const key = make("input", { id: "verify-key", autocomplete: "off" });
  key.setAttribute("list", keys.id);
  const chain = make("div", { hidden: true }, make("h2", {}, say("chain")),
    make("p", {}, make("label", { htmlFor: key.id }, say("which")), " ", key, keys, " ",
      make("button", { type: "button", onclick: show }, say("show"))), links);
  const folder = make("input", { type: "file", id: "verify-folder", webkitdirectory: true });
  folder.onchange = () => {
    chosen = new Map(Array.from(folder.files, (file) => [file.webkitRelativePath.replace(/^[^/]*\//, ""), file]));
    verify();
  };
  const choose = make("p", {}, make("label", { htmlFor: folder.id }, say("folder")), " ", folder);
  const start = make("button", { type: "button", onclick: () => { chosen = null; verify(); } }, say("start"));
  box.replaceChildren(...(location.protocol === "file:" ? [] : [make("p", {}, start)]), choose, bar, status, result, chain);
})();
