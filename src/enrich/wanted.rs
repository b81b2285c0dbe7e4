use crate::{
    id::{Identifiers, RepoSlug},
    model::{Catalog, Identity, Kind, LinkRole, Record, SourceKind, Thing, ThingIndex, WorkRef, normalise},
};

/// A thing that services are asked about, with what is known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// What it is.
    pub kind: Kind,
    /// How to say that an answer is about it: its strongest identifier, its repository's address, or its title.
    pub what: WorkRef,
    /// Its identifiers.
    pub ids: Identifiers,
    /// Its title, as a list writes it.
    pub title: String,
    /// The family names of its authors, as far as they are known.
    pub families: Vec<String>,
    /// When it was published.
    pub year: Option<u16>,
    /// Its repository.
    pub repository: Option<RepoSlug>,
}

impl Wanted {
    /// A work of which no more is known than how others refer to it.
    #[must_use]
    pub fn outside(work: &WorkRef) -> Self {
        let mut ids = Identifiers::default();
        match work {
            WorkRef::Doi(id) => ids.doi = Some(id.clone()),
            WorkRef::Arxiv(id) => ids.arxiv = Some(id.clone()),
            WorkRef::Pmcid(id) => ids.pmcid = Some(id.clone()),
            WorkRef::Pmid(id) => ids.pmid = Some(id.clone()),
            WorkRef::Url(_) | WorkRef::Title(_) | WorkRef::Own(_) => {}
        }
        Self {
            kind: Kind::Paper,
            what: work.clone(),
            ids,
            title: String::new(),
            families: Vec::new(),
            year: None,
            repository: None,
        }
    }
}

/// The things of a catalog that services can be asked about, in the order of the catalog: all that have an identifier, a
/// repository or, if they are papers, a title. Stubs are not asked about again.
#[must_use]
pub fn wanted(catalog: &Catalog) -> Vec<Wanted> {
    let mut records: Vec<Vec<(usize, &Record)>> = vec![Vec::new(); catalog.things.len()];
    for (source, said) in catalog.sources.iter().enumerate() {
        for record in said.records.iter().filter(|record| !is_stub(catalog, source, record)) {
            records[record.thing].push((source, record));
        }
    }
    let of_thing = |at: ThingIndex| of_records(catalog, &catalog.things[at], &records[at]);
    (0..catalog.things.len()).filter(|at| !records[*at].is_empty()).filter_map(of_thing).collect()
}

fn is_stub(catalog: &Catalog, source: usize, record: &Record) -> bool {
    let extraction = &catalog.sources[source].extraction;
    extraction.source.kind == SourceKind::Service
        && record.entries.iter().all(|entry| {
            let main = extraction.entries[*entry].mentions.first();
            main.and_then(|main| main.details.as_ref()).is_some_and(|details| details.is_stub)
        })
}

fn of_records(catalog: &Catalog, thing: &Thing, records: &[(usize, &Record)]) -> Option<Wanted> {
    let mut ids = Identifiers::default();
    records.iter().for_each(|(_, record)| ids.fill_from(record.ids.clone()));
    // The lists come first among the sources: a paper is searched by the title that a list gives it.
    let title = records.iter().find_map(|(_, record)| Some(record.name.as_ref()?.text.clone())).unwrap_or_default();
    let authors = records.iter().map(|(_, record)| &record.authors).max_by_key(|authors| authors.len());
    let families = authors.into_iter().flatten().map(|author| catalog.persons[author.person].family.clone()).collect();
    let year = records.iter().find_map(|(_, record)| Some(record.date?.year()));
    let repository = repository(thing, records);
    let by_title = || (thing.kind.kind == Kind::Paper && !title.is_empty()).then(|| WorkRef::Title(normalise(&title)));
    let by_repository = || repository.as_ref().map(|slug| WorkRef::Url(slug.page()));
    let what = WorkRef::of_identifiers(&ids).next().or_else(by_repository).or_else(by_title)?;
    Some(Wanted { kind: thing.kind.kind, what, ids, title, families, year, repository })
}

fn repository(thing: &Thing, records: &[(usize, &Record)]) -> Option<RepoSlug> {
    if thing.kind.kind == Kind::Paper {
        return None;
    }
    let is_own = |role: LinkRole| matches!(role, LinkRole::Main | LinkRole::Code);
    let links = || records.iter().flat_map(|(_, record)| &record.links).filter(|(role, ..)| is_own(*role));
    let mut slugs =
        links().filter(|(_, url, _)| RepoSlug::is_root(url)).filter_map(|(_, url, _)| RepoSlug::from_url(url));
    match &thing.identity {
        Identity::Repository(path) => slugs.find(|slug| slug.to_string() == *path),
        _ => slugs.min_by_key(ToString::to_string),
    }
}
