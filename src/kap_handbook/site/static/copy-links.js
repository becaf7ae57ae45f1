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
    link.removeAttribute("title");
    link.setAttribute("aria-label", "Copy link"); // short, for it is read with its heading
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a.headerlink");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    // Without a clipboard, as on a host without encryption, the address bar shows the link.
    navigator.clipboard?.writeText(link.href).then(() => say("Link copied"), () => {});
  });
})();
