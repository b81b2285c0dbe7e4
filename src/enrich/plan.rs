//! What an inquiry is going to ask: how many requests, how long they take at the limits of the service, what they cost.

use std::{mem::discriminant, time::Duration};

use super::{Ask, Question, Service, inquiry::Served};
use crate::model::WorkRef;

/// What is going to be asked of one service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanLine {
    /// Its fixed name.
    pub service: &'static str,
    /// How many questions there are.
    pub n_questions: usize,
    /// How many of them are open: the others are answered from the cache.
    pub n_open: usize,
    /// How many requests they need at least.
    pub n_requests: usize,
    /// How long the requests take at the pace that the service wants.
    pub time: Duration,
    /// What they cost, in thousandths of a US dollar, where the service charges.
    pub cost: u32,
    /// How many requests it answers in a day for nothing, if it says so.
    pub free_per_day: Option<u32>,
    /// Whether there is a key.
    pub has_key: bool,
    /// The environment variables that may hold one.
    pub keys: &'static [&'static str],
    /// Whether it answers nothing without one.
    pub needs_key: bool,
}

pub(super) fn line(served: &Served, n_questions: usize, open: &[&Question]) -> PlanLine {
    let service = served.service;
    let batches = batches(service, open);
    let has_key = served.access.key.is_some();
    let free_per_day = service.free_per_day(has_key);
    let n_requests = batches.len();
    let n_free = free_per_day.map_or(0, |free| free as usize);
    let paid = batches.iter().skip(n_free);
    PlanLine {
        service: service.name(),
        n_questions,
        n_open: open.len(),
        n_requests,
        time: served.manners.pause_between.saturating_mul(u32::try_from(n_requests).unwrap_or(u32::MAX)),
        cost: paid.map(|questions| service.price(&questions[0].ask)).sum(),
        free_per_day,
        has_key,
        keys: service.keys(),
        needs_key: service.needs_key(),
    }
}

/// The questions in groups that one request can hold.
pub(super) fn batches(service: &dyn Service, open: &[&Question]) -> Vec<Vec<Question>> {
    let mut sorts: Vec<(_, Vec<Question>)> = Vec::new();
    for question in open {
        let sort = (sort(&question.ask), service.most_at_once(&question.ask).max(1));
        match sorts.iter_mut().find(|(other, _)| *other == sort) {
            Some((_, questions)) => questions.push((*question).clone()),
            None => sorts.push((sort, vec![(*question).clone()])),
        }
    }
    let cut = |((_, most), questions): (_, Vec<Question>)| {
        questions.chunks(most).map(<[Question]>::to_vec).collect::<Vec<_>>()
    };
    sorts.into_iter().flat_map(cut).collect()
}

/// Questions of one sort can be asked together: the same is asked, by the same kind of identifier.
fn sort(ask: &Ask) -> (std::mem::Discriminant<Ask>, Option<std::mem::Discriminant<WorkRef>>) {
    let work = match ask {
        Ask::Work(work) | Ask::References(work) | Ask::Citations(work) => Some(discriminant(work)),
        _ => None,
    };
    (discriminant(ask), work)
}
