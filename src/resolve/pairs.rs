//! Links tools to the papers that they implement, where no entry says it outright.
//!
//! # The evidence, strongest first
//!
//! - **The same name**: the paper's title begins with a name (`DeepImpute: …`) that only one tool has.
//! - **The same title**: tool and paper share most of the weight of their words, among them two that hardly any other
//!   paper has, and no other paper comes close. Common words of a field (*single cell RNA-seq clustering*) weigh little,
//!   so two methods for the same purpose are not taken for one. A name that is made of words of the paper's title
//!   (`cellassign`: *cell-type assignment*) makes up for a weaker likeness.
//! - **Owner and author**: the repository's owner is called like an author of the paper (`slundberg`, Lundberg S M).
//!   With a similar title that is good evidence; without, only where both stand under the same heading and neither has
//!   another candidate there.
//!
//! A tool that an entry or a decision already ties to a paper is left alone.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::Rulings;
use crate::{
    id::{RepoSlug, WebUrl},
    model::{
        Catalog, Confidence, Evidence, Identity, Kind, Link, LinkRole, Relation, SourceKind, ThingIndex, normalise,
    },
};

/// Adds the links to the catalog, each to the first source that speaks of the tool.
pub(super) fn link(catalog: &mut Catalog, works: &[ThingIndex], rulings: &Rulings) {
    let view = View::of(catalog, works);
    let found: Vec<(ThingIndex, ThingIndex, Evidence, u8)> = view
        .tools
        .iter()
        .filter(|tool| !view.is_tied(tool))
        .filter_map(|tool| view.paper_of(tool).map(|(paper, evidence, percent)| (tool.thing, paper, evidence, percent)))
        .collect();
    for (subject, object, evidence, percent) in found {
        if rulings.refused.contains(&(subject, works[object])) {
            continue;
        }
        let confidence = Confidence::percent(percent);
        let Some(source) = home(catalog, subject, object) else { continue };
        let entries =
            catalog.sources[source].records.iter().filter(|record| record.thing == subject || record.thing == object);
        let entries =
            entries.flat_map(|record| record.entries.iter().copied()).collect::<BTreeSet<_>>().into_iter().collect();
        catalog.sources[source].links.push(Link {
            subject,
            relation: Relation::Implements,
            object,
            evidence,
            confidence,
            grade: None,
            entries,
        });
    }
}

/// The first source that speaks of both, else of the tool.
fn home(catalog: &Catalog, tool: ThingIndex, paper: ThingIndex) -> Option<usize> {
    let speaks = |source: usize, thing: ThingIndex| {
        catalog.sources[source].records.binary_search_by_key(&thing, |record| record.thing).is_ok()
    };
    let sources = 0..catalog.sources.len();
    sources
        .clone()
        .find(|source| speaks(*source, tool) && speaks(*source, paper))
        .or_else(|| sources.clone().find(|source| speaks(*source, tool)))
}

/// What the rules look at, of one tool or one paper.
#[derive(Debug, Default)]
struct Subject {
    thing: ThingIndex,
    /// Distinctive names, comparable.
    names: BTreeSet<String>,
    /// The words of the title, stemmed.
    words: BTreeSet<String>,
    /// The title in order, for phrases.
    phrase: Vec<String>,
    topics: BTreeSet<(usize, usize)>,
    owner: Option<String>,
    /// Comparable logins that authors may have.
    logins: BTreeSet<String>,
}

struct View {
    tools: Vec<Subject>,
    papers: Vec<Subject>,
    /// How many papers have each word.
    frequency: HashMap<String, usize>,
    /// How many tools have each word.
    tools_with_word: HashMap<String, usize>,
    papers_with_word: HashMap<String, Vec<usize>>,
    papers_with_name: BTreeMap<String, BTreeSet<usize>>,
    tools_with_name: BTreeMap<String, usize>,
    papers_with_login: HashMap<String, Vec<usize>>,
    tools_of_owner: BTreeMap<String, usize>,
    tied: BTreeSet<ThingIndex>,
}

