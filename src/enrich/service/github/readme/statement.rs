//! What a README says of itself and a paper, and what its head links.

use std::ops::Range;

use super::{
    blocks::BlockKind,
    cues::is_paper_label,
    page::Piece,
    section::Section,
    select::{Place, Rules},
    words::{Word, sentence, words},
    works::Work,
};
use crate::enrich::grade::Ground;

/// A line of links has no more words.
const MOST_WORDS_OF_LINKS: usize = 15;
/// A sentence that calls itself official does so at its beginning.
const OFFICIAL_BY: usize = 5;
/// A README says at its beginning where its method is described, and later where those of others are.
const FIRST_PIECES: usize = 16;
/// How far from the words that speak of a paper its link may stand, behind them and before.
const FARTHEST: usize = 250;
const FARTHEST_BEFORE: usize = 150;

impl Rules<'_> {
    /// What the README says of itself and a paper.
    pub(super) fn stated(&self) -> Vec<(Place, Ground)> {
        let mut found = Vec::new();
        let (mut own, mut described) = (Vec::new(), Vec::new());
        for (at, piece) in self.page.pieces.iter().enumerate() {
            if piece.kind == BlockKind::Row || piece.kind == BlockKind::Code || piece.section.0 == Section::Others {
                continue;
            }
            for range in self.cues.code_of.find(&piece.words) {
                let target = self.target(at, &range);
                found.extend(target.into_iter().flat_map(|place| self.with_versions(&[place], Ground::CodeOf)));
            }
            for range in self.cues.official.find(&piece.words) {
                let target = self.target(at, &range).filter(|_| self.is_official(piece, &range));
                found.extend(target.into_iter().flat_map(|place| self.with_versions(&[place], Ground::CodeOf)));
            }
            for range in self.cues.own.find(&piece.words) {
                let said = sentence(&piece.words, range.start);
                if self.cues.other_own.is_in(said) {
                    continue;
                }
                own.extend(self.target(at, &range).map(|place| (place, self.is_named_by(piece, said))));
            }
            if at >= self.page.n_head.max(FIRST_PIECES) {
                continue;
            }
            for range in self.cues.described.find(&piece.words) {
                let target = self.target(at, &range).filter(|target| !self.is_of_others(at, &range, *target));
                described.extend(target);
            }
        }
        found.extend(self.with_versions(&chosen(&own), Ground::Own));
        described.truncate(1);
        found.extend(self.with_versions(&described, Ground::Described));
        found
    }

    /// Whether a phrase calls the repository official, and not another one.
    pub(super) fn is_official(&self, piece: &Piece, phrase: &Range<usize>) -> bool {
        let said = sentence(&piece.words, phrase.start);
        let n_before = said.iter().take_while(|word| word.start < phrase.start).count();
        n_before <= OFFICIAL_BY && !self.cues.elsewhere.is_in(said)
    }

    /// Whether words of a piece have the name of the tool among them.
    fn is_named_by(&self, piece: &Piece, said: &[Word]) -> bool {
        let ends = said.first().zip(said.last());
        ends.is_some_and(|(first, last)| self.page.is_named_in(&piece.text[first.start..last.end]))
    }

    /// Whether the sentence of a phrase says, up to the paper, that the paper is about something else.
    fn is_of_others(&self, at: usize, phrase: &Range<usize>, target: Place) -> bool {
        let said = sentence(&self.page.pieces[at].words, phrase.start);
        let linked = if target.0 == at { self.work(target).range.clone() } else { usize::MAX..usize::MAX };
        let end = linked.start.max(phrase.end);
        let said: Vec<_> =
            said.iter().filter(|word| word.end <= end && !linked.contains(&word.start)).cloned().collect();
        self.cues.not_own.is_in(&said)
    }

    /// The paper that a phrase speaks of: one that it overlaps, or the next, in the same block or at the beginning of the
    /// next one; or else the one before.
    fn target(&self, at: usize, phrase: &Range<usize>) -> Option<Place> {
        let piece = &self.page.pieces[at];
        let is_behind = |work: &&Work| work.range.end >= phrase.start && work.range.start <= phrase.end + FARTHEST;
        if let Some(work) = piece.works.iter().position(|work| is_behind(&work)) {
            return Some((at, work));
        }
        let before = piece
            .works
            .iter()
            .rposition(|work| work.range.end <= phrase.start && phrase.start - work.range.end <= FARTHEST_BEFORE);
        if let Some(work) = before {
            return Some((at, work));
        }
        let n_behind = piece.words.iter().filter(|word| word.start >= phrase.end).count();
        let next =
            self.page.pieces.get(at + 1).filter(|next| next.section == piece.section || at < self.page.n_head)?;
        let is_near = next.works.first().is_some_and(|work| work.range.start <= FARTHEST);
        let is_list = next.works.len() > 3;
        (n_behind <= 12 && is_near && !is_list && !matches!(next.kind, BlockKind::Row)).then_some((at + 1, 0))
    }

    /// What the head of the README links as its paper: the title, a badge, a link that says so; or the only one that it names.
    pub(super) fn headed(&self) -> Vec<(Place, Ground)> {
        let mut labelled: Vec<Place> = Vec::new();
        let mut all: Vec<Place> = Vec::new();
        for (at, piece) in self.page.head().iter().enumerate() {
            if matches!(piece.section.0, Section::Others) {
                continue;
            }
            for (nth, work) in piece.works.iter().enumerate() {
                let is_title = matches!(piece.kind, BlockKind::Heading(1..=2));
                let before = piece.text.get(..work.range.start).unwrap_or_default();
                let is_label = piece.words.len() <= MOST_WORDS_OF_LINKS && is_paper_label(&words(&work.linked))
                    || before.len() <= 30 && before.trim_end().ends_with(':') && is_paper_label(&words(before));
                if is_title || work.is_picture || is_label {
                    labelled.push((at, nth));
                }
                let said = sentence(&piece.words, work.range.start).iter();
                let said: Vec<_> = said.filter(|word| !work.range.contains(&word.start)).cloned().collect();
                if !self.cues.not_own.is_in(&said) {
                    all.push((at, nth));
                }
            }
        }
        let mut found = self.alone(&labelled, Ground::Head);
        found.extend(self.alone(&all, Ground::HeadOnly));
        found
    }
}

/// Those of several papers of the same authors that have the tool's name, or else the first.
fn chosen(papers: &[(Place, bool)]) -> Vec<Place> {
    let named: Vec<Place> = papers.iter().filter(|(_, is_named)| *is_named).map(|(place, _)| *place).collect();
    if named.is_empty() { papers.iter().map(|(place, _)| *place).take(1).collect() } else { named }
}
