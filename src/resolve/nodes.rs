//! One thing as one source names it: the mentions of entries and the two sides of claims, before they are put together.

use std::borrow::Cow;

use super::things::MentionId;
use crate::{
    id::{Identifiers, Package, RepoSlug, WebUrl},
    model::{
        Confidence, Evidence, Extraction, Identity, Kind, KindGuess, Mention, Place, Relation, WorkRef, normalise, slug,
    },
};

/// One thing as one source names it: from a mention of an entry, or one side of a claim.
pub(super) struct Node<'e> {
    pub(super) what: NodeOf<'e>,
    pub(super) ids: Cow<'e, Identifiers>,
    pub(super) url: Option<&'e WebUrl>,
    pub(super) kind: KindGuess,
    /// The comparable form of the title.
    pub(super) title: String,
    /// The preprint half of an entry that cites the article.
    pub(super) is_half: bool,
    /// The node of the article that this preprint became.
    pub(super) article: Option<usize>,
    /// Where its address leads; of a paper, nowhere in particular.
    pub(super) site: Option<Site>,
    /// Where it stands in the source, whatever else the catalog has: the key of the source and the line.
    place: (&'e str, u32),
}

/// Where the address of anything but a paper leads.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Site {
    /// To a repository as a whole, in lower case.
    Repository(String),
    /// To a package, in lower case.
    Package(String),
    /// To a page: the comparable address.
    Page(String),
}

impl Site {
    pub(super) fn of(url: &WebUrl) -> Self {
        if let Some(slug) = RepoSlug::from_url(url).filter(|_| RepoSlug::is_root(url)) {
            return Self::Repository(slug.to_string());
        }
        Package::from_url(url).map_or_else(|| Self::Page(url.key()), |package| Self::Package(package.to_string()))
    }

    pub(super) fn text(&self) -> &str {
        let (Self::Repository(text) | Self::Package(text) | Self::Page(text)) = self;
        text
    }
}

pub(super) enum NodeOf<'e> {
    Mention(MentionId, &'e Mention),
    Claim { source: usize, claim: usize },
}

impl<'e> Node<'e> {
    pub(super) fn mention(&self) -> Option<&'e Mention> {
        match self.what {
            NodeOf::Mention(_, mention) => Some(mention),
            NodeOf::Claim { .. } => None,
        }
    }

    pub(super) fn written_title(&self) -> &'e str {
        self.mention().map_or("", |mention| &mention.title.text)
    }

    /// The source and the entry or claim.
    pub(super) fn stands_in(&self) -> Place {
        match self.what {
            NodeOf::Mention(id, _) => (id.source, id.entry),
            NodeOf::Claim { source, claim } => (source, claim),
        }
    }

    /// The key of the source and the line.
    pub(super) fn place(&self) -> (&'e str, u32) {
        self.place
    }

    /// Whether it is the main thing of its entry.
    pub(super) fn is_main(&self) -> bool {
        matches!(self.what, NodeOf::Mention(id, _) if id.mention == 0)
    }

    /// Takes a kind, and finds out where the address leads, which is of no interest for a paper.
    pub(super) fn set_kind(&mut self, kind: KindGuess) {
        self.kind = kind;
        self.site = self.url.filter(|_| kind.kind != Kind::Paper).map(Site::of);
    }

    /// What tells it apart from anything else, should it share all other identities: its address, or where it stands.
    pub(super) fn distinct_identity(&self) -> Identity {
        let slug = slug(self.written_title());
        let place = self.url.map_or_else(|| format!("{} {}", self.place.0, self.place.1), WebUrl::key);
        Identity::Address { key: format!("{slug} {place}"), slug }
    }

    /// All identities that it gives to its thing.
    pub(super) fn identities(&self, kind: Kind) -> Vec<Identity> {
        let mut found = Vec::new();
        if kind == Kind::Paper {
            found.extend(self.ids.doi.clone().map(Identity::Doi));
            found.extend(self.ids.arxiv.clone().map(Identity::Arxiv));
            found.extend(self.ids.pmcid.clone().map(Identity::Pmcid));
            found.extend(self.ids.pmid.clone().map(Identity::Pmid));
            if !self.title.is_empty() && !self.is_half {
                found.push(Identity::Title(self.title.clone()));
            } else if let Some(url) = self.url.filter(|_| found.is_empty()) {
                found.push(Identity::Address { key: url.key(), slug: slug(&url.key()) });
            }
            return found;
        }
        let Some(url) = self.url else {
            return if self.title.is_empty() { Vec::new() } else { vec![Identity::Title(self.title.clone())] };
        };
        match self.site.clone().unwrap_or_else(|| Site::of(url)) {
            Site::Repository(path) => vec![Identity::Repository(path)],
            Site::Package(path) => vec![Identity::Package(path)],
            Site::Page(key) => {
                let name = self.mention().map_or("", |mention| mention.name.as_deref().unwrap_or(&mention.title.text));
                vec![Identity::Address { key, slug: slug(name) }]
            }
        }
    }
}

