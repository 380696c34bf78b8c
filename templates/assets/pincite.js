// Comfort for readers: every page is whole without it. This file wakes the parts that a page has
// use for; each part is a file in reading/ that calls pincite(name, value), and so do the words and
// the index, because a page that is read from a disk may load scripts but fetch nothing.
"use strict";

(() => {
  const base = document.currentScript.src.replace(/assets\/pincite\.js.*$/, "");
  const { lang } = document.documentElement;
  const loading = new Map();
  const values = new Map();
  let plural; // made when something is first counted: a browser needs 20 ms for the numbers
  let digits;

  // Takes what a loaded file gives.
  const pincite = (name, value) => void values.set(name, value);

  // Loads the script at `path`, once, and returns what it gave under `name`.
  pincite.load = (path, name) => {
    if (!loading.has(path)) {
      const done = new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = base + path;
        script.onload = () => resolve(values.get(name));
        script.onerror = () => {
          loading.delete(path); // the next press may find it
          script.remove();
          reject(new Error(path));
        };
        document.head.append(script);
      });
      loading.set(path, done);
    }
    return loading.get(path);
  };

  const fill = (text, told) => text.replace(/\{(\w+)\}/g, (whole, key) => told[key] ?? whole);

  pincite.base = base;
  pincite.lang = lang;
  pincite.number = (n) => (digits ??= new Intl.NumberFormat(lang)).format(n);
  pincite.part = async (name) => {
    pincite.words = await pincite.load("assets/words.js", "words");
    return pincite.load(`assets/reading/${name}.js`, name);
  };
  pincite.say = (key, told = {}) => fill(pincite.words[key], told);
  pincite.count = (key, n, told = {}) => {
    const forms = pincite.words[key];
    plural ??= new Intl.PluralRules(lang);
    return fill(forms[plural.select(n)] ?? forms.other, { n: pincite.number(n), ...told });
  };
  pincite.make = (name, attributes = {}, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  };
  // Says whether a click on a link is the reader's wish to see another page, or another tab.
  pincite.isPlain = (event) =>
    event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);

  // Copies `text` and says so in `status`, a live region.
  pincite.copy = async (text, status) => {
    let copied = true;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      copied = copyByHand(text);
    }
    status.textContent = "";
    // A region that says the same twice is heard only once, so it is emptied in between.
    setTimeout(() => (status.textContent = pincite.say(copied ? "copied" : "not_copied")), 50);
  };

  // A page read from a disk has no clipboard of its own.
  function copyByHand(text) {
    const held = document.activeElement;
    const field = pincite.make("textarea", { readonly: "", class: "unseen" });
    field.value = text;
    (held?.closest("[popover]") ?? document.body).append(field);
    field.select();
    const copied = document.execCommand("copy");
    field.remove();
    held?.focus({ preventScroll: true });
    return copied;
  }

  globalThis.pincite = pincite;

  // A quotation's link, or one of the prose that leads to a paragraph.
  const CITES = 'a.cite, a.reference[href*="sources/"][href*="#"]';
  const quietly = (promise) => promise.catch(() => {}); // the page is whole without it
  const seek = document.getElementById("seek");
  // The page of embedding, where it is to show a selection: in a frame, or asked for one.
  if (document.querySelector(".embed-page") && (window.top !== window || location.search.length > 1)) {
    document.documentElement.classList.add("framed");
  }
  if (location.protocol === "file:") {
    for (const kind of ["click", "auxclick"]) document.addEventListener(kind, nameIndex, true);
  }
  if (seek) wakeNarrowing(seek);
  if (document.querySelector(".overview .drawing")) quietly(pincite.part("drawing"));
  if (document.querySelector(".text, .copy")) quietly(pincite.part("landing"));
  wakePreview();

  // Browsers do not look for index.html in a folder that they open from a disk.
  function nameIndex(event) {
    const link = event.target.closest?.("a[href]");
    if (!link) return;
    const url = new URL(link.getAttribute("href"), location.href);
    if (url.protocol !== "file:" || !url.pathname.endsWith("/")) return;
    url.pathname += "index.html";
    link.setAttribute("href", url.href);
  }

  function wakeNarrowing(form) {
    form.inert = false;
    const filters = document.querySelectorAll(".filters");
    const wake = () => quietly(pincite.part("narrowing"));
    form.addEventListener("submit", (event) => event.preventDefault());
    for (const element of [form, ...filters]) {
      element.addEventListener("pointerenter", wake, { once: true });
      element.addEventListener("focusin", wake, { once: true });
    }
    for (const element of filters) {
      // A press before the part is there waits for it.
      element.addEventListener("click", async (event) => {
        const link = event.target.closest("a");
        if (!link || !pincite.isPlain(event) || !pincite.toggleable(link)) return;
        event.preventDefault();
        try {
          const narrowing = await pincite.part("narrowing");
          await narrowing.toggle(link);
        } catch {
          location.href = link.href;
        }
      });
    }
    if (location.search.length > 1 || document.querySelector(".framed .embed-page")) wake();
  }

  function wakePreview() {
    if (!("popover" in HTMLElement.prototype)) return;
    const wake = async (event) => {
      const link = event.target.closest?.(CITES);
      if (link) quietly(pincite.part("preview").then((preview) => preview.meet(link, event)));
    };
    document.addEventListener("pointerover", wake);
    document.addEventListener("focusin", wake);
    document.addEventListener("click", (event) => {
      const link = event.target.closest?.(CITES);
      if (!link || !pincite.isPlain(event)) return;
      pincite.rememberClaim(link);
      // A finger cannot hover: its first tap shows the words, and the next one goes there. Other
      // clicks, a screen reader's among them, go there at once.
      if (event.pointerType === "touch" && pincite.previewed?.() !== link) {
        event.preventDefault();
        pincite
          .part("preview")
          .then((preview) => preview.open(link))
          .catch(() => (location.href = link.href));
      }
    });
  }

  // The sort and the value of the page that a link of the filters leads to; null for other pages.
  pincite.toggleable = (link) => {
    if (!link.closest(".filters")) return null;
    const path = link.href.split(/[?#]/)[0];
    if (!path.startsWith(base)) return null;
    const parts = path.slice(base.length).replace(/(^|\/)index\.html$/, "$1").split("/");
    const sorts = ["kinds", "status", "voices", "actors", "places", "tags", "sources"];
    if (parts.length === 1 && parts[0] === "" && link.closest("ul")) return { sort: "", id: "" };
    if (parts.length !== 3 || parts[2] !== "" || !sorts.includes(parts[0])) return null;
    return { sort: parts[0], id: decodeURIComponent(parts[1]) };
  };

  // Where a citation was followed from, so that its source can lead back there.
  pincite.rememberClaim = (link) => {
    const event = link.closest("article.event");
    if (!event) return;
    const here = location.href.split("#")[0];
    try {
      sessionStorage.setItem(`pincite ${link.hash}`, `${here}#${event.id}`);
    } catch {
      // Without storage the way back is that of the page.
    }
  };
})();