impl View {
    fn of(catalog: &Catalog, works: &[ThingIndex]) -> Self {
        let mut tools: BTreeMap<ThingIndex, Subject> = BTreeMap::new();
        let mut papers: BTreeMap<ThingIndex, Subject> = BTreeMap::new();
        let listed = listed(catalog);
        for (source, said) in catalog.sources.iter().enumerate() {
            for record in said.records.iter().filter(|record| listed[record.thing]) {
                let thing = &catalog.things[record.thing];
                let subjects = match thing.kind.kind {
                    Kind::Tool | Kind::Model => &mut tools,
                    // The article stands for its preprint, too.
                    Kind::Paper if works[record.thing] == record.thing || !is_version(catalog, record.thing) => {
                        &mut papers
                    }
                    _ => continue,
                };
                let subject = subjects
                    .entry(record.thing)
                    .or_insert_with(|| Subject { thing: record.thing, ..Subject::default() });
                for topic in &record.topics {
                    subject.topics.insert((source, *topic));
                }
                for entry in &record.entries {
                    let mentions = &said.extraction.entries[*entry].mentions;
                    let things = &said.entry_things[*entry];
                    let all = std::iter::once(things.main).chain(things.others.iter().copied());
                    for (mention, _) in mentions.iter().zip(all).filter(|(_, of)| *of == record.thing) {
                        subject.names.extend(mention.name.as_deref().filter(|name| is_distinctive(name)).map(squeeze));
                        let words = content_words(&mention.title.text);
                        if words.len() > subject.phrase.len() {
                            subject.phrase = words.clone();
                        }
                        subject.words.extend(words);
                    }
                }
                let repository =
                    record.links.iter().filter(|(role, ..)| *role == LinkRole::Main).find_map(|(_, url, _)| owner(url));
                subject.owner = subject.owner.take().or(repository);
                subject.logins.extend(record.authors.iter().flat_map(|author| {
                    logins(&catalog.persons[author.person].family, &catalog.persons[author.person].given)
                }));
            }
        }
        let tied = catalog
            .sources
            .iter()
            .filter(|source| source.extraction.source.kind != SourceKind::Facts)
            .flat_map(|source| &source.links);
        let tied = tied.filter(|link| link.relation == Relation::Implements).map(|link| link.subject).collect();
        Self::index(tools.into_values().collect(), papers.into_values().collect(), tied)
    }

    fn index(tools: Vec<Subject>, papers: Vec<Subject>, tied: BTreeSet<ThingIndex>) -> Self {
        let mut view = Self {
            tools,
            papers,
            frequency: HashMap::new(),
            tools_with_word: HashMap::new(),
            papers_with_word: HashMap::new(),
            papers_with_name: BTreeMap::new(),
            tools_with_name: BTreeMap::new(),
            papers_with_login: HashMap::new(),
            tools_of_owner: BTreeMap::new(),
            tied,
        };
        for (at, paper) in view.papers.iter().enumerate() {
            for word in &paper.words {
                *view.frequency.entry(word.clone()).or_default() += 1;
                view.papers_with_word.entry(word.clone()).or_default().push(at);
            }
            for name in &paper.names {
                view.papers_with_name.entry(name.clone()).or_default().insert(at);
            }
            for login in &paper.logins {
                view.papers_with_login.entry(login.clone()).or_default().push(at);
            }
        }
        for tool in &view.tools {
            for name in &tool.names {
                *view.tools_with_name.entry(name.clone()).or_default() += 1;
            }
            for word in &tool.words {
                *view.tools_with_word.entry(word.clone()).or_default() += 1;
            }
            if let Some(owner) = &tool.owner {
                *view.tools_of_owner.entry(owner.clone()).or_default() += 1;
            }
        }
        view
    }

    fn is_tied(&self, tool: &Subject) -> bool {
        self.tied.contains(&tool.thing)
    }

    fn paper_of(&self, tool: &Subject) -> Option<(ThingIndex, Evidence, u8)> {
        self.by_name(tool)
            .or_else(|| self.by_title(tool))
            .or_else(|| self.by_owner(tool))
            .map(|(paper, evidence, percent)| (self.papers[paper].thing, evidence, percent))
    }

    /// A name that one tool and one paper have.
    fn by_name(&self, tool: &Subject) -> Option<(usize, Evidence, u8)> {
        let mut papers = tool
            .names
            .iter()
            .filter(|name| self.tools_with_name[*name] == 1)
            .filter_map(|name| self.papers_with_name.get(name))
            .flatten();
        let paper = *papers.next()?;
        papers.all(|other| *other == paper).then_some((paper, Evidence::SameName, 93))
    }

