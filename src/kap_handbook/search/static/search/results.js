// Results as the reader sees them, for the dialog and the page. Text goes in as text, never as HTML.
"use strict";
window.kapSearch.results = (function () {
  const { words, element, root } = window.kapSearch;
  const texts = new Map(); // of each page, by number of document
  const AROUND = 170; // letters of a passage

  // The address of a document; the words to be marked there go along.
  function address(engine, { document, terms }) {
    const page = root.href + (engine.pages[document.page].address || "index.html");
    const marks = [...(terms || [])].slice(0, 24);
    const find = marks.length ? `?find=${marks.map(encodeURIComponent).join("+")}` : "";
    return page + find + (document.isPage ? "" : `#${encodeURIComponent(document.anchor)}`);
  }

  const known = new Map(); // of the words seen: the same come again with every keystroke
  function termsOf(word) {
    if (known.size > 20000) known.clear();
    return known.get(word) || known.set(word, words.terms(word)).get(word);
  }

  // Where each word of *text* stands whose index terms are among *terms*.
  function places(text, terms) {
    const found = [];
    for (const match of text.matchAll(/\S+/gu)) {
      if (termsOf(match[0]).some((term) => terms.has(term))) {
        const core = /^[^\p{L}\p{N}]*(.*?)[^\p{L}\p{N}%]*$/su.exec(match[0]);
        const from = match.index + match[0].indexOf(core[1]);
        if (core[1]) found.push([from, from + core[1].length]);
      }
    }
    // A number and its unit are one word of the index, and two of the text.
    for (const match of text.matchAll(/\d[\d.,]*\s\S+/gu)) {
      const term = termsOf(match[0])[0];
      if (terms.has(term) && !/^[\d.]+$/.test(term)) found.push([match.index, match.index + match[0].replace(/[^\p{L}\p{N}%]+$/u, "").length]);
    }
    return found.sort((one, other) => one[0] - other[0]);
  }

  function marked(text, terms) {
    const made = document.createDocumentFragment();
    let at = 0;
    for (const [from, to] of places(text, terms)) {
      if (from < at) continue;
      made.append(text.slice(at, from), element("mark", {}, text.slice(from, to)));
      at = to;
    }
    made.append(text.slice(at));
    return made;
  }

  // Whether a title holds all that was typed: then the text is best read from its beginning.
  function tells(title, typed) {
    const told = words.terms(title);
    return typed.every((term) => told.includes(term));
  }

  // The passage of a text that holds most of the words sought; its beginning if none is.
  function passage(text, terms) {
    if (text.length <= AROUND) return text;
    const found = places(text, terms).map(([from]) => from);
    let best = 0;
    let most = 0;
    found.forEach((from, number) => {
      let held = 0;
      const seen = new Set();
      for (let next = number; next < found.length && found[next] < from + AROUND - 30; next += 1) {
        const word = text.slice(found[next], found[next] + 5).toLowerCase();
        held += seen.has(word) ? 0.1 : 1;
        seen.add(word);
      }
      if (held > most) [most, best] = [held, from];
    });
    const newline = text.lastIndexOf("\n", best);
    let from = best - newline < 70 ? newline + 1 : text.lastIndexOf(" ", best - 50) + 1;
    if (from > best) from = best;
    let to = from + AROUND;
    if (to < text.length) to = Math.max(text.lastIndexOf(" ", to), from + 40);
    return `${from > 0 ? "… " : ""}${text.slice(from, to).trim()}${to < text.length ? " …" : ""}`;
  }

  // The parts of one result: its kind, its title as a link, its passage.
  function parts(engine, hit) {
    const { document: found, terms, typed } = hit;
    const link = address(engine, hit);
    return {
      link,
      kind: element("span", { className: `kap-kind kap-kind-${found.kind}` }, engine.kinds.get(found.kind)),
      title: element("span", { className: "kap-title" }, marked(found.title, terms)),
      trail: found.trail.join(" › "),
      passage: engine.mayHaveText(found) ? shownPassage(found, terms, tells(found.title, typed)) : "",
    };
  }

  // A passage comes when its place, which is kept, is in view or nearly so.
  function shownPassage({ id, page, byline }, terms, fromStart) {
    const place = element("span", { className: "kap-passage" });
    fills.set(place, async () => {
      const text = byline || (await textOf(page, id));
      const shown = passage(text.slice(0, 4000), fromStart ? new Set() : terms);
      place.replaceChildren(marked(shown, terms));
    });
    later(() => views.observe(place));
    return place;
  }

  const fills = new WeakMap(); // what fills a place
  const views = new IntersectionObserver((seen) => {
    for (const { isIntersecting, target } of seen) {
      if (!isIntersecting) continue;
      views.unobserve(target);
      fills.get(target)();
    }
  }, { rootMargin: "100px" });

  // The text of a document; nothing if it cannot be loaded, for the title is there already.
  async function textOf(page, id) {
    try {
      if (!texts.has(page)) texts.set(page, new Map(await kapSearch.data(`passages/${page}`)));
      return texts.get(page).get(id) || "";
    } catch {
      return "";
    }
  }

  // Puts work off until the keystroke is over: one timer for all, and none if another key has come.
  let waiting = [];
  let timer = 0;
  function later(work) {
    waiting.push(work);
    timer ||= setTimeout(now, 30);
  }

  // Does at once what was put off, and what that puts off in turn.
  function now() {
    clearTimeout(timer);
    timer = 0;
    while (waiting.length) waiting.shift()();
  }

  // Says that other results take the place of those that were shown.
  function begin() {
    clearTimeout(timer);
    timer = 0;
    waiting = [];
    views.disconnect();
  }

  function count({ total, hits }, query) {
    if (!query.trim()) return "";
    if (!total) return "No result.";
    if (total === 1) return "1 result.";
    return total > hits.length ? `${total} results, the best ${hits.length} shown.` : `${total} results, best first.`;
  }

  // What to do when nothing was found.
  function nothing(engine, query) {
    const box = element("div", { className: "kap-nothing" });
    const shown = query.length > 60 ? `${query.slice(0, 60)}…` : query;
    box.append(element("p", {}, "Nothing found for “", element("bdi", {}, shown), "”."));
    const near = engine.nearest(query);
    if (near.length) {
      const list = element("ul");
      for (const document of near) {
        list.append(element("li", {}, element("a", { href: address(engine, { document }) }, document.title)));
      }
      box.append(element("p", {}, "Nearest to it:"), list);
    }
    if (engine.gap) {
      box.append(element("p", {}, element("a", { href: new URL(engine.gap, root).href },
        "Should the book answer this? Report the gap.")));
    }
    later(() => box.append(element("p", {}, "What the book covers:"), topics(engine.pages)));
    return box;
  }

  function topics(pages) {
    const list = element("ul", { className: "kap-topics" });
    for (const { address: page, title } of pages) {
      list.append(element("li", {}, element("a", { href: new URL(page, root).href }, title)));
    }
    return list;
  }

  return { begin, later, now, parts, count, nothing };
})();
