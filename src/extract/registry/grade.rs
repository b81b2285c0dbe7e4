//! How close a tool is to a paper that a registry ties to it.
//!
//! To cite is not to implement: one paper on a platform is tied to 386 records of bio.tools. So it is asked, in this order:
//!
//! 1. what the registry itself says: a benchmark, a review or an example of use is not the tool's paper; of what it calls
//!    an other publication only a paper that is called after the tool is;
//! 2. whether the tool's name stands in the title, as a word: then it is its paper, however many others are tied to it, too;
//! 3. how many tools are tied to it: one or two may be its subject; more have a platform, a format or a collection in common,
//!    even where the registry calls it their primary paper (EMBOSS: 260 records).
//!
//! # Where the percents come from
//!
//! `make calibration` holds bio.tools (2021) against scRNA-tools (2025). Of the pairs of bio.tools, for tools that both know by
//! repository or package, scRNA-tools confirms:
//!
//! | rule | pairs | confirmed | precision | lower end (Wilson, 95 %) | percent |
//! |---|--:|--:|--:|--:|--:|
//! | named in the title | 42 | 42 | 100.0 | 91.6 | 97 |
//! | called its primary paper | 30 | 29 | 96.7 | 83.3 | 93 |
//! | tied to no more than two tools | 175 | 168 | 96.0 | 92.0 | 92 |
//!
//! Four of the seven others of the last rule are preprints of the right papers. The percents are (confirmed + 1) / (pairs + 2);
//! where only the number of tools speaks for it, the lower end. Of what is called an other publication, 5 of 8 are confirmed
//! where no title is known, but of those with a title hardly more than half are of the tool: so these are no implementations, and
//! that they are none is not sure either. For papers of many tools there are too few pairs to say.

use std::collections::{BTreeMap, BTreeSet};

use super::squeezed;
use crate::{
    extract::dossier::Filed,
    model::{Dossier, Grade, Relation, WorkRef, normalise},
};

/// What the registry says of a tool and a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    /// The paper describes the tool.
    Describes,
    /// The tool is only used, compared or spoken of in it.
    Refers,
    /// It is some other publication.
    Other,
    /// That there is something between them.
    Nothing,
}

/// What to make of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Judgement {
    relation: Relation,
    grade: Grade,
    percent: u8,
}

const NAMED: Judgement = Judgement { relation: Relation::Implements, grade: Grade::Official, percent: 97 };
const DESCRIBED: Judgement = Judgement { percent: 93, ..NAMED };
const ALONE: Judgement = Judgement { percent: 92, ..NAMED };
const REFERRED: Judgement = Judgement { relation: Relation::Refers, grade: Grade::Use, percent: 86 };
const SHARED: Judgement = Judgement { percent: 80, ..REFERRED };
const OTHER: Judgement = Judgement { percent: 60, ..REFERRED };

/// So many tools may be the subject of one paper that names none of them.
const FEW: usize = 2;

/// Grades what tools are tied to. `said` has an element for each thing that each dossier names.
pub(super) fn grade(filed: &mut [Filed], said: &[Vec<Said>]) {
    let papers = Papers::of(filed);
    for (Filed { dossier, .. }, said) in filed.iter_mut().zip(said) {
        let mut all = std::mem::take(&mut dossier.related);
        for (related, said) in all.iter_mut().zip(said) {
            let judgement = papers.judge(dossier, &related.other, *said);
            related.relation = judgement.relation;
            related.grade = Some(judgement.grade);
            related.percent = judgement.percent;
        }
        dossier.related = all;
    }
}

/// What the whole registry says of each paper.
#[derive(Default)]
struct Papers {
    n_tools: BTreeMap<WorkRef, usize>,
    /// A record may leave out the title that another one has.
    titles: BTreeMap<WorkRef, String>,
}

impl Papers {
    fn of(filed: &[Filed]) -> Self {
        let mut papers = Self::default();
        for Filed { dossier, .. } in filed {
            let mut seen: BTreeSet<WorkRef> = BTreeSet::new();
            for other in dossier.related.iter().map(|related| &related.other) {
                for work in WorkRef::of_identifiers(&other.ids) {
                    if !other.title.is_empty() && !papers.titles.contains_key(&work) {
                        papers.titles.insert(work.clone(), other.title.clone());
                    }
                    seen.insert(work);
                }
            }
            for work in seen {
                *papers.n_tools.entry(work).or_default() += 1;
            }
        }
        papers
    }

