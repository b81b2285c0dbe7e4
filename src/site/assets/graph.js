// The graph around a thing: drawn by Cytoscape.js, with the same things and links as a list below it, so that all can be read
// and done without the picture. A click or tap on a node (or "Expand" in the list) adds its neighbors; a double click opens
// its page. What is on the picture stays in its place; the same clicks give the same picture.
//
// Hook: <div class="graph" data-graph="/api/graph" data-iri="…" data-labels='{…}'>; children with the class "graph-fallback"
// are hidden. Reads, for ?iri=…&depth=1: {"nodes": [{"iri", "kind", "label", "year", "status", "href"}],
// "edges": [{"from": 0, "to": 1, "relation", "is_stated"}], "n_left_out": 0}, where from and to are places in "nodes".

import { make, safeHref, wordsOf } from "./strings.js";
import { legend, styleOf } from "./graph-look.js";
import { GraphList } from "./graph-list.js";
import { arrangeAdded, arrangeAll } from "./graph-layout.js";
import cytoscape from "./vendor/cytoscape.js";

const N_NODES_MOST = 300;
const N_LETTERS_MOST = 45;
const ZOOM_STEP = 1.3;
const ZOOM_LARGE = 1.4;
const ZOOM_READABLE = 0.6;

export function start(host) {
  new GraphView(host).begin();
}

class GraphView {
  constructor(host) {
    this.host = host;
    this.say = wordsOf(host);
    this.expanded = new Set();
    this.waiting = new Set();
    this.list = new GraphList(this.say, { expand: (iri) => this.expand(iri), point: (iri) => this.point(iri) });
    this.canvas = make("div", { class: "graph-canvas", role: "img" });
    this.status = make("p", { class: "graph-status", role: "status" });
    this.chosen = make("p", { class: "graph-chosen" });
    this.legend = make("div", { class: "graph-legend" });
    for (const fallback of host.querySelectorAll(".graph-fallback")) fallback.hidden = true;
    host.append(this.controls(), this.canvas, this.chosen, this.legend, this.status, this.list.element);
    this.cy = draw(this.canvas, this.say);
    this.cy.on("onetap", "node", ({ target }) => this.expand(target.id()));
    this.cy.on("dbltap", "node", ({ target }) => target.data("href") && location.assign(target.data("href")));
    this.cy.on("tap mouseover", "node", ({ target }) => this.point(target.id()));
  }

  controls() {
    const bar = make("div", { class: "graph-controls", role: "group", "aria-label": this.say("controls") });
    const zoom = (factor) => () => this.cy.zoom({ level: this.cy.zoom() * factor,
      renderedPosition: { x: this.cy.width() / 2, y: this.cy.height() / 2 } });
    const actions = { zoom_in: zoom(ZOOM_STEP), zoom_out: zoom(1 / ZOOM_STEP), fit: () => this.fit(), reset: () => this.reset() };
    for (const [key, action] of Object.entries(actions)) {
      const button = make("button", { type: "button", class: `graph-${key.replace("_", "-")}`, text: this.say(key) });
      button.addEventListener("click", action);
      bar.append(button);
    }
    return bar;
  }

  async begin() {
    this.status.textContent = this.say("loading");
    this.first = await this.fetchAround(this.host.dataset.iri);
    if (this.first) this.reset();
  }

  // Back to what was shown at first.
  reset() {
    if (!this.first) return this.begin();
    this.cy.elements().remove();
    this.list.clear();
    this.expanded.clear();
    this.chosen.replaceChildren();
    const iri = this.host.dataset.iri;
    const n_refused = this.merge(this.first);
    this.cy.getElementById(iri).addClass("root");
    this.expanded.add(iri);
    arrangeAll(this.cy, iri);
    this.fit(ZOOM_READABLE);
    this.tell(iri, null, n_refused + (this.first.n_left_out ?? 0));
    this.describe(this.cy.getElementById(iri));
  }

  async expand(iri) {
    if (this.expanded.has(iri) || this.waiting.has(iri)) return;
    this.waiting.add(iri);
    this.status.textContent = this.say("loading");
    const answer = await this.fetchAround(iri);
    this.waiting.delete(iri);
    const around = this.cy.getElementById(iri);
    if (!answer || around.empty()) return;
    const before = this.cy.nodes();
    const n_refused = this.merge(answer);
    const added = this.cy.nodes().difference(before);
    if (added.nonempty()) arrangeAdded(this.cy, around, added);
    this.expanded.add(iri);
    this.tell(iri, added.length, n_refused + (answer.n_left_out ?? 0));
    this.point(iri);
  }

