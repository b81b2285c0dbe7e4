use std::collections::VecDeque;

use futures_util::{StreamExt as _, stream::FuturesUnordered};
use tokio::task::yield_now;

use super::{
    Answer, Client, Failure, Manners, Request, Unasked,
    door::{Call, Door, Reply},
    host::Chosen,
};

/// Requests to one service, asked one after another or a few at a time, beside those of other lanes.
///
/// Each carries something of the caller's, which comes back with what was heard.
#[derive(Debug)]
pub struct Lane<T> {
    /// The service, for people.
    pub name: String,
    /// What it can expect.
    pub manners: Manners,
    /// What it is asked.
    pub requests: VecDeque<(T, Request)>,
}

/// What came of a request.
#[derive(Debug)]
pub enum Heard {
    /// This is there.
    Found(Answer),
    /// Nothing is there.
    Absent,
    /// The service will not answer; asking again would bring the same.
    Refused {
        /// The [status code](https://www.rfc-editor.org/rfc/rfc9110#section-15.5).
        status: u16,
        /// The first few hundred characters of what it says about it.
        body_start: String,
    },
    /// It is not known, and why.
    Failed(Failure),
}

/// Hears each answer, with the number of its lane, and gives more requests for the lane.
type Ear<'a, T> = dyn FnMut(usize, T, Heard) -> Vec<(T, Request)> + 'a;

impl Client {
    /// Asks all lanes at the same time; none waits for another.
    ///
    /// `heard` is called on the calling thread for each answer as it comes, with the number of the lane, and gives
    /// requests to put at the end of the same lane: the next page, single requests in place of a refused batch. While
    /// it works nothing else is read, so it should be quick. The answers are not kept here: see [`Client::keep`].
    pub fn ask_all<T>(&self, lanes: Vec<Lane<T>>, heard: &mut Ear<'_, T>) {
        match self.door(Chosen::ByData) {
            Ok(door) => self.run(door, lanes, heard),
            Err(unasked) => fail(&unasked, lanes, heard),
        }
    }

    fn run<T>(&self, door: &Door, mut lanes: Vec<Lane<T>>, heard: &mut Ear<'_, T>) {
        let ask = |number: usize, manners: Manners, tag: T, request: Request| async move {
            let heard = self.hear(door, &request, &manners).await;
            (number, tag, heard)
        };
        let mut n_open = vec![0; lanes.len()];
        let mut open = FuturesUnordered::new();
        let mut changed: Vec<usize> = (0..lanes.len()).collect();
        loop {
            for number in changed.drain(..) {
                let lane = &mut lanes[number];
                while n_open[number] < lane.manners.open_per_host.max(1) {
                    let Some((tag, request)) = lane.requests.pop_front() else { break };
                    open.push(ask(number, lane.manners.clone(), tag, request));
                    n_open[number] += 1;
                }
            }
            // The other lanes go on although the answers of one are there at once, as when its host was given up.
            let next = door.wait(async {
                yield_now().await;
                open.next().await
            });
            let Some((number, tag, answer)) = next else { return };
            n_open[number] -= 1;
            lanes[number].requests.extend(heard(number, tag, answer));
            changed.push(number);
        }
    }

    async fn hear(&self, door: &Door, request: &Request, manners: &Manners) -> Heard {
        let call = Call { request, manners, chosen: Chosen::ByData, known: None };
        match door.fetch(&call).await {
            Ok(Reply::Body { url, body, content_type, .. }) => {
                Heard::Found(Answer { url, body, content_type, as_of: self.today() })
            }
            Ok(Reply::Refused { status, body_start, .. }) => Heard::Refused { status, body_start },
            Ok(Reply::Absent | Reply::NotModified) => Heard::Absent,
            Err(failure) => Heard::Failed(failure),
        }
    }
}

/// What is heard of requests that cannot be made.
fn fail<T>(unasked: &Unasked, lanes: Vec<Lane<T>>, heard: &mut Ear<'_, T>) {
    for (number, mut lane) in lanes.into_iter().enumerate() {
        while let Some((tag, request)) = lane.requests.pop_front() {
            let failed = Heard::Failed(unasked.failure(&request.url));
            lane.requests.extend(heard(number, tag, failed));
        }
    }
}
