// The page /verify/: proves this site again in the reader's browser, and shows the chain of one
// citation. Opened from a disk it asks for the site's folder, for a page may not read it by itself.
(() => {
  "use strict";
  const proof = globalThis.pinciteProof;
  const box = document.getElementById("verify");
  if (!box || !proof?.verify) return;
  const MOST_TOLD = 100;
  const words = JSON.parse(box.dataset.words);
  const say = (key, values = {}) => words[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const make = (tag, properties = {}, ...inside) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...inside);
    return element;
  };

  // --- where the site is read from: files are named from its root, not encoded --------------------
  const onTheWeb = {
    pages: null,
    async read(file) {
      const answer = await fetch(box.dataset.root + proof.addressOf(file), { cache: "no-cache" });
      if (answer.status === 404 || answer.status === 410) return null;
      if (!answer.ok) throw new Error(`${file}: ${answer.status}`);
      return new Uint8Array(await answer.arrayBuffer());
    },
  };
  function inFolder(files) {
    const named = new Map(Array.from(files, (file) => [file.webkitRelativePath.replace(/^[^/]*\//, ""), file]));
    return {
      pages: [...named.keys()].filter((name) => /\.html?$/.test(name)).sort(),
      read: async (file) => named.has(file) ? new Uint8Array(await named.get(file).arrayBuffer()) : null,
    };
  }

  // --- saying what does not hold --------------------------------------------------------------------
  function named(character) {
    if (character === undefined) return say("end");
    const code = `U+${character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
    return /[\p{C}\p{M}\p{Z}]/u.test(character) ? code : `“${character}” (${code})`;
  }
  function difference({ expected, found }) {
    if (!expected || !found) return "";
    const a = Array.from(expected), b = Array.from(found);
    let at = 0;
    while (at < a.length && a[at] === b[at]) at++;
    if (at === a.length && at === b.length) return "";
    const start = Math.max(0, at - 24), around = b.slice(start, at + 24).join("");
    return `${say("differs", { n: at + 1, expected: named(a[at]), found: named(b[at]) })}`
      + ` “${start ? "…" : ""}${around}${at + 24 < b.length ? "…" : ""}”`;
  }
  function item(fault) {
    const lines = make("li", {}, make("b", {}, `${fault.file} ${fault.where}`.trim()), ` ${say(fault.what, fault.values)}. `);
    lines.append(difference(fault));
    for (const [name, text] of [["expected", fault.expected], ["found", fault.found]])
      if (text && !(fault.expected && fault.found && Math.max(fault.expected.length, fault.found.length) > 300))
        lines.append(make("br"), `${say(name)} ${text.length > 300 ? `${text.slice(0, 299)}…` : text}`);
    return lines;
  }
  let data = null, cited = new Map(), place = onTheWeb;
  async function verify(chosen) {
    place = chosen;
    result.replaceChildren();
    bar.hidden = false;
    status.textContent = say("running");
    box.setAttribute("aria-busy", "true");
    try {
      const verdict = await proof.verify(place, (done, known) => { bar.max = known; bar.value = done; });
      ({ data } = verdict);
      const { faults } = verdict, count = faults.length;
      result.append(...faults.slice(0, MOST_TOLD).map(item));
      if (count > MOST_TOLD) result.append(make("li", {}, say("more", { faults: count - MOST_TOLD })));
      const counts = { ...verdict, faults: count, events: data?.events.size, sources: data?.sources.size };
      const said = [say(count ? "fails" : "holds", counts)];
      if (data && verdict.pages) said.push(say("read", counts));
      for (const key of ["withheld", "unproven", "snapshots"])
        if (!count && counts[key === "unproven" ? "unverified" : key]) said.push(say(`some_${key}`, counts));
      status.textContent = said.join(" ");
    } catch (problem) {
      status.textContent = say("broken", { why: problem.message });
    }
    bar.hidden = true;
    box.removeAttribute("aria-busy");
    cited = new Map([...data?.events.values() ?? []].flatMap((event) => event.claims.flatMap((claim) =>
      claim.citations.map((citation) => [citation.key, { event, claim, citation }]))));
    chain.hidden = !cited.size;
    keys.replaceChildren(...[...cited.keys()].slice(0, 1000).map((value) => make("option", { value })));
  }

  // --- the chain of one citation, each link computed now ---------------------------------------------
  async function show() {
    let wanted = key.value.trim();
    try { wanted = decodeURIComponent(wanted); } catch { /* it is no address, then */ }
    const found = cited.get(wanted.replace(/^.*#(c-)?/s, "").replace(/:~:.*$/s, ""));
    links.replaceChildren();
    if (!found) return links.append(make("li", {}, say("no_citation")));
    const { event, claim, citation } = found;
    const source = data.sources.get(citation.source), paragraph = source?.paragraphs.get(citation.paragraph);
    const row = (name, ...value) => links.append(make("li", {}, make("b", {}, say(name)), " ", ...value));
    const link = (url, text) => make("a", { href: box.dataset.root + url }, text);
    row("c_claim", claim.text, " ", link(event.url, event.title));
    row("c_quote", citation.unverified ? say("unverified", { why: citation.unverified }) : `“${citation.exact}”`);
    row("c_paragraph", link(citation.url, `${source?.title}, ${citation.paragraph}`),
      paragraph?.text ? `: ${paragraph.text}` : ` ${say("withheld")}`);
    row("c_recorded", make("code", {}, paragraph?.sha256 || "–"));
    if (paragraph?.text) row("c_computed", make("code", {}, await proof.hash(paragraph.text)));
    row("c_snapshot", make("code", {}, source?.snapshot_sha256 || "–"));
    const snapshot = source?.snapshot_url ? await place.read(proof.fileOf(source.snapshot_url)) : null;
    if (snapshot) row("c_snapshot_computed", make("code", {}, await proof.hash(snapshot)), " ",
      link(source.snapshot_url, source.snapshot_url));
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
  folder.onchange = () => verify(inFolder(folder.files));
  const choose = make("p", {}, make("label", { htmlFor: folder.id }, say("folder")), " ", folder);
  const start = make("button", { type: "button", onclick: () => verify(onTheWeb) }, say("start"));
  box.replaceChildren(...(location.protocol === "file:" ? [] : [make("p", {}, start)]), choose, bar, status, result, chain);
})();
