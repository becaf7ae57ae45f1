// Shows the source of a citation, or the meaning of a term, beside the word: while the pointer or the
// focus is on it, or after a tap. Escape closes it. The focus stays where it is.
"use strict";
(() => {
  const MARKS = "a.footnote-reference, a.term-mark";
  const LINGER = 250; // milliseconds in which the pointer can cross over to the note
  if (!("popover" in HTMLElement.prototype)) return; // a link to the place remains

  const note = document.createElement("div");
  note.id = "kap-note";
  note.className = "kap-note noprint";
  note.popover = "manual";
  document.body.append(note);
  let shownFor = null;
  let closing = 0;

  function contentFor(mark) {
    const found = document.createDocumentFragment();
    if (mark.matches(".term-mark")) {
      const term = document.createElement("strong");
      term.textContent = `${mark.dataset.term}. `;
      found.append(term, mark.dataset.definition);
      return found;
    }
    const source = document.getElementById(mark.hash.slice(1));
    for (const part of source?.querySelectorAll(":scope > p") ?? []) {
      const copy = part.cloneNode(true);
      // A keyboard finds these links in the list of sources.
      copy.querySelectorAll("a").forEach((link) => (link.tabIndex = -1));
      copy.querySelectorAll("[id]").forEach((element) => element.removeAttribute("id"));
      found.append(copy);
    }
    return found;
  }

  function place(mark) {
    const box = mark.getBoundingClientRect();
    const [wide, high] = [note.offsetWidth, note.offsetHeight];
    const page = document.documentElement;
    const left = Math.max(8, Math.min(box.left, page.clientWidth - wide - 8));
    const below = box.bottom + 6;
    const fits = below + high <= page.clientHeight || box.top < high + 6;
    note.style.left = `${left + scrollX}px`;
    note.style.top = `${(fits ? below : box.top - 6 - high) + scrollY}px`;
  }

  function show(mark) {
    clearTimeout(closing);
    if (shownFor === mark) return;
    hide();
    note.replaceChildren(contentFor(mark));
    if (!note.hasChildNodes()) return;
    shownFor = mark;
    mark.setAttribute("aria-describedby", note.id);
    note.showPopover();
    place(mark);
  }

  function hide() {
    clearTimeout(closing);
    shownFor?.removeAttribute("aria-describedby");
    shownFor = null;
    note.hidePopover();
  }

  function hideSoon() {
    clearTimeout(closing);
    closing = setTimeout(() => {
      if (shownFor && shownFor !== document.activeElement) hide();
    }, LINGER);
  }

  const markAt = (event) => event.target.closest?.(MARKS);
  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    if (note.contains(event.target)) clearTimeout(closing);
    else if (markAt(event)) show(markAt(event));
  });
  document.addEventListener("pointerout", (event) => {
    if (event.pointerType !== "touch" && (markAt(event) || note.contains(event.target))) hideSoon();
  });
  document.addEventListener("focusin", (event) => {
    if (markAt(event)?.matches(":focus-visible")) show(markAt(event));
  });
  document.addEventListener("focusout", (event) => {
    if (markAt(event) === shownFor && shownFor) hide();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && shownFor) {
      hide();
      event.stopPropagation();
    }
  }, true);
  // A first tap explains; a second follows the link. A tap elsewhere closes.
  document.addEventListener("click", (event) => {
    const mark = markAt(event);
    if (mark && event.pointerType === "touch" && shownFor !== mark) {
      event.preventDefault();
      show(mark);
    } else if (!note.contains(event.target)) {
      hide();
    }
  });
})();
