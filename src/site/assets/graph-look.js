// How the graph looks: colors by kind as in the pictures of `amml-graph export` (Paul Tol's "light"), in a light and a dark
// theme, and the legend. The same colors stand in the style sheet as .swatch.kind-….

import { make } from "./strings.js";

const COLORS = { paper: "#77aadd", tool: "#ee8866", person: "#eedd88", dataset: "#44bb99", course: "#ffaabb", model: "#99ddff",
  competition: "#bbcc33", organization: "#aaaa00" };
const GREY = "#dddddd";
const LIGHT = { ground: "#ffffff", text: "#111111", line: "#888888", mark: "#111111", retracted: "#cc0000" };
const DARK = { ground: "#16191d", text: "#eeeeee", line: "#8a8f98", mark: "#ffffff", retracted: "#ff5555" };

export function styleOf(is_dark) {
  const theme = is_dark ? DARK : LIGHT;
  const text = { "font-family": "system-ui, sans-serif", color: theme.text, "text-outline-color": theme.ground,
    "text-outline-width": 2, "text-outline-opacity": 0.9 };
  return [
    { selector: "node", style: { ...text, "background-color": (node) => COLORS[node.data("kind")] ?? GREY, width: 22, height: 22,
      "border-width": 1, "border-color": is_dark ? "#cccccc" : "#555555", label: "data(label)", "font-size": 11,
      "text-valign": "bottom", "text-margin-y": 3, "text-wrap": "wrap", "text-max-width": 115,
      "text-overflow-wrap": (node) => (/\p{Script=Han}/u.test(node.data("name")) ? "anywhere" : "whitespace"),
      "min-zoomed-font-size": 6 } },
    { selector: "edge", style: { ...text, width: 1.5, "line-color": theme.line, "curve-style": "bezier", "target-arrow-shape": "triangle",
      "target-arrow-color": theme.line, "arrow-scale": 0.8, "font-size": 9, "text-rotation": "autorotate" } },
    { selector: "edge.inferred", style: { "line-style": "dashed" } },
    { selector: "edge.chosen", style: { label: "data(word)", "line-color": theme.mark, "target-arrow-color": theme.mark } },
    { selector: "node.root", style: { width: 34, height: 34, "font-size": 13, "font-weight": "bold" } },
    { selector: "node.retracted", style: { "border-width": 3, "border-color": theme.retracted } },
    { selector: "node.chosen", style: { "outline-width": 3, "outline-color": theme.mark, "outline-offset": 2, "z-index": 10 } },
  ];
}

// What the colors and lines on the picture mean; kinds without a color of their own share the grey.
export function legend(cy, say) {
  const kinds = new Set(cy.nodes().map((node) => node.data("kind")));
  const colored = Object.keys(COLORS).filter((kind) => kinds.has(kind));
  const grey = [...kinds].filter((kind) => !(kind in COLORS)).sort();
  const entry = (swatch, text) => make("li", {}, make("span", { class: `swatch ${swatch}`, "aria-hidden": "true" }), text);
  const list = make("ul", { "aria-label": say("legend") }, ...colored.map((kind) => entry(`kind-${kind}`, say(`kind.${kind}`))));
  if (grey.length > 0) list.append(entry("kind-other", grey.map((kind) => (kind ? say(`kind.${kind}`) : say("other"))).join(", ")));
  if (cy.nodes(".retracted").nonempty()) list.append(entry("swatch-retracted", say("retracted")));
  if (cy.edges(".inferred").nonempty()) list.append(entry("line-stated", say("stated")), entry("line-inferred", say("inferred")));
  return list;
}
