// The dialog: a combobox over a list of results (WAI-ARIA Authoring Practices, "editable combobox").
"use strict";
window.kapSearch.dialog = (function () {
  const { element } = kapSearch;
  const MOST = 10;
  const FIRST = 6; // as many as are in view; the others follow when the keystroke is over
  let box; // the dialog and its parts
  let engine = null;
  let active = -1;

  function build() {
    const input = element("input", {
      type: "search", id: "kap-dialog-query", autocomplete: "off", spellcheck: false, enterKeyHint: "go",
      placeholder: "Drug, symptom, figure or question", role: "combobox",
      "aria-label": "Search the handbook", "aria-expanded": "false", "aria-autocomplete": "list",
      "aria-controls": "kap-dialog-results",
    });
    input.setAttribute("autocapitalize", "off");
    const close = element("button", { type: "button", className: "kap-close", "aria-label": "Close search" }, "×");
    const kind = element("select", { className: "kap-kinds", "aria-label": "Kind of result" },
      element("option", { value: "" }, "All kinds"));
    const status = element("p", { className: "kap-search-status", role: "status" });
    const list = element("div", { id: "kap-dialog-results", className: "kap-results", role: "listbox", "aria-label": "Results" });
    const rest = element("div", { className: "kap-rest" });
    const page = element("a", { className: "kap-as-page" }, "All results on a page");
    const keys = element("span", { className: "kap-keys", "aria-hidden": "true" }, "↑ ↓ choose · Enter open · Esc close");
    const dialog = element("dialog", { className: "kap-search", "aria-label": "Search" },
      element("div", { className: "kap-search-bar" }, input, kind, close),
      status, element("div", { className: "kap-scroll" }, list, rest),
      element("div", { className: "kap-foot" }, page, keys));
    document.body.append(dialog);
    input.addEventListener("input", show);
    kind.addEventListener("change", show);
    dialog.addEventListener("keydown", onKey);
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog) dialog.close(); // beside it
      else if (event.target.closest("a[href]") && !event.ctrlKey && !event.metaKey) dialog.close();
    });
    return { dialog, input, kind, status, list, rest, page };
  }

  function open() {
    box ||= build();
    if (!box.dialog.open) box.dialog.showModal();
    box.input.focus();
    box.input.select();
    if (!engine) start();
  }

  async function start() {
    say("Loading …");
    try {
      engine = await kapSearch.ready();
    } catch {
      say(kapSearch.BROKEN);
      return;
    }
    for (const [name, label] of engine.kinds) {
      if (engine.documents.some((document) => document.kind === name) || name === "source") {
        box.kind.append(element("option", { value: name }, label));
      }
    }
    show();
    engine.whole.then(show, () => {
      engine.partial = true;
      show();
    });
  }

  function say(text) {
    if (box.status.textContent !== text) box.status.textContent = text;
  }

  function show() {
    if (!engine) return;
    const query = box.input.value;
    const chosen = active > 0 ? options()[active]?.href : null;
    const { results } = kapSearch;
    let found = { total: 0, hits: [] };
    try {
      found = engine.search(query, { kind: box.kind.value, most: MOST });
    } catch (error) {
      console.error(error);
    }
    results.begin();
    box.list.replaceChildren();
    addOptions(found.hits.slice(0, FIRST), 0);
    results.later(() => addOptions(found.hits.slice(FIRST), FIRST));
    const isEmpty = Boolean(query.trim()) && !found.total;
    box.rest.replaceChildren(...(isEmpty ? [results.nothing(engine, query)] : []));
    box.input.setAttribute("aria-expanded", String(found.hits.length > 0));
    box.page.href = `${kapSearch.root.href}search.html?${new URLSearchParams({ q: query.slice(0, 500) })}`;
    box.page.hidden = !found.total;
    const missing = engine.partial ? " Only titles and names could be searched." : "";
    say(results.count(found, query) + missing);
    active = -1;
    const kept = chosen ? options().findIndex((option) => option.href === chosen) : 0;
    choose(found.hits.length ? Math.max(kept, 0) : -1);
  }

  // Adds hits to the list, in a group for each run of the same page.
  function addOptions(hits, from) {
    const { parts } = kapSearch.results;
    const made = [];
    let group = box.list.lastElementChild;
    hits.forEach((hit, number) => {
      const title = engine.pages[hit.document.page].title;
      if (group?.dataset.page !== String(hit.document.page)) {
        group = element("div", { role: "group", "aria-label": title, className: "kap-group" },
          element("p", { className: "kap-page", "aria-hidden": "true" }, title));
        group.dataset.page = hit.document.page;
        made.push(group);
      }
      const shown = parts(engine, hit);
      group.append(element("a", { id: `kap-option-${from + number}`, className: "kap-option", role: "option",
        href: shown.link, tabIndex: -1, "aria-selected": "false" },
        shown.kind, shown.title, shown.passage));
    });
    box.list.append(...made);
  }

  function options() {
    return [...box.list.querySelectorAll("[role=option]")];
  }

  function choose(number, scroll = false) {
    const all = options();
    all[active]?.setAttribute("aria-selected", "false");
    all[number]?.setAttribute("aria-selected", "true");
    active = number;
    if (number < 0) box.input.removeAttribute("aria-activedescendant");
    else {
      box.input.setAttribute("aria-activedescendant", all[number].id);
      if (scroll) all[number].scrollIntoView({ block: "nearest" });
    }
  }

  function onKey(event) {
    if (engine && event.key.startsWith("Arrow")) kapSearch.results.now();
    const count = options().length;
    if (event.key === "Escape") {
      event.preventDefault();
      box.dialog.close();
    } else if (event.target !== box.input || event.isComposing) {
      return;
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (count) choose((active + (event.key === "ArrowDown" ? 1 : -1) + count) % count, true);
    } else if (event.key === "Enter") {
      event.preventDefault();
      options()[active]?.click();
    }
  }

  return { open };
})();
