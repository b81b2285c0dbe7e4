//! Who is who among the authors.
//!
//! Within one work (a paper and its preprint) names that agree are one person, however they are spelled. Across works
//! a name alone proves nothing: two persons merge only if another author of both works has the same name, too, and the
//! two names together are rare enough. A name with its given name written out, or with two initials, counts in full; a
//! short one (`Wei Wang`) less; a single initial (`Zhou J`) little. So `Zhou J` with `Theesfeld C L` twice is one
//! `Zhou J`, but `Wang Y` with `Zhang L` twice need not be.
//!
//! An ORCID iD that a publisher or an author gave settles it: one iD is one person, two iDs are two, whatever the names say.
//!
//! # What a person is called
//!
//! The slug of the name, and where there are namesakes, a hash of the smallest identity of the person's works behind it. So
//! a list with a namesake changes the IRI, and none can say what the old one meant: it fits both. What never means anyone
//! else is the slug with the hash of a work in which the person is an author. Every person is known by that of the first
//! work as well, whether or not there are namesakes, and by those of all works that were recognised.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{
    decisions::Decisions,
    groups::{Groups, Side},
    things::{Grouping, MentionId},
};
use crate::{
    id::Orcid,
    model::{
        Authorship, Confidence, Evidence, Extraction, Identity, Kind, Mention, MergedPerson, Person, PersonName,
        Ruling, ThingIndex, normalise, short_hash, slug,
    },
};

/// The persons, and who wrote what.
#[derive(Debug, Default)]
pub(super) struct People {
    pub(super) persons: Vec<Person>,
    /// For a work and the spelling of a name in it, the person.
    by_name: HashMap<(ThingIndex, String), Authorship>,
    works: Vec<ThingIndex>,
}

impl People {
    /// The authors of a thing, for the names as one source spells them.
    pub(super) fn authors(&self, thing: ThingIndex, names: &[PersonName]) -> Vec<Authorship> {
        let work = self.works[thing];
        let of_name = |(spelled, name): (String, &PersonName)| {
            let authorship = self.by_name.get(&(work, spelled)).cloned()?;
            let states_orcid = stated_orcid(names, name).is_some() && self.persons[authorship.person].orcid.is_some();
            Some(Authorship { states_orcid, ..authorship })
        };
        spellings(names).filter_map(of_name).collect()
    }
}

/// One person in one work, with all spellings of the name there.
struct Author {
    work: ThingIndex,
    /// The fullest form of the name.
    name: PersonName,
    names: BTreeSet<PersonName>,
    /// The spellings by which lists of authors name this person.
    spelled: BTreeSet<String>,
    /// The last list that named this person: no list names anyone twice.
    list: usize,
    /// The ORCID iD that the author or the publisher gave.
    orcid: Option<Orcid>,
    /// The family name, comparable.
    family: String,
}

/// The ORCID iD that a list of authors gives one of them. One that it gives to two of them is nobody's, and one that the
/// source guessed is none.
fn stated_orcid<'n>(names: &[PersonName], name: &'n PersonName) -> Option<&'n Orcid> {
    let orcid = name.orcid.as_ref().filter(|_| !name.is_orcid_guessed)?;
    let is_shared = names.iter().filter(|other| other.orcid.as_ref() == Some(orcid)).count() > 1;
    (!is_shared).then_some(orcid)
}

/// Co-authors beyond this many are not compared pair by pair.
const MOST_COMPARED: usize = 30;
/// What the names of a pair must weigh together, in tenths.
const RARE_ENOUGH: u32 = 14;

pub(super) fn collect(
    extractions: &[Extraction],
    grouping: &Grouping,
    works: &[ThingIndex],
    decisions: &mut Decisions<'_>,
) -> People {
    let authors = authors_of_works(extractions, grouping, works);
    let named = named(&authors, grouping, decisions);
    let sides = sides(&named, decisions).into_iter().chain(orcid_sides(&authors));
    let mut groups = Groups::new(authors.len(), sides);
    merge(&authors, &mut groups);
    let decided = unite(&named, &mut groups, decisions);
    build(&authors, clusters(&authors, &groups, grouping), grouping, works, &decided)
}

/// A designation of a decision with the authors that it names.
type Named = ((usize, usize), Vec<usize>);

