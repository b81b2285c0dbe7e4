//! What a text asks for: words, and for each the forms that stand for it.

use std::collections::BTreeSet;

use super::chinese::{cut, segments};
use super::dictionary::Dictionary;
use super::tokens::Stems;
use super::words::{Run, camel_parts, fold, key, runs, without_symbols};

/// Of a longer question only the beginning counts.
const MAX_CHARACTERS: usize = 1_000;
/// Of more words only the first count.
const MAX_WORDS: usize = 24;

/// Words that need not occur. They still count where they do.
const WEAK: &[&str] = &[
    "a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "how", "in", "into", "is", "it", "of", "on", "or",
    "that", "the", "their", "this", "to", "using", "via", "what", "which", "with", "的", "了", "和", "与", "及", "在",
    "是", "之", "中", "等", "或", "用于", "基于", "如何", "哪些",
];

/// A question, read.
#[derive(Debug)]
pub(super) struct Plan {
    /// The key of the whole text; may be empty.
    pub(super) key: String,
    /// The same of the stems of its words.
    pub(super) stem_key: String,
    pub(super) words: Vec<Word>,
    /// Whether mistyped words were replaced, or completed.
    pub(super) is_guess: bool,
}

/// A word of the question.
#[derive(Debug)]
pub(super) struct Word {
    /// As it was asked, folded.
    pub(super) text: String,
    /// Its place, counted as in the index.
    pub(super) place: usize,
    /// What stands for it.
    pub(super) forms: Vec<Form>,
    /// What may have been meant by it.
    pub(super) guesses: Vec<Form>,
    pub(super) is_weak: bool,
    is_ideographic: bool,
}

/// Something that stands for a word, with a factor by which it counts.
#[derive(Debug)]
pub(super) enum Form {
    /// A word of the index.
    Word(String, f32),
    /// Words in a row.
    Row(Vec<String>, f32),
    /// Words in any place.
    All(Vec<String>, f32),
}

impl Plan {
    /// Reads a question. Only words that the index does not have are taken for mistyped.
    pub(super) fn read(text: &str, dictionary: &Dictionary<'_>) -> tantivy::Result<Self> {
        let mut plan =
            Self { key: key(text), stem_key: Stems::default().key(text), words: words(text), is_guess: false };
        plan.add_joined(dictionary)?;
        for i in 0..plan.words.len() {
            plan.words[i].add_split(dictionary)?;
            if !plan.words[i].is_known(dictionary)? {
                plan.guess(i, dictionary)?;
            }
        }
        if plan.words.iter().all(|word| word.is_weak) {
            plan.words.iter_mut().for_each(|word| word.is_weak = false);
        }
        Ok(plan)
    }

    /// Takes every word for mistyped that can be.
    pub(super) fn guess_all(&mut self, dictionary: &Dictionary<'_>) -> tantivy::Result<()> {
        for i in 0..self.words.len() {
            if self.words[i].guesses.is_empty() {
                self.guess(i, dictionary)?;
            }
        }
        Ok(())
    }

    /// Takes a part of a word of ideographs for the word; says whether there was any.
    pub(super) fn break_up(&mut self) -> bool {
        for word in &mut self.words {
            let parts =
                word.forms.iter().filter_map(|form| if let Form::All(parts, _) = form { Some(parts) } else { None });
            word.guesses.extend(parts.flatten().map(|part| Form::Word(part.clone(), 0.2)));
            self.is_guess |= word.is_ideographic && !word.guesses.is_empty();
        }
        self.is_guess
    }

    fn guess(&mut self, i: usize, dictionary: &Dictionary<'_>) -> tantivy::Result<()> {
        let word = &mut self.words[i];
        for alike in dictionary.alike(&word.text)? {
            self.is_guess = true;
            word.guesses.push(Form::Word(alike.word, if alike.n_slips > 1 { 0.2 } else { 0.4 }));
        }
        for longer in dictionary.beginning(&word.text)? {
            self.is_guess = true;
            word.guesses.push(Form::Word(longer, 0.3));
        }
        Ok(())
    }

