// Entry of every page. Pages can be read and used without scripts; this looks for the hooks below and loads only what the page
// at hand can use, the graph (the largest) only when it comes into view.

const HOOKS = [
  ["form[data-suggest]", () => import("./suggest.js")],
  ["[data-graph]", () => import("./graph.js")],
  ["textarea[data-editor]", () => import("./editor.js")],
  ["[data-static-search]", () => import("./static-search.js")],
  ["table[data-sortable]", () => import("./tables.js")],
];

for (const [selector, load] of HOOKS) {
  const elements = [...document.querySelectorAll(selector)];
  if (elements.length > 0) {
    (selector === "[data-graph]" ? inView(elements[0]) : Promise.resolve())
      .then(load)
      .then((module) => elements.forEach((element) => module.start(element)))
      .catch((error) => console.error(`${selector} stays as the server made it:`, error));
  }
}

function inView(element) {
  return new Promise((resolve) => {
    const watch = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      watch.disconnect();
      resolve();
    }, { rootMargin: "200px" });
    watch.observe(element);
  });
}
