//! What a store knows of the links and the papers of the list: nothing, unless the curator names one.

use super::{Page, Remark};
use crate::{
    id::{RepoSlug, WebUrl},
    lint::{
        Rule,
        links::{Form, Link},
    },
    model::{Entry, Known, LinkCheck, LinkState, Mention, RetractedPaper, WorkRef, normalise},
};

pub(super) fn check(page: &Page<'_>, known: &Known, remarks: &mut Vec<Remark>) {
    // What a reference link leads to stands in its definition.
    for link in page.links.iter().filter(|link| link.form != Form::Reference && !link.is_image) {
        let Some(url) = link.url() else { continue };
        if let Some(remark) = moved_repository(page, link, url, known) {
            remarks.push(remark);
        } else if let Some(check) = known.links.get(&without_fragment(url)) {
            remarks.extend(dead(link, check).or_else(|| moved(page, link, url, check, known)));
        }
        remarks.extend(archived_repository(link, url, known));
    }
    for entry in &page.extraction.entries {
        remarks.extend(entry.mentions.iter().find_map(|mention| retracted(page, entry, mention, known)));
    }
}

fn dead(link: &Link, check: &LinkCheck) -> Option<Remark> {
    if check.state != LinkState::Gone {
        return None;
    }
    let why = check.why.map_or("gone", crate::model::LinkReason::word);
    let copy = check.archived_at.as_ref().map_or_else(String::new, |copy| format!("; a copy is at {copy}"));
    let message = format!("gone since {} ({why}){copy}", check.since());
    Some(Remark::new(Rule::DeadLink, link.address.clone(), message))
}

fn moved(page: &Page<'_>, link: &Link, url: &WebUrl, check: &LinkCheck, known: &Known) -> Option<Remark> {
    let new = check.moved_to.as_ref()?;
    // Of a move and a move back, or to what is gone by now, the address here is as good.
    let is_lost = |end: &LinkCheck| end.state == LinkState::Gone || end.moved_to.is_some();
    if known.links.get(&without_fragment(new)).is_some_and(is_lost) {
        return None;
    }
    let remark = Remark::new(Rule::MovedLink, link.address.clone(), format!("moved for good to {new}"));
    Some(with_address(remark, page, link, url, new))
}

fn moved_repository(page: &Page<'_>, link: &Link, url: &WebUrl, known: &Known) -> Option<Remark> {
    let slug = RepoSlug::from_url(url).filter(|_| RepoSlug::is_root(url))?;
    let new = known.repositories.get(&slug.to_string())?.moved_to.as_ref()?;
    let new_slug = RepoSlug::from_url(new).map(|slug| slug.to_string());
    let is_lost = new_slug.as_ref().is_some_and(|name| {
        *name == slug.to_string() || known.repositories.get(name).is_some_and(|other| other.moved_to.is_some())
    });
    if is_lost {
        return None;
    }
    let remark = Remark::new(Rule::MovedRepository, link.address.clone(), format!("the repository is now {new}"));
    // Below the repository's own page the new address would lead elsewhere.
    let is_page = url.path().split('/').filter(|segment| !segment.is_empty()).count() == 2;
    Some(if is_page { with_address(remark, page, link, url, new) } else { remark })
}

fn archived_repository(link: &Link, url: &WebUrl, known: &Known) -> Option<Remark> {
    let slug = RepoSlug::from_url(url).filter(|_| RepoSlug::is_root(url))?;
    let is_archived = known.repositories.get(&slug.to_string())?.is_archived;
    let message = "its owners have archived the repository: nobody works on it";
    is_archived.then(|| Remark::new(Rule::ArchivedRepository, link.address.clone(), message))
}

/// Puts the new address in the place of the old one, where it can stand there as it is.
fn with_address(remark: Remark, page: &Page<'_>, link: &Link, old: &WebUrl, new: &WebUrl) -> Remark {
    let mut text = new.to_string();
    if let Some(fragment) = old.fragment().filter(|_| new.fragment().is_none()) {
        text = format!("{text}#{fragment}");
    }
    let Some(written) = page.text.get(link.address.clone()) else { return remark };
    // In HTML, and in a text with backslashes, an address is written otherwise.
    let is_plain = written.parse::<WebUrl>().ok().as_ref() == Some(old) && !written.contains("&amp;");
    let fits = match link.form {
        Form::Inline | Form::Definition => n_open_brackets(&text) == Some(0),
        Form::Angle => true,
        Form::Bare => text.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '/') && !text.contains(['(', ')']),
        Form::Html => !text.contains(['&', '\'']),
        Form::Reference => false,
    };
    if is_plain && fits { remark.replace(page.text, link.address.clone(), &text) } else { remark }
}

/// How many brackets are left open; `None` if one is closed that was not opened.
fn n_open_brackets(text: &str) -> Option<usize> {
    text.chars().try_fold(0_usize, |open, c| match c {
        '(' => Some(open + 1),
        ')' => open.checked_sub(1),
        _ => Some(open),
    })
}

fn retracted(page: &Page<'_>, entry: &Entry, mention: &Mention, known: &Known) -> Option<Remark> {
    let paper = known.retracted.iter().find(|paper| is_same(mention, paper))?;
    let said_by = paper.sources.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
    let notice = paper.notice.as_ref().map_or_else(String::new, |notice| format!("; see {notice}"));
    let message = format!("the paper was {}, says {said_by}{notice}", paper.status);
    Some(Remark::new(Rule::RetractedPaper, page.place_of(entry, mention), message))
}

/// A paper is known by an identifier; without one, by its title together with its address.
fn is_same(mention: &Mention, paper: &RetractedPaper) -> bool {
    let mut ids =
        WorkRef::of_identifiers(&mention.ids).chain(WorkRef::of_identifiers(&mention.citation.ids)).peekable();
    if ids.peek().is_some() {
        return ids.any(|id| paper.ids.contains(&id));
    }
    let is_address = mention.url().is_some_and(|url| paper.addresses.contains(&url.key()));
    is_address && paper.titles.contains(&normalise(&mention.title.text))
}

fn without_fragment(url: &WebUrl) -> WebUrl {
    let bare = url.as_ref().split('#').next().unwrap_or_default();
    bare.parse().unwrap_or_else(|_| url.clone())
}
