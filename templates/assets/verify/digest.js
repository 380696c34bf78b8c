// SHA-256 (FIPS 180-4), work that leaves the browser free, and texts counted in code points as the data counts them.
(() => {
  "use strict";
  const proof = globalThis.pinciteProof = {};

  // Browsers offer their own only where the connection is safe; from a disk it is not.
  const primes = [];
  for (let n = 2; primes.length < 64; n++) if (primes.every((p) => n % p)) primes.push(n);
  const fraction = (x) => ((x - Math.floor(x)) * 2 ** 32) | 0;
  const K = primes.map((p) => fraction(Math.cbrt(p)));
  const turn = (x, n) => (x >>> n) | (x << (32 - n));
  async function digest(bytes) {
    const H = primes.slice(0, 8).map((p) => fraction(Math.sqrt(p)));
    const length = bytes.length, size = ((length + 72) >> 6) << 6;
    const view = new DataView(new ArrayBuffer(size)), w = [];
    new Uint8Array(view.buffer).set(bytes);
    view.setUint8(length, 128);
    view.setUint32(size - 8, Math.floor(length / 2 ** 29));
    view.setUint32(size - 4, length << 3);
    for (let at = 0; at < size; at += 64) {
      if (!(at & 0x3ffff)) await proof.rest();  // four times a megabyte
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
  // Bytes, or a text in UTF-8.
  proof.hash = async (content) => {
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    if (!globalThis.crypto?.subtle) return digest(bytes);
    const found = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    return Array.from(found, (x) => x.toString(16).padStart(2, "0")).join("");
  };

  // To be awaited in long work: lets the browser answer the reader, some thirty times a second.
  const channel = new MessageChannel();  // unlike a timer it is not slowed down behind other tabs
  let rested = 0;
  proof.rest = async () => {
    if (performance.now() - rested < 30) return;
    await new Promise((go) => {
      channel.port1.addEventListener("message", go, { once: true });
      channel.port1.start();
      channel.port2.postMessage(null);
    });
    rested = performance.now();
  };

  const wide = (text) => /[\ud800-\udfff]/.test(text);
  proof.count = (text) => wide(text) ? Array.from(text).length : text.length;
  proof.slice = (text, start, end) =>
    wide(text) ? Array.from(text).slice(start, end).join("") : text.slice(start, end);
  // White space of ASCII only, as a page collapses it, so that no other is lost.
  proof.line = (text) => text.replace(/[ \t\n\r\f]+/g, " ").replace(/^ | $/g, "");
})();
