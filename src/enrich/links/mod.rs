//! Whether links are alive: every address is looked at, what was found is put behind what was known of it, and for what is
//! gone a copy is looked for.
//!
//! A finding is kept as it comes, so a run that was killed goes on where it was. What cannot be told is no finding against a
//! link: a host that was not asked in the end, or a network that is down, leaves what was known as it was.
//!
//! - `verdict`: what a probe means, given the check before it.
//! - `moved`: whether the end of a chain of redirects is the new address of a page.
//! - `archive`: copies in the Wayback Machine.

mod archive;
mod moved;
mod verdict;

use std::collections::{BTreeMap, BTreeSet};

use super::Progress;
use crate::{
    id::WebUrl,
    model::{LinkCheck, LinkReason, LinkState, PartialDate},
    net::{Client, Day, Kept, Manners, Probe},
};
pub use archive::{ARCHIVE, Archive};

/// For how many days it counts that nothing could be told of a link; the next day it may be otherwise.
const UNCLEAR_FOR: u32 = 1;

/// The links to look at, and what is known of them.
pub struct LinkInquiry<'c> {
    client: &'c Client,
    today: PartialDate,
    addresses: BTreeSet<WebUrl>,
    checks: BTreeMap<WebUrl, LinkCheck>,
    open: Vec<WebUrl>,
    failures: BTreeMap<String, usize>,
}

impl<'c> LinkInquiry<'c> {
    /// Looks up what is known: from the last report, and from what was kept since. What is so many days old is to be asked
    /// again. Nothing is asked yet.
    #[must_use]
    pub fn new(
        client: &'c Client,
        today: PartialDate,
        addresses: BTreeSet<WebUrl>,
        last: Vec<LinkCheck>,
        refresh_after: u32,
    ) -> Self {
        let mut checks: BTreeMap<WebUrl, LinkCheck> =
            last.into_iter().filter(|check| addresses.contains(&check.url)).map(|c| (c.url.clone(), c)).collect();
        for address in &addresses {
            let Some(kept) = kept(client, address) else { continue };
            if checks.get(address).is_none_or(|last| last.as_of <= kept.as_of) {
                checks.insert(address.clone(), kept);
            }
        }
        let is_fresh = |check: &LinkCheck| is_fresh(check, client.today(), refresh_after);
        let is_open = |address: &&WebUrl| !client.is_offline() && !checks.get(*address).is_some_and(is_fresh);
        let open = addresses.iter().filter(is_open).cloned().collect();
        Self { client, today, addresses, checks, open, failures: BTreeMap::new() }
    }

    /// How many addresses there are.
    #[must_use]
    pub fn n_addresses(&self) -> usize {
        self.addresses.len()
    }

    /// How many of them are to be asked.
    #[must_use]
    pub fn n_open(&self) -> usize {
        self.open.len()
    }

    /// The hosts of those that are to be asked, each with their number.
    #[must_use]
    pub fn open_hosts(&self) -> BTreeMap<&str, usize> {
        let mut hosts = BTreeMap::new();
        self.open.iter().for_each(|address| *hosts.entry(address.host()).or_default() += 1);
        hosts
    }

    /// Asks all that is open, many hosts at the same time and each for one address at a time.
    pub fn probe(&mut self, manners: &Manners, progress: &mut dyn FnMut(Progress)) {
        let open = std::mem::take(&mut self.open);
        let (client, total) = (self.client, open.len());
        let (mut done, mut is_heard) = (0, false);
        // As long as nobody has answered, the fault may be here.
        let mut silent: Vec<(usize, Probe)> = Vec::new();
        client.probe_all(&open, manners, &mut |at, probe| {
            done += 1;
            is_heard |= probe.status.is_some();
            silent.push((at, probe));
            if is_heard {
                silent.drain(..).for_each(|(at, probe)| self.take(&open[at], &probe));
            }
            progress(Progress { service: "links", done, total });
        });
        for (at, probe) in silent {
            self.take_silence(&open[at], &probe);
        }
    }

    fn take(&mut self, address: &WebUrl, probe: &Probe) {
        let check = verdict::of(address, probe, self.checks.get(address), self.today);
        if check.why == Some(LinkReason::GivenUp) {
            self.checks.entry(address.clone()).or_insert(check);
            return;
        }
        let body = serde_json::to_vec(&check).ok();
        let kept = Kept { body, as_of: self.client.today(), address: address.clone() };
        if let Err(failure) = self.client.keep(&name(address), kept) {
            *self.failures.entry(failure.reason()).or_default() += 1;
        }
        self.checks.insert(address.clone(), check);
    }

    /// Nobody answered: what was known stays, and nothing is kept.
    fn take_silence(&mut self, address: &WebUrl, probe: &Probe) {
        let check = verdict::of(address, probe, self.checks.get(address), self.today);
        self.checks.entry(address.clone()).or_insert(check);
    }

    /// Looks for copies of what is gone.
    pub fn find_copies(&mut self, archive: &Archive<'_>, progress: &mut dyn FnMut(Progress)) {
        let is_wanted = |check: &&LinkCheck| check.state == LinkState::Gone && check.archived_at.is_none();
        let wanted: Vec<WebUrl> = self.checks.values().filter(is_wanted).map(|check| check.url.clone()).collect();
        let (copies, failures) = archive.find(&wanted, progress);
        for (address, copy) in copies {
            if let Some(check) = self.checks.get_mut(&address) {
                check.archived_at = Some(copy);
            }
        }
        for (why, count) in failures {
            *self.failures.entry(format!("wayback: {why}")).or_default() += count;
        }
    }

    /// Why some things could not be asked or kept, and how many.
    #[must_use]
    pub fn failures(&self) -> &BTreeMap<String, usize> {
        &self.failures
    }

    /// What is known of each address, in their order.
    #[must_use]
    pub fn into_checks(self) -> Vec<LinkCheck> {
        let mut checks: Vec<LinkCheck> = self.checks.into_values().collect();
        moved::drop_catch_alls(&mut checks);
        checks
    }
}

/// The name under which a finding is kept.
fn name(address: &WebUrl) -> String {
    format!("link 1 {address}")
}

fn kept(client: &Client, address: &WebUrl) -> Option<LinkCheck> {
    let check: LinkCheck = serde_json::from_slice(&client.kept(&name(address))?.body?).ok()?;
    (check.url == *address).then_some(check)
}

/// Whether a check need not be made again.
fn is_fresh(check: &LinkCheck, today: Day, refresh_after: u32) -> bool {
    let Ok(day) = check.as_of.to_string().parse::<Day>() else { return false };
    let days = match (check.state, check.why) {
        (_, Some(LinkReason::GivenUp)) => 0,
        (LinkState::Unclear, _) => refresh_after.min(UNCLEAR_FOR),
        _ => refresh_after,
    };
    today.since(day) < days
}
