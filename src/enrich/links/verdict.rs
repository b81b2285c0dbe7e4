use super::moved;
use crate::{
    id::WebUrl,
    model::{LinkCheck, LinkReason, LinkState, PartialDate},
    net::{Outcome, Probe},
};

/// What a probe means, given the check before it.
pub(super) fn of(address: &WebUrl, probe: &Probe, last: Option<&LinkCheck>, today: PartialDate) -> LinkCheck {
    let (state, why) = state(probe, last, today);
    let moved_to = (state == LinkState::Alive && probe.is_moved_for_good && moved::is_new_address(address, &probe.url))
        .then(|| probe.url.clone());
    let moved_to =
        moved_to.or_else(|| last.filter(|_| state == LinkState::Unclear).and_then(|last| last.moved_to.clone()));
    // A copy stays one, also while nobody can tell what is at the address.
    let archived_at = last.filter(|_| state != LinkState::Alive).and_then(|last| last.archived_at.clone());
    let history = history(last, state, today);
    LinkCheck { url: address.clone(), state, why, status: probe.status, as_of: today, moved_to, archived_at, history }
}

fn state(probe: &Probe, last: Option<&LinkCheck>, today: PartialDate) -> (LinkState, Option<LinkReason>) {
    match (probe.outcome, probe.status) {
        (Outcome::Alive, _) => (LinkState::Alive, None),
        (Outcome::Gone, Some(410)) => (LinkState::Gone, Some(LinkReason::Removed)),
        (Outcome::Gone, Some(_)) => (LinkState::Gone, Some(LinkReason::NotFound)),
        // A name may be unknown for an hour; on two days, it is.
        (Outcome::Gone, None) => {
            let is_second_day = |last: &LinkCheck| last.why == Some(LinkReason::NoSuchHost) && last.as_of < today;
            let is_gone = last.is_some_and(|last| last.state == LinkState::Gone || is_second_day(last));
            (if is_gone { LinkState::Gone } else { LinkState::Unclear }, Some(LinkReason::NoSuchHost))
        }
        (Outcome::Unclear(word), _) => {
            let reason = LinkReason::ALL.into_iter().find(|reason| reason.word() == word);
            (LinkState::Unclear, Some(reason.unwrap_or(LinkReason::Unreachable)))
        }
    }
}

/// The history before today, and today if the state is another one.
fn history(last: Option<&LinkCheck>, state: LinkState, today: PartialDate) -> Vec<(PartialDate, LinkState)> {
    let mut history = last.map(|last| last.history.clone()).unwrap_or_default();
    history.retain(|(day, _)| *day < today);
    if history.last().is_none_or(|(_, before)| *before != state) {
        history.push((today, state));
    }
    let n_dropped = history.len().saturating_sub(LinkCheck::LONGEST_HISTORY);
    history.drain(..n_dropped);
    history
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: u8) -> PartialDate {
        PartialDate::new(2026, Some(11), Some(day)).unwrap()
    }

    fn probe(outcome: Outcome, status: Option<u16>) -> Probe {
        Probe { outcome, url: address(), is_moved_for_good: false, status }
    }

    fn address() -> WebUrl {
        "https://x.org/a".parse().unwrap()
    }

    /// What becomes of a link over some days.
    fn told(probes: &[(u8, Outcome, Option<u16>)]) -> (String, Vec<String>) {
        let mut last: Option<LinkCheck> = None;
        for (at, outcome, status) in probes {
            last = Some(of(&address(), &probe(*outcome, *status), last.as_ref(), day(*at)));
        }
        let check = last.unwrap();
        let why = check.why.map(LinkReason::word).unwrap_or_default();
        let history = check.history.iter().map(|(day, state)| format!("{day} {}", state.word()));
        (format!("{} {why}", check.state.word()).trim_end().to_owned(), history.collect())
    }

    #[test]
    fn a_server_is_believed_at_once_and_a_missing_name_on_the_second_day() {
        use Outcome::{Alive, Gone, Unclear};
        assert_eq!(told(&[(1, Gone, Some(404))]).0, "gone not-found");
        assert_eq!(told(&[(1, Gone, Some(410))]).0, "gone removed");
        assert_eq!(told(&[(1, Gone, None)]).0, "unclear no-such-host");
        assert_eq!(told(&[(1, Gone, None), (1, Gone, None)]).0, "unclear no-such-host", "the same day");
        assert_eq!(told(&[(1, Gone, None), (2, Gone, None)]).0, "gone no-such-host");
        assert_eq!(told(&[(1, Gone, None), (2, Gone, None), (2, Gone, None)]).0, "gone no-such-host");
        assert_eq!(told(&[(1, Gone, None), (2, Alive, Some(200)), (3, Gone, None)]).0, "unclear no-such-host");
        assert_eq!(told(&[(1, Gone, Some(404)), (2, Gone, None)]).0, "gone no-such-host");
        assert_eq!(told(&[(1, Unclear("blocked"), Some(403))]).0, "unclear blocked");
        assert_eq!(told(&[(1, Unclear("a new word"), None)]).0, "unclear unreachable");
    }

    #[test]
    fn history_has_the_days_on_which_the_state_changed() {
        use Outcome::{Alive, Gone};
        let (alive, gone) = ((Alive, Some(200)), (Gone, Some(404)));
        let days = [(1, alive), (2, alive), (3, gone), (4, gone), (5, alive), (5, gone), (6, gone)];
        let probes: Vec<_> = days.into_iter().map(|(day, (outcome, status))| (day, outcome, status)).collect();
        assert_eq!(told(&probes).1, ["2026-11-01 alive", "2026-11-03 gone"], "of one day the last check counts");
        assert_eq!(told(&probes[..5]).1, ["2026-11-01 alive", "2026-11-03 gone", "2026-11-05 alive"]);
        let flapping: Vec<_> =
            (1..=30).map(|day| if day % 2 == 0 { (day, Alive, Some(200)) } else { (day, Gone, Some(404)) }).collect();
        let history = told(&flapping).1;
        assert_eq!((history.len(), history[0].as_str()), (LinkCheck::LONGEST_HISTORY, "2026-11-11 gone"));
    }

    #[test]
    fn a_new_address_and_a_copy_are_kept_as_long_as_they_mean_something() {
        let moved = Probe {
            url: "https://y.org/b".parse().unwrap(),
            is_moved_for_good: true,
            ..probe(Outcome::Alive, Some(200))
        };
        let check = of(&address(), &moved, None, day(1));
        assert_eq!(check.moved_to.as_ref().map(AsRef::as_ref), Some("https://y.org/b"));
        let gone = Probe { outcome: Outcome::Gone, status: Some(404), ..moved };
        assert_eq!(of(&address(), &gone, None, day(1)).moved_to, None);
        let copied = LinkCheck { archived_at: "https://web.archive.org/web/1/x".parse().ok(), ..check };
        let next = |outcome| of(&address(), &probe(outcome, None), Some(&copied), day(2)).archived_at;
        assert!(next(Outcome::Unclear("timed-out")).is_some() && next(Outcome::Alive).is_none());
    }
}
