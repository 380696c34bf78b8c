// data/timeline.json and the files that repeat it, as values.
(() => {
  "use strict";
  const proof = globalThis.pinciteProof;

  const source = (item) => ({
    id: item.id, url: item.url, title: item.title, republish: item.republish,
    original_url: item.original_url, archives: item.archives.map((one) => one.url),
    snapshot_sha256: item.snapshot_sha256, snapshot_url: item.snapshot_url ?? null,
    text_sha256: item.text_sha256,
    paragraphs: new Map(item.paragraphs.map((one) =>
      [one.id, { id: one.id, kind: one.kind, text: one.text, sha256: one.sha256, retired: one.retired === true }])),
  });
  function citation(item, event) {
    const start = item.start ?? 0, end = item.end ?? 0, paragraph = item.paragraph ?? "", parts = item.parts ?? [];
    return {
      n: item.n, key: `${event}-${item.n}`, source: item.source, paragraph, start, end,
      quote: item.quote ?? "", exact: item.exact ?? "", match: item.match ?? "", stance: item.stance,
      note: item.note ?? "", translation: item.translation?.text ?? "", url: item.url,
      live_url: item.live_url ?? "", unverified: item.unverified ?? "",
      parts: parts.length ? parts : [{ paragraph, start, end }],
    };
  }
  // A written number's sign and digits: how it is grouped depends on the language.
  proof.digitsOf = (number) => (/^[\u200e\u200f\u061c]*[-−]/.test(number) ? "-" : "") + number.replace(/[^0-9]/g, "");
  function figure({ measure, low, high, unit, qualifier }) {
    const ends = [low, high].filter((end) => end !== null);
    const plain = ends.every((end) => end === 0 || (Math.abs(end) >= 1e-6 && Math.abs(end) < 1e15));
    const [first, ...rest] = [...new Set(ends.map(String))].map(proof.digitsOf);
    const digits = plain ? [first ?? "", ...rest.map((one) => one.replace(/^-/, ""))].join("") : "";
    return { measure, digits, unit: unit ?? "", qualifier: qualifier ?? "" };
  }
  function event(item) {
    const { id, date } = item;
    const claims = item.claims.map((claim) => ({
      text: claim.text, attributed_to: claim.attributed_to ?? "", uncited: claim.uncited ?? "",
      figures: claim.figures.map(figure),
      citations: claim.citations.map((one) => citation(one, id)),
    }));
    return {
      id, claims, citations: claims.flatMap((claim) => claim.citations),
      url: item.url, title: item.title, kind: item.kind, modality: item.modality,
      edtf: date.edtf, earliest: date.earliest, latest: date.latest, said: date.text ?? "", label: date.label,
      names: [...item.actors, ...item.recipients, ...item.places, ...item.tags],
      corrections: item.corrections.map((one) => one.note),
      withdrawn: item.withdrawn?.note ?? "", aliases: item.aliases ?? [],
    };
  }
  // {url, events, sources}, Maps by id; null where something is not as it should be, which *fault* is told.
  proof.readData = async (json, fault) => {
    let root, right = true;
    const tell = (...told) => {
      right = false;
      fault(...told);
    };
    try {
      root = JSON.parse(json);
    } catch {
      return fault("", "malformed");
    }
    if (await proof.hasRepeated(json)) return fault("", "malformed");
    if (typeof root?.format === "string" && root.format !== "pincite/1")
      return fault("format", "format", "pincite/1", root.format);
    await proof.findMisfits(root, tell);
    if (!right) return null;
    const twice = (what, items) => {
      const seen = new Set();
      items.forEach(({ id }, i) => seen.has(id) ? tell(`${what} ${i + 1}`, "twice") : seen.add(id));
    };
    twice("events", root.events);
    twice("sources", root.sources);
    for (const { id, paragraphs } of root.sources) twice(`source ${id}, paragraphs`, paragraphs);
    if (!right) return null;
    const byId = async (items, read) => {
      const found = new Map();
      for (const item of items) {
        found.set(item.id, read(item));
        await proof.rest();
      }
      return found;
    };
    return { url: root.site.url ?? "", events: await byId(root.events, event), sources: await byId(root.sources, source) };
  };

  // RFC 4180, strictly: a list of rows by column, or null.
  proof.readTable = async (text) => {
    const rows = [[]];
    const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n][^,\r\n]*)?)(,|\r\n|\n|$)/y;
    for (cell.lastIndex = 0; cell.lastIndex < text.length;) {
      const found = cell.exec(text);
      if (!found) return null;
      rows.at(-1).push(found[1] === undefined ? found[2] || "" : found[1].replace(/""/g, '"'));
      if (found[3] === ",") { if (cell.lastIndex === text.length) rows.at(-1).push(""); }
      else if (cell.lastIndex < text.length) {
        rows.push([]);
        await proof.rest();
      }
    }
    const places = new Map(rows[0].map((name, i) => [name, i]));
    return rows.slice(1).map((row) => ({ get: (name) => row[places.get(name)] }));
  };
  // What the table says of the data, in its order.
  proof.tableOf = function* (data) {
    for (const event of data.events.values()) {
      const head = {
        event_id: event.id, title: event.title, date_edtf: event.edtf, date_earliest: event.earliest || "",
        date_latest: event.latest || "", kind: event.kind, modality: event.modality,
      };
      if (!event.claims.length) yield head;
      for (const claim of event.claims) {
        const stem = { ...head, claim_text: claim.text, attributed_to: claim.attributed_to };
        if (!claim.citations.length) yield stem;
        for (const one of claim.citations) {
          const proven = !one.unverified;
          yield {
            ...stem, citation: String(one.n), stance: one.stance, source_id: one.source, paragraph: one.paragraph,
            start: proven ? String(one.start) : "", end: proven ? String(one.end) : "", quote: one.exact,
            unverified: one.unverified, snapshot_sha256: data.sources.get(one.source)?.snapshot_sha256 || "",
          };
        }
      }
    }
  };
  proof.guard = (cell) => /^[=+\-@\t\r\n＝＋－＠]/.test(cell) ? `'${cell}` : cell;
})();