pub(super) fn collect(extractions: &[Extraction]) -> Vec<Node<'_>> {
    let mut nodes = Vec::new();
    for (source, extraction) in extractions.iter().enumerate() {
        let key = &*extraction.source.key;
        for (entry_at, entry) in extraction.entries.iter().enumerate() {
            for (at, mention) in entry.mentions.iter().enumerate() {
                let version = entry
                    .relations
                    .iter()
                    .find(|relation| relation.relation == Relation::PreprintOf && relation.subject == at);
                let article = version.map(|version| nodes.len() - at + version.object);
                nodes.push(Node {
                    what: NodeOf::Mention(MentionId { source, entry: entry_at, mention: at }, mention),
                    ids: Cow::Borrowed(&mention.ids),
                    url: mention.url(),
                    kind: mention.kind,
                    title: normalise(&mention.title.text),
                    is_half: article.is_some(),
                    article,
                    site: None,
                    place: (key, entry.origin.lines.first),
                });
            }
        }
        for (claim_at, claim) in extraction.claims.iter().enumerate() {
            for (is_subject, work) in [(true, &claim.subject), (false, &claim.object)] {
                let article = (is_subject && claim.relation == Relation::PreprintOf).then(|| nodes.len() + 1);
                let what = NodeOf::Claim { source, claim: claim_at };
                let place = (key, claim.origin.lines.first);
                nodes.push(Node { article, place, ..of_claim(what, work, claim.evidence) });
            }
        }
    }
    for node in &mut nodes {
        node.set_kind(node.kind);
    }
    nodes
}

fn of_claim<'e>(what: NodeOf<'e>, work: &'e WorkRef, evidence: Evidence) -> Node<'e> {
    let mut ids = Identifiers::default();
    let mut url = None;
    match work {
        WorkRef::Doi(doi) => ids.doi = Some(doi.clone()),
        WorkRef::Arxiv(arxiv) => ids.arxiv = Some(arxiv.clone()),
        WorkRef::Pmcid(pmcid) => ids.pmcid = Some(pmcid.clone()),
        WorkRef::Pmid(pmid) => ids.pmid = Some(pmid.clone()),
        // No table of facts names works so.
        WorkRef::Title(_) | WorkRef::Own(_) => {}
        WorkRef::Url(address) => {
            ids = Identifiers::from_url(address);
            url = Some(address);
        }
    }
    let is_tool = url.is_some_and(|url| RepoSlug::from_url(url).is_some() || Package::from_url(url).is_some());
    let kind = if is_tool { Kind::Tool } else { Kind::Paper };
    Node {
        what,
        ids: Cow::Owned(ids),
        url,
        // Weaker than what any list says of the thing.
        kind: KindGuess { kind, evidence, confidence: Confidence::percent(10) },
        title: String::new(),
        is_half: false,
        article: None,
        site: None,
        place: ("", 0),
    }
}