/// The authors that decisions name: one, by the slug with the hash of a work, or all who are one person by the rules.
fn named(authors: &[Author], grouping: &Grouping, decisions: &mut Decisions<'_>) -> Vec<Named> {
    let wanted = decisions.iris("person/name/");
    let mut found: Vec<Named> = wanted.iter().map(|(at, _)| (*at, Vec::new())).collect();
    if wanted.is_empty() {
        return found;
    }
    let mut groups = Groups::new(authors.len(), orcid_sides(authors));
    merge(authors, &mut groups);
    for cluster in clusters(authors, &groups, grouping) {
        let distinct = slug_in(&cluster.slug, cluster.home, grouping);
        for ((_, slug), (_, named)) in wanted.iter().zip(&mut found) {
            let is_person = *slug == cluster.slug || *slug == distinct;
            let own =
                cluster.members.iter().copied().filter(|at| is_person || own_slug(&authors[*at], grouping) == *slug);
            named.extend(own);
        }
    }
    found.retain(|(_, named)| !named.is_empty());
    found.iter().for_each(|(at, _)| decisions.is_known(*at));
    found
}

/// Where the authors stand that are different persons. Who is named by the hash of a work is not meant by a plain slug.
fn sides(named: &[Named], decisions: &Decisions<'_>) -> Vec<(usize, Side)> {
    let mut found = Vec::new();
    for ((decision, side), authors) in named {
        if !matches!(decisions.all[*decision].ruling, Ruling::Different(_)) {
            continue;
        }
        let others = || named.iter().filter(|((other, at), _)| other == decision && at != side);
        let is_meant =
            |author: &&usize| others().all(|(_, others)| !others.contains(author) || others.len() > authors.len());
        found.extend(authors.iter().filter(is_meant).map(|author| (*author, (*decision, *side))));
    }
    found
}

/// Unites the authors who were decided to be one person; gives the authors concerned.
fn unite(named: &[Named], groups: &mut Groups, decisions: &mut Decisions<'_>) -> BTreeSet<usize> {
    let mut concerned = BTreeSet::new();
    for at in 0..decisions.all.len() {
        let authors = || named.iter().filter(|((decision, _), _)| *decision == at).flat_map(|(_, authors)| authors);
        let Some(first) = authors().next().filter(|_| matches!(decisions.all[at].ruling, Ruling::Same(_))) else {
            continue;
        };
        for author in authors() {
            if groups.unite(*first, *author) {
                concerned.extend([*first, *author]);
            } else if groups.head(*first) != groups.head(*author) {
                decisions.is_vain(at, "another decision says that they are different");
            }
        }
    }
    concerned
}

fn authors_of_works(extractions: &[Extraction], grouping: &Grouping, works: &[ThingIndex]) -> Vec<Author> {
    let mut lists: BTreeMap<ThingIndex, BTreeSet<&[PersonName]>> = BTreeMap::new();
    for (source, extraction) in extractions.iter().enumerate() {
        for (entry, what) in extraction.entries.iter().enumerate() {
            let has_authors = |said: &Mention| said.kind.kind == Kind::Paper || said.details.is_some();
            for (mention, said) in what.mentions.iter().enumerate().filter(|(_, said)| has_authors(said)) {
                let work = works[grouping.thing_of(MentionId { source, entry, mention })];
                lists.entry(work).or_default().insert(&said.citation.authors);
            }
        }
    }
    let mut found = Vec::new();
    for (work, lists) in lists {
        let start = found.len();
        let mut lists: Vec<&[PersonName]> = lists.into_iter().collect();
        lists.sort_by_key(|list| std::cmp::Reverse((list.len(), list.iter().filter(|name| name.is_full()).count())));
        for (list, names) in lists.into_iter().enumerate() {
            for (spelled, name) in spellings(names) {
                add(
                    &mut found,
                    start,
                    Author {
                        work,
                        name: name.clone(),
                        names: BTreeSet::from([name.clone()]),
                        spelled: BTreeSet::from([spelled]),
                        list,
                        orcid: stated_orcid(names, name).cloned(),
                        family: normalise(&name.family),
                    },
                );
            }
        }
    }
    found
}

/// Takes an author of one list for the one author of another list of the work that the name agrees with, or adds it.
fn add(authors: &mut Vec<Author>, start: usize, author: Author) {
    let may_be = |other: &Author| match (&other.orcid, &author.orcid) {
        (Some(orcid), Some(other)) => orcid == other,
        _ => other.family == author.family && agree(&other.name, &author.name),
    };
    let mut agreeing = authors[start..].iter_mut().filter(|other| other.list != author.list && may_be(other));
    if let (Some(other), None) = (agreeing.next(), agreeing.next()) {
        if fullness(&author.name) > fullness(&other.name) {
            other.name = author.name;
        }
        other.orcid = other.orcid.take().or(author.orcid);
        other.names.extend(author.names);
        other.spelled.extend(author.spelled);
        other.list = author.list;
        return;
    }
    authors.push(author);
}

