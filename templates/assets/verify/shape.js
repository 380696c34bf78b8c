// The shape of data/timeline.json, key by key: the table of pincite/verify/shape.py. What does not
// have it becomes a fault, named as the command names it.
(() => {
  "use strict";
  const proof = globalThis.pinciteProof;

  // A key with a question mark may be missing, a value with one may be null. A value is a kind, one
  // of several words, the name of another table, or a list of one of these. Other keys may be added.
  const SHAPES = proof.SHAPES = {
    timeline: { format: "text", site: "site", events: ["event"], sources: ["source"] },
    site: { title: "text", description: "text", url: "text?", language: "text" },
    event: {
      id: "text", url: "text", title: "text", date: "date", kind: "text",
      modality: "occurred|ongoing|planned|predicted|hypothetical|denied", actors: ["text"],
      recipients: ["text"], places: ["text"], tags: ["text"], claims: ["claim"],
      corrections: ["remark"], "summary?": "text", "media?": ["medium"], "sensitive?": "text",
      "withdrawn?": "remark", "related?": ["text"], "aliases?": ["text"],
    },
    date: {
      edtf: "text", earliest: "day?", latest: "day?", text: "text?", label: "text",
      "basis?": "stated|resolved|editor",
    },
    remark: { date: "text", note: "text" },
    medium: {
      file: "text", url: "text?", alt: "text", caption: "text?", credit: "text?", license: "text?",
      source: "text?",
    },
    claim: {
      text: "text", attributed_to: "text?", confidence: "high|medium|low?", "confidence_why?": "text",
      figures: ["figure"], citations: ["citation"], "uncited?": "text",
    },
    figure: {
      measure: "text", low: "number?", high: "number?", unit: "text?",
      qualifier: "exact|approx|at-least|up-to?",
    },
    citation: {
      n: "place", source: "text", paragraph: "paragraph id", start: "place", end: "place",
      quote: "text", exact: "text", match: "exact|normalised", stance: "supports|disputes|mentions",
      url: "text", live_url: "text?", "parts?": ["part"], "note?": "text",
      "translation?": "translation",
    },
    reference: {
      n: "place", source: "text", paragraph: "paragraph id?", start: "null", end: "null",
      quote: "null", exact: "null", match: "null", stance: "supports|disputes|mentions", url: "text",
      live_url: "null", "note?": "text", unverified: "text",
    },
    part: { paragraph: "paragraph id", start: "place", end: "place" },
    translation: { lang: "text", text: "text", by: "text?" },
    source: {
      id: "text", url: "text", title: "text", publisher: "text?", authors: ["text"],
      published: "text?", "published_basis?": "stated|inferred|unknown", "language?": "text?",
      original_url: "text?", archives: ["archive"], retrieved_at: "text?",
      "snapshot_sha256": "SHA-256?", "snapshot_url?": "text", "text_sha256": "SHA-256?",
      republish: "full|cited|quotes|none", paragraphs: ["paragraph"],
    },
    archive: { url: "text", at: "text?", kind: "text?" },
    paragraph: {
      id: "paragraph id", text: "text?", "sha256": "SHA-256",
      kind: "paragraph|heading|item|quotation|caption", "retired?": "true",
    },
  };
  const FORMS = {
    "SHA-256": /^[0-9a-f]{64}$/,
    day: /^(?:\.\.|-?[0-9]{4,}-[0-9]{2}-[0-9]{2})$/,
    "paragraph id": /^p[0-9]+$/,
  };
  const HALF = /\p{Cs}/u;  // of a character: no text in UTF-8 has it
  const isObject = (x) => x !== null && typeof x === "object" && !Array.isArray(x);
  const isText = (x) => typeof x === "string" && !HALF.test(x);
  const join = (where, key) => where ? `${where}, ${key}` : key;
  function is(value, kind) {
    switch (kind) {
      case "text": return isText(value);
      case "place": return Number.isSafeInteger(value);
      case "number": return typeof value === "number";
      case "null": return value === null;
      case "true": return value === true;
    }
    if (typeof value !== "string") return false;
    return kind in FORMS ? FORMS[kind].test(value) : kind.split("|").includes(value);
  }

  // *fault* is told each thing in the file's *value* that does not have its shape.
  proof.findMisfits = async (value, fault) => {
    const tell = (where, found = "") => fault(where, "malformed", "", found);
    function inObject(value, name, where) {
      if (!isObject(value)) return tell(where);
      if (name === "citation" && Object.hasOwn(value, "unverified")) name = "reference";
      if (["event", "source", "paragraph"].includes(name) && isText(value.id))
        where = join(where.slice(0, Math.max(0, where.lastIndexOf(", "))), `${name} ${value.id}`);
      for (const [key, kind] of Object.entries(SHAPES[name])) {
        const member = key.replace(/\?$/, "");
        if (Object.hasOwn(value, member)) find(value[member], kind, where, member);
        else if (member === key) tell(join(where, member));
      }
    }
    function find(value, kind, where, key) {
      if (Array.isArray(kind)) {
        if (!Array.isArray(value)) return tell(join(where, key));
        return value.forEach((item, i) => find(item, kind[0], where, `${key} ${i + 1}`));
      }
      const bare = kind.replace(/\?$/, "");
      if (value === null && bare !== kind) return;
      if (Object.hasOwn(SHAPES, bare)) inObject(value, bare, join(where, key));
      else if (!is(value, bare)) tell(join(where, key), isText(value) ? value : "");
    }
    const long = ["events", "sources"].filter((key) => Array.isArray(value?.[key]));
    inObject(isObject(value) ? { ...value, ...Object.fromEntries(long.map((key) => [key, []])) } : value, "timeline", "");
    for (const key of long)
      for (const [i, item] of value[key].entries()) {
        find(item, SHAPES.timeline[key][0], "", `${key} ${i + 1}`);
        await proof.rest();
      }
  };

  // Whether a key stands twice in an object of *json*, which is JSON: one program would read the
  // first, another the last.
  proof.hasRepeated = async (json) => {
    const open = [];  // for an object the keys so far, for a list null
    for (let at = 0, key = false; at < json.length; at++)
      switch (json[at]) {
        case "{": open.push(new Set()); key = true; await proof.rest(); break;
        case "[": open.push(null); key = false; break;
        case "}": case "]": open.pop(); key = false; break;
        case ",": key = open.at(-1) !== null; break;
        case '"': {
          const start = at;
          for (let back = 1; back % 2;) {  // a quotation mark after an odd number of \\ ends nothing
            at = json.indexOf('"', at + 1);
            for (back = 0; json[at - 1 - back] === "\\";) back++;
          }
          if (!key) break;
          key = false;
          const name = JSON.parse(json.slice(start, at + 1));
          if (open.at(-1).has(name)) return true;
          open.at(-1).add(name);
        }
      }
    return false;
  };
})();
