// Sorting of tables: the headers become buttons. Numbers are sorted as numbers, texts as the language of the page does, empty
// cells last. A cell may give what it is sorted by in data-sort.
//
// Hook: <table data-sortable> with <thead> and one <tbody>; <th data-unsortable> stays as it is.

import { language, make, wordsOf } from "./strings.js";

const collator = new Intl.Collator(language, { numeric: true, sensitivity: "base" });

export function start(table) {
  const say = wordsOf(table);
  const headers = [...(table.tHead?.rows[0]?.cells ?? [])];
  headers.forEach((header, column) => {
    if (header.hasAttribute("data-unsortable") || header.querySelector("a, button, input") || !header.textContent.trim()) return;
    const button = make("button", { type: "button", class: "sort", title: say("sort_by", { name: header.textContent.trim() }) });
    button.append(...header.childNodes);
    header.append(button);
    button.addEventListener("click", () => {
      const direction = header.getAttribute("aria-sort") === "ascending" ? "descending" : "ascending";
      headers.forEach((other) => other.removeAttribute("aria-sort"));
      header.setAttribute("aria-sort", direction);
      sort(table.tBodies[0], column, direction === "ascending" ? 1 : -1);
    });
  });
}

function sort(body, column, sign) {
  const keyed = [...body.rows].map((row) => {
    const cell = row.cells[column];
    return { row, key: cell?.dataset.sort ?? cell?.textContent.trim() ?? "" };
  });
  keyed.sort((a, b) => (a.key === "") - (b.key === "") || sign * compare(a.key, b.key));
  body.append(...keyed.map(({ row }) => row));
}

function compare(a, b) {
  const [x, y] = [a, b].map((text) => Number(text.replace(/[,\s]/g, "")));
  return Number.isNaN(x) || Number.isNaN(y) ? collator.compare(a, b) : x - y;
}
