// Sets the reader's colour mode before anything is drawn. It stands in the page's head.
(() => {
  const root = document.documentElement.dataset;
  try {
    root.mode = localStorage.getItem("mode") || "auto";
  } catch {
    root.mode = "auto"; // the browser keeps nothing
  }
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  root.theme = root.mode !== "auto" ? root.mode : dark ? "dark" : "light";
})();
