// Cuts texts into what is searched for: words without accents and capitals; Chinese into pairs of characters, since it has no
// spaces. The last character of a run stands alone, too, so that one character is found anywhere as the beginning of a term.

const PARTS = /\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}\p{M}])+/gu;
const PARTICLES = "的地得和与及在了是对之或";
const IS_HAN = /^\p{Script=Han}/u;

export function termsOf(text) {
  const terms = [];
  for (const part of partsOf(text)) {
    if (!IS_HAN.test(part)) terms.push(part);
    else terms.push(...pairs(part), [...part].at(-1));
  }
  return terms;
}

// Of a question, pairs of characters that belong to no common word are not asked for, where the browser knows Chinese words:
// "机器学习材料" finds "机器学习在材料科学中" this way.
export function wordsOfQuery(text) {
  const terms = [];
  for (const part of partsOf(text)) {
    if (!IS_HAN.test(part)) terms.push(part);
    else for (const word of hanWords(part)) terms.push(...([...word].length > 1 ? pairs(word) : [word]));
  }
  return [...new Set(terms)];
}

function partsOf(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").normalize("NFKC").toLowerCase().match(PARTS) ?? [];
}

function pairs(run) {
  const signs = [...run];
  return signs.slice(1).map((sign, at) => signs[at] + sign);
}

// The browser's words, without those that only hold a sentence together. Lone characters are parts of words that the browser
// does not know: several in a row make one ("密度|泛|函": "泛函"), a single one belongs to what follows ("势|函数").
function hanWords(run) {
  if (!globalThis.Intl?.Segmenter) return [run];
  const words = [];
  let lone = "";
  for (const { segment } of new Intl.Segmenter("zh", { granularity: "word" }).segment(run)) {
    const is_lone = [...segment].length === 1;
    if (is_lone && PARTICLES.includes(segment)) continue;
    if (is_lone) lone += segment;
    else if ([...lone].length > 1) words.push(lone, segment);
    else words.push(lone + segment);
    if (!is_lone) lone = "";
  }
  if ([...lone].length === 1 && words.length > 0) words.push(words.pop() + lone);
  else if (lone) words.push(lone);
  return words.length > 0 ? words : [run];
}