/// The names of one list with their spellings; a spelling that comes again is numbered, for it is another person.
fn spellings(names: &[PersonName]) -> impl Iterator<Item = (String, &PersonName)> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    names.iter().map(move |name| {
        let spelled = format!("{}|{}", name.family, name.given);
        let count = seen.entry(spelled.clone()).or_default();
        *count += 1;
        (if *count == 1 { spelled } else { format!("{spelled}|{count}") }, name)
    })
}

/// Whether two spellings in two lists of the same authors can be the same person.
fn agree(a: &PersonName, b: &PersonName) -> bool {
    if normalise(&a.family) != normalise(&b.family) {
        return false;
    }
    let (a_given, b_given) = (normalise(&a.given), normalise(&b.given));
    if a_given == b_given || a_given.is_empty() || b_given.is_empty() {
        return true;
    }
    let (a_initials, b_initials) = (initials(a), initials(b));
    (!a.is_full() || !b.is_full()) && (a_initials.starts_with(&b_initials) || b_initials.starts_with(&a_initials))
}

fn initials(name: &PersonName) -> String {
    let given = name.given_display();
    given.split([' ', '-', '.']).filter_map(|part| part.chars().next()).flat_map(char::to_lowercase).collect()
}

fn fullness(name: &PersonName) -> (bool, usize, &PersonName) {
    (name.is_full(), name.given.chars().filter(|c| c.is_alphabetic()).count(), name)
}

/// The comparable form of a whole name.
fn key(name: &PersonName) -> String {
    format!("{}, {}", normalise(&name.family), normalise(&name.given_display()))
}

/// How much a name says, in tenths.
fn weight(name: &PersonName) -> u32 {
    let letters = name.family.chars().chain(name.given.chars()).filter(|c| c.is_alphabetic()).count();
    match (name.is_full(), initials(name).chars().count()) {
        (_, 0) => 0,
        (true, _) if letters >= 10 => 10,
        (true, _) => 6,
        (false, 1) => 4,
        (false, _) => 10,
    }
}

/// Two ORCID iDs are two persons, whatever else speaks for one.
fn orcid_sides(authors: &[Author]) -> impl Iterator<Item = (usize, Side)> {
    const ORCID: usize = usize::MAX;
    let all: BTreeSet<&Orcid> = authors.iter().filter_map(|author| author.orcid.as_ref()).collect();
    let numbers: HashMap<&Orcid, usize> = all.into_iter().zip(0..).collect();
    let side = |(at, author): (usize, &Author)| Some((at, (ORCID, *numbers.get(author.orcid.as_ref()?)?)));
    authors.iter().enumerate().filter_map(side).collect::<Vec<_>>().into_iter()
}

/// Unites authors of different works that have the same ORCID iD, or share a rare pair of names.
fn merge(authors: &[Author], groups: &mut Groups) {
    let mut first_of: HashMap<&Orcid, usize> = HashMap::new();
    for (at, author) in authors.iter().enumerate() {
        if let Some(orcid) = &author.orcid {
            groups.unite(*first_of.entry(orcid).or_insert(at), at);
        }
    }
    let keys: Vec<String> = authors.iter().map(|author| key(&author.name)).collect();
    let mut first_with: HashMap<(&str, &str), (usize, usize)> = HashMap::new();
    let mut start = 0;
    while start < authors.len() {
        let end = start + authors[start..].iter().take_while(|author| author.work == authors[start].work).count();
        for a in start..end.min(start + MOST_COMPARED) {
            for b in a + 1..end.min(start + MOST_COMPARED) {
                if keys[a] == keys[b] || weight(&authors[a].name) + weight(&authors[b].name) < RARE_ENOUGH {
                    continue;
                }
                let (low, high) = if keys[a] < keys[b] { (a, b) } else { (b, a) };
                let (first_low, first_high) = *first_with.entry((&keys[low], &keys[high])).or_insert((low, high));
                // Namesakes within one work are two persons.
                if authors[first_low].work != authors[low].work {
                    groups.unite(first_low, low);
                    groups.unite(first_high, high);
                }
            }
        }
        start = end;
    }
}

