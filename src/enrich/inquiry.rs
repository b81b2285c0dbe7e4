use std::collections::{BTreeMap, BTreeSet};

use super::{
    Access, Ask, Question, Service, Wanted, matching,
    plan::{self, PlanLine},
};
use crate::{
    model::{Attribute, Dossier, Relation, WorkRef},
    net::{Client, Heard, Kept, Lane, Manners, Request},
};

/// A service and how to reach it.
pub struct Served {
    /// The service.
    pub service: &'static dyn Service,
    /// Where it is, and the key to it.
    pub access: Access,
    /// How fast it may be asked.
    pub manners: Manners,
}

/// What is wanted of services, beyond what they are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wishes {
    /// Whether abstracts are taken in. Licences differ.
    pub abstracts: bool,
    /// After how many days an answer is asked for again; never, if there is none.
    pub refresh_after: Option<u32>,
    /// After how many days a service is asked again for what it did not have.
    pub absent_for: u32,
}

/// After so many answers in succession that cannot be read, lists are not taken apart any more.
const MOST_UNREADABLE: usize = 3;

/// What services are asked about things, and what became of it. Things may come in several rounds: an answer of one service
/// gives the identifier that another one wants.
pub struct Inquiry<'c> {
    client: &'c Client,
    served: Vec<Served>,
    wishes: Wishes,
    /// For each service its questions.
    asked: Vec<BTreeMap<Question, State>>,
    /// Works from outside, which only cite or are cited.
    outside: BTreeSet<WorkRef>,
    /// The things that were asked about.
    things: BTreeMap<WorkRef, Wanted>,
    n_requests: Vec<usize>,
    /// For each service how many questions have come to an end.
    n_done: Vec<usize>,
    /// For each service how many answers in succession could not be read.
    n_unreadable: Vec<usize>,
    /// For each service why answers that are kept could not be had again, and how many.
    stale: Vec<BTreeMap<String, usize>>,
}

/// What is known of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
enum State {
    /// Nothing yet.
    Open,
    /// The answer is kept.
    Found,
    /// The service has nothing.
    Absent,
    /// There was no answer, and why.
    Failed(String),
}

/// How far the work on a service is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Its fixed name.
    pub service: &'static str,
    /// How many questions have come to an end.
    pub done: usize,
    /// How many there are.
    pub total: usize,
}

/// What became of the questions to a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Its fixed name.
    pub service: &'static str,
    /// How many questions there were.
    pub n_questions: usize,
    /// How many requests were made for them.
    pub n_requests: usize,
    /// To how many there is an answer.
    pub n_found: usize,
    /// To how many the service has nothing.
    pub n_absent: usize,
    /// Why the others have no answer, and how many of them.
    pub failures: BTreeMap<String, usize>,
}

impl<'c> Inquiry<'c> {
    /// Nothing is asked yet.
    #[must_use]
    pub fn new(client: &'c Client, served: Vec<Served>, wishes: Wishes) -> Self {
        let asked = served.iter().map(|_| BTreeMap::new()).collect();
        let [n_requests, n_done, n_unreadable] = [0, 0, 0].map(|none| vec![none; served.len()]);
        let stale = served.iter().map(|_| BTreeMap::new()).collect();
        let (outside, things) = (BTreeSet::new(), BTreeMap::new());
        Self { client, served, wishes, asked, outside, things, n_requests, n_done, n_unreadable, stale }
    }

    /// Adds the questions that things raise; says how many are open now.
    pub fn add(&mut self, things: &[Wanted]) -> usize {
        for thing in things {
            self.things.entry(thing.what.clone()).or_insert_with(|| thing.clone());
            for at in 0..self.served.len() {
                let questions = self.served[at].service.questions(thing);
                questions.into_iter().for_each(|question| self.add_question(at, question));
            }
        }
        self.add_what_others_do_not_have();
        self.n_open()
    }

