// Recomputes the whole proof of a site from what it publishes, and from nothing else: the same
// checks in the same order as the command "pincite verify" makes them.
(() => {
  "use strict";
  const proof = globalThis.pinciteProof;
  const { count, slice, line, hash, find, fileOf, fold } = proof;
  const DATA = "data/timeline.json", TABLE = "data/events.csv", PACKAGE = "data/datapackage.json";
  const OMISSION = " […] ", MOST_PAGES = 1_000_000, AT_ONCE = 6;
  const unbroken = (text) => text.replace(/[\u00a0\u202f]/g, " ");
  const trim = (text) => text.replace(/^\s+|\s+$/g, "");

  // *place* has read(file): bytes or null, and pages: names of all pages or null; *advance* is told
  // pages read and known. Returns the faults, and what was looked at.
  proof.verify = async (place, advance = () => {}) => {
    const faults = [];
    let told = faults;  // pages are judged side by side, and told in their order
    const into = (list, file) => (where, what, expected = "", found = "", values = {}) => {
      list.push({ file, where, what, expected, found, values });
      return null;
    };
    const decode = (bytes) => new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    const decodeJson = (bytes) => new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    const verdict = { faults, data: null, pages: 0, paragraphs: 0, citations: 0, unverified: 0, withheld: 0, snapshots: 0 };
    const fault = into(faults, DATA);
    const bytes = await place.read(DATA);
    if (bytes === null) fault("", "no_data");
    else {
      let json = null;
      try { json = decodeJson(bytes); } catch { fault("", "malformed"); }
      if (json !== null) verdict.data = await proof.readData(json, fault);
    }
    const data = verdict.data;
    if (!data || faults.length) return verdict;  // with half the data every page would seem wrong
    await checkData(data, fault);
    const anchors = new Map();
    await checkPages();
    await checkFiles();
    for (const source of data.sources.values()) {
      verdict.paragraphs += source.paragraphs.size;
      if (source.snapshot_url) await checkSnapshot(source);
    }
    for (const event of data.events.values()) for (const one of event.citations) {
      verdict[one.unverified ? "unverified" : "citations"]++;
      const text = data.sources.get(one.source)?.paragraphs.get(one.paragraph)?.text;
      if (!one.unverified && typeof text !== "string") verdict.withheld++;
    }
    return verdict;

    async function checkPages() {
      const byFile = (all) => new Map([...all.values()].map((one) => [fileOf(one.url), one]));
      const sources = byFile(data.sources), events = byFile(data.events);
      const aliases = new Set([...data.events.values()].flatMap((one) => one.aliases.map((x) => `events/${x}/index.html`)));
      const citings = new Map([...data.sources.keys()].map((id) => [id, []]));
      for (const event of data.events.values()) for (const one of event.citations) citings.get(one.source)?.push(one);
      const known = new Set([...sources.keys(), ...events.keys(), "index.html",
        ...place.pages ?? await mapped(data.url)]);
      let todo = [...known];
      while (todo.length && verdict.pages < MOST_PAGES) {
        // Sources first, for the other pages lead to their anchors.
        const lists = todo.map(() => []), found = new Set();
        const first = todo.filter((file) => sources.has(file)).length;
        const work = async (last) => {
          for (let i; verdict.pages < MOST_PAGES;) {
            if (last !== undefined && waiting >= last) return;
            i = waiting++;
            if (i >= todo.length) return;
            for (const one of await checkPage(todo[i], into(lists[i], todo[i]))) found.add(one);
            advance(++verdict.pages, known.size);
          }
        };
        let waiting = 0;
        for (const last of [first, todo.length])
          await Promise.all(Array.from({ length: AT_ONCE }, () => work(last)));
        told.push(...lists.flat());
        todo = place.pages ? [] : [...found].filter((file) => !known.has(file));
        todo.forEach((file) => known.add(file));
      }

      async function checkPage(file, fault) {
        const page = await open(file, fault);
        if (!page) return [];
        if (sources.has(file)) {
          anchors.set(file, page.ids);
          await checkSourcePage(page, sources.get(file), citings.get(sources.get(file).id), fault);
        } else if (events.has(file)) checkEventPage(page, events.get(file), fault);
        else if (/^(events|sources)\/.*\//.test(file) && !aliases.has(file)) fault("", "stray");
        for (const entry of page.entries) checkEntry(file, entry, fault);
        for (const href of page.cites)
          if (!stands(find(file, href))) fault("", "link", "", href);
        for (const href of page.citedBy)
          if (!events.has(find(file, href).replace(/#.*/s, ""))) fault("", "no_event", "", href);
        return page.links.map((href) => find(file, href).replace(/#.*/s, "")).filter((one) => one.endsWith(".html"));
      }
    }
    function stands(target) {
      const at = target.indexOf("#");
      return at >= 0 && Boolean(anchors.get(target.slice(0, at))?.has(target.slice(at + 1)));
    }
    async function mapped(url) {
      const bytes = url ? await place.read("sitemap.xml") : null;
      if (bytes === null) return [];
      const locations = [...new TextDecoder().decode(bytes).matchAll(/<loc>([^<]*)<\/loc>/g)];
      return locations.map(([, one]) => one.replace(/&lt;/g, "<").replace(/&#39;|&apos;/g, "'").replace(/&quot;/g, '"').replace(/&amp;/g, "&"))
        .filter((one) => one.startsWith(url)).map((one) => fileOf(one.slice(url.length))).filter((one) => one.endsWith(".html"));
    }
    async function open(file, fault) {
      const bytes = file ? await place.read(file) : null;
      if (bytes === null) return fault("", "no_page");
      let html;
      try {
        html = decode(bytes).replace(/\r\n?/g, "\n");
      } catch {
        return fault("", "unreadable");
      }
      try {
        const page = proof.readPage(html);
        for (const id of page.repeated) fault(`#${id}`, "twice");
        return page;
      } catch (problem) {
        if (!(problem instanceof proof.Unreadable)) throw problem;
        const at = problem.offset;
        return fault(String(html.slice(0, at).split("\n").length), "unreadable", "",
          slice(html.slice(at, at + 120), 0, 60).replace(/\n/g, " "));
      }
    }

    // --- the upper half of the chain: what pages show of an event ---------------------------------
    function checkEntry(file, entry, fault) {
      const event = data.events.get(entry.id);
      if (!event) return fault(entry.id, "unknown");
      const { id, claims } = event;
      const named = claims.length !== 1 || claims[0].text !== event.title;
      const lists = [
        ["title", [event.title], entry.headings],
        ["claims", named ? claims.map((claim) => claim.text) : [], entry.assertions],
        ["field", claims.map((claim) => claim.attributed_to).filter(Boolean), entry.by, "attributed_to"],
      ];
      for (const [what, expected, found, field] of lists)
        for (let i = 0; i < Math.max(expected.length, found.length); i++)
          if (i >= found.length) fault(id, what, expected[i], "", { field });
          else if (i >= expected.length) fault(id, what, "", found[i], { field });
          else if (line(expected[i]) !== found[i]) fault(id, what, line(expected[i]), found[i], { field });
      const date = event.edtf === "unknown" ? null : proof.readDate(event.edtf);
      const rows = [
        ["date.label", unbroken(event.label), unbroken(entry.date)],
        ["datetime", date?.datetime ?? "", entry.datetime],
        ["date.text", event.said, entry.said || ""],
        ["date.edtf", event.edtf, entry.edtf ?? event.edtf],
        ["kind", event.kind, entry.kind],
        ["modality", event.modality, entry.modality],
      ];
      for (const [field, expected, found] of rows)
        if (line(expected) !== line(found)) fault(id, "field", expected, found, { field });
      if (!entry.notice.includes(line(event.withdrawn)) || (entry.notice && !event.withdrawn))
        fault(id, "field", event.withdrawn, entry.notice, { field: "withdrawn" });
      const reasons = [...event.citations.map((one) => one.unverified), ...claims.map((one) => one.uncited)];
      for (const reason of reasons)
        if (reason && !entry.unproven.some((one) => one.includes(line(reason))))
          fault(id, "field", reason, "", { field: "unverified" });
      const proven = event.citations.filter((one) => !one.unverified);
      entry.quotes.forEach((shown, i) => {
        if (i >= proven.length) return fault(id, "number", "", shown.quote);
        checkLink(file, proven[i], shown, fault);
        checkQuote(proven[i], shown, fault);
      });
      for (const one of proven.slice(entry.quotes.length)) fault(id, "number", one.exact);
    }
    function checkLink(file, citation, shown, fault) {
      const found = find(file, shown.href), expected = find("index.html", citation.url);
      if (!found || found !== expected)
        fault(citation.key, "link", `#c-${citation.key} in ${expected.replace(/#.*/s, "") || citation.url}`, shown.href);
      else if (!stands(found)) fault(citation.key, "no_anchor");
    }
    function checkQuote(citation, shown, fault) {
      const source = data.sources.get(citation.source), { key } = citation;
      const expected = misquoted(citation, shown.quote, source);
      if (expected !== null) fault(key, "quote", expected, shown.quote);
      if (shown.stance !== citation.stance) fault(key, "field", citation.stance, shown.stance, { field: "stance" });
      for (const [field, said, found] of [["note", citation.note, shown.note],
        ["translation", citation.translation, shown.translation], ["live_url", citation.live_url, shown.live]])
        if (found !== null && found !== line(said)) fault(key, "field", said, found, { field });
      if (shown.context === null || !source) return;
      if (shown.contextMark !== citation.exact) fault(key, "marks", citation.exact, shown.contextMark);
      const text = source.paragraphs.get(citation.paragraph)?.text;
      if (typeof text === "string" && shown.context !== text) fault(key, "paragraph", text, shown.context);
    }
    // Segments from a paragraph that is not published are known only as the author wrote them.
    function misquoted(citation, shown, source) {
      const words = wordsOf(citation, source).map(([, text]) => text);
      if (!words.includes(null)) {
        const joined = words.join(OMISSION);
        const choices = words.length === 1 ? [joined] : [joined, citation.quote];
        return choices.some((one) => trim(one) === shown) ? null : joined;
      }
      const pieces = shown.split(OMISSION), written = fold(citation.quote);
      const right = shown === citation.quote || (pieces.length === words.length && pieces.every((piece, i) =>
        words[i] === null ? written.includes(fold(piece)) : piece === words[i]));
      return right ? null : citation.quote;
    }
    function checkEventPage(page, event, fault) {
      if (page.entries.filter((one) => one.id === event.id).length !== 1) fault(event.id, "no_anchor");
      for (const note of event.corrections)
        if (!page.notes.has(line(note))) fault(event.id, "field", note, "", { field: "corrections" });
      checkFigures(event, page.entries.filter((one) => one.id === event.id).flatMap((one) => one.figures), fault);
      for (const name of event.names)
        if (!page.notes.has(line(name))) fault(event.id, "field", name, "", { field: "names" });
    }

    // Measures, units and qualifiers to the letter, numbers to the digit.
    function checkFigures({ id, claims }, shown, fault) {
      const figures = claims.flatMap((claim) => claim.figures), field = "figures";
      if (shown.length && shown.length !== figures.length)
        fault(id, "field", String(figures.length), String(shown.length), { field });
      for (const [i, [measure, number, unit, qualifier]] of shown.slice(0, figures.length).entries()) {
        const own = figures[i], digits = proof.digitsOf(number);
        for (const [expected, found] of [[line(own.measure), measure], [own.digits || digits, digits],
          [line(own.unit), unit], [own.qualifier, qualifier]])
          if (expected !== found) fault(id, "field", expected, found, { field });
      }
    }

    // --- the lower half: paragraphs to their hashes, citations to paragraphs and to marks ---------
    async function checkData(data, fault) {
      const quoted = new Set();  // "source paragraph"
      for (const event of data.events.values()) for (const one of event.citations)
        for (const part of one.parts) quoted.add(`${one.source} ${part.paragraph}`);
      for (const source of data.sources.values()) {
        const all = [...source.paragraphs.values()];
        await proof.rest();
        for (const { id, kind, text, sha256, retired } of all) {
          const found = text === null ? sha256 : await hash(text);
          if (found !== sha256) fault(`${source.id} ${id}`, "hash", sha256, found);
          const given = !retired && (source.republish === "full"
            || (source.republish === "cited" && (kind === "heading" || quoted.has(`${source.id} ${id}`))));
          if (given === (text === null)) fault(`${source.id} ${id}`, "field", "", "", { field: "republish" });
        }
        const texts = all.filter((one) => !one.retired).map((one) => one.text);
        if (!texts.length || texts.includes(null)) continue;
        const found = await hash(texts.join("\n\n"));
        if (found !== source.text_sha256) fault(source.id, "text_hash", source.text_sha256 || "", found);
      }
      for (const event of data.events.values()) {
        if (event.citations.some((one, i) => one.n !== i + 1)) fault(event.id, "field", "", "", { field: "n" });
        await proof.rest();
        for (const one of event.citations) checkCitation(one, fault);
        checkBounds(event, fault);
      }
    }
    function checkBounds({ id, edtf, earliest, latest }, fault) {
      const date = edtf === "unknown" ? { earliest: null, latest: null } : proof.readDate(edtf);
      if (!date) return fault(id, "no_date");
      for (const [field, expected, found] of [["earliest", date.earliest, earliest], ["latest", date.latest, latest]])
        if (expected !== found) fault(id, "field", expected || "null", found || "null", { field: `date.${field}` });
    }
    function checkCitation(citation, fault) {
      const source = data.sources.get(citation.source), { key, start, end, exact } = citation;
      if (!source) return fault(key, "field", "", "", { field: "source" });
      if (citation.unverified) return;
      const anchor = encodeURIComponent(`c-${key}`).replace(/%(24|26|2B|2C|3B|3D|3A|40)/g, decodeURIComponent);
      const address = `${source.url}#${anchor}`;
      if (citation.url !== address) fault(key, "field", address, citation.url, { field: "url" });
      if (citation.parts.some((part) => !source.paragraphs.has(part.paragraph))
          || !source.paragraphs.has(citation.paragraph))
        return fault(key, "field", "", "", { field: "paragraph" });
      if (!exact || citation.parts.some((part) => part.start < 0 || part.start >= part.end))
        return fault(key, "field", "", "", { field: "exact" });
      const { text } = source.paragraphs.get(citation.paragraph);
      if (text === null) {
        if (end - start !== count(exact)) fault(key, "field", "", "", { field: "exact" });
      } else if (start < 0 || slice(text, start, end) !== exact)
        fault(key, "place", slice(text, Math.max(0, start), end), exact);
      checkWording(citation, source, fault);
    }
    // What is derived from the words: quote, match, and the link to the original.
    function checkWording(citation, source, fault) {
      const { key, quote, match, live_url } = citation, url = source.original_url;
      const words = wordsOf(citation, source).map(([, text]) => text);
      if (!words.includes(null)) {
        const own = words.join(" "), found = proof.findMatch(quote, own, match);
        if (found !== match)
          fault(key, "field", found || own, found ? match : quote, { field: found ? "match" : "quote" });
      }
      if (url ? !proof.leadsTo(live_url, url, citation.exact) : live_url)
        fault(key, "field", "", live_url, { field: "live_url" });
    }
    async function checkSourcePage(page, source, citings, fault) {
      const title = line(source.title);
      if (!page.titles.includes(title)) fault(source.id, "title", title, page.titles.join(" "));
      for (const found of page.hashes)
        if (found !== source.snapshot_sha256)
          fault(source.id, "field", source.snapshot_sha256 || "", found, { field: "snapshot_sha256" });
      for (const url of [source.original_url, ...source.archives])
        if (url && !page.links.includes(url)) fault(source.id, "field", url, "", { field: "url" });
      for (const { id, text, sha256 } of source.paragraphs.values()) {
        if (!page.ids.has(id)) fault(id, "no_anchor");
        else if (text !== null) {
          const passage = page.passages.get(id);
          if (!passage) fault(id, "no_anchor");
          else if (passage.text !== text) fault(id, "paragraph", text, passage.text);
          else {
            const found = await hash(passage.text);
            if (found !== sha256) fault(id, "hash", sha256, found);
          }
        }
      }
      const keys = new Set(citings.map((one) => one.key));
      for (const [id, { marks }] of page.passages)
        for (const mark of marks) {
          if (!mark.keys.length) fault(id, "mark_for");
          for (const key of mark.keys) if (!keys.has(key)) fault(id, "mark_for");
        }
      for (const citation of citings) checkMarks(page, source, citation, fault);
    }
    function checkMarks(page, source, citation, fault) {
      const { key } = citation;
      if (citation.unverified) return;
      if (!page.ids.has(`c-${key}`)) return fault(key, "no_anchor");
      if (source.republish === "none") return;
      const words = wordsOf(citation, source);
      for (const id of new Set(citation.parts.map((part) => part.paragraph))) {
        const own = words.filter(([part]) => part.paragraph === id), passage = page.passages.get(id);
        if (!passage) {
          fault(key, "no_anchor");
          continue;
        }
        const marks = passage.marks.filter((mark) => mark.keys.includes(key));
        const found = marks.map((mark) => slice(passage.text, mark.start, mark.end)).join("");
        const expected = joined(own);
        if (expected !== null && found !== expected) fault(key, "marks", expected, found);
        else if (source.paragraphs.get(id)?.text != null
            && merged(marks) !== merged(own.map(([part]) => part))) fault(key, "marks");
      }
      let turn = 0;
      for (const { marks } of page.passages.values())
        for (const mark of marks)
          if (mark.keys.includes(key) && !mark.ids.includes(`c-${key}` + (++turn === 1 ? "" : `.${turn}`)))
            return fault(key, "no_anchor");
    }
    // Each segment with its words; null where they are not published.
    function wordsOf(citation, source) {
      return citation.parts.map((part) => {
        if (part.paragraph === citation.paragraph)
          return [part, slice(citation.exact, part.start - citation.start, part.end - citation.start)];
        const text = source?.paragraphs.get(part.paragraph)?.text;
        return [part, typeof text === "string" ? slice(text, part.start, part.end) : null];
      });
    }
    function joined(parts) {  // as marks do it: what overlaps stands once
      let text = "", end = 0;
      for (const [part, words] of [...parts].sort(([a], [b]) => a.start - b.start)) {
        if (words === null) return null;
        if (part.end > end) {
          text += slice(words, Math.max(0, end - part.start));
          end = part.end;
        }
      }
      return text;
    }
    function merged(ranges) {
      const all = [];
      for (const { start, end } of [...ranges].sort((a, b) => a.start - b.start || a.end - b.end))
        if (all.length && start <= all.at(-1)[1]) all.at(-1)[1] = Math.max(all.at(-1)[1], end);
        else all.push([start, end]);
      return JSON.stringify(all);
    }

    // --- other files: the table, the data package's hashes, snapshots -------------------------------
    async function checkFiles() {
      const table = await place.read(TABLE), described = await place.read(PACKAGE);
      if (table !== null) await checkTable(table, into(told, TABLE));
      if (described === null) return;
      let resources;
      try {
        resources = JSON.parse(decodeJson(described)).resources.map(({ path, hash }) => [String(path), String(hash || "")]);
      } catch {
        return into(told, PACKAGE)("", "malformed");
      }
      for (const [path, expected] of resources) {
        if (!expected.startsWith("sha256:")) continue;
        const content = await place.read(path.split("/").includes("..") ? path : `data/${path}`);
        const found = content === null ? "no such file" : `sha256:${await hash(content)}`;
        if (found !== expected) into(told, `data/${path}`)("", "file_hash", expected, found, { by: PACKAGE });
      }
    }
    async function checkTable(bytes, fault) {
      let rows = null;
      try { rows = await proof.readTable(decode(bytes)); } catch { /* told below */ }
      if (!rows) return fault("", "malformed");
      const wanted = [...proof.tableOf(data)];
      for (const [i, row] of wanted.slice(0, rows.length).entries()) {
        await proof.rest();
        for (const [field, value] of Object.entries(row)) {
          const found = rows[i].get(field);
          if (found === undefined) return fault(`${i + 2}`, "field", "", "", { field });
          if (proof.guard(value) !== found) fault(`${i + 2} ${field}`, "field", proof.guard(value), found, { field });
        }
      }
      if (rows.length !== wanted.length) fault("", "rows", String(wanted.length), String(rows.length));
    }
    async function checkSnapshot(source) {
      const file = fileOf(source.snapshot_url), fault = into(told, file), bytes = await place.read(file);
      if (bytes === null) return fault(source.id, "no_page");
      verdict.snapshots++;
      const found = await hash(bytes);
      if (found !== source.snapshot_sha256) fault(source.id, "file_hash", source.snapshot_sha256 || "", found, { by: DATA });
      const words = proof.snapshotText(file, bytes);
      if (words === null) return;
      const whole = words.map(fold).join(" ");
      for (const { id, text, retired } of source.paragraphs.values())
        if (!retired && text !== null && !whole.includes(fold(text))) fault(`${source.id} ${id}`, "not_in_snapshot", text);
    }
  };

  // The words of a snapshot block by block; null where its form is not read here.
  const SILENT = "script, style, template, noscript, head";
  const INLINE = new Set(("a abbr b cite code em i mark q s small span strong sub sup time u wbr font bdi bdo"
    + " del ins").split(" "));
  proof.snapshotText = (file, bytes) => {
    const own = file.toLowerCase().replace(/\.txt$/, "");  // what it was received as
    const name = /\.[^/]*$/.test(own) ? own : file.toLowerCase();
    if (!/\.(txt|text|md|html?|xhtml)$/.test(name)) return null;
    let text;
    try {
      text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    } catch {
      const head = new TextDecoder("windows-1252").decode(bytes.slice(0, 4096));
      const label = /<meta\s[^>]{0,400}?charset\s*=\s*["']?\s*([\w.:-]{2,40})/i.exec(head)?.[1] || "windows-1252";
      try { text = new TextDecoder(label).decode(bytes); } catch { return null; }
    }
    text = text.replace(/\r\n?/g, "\n");
    if (name.endsWith(".md")) text = text.replace(/^[ \t]*>[ \t]?/gm, "");
    if (/html?$/.test(name)) {
      const page = new DOMParser().parseFromString(text, "text/html"), pieces = [];
      const visit = (node) => {
        if (node.nodeType === 3) pieces.push(node.data.includes("\n\n") ? node.data.replaceAll("\n", " ") : node.data);
        if (node.nodeType !== 1 || node.matches(SILENT)) return;
        const name = node.localName, gap = INLINE.has(name) ? "" : name === "br" ? " " : "\n\n";
        pieces.push(gap);
        node.childNodes.forEach(visit);
        if (gap !== " ") pieces.push(gap);
      };
      visit(page.documentElement);
      text = pieces.join("");
    }
    return text.split("\n\n").map(trim).filter(Boolean);
  };
})();
