// On a page that was opened from a result: marks the words sought, opens what hides them.
"use strict";
(function () {
  const { words } = kapSearch;
  const sought = new Set((new URLSearchParams(window.location.search).get("find") || "").split(" ").filter(Boolean));
  const UNREAD = "script, style, noscript, mark, textarea, select, .headerlink, .citation, .kap-marks";

  function target() {
    const whole = document.querySelector("main, [role=main], body");
    try {
      return document.getElementById(decodeURIComponent(window.location.hash.slice(1))) || whole;
    } catch {
      return whole; // an address that nobody made
    }
  }

  function isSought(word) {
    return words.terms(word).some((term) => sought.has(term));
  }

  function markIn(place) {
    const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT, (node) =>
      node.parentElement.closest(UNREAD) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
    const texts = [];
    while (walker.nextNode()) texts.push(walker.currentNode);
    let count = 0;
    for (const text of texts) count += markText(text);
    return count;
  }

  function markText(node) {
    const made = document.createDocumentFragment();
    let count = 0;
    let at = 0;
    // A number goes with the word after it, which may be its unit.
    for (const match of node.data.matchAll(/\d[\d.,–/-]*[\s\u202f][\p{L}%][\p{L}\p{N}/%]*|[\p{L}\p{N}][\p{L}\p{N}'’./%-]*/gu)) {
      let text = match[0].replace(/[^\p{L}\p{N}%]+$/u, "");
      if (/^\d.*\s/u.test(text) && !words.terms(text).slice(0, 1).some((term) => sought.has(term))) {
        const [number, after] = text.split(/\s/u);
        if (isSought(number)) text = number;
        else if (isSought(after)) {
          made.append(node.data.slice(at, match.index + number.length + 1));
          at = match.index + number.length + 1;
          text = after;
        } else continue;
      } else if (!isSought(text)) continue;
      const from = node.data.indexOf(text, Math.max(at, match.index));
      const mark = document.createElement("mark");
      mark.className = "kap-mark";
      mark.textContent = text;
      made.append(node.data.slice(at, from), mark);
      at = from + text.length;
      count += 1;
    }
    if (count) {
      made.append(node.data.slice(at));
      node.replaceWith(made);
    }
    return count;
  }

  function openAround(node) {
    for (let box = node; box; box = box.parentElement) {
      if (box.tagName === "DETAILS") box.open = true;
    }
  }

  function clear() {
    for (const mark of document.querySelectorAll("mark.kap-mark")) {
      const parent = mark.parentNode;
      mark.replaceWith(...mark.childNodes);
      parent.normalize();
    }
    document.querySelector(".kap-marks")?.remove();
    const address = new URL(window.location.href);
    address.searchParams.delete("find");
    try {
      window.history.replaceState(null, "", address);
    } catch {
      // a page opened from disk keeps its address
    }
  }

  function offerToClear(count) {
    const bar = document.createElement("div");
    bar.className = "kap-marks d-print-none";
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = count === 1 ? "Clear 1 mark" : `Clear ${count} marks`;
    button.addEventListener("click", clear);
    bar.append(button);
    document.body.append(bar);
  }

  function run() {
    const place = target();
    openAround(place);
    const count = markIn(place);
    document.querySelectorAll("mark.kap-mark").forEach(openAround);
    if (count) offerToClear(count);
    if (window.location.hash) place.scrollIntoView();
  }

  window.addEventListener("hashchange", () => openAround(target()));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !document.querySelector("dialog[open]")) clear();
  });
  run();
})();
