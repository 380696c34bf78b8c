// Texts made comparable, and what the data says of a quotation's words: as the editor wrote them,
// and in the live page.
(() => {
  "use strict";
  const proof = globalThis.pinciteProof;

  // Layout undone, and at level 2 typography too; letters and figures kept (docs/formats.md).
  const INVISIBLE = /[\u00ad\u200b\u2060\ufeff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
  const DEBRIS = /(^|[\u0000-\u058f\s\u2000-\u206f])[\u200c\u200d]+/g;  // joiners that spell nothing
  const plain = (text) => text.replace(/[‘’‚‛‹›`´′ʼ『』﹃﹄]/g, "'").replace(/[“”„‟«»″〝〞〟「」﹁﹂]/g, '"')
    .replace(/[‐‑‒–—―−⸺⸻]/g, "-").replace(/…/g, "...");
  const compatible = (text) => plain(plain(text).replace(/[^\p{No}]+|\p{No}+/gu, (run) =>
    run.normalize(/^\p{No}/u.test(run) ? "NFC" : "NFKC")));
  proof.fold = (text, level = 2) => {
    const seen = text.replace(INVISIBLE, "").replace(DEBRIS, "$1");
    return (level === 1 ? seen.normalize("NFC") : compatible(seen))
      .replace(/[\s\u0085\u001c-\u001f]+/g, " ").replace(/^ | $/g, "");
  };

  // What editors put into a quotation that is not in the source: where words were left out, words of
  // their own in brackets, a letter made large or small, marks around it all.
  const DOTS = "(?:…|\\.{3,}|\\.(?:\\s\\.){2,})";
  const LEFT_OUT = new RegExp(`\\[\\s?${DOTS}\\s?\\]|\\(\\s?${DOTS}\\s?\\)|${DOTS}|\\n[ \\t\\r]*\\n|\\[[^\\[\\]]{0,80}\\]`);
  const CHANGED_LETTER = /\[(\p{L})\](?=\p{L})/gu;
  const AROUND = new Set(" .,;:!?‽。、，；：！？।؟،؛\"'‘’“”„‚‛‟«»‹›「」『』");
  function strip(text) {
    let start = 0, end = text.length;
    while (start < end && AROUND.has(text[start])) start++;
    while (end > start && AROUND.has(text[end - 1])) end--;
    return text.slice(start, end);
  }
  // As it is, and with its first letter large in place of small or so.
  const cases = (text) => [text, text.replace(/\p{L}/u, (letter) => {
    const small = letter.toLowerCase();
    return small === letter ? letter.toUpperCase() : small;
  })];
  // Whether the pieces of *quote* stand in *words* in order, from beginning to end.
  function stands(quote, words, level) {
    const own = strip(proof.fold(words, level));
    const pieces = quote.replace(CHANGED_LETTER, "$1").split(LEFT_OUT)
      .map((part) => strip(proof.fold(part, level))).filter(Boolean);
    let at = 0;
    for (const [i, piece] of pieces.entries()) {
      const places = cases(piece).map((one) => own.indexOf(one, at)).filter((place) => place >= 0);
      if (!places.length || (i === 0 && Math.min(...places))) return false;
      at = Math.min(...places) + piece.length;
    }
    return pieces.length > 0 && cases(pieces.at(-1)).some((one) => own.endsWith(one));
  }
  // How *quote*, as it was written, is in the source's *words*; "" where it is not. With what editors
  // put in, it is as close as is *said* of it, if its pieces are.
  proof.findMatch = (quote, words, said) => {
    if (proof.fold(quote, 1) === proof.fold(words, 1)) return "exact";
    if (cases(proof.fold(quote)).includes(proof.fold(words))) return "normalised";
    if (said === "exact" && stands(quote, words, 1)) return said;
    return stands(quote, words, 2) ? "normalised" : "";
  };

  // Whether *live* is *url* with a text fragment that finds the words *exact*.
  proof.leadsTo = (live, url, exact) => {
    const [base, said] = live.split(/#:~:text=(.*)/s);
    if (base !== url.split("#")[0] || said === undefined) return false;
    let terms = said.split(",");  // [before-,]first[,last][,-after]
    if (terms[0].endsWith("-")) terms = terms.slice(1);
    if (terms.at(-1)?.startsWith("-")) terms = terms.slice(0, -1);
    let found;
    try { found = terms.map(decodeURIComponent); } catch { return false; }
    const words = exact.replace(/[\s\u0085\u001c-\u001f]+/g, " ").replace(/^ | $/g, "");
    if (found.length === 1) return found[0] === words;
    return found.length === 2 && words.startsWith(found[0]) && words.endsWith(found[1]);
  };
})();
