// data/timeline.json and the files that repeat it, as values; what is malformed becomes a fault.
(() => {
  "use strict";
  const proof = globalThis.pinciteProof;

  class Malformed extends Error {}
  const KINDS = {
    text: (x) => typeof x === "string",
    number: (x) => Number.isInteger(x),
    list: Array.isArray,
    object: (x) => x !== null && typeof x === "object" && !Array.isArray(x),
  };
  function take(owner, key, kind, where) {
    if (!KINDS[kind](owner[key])) throw new Malformed(`${where} ${key}`.trim());
    return owner[key];
  }
  const text = (owner, key, where) => take(owner, key, "text", where);
  const optional = (owner, key, where) => owner[key] == null ? null : text(owner, key, where);
  function objects(owner, key, where) {
    return take(owner, key, "list", where).map((one, i) => {
      if (!KINDS.object(one)) throw new Malformed(`${where} ${key} ${i + 1}`);
      return one;
    });
  }
  function texts(owner, key, where) {
    const found = owner[key] ?? [];
    if (!Array.isArray(found) || !found.every(KINDS.text)) throw new Malformed(`${where} ${key}`);
    return found;
  }

  function source(item) {
    const id = text(item, "id", ""), paragraphs = new Map();
    for (const one of objects(item, "paragraphs", id)) {
      const name = text(one, "id", id);
      if (paragraphs.has(name)) throw new Malformed(`${id} ${name}`);
      paragraphs.set(name, {
        id: name,
        text: optional(one, "text", `${id} ${name}`),
        sha256: text(one, "sha256", `${id} ${name}`),
        retired: Boolean(one.retired),
      });
    }
    return {
      id, paragraphs,
      url: text(item, "url", id),
      title: text(item, "title", id),
      republish: text(item, "republish", id),
      snapshot_sha256: optional(item, "snapshot_sha256", id),
      snapshot_url: optional(item, "snapshot_url", id),
      text_sha256: optional(item, "text_sha256", id),
    };
  }
  function citation(item, event) {
    const n = take(item, "n", "number", event), where = `${event}-${n}`;
    const unverified = optional(item, "unverified", where) || "", proven = !unverified;
    const start = proven ? take(item, "start", "number", where) : 0;
    const end = proven ? take(item, "end", "number", where) : 0;
    const paragraph = proven ? text(item, "paragraph", where) : optional(item, "paragraph", where) || "";
    const parts = "parts" in item ? objects(item, "parts", where).map((one) => ({
      paragraph: text(one, "paragraph", where),
      start: take(one, "start", "number", where),
      end: take(one, "end", "number", where),
    })) : [];
    return {
      n, key: where, unverified, start, end, paragraph,
      source: text(item, "source", where),
      quote: proven ? text(item, "quote", where) : "",
      exact: proven ? text(item, "exact", where) : "",
      stance: text(item, "stance", where),
      url: text(item, "url", where),
      parts: parts.length ? parts : [{ paragraph, start, end }],
    };
  }
  function event(item) {
    const id = text(item, "id", ""), date = take(item, "date", "object", id);
    const claims = objects(item, "claims", id).map((claim) => ({
      text: text(claim, "text", id),
      attributed_to: optional(claim, "attributed_to", id) || "",
      citations: objects(claim, "citations", id).map((one) => citation(one, id)),
    }));
    return {
      id, claims,
      citations: claims.flatMap((claim) => claim.citations),
      url: text(item, "url", id),
      title: text(item, "title", id),
      edtf: text(date, "edtf", id),
      earliest: optional(date, "earliest", id),
      latest: optional(date, "latest", id),
      said: optional(date, "text", id) || "",
      label: text(date, "label", id),
      kind: text(item, "kind", id),
      modality: text(item, "modality", id),
      corrections: objects(item, "corrections", id).map((one) => text(one, "note", id)),
      withdrawn: item.withdrawn == null ? "" : text(take(item, "withdrawn", "object", id), "note", id),
      aliases: texts(item, "aliases", id),
    };
  }
  // {url, events, sources}, Maps by id; null where nothing can be read. *fault* is told the rest.
  proof.readData = (json, fault) => {
    let root;
    try {
      root = JSON.parse(json);
    } catch {
      return fault("", "malformed");
    }
    if (!KINDS.object(root)) return fault("", "malformed");
    if (root.format !== "pincite/1") return fault("format", "format", "pincite/1", String(root.format));
    const all = (key, read) => {
      const found = new Map();
      for (const [i, item] of take(root, key, "list", "").entries())
        try {
          if (!KINDS.object(item)) throw new Malformed(`${key} ${i + 1}`);
          const value = read(item);
          if (found.has(value.id)) fault(`${key} ${i + 1}`, "twice");
          found.set(value.id, value);
        } catch (problem) {
          if (!(problem instanceof Malformed)) throw problem;
          fault(problem.message, "malformed");
        }
      return found;
    };
    try {
      const site = take(root, "site", "object", "");
      text(site, "language", "site");
      return { url: optional(site, "url", "site") || "", sources: all("sources", source), events: all("events", event) };
    } catch (problem) {
      if (!(problem instanceof Malformed)) throw problem;
      return fault(problem.message, "malformed");
    }
  };

  // RFC 4180, strictly: a list of rows by column, or null.
  proof.readTable = (text) => {
    const rows = [[]];
    const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n][^,\r\n]*)?)(,|\r\n|\n|$)/y;
    for (cell.lastIndex = 0; cell.lastIndex < text.length;) {
      const found = cell.exec(text);
      if (!found) return null;
      rows.at(-1).push(found[1] === undefined ? found[2] || "" : found[1].replace(/""/g, '"'));
      if (found[3] === ",") { if (cell.lastIndex === text.length) rows.at(-1).push(""); }
      else if (cell.lastIndex < text.length) rows.push([]);
    }
    const [head, ...rest] = rows;
    return rest.map((row) => new Map(head.map((name, i) => [name, row[i]])));
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
