// Suggestions below a search field: an editable combobox with a list (ARIA 1.2 pattern). Each suggestion is a link. Enter without
// a chosen suggestion submits the form as always.
//
// Hook: <form role="search" data-suggest="/api/suggest"> with <input name="q">.
// Reads {"suggestions": [{"iri", "name", "kind", "year", "href"}]}.

import { make, safeHref, wordsOf } from "./strings.js";

const PAUSE_MS = 150;
const N_MOST = 10;
let n_lists = 0;

export function start(form) {
  const input = form.elements.namedItem("q");
  if (!(input instanceof HTMLInputElement)) return;
  const say = wordsOf(form);
  const id = `suggestions-${++n_lists}`;
  const list = make("div", { id, role: "listbox", class: "suggestions", "aria-label": say("suggestions"), hidden: true });
  const status = make("span", { role: "status", class: "visually-hidden" });
  form.append(list, status);
  form.classList.add("has-suggestions");
  for (const [name, value] of Object.entries({ role: "combobox", autocomplete: "off", "aria-autocomplete": "list",
    "aria-haspopup": "listbox", "aria-expanded": "false", "aria-controls": id })) input.setAttribute(name, value);

  let timer = 0;
  let request = null;
  let active = -1;

  const close = () => {
    clearTimeout(timer);
    request?.abort();
    list.hidden = true;
    choose(-1);
    input.setAttribute("aria-expanded", "false");
  };

  const choose = (at) => {
    const options = [...list.children];
    options[active]?.setAttribute("aria-selected", "false");
    active = at;
    if (options[at]) {
      options[at].setAttribute("aria-selected", "true");
      options[at].scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", options[at].id);
    } else input.removeAttribute("aria-activedescendant");
  };

  const show = (suggestions) => {
    choose(-1);
    const options = suggestions.slice(0, N_MOST).map((suggestion, at) => option(suggestion, `${id}-${at}`, say));
    list.replaceChildren(...options);
    list.hidden = options.length === 0;
    input.setAttribute("aria-expanded", String(options.length > 0));
    status.textContent = options.length ? say("n_suggestions", { n: options.length }) : say("no_suggestions");
  };

  const ask = async () => {
    request?.abort();
    const text = input.value.trim();
    if (!text) return close();
    request = new AbortController();
    const { signal } = request;
    const url = new URL(form.dataset.suggest, document.baseURI);
    url.searchParams.set("q", text);
    try {
      const answer = await fetch(url, { signal, headers: { accept: "application/json" } });
      const found = answer.ok ? (await answer.json()).suggestions : [];
      if (!signal.aborted) show(found ?? []);
    } catch {
      // Suggestions only help: without an answer the field works as before.
      if (!signal.aborted) close();
    }
  };

  // While a Chinese word is being composed, the field holds half-typed Latin letters: wait for its end.
  const later = (event) => {
    clearTimeout(timer);
    if (!event.isComposing) timer = setTimeout(ask, PAUSE_MS);
  };
  input.addEventListener("input", later);
  input.addEventListener("compositionend", later);

  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    const n_options = list.hidden ? 0 : list.children.length;
    if (event.key === "ArrowDown" && !n_options) ask();
    else if (event.key === "ArrowDown") choose(active + 1 < n_options ? active + 1 : -1);
    else if (event.key === "ArrowUp" && n_options) choose(active === -1 ? n_options - 1 : active - 1);
    else if (event.key === "Enter" && active >= 0) list.children[active].click();
    else if (event.key === "Escape" && n_options) close();
    else return;
    event.preventDefault();
  });
  form.addEventListener("focusout", (event) => form.contains(event.relatedTarget) || close());
  form.addEventListener("submit", close);
  list.addEventListener("pointerdown", (event) => event.preventDefault());
}

function option(suggestion, id, say) {
  const about = [say(`kind.${suggestion.kind ?? ""}`), suggestion.year].filter(Boolean).join(" · ");
  return make("a", { id, role: "option", "aria-selected": "false", tabindex: "-1", href: safeHref(suggestion.href) },
    make("span", { class: "suggestion-name", text: suggestion.name }), " ", make("span", { class: "suggestion-kind", text: about }));
}
