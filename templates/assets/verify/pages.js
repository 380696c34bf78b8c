// What a page shows of events and sources, and where its links lead: the markup contract, read back.
(() => {
  "use strict";
  const proof = globalThis.pinciteProof;
  const { count, line } = proof;
  const trim = (text) => text.replace(/^\s+|\s+$/g, "");

  // Files are named from the site's root, not encoded; a target is "file#anchor", or "" out of the site.
  proof.find = (file, href) => {
    if (/^[a-z][a-z0-9+.-]*:|^\//i.test(href)) return "";
    try {
      const [path, , fragment = ""] = href.split(/(#)(.*)/s);
      const anchor = decodeURIComponent(fragment.split(":~:")[0]);
      if (/^(\?|$)/.test(path)) return `${file}#${anchor}`;
      const depth = [];
      for (const step of [...file.split("/").slice(0, -1), ...decodeURIComponent(path.split("?")[0]).split("/")]) {
        if (step === "..") { if (depth.pop() === undefined) return ""; }
        else if (step !== "." && step !== "") depth.push(step);
      }
      if (/(^|\/)\.{0,2}$/.test(path.split("?")[0])) depth.push("index.html");
      return `${depth.join("/")}#${anchor}`;
    } catch { return ""; }
  };
  proof.fileOf = (url) => proof.find("index.html", url).replace(/#.*/s, "");
  proof.addressOf = (file) => file.replace(/(^|\/)index\.html$/, "$1").split("/").map(encodeURIComponent).join("/");

  function passage(paragraph) {
    const pieces = [], marks = [];
    const read = (node, start) => {
      let length = start;
      for (const child of node.children)
        if (typeof child === "string") {
          pieces.push(child);
          length += count(child);
        } else length = read(child, length);
      if (node.tag === "mark") {
        const ids = [...node.walk()].map((one) => one.id).filter(Boolean);
        marks.push({ ids, keys: (node.attributes["data-cites"] || "").split(/\s+/).filter(Boolean), start, end: length });
      }
      return length;
    };
    read(paragraph, 0);
    return { text: pieces.join(""), marks };
  }
  function shown(figure) {
    const cite = figure.find((one) => one.tag === "a" && one.has("cite"));
    const block = figure.find((one) => one.tag === "blockquote" && one.has("quote"));
    if (!cite && !block) return null;
    const context = figure.find((one) => one.tag === "details");
    const translated = figure.find((one) => one.has("translation"));
    const text = (node) => node ? line(node.text) : null;
    const inner = (tag) => context?.find((one) => one.tag === tag);
    return {
      href: cite?.attributes.href || "",
      quote: block ? trim(block.text) : "",
      stance: figure.attributes["data-stance"] ?? "supports",
      context: inner("p")?.text ?? null,
      contextMark: inner("mark")?.text ?? "",
      note: text(figure.find((one) => one.tag === "span" && one.has("note"))),
      translation: text(translated && [...translated.walk()].findLast((one) => one.tag === "span")),
      live: figure.find((one) => one.tag === "a" && one.attributes.href?.includes(":~:text="))?.attributes.href ?? null,
    };
  }
  function figure(row) {
    const text = (test) => line(row.find(test)?.text ?? "");
    const value = row.find((one) => one.tag === "dd")?.children ?? [];
    return [text((one) => one.tag === "dt"), line(value.filter((x) => typeof x === "string").join("")),
      text((one) => one.has("unit")), row.attributes["data-qualifier"]];
  }
  function entry(article) {
    const found = {
      id: article.id.replace(/^e-/, ""),
      kind: article.attributes["data-kind"] || "",
      modality: article.attributes["data-modality"] || "",
      headings: [], assertions: [], by: [], unproven: [], quotes: [], figures: [],
      date: "", datetime: "", said: null, edtf: null, notice: "",
    };
    const visit = (node, parent) => {
      const text = () => line(node.text);
      if (/^h[1-6]$/.test(node.tag) && !node.has("claim-name")) found.headings.push(text());
      else if (node.tag === "p" && parent?.has("assertion")) found[node.has("by") ? "by" : "assertions"].push(text());
      else if (node.tag === "p" && node.has("notice")) found.notice = text();
      else if (node.tag === "p" && node.has("reason")) found.unproven.push(text());
      else if ("data-qualifier" in node.attributes) found.figures.push(figure(node));
      else if (node.tag === "figure" && node.has("proof")) {
        const one = shown(node);
        if (one) found.quotes.push(one);
      } else if (node.tag === "a" && node.has("cite")) { /* judged with all links of the page */ }
      else if (parent?.has("when")) {
        if (!found.date && (node.tag === "time" || node.has("undated"))) {
          found.date = text();
          found.datetime = node.attributes.datetime || "";
        } else if (node.has("said")) found.said = text();
        else if (found.edtf === null) {
          const code = node.find((one) => one.tag === "code");
          found.edtf = code ? line(code.text) : null;
        }
      }
      for (const child of node.children) if (typeof child !== "string") visit(child, node);
    };
    visit(article, null);
    return found;
  }
  proof.readPage = (html) => {
    const page = { ids: new Set(), repeated: new Set(), passages: new Map(), entries: [], cites: [], citedBy: [],
      notes: new Set(), links: [], titles: [], hashes: [] };
    for (const node of proof.parseMarkup(html).walk()) {
      if (node.id) {
        if (page.ids.has(node.id)) page.repeated.add(node.id);
        page.ids.add(node.id);
        if (node.tag === "p" && !page.passages.has(node.id)) page.passages.set(node.id, passage(node));
      }
      if (node.tag === "a") {
        const href = node.attributes.href || "";
        page.links.push(href);
        if (node.has("cite")) page.cites.push(href);
        else if (node.has("cited-by")) page.citedBy.push(href);
      } else if (node.tag === "article" && node.has("event")) page.entries.push(entry(node));
      else if (node.tag === "dd") page.notes.add(line(node.text));
      else if (node.tag === "h1") page.titles.push(line(node.text));
      else if (node.tag === "code" && node.has("hash")) page.hashes.push(line(node.text));
    }
    return page;
  };
})();
