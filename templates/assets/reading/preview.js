// The preview of a citation: the paragraph with the quoted words marked, where it comes from, how
// well it matches, and the ways on. What the page does not say is fetched from the pages that do;
// where nothing can be fetched, the preview shows what the page says. The link stays a link.
"use strict";

(() => {
  const { make, say } = pincite;
  const OPENS = 350; // milliseconds of rest before it opens
  const CLOSES = 250; // and to get from the link to it
  const fetched = new Map();
  const canFetch = location.protocol !== "file:";
  let box = null;
  let link = null; // the link that is previewed, or will be
  let timer = 0;
  let dismissed = null; // its preview was closed by hand; it opens again when met anew

  function meet(met, event) {
    const pointed = event.type === "pointerover";
    if (pointed && event.pointerType === "touch") return;
    if (!pointed && !met.matches(":focus-visible")) return;
    if (pointed && !met.matches(":hover")) return;
    if (met !== dismissed) {
      clearTimeout(timer);
      if (isOpen() && link === met) return;
      timer = setTimeout(() => open(met), OPENS);
    }
    met.addEventListener(pointed ? "pointerleave" : "blur", () => leave(met), { once: true });
  }

  function leave(left) {
    clearTimeout(timer);
    if (dismissed === left) dismissed = null;
    if (isOpen() && link === left) closeSoon();
  }

  const isOpen = () => Boolean(box?.matches(":popover-open"));

  function closeSoon() {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (box.contains(document.activeElement) || box.matches(":hover")) return;
      if (link.matches(":hover, :focus-visible")) return;
      close();
    }, CLOSES);
  }

  function close() {
    if (isOpen()) box.hidePopover();
  }

  async function open(target) {
    clearTimeout(timer);
    box ??= build();
    close();
    link = target;
    dismissed = null;
    const told = fromCard(link);
    show(told);
    box.showPopover();
    place();
    bringWords();
    // What was fetched before is there at once, so nothing in the preview moves.
    for (const more of [fromEvent(link, told), fromSource(link, told)]) {
      more.then(() => {
        if (link !== target || !isOpen()) return;
        show(told);
        place();
        bringWords();
      }, () => {});
    }
  }

  // ---- what is told --------------------------------------------------------------------------

  function fromCard(link) {
    const figure = link.closest("figure.proof");
    const told = {
      href: link.href,
      origin: link.textContent.replace(/\s+/g, " ").trim(),
      stance: "",
      quote: null,
      match: "",
      live: "",
      archive: "",
      paragraphs: [],
      title: "",
      publisher: "",
      authors: [],
      published: "",
      issued: "",
      language: "",
      original: "",
    };
    if (figure) readFigure(figure, told);
    return told;
  }

  function readFigure(figure, told) {
    const quote = figure.querySelector("blockquote.quote");
    const context = figure.querySelectorAll(".context p");
    told.stance = figure.querySelector(".stance")?.textContent.trim() ?? "";
    told.quote = quote;
    told.match = figure.querySelector(".match")?.textContent.trim() || told.match;
    for (const way of figure.querySelectorAll(".live a")) {
      if (way.href.includes("#:~:") || way.dataset.originalurl) told.live ||= way.href;
      else told.archive ||= way.href;
    }
    const first = figure.querySelector(".live a");
    if (!told.live && first && first.href !== told.archive) told.live = first.href;
    if (context.length > told.paragraphs.length) told.paragraphs = [...context];
  }

  // An event's own page says of a citation all that there is to say.
  async function fromEvent(link, told) {
    if (told.match) return;
    const title = link.closest("article.event")?.querySelector(".title a");
    if (!title || !link.closest("figure.proof")) return;
    const page = await fetchPage(title.href);
    const same = [...page.querySelectorAll("a.cite")].find(
      (other) => hashOf(other.getAttribute("href")) === link.hash,
    );
    const figure = same?.closest("figure.proof");
    if (figure) readFigure(figure, told);
  }

  async function fromSource(link, told) {
    const page = await fetchPage(link.href.split("#")[0]);
    const meta = (name) => page.querySelector(`meta[name="${name}"]`)?.content ?? "";
    told.title = meta("citation_title") || page.querySelector("h1")?.textContent.trim() || "";
    told.publisher = meta("citation_publisher");
    told.authors = [...page.querySelectorAll('meta[name="citation_author"]')].map((m) => m.content);
    told.language = meta("citation_language");
    told.issued = meta("citation_publication_date");
    for (const name of page.querySelectorAll(".provenance dt")) {
      if (name.textContent.trim() !== say("say_published")) continue;
      told.published = name.nextElementSibling.dataset.said ?? "";
    }
    const canonical = page.querySelector('link[rel="canonical"]')?.getAttribute("href") ?? "";
    if (/^https?:/.test(canonical) && meta("robots") === "noindex") told.original = canonical;
    const cut = cutOut(page, decodeURIComponent(link.hash.slice(1)));
    // The event's own page has the first paragraph only, where words of several are quoted.
    if (cut.length > told.paragraphs.length) told.paragraphs = cut;
  }

  // The paragraphs in which the words of an anchor stand, with the marks of that citation only.
  function cutOut(page, anchor) {
    const first = page.getElementById(anchor)?.closest("p[id]");
    if (!first?.closest(".block:not(.withheld)")) return [];
    const key = anchor.replace(/^c-/, "");
    const own = (mark) => mark.dataset.cites.split(" ").includes(key);
    const quoted = [...page.querySelectorAll("mark[data-cites]")].filter(own);
    const paragraphs = new Set([first, ...quoted.map((mark) => mark.closest("p[id]"))]);
    return [...paragraphs].map((paragraph) => {
      const copy = paragraph.cloneNode(true);
      for (const mark of copy.querySelectorAll("mark")) {
        if (!own(mark)) mark.replaceWith(...mark.childNodes);
      }
      return copy;
    });
  }

  function fetchPage(href) {
    if (!canFetch) return Promise.reject(new Error("a page from a disk"));
    const url = href.split("#")[0];
    if (!fetched.has(url)) {
      const page = fetch(url).then(async (answer) => {
        if (!answer.ok) throw new Error(String(answer.status));
        return new DOMParser().parseFromString(await answer.text(), "text/html");
      });
      page.catch(() => fetched.delete(url));
      fetched.set(url, page);
    }
    return fetched.get(url);
  }

  const hashOf = (href) => href.slice(href.indexOf("#"));

  // ---- what is shown -------------------------------------------------------------------------

  function build() {
    const made = make("div", { class: "preview", popover: "auto", role: "dialog", "aria-label": say("preview") });
    document.body.append(made);
    made.addEventListener("pointerenter", () => clearTimeout(timer));
    made.addEventListener("pointerleave", () => closeSoon());
    made.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !made.contains(event.relatedTarget)) closeSoon();
    });
    made.addEventListener("beforetoggle", (event) => {
      if (event.newState === "closed" && made.contains(document.activeElement)) link.focus();
    });
    document.addEventListener("keydown", press, true);
    addEventListener("scroll", () => isOpen() && place(), { passive: true });
    addEventListener("resize", () => isOpen() && place());
    return made;
  }

  function press(event) {
    if (!isOpen()) return;
    const inside = [...box.querySelectorAll("a[href], button")];
    if (event.key === "Escape") {
      dismissed = link;
      event.preventDefault();
      close();
    } else if (event.key === "ArrowDown" && document.activeElement === link) {
      event.preventDefault();
      inside[0]?.focus();
    } else if (event.key === "Tab" && inside.length) {
      const edge = event.shiftKey ? inside[0] : inside.at(-1);
      if (document.activeElement !== edge) return;
      dismissed = link;
      if (event.shiftKey) event.preventDefault();
      link.focus(); // from where the key goes on to the next
      close();
    }
  }

  function show(told) {
    const held = box.contains(document.activeElement) ? document.activeElement.dataset.way : null;
    const parts = [];
    const badge = [told.stance, told.match].filter(Boolean);
    if (badge.length) parts.push(make("p", { class: "badge" }, badge.join(". ")));
    if (told.paragraphs.length) parts.push(make("blockquote", {}, ...told.paragraphs.map(paragraphOf)));
    else if (told.quote) parts.push(told.quote.cloneNode(true));
    const origin = make("p", { class: "from" });
    if (told.title) origin.append(make("cite", told.language ? { lang: told.language } : {}, told.title), " ");
    const rest = [told.publisher || (told.title ? "" : told.origin), told.published];
    origin.append(make("span", { class: "small" }, rest.filter(Boolean).join(say("comma"))));
    const ways = make("ul", { class: "ways" });
    for (const [way, href] of [["in_context", told.href], ["live", told.live], ["archive", told.archive]]) {
      if (href) ways.append(make("li", {}, make("a", { href, "data-way": way }, say(way))));
    }
    ways.firstElementChild.firstElementChild.addEventListener("click", () => pincite.rememberClaim(link));
    parts.push(make("div", { class: "onward" }, origin, ways, copying(told)));
    parts.push(make("p", { class: "keys small", "aria-hidden": "true" }, say("keys")));
    box.classList.toggle("by-keys", link.matches(":focus-visible"));
    const status = box.querySelector("[role=status]") ?? make("p", { class: "small", role: "status" });
    box.replaceChildren(...parts, status);
    if (held) box.querySelector(`[data-way="${held}"]`)?.focus();
  }

  function paragraphOf(paragraph) {
    const copy = make("p", { class: "paragraph" });
    for (const name of ["lang", "dir"]) {
      if (paragraph.hasAttribute(name)) copy.setAttribute(name, paragraph.getAttribute(name));
    }
    const bring = (node) => {
      const inMark = node.parentNode.nodeName === "MARK";
      if (node.nodeType !== Node.TEXT_NODE) node.childNodes.forEach(bring); // a mark, an excerpt, what is left out
      else if (!inMark) copy.append(node.textContent);
      else if (copy.lastChild?.nodeName === "MARK") copy.lastChild.append(node.textContent); // cut by another citation
      else copy.append(make("mark", {}, node.textContent));
    };
    paragraph.childNodes.forEach(bring);
    return copy;
  }

  function copying(told) {
    const line = make("p", { class: "copying small" }, `${say("copy_citation")} `);
    for (const [way, label, write] of [
      ["plain", say("plain"), plain],
      ["bibtex", "BibTeX", bibtex],
      ["csl", "CSL-JSON", csl],
    ]) {
      const button = make("button", { type: "button", "data-way": way }, label);
      button.addEventListener("click", () =>
        pincite.copy(write(told), box.querySelector("[role=status]")),
      );
      line.append(button, " ");
    }
    return line;
  }

  // ---- what is copied ------------------------------------------------------------------------

  const quoted = (told) => told.quote?.textContent.trim() ?? "";
  const pilcrow = (told) => /¶\s*\S+/.exec(told.origin)?.[0].replace(/\s+/, " ") ?? "";

  function plain(told) {
    const quote = quoted(told) && say("quotation", { text: quoted(told) });
    const source = told.title
      ? [told.title, told.publisher, told.published, pilcrow(told)].filter(Boolean).join(say("comma"))
      : told.origin;
    return [quote, source, told.href].filter(Boolean).join(" — ");
  }

  const sourceId = (told) => /sources\/([^/#]+)/.exec(told.href)?.[1] ?? "source";
  const year = (told) => /^-?\d{4}/.exec(told.issued)?.[0] ?? "";

  function bibtex(told) {
    const clean = (text) => text.replace(/[\\{}]/g, "").replace(/[&%$#_]/g, "\\$&");
    const fields = [
      ["title", told.title && `{${clean(told.title)}}`],
      ["author", told.authors.map((name) => `{${clean(name)}}`).join(" and ")],
      ["publisher", clean(told.publisher)],
      ["year", year(told)],
      ["pages", clean(pilcrow(told))],
      ["note", clean(quoted(told))],
      ["url", told.href],
      ["langid", told.language],
    ].filter(([, value]) => value);
    const lines = fields.map(([name, value]) => `  ${name} = {${value}}`);
    return `@misc{${sourceId(told)},\n${lines.join(",\n")}\n}\n`;
  }

  function csl(told) {
    const parts = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?/.exec(told.issued.replaceAll("/", "-"));
    const item = {
      id: sourceId(told),
      type: "article",
      title: told.title || undefined,
      author: told.authors.length ? told.authors.map((literal) => ({ literal })) : undefined,
      publisher: told.publisher || undefined,
      issued: parts ? { "date-parts": [parts.slice(1).filter(Boolean).map(Number)] } : undefined,
      language: told.language || undefined,
      URL: told.href,
      locator: pilcrow(told) || undefined,
      note: quoted(told) || undefined,
    };
    return `${JSON.stringify([item], null, 1)}\n`;
  }

  // ---- where it stands -----------------------------------------------------------------------

  // Below the line of the link, or above it where there is more room; never beyond the window.
  function place() {
    const at = link.getClientRects()[0] ?? link.getBoundingClientRect();
    if (at.bottom < 0 || at.top > innerHeight) return close();
    const wide = document.documentElement.clientWidth;
    const below = innerHeight - at.bottom;
    box.style.maxBlockSize = `${Math.max(below, at.top) - 12}px`;
    const { width, height } = box.getBoundingClientRect();
    const start = document.documentElement.dir === "rtl" ? at.right - width : at.left;
    box.style.left = `${Math.max(6, Math.min(start, wide - width - 6))}px`;
    box.style.top = `${height + 6 <= below || below >= at.top ? at.bottom + 4 : Math.max(6, at.top - height - 4)}px`;
  }

  // In a long paragraph on a small screen, the quoted words are what has to be seen.
  function bringWords() {
    const marks = box.querySelectorAll("mark");
    if (!marks.length) return;
    const [first] = marks;
    const top = first.getBoundingClientRect().top - box.getBoundingClientRect().top;
    const hidden =
      [...marks].at(-1).getBoundingClientRect().bottom -
      box.querySelector(".onward").getBoundingClientRect().top;
    box.scrollTop += Math.max(0, Math.min(hidden + 6, top - 30)); // with a line before them
  }

  pincite.previewed = () => (isOpen() ? link : null);
  pincite("preview", { meet, open, close });
})();