/// The authors who are one person.
struct Cluster {
    members: Vec<usize>,
    /// The slug of the fullest name.
    slug: String,
    /// The work with the smallest identity.
    home: ThingIndex,
}

fn clusters(authors: &[Author], groups: &Groups, grouping: &Grouping) -> Vec<Cluster> {
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for at in 0..authors.len() {
        members.entry(groups.head(at)).or_default().push(at);
    }
    let of_members = |members: Vec<usize>| {
        let slug = slug(&fullest(authors, &members).display());
        let works = members.iter().map(|at| authors[*at].work);
        let home = works.min_by_key(|work| (&grouping.things[*work].identity, *work))?;
        Some(Cluster { members, slug, home })
    };
    members.into_values().filter_map(of_members).collect()
}

fn build(
    authors: &[Author],
    clusters: Vec<Cluster>,
    grouping: &Grouping,
    works: &[ThingIndex],
    decided: &BTreeSet<usize>,
) -> People {
    let mut wanted: HashMap<String, usize> = HashMap::new();
    for cluster in &clusters {
        *wanted.entry(cluster.slug.clone()).or_default() += 1;
    }
    let mut people = People { works: works.to_vec(), ..People::default() };
    for Cluster { members, slug, home } in clusters {
        let distinct = slug_in(&slug, home, grouping);
        let is_shared = wanted[&slug] > 1 || slug.is_empty();
        let person = people.persons.len();
        people.persons.push(person_of(authors, &members, if is_shared { distinct.clone() } else { slug }, distinct));
        for at in members {
            let merged = (authors[at].work != home).then(|| {
                let (evidence, percent) = match &authors[at].orcid {
                    _ if decided.contains(&at) => (Evidence::Decision, 100),
                    Some(_) => (Evidence::SameOrcid, 99),
                    None => (Evidence::SharedCoauthors, 90),
                };
                let part = own_slug(&authors[at], grouping);
                MergedPerson { part, evidence, confidence: Confidence::percent(percent) }
            });
            for spelled in &authors[at].spelled {
                let authorship = Authorship { person, merged: merged.clone(), states_orcid: false };
                people.by_name.insert((authors[at].work, spelled.clone()), authorship);
            }
        }
    }
    disambiguate(&mut people.persons);
    people
}

/// The slug that an author would have if the work were the only one and had a namesake.
fn own_slug(author: &Author, grouping: &Grouping) -> String {
    slug_in(&slug(&author.name.display()), author.work, grouping)
}

fn slug_in(slug: &str, work: ThingIndex, grouping: &Grouping) -> String {
    format!("{slug}-{}", short_hash(&identity_text(&grouping.things[work].identity)))
}

/// Two namesakes in one work have the same home: a number tells them apart.
fn disambiguate(persons: &mut [Person]) {
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    for person in persons {
        let count = seen.entry(person.slug.clone()).or_default();
        *count += 1;
        if *count > 1 {
            person.slug = format!("{}-{count}", person.slug);
            person.distinct_slug.clone_from(&person.slug);
        }
    }
}

fn fullest<'a>(authors: &'a [Author], group: &[usize]) -> &'a PersonName {
    let names = group.iter().map(|at| &authors[*at].name);
    names.max_by_key(|name| fullness(name)).unwrap_or(&authors[group[0]].name)
}

fn person_of(authors: &[Author], group: &[usize], slug: String, distinct_slug: String) -> Person {
    let best = fullest(authors, group);
    let name = best.display();
    let names = group.iter().flat_map(|at| &authors[*at].names);
    let spellings = names
        .flat_map(|other| [other.spelling.clone(), other.display()])
        .filter(|spelling| *spelling != name && !spelling.is_empty())
        .collect();
    Person {
        slug,
        distinct_slug,
        name,
        family: best.family.clone(),
        given: best.given_display(),
        spellings,
        orcid: group.iter().find_map(|at| authors[*at].orcid.clone()),
        is_group: group.iter().flat_map(|at| &authors[*at].names).any(|name| name.is_group),
    }
}

fn identity_text(identity: &Identity) -> String {
    match identity {
        Identity::Doi(id) => id.to_string(),
        Identity::Arxiv(id) => id.to_string(),
        Identity::Pmcid(id) => id.to_string(),
        Identity::Pmid(id) => id.to_string(),
        Identity::Repository(text)
        | Identity::Package(text)
        | Identity::Title(text)
        | Identity::Address { key: text, .. } => text.clone(),
    }
}
