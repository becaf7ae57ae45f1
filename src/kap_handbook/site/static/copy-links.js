// The sign beside a heading or an entry copies the link to it, and says so.
"use strict";
(() => {
  const status = document.createElement("div");
  status.className = "kap-copied noprint";
  status.setAttribute("role", "status");
  document.body.append(status);
  let clearing = 0;

  function say(words) {
    clearTimeout(clearing);
    status.textContent = words;
    clearing = setTimeout(() => (status.textContent = ""), 4000);
  }

  for (const link of document.querySelectorAll("a.headerlink")) {
    const heading = link.closest("h1, h2, h3, h4, h5, h6, figcaption, caption, dt");
    const words = Array.from(heading?.childNodes ?? [], (node) => (node === link ? "" : node.textContent));
    link.removeAttribute("title");
    link.setAttribute("aria-label", `Copy link to “${words.join("").trim()}”`);
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a.headerlink");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    // Without a clipboard, as on a host without encryption, the address bar shows the link.
    navigator.clipboard?.writeText(link.href).then(() => say("Link copied"), () => {});
  });
})();
