// On every page: opens search when the reader asks for it, and loads nothing before.
"use strict";
window.kapSearch = (function () {
  const home = new URL(".", document.currentScript.src); // _static/search/
  const root = new URL("../../", home); // the site
  const BROKEN = "Search cannot be loaded. Reload the page to try again, or use the contents list.";
  const scripts = new Map(); // those that are loaded or on their way
  const received = new Map();
  const ENGINE = ["dom.js", "words.js", "terms.js", "engine.js", "results.js"];
  let loading = null;

  // Loads a script of ours, once; from disk nothing but scripts can be loaded.
  function load(address, base = home) {
    if (!scripts.has(address)) {
      scripts.set(address, new Promise((done, fail) => {
        const script = document.createElement("script");
        script.src = new URL(address, base).href;
        script.async = base === root; // data as they come, what builds on another in its order
        script.onload = () => done();
        script.onerror = () => {
          script.remove();
          scripts.delete(address); // the next try starts anew
          fail(new Error(`cannot load ${address}`));
        };
        document.head.append(script);
      }));
    }
    return scripts.get(address);
  }

  // The data scripts hand their content over here.
  function receive(name, content) {
    received.set(name, content);
  }

  async function data(name) {
    await load(`search/${name}.js`, root);
    if (!received.has(name)) throw new Error(`search/${name}.js is broken`);
    return received.get(name);
  }

  // Resolves to the engine once titles can be found; `engine.whole` resolves with every word.
  function ready() {
    if (!loading) {
      loading = (async () => {
        const [titles] = await Promise.all([data("titles"), ...ENGINE.map((name) => load(name))]);
        const engine = await kapSearch.engine.Engine.from(titles);
        // Asked for once the first answer is shown.
        engine.whole = new Promise((done) => setTimeout(done)).then(() => data("text"))
          .then((text) => engine.addWords(text));
        engine.whole.catch(() => {}); // who waits for it says so
        return engine;
      })();
      loading.catch(() => (loading = null)); // the next try starts anew
    }
    return loading;
  }

  async function open() {
    try {
      await Promise.all([load("dom.js"), load("dialog.js")]);
      kapSearch.dialog.open();
    } catch {
      window.location.href = new URL("search.html", root).href;
    }
  }

  function isTyping(target) {
    return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.(".kap-search-open");
    if (!button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open();
  });
  document.addEventListener("keydown", (event) => {
    const withControl = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    const isShortcut = withControl && event.key.toLowerCase() === "k";
    const isSlash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target);
    if (isShortcut || isSlash) {
      event.preventDefault();
      open();
    } else if (event.key === " " && event.target.closest?.(".kap-search-open")) {
      event.preventDefault(); // the link is a button
      open();
    }
  });

  const isMarked = new URLSearchParams(window.location.search).has("find");
  if (isMarked) load("words.js").then(() => load("marks.js")).catch(() => {});

  return { load, data, receive, ready, open, root, BROKEN };
})();