    /// `single cell` may stand as `singlecell`, `t sne` as `tsne`, `sc rna seq` as `scrnaseq`.
    fn add_joined(&mut self, dictionary: &Dictionary<'_>) -> tantivy::Result<()> {
        for n in [2, 3] {
            for start in 0..(self.words.len() + 1).saturating_sub(n) {
                let words = &mut self.words[start..start + n];
                let joined: String = words.iter().map(|word| word.text.as_str()).collect();
                let is_plain = words.iter().all(|word| !word.is_ideographic && !word.is_weak);
                if is_plain && dictionary.has(dictionary.fields.word, &joined)? {
                    words.iter_mut().for_each(|word| word.forms.push(Form::Word(joined.clone(), 0.7)));
                }
            }
        }
        Ok(())
    }
}

impl Word {
    fn new(text: String, place: usize) -> Self {
        let is_weak = WEAK.contains(&text.as_str());
        let mut forms = vec![Form::Word(text.clone(), 1.0)];
        if let Some(plain) = without_symbols(&text) {
            forms.push(Form::Word(plain.to_owned(), 0.7));
        }
        Self { text, place, forms, guesses: Vec::new(), is_weak, is_ideographic: false }
    }

    /// A word of ideographs: itself; its characters in a row, should it stand in what was cut otherwise; its parts.
    fn of_ideographs(text: &str, place: usize) -> Self {
        let mut word = Self { is_ideographic: true, ..Self::new(text.to_owned(), place) };
        let characters: Vec<String> = text.chars().map(String::from).collect();
        if characters.len() > 1 {
            word.forms.push(Form::Row(characters, 0.8));
        }
        let parts: Vec<String> =
            segments(text).into_iter().map(|part| part.word.to_owned()).filter(|part| part != text).collect();
        if parts.len() > 1 {
            word.forms.push(Form::All(parts, 0.4));
        }
        word
    }

    /// `singlecell` may stand as `single cell`: where two frequent words meet.
    fn add_split(&mut self, dictionary: &Dictionary<'_>) -> tantivy::Result<()> {
        let n_letters = self.text.chars().count();
        if self.is_ideographic || !(5..=30).contains(&n_letters) {
            return Ok(());
        }
        let mut best = (0, None);
        for (cut, _) in self.text.char_indices().skip(2).take(n_letters - 3) {
            let (left, right) = self.text.split_at(cut);
            let field = dictionary.fields.word;
            let n = dictionary.n_documents(field, left)?.min(dictionary.n_documents(field, right)?);
            if n > best.0 {
                best = (n, Some(vec![left.to_owned(), right.to_owned()]));
            }
        }
        if let Some(parts) = best.1 {
            self.forms.push(Form::Row(parts, 0.6));
        }
        Ok(())
    }

    fn is_known(&self, dictionary: &Dictionary<'_>) -> tantivy::Result<bool> {
        if self.is_ideographic {
            return Ok(true);
        }
        for form in &self.forms {
            if let Form::Word(word, _) = form
                && dictionary.has(dictionary.fields.word, word)?
            {
                return Ok(true);
            }
        }
        let stem = Stems::default().stem(&self.text);
        for field in [dictionary.fields.name, dictionary.fields.other, dictionary.fields.text] {
            if dictionary.has(field, &stem)? {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut place = 0;
    for run in runs(beginning(text), MAX_CHARACTERS) {
        match run {
            Run::Chunk(chunk) => {
                for word in chunk {
                    words.push(Word::new(fold(&word), place));
                    place += camel_parts(&word).len().max(1);
                }
            }
            Run::Ideographs(run) => {
                words.extend(cut(&run).iter().map(|part| Word::of_ideographs(part.word, place + part.start)));
                place += run.chars().count();
            }
        }
    }
    let mut seen = BTreeSet::new();
    words.retain(|word| seen.insert(word.text.clone()));
    words.truncate(MAX_WORDS);
    words
}

/// So much of a text as counts, without half a word at its end.
fn beginning(text: &str) -> &str {
    let Some((end, _)) = text.char_indices().nth(MAX_CHARACTERS) else { return text };
    let text = &text[..end];
    text.rfind(char::is_whitespace).map_or(text, |space| &text[..space])
}
