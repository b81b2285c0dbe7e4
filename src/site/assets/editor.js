// The SPARQL editor: CodeMirror 6 in place of the textarea of the form, which stays the form's source of truth and is what
// there is without scripts. Ctrl-Enter runs the query, Tab leaves the editor.
//
// Hook: <textarea id="query" name="query" data-editor data-terms="/assets/terms.json"> in a form, with data-error-line and
// data-error-column where the server found a flaw; <select data-examples> whose options have data-query.
//
// CodeMirror writes its styles into a <style> element, which our Content-Security-Policy forbids, but in a shadow root it uses
// adoptedStyleSheets, which are allowed. So the editor lives in one; its colors are custom properties (--editor-…), which
// reach into it.

import { language, make, wordsOf } from "./strings.js";
import { completion, declareTypedPrefix, loadTerms } from "./editor-complete.js";
import { runInPlace } from "./editor-run.js";
import {
  Compartment, Decoration, EditorState, EditorView, HighlightStyle, StateEffect, StateField, StreamLanguage, autocompletion,
  bracketMatching, closeBrackets, closeBracketsKeymap, completionKeymap, defaultKeymap, drawSelection, highlightActiveLine,
  highlightSelectionMatches, highlightSpecialChars, history, historyKeymap, indentUnit, keymap, lineNumbers, search, searchKeymap,
  sparql, syntaxHighlighting, tags,
} from "./vendor/codemirror.js";

export function start(textarea) {
  if (!("adoptedStyleSheets" in document)) return;
  const { form } = textarea;
  const say = wordsOf(textarea);
  const host = make("div", { class: "editor" });
  const root = host.attachShadow({ mode: "open" });
  textarea.after(host, make("p", { class: "editor-help", text: say("editor_help") }));
  const terms = loadTerms(textarea.dataset.terms);
  const examples = [...document.querySelectorAll("select[data-examples] option[data-query]")];
  const view = new EditorView({
    parent: root,
    root,
    doc: textarea.value,
    extensions: [
      EditorView.updateListener.of((update) => {
        if (update.docChanged) textarea.value = update.state.doc.toString();
      }),
      EditorView.contentAttributes.of({ "aria-label": nameOf(textarea, say), "aria-description": say("editor_help") }),
      keymap.of([{ key: "Ctrl-Enter", mac: "Cmd-Enter", run: () => (form?.requestSubmit(), true) }]),
      autocompletion({ override: [completion(terms, examples)], icons: false }),
      declareTypedPrefix(terms),
      EditorView.domEventHandlers({ beforeinput: typeOver }),
      look(),
      basics(),
      error_mark,
    ],
  });
  followDark(view);
  textarea.hidden = true;
  textarea.required = false;
  for (const label of textarea.labels) label.addEventListener("click", () => view.focus());

  const fill = (text) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text }, scrollIntoView: true });
  form?.addEventListener("reset", () => setTimeout(() => fill(textarea.value)));
  for (const select of document.querySelectorAll("select[data-examples]")) {
    select.addEventListener("change", () => {
      const query = select.selectedOptions[0]?.dataset.query;
      if (query) fill(query);
    });
  }
  const mark = (line, column) => markError(view, line, column);
  mark(textarea.dataset.errorLine, textarea.dataset.errorColumn);
  if (form) runInPlace(form, textarea, { say, mark, terms });
}

// What is typed over a selection is put in here: Chromium would keep the color of the old text in a style attribute, which the
// Content-Security-Policy blocks and reports.
function typeOver(event, view) {
  const { from, to, empty } = view.state.selection.main;
  if (event.inputType !== "insertText" || !event.data || !event.cancelable || event.isComposing || empty) return false;
  const put = () => view.state.update(view.state.replaceSelection(event.data), { userEvent: "input.type", scrollIntoView: true });
  const is_done = view.state.facet(EditorView.inputHandler).some((handler) => handler(view, from, to, event.data, put));
  if (!is_done) view.dispatch(put());
  return true;
}

function nameOf(textarea, say) {
  return textarea.getAttribute("aria-label") || textarea.labels[0]?.textContent.trim() || say("query");
}

function basics() {
  return [
    StreamLanguage.define(sparql), lineNumbers(), highlightSpecialChars(), history(), drawSelection(), highlightActiveLine(),
    bracketMatching(), closeBrackets(), highlightSelectionMatches(), search({ top: true }), indentUnit.of("  "),
    EditorView.lineWrapping, EditorState.phrases.of(language.startsWith("zh") ? CHINESE : {}),
    keymap.of([...closeBracketsKeymap, ...completionKeymap, ...searchKeymap, ...historyKeymap, ...defaultKeymap]),
  ];
}

