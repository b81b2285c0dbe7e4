// The things and links of the graph as a list: what the picture shows to those who do not see it or do not use a pointer.

import { make } from "./strings.js";

const N_LINKS_MOST = 40;

export class GraphList {
  // `expand` and `point` are called with the IRI of a thing when it is to be expanded, or looked at.
  constructor(say, { expand, point }) {
    this.say = say;
    this.expand = expand;
    this.point = point;
    this.items = new Map();
    this.summary = make("summary");
    this.rows = make("ul");
    this.element = make("details", { class: "graph-list" }, this.summary, this.rows);
  }

  clear() {
    this.items.clear();
    this.rows.replaceChildren();
  }

  addNode({ id, name, kind, year, href }, status) {
    const about = [this.say(`kind.${kind}`), year, status === "retracted" ? this.say("retracted") : status].filter(Boolean).join(", ");
    const button = make("button", { type: "button", text: this.say("expand"), "aria-label": this.say("expand_name", { name }) });
    const links = make("span", { class: "graph-links" });
    const row = make("li", {}, make("span", { class: `swatch kind-${kind}`, "aria-hidden": "true" }),
      href ? make("a", { href, text: name }) : make("span", { text: name }),
      make("span", { class: "graph-about", text: about ? ` (${about}) ` : " " }), button, links);
    button.addEventListener("click", () => this.expand(id));
    row.addEventListener("focusin", () => this.point(id));
    row.addEventListener("mouseenter", () => this.point(id));
    this.items.set(id, { name, button, links, out: [] });
    this.rows.append(row);
  }

  addLink(source, target, word, is_stated) {
    const text = `${word} → ${this.items.get(target).name}`;
    this.items.get(source).out.push(is_stated ? text : `${text} (${this.say("inferred")})`);
  }

  // Writes the links anew and marks what is expanded; buttons stay the same elements, so that none loses the focus.
  refresh(expanded) {
    this.summary.textContent = this.say("things_shown", { n: this.items.size });
    for (const [id, { button, links, out }] of this.items) {
      const more = out.length > N_LINKS_MOST ? [this.say("left_out", { n: out.length - N_LINKS_MOST })] : [];
      links.textContent = [...out.slice(0, N_LINKS_MOST), ...more].join("; ");
      if (expanded.has(id)) {
        button.textContent = this.say("expanded");
        button.setAttribute("aria-disabled", "true");
        button.removeAttribute("aria-label");
      }
    }
  }
}
