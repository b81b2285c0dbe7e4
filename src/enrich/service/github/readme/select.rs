//! The rules: which of the papers that a README names are its own, and on what ground.

use super::{
    blocks::BlockKind,
    cues::Cues,
    inline::Inline,
    page::{Page, Piece},
    section::Section,
    words::{Phrases, words},
    works::{self, Work, shares_identifier},
};
use crate::{
    enrich::grade::Ground,
    id::RepoSlug,
    model::{Dossier, PersonName, normalise},
};

/// A README with more papers speaks of many; only what it says in clear words counts.
const MANY: usize = 10;
/// More papers than this belong to no tool.
pub(super) const MOST_OWN: usize = 6;
/// A paper in the page: its piece, and which of the papers of that piece.
pub(super) type Place = (usize, usize);

/// The papers of a tool, and the best ground for each.
pub(super) fn papers(slug: &RepoSlug, text: &str) -> Vec<(Dossier, Ground)> {
    let cues = Cues::new();
    let page = Page::of(slug.name(), text);
    if page.is_list(&cues) {
        return Vec::new();
    }
    let rules = Rules { owner: slug.owner(), page: &page, cues: &cues };
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
    let is_by_authors = cues.by_authors.is_in(&words) || cues.official.is_in(&words) && !cues.elsewhere.is_in(&words);
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

/// What the rules look at.
pub(super) struct Rules<'p> {
    owner: &'p str,
    pub(super) page: &'p Page,
    pub(super) cues: &'p Cues,
}

impl Rules<'_> {
    pub(super) fn work(&self, (piece, work): Place) -> &Work {
        &self.page.pieces[piece].works[work]
    }

    /// Places with those of the preprint or the article that stands beside.
    pub(super) fn with_versions(&self, places: &[Place], ground: Ground) -> Vec<(Place, Ground)> {
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

    /// The places, if they are of one paper in one or two versions, or else those that have the tool's name.
    pub(super) fn alone(&self, places: &[Place], ground: Ground) -> Vec<(Place, Ground)> {
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
            let is_named =
                |work: &Work| self.page.is_named_in(&work.linked) || self.page.is_named_in(&work.paper.title);
            distinct.retain(|place| is_named(self.work(*place)));
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
        let is_clear = best.iter().any(|(_, ground)| *ground <= Ground::Own);
        let speaks_of_many = self.n_papers() > MANY;
        best.retain(|(_, ground)| match ground {
            Ground::Described | Ground::HeadOnly => !is_clear && !speaks_of_many,
            Ground::Reference | Ground::Head | Ground::CiteFirst => !speaks_of_many,
            _ => true,
        });
        let mut papers: Vec<(Dossier, Ground)> = Vec::new();
        for (place, ground) in best {
            let paper = self.completed(place);
            let is_known = papers.iter().any(|(known, _)| shares_identifier(&known.ids, &paper.ids));
            if !is_known && papers.len() < MOST_OWN && (!paper.ids.is_empty() || !paper.title.is_empty()) {
                papers.push((paper, ground));
            }
        }
        if self.is_by_others(&papers) {
            papers.iter_mut().for_each(|(_, ground)| *ground = Ground::ByOthers);
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

    /// Whether the README says that others than the authors of the papers made the code.
    fn is_by_others(&self, papers: &[(Dossier, Ground)]) -> bool {
        let said: Vec<&Piece> = self
            .page
            .head()
            .iter()
            .filter(|piece| !matches!(piece.kind, BlockKind::Code | BlockKind::Row))
            .take(8)
            .collect();
        let is_in = |phrases: &Phrases| said.iter().any(|piece| phrases.is_in(&piece.words));
        let official = |is_wanted: bool| {
            let has = |piece: &&Piece| {
                let mut phrases = self.cues.official.find(&piece.words).into_iter();
                phrases.any(|phrase| self.is_official(piece, &phrase) == is_wanted)
            };
            said.iter().any(has)
        };
        let by_authors = || {
            let is_own = |piece: &Piece| self.cues.by_authors.is_in(&piece.words);
            let mut authors = papers.iter().flat_map(|(paper, _)| &paper.authors);
            // Where the official code is somewhere else, "we" are others.
            official(true)
                || !official(false) && self.page.pieces.iter().any(is_own)
                || authors.any(|name| is_owner(self.owner, name))
        };
        is_in(&self.cues.unofficial) || is_in(&self.cues.remade) && !by_authors()
    }

    /// A paper with what other places of the README know of it.
    fn completed(&self, place: Place) -> Dossier {
        let mut paper = self.work(place).paper.clone();
        let all = self.page.pieces.iter().flat_map(|piece| &piece.works);
        let title = normalise(&paper.title);
        let is_title_in = |work: &Work| title.split(' ').count() >= 3 && normalise(&work.said).contains(&title);
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

    pub(super) fn is_same(&self, one: Place, other: Place) -> bool {
        one == other || are_same(self.work(one), self.work(other))
    }
}

/// Whether an account is called like a person: `annroe`, `roe-lab`, `AnnR`.
fn is_owner(owner: &str, name: &PersonName) -> bool {
    let letters = |text: &str| normalise(text).replace(' ', "");
    let (owner, family) = (letters(owner), letters(&name.family));
    let given = normalise(&name.given);
    let given = given.split(' ').next().unwrap_or_default();
    let with_initial = family.chars().next().map(|initial| format!("{given}{initial}")).unwrap_or_default();
    let is_both = !given.is_empty() && owner.contains(given) && owner.contains(&family);
    family.len() >= 2 && is_both
        || family.len() >= 4 && owner.contains(&family)
        || given.len() >= 4 && owner == with_initial
}

fn are_same(one: &Work, other: &Work) -> bool {
    let (a, b) = (&one.paper, &other.paper);
    if shares_identifier(&a.ids, &b.ids) {
        return true;
    }
    let title = normalise(&a.title);
    !title.is_empty() && !a.ids.conflicts_with(&b.ids) && title == normalise(&b.title)
}
