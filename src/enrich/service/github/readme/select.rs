//! The rules: which of the papers that a README names are its own, and on what ground.

use super::{
    blocks::BlockKind,
    cues::{Cues, Section, is_paper_label},
    inline::Inline,
    page::{Page, Piece},
    words::{Word, sentence, words},
    works::{self, Work, shares_identifier},
};
use crate::{
    enrich::grade::Ground,
    model::{Dossier, normalise},
};

/// More papers than this under one request for citation are a list.
const MOST_CITED: usize = 10;
/// A README with more papers speaks of many; only what it says in clear words counts.
const MANY: usize = 10;
/// More papers than this belong to no tool.
const MOST_OWN: usize = 6;
/// A line of links has no more words.
const MOST_WORDS_OF_LINKS: usize = 25;
/// A README says at its beginning where its method is described, and later where those of others are.
const FIRST_PIECES: usize = 16;
/// How far from the words that speak of a paper its link may stand, behind them and before.
const FARTHEST: usize = 250;
const FARTHEST_BEFORE: usize = 150;

/// A paper in the page: its piece, and which of the papers of that piece.
type Place = (usize, usize);

/// The papers of a tool, and the best ground for each.
pub(super) fn papers(name: &str, text: &str) -> Vec<(Dossier, Ground)> {
    let cues = Cues::new();
    let page = Page::of(name, text);
    if page.is_list(&cues) {
        return Vec::new();
    }
    let rules = Rules { page: &page, cues: &cues };
    let mut found = rules.cited();
    found.extend(rules.stated());
    found.extend(rules.headed());
    rules.weighed(found)
}

/// The papers that a description names.
pub(super) fn of_description(description: &Inline) -> Vec<(Dossier, Ground)> {
    let cues = Cues::new();
    let works = works::of_text(description);
    let [Work { paper, .. }] = works.as_slice() else { return Vec::new() };
    let words = words(&description.text);
    let is_by_authors = cues.by_authors.is_in(&words);
    let ground = if cues.unofficial.is_in(&words) || cues.remade.is_in(&words) && !is_by_authors {
        Ground::DescriptionByOthers
    } else if is_by_authors || cues.code_of.is_in(&words) {
        Ground::DescriptionOfCode
    } else if cues.not_own.is_in(&words) {
        return Vec::new();
    } else {
        Ground::DescriptionOnly
    };
    vec![(paper.clone(), ground)]
}

struct Rules<'p> {
    page: &'p Page,
    cues: &'p Cues,
}

/// Papers that are asked to be cited together.
#[derive(Default)]
struct Request {
    first: Vec<Cited>,
    is_references: bool,
}

struct Cited {
    place: Place,
    is_named: bool,
    /// It is asked for in addition, or for the data.
    is_second: bool,
}

