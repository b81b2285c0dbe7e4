//! How often a paper that is found by its title is the one that was meant.
//!
//! Papers of real lists whose DOI is known are searched as if it were not, by what the list writes of them, among the publications
//! of bio.tools and scRNA-tools: five candidates each, by the words of the title, as a service gives them. Papers that are
//! not among the publications are searched, too: whatever is taken for one of them is wrong, unless it is a preprint of the same
//! title, or its article.

use std::{
    collections::{BTreeMap, HashMap},
    path::{Path, PathBuf},
};

use amml_graph::{
    enrich::{self, Wanted},
    extract::extract,
    id::{Doi, Identifiers},
    model::{Dossier, Extraction, Kind, Mention, SourceInfo, SourceKind, WorkRef, normalise},
    read::Source,
};

/// Of a hundred papers that are taken for the one that was meant, so many must be it.
const FLOOR: f64 = 0.98;
/// How many candidates a search gives.
const N_CANDIDATES: usize = 5;

/// Prints precision and recall; whether precision is good enough.
pub(crate) fn measure(registries: &[Extraction], lists: &Path) -> bool {
    let corpus = Corpus::of(registries);
    let mut seen: BTreeMap<String, ()> = BTreeMap::new();
    let (mut n_known, mut n_right, mut n_version, mut n_wrong, mut n_unknown) = (0, 0, 0, 0, 0);
    for mention in
        files(lists).iter().map(|path| list(path)).flat_map(|list| list.entries).flat_map(|entry| entry.mentions)
    {
        let Some(doi) = mention.ids.doi.clone().filter(|_| mention.kind.kind == Kind::Paper) else { continue };
        let wanted = wanted(&mention);
        let is_searched = normalise(&wanted.title).split(' ').count() >= 4;
        if !is_searched || seen.insert(format!("{doi} {}", wanted.title), ()).is_some() {
            continue;
        }
        let is_known = corpus.by_doi.contains_key(&doi);
        n_known += usize::from(is_known);
        n_unknown += usize::from(!is_known);
        let Some(found) = enrich::choose(&wanted, corpus.search(&wanted.title)) else { continue };
        if found.ids.doi.as_ref() == Some(&doi) {
            n_right += 1;
        } else if is_version(&wanted, &found) {
            n_version += 1;
        } else {
            n_wrong += 1;
            println!("    {doi} {:?} was taken for {:?} {:?}", wanted.title, found.ids.doi, found.title);
        }
    }
    let n_taken = n_right + n_version + n_wrong;
    let precision = f64::from(n_right + n_version) / f64::from(n_taken.max(1));
    println!(
        "titles: of {n_known} papers that can be found {n_right} were, {n_version} as another version; {n_wrong} wrong, \
         {n_unknown} could not be found; precision {:.1} %, recall {:.1} %",
        100.0 * precision,
        100.0 * f64::from(n_right) / f64::from(u32::try_from(n_known).unwrap_or(u32::MAX).max(1)),
    );
    precision >= FLOOR
}

/// A preprint and its article have one title, and the versions of a preprint one DOI but for their number.
fn is_version(wanted: &Wanted, found: &Dossier) -> bool {
    let letters = |title: &str| normalise(title).split(' ').collect::<String>();
    let is_one_preprint = wanted.ids.is_preprint() != found.ids.is_preprint();
    let base = |ids: &Identifiers| {
        let doi = ids.doi.as_ref().map(ToString::to_string).unwrap_or_default();
        doi.rsplit_once('.').map_or(doi.clone(), |(base, _)| base.to_owned())
    };
    letters(&wanted.title) == letters(&found.title) && is_one_preprint || base(&wanted.ids) == base(&found.ids)
}

/// What a list writes of a paper.
fn wanted(mention: &Mention) -> Wanted {
    let title = mention.title.text.clone();
    Wanted {
        kind: Kind::Paper,
        what: WorkRef::Title(normalise(&title)),
        ids: mention.ids.clone(),
        title,
        families: mention.citation.authors.iter().map(|name| name.family.clone()).collect(),
        year: mention.citation.year,
        repository: None,
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .collect();
    found.sort();
    found
}

fn list(path: &Path) -> Extraction {
    let text = std::fs::read(path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
    extract(&Source::new(SourceInfo::new("list", SourceKind::List), &text))
}

/// The publications of registries, as a service has them.
struct Corpus {
    works: Vec<Dossier>,
    by_doi: HashMap<Doi, usize>,
    with_word: HashMap<String, Vec<usize>>,
}

impl Corpus {
    fn of(registries: &[Extraction]) -> Self {
        let mut corpus = Self { works: Vec::new(), by_doi: HashMap::new(), with_word: HashMap::new() };
        for mention in registries.iter().flat_map(|registry| &registry.entries).flat_map(|entry| &entry.mentions) {
            let Some(doi) = mention.ids.doi.clone() else { continue };
            let title = normalise(&mention.title.text);
            if mention.kind.kind != Kind::Paper || title.is_empty() || corpus.by_doi.contains_key(&doi) {
                continue;
            }
            let number = corpus.works.len();
            corpus.by_doi.insert(doi, number);
            for word in title.split(' ') {
                let with_word = corpus.with_word.entry(word.to_owned()).or_default();
                if with_word.last() != Some(&number) {
                    with_word.push(number);
                }
            }
            corpus.works.push(Dossier {
                title: mention.title.text.clone(),
                ids: mention.ids.clone(),
                authors: mention.citation.authors.clone(),
                date: mention.citation.date,
                ..Dossier::default()
            });
        }
        corpus
    }

    /// The works that share most of the rare words of a title.
    fn search(&self, title: &str) -> Vec<Dossier> {
        let mut scores: HashMap<usize, f64> = HashMap::new();
        let n_works = f64::from(u32::try_from(self.works.len()).unwrap_or(u32::MAX));
        for word in normalise(title).split(' ') {
            let Some(works) = self.with_word.get(word) else { continue };
            let weight = (1.0 + n_works / f64::from(u32::try_from(works.len()).unwrap_or(u32::MAX))).ln();
            works.iter().for_each(|work| *scores.entry(*work).or_default() += weight);
        }
        let mut ranked: Vec<(f64, usize)> = scores.into_iter().map(|(work, score)| (score, work)).collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        ranked.into_iter().take(N_CANDIDATES).map(|(_, work)| self.works[work].clone()).collect()
    }
}
