// Lets a reader filter the rows of a long table of entries. Without this script the table is whole.
"use strict";

const LONG = 8; // rows from which on a filter helps more than it disturbs

function addFilter(table, number) {
  const rows = Array.from(table.tBodies[0].rows);
  if (rows.length < LONG) return;

  const wordsOf = (row) => row.textContent.toLowerCase().replace(/\s+/g, " ");
  let words; // of each row, once someone filters
  const input = document.createElement("input");
  input.type = "search";
  input.id = `table-filter-${number}`;
  const label = document.createElement("label");
  label.htmlFor = input.id;
  label.textContent = "Show rows with";
  const count = document.createElement("span");
  count.setAttribute("role", "status");
  const box = document.createElement("div");
  box.className = "table-filter noprint";
  box.append(label, input, count);
  table.closest(".table-scroller").before(box);

  input.addEventListener("input", () => {
    const wanted = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    words ??= rows.map(wordsOf);
    let shown = 0;
    rows.forEach((row, index) => {
      row.hidden = !wanted.every((word) => words[index].includes(word));
      shown += row.hidden ? 0 : 1;
    });
    count.textContent = wanted.length ? `${shown} of ${rows.length} rows` : "";
  });
}

document.querySelectorAll("table.entries").forEach(addFilter);