    /// Adds the questions for works from outside, which only cite or are cited: what they are, and no more.
    pub fn add_neighbors(&mut self, works: &[WorkRef]) {
        self.outside.extend(works.iter().cloned());
        for at in 0..self.served.len() {
            for work in works {
                let wanted = Wanted::outside(work);
                self.things.entry(work.clone()).or_insert_with(|| wanted.clone());
                let questions = self.served[at].service.questions(&wanted);
                let own = self.served[at].service.own_question(work);
                for question in questions.into_iter().chain(own).filter(|question| matches!(question.ask, Ask::Work(_)))
                {
                    self.add_question(at, question);
                }
            }
        }
        self.add_what_others_do_not_have();
    }

    fn n_open(&self) -> usize {
        self.asked.iter().flat_map(BTreeMap::values).filter(|state| **state == State::Open).count()
    }

    /// Where one service has nothing, another may be asked.
    fn add_what_others_do_not_have(&mut self) {
        let mut found = Vec::new();
        for (first, asked) in self.asked.iter().enumerate() {
            let name = self.served[first].service.name();
            let absent = asked
                .iter()
                .filter(|(question, state)| **state == State::Absent && matches!(question.ask, Ask::Work(_)))
                .filter_map(|(question, _)| self.things.get(&question.about));
            for thing in absent {
                let after = |at: usize| self.served[at].service.questions_after(name, thing);
                found.extend(
                    (0..self.served.len()).flat_map(|at| after(at).into_iter().map(move |question| (at, question))),
                );
            }
        }
        found.into_iter().for_each(|(at, question)| self.add_question(at, question));
    }

    fn add_question(&mut self, at: usize, question: Question) {
        if self.asked[at].contains_key(&question) {
            return;
        }
        let state = self.kept_state(at, &question);
        self.n_done[at] += usize::from(state != State::Open);
        self.asked[at].insert(question, state);
    }

    /// What the cache knows of a question.
    fn kept_state(&self, at: usize, question: &Question) -> State {
        let Some(kept) = self.client.kept(&self.name(at, question)) else { return State::Open };
        let age = self.client.today().since(kept.as_of);
        let is_old = match kept.body {
            Some(_) => self.wishes.refresh_after.is_some_and(|days| age >= days),
            None => age >= self.wishes.absent_for,
        };
        match kept.body {
            _ if is_old && !self.client.is_offline() => State::Open,
            Some(_) => State::Found,
            None => State::Absent,
        }
    }

    /// The name under which an answer is kept. The number changes when a service is asked for more than before.
    fn name(&self, at: usize, question: &Question) -> String {
        format!("{} 1 {}", self.served[at].service.name(), question.key())
    }

    /// What is to be asked of whom.
    #[must_use]
    pub fn plan(&self) -> Vec<PlanLine> {
        let of_service = |(served, asked): (&Served, &BTreeMap<Question, State>)| {
            let open: Vec<&Question> =
                asked.iter().filter(|(_, state)| **state == State::Open).map(|(question, _)| question).collect();
            plan::line(served, asked.len(), &open)
        };
        self.served.iter().zip(&self.asked).map(of_service).collect()
    }

    /// Asks all that is open. Whatever comes of it is kept; after it nothing is open.
    pub fn ask(&mut self, progress: &mut dyn FnMut(Progress)) {
        if self.client.is_offline() {
            self.fail_open("not in the cache");
            return;
        }
        loop {
            self.ask_open(progress);
            self.add_what_others_do_not_have();
            if self.n_open() == 0 {
                return;
            }
        }
    }

    fn fail_open(&mut self, why: &str) {
        for at in 0..self.served.len() {
            let open = self.asked[at].iter().filter(|(_, state)| **state == State::Open);
            let open: Vec<Question> = open.map(|(question, _)| question.clone()).collect();
            self.fail(at, &open, why);
        }
    }

    fn ask_open(&mut self, progress: &mut dyn FnMut(Progress)) {
        let lanes = (0..self.served.len()).map(|at| self.lane(at)).collect();
        let client = self.client;
        client.ask_all(lanes, &mut |at, questions: Vec<Question>, heard| {
            self.n_requests[at] += 1;
            let more = self.hear(at, questions, heard);
            progress(self.progress(at));
            more.into_iter().map(|questions| (questions.clone(), self.request(at, &questions))).collect()
        });
        self.fail_open("not asked");
    }

