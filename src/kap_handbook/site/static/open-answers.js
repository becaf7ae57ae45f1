/* A link to a self-check opens its answer, and one into something folded opens that. */
"use strict";

(() => {
  const openLinked = () => {
    const name = location.hash.slice(1);
    const place = name && document.getElementById(name);
    if (!place) return;
    const answer = place.querySelector(":scope > .entry-answer");
    if (answer) answer.open = true;
    // Most browsers do this by themselves.
    for (let fold = place.closest("details"); fold; fold = fold.parentElement.closest("details")) {
      fold.open = true;
    }
  };
  window.addEventListener("hashchange", openLinked);
  openLinked();
})();
