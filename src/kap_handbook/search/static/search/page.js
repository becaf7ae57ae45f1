// The page search.html?q=…: the same results, as a list that can be linked.
"use strict";
(async function () {
  const input = document.getElementById("kap-search-query");
  const status = document.querySelector(".kap-search-status");
  const place = document.getElementById("search-results");
  const MOST = 30;
  const FIRST = 6; // about as many as are in view; the others follow when these are drawn
  let engine;

  function show() {
    const { element } = kapSearch;
    const { begin, later, count, nothing } = kapSearch.results;
    const query = input.value;
    const found = engine.search(query, { most: MOST });
    begin();
    if (query.trim() && !found.total) {
      place.replaceChildren(nothing(engine, query));
    } else {
      const list = element("ol", { className: "kap-list" }, ...found.hits.slice(0, FIRST).map(item));
      later(() => list.append(...found.hits.slice(FIRST).map(item)));
      place.replaceChildren(list);
    }
    const missing = engine.partial ? " Only titles and names could be searched." : "";
    status.textContent = count(found, query) + missing;
    document.documentElement.dataset.searched = query;
  }

  function item(hit) {
    const { element } = kapSearch;
    const shown = kapSearch.results.parts(engine, hit);
    return element("li", {}, shown.kind, element("a", { href: shown.link }, shown.title),
      element("span", { className: "kap-trail" }, shown.trail), shown.passage);
  }

  function keepAddress() {
    const address = new URL(window.location.href);
    address.searchParams.set("q", input.value.slice(0, 500));
    try {
      window.history.replaceState(null, "", address);
    } catch {
      // a page opened from disk keeps its address
    }
  }

  input.value = new URLSearchParams(window.location.search).get("q") || "";
  input.focus();
  status.textContent = "Loading …";
  try {
    engine = await kapSearch.ready();
  } catch {
    status.textContent = kapSearch.BROKEN;
    return;
  }
  input.addEventListener("input", () => {
    show();
    keepAddress();
  });
  input.form.addEventListener("submit", (event) => {
    event.preventDefault();
    show();
    keepAddress();
  });
  show();
  try {
    await engine.whole;
  } catch {
    engine.partial = true;
  }
  show();
  document.documentElement.dataset.search = "whole";
})();
