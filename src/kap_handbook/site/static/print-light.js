/* A page is printed in the light colours, whichever are on screen: paper is white. */
"use strict";

(() => {
  const { dataset } = document.documentElement;
  let shown;
  addEventListener("beforeprint", () => {
    shown = dataset.theme;
    dataset.theme = "light";
    // Pictures of the other mode were never near the screen.
    for (const picture of document.querySelectorAll("img.only-light")) picture.loading = "eager";
  });
  addEventListener("afterprint", () => {
    dataset.theme = shown;
  });
})();
