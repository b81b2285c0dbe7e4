// What the SPARQL editor completes: variables of the query, prefixes, classes and properties of our vocabulary, keywords,
// functions, and named examples. A prefix that the query does not declare is declared when it is used.
//
// Reads terms.json: {"prefixes": {"schema": "http://schema.org/"}, "terms": [{"name": "schema:name", "comment": "…",
// "kind": "class" | "property"}]}.

import { EditorView, pickedCompletion, syntaxTree } from "./vendor/codemirror.js";

const KEYWORDS = ("SELECT DISTINCT REDUCED CONSTRUCT DESCRIBE ASK FROM NAMED WHERE ORDER BY ASC DESC LIMIT OFFSET FILTER OPTIONAL GRAPH "
  + "UNION MINUS BIND VALUES UNDEF GROUP HAVING AS EXISTS NOT IN PREFIX BASE").split(" ");
const FUNCTIONS = ("BOUND STR LANG LANGMATCHES DATATYPE IRI BNODE COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT ABS CEIL FLOOR ROUND CONCAT "
  + "SUBSTR STRLEN REPLACE UCASE LCASE ENCODE_FOR_URI CONTAINS STRSTARTS STRENDS STRBEFORE STRAFTER YEAR MONTH DAY NOW COALESCE IF "
  + "STRLANG STRDT SAMETERM ISIRI ISBLANK ISLITERAL ISNUMERIC REGEX").split(" ");

// The terms, fetched at once; empty where there are none: the editor is of use without.
export function loadTerms(address) {
  const terms = { prefixes: {}, terms: [] };
  if (address) {
    fetch(address)
      .then((answer) => (answer.ok ? answer.json() : {}))
      .then((loaded) => Object.assign(terms, loaded))
      .catch(() => {});
  }
  return terms;
}

export function completion(terms, examples) {
  return (context) => {
    const inside = syntaxTree(context.state).resolveInner(context.pos, -1).name;
    if (/comment|string/.test(inside)) return null;
    const variable = context.matchBefore(/[?$][\p{L}\p{N}_]*/u);
    if (variable) return { from: variable.from, options: variables(context.state, variable), validFor: /^[?$][\p{L}\p{N}_]*$/u };
    const word = context.matchBefore(/[\w-]+(:[\w.-]*)?/);
    if (!word && !context.explicit) return null;
    const from = word?.from ?? context.pos;
    const line = context.state.doc.lineAt(from);
    const before = context.state.sliceDoc(line.from, from);
    if (before.includes("<") && !/>[^<]*$/.test(before)) return null;
    const options = /\bprefix\s+$/i.test(before) ? declarations(terms) : all(terms, examples, /(^|\s)(a|rdf:type)\s+$/.test(before));
    return { from, options, validFor: /^[\w-]*(:[\w.-]*)?$/ };
  };
}

function variables(state, here) {
  const text = `${state.sliceDoc(0, here.from)} ${state.sliceDoc(here.to)}`;
  const names = new Set([...text.matchAll(/[?$]([\p{L}\p{N}_]+)/gu)].map((match) => match[1]));
  return [...names].sort().map((name) => ({ label: here.text[0] + name, type: "variable" }));
}

function declarations({ prefixes }) {
  return Object.entries(prefixes).map(([prefix, iri]) => ({ label: `${prefix}:`, detail: iri, type: "namespace", apply: `${prefix}: <${iri}>` }));
}

function all({ prefixes, terms }, examples, wants_class) {
  return [
    ...terms.map(({ name, comment, kind }) => ({ label: name, type: kind, info: comment || undefined, detail: kind,
      boost: wants_class && kind === "class" ? 20 : 1, apply: writeTerm(name, prefixes) })),
    ...Object.entries(prefixes).map(([prefix, iri]) => ({ label: `${prefix}:`, type: "namespace", detail: iri,
      apply: writeTerm(`${prefix}:`, prefixes) })),
    ...KEYWORDS.map((label) => ({ label, type: "keyword" })),
    ...FUNCTIONS.map((label) => ({ label, type: "function", apply: `${label}(` })),
    ...examples.map((option) => ({ label: option.value || option.text, detail: option.text, type: "text", boost: -20,
      apply: (view) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: option.dataset.query } }) })),
  ];
}

// Writes a term, and the declaration of its prefix where it lacks.
function writeTerm(name, prefixes) {
  return (view, picked, from, to) => {
    const declared = declaration(view.state.doc.toString(), name.split(":")[0], prefixes);
    view.dispatch({
      changes: [{ from, to, insert: name }, ...declared],
      selection: { anchor: from + name.length + declared.reduce((sum, { insert }) => sum + insert.length, 0) },
      annotations: pickedCompletion.of(picked),
      userEvent: "input.complete",
    });
  };
}

// The change that declares a prefix: after the last declaration, else after the comments at the top.
function declaration(text, prefix, prefixes) {
  const iri = prefixes[prefix];
  const is_declared = new RegExp(`^\\s*prefix\\s+${prefix}:`, "im").test(text);
  if (!iri || is_declared) return [];
  const head = /^(?:[ \t]*(?:#.*|(?:prefix|base)\b.*)\n)*/i.exec(text)[0];
  return [{ from: head.length, insert: `PREFIX ${prefix}: <${iri}>\n` }];
}

// Declares a known prefix as soon as somebody types its colon.
export function declareTypedPrefix(terms) {
  return EditorView.inputHandler.of((view, from, to, text) => {
    if (text !== ":") return false;
    const line = view.state.doc.lineAt(from);
    const before = view.state.sliceDoc(line.from, from);
    const prefix = /(?:^|[\s{(;,.^/|!])([a-z][\w-]*)$/i.exec(before)?.[1];
    const inside = syntaxTree(view.state).resolveInner(from, -1).name;
    if (!prefix || /comment|string/.test(inside) || /\bprefix\s+\S*$/i.test(before) || /<[^>\s]*$/.test(before)) return false;
    const changes = declaration(view.state.doc.toString(), prefix, terms.prefixes);
    if (changes.length === 0 || changes[0].from > from) return false;
    view.dispatch({
      changes: [...changes, { from, to, insert: ":" }],
      selection: { anchor: from + 1 + changes[0].insert.length },
      userEvent: "input.type",
    });
    return true;
  });
}
