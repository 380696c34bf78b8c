// Arriving at a quotation: it is brought to the middle, and beside its paragraph stands the way
// back to the claim. Addresses of paragraphs and citations of entries can be copied with one press.
// Nothing is added inside a paragraph, whose words are the source's own.
"use strict";

(() => {
  const { make, say } = pincite;
  const status = make("p", { class: "unseen", role: "status" });
  (document.querySelector("main") ?? document.body).append(status);
  let back = null;

  function arrive() {
    back?.remove();
    back = null;
    const anchor = decode(location.hash.slice(1));
    const target = anchor ? document.getElementById(anchor) : null;
    const block = target?.closest(".block");
    if (!block) return;
    if (anchor.startsWith("c-")) offerWayBack(block, anchor);
    centre(target.closest("mark, p, .block"));
  }

  function decode(text) {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  }

  function offerWayBack(block, anchor) {
    const event = /^c-(.+)-\d+$/.exec(anchor)?.[1];
    const own = [...block.querySelectorAll("a.cited-by")].find((link) => leadsTo(link, event));
    const href = remembered(anchor) ?? own?.href;
    if (!href) return;
    back = make("p", { class: "back" }, make("a", { href }, say("back")));
    const margin = block.querySelector(".margin");
    if (margin) margin.prepend(back);
    else block.append(back);
  }

  const leadsTo = (link, event) =>
    decode(link.pathname).replace(/index\.html$/, "").endsWith(`/events/${event}/`);

  function remembered(anchor) {
    try {
      const href =
        sessionStorage.getItem(`pincite #${anchor}`) ??
        sessionStorage.getItem(`pincite ${location.hash}`);
      // Only what this site has stored for itself leads anywhere.
      return href?.startsWith(pincite.base) ? href : null;
    } catch {
      return null;
    }
  }

  function centre(element) {
    const { top, bottom, height } = element.getBoundingClientRect();
    if (height > innerHeight / 2) return; // the beginning is in sight, and that is where to read
    scrollBy({ top: (top + bottom - innerHeight) / 2, behavior: "instant" });
  }

  // ---- copying -------------------------------------------------------------------------------

  const button = (label) => make("button", { type: "button", class: "copier" }, label);

  // One button, which goes to the paragraph that the reader is at.
  function offerAddresses(text) {
    const copier = button(say("copy_address"));
    const meet = (event) => {
      const pilcrow = event.target.closest(".block")?.querySelector("a.pilcrow");
      if (!pilcrow || copier.previousElementSibling === pilcrow) return;
      if (copier === document.activeElement) return;
      pilcrow.after(copier);
    };
    text.addEventListener("pointerover", meet);
    text.addEventListener("focusin", meet);
    copier.addEventListener("click", () => pincite.copy(copier.previousElementSibling.href, status));
  }

  function offerCitation(citation) {
    const copier = button(say("copy"));
    copier.addEventListener("click", () => pincite.copy(citation.textContent.trim(), status));
    const note = citation.nextElementSibling;
    if (note?.matches(".small")) note.append(" ", copier);
    else citation.after(copier);
  }

  const text = document.querySelector(".text");
  if (text) {
    offerAddresses(text);
    addEventListener("hashchange", arrive);
    arrive();
  }
  document.querySelectorAll(".copy").forEach(offerCitation);
  pincite("landing", { arrive });
})();
