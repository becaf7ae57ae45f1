// Saves the site for use without a network, and says when a newer edition has been saved.
"use strict";
(function () {
  const root = new URL("../", document.currentScript.src);
  if (!location.protocol.startsWith("http")) return; // opened from disk

  const manifest = document.createElement("link");
  manifest.rel = "manifest";
  manifest.href = new URL("manifest.webmanifest", root).href;
  document.head.append(manifest);

  const workers = navigator.serviceWorker; // absent where the connection is not secure
  if (!workers || navigator.connection?.saveData) return;

  function announce(worker) {
    const note = document.createElement("div");
    note.className = "kap-edition noprint";
    note.setAttribute("role", "status");
    document.body.append(note);
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Reload";
    button.addEventListener("click", () => worker.postMessage("take over"));
    setTimeout(() => note.append("A newer edition has been loaded. ", button)); // so that it is read
  }

  function watch(worker) {
    worker?.addEventListener("statechange", () => {
      if (worker.state === "installed" && workers.controller) announce(worker);
    });
  }

  async function register() {
    const registration = await workers.register(new URL("service-worker.js", root), { updateViaCache: "none" });
    if (registration.waiting && workers.controller) announce(registration.waiting);
    watch(registration.installing);
    registration.addEventListener("updatefound", () => watch(registration.installing));
  }

  // Every open page changes to the new edition at once: none is left with files of both.
  if (workers.controller) {
    workers.addEventListener("controllerchange", () => location.reload());
  }
  window.addEventListener("load", () => {
    register().catch(() => {}); // without it the site works as long as there is a network
  });
})();