    fn judge(&self, tool: &Dossier, paper: &Dossier, said: Said) -> Judgement {
        let works: Vec<WorkRef> = WorkRef::of_identifiers(&paper.ids).collect();
        let n_tools = works.iter().map(|work| self.n_tools[work]).max().unwrap_or(1);
        let known = works.iter().find_map(|work| self.titles.get(work)).map_or("", String::as_str);
        let title = if paper.title.is_empty() { known } else { &paper.title };
        let name = tool.name.as_deref().unwrap_or(&tool.title);
        let is_shared = n_tools > FEW;
        match said {
            Said::Refers => REFERRED,
            Said::Other if is_called_after(name, title) => NAMED,
            Said::Other => OTHER,
            _ if is_named(name, title) && (!is_shared || title.contains(name)) => NAMED,
            _ if is_shared => SHARED,
            Said::Describes => DESCRIBED,
            Said::Nothing => ALONE,
        }
    }
}

/// Whether the name stands in the title as a word, or as several (`Peptide-shaker`: *PeptideShaker enables…*).
fn is_named(name: &str, title: &str) -> bool {
    const LONGEST: usize = 5;
    let short = squeezed(name);
    // One letter or two are a word of the language, or a language.
    if short.chars().count() < 3 {
        return is_called_after(name, title);
    }
    let normal = normalise(title);
    let words: Vec<&str> = normal.split(' ').collect();
    let runs = |from: usize| (1..=LONGEST.min(words.len() - from)).map(move |length| (from, length));
    (0..words.len()).flat_map(runs).any(|(from, length)| words[from..from + length].concat() == short)
}

/// Whether the title begins with the name and a colon or a dash.
fn is_called_after(name: &str, title: &str) -> bool {
    let name = squeezed(name);
    let starts = [":", " - ", " – ", " — "].iter().filter_map(|mark| title.split_once(mark));
    !name.is_empty() && starts.map(|(start, _)| squeezed(start)).any(|start| start == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        id::Identifiers,
        model::{Kind, Lines},
    };

    /// How each of some tools is judged, all of which are tied to one paper.
    fn check(names: &[&str], title: &str, said: Said, expected: &[Judgement]) {
        let ids = Identifiers { doi: "10.1000/x".parse().ok(), ..Identifiers::default() };
        let paper = Dossier { title: title.to_owned(), ids, ..Dossier::default() };
        let tool = |name: &&str| Filed {
            lines: Lines { first: 1, last: 1 },
            text: String::new(),
            dossier: Dossier {
                kind: Kind::Tool,
                name: Some((*name).to_owned()),
                related: vec![super::super::tie(paper.clone())],
                ..Dossier::default()
            },
        };
        let mut filed: Vec<Filed> = names.iter().map(tool).collect();
        grade(&mut filed, &vec![vec![said]; names.len()]);
        let judged = filed.iter().map(|filed| &filed.dossier.related[0]).map(|related| Judgement {
            relation: related.relation,
            grade: related.grade.unwrap(),
            percent: related.percent,
        });
        assert_eq!(judged.collect::<Vec<_>>(), expected, "{names:?} {title} {said:?}");
    }

    #[test]
    fn to_be_tied_to_a_paper_is_not_to_implement_it() {
        check(&["cellmap"], "Maps of cells", Said::Nothing, &[ALONE]);
        check(&["cellmap"], "Maps of cells", Said::Describes, &[DESCRIBED]);
        check(&["cellmap", "other"], "Maps of cells", Said::Nothing, &[ALONE, ALONE]);
        check(&["Atlas", "b", "c"], "The Atlas of cells", Said::Describes, &[NAMED, SHARED, SHARED]);
        check(&["Filter", "b", "c"], "How to filter cells", Said::Describes, &[SHARED, SHARED, SHARED]);
        check(&["cellmap"], "A benchmark of CellMap", Said::Refers, &[REFERRED]);
        check(&["cellmap"], "CellMap: maps of cells", Said::Other, &[NAMED]);
        check(&["cellmap"], "Cells of the liver with CellMap", Said::Other, &[OTHER]);
    }

    #[test]
    fn a_name_is_a_word_of_the_title() {
        for (name, title, expected) in [
            ("scVI", "Deep generative modeling with scVI", true),
            ("Peptide-shaker", "PeptideShaker enables reanalysis", true),
            ("R/qtl", "R/qtl: QTL mapping in crosses", true),
            ("SINA", "SINA: Accurate alignment", true),
            ("SIN", "SINA: Accurate alignment", false),
            ("R", "Analysis with R", false),
            ("C3", "C3: a map of cells", true),
            ("", "A title", false),
            ("DCA", "", false),
        ] {
            assert_eq!(is_named(name, title), expected, "{name}: {title}");
        }
    }
}
