// The preview's side of the browser: a plugin of livereload.js that shows a failed build's findings
// over the last good page. It never takes the focus and never draws from the network's markup.
"use strict";

(() => {
  const { status: statusUrl, style: styleUrl, generation } = document.currentScript.dataset;
  let asked = 0;
  let parts = null;

  function make(name, attributes = {}, text = "") {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.textContent = text;
    return element;
  }

  function build() {
    const host = make("pincite-findings", { lang: "en", dir: "ltr", hidden: "" });
    const root = host.attachShadow({ mode: "open" }); // the site's style does not reach in
    const style = make("link", { rel: "stylesheet", href: styleUrl });
    style.onload = style.onerror = () => host.removeAttribute("hidden");
    const said = make("p", { class: "said", role: "status" });
    const panel = make("section", { "aria-labelledby": "heading" });
    const heading = make("h2", { id: "heading" });
    const note = make("p", {}, "This is the last version that could be built. It reloads when the next one can.");
    const close = make("button", { type: "button", "aria-keyshortcuts": "Escape" }, "Hide");
    const report = make("pre", { tabindex: "0", role: "group", "aria-label": "Findings" });
    const header = make("header");
    header.append(heading, close);
    panel.append(header, note, report);
    const reopen = make("button", { type: "button", class: "reopen", "aria-expanded": "false" });
    reopen.hidden = true;
    root.append(style, said, panel, reopen);
    close.onclick = () => hide();
    reopen.onclick = () => {
      unfold();
      close.focus();
    };
    return { host, root, said, panel, heading, report, reopen, close };
  }

  function unfold() {
    parts.panel.hidden = false;
    parts.reopen.hidden = true;
  }

  function hide() {
    const held = parts.root.activeElement !== null;
    parts.panel.hidden = true;
    parts.reopen.hidden = false;
    if (held) parts.reopen.focus();
  }

  function show({ ok, summary, report }) {
    if (ok) {
      parts?.host.remove();
      parts = null;
      return;
    }
    if (parts === null) {
      parts = build();
      document.body.append(parts.host);
    }
    const title = summary ? `The site could not be built: ${summary}` : "The site could not be built";
    parts.heading.textContent = title;
    parts.reopen.textContent = summary || "Findings";
    parts.report.textContent = report;
    unfold();
    // A live region speaks of what changes in it, so it must have been there before.
    setTimeout(() => { if (parts) parts.said.textContent = title; }, 100);
  }

  async function refresh() {
    const question = ++asked;
    try {
      const answer = await fetch(statusUrl, { cache: "no-store" });
      const status = await answer.json();
      if (question === asked) show(status);
    } catch {
      // The preview was stopped; livereload.js connects again when it is back.
    }
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented && parts && !parts.panel.hidden) hide();
  });

  window.LiveReloadPluginPincite = class {
    static identifier = "pincite";
    static version = "1";

    analyze() {
      return { generation };
    }

    reload(path) {
      if (path !== statusUrl) return false;
      refresh();
      return true;
    }
  };
})();