    fn progress(&self, at: usize) -> Progress {
        Progress { service: self.served[at].service.name(), done: self.n_done[at], total: self.asked[at].len() }
    }

    fn lane(&self, at: usize) -> Lane<Vec<Question>> {
        let served = &self.served[at];
        let open = self.asked[at].iter().filter(|(_, state)| **state == State::Open).map(|(question, _)| question);
        let open: Vec<&Question> = open.collect();
        let requests = plan::batches(served.service, &open)
            .into_iter()
            .map(|questions| (questions.clone(), self.request(at, &questions)))
            .collect();
        Lane { name: served.service.name().to_owned(), manners: served.manners.clone(), requests }
    }

    fn request(&self, at: usize, questions: &[Question]) -> Request {
        let Served { service, access, .. } = &self.served[at];
        service.request(questions, access)
    }

    /// Takes an answer in; gives the questions to ask next.
    fn hear(&mut self, at: usize, questions: Vec<Question>, heard: Heard) -> Vec<Vec<Question>> {
        let singly = |questions: Vec<Question>| questions.into_iter().map(|question| vec![question]).collect();
        let is_one = questions.len() == 1;
        match heard {
            Heard::Found(answer) => match self.take(at, &questions, &answer.body) {
                Ok(missing) => return singly(missing),
                // One that cannot be read among many spoils a list; a service that sends nothing else is not asked for each.
                Err(_) if !is_one && self.n_unreadable[at] < MOST_UNREADABLE => return singly(questions),
                Err(why) => self.fail(at, &questions, &why),
            },
            Heard::Absent | Heard::Refused { status: 404 | 410 | 451, .. } if is_one => {
                self.keep(at, &questions[0], None);
            }
            // A list that is refused may have one bad member.
            Heard::Absent | Heard::Refused { status: 400 | 404 | 405 | 410 | 413 | 414 | 422 | 501, .. } if !is_one => {
                return singly(questions);
            }
            Heard::Absent => {}
            Heard::Refused { status, .. } => self.fail(at, &questions, &refusal(status, &self.served[at])),
            Heard::Failed(failure) => self.fail(at, &questions, &failure.reason()),
        }
        Vec::new()
    }

    /// Keeps what an answer says of each question; gives those that it says nothing of, where that is no answer yet.
    fn take(&mut self, at: usize, questions: &[Question], body: &[u8]) -> Result<Vec<Question>, String> {
        let service = self.served[at].service;
        let parts = match self.parts(at, questions, body) {
            Ok(parts) => parts,
            Err(why) => {
                self.n_unreadable[at] += 1;
                return Err(why);
            }
        };
        self.n_unreadable[at] = 0;
        let is_list = questions.len() > 1;
        // That a service knows nothing of all that it was asked is not believed before it was asked for each.
        let is_empty = parts.iter().all(Option::is_none);
        let mut missing = Vec::new();
        for (question, part) in questions.iter().zip(parts) {
            match part {
                None if is_list && (is_empty || !service.names_absent()) => missing.push(question.clone()),
                part => self.keep(at, question, part),
            }
        }
        Ok(missing)
    }

    /// An answer taken apart, each part readable. One that cannot be read is not kept: the next may be.
    fn parts(&self, at: usize, questions: &[Question], body: &[u8]) -> Result<Vec<Option<Vec<u8>>>, String> {
        let service = self.served[at].service;
        let parts = service.split(questions, body).map_err(|unreadable| unreadable.what)?;
        for (question, part) in questions.iter().zip(&parts) {
            if let Some(part) = part {
                service.read(question, part).map_err(|unreadable| unreadable.what)?;
            }
        }
        Ok(parts)
    }