    fn by_title(&self, tool: &Subject) -> Option<(usize, Evidence, u8)> {
        let mut scored: Vec<(f64, usize)> =
            self.candidates(tool).into_iter().map(|paper| (self.likeness(tool, &self.papers[paper]), paper)).collect();
        scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let (best, paper) = *scored.first()?;
        let second = scored.get(1).map_or(0.0, |(score, _)| *score);
        let is_owner = self.is_author(tool, paper);
        let n_rare = self.n_rare_shared(tool, paper);
        let is_clear = best - second >= 0.15;
        // Three words of a field may be the title of many things.
        let says_enough = tool.words.len() >= 4;
        if best >= 0.55 && n_rare >= 2 && is_clear && says_enough {
            let evidence = if is_owner { (Evidence::TitleAndOwner, 95) } else { (Evidence::TitleMatch, 85) };
            return Some((paper, evidence.0, evidence.1));
        }
        if best >= 0.4 && n_rare >= 1 && is_clear && self.is_named_after(tool, paper) {
            return Some((paper, Evidence::TitleMatch, 80));
        }
        (is_owner && best >= 0.35 && n_rare >= 1 && is_clear).then_some((paper, Evidence::TitleAndOwner, 85))
    }

    /// Whether the tool's name is put together from beginnings of words of the paper's title, a rare one among them.
    fn is_named_after(&self, tool: &Subject, paper: usize) -> bool {
        let words = &self.papers[paper].words;
        tool.names.iter().any(|name| {
            let mut rest = name.as_str();
            let (mut n_parts, mut has_rare) = (0, false);
            while let Some((length, word)) =
                words.iter().map(|word| (common_start(rest, word), word)).max().filter(|(length, _)| *length >= 3)
            {
                has_rare |= self.is_rare(word);
                n_parts += 1;
                rest = &rest[length..];
            }
            rest.is_empty() && n_parts >= 2 && has_rare
        })
    }

    /// Papers that share a rare word with the tool.
    fn candidates(&self, tool: &Subject) -> BTreeSet<usize> {
        let rare = tool.words.iter().filter(|word| self.is_rare(word));
        rare.filter_map(|word| self.papers_with_word.get(word)).flatten().copied().collect()
    }

    /// Whether hardly any paper has the word, and hardly any tool but the one in question.
    fn is_rare(&self, word: &str) -> bool {
        let most = |count: usize| 1 + count / 200;
        let by_tools = self.tools_with_word.get(word).copied().unwrap_or(0);
        self.frequency.get(word).is_some_and(|count| *count <= most(self.papers.len()))
            && by_tools <= 1 + most(self.tools.len())
    }

    fn n_rare_shared(&self, tool: &Subject, paper: usize) -> usize {
        tool.words.intersection(&self.papers[paper].words).filter(|word| self.is_rare(word)).count()
    }

    /// The share of the weight of all words of both that they have in common, from 0 to 1.
    fn likeness(&self, tool: &Subject, paper: &Subject) -> f64 {
        let weigh = |words: &BTreeSet<String>| words.iter().map(|word| self.weight(word)).sum::<f64>();
        let shared: f64 = tool.words.intersection(&paper.words).map(|word| self.weight(word)).sum();
        let all = weigh(&tool.words) + weigh(&paper.words);
        if all > 0.0 { 2.0 * shared / all } else { 0.0 }
    }

    /// Inverse document frequency; a word that no paper has weighs as one that a single paper has.
    fn weight(&self, word: &str) -> f64 {
        let papers = count(self.papers.len());
        let with_word = count(self.frequency.get(word).copied().unwrap_or(1));
        ((1.0 + papers) / with_word).ln()
    }

    fn by_owner(&self, tool: &Subject) -> Option<(usize, Evidence, u8)> {
        let owner = tool.owner.as_ref().filter(|owner| self.tools_of_owner[*owner] == 1)?;
        let written = self.papers_with_login.get(owner)?;
        let mut beside = written.iter().copied().filter(|paper| !self.papers[*paper].topics.is_disjoint(&tool.topics));
        let paper = beside.next()?;
        (beside.next().is_none()).then_some((paper, Evidence::OwnerIsAuthor, 75))
    }

    fn is_author(&self, tool: &Subject, paper: usize) -> bool {
        tool.owner.as_ref().is_some_and(|owner| self.papers[paper].logins.contains(owner))
    }
}

#[expect(clippy::cast_precision_loss, reason = "numbers of papers are far below 2^52")]
fn count(count: usize) -> f64 {
    count as f64
}

/// For each thing whether a list or a bibliography names it. What only a registry names is tied by the registry, or not at
/// all.
fn listed(catalog: &Catalog) -> Vec<bool> {
    let mut listed = vec![false; catalog.things.len()];
    let is_list = |kind| matches!(kind, SourceKind::List | SourceKind::Bibliography);
    for source in catalog.sources.iter().filter(|source| is_list(source.extraction.source.kind)) {
        source.records.iter().for_each(|record| listed[record.thing] = true);
    }
    listed
}

/// Whether another version of the same work stands for this one: a preprint whose article is in the catalog.
fn is_version(catalog: &Catalog, thing: ThingIndex) -> bool {
    matches!(&catalog.things[thing].identity, Identity::Doi(doi) if doi.is_preprint())
}