  async fetchAround(iri) {
    const url = new URL(this.host.dataset.graph, document.baseURI);
    url.searchParams.set("iri", iri);
    url.searchParams.set("depth", "1");
    try {
      const answer = await fetch(url, { headers: { accept: "application/json" } });
      if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}`);
      return await answer.json();
    } catch (error) {
      this.status.textContent = this.say("failed", { why: error.message });
      return null;
    }
  }

  // Adds nodes and edges that are not there yet; says how many nodes found no room.
  merge({ nodes, edges }) {
    let n_refused = 0;
    for (const node of nodes) {
      if (this.cy.getElementById(node.iri).nonempty()) continue;
      if (this.cy.nodes().length >= N_NODES_MOST) n_refused += 1;
      else this.addNode(node);
    }
    for (const { from, to, relation, is_stated } of edges) {
      const [source, target] = [nodes[from]?.iri, nodes[to]?.iri];
      const id = `${source} ${relation} ${target}`;
      const have = (key) => this.cy.getElementById(key).nonempty();
      if (source && target && have(source) && have(target) && !have(id)) {
        const word = this.say(`relation.${relation}`);
        this.cy.add({ data: { id, source, target, word }, classes: is_stated ? "" : "inferred" });
        this.list.addLink(source, target, word, is_stated);
      }
    }
    return n_refused;
  }

  addNode(node) {
    const label = node.label || node.iri;
    const is_retracted = node.status === "retracted";
    const shown = label.length > N_LETTERS_MOST ? `${label.slice(0, N_LETTERS_MOST)}…` : label;
    const data = { id: node.iri, kind: node.kind ?? "", name: label, year: node.year, href: safeHref(node.href),
      label: is_retracted ? `${shown}\n(${this.say("retracted")})` : shown };
    this.cy.add({ data, classes: is_retracted ? "retracted" : "" });
    this.list.addNode(data, node.status);
  }

  // Marks a node and the links at it, and offers its page.
  point(iri) {
    const node = this.cy.getElementById(iri);
    if (node.empty() || node.hasClass("chosen")) return;
    this.cy.elements(".chosen").removeClass("chosen");
    node.union(node.connectedEdges()).addClass("chosen");
    this.describe(node);
  }

  describe(node) {
    if (node.empty()) return;
    const { name, kind, year, href } = node.data();
    const about = [this.say(`kind.${kind}`), year].filter(Boolean).join(", ");
    this.chosen.replaceChildren(`${this.say("chosen")} `, make("strong", { text: name }), about ? ` (${about}) ` : " ",
      href ? make("a", { class: "graph-open", href, text: this.say("open") }) : "");
  }

  tell(iri, n_added, n_left_out) {
    const name = this.cy.getElementById(iri).data("name") ?? iri;
    const said = this.say("graph_of", { name: this.rootName(), n: this.cy.nodes().length, m: this.cy.edges().length });
    this.canvas.setAttribute("aria-label", said);
    const parts = [n_added === null ? said : this.say(n_added ? "added" : "nothing_added", { n: n_added, name })];
    if (n_left_out > 0) parts.push(this.say("left_out", { n: n_left_out }));
    if (this.cy.nodes().length >= N_NODES_MOST) parts.push(this.say("full", { n: N_NODES_MOST }));
    this.status.textContent = parts.join(" ");
    this.list.refresh(this.expanded);
    this.legend.replaceChildren(legend(this.cy, this.say));
  }

  rootName() {
    return this.cy.nodes(".root").data("name") ?? this.host.dataset.iri;
  }

  // Shows all, but not larger than is pleasant; at first not so small that nothing can be read.
  fit(smallest = 0) {
    this.cy.fit(undefined, 20);
    const zoom = Math.min(Math.max(this.cy.zoom(), smallest), ZOOM_LARGE);
    if (zoom === this.cy.zoom()) return;
    this.cy.zoom(zoom);
    this.cy.center(zoom === smallest ? this.cy.nodes(".root") : undefined);
  }
}

function draw(canvas, say) {
  // Cytoscape adds a <style> element, which the Content-Security-Policy forbids, unless the page has an element of this name;
  // the rule that it would add (position: relative) stands in our style sheet.
  const STYLE_ID = "__________cytoscape_stylesheet";
  if (!document.getElementById(STYLE_ID)) document.head.append(make("meta", { id: STYLE_ID, name: "cytoscape-style" }));
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const cy = cytoscape({ container: canvas, style: styleOf(dark.matches, say), minZoom: 0.1, maxZoom: 4, boxSelectionEnabled: false,
    userZoomingEnabled: false });
  dark.addEventListener("change", () => cy.style(styleOf(dark.matches, say)));
  // The wheel scrolls the page until the picture is touched: who only reads on should not be caught in it.
  canvas.addEventListener("pointerdown", () => cy.userZoomingEnabled(true), { capture: true });
  // What is above may have grown since: Cytoscape remembers where the picture lies.
  canvas.addEventListener("pointerenter", () => cy.resize());
  canvas.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && cy.userZoomingEnabled(false));
  return cy;
}