// The place where the last query was found wrong, until it is changed there or run again.
const set_error = StateEffect.define();
const error_mark = StateField.define({
  create: () => Decoration.none,
  update(marks, transaction) {
    let now = marks.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (effect.is(set_error)) now = effect.value ? Decoration.set(effect.value) : Decoration.none;
    }
    return now;
  },
  provide: (field) => EditorView.decorations.from(field),
});

function markError(view, line_text, column_text) {
  const { doc } = view.state;
  const n_line = Number(line_text);
  if (!(n_line >= 1)) return view.dispatch({ effects: set_error.of(null) });
  const line = doc.line(Math.min(n_line, doc.lines));
  const from = Math.min(line.from + Math.max(0, Number(column_text || 1) - 1), line.to);
  const word = /^(\s*\S+|.)/.exec(line.text.slice(from - line.from))?.[0].length ?? 0;
  const marks = [Decoration.line({ class: "error-line" }).range(line.from)];
  if (word > 0) marks.push(Decoration.mark({ class: "error-place" }).range(from, from + word));
  view.dispatch({ effects: set_error.of(marks), selection: { anchor: from }, scrollIntoView: true });
}

function followDark(view) {
  const theme = new Compartment();
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const now = () => EditorView.theme({}, { dark: dark.matches });
  view.dispatch({ effects: StateEffect.appendConfig.of(theme.of(now())) });
  dark.addEventListener("change", () => view.dispatch({ effects: theme.reconfigure(now()) }));
}

function look() {
  const color = (name, otherwise) => `var(--editor-${name}, ${otherwise})`;
  const ground = color("ground", "#ffffff");
  const raised = { backgroundColor: color("raised", "#f4f4f4"), color: color("text", "#111111") };
  const styles = [
    [tags.keyword, "keyword", "#7a1fa2"], [tags.standard(tags.variableName), "function", "#0b5394"],
    [tags.local(tags.variableName), "variable", "#8a4b00"], [tags.atom, "term", "#0b6b3a"], [tags.string, "string", "#a3202b"],
    [tags.comment, "comment", "#5f6368"], [tags.meta, "function", "#0b5394"], [tags.operator, "text", "#111111"],
  ];
  return [
    EditorView.theme({
      "&": { backgroundColor: ground, color: color("text", "#111111"), fontSize: "0.9375rem", minHeight: "12rem", maxHeight: "70vh" },
      "&.cm-focused": { outline: `2px solid ${color("focus", "#0b5394")}` },
      ".cm-scroller": { fontFamily: "ui-monospace, monospace", overflow: "auto", minHeight: "12rem" },
      ".cm-content": { caretColor: color("text", "#111111") },
      ".cm-cursor": { borderLeftColor: color("text", "#111111") },
      ".cm-gutters": { ...raised, color: color("comment", "#5f6368"), border: "0" },
      ".cm-activeLine": { backgroundColor: color("line", "#00000009") },
      "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
        backgroundColor: color("selection", "#cfe2f7") },
      ".cm-searchMatch, .cm-selectionMatch, &.cm-focused .cm-matchingBracket": { backgroundColor: color("selection", "#cfe2f7") },
      ".cm-searchMatch.cm-searchMatch-selected": { backgroundColor: color("selection", "#cfe2f7"), outline: "2px solid" },
      ".cm-tooltip, .cm-panels": { ...raised, borderColor: color("border", "#999999") },
      ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: color("focus", "#0b5394"), color: ground },
      ".cm-completionInfo": { maxWidth: "22rem" },
      // There it would cover what it explains.
      "@media (max-width: 40rem)": { ".cm-completionInfo": { display: "none" } },
      ".error-line": { backgroundColor: color("error-line", "#cc000018") },
      ".error-place": { textDecoration: `underline wavy ${color("error", "#cc0000")}` },
    }),
    syntaxHighlighting(HighlightStyle.define(styles.map(([tag, name, otherwise]) => ({ tag, color: color(name, otherwise) })))),
  ];
}

const CHINESE = {
  Find: "查找", Replace: "替换", next: "下一个", previous: "上一个", all: "全部", "match case": "区分大小写", regexp: "正则",
  "by word": "整词", replace: "替换", "replace all": "全部替换", close: "关闭", "current match": "当前匹配", "on line": "行",
  Completions: "补全", "Go to line": "转到行", go: "转到", "Control character": "控制字符",
};