fn owner(url: &WebUrl) -> Option<String> {
    RepoSlug::from_url(url).filter(|_| RepoSlug::is_root(url)).map(|slug| squeeze(slug.owner()))
}

/// Letters and digits only, in lower case.
fn squeeze(text: &str) -> String {
    normalise(text).split(' ').collect()
}

/// A name that can stand for one thing: a single word of three letters or more.
fn is_distinctive(name: &str) -> bool {
    let letters = name.chars().filter(|c| c.is_alphanumeric()).count();
    letters >= 3 && !name.contains(' ')
}

/// Logins that an author would have: given and family name, initial and family name, either way round.
fn logins(family: &str, given: &str) -> Vec<String> {
    let family = squeeze(family);
    let given_words: Vec<String> = normalise(given).split(' ').map(str::to_owned).collect();
    let Some(first) = given_words.first().filter(|first| !first.is_empty() && family.chars().count() >= 3) else {
        return Vec::new();
    };
    let initial: String = first.chars().take(1).collect();
    let mut found = Vec::new();
    if family.chars().count() >= 5 {
        found.push(format!("{initial}{family}"));
        found.push(format!("{family}{initial}"));
    }
    if first.chars().count() > 1 {
        found.push(format!("{first}{family}"));
        found.push(format!("{family}{first}"));
    }
    found
}

/// The words of a title that carry its meaning, stemmed; `scRNA` is *single cell RNA*.
fn content_words(title: &str) -> Vec<String> {
    let mut words = Vec::new();
    for word in normalise(title).split(' ').filter(|word| !is_stop_word(word)) {
        match word {
            "scrna" | "scrnaseq" | "snrna" => words.extend(["single", "cell", "rna"].map(str::to_owned)),
            "rnaseq" => words.extend(["rna", "seq"].map(str::to_owned)),
            "autoencoder" | "autoencoders" => words.extend(["auto", "encoder"].map(str::to_owned)),
            "dataset" | "datasets" => words.push("data".to_owned()),
            _ => words.push(stem(word)),
        }
    }
    words
}

fn is_stop_word(word: &str) -> bool {
    const STOP: [&str; 44] = [
        "a",
        "an",
        "the",
        "of",
        "and",
        "for",
        "in",
        "on",
        "with",
        "by",
        "to",
        "from",
        "using",
        "via",
        "at",
        "is",
        "are",
        "its",
        "as",
        "or",
        "into",
        "based",
        "through",
        "towards",
        "toward",
        "new",
        "novel",
        "approach",
        "method",
        "methods",
        "tool",
        "tools",
        "package",
        "python",
        "r",
        "implementation",
        "official",
        "code",
        "paper",
        "it",
        "that",
        "this",
        "any",
        "we",
    ];
    word.is_empty() || STOP.contains(&word)
}

/// How many bytes the two texts have in common at their beginning, up to a whole character.
fn common_start(a: &str, b: &str) -> usize {
    a.char_indices()
        .zip(b.chars())
        .take_while(|((_, x), y)| x == y)
        .map(|((at, x), _)| at + x.len_utf8())
        .last()
        .unwrap_or(0)
}

/// Cuts the endings of English that do not change what a word is about (a light stemmer in the manner of Porter's first steps).
fn stem(word: &str) -> String {
    const ENDINGS: [&str; 17] = [
        "ization", "isation", "ations", "ation", "ically", "ment", "ings", "ing", "ized", "ised", "ies", "ed", "ic",
        "al", "ly", "y", "e",
    ];
    if !word.is_ascii() {
        return word.to_owned();
    }
    let singular = word.strip_suffix('s').filter(|stem| stem.len() >= 3 && !stem.ends_with('s')).unwrap_or(word);
    let cut = ENDINGS.iter().find_map(|ending| singular.strip_suffix(ending).filter(|cut| cut.len() >= 4));
    cut.unwrap_or(singular).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_one_family_have_one_stem() {
        for (a, b) in [
            ("denoising", "denoise"),
            ("assignment", "assigned"),
            ("clustering", "clusters"),
            ("models", "model"),
            ("imputing", "impute"),
        ] {
            assert_eq!(stem(a), stem(b), "{a} {b}");
        }
        assert_ne!(stem("universe"), stem("university"));
    }

    #[test]
    fn logins_that_people_choose() {
        assert!(logins("Lundberg", "S. M.").contains(&"slundberg".to_owned()));
        assert!(logins("Bica", "Ioana").contains(&"ioanabica".to_owned()));
        assert!(logins("Li", "J.").is_empty());
    }
}
