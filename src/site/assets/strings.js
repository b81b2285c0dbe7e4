// The words that scripts put on a page, in English and Chinese. Which language: that of <html lang>. The page may give other
// words, or further ones such as names of relations, in the attribute data-labels of an element: {"zoom_in": "…", "kind.paper": "…"}.

const ENGLISH = {
  "kind.paper": "paper", "kind.model": "model", "kind.tool": "tool", "kind.dataset": "dataset", "kind.course": "course",
  "kind.competition": "competition", "kind.organization": "organization", "kind.list": "list", "kind.article": "article",
  "kind.book": "book", "kind.video": "video", "kind.person": "person", "kind.topic": "topic", "kind.journal": "journal",
  "kind.conference": "conference",
  failed: "The server did not answer as expected: {why}",
  loading: "Loading …",
  n_suggestions: "{n} suggestions; arrow keys to choose",
  no_suggestions: "No suggestions",
  suggestions: "Suggestions",
  graph_of: "Graph around {name}: {n} things, {m} links. The same is in the list below.",
  zoom_in: "Zoom in", zoom_out: "Zoom out", fit: "Show all", reset: "Start again",
  controls: "Graph controls",
  legend: "Colors",
  stated: "stated by a source", inferred: "inferred", retracted: "retracted", other: "other",
  things_shown: "Things shown ({n})",
  expand: "Expand", expand_name: "Expand {name}", expanded: "Expanded",
  open: "Open page", chosen: "Chosen:",
  added: "{n} things added around {name}.", nothing_added: "Nothing new around {name}.",
  left_out: "{n} more were left out.", full: "The picture holds at most {n} things.",
  query: "SPARQL query", editor_help: "Ctrl-Enter runs the query; Ctrl-Space completes; Tab leaves the editor.",
  error_at: "Line {line}, column {column}: {why}",
  running: "Running …", stop: "Stop", stopped: "Stopped after {s} s.",
  rows: "{n} rows in {s} s.", rows_cut: "{n} rows in {s} s; the first {shown} are shown.", results: "Results",
  yes: "yes", no: "no", answer: "Answer in {s} s:",
  sort_by: "Sort by {name}",
  index_size: "{n} things can be searched.", n_found: "{n} found.", nothing_found: "Nothing found for “{q}”.",
  loosely: "No entry has all the words; these have some.", all_kinds: "All", kinds: "Kinds", more: "Show more",
};

const CHINESE = {
  "kind.paper": "论文", "kind.model": "模型", "kind.tool": "工具", "kind.dataset": "数据集", "kind.course": "课程",
  "kind.competition": "竞赛", "kind.organization": "机构", "kind.list": "清单", "kind.article": "文章", "kind.book": "图书",
  "kind.video": "视频", "kind.person": "人物", "kind.topic": "主题", "kind.journal": "期刊", "kind.conference": "会议",
  failed: "服务器未能正常应答：{why}",
  loading: "正在载入……",
  n_suggestions: "{n} 条建议，可用方向键选择",
  no_suggestions: "没有建议",
  suggestions: "建议",
  graph_of: "“{name}”周围的图：{n} 个事物，{m} 条联系。下方列表内容相同。",
  zoom_in: "放大", zoom_out: "缩小", fit: "显示全部", reset: "重新开始",
  controls: "图的操作",
  legend: "颜色",
  stated: "来源明确陈述", inferred: "推断", retracted: "已撤稿", other: "其他",
  things_shown: "图中的事物（{n}）",
  expand: "展开", expand_name: "展开“{name}”", expanded: "已展开",
  open: "打开页面", chosen: "已选：",
  added: "在“{name}”周围增加了 {n} 个事物。", nothing_added: "“{name}”周围没有新的事物。",
  left_out: "另有 {n} 个未显示。", full: "图中最多显示 {n} 个事物。",
  query: "SPARQL 查询", editor_help: "Ctrl-Enter 运行查询；Ctrl-空格 补全；按 Tab 离开编辑器。",
  error_at: "第 {line} 行第 {column} 列：{why}",
  running: "正在运行……", stop: "停止", stopped: "{s} 秒后停止。",
  rows: "{n} 行，用时 {s} 秒。", rows_cut: "{n} 行，用时 {s} 秒；显示前 {shown} 行。", results: "结果",
  yes: "是", no: "否", answer: "用时 {s} 秒，结果：",
  sort_by: "按“{name}”排序",
  index_size: "可检索 {n} 个事物。", n_found: "找到 {n} 个。", nothing_found: "没有找到“{q}”。",
  loosely: "没有条目包含所有词；以下条目包含其中一些。", all_kinds: "全部", kinds: "类型", more: "显示更多",
};

export const language = document.documentElement.lang || "en";

// What `say` gives for an element: the word for a key with its {values} filled in; numbers are written as the language does.
export function wordsOf(element) {
  const own = labelsOf(element);
  const table = language.startsWith("zh") ? CHINESE : ENGLISH;
  return (key, values = {}) => {
    const word = own[key] ?? table[key] ?? ENGLISH[key] ?? key.slice(key.indexOf(".") + 1);
    return word.replace(/\{(\w+)\}/g, (whole, name) => {
      const value = values[name];
      return typeof value === "number" ? value.toLocaleString(language) : (value ?? whole);
    });
  };
}

function labelsOf(element) {
  try {
    return JSON.parse(element?.dataset.labels || "{}");
  } catch {
    return {};
  }
}

// Makes an element: make("a", { href, class: "x", text: "y" }, children). Texts are never read as HTML.
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "text") element.textContent = value;
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

// An address from data, if it leads to the web or within this site; "javascript:" and the like give nothing.
export function safeHref(address, base = document.baseURI) {
  try {
    const url = new URL(address, base);
    return /^https?:$/.test(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}
