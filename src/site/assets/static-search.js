// Search for a site without a server (amml-graph export --format site): loads one index file when somebody searches, and looks
// through it in the browser with MiniSearch. English words match by beginning and with a slip of the pen; Chinese is cut into
// pairs of characters, the same in each browser.
//
// Hook: <body data-index="…/search-index.json">, <form role="search"> with <input name="q">, <div id="results"
// data-static-search>. Reads {"documents": [{"id", "href", "name", "names", "kind", "year", "text", "topics", "people"}]};
// href counts from the folder of the index file.

import { language, make, safeHref, wordsOf } from "./strings.js";
import { termsOf, wordsOfQuery } from "./static-terms.js";
import MiniSearch from "./vendor/minisearch.js";

const N_AT_ONCE = 20;
const PAUSE_MS = 200;
const FIELDS = ["name", "names", "text", "topics", "people"];
const BOOST = { name: 4, names: 3, topics: 1.5, people: 2 };

export function start(place) {
  const say = wordsOf(place);
  const form = document.querySelector("main form[role=search]") ?? document.querySelector("form[role=search]");
  const input = form?.elements.namedItem("q");
  const status = make("p", { role: "status", class: "search-status" });
  const kinds = make("div", { class: "search-kinds", role: "group", "aria-label": say("kinds") });
  const list = make("ol", { class: "search-results" });
  const more = make("button", { type: "button", class: "search-more", text: say("more"), hidden: true });
  place.replaceChildren(status, kinds, list, more);

  const address = new URL(location.href);
  let kind = address.searchParams.get("kind") ?? "";
  let n_shown = N_AT_ONCE;
  let index = null;
  let n_asked = 0;

  const search = async () => {
    const text = (input?.value ?? "").trim();
    const turn = ++n_asked;
    index ??= load(document.body.dataset.index, (n_done, n) => (status.textContent = `${say("loading")} ${n_done} / ${n}`));
    try {
      const loaded = await index;
      if (turn !== n_asked) return;
      show(loaded, text);
    } catch (error) {
      index = null;
      status.textContent = say("failed", { why: error.message });
    }
  };

  const show = ({ mini, base }, text) => {
    const { found, is_loose } = text ? find(mini, text) : { found: [], is_loose: false };
    const of_kind = kind ? found.filter((hit) => hit.kind === kind) : found;
    const parts = [say("index_size", { n: mini.documentCount })];
    if (text) parts.unshift(of_kind.length ? say("n_found", { n: of_kind.length }) : say("nothing_found", { q: text }));
    if (is_loose && of_kind.length) parts.unshift(say("loosely"));
    status.textContent = parts.join(" ");
    kinds.replaceChildren(...facets(found, kind, say, (chosen) => {
      kind = chosen;
      again();
      kinds.querySelector("[aria-pressed=true]")?.focus();
    }));
    const words = wordsOfQuery(text);
    list.replaceChildren(...of_kind.slice(0, n_shown).map((hit) => result(hit, base, words, say)));
    more.hidden = of_kind.length <= n_shown;
    more.onclick = () => {
      const n_before = n_shown;
      n_shown += N_AT_ONCE;
      show({ mini, base }, text);
      list.children[n_before]?.querySelector("a")?.focus();
    };
  };

  const again = () => {
    n_shown = N_AT_ONCE;
    for (const [name, value] of [["q", input?.value.trim()], ["kind", kind]]) {
      if (value) address.searchParams.set(name, value);
      else address.searchParams.delete(name);
    }
    history.replaceState(null, "", address);
    return search();
  };

  let timer = 0;
  const later = (event) => {
    clearTimeout(timer);
    if (!event.isComposing) timer = setTimeout(again, PAUSE_MS);
  };
  input?.addEventListener("input", later);
  input?.addEventListener("compositionend", later);
  input?.addEventListener("focus", () => index ?? search(), { once: true });
  form?.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    again();
  });
  const asked = address.searchParams.get("q");
  if (input && asked) input.value = asked;
  if (asked) search();
}

async function load(index_address, progress) {
  const base = new URL(index_address, document.baseURI);
  const answer = await fetch(base);
  if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}`);
  const { documents } = await answer.json();
  const mini = new MiniSearch({ fields: FIELDS, storeFields: ["href", "name", "kind", "year", "text"], tokenize: termsOf,
    processTerm: (term) => term });
  // In parts, so that the page answers meanwhile.
  for (let at = 0; at < documents.length; at += 500) {
    mini.addAll(documents.slice(at, at + 500));
    progress(Math.min(at + 500, documents.length), documents.length);
    await new Promise((resume) => setTimeout(resume));
  }
  return { mini, base };
}

// All words, else any of them.
function find(mini, text) {
  const options = {
    boost: BOOST,
    tokenize: wordsOfQuery,
    prefix: (term) => term.length > 1 || /\p{Script=Han}/u.test(term),
    fuzzy: (term) => (/\p{Script=Han}/u.test(term) || term.length < 4 ? false : 0.2),
  };
  const strict = mini.search(text, { ...options, combineWith: "AND" });
  return strict.length ? { found: strict, is_loose: false } : { found: mini.search(text, options), is_loose: true };
}

function facets(found, chosen, say, choose) {
  const counts = new Map();
  for (const { kind } of found) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  if (chosen && !counts.has(chosen)) counts.set(chosen, 0);
  const sorted = [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0], "en"));
  if (sorted.length === 0) return [];
  return [["", found.length], ...sorted].map(([kind, n]) => {
    const text = `${kind ? say(`kind.${kind}`) : say("all_kinds")} (${n.toLocaleString(language)})`;
    const button = make("button", { type: "button", "aria-pressed": String(kind === chosen), text });
    button.addEventListener("click", () => choose(kind));
    return button;
  });
}

function result({ href, name, kind, year, text }, base, words, say) {
  const about = [say(`kind.${kind ?? ""}`), year].filter(Boolean).join(", ");
  return make("li", {}, make("a", { href: safeHref(href, base) }, ...marked(name, words)),
    make("span", { class: "search-about", text: ` ${about}` }), make("p", { class: "search-text" }, ...marked(snippet(text ?? "", words), words)));
}

// The part of a text around the first word that was asked for.
function snippet(text, words) {
  const plain = text.toLowerCase();
  const at = Math.min(...words.map((word) => plain.indexOf(word)).filter((place) => place >= 0), text.length);
  const from = at === text.length || at < 80 ? 0 : at - 60;
  return (from > 0 ? "…" : "") + text.slice(from, from + 220) + (from + 220 < text.length ? "…" : "");
}

function marked(text, words) {
  if (words.length === 0) return [text];
  const escaped = [...words].sort((a, b) => b.length - a.length).map((word) => word.replace(/[\\^$.*+?()[\]{}|-]/g, "\\$&"));
  return text.split(new RegExp(`(${escaped.join("|")})`, "giu")).filter(Boolean)
    .map((part, at, parts) => (words.includes(part.toLowerCase()) ? make("mark", { text: part }) : parts[at]));
}
