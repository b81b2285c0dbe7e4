// Runs a query without leaving the page: sends what the form would send, and shows the rows as a table with links, the time
// taken, and a button that stops it. Whatever this cannot do goes the usual way, with the form: a submit button with a name
// or an address of its own (such as a download), and answers that are themselves pages.
//
// Hook: a form with a textarea named "query"; the answer goes into <div data-results>, else right after the form. Things link
// to data-page of the textarea (default "/page?iri=") with the IRI behind it.

import { make, safeHref } from "./strings.js";

const N_ROWS_MOST = 1000;
const N_ADDRESS_MOST = 1800;
const ACCEPT = "application/sparql-results+json, text/turtle;q=0.9, application/json;q=0.5";

export function runInPlace(form, textarea, { say, mark, terms }) {
  const place = document.querySelector("[data-results]") ?? make("div", { "data-results": true });
  if (!place.isConnected) form.after(place);
  let running = null;
  form.addEventListener("submit", async (event) => {
    const button = event.submitter;
    const { format } = Object.fromEntries(new FormData(form));
    if (button?.name || button?.hasAttribute("formaction") || (format && format !== "html")) return;
    event.preventDefault();
    running?.abort();
    running = new AbortController();
    mark(null);
    const { signal } = running;
    const status = make("p", { role: "status", class: "results-status", text: say("running") });
    const stop = make("button", { type: "button", text: say("stop") });
    stop.addEventListener("click", () => running.abort());
    place.replaceChildren(status, stop);
    const began = performance.now();
    const seconds = () => Math.round((performance.now() - began) / 10) / 100;
    try {
      const answer = await ask(form, signal);
      if (!answer) return form.submit();
      if (answer.error) {
        status.textContent = answer.error.line ? say("error_at", answer.error) : say("failed", { why: answer.error.why });
        status.classList.add("results-error");
        mark(answer.error.line, answer.error.column);
      } else show(place, status, answer, { say, seconds: seconds(), page: textarea.dataset.page ?? "/page?iri=", terms });
      remember(form, textarea);
    } catch (error) {
      status.textContent = signal.aborted ? say("stopped", { s: seconds() }) : say("failed", { why: error.message });
      status.classList.toggle("results-error", !signal.aborted);
    }
    stop.remove();
  });
}

// Null: the answer is a page, so let the browser fetch it.
async function ask(form, signal) {
  const body = new URLSearchParams(new FormData(form));
  const answer = await fetch(form.action, { method: "POST", body, signal, headers: { accept: ACCEPT } });
  const type = answer.headers.get("content-type") ?? "";
  if (type.startsWith("text/html")) return null;
  const text = await answer.text();
  if (!answer.ok) return { error: errorIn(text, type, answer) };
  return type.includes("json") ? { json: JSON.parse(text) } : { text };
}

// The message, and line and column where the answer has them: as JSON members, or as "12:34" or "line 12, column 34" in a text.
function errorIn(text, type, answer) {
  let found = {};
  if (type.includes("json")) {
    const json = JSON.parse(text);
    found = typeof json.error === "object" ? json.error : { ...json, message: json.error ?? json.message ?? json.detail };
  }
  const why = found.message ?? (text.slice(0, 2000) || `${answer.status} ${answer.statusText}`);
  const place = /\bline (\d+),? (?:column|col) (\d+)/i.exec(why) ?? /\b(\d+):(\d+)\b/.exec(why);
  return { why, line: found.line ?? Number(place?.[1]), column: found.column ?? Number(place?.[2] ?? 1) };
}

function show(place, status, { json, text }, { say, seconds, page, terms }) {
  if (text !== undefined) {
    status.textContent = say("answer", { s: seconds });
    place.append(make("pre", { class: "results-text", tabindex: "0", role: "region", "aria-label": say("results"), text }));
  } else if (typeof json.boolean === "boolean") {
    status.textContent = `${say("answer", { s: seconds })} ${say(json.boolean ? "yes" : "no")}`;
  } else {
    const rows = json.results.bindings;
    const n_shown = Math.min(rows.length, N_ROWS_MOST);
    status.textContent = say(n_shown < rows.length ? "rows_cut" : "rows", { n: rows.length, s: seconds, shown: n_shown });
    if (n_shown === 0) return;
    const table = make("table", { class: "results-table", "data-sortable": true },
      make("thead", {}, make("tr", {}, ...json.head.vars.map((name) => make("th", { scope: "col", text: name })))),
      make("tbody", {}, ...rows.slice(0, n_shown).map((row) => make("tr", {}, ...json.head.vars.map((name) => cell(row[name], page, terms))))));
    place.append(make("div", { class: "results-scroll", role: "region", tabindex: "0", "aria-label": say("results") }, table));
    import("./tables.js").then((tables) => tables.start(table));
  }
}

function cell(term, page, { prefixes }) {
  if (!term) return make("td");
  if (term.type === "uri") {
    const is_web = safeHref(term.value);
    const text = shorten(term.value, prefixes);
    return make("td", {}, is_web ? make("a", { href: page + encodeURIComponent(term.value), title: term.value, text }) : text);
  }
  if (term.type === "bnode") return make("td", { text: `_:${term.value}` });
  if (term.type === "triple") return make("td", { text: JSON.stringify(term.value) });
  const is_number = /#(integer|decimal|double|float|int|long|gYear)$/.test(term.datatype ?? "");
  const lang = term["xml:lang"];
  return make("td", { class: is_number ? "number" : null, lang }, term.value, lang ? make("small", { class: "lang-tag", text: ` @${lang}` }) : "");
}

function shorten(iri, prefixes) {
  for (const [prefix, start] of Object.entries(prefixes)) {
    const rest = iri.startsWith(start) ? iri.slice(start.length) : "";
    if (/^[\w-]+$/.test(rest)) return `${prefix}:${rest}`;
  }
  return iri;
}

// Keeps the query in the address, so that the page can be loaded again, kept, or sent to somebody.
function remember(form, textarea) {
  const url = new URL(form.action);
  url.searchParams.set("query", textarea.value);
  if (url.href.length <= N_ADDRESS_MOST) history.replaceState(null, "", url);
}
