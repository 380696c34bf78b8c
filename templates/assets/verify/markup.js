// A page's HTML to a tree, as a browser reads it; what browsers would have to repair is refused,
// for such a page may look otherwise than it reads.
(() => {
  "use strict";
  const proof = globalThis.pinciteProof;
  const names = (words) => new Set(words.split(" "));
  const VOID = names("area base br col embed hr img input link meta source track wbr");
  const RAW = names("script style"), RAW_WITH_ENTITIES = names("title textarea");
  const REFUSED = names("noscript iframe object plaintext xmp noembed noframes frameset math");
  const MAY_STAY_OPEN = names("p li dt dd tr td th thead tbody tfoot option optgroup body html");
  const SIBLINGS = { li: ["li"], dt: ["dt", "dd"], dd: ["dt", "dd"], td: ["td", "th"], th: ["td", "th"],
    tr: ["tr"], option: ["option"] };
  const IN_PARAGRAPH = names("a abbr b bdi bdo br cite code data del dfn em i img ins kbd mark q s"
    + " samp small span strong sub sup time u var wbr svg path title button label input select"
    + " option ruby rt rp output progress circle rect line g use");
  const TOKEN = new RegExp("<(?:!--(?!-?>)((?:(?!--).)*)-->|!(doctype)[^<>]*>|/([a-zA-Z][a-zA-Z0-9-]*)\\s*>"
    + "|([a-zA-Z][a-zA-Z0-9-]*)((?:\\s+[^\\s\"'<>/=]+(?:\\s*=\\s*(?:\"[^\"]*\"|'[^']*'|[^\\s\"'=<>`/]+))?)*)"
    + "\\s*(/?)>)", "siy");
  const ATTRIBUTE = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`/]+)))?/gs;
  const DEEPEST = 200;

  class Unreadable extends Error {
    constructor(offset) {
      super("unreadable");
      this.offset = offset;
    }
  }
  class Element {
    constructor(tag, attributes) {
      Object.assign(this, { tag, attributes, children: [] });
    }
    get id() { return this.attributes.id || ""; }
    get classes() { return (this.attributes.class || "").split(/\s+/); }
    has(name) { return this.classes.includes(name); }
    get text() {
      return this.children.map((x) => typeof x === "string" ? x : RAW.has(x.tag) ? "" : x.text).join("");
    }
    *walk() {
      yield this;
      for (const child of this.children) if (child instanceof Element) yield* child.walk();
    }
    find(test) {
      for (const one of this.walk()) if (test(one)) return one;
      return null;
    }
  }
  const spoken = { amp: "&", lt: "<", gt: ">", quot: '"', "#34": '"', "#39": "'" };
  const area = document.createElement("textarea");
  function unescape(text) {
    if (!text.includes("&")) return text;
    const plain = text.replace(/&(amp|lt|gt|quot|#34|#39);/g, (_, name) => spoken[name]);
    if (!/&/.test(text.replace(/&(amp|lt|gt|quot|#34|#39);/g, ""))) return plain;
    area.innerHTML = "x" + text.replace(/</g, "&lt;");
    return area.textContent.slice(1);
  }
  function attributesOf(text, offset) {
    const found = Object.create(null);
    for (const [, name, double, single, bare] of text.matchAll(ATTRIBUTE)) {
      const key = name.toLowerCase();
      if (key in found) throw new Unreadable(offset);
      found[key] = unescape(double || single || bare || "");
    }
    return found;
  }

  proof.Unreadable = Unreadable;
  proof.parseMarkup = (html) => {
    const nodes = [new Element("", {})], tags = [""];
    const pop = () => { nodes.pop(); tags.pop(); };
    function open(token, tag, offset) {
      if (REFUSED.has(tag)) throw new Unreadable(offset);
      if (!IN_PARAGRAPH.has(tag) && tags.includes("p")) {
        if (tags.at(-1) !== "p") throw new Unreadable(offset);
        pop();
      } else if (tag === "a" && tags.includes("a")) throw new Unreadable(offset);
      if (tags.includes("select") && tag !== "option" && tag !== "optgroup") throw new Unreadable(offset);
      if (SIBLINGS[tag]?.includes(tags.at(-1))) pop();
      const node = new Element(tag, attributesOf(token[5], offset));
      if (tag === "base" && "href" in node.attributes) throw new Unreadable(offset);
      if (tag !== "template") nodes.at(-1).children.push(node);  // what stands in one is not on the page
      const drawn = tag === "svg" || tags.includes("svg"), after = offset + token[0].length;
      if (RAW.has(tag) || (RAW_WITH_ENTITIES.has(tag) && !drawn)) {
        const stop = new RegExp(`</${tag}\\s*>`, "ig");
        stop.lastIndex = after;
        const close = stop.exec(html);
        if (!close) throw new Unreadable(offset);
        const text = html.slice(after, close.index);
        node.children.push(RAW.has(tag) ? text : unescape(text));
        return stop.lastIndex;
      }
      if (VOID.has(tag) || (token[6] && drawn)) return after;
      if (token[6] || tags.length > DEEPEST) throw new Unreadable(offset);
      nodes.push(node);
      tags.push(tag);
      return after;
    }
    function close(tag, offset) {
      while (tags.length > 1) {
        const last = tags.at(-1);
        if (last !== tag && !MAY_STAY_OPEN.has(last)) break;
        pop();
        if (last === tag) return;
      }
      throw new Unreadable(offset);
    }
    for (let at = 0; ;) {
      const opening = html.indexOf("<", at);
      if (opening !== at) nodes.at(-1).children.push(unescape(html.slice(at, opening < 0 ? undefined : opening)));
      if (opening < 0) break;
      TOKEN.lastIndex = opening;
      const token = TOKEN.exec(html);
      if (!token) throw new Unreadable(opening);
      if (token[4]) at = open(token, token[4].toLowerCase(), opening);
      else {
        if (token[3]) close(token[3].toLowerCase(), opening);
        at = opening + token[0].length;
      }
    }
    if (tags.slice(1).some((tag) => !MAY_STAY_OPEN.has(tag))) throw new Unreadable(html.length);
    return nodes[0];
  };
})();
