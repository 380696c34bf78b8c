// The overview under the reader's hand: arrow keys go from mark to mark, a mark that is met says
// what it is, and a stretch that is drawn out with the pointer becomes the dates of the filters.
// The same dates can be chosen in the form, so nothing needs a pointer.
"use strict";

(() => {
  const { make, say } = pincite;
  const figure = document.querySelector(".overview");
  const drawing = figure.querySelector(".drawing");
  const plot = drawing.querySelector(".plot");
  const rtl = document.documentElement.dir === "rtl";
  const marks = [...plot.querySelectorAll("a")];
  const middle = (mark) => {
    const { left, right, top, bottom } = mark.getBoundingClientRect();
    return { x: (left + right) / 2, y: (top + bottom) / 2 };
  };

  // ---- keys ----------------------------------------------------------------------------------

  // Left and right follow time as it is drawn; up and down go to the nearest mark of another row.
  function next(mark, key) {
    const from = middle(mark);
    const across = key === "ArrowLeft" || key === "ArrowRight";
    const sign = key === "ArrowLeft" || key === "ArrowUp" ? -1 : 1;
    let best = null;
    let least = Infinity;
    marks.forEach((other, at) => {
      if (other === mark || other.classList.contains("out")) return;
      const to = middle(other);
      const [along, aside] = across ? [to.x - from.x, to.y - from.y] : [to.y - from.y, to.x - from.x];
      const tie = across && along === 0 ? Math.sign(at - marks.indexOf(mark)) * 0.01 : 0;
      const distance = sign * (along + tie);
      if (distance <= 0 || (!across && distance < 6)) return;
      const cost = across ? distance * 1000 + Math.abs(aside) : distance * 4 + Math.abs(aside);
      if (cost < least) [best, least] = [other, cost];
    });
    return best;
  }

  plot.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const mark = event.target.closest("a");
    if (!mark) return;
    if (event.key === "Escape") return void hush();
    let to = null;
    if (/^Arrow/.test(event.key)) to = next(mark, event.key);
    const across = [...marks].sort((a, b) => middle(a).x - middle(b).x);
    if (event.key === "Home") to = rtl ? across.at(-1) : across[0];
    if (event.key === "End") to = rtl ? across[0] : across.at(-1);
    if (!to) return;
    event.preventDefault();
    to.focus();
  });

  // ---- what a mark says ----------------------------------------------------------------------

  const tip = make("p", { class: "tip small", "aria-hidden": "true" });
  if ("popover" in tip) tip.popover = "manual";
  figure.append(tip);
  let told = null;

  function tell(mark) {
    if (!mark || mark === told || !tip.popover) return;
    told = mark;
    tip.textContent = mark.getAttribute("aria-label");
    tip.showPopover();
    const at = mark.getBoundingClientRect();
    const { width, height } = tip.getBoundingClientRect();
    const room = document.documentElement.clientWidth - width - 6;
    tip.style.left = `${Math.max(6, Math.min((at.left + at.right - width) / 2, room))}px`;
    tip.style.top = `${at.top - height - 6 > 0 ? at.top - height - 6 : at.bottom + 6}px`;
  }

  function hush() {
    if (told && tip.popover) tip.hidePopover();
    told = null;
  }

  plot.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "touch") tell(event.target.closest("a"));
  });
  plot.addEventListener("pointerout", (event) => {
    if (!told?.contains(event.relatedTarget)) hush();
  });
  plot.addEventListener("focusin", (event) => {
    const mark = event.target.closest("a");
    if (mark?.matches(":focus-visible")) tell(mark);
  });
  plot.addEventListener("focusout", hush);
  addEventListener("scroll", hush, { passive: true });

  // ---- a stretch of time ---------------------------------------------------------------------

  const OVERHANG = 6; // pixels by which what can be pressed reaches beyond what is drawn
  const form = document.getElementById("seek");
  const band = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  band.setAttribute("class", "brush");
  band.setAttribute("fill-opacity", ".2");
  let from = null; // where the pointer went down, in the window
  let drawn = false;

  const inDrawing = (x) => x - drawing.getBoundingClientRect().left;

  drawing.addEventListener("pointerdown", (event) => {
    if (!form || event.button !== 0 || event.pointerType === "touch") return;
    if (event.clientX < plotBox().left || event.clientX > plotBox().right) return;
    from = event.clientX;
    drawn = false;
  });

  addEventListener("pointermove", (event) => {
    if (from === null) return;
    if (!drawn && Math.abs(event.clientX - from) < 6) return;
    if (!drawn) {
      drawn = true;
      hush();
      drawing.append(band);
      drawing.classList.add("brushing");
      getSelection()?.removeAllRanges();
    }
    const { left, right } = plotBox();
    const to = Math.max(left, Math.min(event.clientX, right));
    const height = drawing.getBoundingClientRect().height - 34;
    const place = { x: inDrawing(Math.min(from, to)), y: 34, width: Math.abs(to - from), height };
    for (const [name, value] of Object.entries(place)) band.setAttribute(name, value);
  });

  addEventListener("pointerup", async (event) => {
    if (from === null) return;
    const [first, last] = [Math.min(from, event.clientX), Math.max(from, event.clientX)];
    from = null;
    if (!drawn) return;
    drawing.classList.remove("brushing");
    band.remove();
    try {
      await narrowTo(first, last);
    } catch {
      // The form says what is wrong.
    }
  });
  addEventListener("pointercancel", stop);
  addEventListener("keydown", (event) => event.key === "Escape" && from !== null && stop());
  // A stretch that begins or ends on a mark is no press of that mark.
  drawing.addEventListener("click", (event) => drawn && event.preventDefault(), true);
  drawing.addEventListener("dragstart", (event) => event.preventDefault());

  function stop() {
    from = null;
    drawn = false;
    band.remove();
    drawing.classList.remove("brushing");
  }

  function plotBox() {
    // The drawing's own width less its labels: what hangs over the plot is no part of it.
    const whole = drawing.getBoundingClientRect();
    const width = plot.width.baseVal.value;
    return { left: whole.left + plot.x.baseVal.value, right: whole.left + plot.x.baseVal.value + width };
  }

  // The dates of what stands in the stretch: marks know theirs, and no scale has to be read back.
  async function narrowTo(first, last) {
    const narrowing = await pincite.part("narrowing");
    await narrowing.ready;
    let since = Infinity;
    let until = -Infinity;
    let counted = false;
    for (const mark of marks) {
      if (mark.classList.contains("now")) continue;
      const place = narrowing.markOf(mark);
      if (!place) continue;
      // A mark that only reaches across the stretch says nothing of where it begins or ends.
      const { left, right } = mark.getBoundingClientRect();
      const { x } = middle(mark);
      const point = !place.event || place.first === place.last;
      const [begins, ends] = point ? [x, x] : [left + OVERHANG, right - OVERHANG];
      for (const [at, month] of [[begins, place.first], [ends, place.last]]) {
        if (month === null || at < first || at > last) continue;
        since = Math.min(since, month);
        until = Math.max(until, month);
        counted ||= !place.event;
      }
    }
    if (since > until) return;
    narrowing.setRange(since, until, counted || until - since >= 120 ? 12 : 1);
  }

  // ---- closer --------------------------------------------------------------------------------

  // The plot grows wider behind a window of its old size; its percentages do the rest.
  const frame = document.createElementNS("http://www.w3.org/2000/svg", "svg");

  function zoom(first, last) {
    const { left, right } = plotBox();
    const whole = right - left;
    const times = Math.min(40, whole / Math.max(8, last - first));
    if (!frame.isConnected) {
      for (const name of ["class", "x", "width", "height"]) frame.setAttribute(name, plot.getAttribute(name));
      frame.style.overflow = "hidden";
      plot.replaceWith(frame);
      plot.removeAttribute("class");
      frame.append(plot);
    }
    plot.setAttribute("x", `${(-100 * times * (first - left)) / whole}%`);
    plot.setAttribute("width", `${100 * times}%`);
  }

  function unzoom() {
    if (!frame.isConnected) return;
    plot.setAttribute("class", "plot");
    for (const name of ["x", "width"]) plot.setAttribute(name, frame.getAttribute(name));
    frame.replaceWith(plot);
  }

  // Brings the marks that fit to the full width, or all of them back.
  function closer() {
    if (frame.isConnected) {
      unzoom();
      return false;
    }
    const xs = marks
      .filter((mark) => !mark.classList.contains("out") && !mark.classList.contains("now"))
      .map((mark) => middle(mark).x);
    if (!xs.length) return false;
    const { left, right } = plotBox();
    // From one labelled line to another, so that the dates can still be read.
    const lines = [...plot.querySelectorAll(".month")].map((line) => line.getBoundingClientRect().left);
    const before = lines.filter((x) => x <= Math.min(...xs));
    const after = lines.filter((x) => x >= Math.max(...xs));
    zoom(Math.max(left, ...before), Math.min(right, ...after));
    return frame.isConnected;
  }

  const button = document.getElementById("seek-zoom");
  if (button) {
    button.addEventListener("click", () => {
      const zoomed = closer();
      button.textContent = say(zoomed ? "zoom_out" : "zoom");
      button.setAttribute("aria-pressed", String(zoomed));
    });
    button.textContent = say("zoom");
  }

  pincite("drawing", { closer });
})();