    /// Keeps an answer. That nothing is there any more is not believed over an answer that is kept.
    fn keep(&mut self, at: usize, question: &Question, body: Option<Vec<u8>>) {
        if body.is_none() && self.kept_body(at, question).is_some() {
            self.fail(at, std::slice::from_ref(question), "nothing is there any more");
            return;
        }
        let state = if body.is_some() { State::Found } else { State::Absent };
        let address = self.public_address(at, question);
        let kept = Kept { body, as_of: self.client.today(), address };
        let state = match self.client.keep(&self.name(at, question), kept) {
            Ok(()) => state,
            Err(failure) => State::Failed(failure.reason()),
        };
        self.settle(at, question, state);
    }

    /// Where anybody can ask the same, whichever server was asked.
    fn public_address(&self, at: usize, question: &Question) -> crate::id::WebUrl {
        let service = self.served[at].service;
        let base = service.base().parse().unwrap_or_else(|_| self.served[at].access.base.clone());
        let access = Access { base, key: None, contact: None };
        service.request(std::slice::from_ref(question), &access).url
    }

    /// Notes that there was no answer. One that was kept before is better than none.
    fn fail(&mut self, at: usize, questions: &[Question], why: &str) {
        for question in questions {
            let is_kept = self.kept_body(at, question).is_some();
            let state = if is_kept { State::Found } else { State::Failed(why.to_owned()) };
            if is_kept {
                *self.stale[at].entry(format!("{why}; the answer that is kept counts")).or_default() += 1;
            }
            self.settle(at, question, state);
        }
    }

    fn settle(&mut self, at: usize, question: &Question, state: State) {
        let before = self.asked[at].insert(question.clone(), state);
        self.n_done[at] += usize::from(before.is_none_or(|before| before == State::Open));
    }

    fn kept_body(&self, at: usize, question: &Question) -> Option<Vec<u8>> {
        self.client.kept(&self.name(at, question))?.body
    }

    /// What each service said, in an order that does not depend on when it said it.
    #[must_use]
    pub fn dossiers(&self) -> Vec<(&'static str, Vec<Dossier>)> {
        let of_service = |at: usize| {
            let found = self.asked[at].iter().filter(|(_, state)| **state == State::Found);
            let dossiers = found.flat_map(|(question, _)| self.dossiers_of(at, question));
            (self.served[at].service.name(), without_claims_of_forks(dossiers.collect()))
        };
        (0..self.served.len()).map(of_service).collect()
    }

    fn dossiers_of(&self, at: usize, question: &Question) -> Vec<Dossier> {
        let Some(Kept { body: Some(body), as_of, address }) = self.client.kept(&self.name(at, question)) else {
            return Vec::new();
        };
        let Ok(found) = self.served[at].service.read(question, &body) else { return Vec::new() };
        let found = match (&question.ask, self.things.get(&question.about)) {
            (Ask::Title(..), Some(wanted)) => matching::choose(wanted, found).into_iter().collect(),
            (Ask::Title(..), None) => Vec::new(),
            _ => found,
        };
        let is_stub = self.outside.contains(&question.about);
        let finish = |dossier| {
            let dossier = Dossier { is_stub, address: Some(address.clone()), as_of: as_of.to_string(), ..dossier };
            finish(dossier, question, self.wishes.abstracts)
        };
        found.into_iter().map(finish).collect()
    }

    /// What became of the questions.
    #[must_use]
    pub fn report(&self) -> Vec<Report> {
        let of_service = |at: usize| {
            let mut report = Report {
                service: self.served[at].service.name(),
                n_questions: self.asked[at].len(),
                n_requests: self.n_requests[at],
                n_found: 0,
                n_absent: 0,
                failures: self.stale[at].clone(),
            };
            for state in self.asked[at].values() {
                match state {
                    State::Found => report.n_found += 1,
                    State::Absent => report.n_absent += 1,
                    State::Failed(why) => *report.failures.entry(why.clone()).or_default() += 1,
                    State::Open => *report.failures.entry("not asked".to_owned()).or_default() += 1,
                }
            }
            report
        };
        (0..self.served.len()).map(of_service).collect()
    }
}

