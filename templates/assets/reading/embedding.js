// A selection of events for other sites: the page of searching gives the HTML of a frame for what is
// chosen, and the page of embedding, in such a frame, shows it. Few events are shown with their
// proofs, as their own frames show them; more of them as rows.
"use strict";

(() => {
  const { make, base } = pincite;
  const MOST = 25; // events that are shown with their proofs
  const [WIDTH, HEIGHT] = [640, 600];
  const offer = document.getElementById("embed-view");
  const view = document.querySelector(".embed-page");
  const canFetch = location.protocol !== "file:";
  const articles = new Map(); // by event, as far as they were asked for
  let latest = null;

  // What is chosen: { chosen, query, labels, ids, complete, index }.
  function tell(told) {
    latest = told;
    if (offer) offerFrame(told);
    if (view) show(told);
  }

  // ---- the page of searching -----------------------------------------------------------------

  function offerFrame({ chosen, query, labels }) {
    // Where the site has an address of its own, that is what others are given.
    const own = document.querySelector('link[rel="canonical"]')?.href ?? location.href;
    offer.hidden = !chosen || !/^https?:/.test(own);
    const frame = make("iframe", {
      src: new URL(`../embed/${query}`, own.split(/[?#]/)[0]).href,
      title: titled(labels),
      width: WIDTH,
      height: HEIGHT,
      loading: "lazy",
    });
    offer.querySelector("code").textContent = frame.outerHTML;
  }

  const titled = (labels) => labels.join(", ") || siteName();
  const siteName = () => document.querySelector(".masthead .name")?.textContent.trim() ?? "";

  // ---- in a frame ----------------------------------------------------------------------------

  function show(told) {
    const { labels, query, ids, complete } = told;
    const results = document.getElementById("results");
    const name = document.getElementById("embedded-name") ?? make("h1", { class: "embedded-name", id: "embedded-name" });
    name.textContent = titled(labels);
    document.title = name.textContent;
    if (!name.isConnected) results.before(name);
    const whole = document.getElementById("embedded-whole");
    whole.href = whole.href.split("?")[0] + query;
    if (complete && canFetch && ids.length && ids.length <= MOST) showProofs(told, results);
  }

  async function showProofs(told, results) {
    try {
      const shown = await Promise.all(told.ids.map((id) => fetchArticle(id, told.index)));
      if (told === latest) results.replaceChildren(...shown);
    } catch {
      // Of a site with very many events not each has a frame of its own; the rows lead to them.
    }
  }

  function fetchArticle(id, index) {
    if (!articles.has(id)) {
      const url = `${base}embed/events/${encodeURIComponent(id)}/${index ? "index.html" : ""}`;
      const article = fetch(url).then(async (answer) => {
        if (!answer.ok) throw new Error(String(answer.status));
        return bring(new DOMParser().parseFromString(await answer.text(), "text/html"), url);
      });
      article.catch(() => articles.delete(id));
      articles.set(id, article);
    }
    return articles.get(id);
  }

  // The event of another page, with links that lead from here to the same places.
  function bring(page, url) {
    const article = document.adoptNode(page.querySelector("article.event"));
    for (const link of article.querySelectorAll("[href]")) {
      link.setAttribute("href", new URL(link.getAttribute("href"), url).href);
    }
    for (const heading of article.querySelectorAll("h1")) {
      const title = make("h2", { class: heading.className });
      title.append(...heading.childNodes);
      heading.replaceWith(title);
    }
    return article;
  }

  pincite("embedding", { tell });
})();