impl Rules<'_> {
    fn work(&self, (piece, work): Place) -> &Work {
        &self.page.pieces[piece].works[work]
    }

    /// What is asked to be cited.
    fn cited(&self) -> Vec<(Place, Ground)> {
        self.requests().iter().flat_map(|request| self.granted(request)).collect()
    }

    fn requests(&self) -> Vec<Request> {
        let mut requests: Vec<Request> = Vec::new();
        let mut heading = None;
        // The request in a sentence goes on in the blocks below it, as long as they are nothing but papers.
        let mut is_open = false;
        let mut n_without = 0;
        let mut is_second = false;
        for (at, piece) in self.page.pieces.iter().enumerate() {
            let (section, of_heading) = piece.section;
            let is_under = matches!(section, Section::Cite | Section::References);
            let asks = self.asks(piece);
            if is_under && heading != Some(of_heading) {
                requests.push(Request { is_references: section == Section::References, ..Request::default() });
                heading = Some(of_heading);
                is_second = false;
            } else if !is_under {
                heading = None;
                if matches!(piece.kind, BlockKind::Heading(_)) || section == Section::Others {
                    is_open = false;
                    continue;
                }
                if !asks.is_empty() && piece.kind != BlockKind::Row {
                    let goes_on = is_open && asks.iter().all(|(_, is_also)| *is_also);
                    if !goes_on {
                        requests.push(Request::default());
                        is_second = false;
                    }
                    // "See our guide for how to cite" asks for nothing that stands below.
                    let is_answered =
                        piece.works.is_empty() && piece.has_links && !piece.text.trim_end().ends_with([':', '：']);
                    (is_open, n_without) = (!is_answered, 0);
                } else if !is_open || !is_citation(piece) {
                    is_open = false;
                    continue;
                }
            }
            if is_under && !asks.is_empty() {
                // "References" may hold "please cite".
                requests.iter_mut().next_back().into_iter().for_each(|request| request.is_references = false);
            }
            let Some(request) = requests.last_mut() else { continue };
            for (nth, work) in piece.works.iter().enumerate() {
                let before = asks.iter().filter(|(range, _)| range.end <= work.range.end.max(1)).next_back();
                if before.is_none() && !asks.is_empty() && !is_under {
                    continue;
                }
                let since = before.map_or(0, |(range, _)| range.end);
                is_second = before.map_or(is_second, |(_, is_second)| *is_second);
                let said = self.said_since(piece, work, since);
                let is_named = self.page.is_named_in(said);
                request.first.push(Cited { place: (at, nth), is_named, is_second });
            }
            if !is_under && piece.works.is_empty() {
                is_second = asks.last().map_or(is_second, |(_, is_second)| *is_second);
                n_without += 1;
                is_open &= request.first.is_empty() && n_without <= 3;
            }
        }
        requests
    }

    /// Where a piece asks for citation, and whether it is for something else than the tool.
    fn asks(&self, piece: &Piece) -> Vec<(std::ops::Range<usize>, bool)> {
        let asks = self.cues.cite.find(&piece.words).into_iter();
        let is_second = |range: &std::ops::Range<usize>| {
            let sentence = sentence(&piece.words, range.start);
            let until: Vec<_> = sentence.iter().filter(|word| word.start < range.end + 20).cloned().collect();
            self.cues.also.is_in(&until) || self.cues.data.is_in(&until)
        };
        asks.map(|range| (range.clone(), is_second(&range))).collect()
    }

    /// What is said of a paper behind a place of its piece.
    fn said_since<'w>(&self, piece: &'w Piece, work: &'w Work, since: usize) -> &'w str {
        let start = work.range.end.saturating_sub(work.said.len()).max(since);
        if work.range.end == 0 { &work.said } else { piece.text.get(start..work.range.end).unwrap_or(&work.said) }
    }

    /// Those of a request that are believed.
    fn granted(&self, request: &Request) -> Vec<(Place, Ground)> {
        let mut first: Vec<&Cited> = request.first.iter().filter(|cited| !cited.is_second).collect();
        if first.is_empty() {
            first = request.first.iter().collect();
        }
        let mut distinct: Vec<Place> = Vec::new();
        for cited in &first {
            if !distinct.iter().any(|known| self.is_same(*known, cited.place)) {
                distinct.push(cited.place);
            }
        }
        if distinct.is_empty() || distinct.len() > MOST_CITED {
            return Vec::new();
        }
        let named: Vec<Place> = request.first.iter().filter(|cited| cited.is_named).map(|cited| cited.place).collect();
        let ground = |ground| if request.is_references { Ground::Reference } else { ground };
        if !named.is_empty() && named.len() <= MOST_OWN {
            return self.with_versions(&named, ground(Ground::CiteNamed));
        }
        let versions = self.with_versions(&distinct[..1], ground(Ground::CiteOnly));
        if versions.len() == distinct.len() {
            return versions;
        }
        if request.is_references { Vec::new() } else { self.with_versions(&distinct[..1], Ground::CiteFirst) }
    }

    /// Places with those of the preprint or the article that stands beside.
    fn with_versions(&self, places: &[Place], ground: Ground) -> Vec<(Place, Ground)> {
        let mut found: Vec<(Place, Ground)> = Vec::new();
        for &(piece, work) in places {
            found.push(((piece, work), ground));
            let next = (piece, work + 1);
            if self.page.pieces[piece].works.get(work + 1).is_some_and(|_| self.are_versions((piece, work), next)) {
                found.push((next, ground));
            }
        }
        found.dedup_by_key(|(place, _)| *place);
        found
    }

    /// Whether one is the preprint and the other the article: they stand close together, and nothing is said between.
    fn are_versions(&self, one: Place, other: Place) -> bool {
        let (a, b) = (self.work(one), self.work(other));
        let piece = &self.page.pieces[one.0];
        let gap = piece.text.get(a.range.end..b.range.start).unwrap_or_default();
        let is_preprint = |work: &Work| work.paper.ids.is_preprint();
        let is_close = gap.chars().count() <= 60 && b.range.end > 0;
        is_close && is_preprint(a) != is_preprint(b) && !self.cues.not_own.is_in(&words(gap))
    }

    /// What the README says of itself and a paper.
    fn stated(&self) -> Vec<(Place, Ground)> {
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
                let said = sentence(&piece.words, range.start);
                described.extend(target.map(|place| (place, self.is_named_by(piece, said))));
            }
        }
        found.extend(self.with_versions(&chosen(&own), Ground::Own));
        found.extend(self.with_versions(&chosen(&described), Ground::Described));
        found
    }

    /// Whether words of a piece have the name of the tool among them.
    fn is_named_by(&self, piece: &Piece, said: &[Word]) -> bool {
        let ends = said.first().zip(said.last());
        ends.is_some_and(|(first, last)| self.page.is_named_in(&piece.text[first.start..last.end]))
    }

    /// Whether the sentence of a phrase says, up to the paper, that the paper is about something else.
    fn is_of_others(&self, at: usize, phrase: &std::ops::Range<usize>, target: Place) -> bool {
        let said = sentence(&self.page.pieces[at].words, phrase.start);
        let linked = if target.0 == at { self.work(target).range.clone() } else { usize::MAX..usize::MAX };
        let end = linked.start.max(phrase.end);
        let said: Vec<_> =
            said.iter().filter(|word| word.end <= end && !linked.contains(&word.start)).cloned().collect();
        self.cues.not_own.is_in(&said)
    }

    /// The paper that a phrase speaks of: one that it overlaps, or the next, in the same block or at the beginning of the
    /// next one; or else the one before.
    fn target(&self, at: usize, phrase: &std::ops::Range<usize>) -> Option<Place> {
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
    fn headed(&self) -> Vec<(Place, Ground)> {
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

    /// The places, if they are of one paper in one or two versions, or else those that have the tool's name.
    fn alone(&self, places: &[Place], ground: Ground) -> Vec<(Place, Ground)> {
        let mut distinct: Vec<Place> = Vec::new();
        for place in places {
            if !distinct.iter().any(|known| self.is_same(*known, *place)) {
                distinct.push(*place);
            }
        }
        let is_preprint = |place: Place| self.work(place).paper.ids.is_preprint();
        let is_one = match distinct.as_slice() {
            [_] => true,
            [a, b] => is_preprint(*a) != is_preprint(*b),
            _ => false,
        };
        if !is_one {
            distinct.retain(|place| self.page.is_named_in(&self.work(*place).said));
        }
        if distinct.len() > 2 { Vec::new() } else { distinct.into_iter().map(|place| (place, ground)).collect() }
    }

    /// One ground for each paper, the best; none that is too weak for this README.
    fn weighed(&self, found: Vec<(Place, Ground)>) -> Vec<(Dossier, Ground)> {
        let mut found = found;
        found.sort_by_key(|(place, ground)| (*ground, *place));
        let mut best: Vec<(Place, Ground)> = Vec::new();
        for (place, ground) in found {
            if !best.iter().any(|(known, _)| self.is_same(*known, place)) {
                best.push((place, ground));
            }
        }
        let is_clear = best.iter().any(|(_, ground)| *ground < Ground::CiteFirst);
        let speaks_of_many = self.n_papers() > MANY;
        best.retain(|(_, ground)| match ground {
            Ground::Described | Ground::HeadOnly => !is_clear && !speaks_of_many,
            Ground::Reference | Ground::Head | Ground::CiteFirst => !speaks_of_many,
            _ => true,
        });
        let by_others = self.is_by_others();
        let mut papers: Vec<(Dossier, Ground)> = Vec::new();
        for (place, ground) in best.into_iter().take(MOST_OWN) {
            let paper = self.completed(place);
            if !paper.ids.is_empty() || !paper.title.is_empty() {
                papers.push((paper, if by_others { Ground::ByOthers } else { ground }));
            }
        }
        papers
    }

    fn n_papers(&self) -> usize {
        let mut distinct: Vec<&Work> = Vec::new();
        let pieces = self.page.pieces.iter().filter(|piece| piece.section.0 != Section::Others);
        for work in pieces.flat_map(|piece| &piece.works) {
            if distinct.len() <= MANY && !distinct.iter().any(|known| are_same(known, work)) {
                distinct.push(work);
            }
        }
        distinct.len()
    }

    /// Whether the README says that others than the authors of the paper made the code.
    fn is_by_others(&self) -> bool {
        let said: Vec<&Piece> = self
            .page
            .head()
            .iter()
            .filter(|piece| !matches!(piece.kind, BlockKind::Code | BlockKind::Row))
            .take(8)
            .collect();
        let is_in = |phrases: &super::words::Phrases| said.iter().any(|piece| phrases.is_in(&piece.words));
        let by_authors = || self.page.pieces.iter().any(|piece| self.cues.by_authors.is_in(&piece.words));
        is_in(&self.cues.unofficial) || is_in(&self.cues.remade) && !by_authors()
    }

    /// A paper with what other places of the README know of it.
    fn completed(&self, place: Place) -> Dossier {
        let mut paper = self.work(place).paper.clone();
        let all = self.page.pieces.iter().flat_map(|piece| &piece.works);
        let title = normalise(&paper.title);
        let is_title_in = |work: &Work| title.split(' ').count() >= 4 && normalise(&work.said).contains(&title);
        for other in all {
            let is_same = shares_identifier(&paper.ids, &other.paper.ids);
            if paper.ids.is_empty() && is_title_in(other) {
                paper.ids = other.paper.ids.clone();
            } else if is_same && paper.title.is_empty() && !other.paper.title.is_empty() {
                let ids = paper.ids.clone();
                paper = other.paper.clone();
                paper.ids.fill_from(ids);
            }
        }
        paper
    }

    fn is_same(&self, one: Place, other: Place) -> bool {
        one == other || are_same(self.work(one), self.work(other))
    }
}

/// Whether a block may be the citation that one above it asks for: it does not go on after the papers that it names.
fn is_citation(piece: &Piece) -> bool {
    let last = piece.works.last().map_or(usize::MAX, |work| work.range.end);
    piece.kind != BlockKind::Paragraph || piece.words.iter().filter(|word| word.start >= last).count() <= 12
}

/// Those of several papers of the same authors that have the tool's name, or else the first.
fn chosen(papers: &[(Place, bool)]) -> Vec<Place> {
    let named: Vec<Place> = papers.iter().filter(|(_, is_named)| *is_named).map(|(place, _)| *place).collect();
    if named.is_empty() { papers.iter().map(|(place, _)| *place).take(1).collect() } else { named }
}

fn are_same(one: &Work, other: &Work) -> bool {
    let (a, b) = (&one.paper, &other.paper);
    if shares_identifier(&a.ids, &b.ids) {
        return true;
    }
    let title = normalise(&a.title);
    !title.is_empty() && !a.ids.conflicts_with(&b.ids) && title == normalise(&b.title)
}