/// A dossier with no more than is wanted, and about what was asked.
fn finish(mut dossier: Dossier, question: &Question, abstracts: bool) -> Dossier {
    drop_abstracts(&mut dossier, abstracts);
    if let Ask::Work(work) | Ask::References(work) | Ask::Citations(work) = &question.ask {
        take_identifier(&mut dossier, work);
    }
    dossier
}

fn drop_abstracts(dossier: &mut Dossier, abstracts: bool) {
    if !abstracts {
        dossier.attributes.retain(|(attribute, _)| *attribute != Attribute::Abstract);
    }
    dossier.related.iter_mut().for_each(|related| drop_abstracts(&mut related.other, abstracts));
}

/// A service that does not repeat the identifier that it was asked for means it all the same.
fn take_identifier(dossier: &mut Dossier, work: &WorkRef) {
    let ids = &mut dossier.ids;
    match work {
        WorkRef::Doi(id) if ids.doi.is_none() => ids.doi = Some(id.clone()),
        WorkRef::Arxiv(id) if ids.arxiv.is_none() && ids.doi.is_none() => ids.arxiv = Some(id.clone()),
        WorkRef::Pmcid(id) if ids.pmcid.is_none() => ids.pmcid = Some(id.clone()),
        WorkRef::Pmid(id) if ids.pmid.is_none() => ids.pmid = Some(id.clone()),
        _ => {}
    }
}

/// A fork has the files of its parent, and what they say of papers is true of the parent.
fn without_claims_of_forks(mut dossiers: Vec<Dossier>) -> Vec<Dossier> {
    let is_fork = |dossier: &&Dossier| {
        let mut related = dossier.related.iter();
        dossier.own.is_some() && related.any(|related| related.relation == Relation::Uses && related.other.is_stub)
    };
    let forks: BTreeSet<_> = dossiers.iter().filter(is_fork).filter_map(|fork| fork.links.first().cloned()).collect();
    for dossier in dossiers.iter_mut().filter(|dossier| dossier.links.first().is_some_and(|link| forks.contains(link)))
    {
        dossier.related.retain(|related| related.relation != Relation::Implements);
    }
    dossiers
}

fn refusal(status: u16, served: &Served) -> String {
    match status {
        401 | 403 if served.access.key.is_some() => format!("refused with {status}: look at the key"),
        401 | 403 => format!("refused with {status}: it may want a key"),
        _ => format!("refused with {status}"),
    }
}

/// The works that answers name and that are not known, as many as are wanted: those first that most known works cite or
/// are cited by.
#[must_use]
pub fn neighbors(dossiers: &[(&'static str, Vec<Dossier>)], known: &BTreeSet<WorkRef>, most: usize) -> Vec<WorkRef> {
    let all = || dossiers.iter().flat_map(|(_, dossiers)| dossiers);
    let id_of = |dossier: &Dossier| WorkRef::of_identifiers(&dossier.ids).find(|id| known.contains(id));
    // What a service calls a work that is known is no stranger.
    let owns: BTreeSet<&WorkRef> =
        all().filter(|dossier| id_of(dossier).is_some()).filter_map(|dossier| dossier.own.as_ref()).collect();
    let mut witnesses: BTreeMap<&WorkRef, BTreeSet<WorkRef>> = BTreeMap::new();
    for dossier in all() {
        let Some(id) = id_of(dossier) else { continue };
        let named = dossier.cites.iter().chain(&dossier.cited_by);
        for work in named.filter(|work| !known.contains(work) && !owns.contains(work)) {
            witnesses.entry(work).or_default().insert(id.clone());
        }
    }
    let mut ranked: Vec<(usize, &WorkRef)> = witnesses.into_iter().map(|(work, by)| (by.len(), work)).collect();
    ranked.sort_by_key(|(count, work)| (std::cmp::Reverse(*count), *work));
    ranked.into_iter().take(most).map(|(_, work)| work.clone()).collect()
}
