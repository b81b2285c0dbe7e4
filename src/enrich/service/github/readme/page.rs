//! A README as the rules look at it: its blocks with their words, the papers that each names, the heading above.

use super::{
    bibtex,
    blocks::{BlockKind, blocks},
    cues::Cues,
    inline::Inline,
    section::Section,
    words::{Word, is_one_of, words},
    works::{self, Work},
};
use crate::model::normalise;

/// A block with what it says.
pub(super) struct Piece {
    pub(super) kind: BlockKind,
    pub(super) text: String,
    pub(super) words: Vec<Word>,
    pub(super) works: Vec<Work>,
    /// Whether it has links.
    pub(super) has_links: bool,
    /// What the headings above say, and which heading says it.
    pub(super) section: (Section, usize),
}

/// A README.
pub(super) struct Page {
    pub(super) pieces: Vec<Piece>,
    /// How many pieces belong to the head: title, badges, what it is.
    pub(super) n_head: usize,
    names: Vec<String>,
}

/// Of a longer block the beginning is read.
const LONGEST_BLOCK: usize = 12_000;

fn beginning(text: &str) -> &str {
    let mut end = text.len().min(LONGEST_BLOCK);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// A page that names more papers is a list, whatever it says.
const MOST_WORKS: usize = 400;

/// The head has no more pieces.
const LONGEST_HEAD: usize = 25;

impl Page {
    pub(super) fn of(name: &str, text: &str) -> Self {
        let (blocks, labels) = blocks(text);
        let mut pieces: Vec<Piece> = Vec::with_capacity(blocks.len());
        let mut above: Vec<(u8, Section, usize)> = Vec::new();
        for (at, block) in blocks.into_iter().enumerate() {
            let records = if block.kind == BlockKind::Code { bibtex::records(&block.markup) } else { Vec::new() };
            let inline = match (block.kind, records.is_empty()) {
                (BlockKind::Code, false) => Inline::default(),
                _ => Inline::with(beginning(&block.markup), &labels),
            };
            let mut works: Vec<Work> = records.into_iter().map(works::of_record).collect();
            works.extend(works::of_text(&inline));
            let words = words(&inline.text);
            if let BlockKind::Heading(level) = block.kind {
                above.retain(|(other, ..)| *other < level);
                // The title says what the tool is, and nothing of papers.
                let is_title = pieces.iter().all(|piece| !matches!(piece.kind, BlockKind::Heading(_)));
                let section = if is_title && level < 7 { Section::Neutral } else { Section::of(&words) };
                above.push((level, section, at));
            }
            let section = above.iter().rev().find(|(_, section, _)| *section != Section::Neutral);
            let section = section.map_or((Section::Neutral, 0), |(_, section, at)| (*section, *at));
            let has_links = !inline.links.is_empty();
            pieces.push(Piece { kind: block.kind, text: inline.text, words, works, has_links, section });
        }
        let names = names(name, &pieces);
        Self { n_head: n_head(&pieces, &names), pieces, names }
    }

    pub(super) fn head(&self) -> &[Piece] {
        &self.pieces[..self.n_head]
    }

    /// Whether a text has the name of the tool in it, in one word or parted into several.
    pub(super) fn is_named_in(&self, text: &str) -> bool {
        let text = normalise(text);
        let words: Vec<&str> = text.split(' ').collect();
        let is_at = |name: &str, at: usize| {
            let mut rest = name;
            for word in words[at..].iter().take(5) {
                match rest.strip_prefix(word) {
                    Some("") => return true,
                    Some(more) => rest = more,
                    None => return false,
                }
            }
            false
        };
        self.names.iter().any(|name| (0..words.len()).any(|at| is_at(name, at)))
    }

    /// Whether it is a list of papers, and not about one thing.
    pub(super) fn is_list(&self, cues: &Cues) -> bool {
        let is_called = self.names.iter().any(|name| name.starts_with("awesome") || name.ends_with("papers"));
        let title = self.pieces.iter().take(4);
        let n_works: usize = self.pieces.iter().map(|piece| piece.works.len()).sum();
        is_called
            || n_works > MOST_WORKS
            || title.into_iter().any(|piece| piece.kind != BlockKind::Code && cues.list.is_in(&piece.words))
    }
}

/// Up to the first heading below the title that speaks of something else than what the tool is.
fn n_head(pieces: &[Piece], names: &[String]) -> usize {
    const INTRODUCTIONS: &str = "introduction|overview|about|description|summary|abstract|background|tldr|news|intro|paper|what|\
        is|the|of|and|this|project|method|model|package|tool|general|short|brief|latest|repository";
    let is_introduction = |piece: &Piece| {
        let is_known = |word: &Word| word.is_one_of(INTRODUCTIONS) || names.contains(&word.text);
        let is_name = || names.contains(&normalise(&piece.text).replace(' ', ""));
        piece.words.len() <= 6 && piece.words.iter().all(is_known) || is_name()
    };
    let is_other =
        |piece: &Piece| matches!(piece.kind, BlockKind::Heading(level) if level < 7) && !is_introduction(piece);
    let title = pieces.iter().position(|piece| matches!(piece.kind, BlockKind::Heading(_))).unwrap_or(0);
    // A heading next to the title goes on with it.
    let end = pieces.iter().enumerate().position(|(at, piece)| at > title + 1 && is_other(piece));
    end.unwrap_or(pieces.len()).min(LONGEST_HEAD)
}

/// What the tool is called, without blanks: the name of the repository, and a title of one or two words.
fn names(repository: &str, pieces: &[Piece]) -> Vec<String> {
    const BESIDE: &str = "r|py|python|pytorch|tf|release|code|codes|paper|package|master|main|public|tool|toolkit|tools|\
        lib|dev|analysis|jl|v1|v2|v3|reproducibility|scripts|source|software|project|rs|cpp";
    let compact = normalise(repository);
    let mut parts: Vec<&str> = compact.split(' ').collect();
    let mut names = vec![parts.concat()];
    while parts.len() > 1 && parts.last().is_some_and(|last| is_one_of(last, BESIDE)) {
        parts.pop();
        names.push(parts.concat());
    }
    if parts.len() > 1 && is_one_of(parts[0], BESIDE) {
        names.push(parts[1..].concat());
    }
    let without_number = compact.replace(' ', "").trim_end_matches(|c: char| c.is_ascii_digit()).to_owned();
    if without_number.len() >= 4 {
        names.push(without_number);
    }
    names.extend(
        pieces.iter().take(6).find(|piece| matches!(piece.kind, BlockKind::Heading(_))).and_then(name_in_title),
    );
    names.retain(|name| name.chars().count() >= 3);
    names.sort();
    names.dedup();
    names
}

/// `Tool`, `Tool: what it does`.
fn name_in_title(title: &Piece) -> Option<String> {
    const NO_NAMES: &str = "readme|introduction|overview|installation|install|about|description|contents|welcome|code|usage|\
        data|tutorial|abstract|requirements|table|getting|quick|package|paper|the|news|documentation|\
        summary";
    let first = title.text.split([':', '–', '—', '(', '|', ',']).next().unwrap_or_default();
    let first = normalise(first.split(" - ").next().unwrap_or_default());
    let words: Vec<&str> = first.split(' ').collect();
    let is_name = words.len() <= 2 && !words.iter().any(|word| is_one_of(word, NO_NAMES));
    is_name.then(|| words.concat())
}
