//! The services: what each can be asked, and what its answers say. Nothing here touches the network.

mod answer;
mod arxiv;
mod asking;
mod crossref;
mod datacite;
mod europepmc;
mod facts;
mod github;
mod huggingface;
mod lenient;
mod name;
mod ncbi;
mod openalex;
mod opencitations;
mod orcid;
mod semantic_scholar;

use crate::{
    id::{Orcid, RepoSlug, WebUrl},
    model::{Dossier, WorkRef},
    net::{Manners, Request, Token},
};

use super::Wanted;

/// The services that are asked unless others are named.
#[must_use]
pub fn all() -> Vec<&'static dyn Service> {
    vec![
        // One on each line.
        &crossref::Crossref,
        &datacite::DataCite,
        &openalex::OpenAlex,
        &semantic_scholar::SemanticScholar,
        &github::GitHub,
        &europepmc::EuropePmc,
        &ncbi::Ncbi,
        &arxiv::Arxiv,
        &opencitations::OpenCitations,
        &huggingface::HuggingFace,
    ]
}

/// Services whose answers can be read, but that no thing raises a question to yet: who a person is.
#[must_use]
pub fn on_request() -> Vec<&'static dyn Service> {
    vec![&orcid::OrcidRegistry]
}

/// A service that can be asked about things.
pub trait Service: Sync {
    /// Its fixed name, which is also that of its graph: `crossref`.
    fn name(&self) -> &'static str;

    /// Where it is.
    fn base(&self) -> &'static str;

    /// The environment variables that may hold a key to it, the first that is set counts. The key is optional unless
    /// [`Service::needs_key`].
    fn keys(&self) -> &'static [&'static str] {
        &[]
    }

    /// Whether it answers nothing without a key.
    fn needs_key(&self) -> bool {
        false
    }

    /// How fast it may be asked, with a key or without.
    fn manners(&self, has_key: bool) -> Manners;

    /// How many requests it answers in a day for nothing, if it says so, with a key or without.
    fn free_per_day(&self, _has_key: bool) -> Option<u32> {
        None
    }

    /// What a request with this question costs, in thousandths of a US dollar, once the free ones are used up.
    fn price(&self, _ask: &Ask) -> u32 {
        0
    }

    /// What to ask it about a thing.
    fn questions(&self, wanted: &Wanted) -> Vec<Question>;

    /// What to ask it about a thing of which another service has just said that it does not know it.
    fn questions_after(&self, _absent_at: &str, _wanted: &Wanted) -> Vec<Question> {
        Vec::new()
    }

    /// How many questions of this sort go into one request. What has another number is of another sort.
    fn most_at_once(&self, _ask: &Ask) -> usize {
        1
    }

    /// The question for a work by what this service calls it.
    fn own_question(&self, _work: &WorkRef) -> Option<Question> {
        None
    }

    /// The request for some questions of one sort, no more than [`Service::most_at_once`]; one question is asked the way
    /// that the service has for a single thing, if it has one.
    fn request(&self, questions: &[Question], access: &Access) -> Request;

    /// Takes the answer to several questions apart: for each question what concerns it, or nothing.
    ///
    /// # Errors
    ///
    /// If the answer is not what the service is known to send.
    fn split(&self, questions: &[Question], body: &[u8]) -> Result<Vec<Option<Vec<u8>>>, Unreadable>;

    /// What an answer says: of a single thing one dossier, of a search all that it found, the best first.
    ///
    /// # Errors
    ///
    /// If the answer is not what the service is known to send.
    fn read(&self, question: &Question, body: &[u8]) -> Result<Vec<Dossier>, Unreadable>;

    /// Whether an answer to several questions says of which works the service knows nothing. What is merely missing from
    /// other answers is asked for alone.
    fn names_absent(&self) -> bool {
        false
    }
}

/// How a service is reached.
#[derive(Debug, Clone)]
pub struct Access {
    /// Its address: its own, or that of a server that answers as it does.
    pub base: WebUrl,
    /// The key to it.
    pub key: Option<Token>,
    /// An address for whoever runs it.
    pub contact: Option<String>,
}

/// One thing to ask about one thing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Question {
    /// The thing that it is about, as [`Wanted::what`].
    pub about: WorkRef,
    /// What to ask.
    pub ask: Ask,
}

/// What can be asked.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ask {
    /// What is known of a work.
    Work(WorkRef),
    /// Which works have this title: the title, the family name of an author, the year.
    Title(String, Option<String>, Option<u16>),
    /// What a work cites.
    References(WorkRef),
    /// What cites a work.
    Citations(WorkRef),
    /// What is known of a repository.
    Repository(RepoSlug),
    /// A file of a repository.
    File(RepoSlug, &'static str),
    /// Who a person is.
    Person(Orcid),
}

impl Question {
    /// The name under which the answer is kept. It means the same in every run.
    #[must_use]
    pub fn key(&self) -> String {
        match &self.ask {
            Ask::Work(work) => work.to_string(),
            Ask::Title(title, family, year) => {
                let year = year.map(|year| year.to_string()).unwrap_or_default();
                format!("title {} {} {year}", crate::model::normalise(title), family.as_deref().unwrap_or_default())
            }
            Ask::References(work) => format!("references {work}"),
            Ask::Citations(work) => format!("citations {work}"),
            Ask::Repository(slug) => format!("repository {slug}"),
            Ask::File(slug, path) => format!("file {slug} {path}"),
            Ask::Person(orcid) => format!("person {orcid}"),
        }
    }
}

/// An answer that is not what the service is known to send.
#[derive(Debug, thiserror::Error)]
#[error("the answer of {service} cannot be read: {what}: {start:?}")]
pub struct Unreadable {
    /// The service.
    pub service: &'static str,
    /// What is wrong with it.
    pub what: String,
    /// How it begins.
    pub start: String,
}

impl Unreadable {
    /// An answer that is wrong in this way.
    #[must_use]
    pub fn new(service: &'static str, what: impl Into<String>, body: &[u8]) -> Self {
        let start = String::from_utf8_lossy(&body[..body.len().min(80)]).into_owned();
        Self { service, what: what.into(), start }
    }
}
