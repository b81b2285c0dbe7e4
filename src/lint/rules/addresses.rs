//! Addresses that cannot work, and those that have a better form.

use super::{Page, Remark};
use crate::{
    id::{ArxivId, WebUrl},
    lint::{
        Rule,
        links::{Form, Link},
    },
};

pub(super) fn check(page: &Page<'_>, remarks: &mut Vec<Remark>) {
    for link in &page.links {
        check_form(page, link, remarks);
        // What a reference link leads to stands in its definition.
        if link.form == Form::Reference || link.is_image {
            continue;
        }
        let broken = malformed(page, link).or_else(|| missing_scheme(page, link));
        if let Some(remark) = broken {
            remarks.push(remark);
            continue;
        }
        let Some(url) = link.url() else { continue };
        let better = doi(page, link, url).or_else(|| arxiv(page, link, url)).or_else(|| http(page, link, url));
        remarks.extend(better);
        remarks.extend(tracking(page, link, url));
    }
}

/// What stands around the address.
fn check_form(page: &Page<'_>, link: &Link, remarks: &mut Vec<Remark>) {
    let is_written = matches!(link.form, Form::Inline | Form::Reference);
    if is_written && link.text.is_empty() && !link.has_image && !link.is_image {
        remarks.push(Remark::new(Rule::EmptyLinkText, link.range.clone(), "nobody can see this link"));
    }
    if link.form != Form::Inline {
        return;
    }
    if link.target.trim().is_empty() {
        remarks.push(Remark::new(Rule::EmptyAddress, link.range.clone(), "this link leads nowhere"));
        return;
    }
    let address = &link.address;
    let before = page.text[..address.start].trim_end_matches(' ');
    let after = page.text[address.end..].trim_start_matches(' ');
    let lead = before.len()..address.start;
    let trail = address.end..page.text.len() - after.len();
    let is_bare = before.ends_with('(') && after.starts_with(')');
    if is_bare && !(lead.is_empty() && trail.is_empty()) {
        let mut remark = Remark::new(Rule::BlankAroundAddress, lead.start..trail.end, "blanks around the address");
        for blanks in [lead, trail].into_iter().filter(|blanks| !blanks.is_empty()) {
            remark = remark.replace(page.text, blanks, "");
        }
        remarks.push(remark);
    }
}

fn malformed(page: &Page<'_>, link: &Link) -> Option<Remark> {
    let written = page.text.get(link.address.clone())?;
    let remark = |rule: Rule, message: String| Remark::new(rule, link.address.clone(), message);
    if let Some(inner) = written.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')) {
        let message = "the inner brackets are a part of the address".to_owned();
        return Some(remark(Rule::BracketsInAddress, message).replace(page.text, link.address.clone(), inner));
    }
    if let Some((text, address)) = written.strip_prefix('[').and_then(|inner| inner.strip_suffix(')')?.split_once("]("))
    {
        let message = "a link inside the brackets of an address".to_owned();
        let remark = remark(Rule::BracketsInAddress, message);
        let is_sure = text == address;
        return Some(if is_sure { remark.replace(page.text, link.address.clone(), address) } else { remark });
    }
    if let Some(clean) = without_residue(written) {
        let message = "something that is no part of the address was left in it".to_owned();
        return Some(remark(Rule::MalformedAddress, message).replace(page.text, link.address.clone(), &clean));
    }
    let lower = written.to_ascii_lowercase();
    if let Some(inner) = doubled_scheme(&lower) {
        let message = "two schemes stand before the address".to_owned();
        let clean = &written[written.len() - inner.len()..];
        return Some(remark(Rule::MalformedAddress, message).replace(page.text, link.address.clone(), clean));
    }
    if let Some(start) = DAMAGED_SCHEMES.iter().find(|start| lower.starts_with(*start)) {
        return Some(remark(Rule::MalformedAddress, format!("an address does not begin with {start}")));
    }
    let is_web = lower.starts_with("http:") || lower.starts_with("https:");
    let is_broken = is_web && link.form != Form::Bare && link.url().is_none_or(|url| !is_public(url.host()));
    is_broken.then(|| remark(Rule::MalformedAddress, "there is no such host on the web".to_owned()))
}

const DAMAGED_SCHEMES: [&str; 12] = [
    "http//",
    "https//",
    "htp://",
    "htps://",
    "htttp",
    "ttp://",
    "ttps://",
    "hhttp",
    "http;//",
    "https;//",
    "http:\\\\",
    "https:\\\\",
];

/// The address after the first of two schemes: `https://http://…`, `https:https://…`.
fn doubled_scheme(address: &str) -> Option<&str> {
    let rest = ["https://", "http://", "https:", "http:"].iter().find_map(|scheme| address.strip_prefix(scheme))?;
    (rest.starts_with("http://") || rest.starts_with("https://")).then_some(rest)
}

/// A host that can be reached: with a dot in its name, or an IPv6 address.
fn is_public(host: &str) -> bool {
    host.trim_end_matches('.').contains('.') || host.starts_with('[') || host == "localhost"
}

/// The address without what a copy left in it: the end of an HTML element, invisible characters.
fn without_residue(address: &str) -> Option<String> {
    const INVISIBLE: [&str; 8] =
        ["\u{200b}", "\u{200e}", "\u{feff}", "\u{2060}", "%E2%80%8B", "%e2%80%8b", "%EF%BB%BF", "%ef%bb%bf"];
    let mut clean = address.to_owned();
    for residue in INVISIBLE {
        clean = clean.replace(residue, "");
    }
    let lower = clean.to_ascii_lowercase();
    if let Some(at) = lower.find("%3c/").filter(|_| lower.ends_with("%3e")) {
        clean.truncate(at);
    }
    (clean != address && clean.parse::<WebUrl>().is_ok()).then_some(clean)
}

/// `www.example.org`, `github.com/a/b`: for Markdown a file of the list's own repository.
fn missing_scheme(page: &Page<'_>, link: &Link) -> Option<Remark> {
    const ENDINGS: [&str; 14] =
        ["com", "org", "net", "edu", "gov", "io", "ai", "dev", "cn", "uk", "de", "fr", "eu", "ch"];
    let written = page.text.get(link.address.clone())?;
    let host = written.split(['/', '?', '#']).next()?.to_ascii_lowercase();
    let is_name = |host: &str| host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-'));
    let ending = host.rsplit_once('.').map(|(_, ending)| ending);
    let is_host = host.starts_with("www.") || ending.is_some_and(|ending| ENDINGS.contains(&ending));
    if !is_host || !is_name(&host) || host.starts_with('.') {
        return None;
    }
    let remark = Remark::new(Rule::MissingScheme, link.address.clone(), format!("https:// is missing before {host}"));
    let start = link.address.start;
    Some(if serves_https(&host) { remark.replace(page.text, start..start, "https://") } else { remark })
}

/// `dx.doi.org`, `www.doi.org`.
fn doi(page: &Page<'_>, link: &Link, url: &WebUrl) -> Option<Remark> {
    let written = page.text.get(link.address.clone())?;
    let lower = written.to_ascii_lowercase();
    let (_, rest) = lower.split_once("://")?;
    let is_old = rest.starts_with("dx.doi.org/10.") || rest.starts_with("www.doi.org/10.");
    if !is_old {
        return None;
    }
    let path = &written[written.len() - rest.len() + rest.find("/10.")?..];
    let message = format!("{} is an old name of doi.org", url.as_ref().split('/').nth(2).unwrap_or_default());
    let new = format!("https://doi.org{path}");
    Some(Remark::new(Rule::DoiAddress, link.address.clone(), message).replace(page.text, link.address.clone(), &new))
}

/// A PDF, or one version, unless the link says that it is the PDF.
fn arxiv(page: &Page<'_>, link: &Link, url: &WebUrl) -> Option<Remark> {
    if url.host() != "arxiv.org" || url.query().is_some() || url.fragment().is_some() {
        return None;
    }
    let path = url.path().trim_matches('/');
    let is_pdf = path.starts_with("pdf/");
    let id = path.strip_prefix("pdf/").or_else(|| path.strip_prefix("abs/"))?;
    let id = id.strip_suffix(".pdf").unwrap_or(id);
    id.parse::<ArxivId>().ok()?;
    let bare = id.rfind('v').filter(|at| id[at + 1..].bytes().all(|b| b.is_ascii_digit())).map_or(id, |at| &id[..at]);
    let says_pdf =
        link.text.to_ascii_lowercase().contains("pdf") || link.form == Form::Bare || link.form == Form::Angle;
    if is_pdf && says_pdf || !is_pdf && bare == id {
        return None;
    }
    let message = if is_pdf { "a PDF of arXiv" } else { "one version of an arXiv paper" };
    let new = format!("https://arxiv.org/abs/{bare}");
    Some(Remark::new(Rule::ArxivAddress, link.address.clone(), message).replace(page.text, link.address.clone(), &new))
}

fn http(page: &Page<'_>, link: &Link, url: &WebUrl) -> Option<Remark> {
    let written = page.text.get(link.address.clone())?;
    if !written.starts_with("http://") || !serves_https(&url.host().to_ascii_lowercase()) || written.contains(":80/") {
        return None;
    }
    let end = link.address.start + "http".len();
    let message = format!("{} serves https", url.host());
    Some(Remark::new(Rule::HttpAddress, link.address.clone(), message).replace(page.text, end..end, "s"))
}

/// Whether the host, or the one that it belongs to, is known to serve the same pages over https.
fn serves_https(host: &str) -> bool {
    const HOSTS: [&str; 58] = [
        "academic.oup.com",
        "aclanthology.org",
        "aclweb.org",
        "arxiv.org",
        "bioconductor.org",
        "biomedcentral.com",
        "biorxiv.org",
        "bitbucket.org",
        "cell.com",
        "coursera.org",
        "cran.r-project.org",
        "crates.io",
        "dl.acm.org",
        "docs.rs",
        "doi.org",
        "ebi.ac.uk",
        "edx.org",
        "elifesciences.org",
        "en.wikipedia.org",
        "facebook.com",
        "figshare.com",
        "frontiersin.org",
        "genome.cshlp.org",
        "github.com",
        "github.io",
        "gitlab.com",
        "huggingface.co",
        "ieeexplore.ieee.org",
        "jmlr.org",
        "journals.plos.org",
        "kaggle.com",
        "link.springer.com",
        "linkedin.com",
        "mdpi.com",
        "medium.com",
        "medrxiv.org",
        "nature.com",
        "ncbi.nlm.nih.gov",
        "npmjs.com",
        "onlinelibrary.wiley.com",
        "openreview.net",
        "papers.nips.cc",
        "pnas.org",
        "proceedings.mlr.press",
        "pypi.org",
        "python.org",
        "pytorch.org",
        "readthedocs.io",
        "readthedocs.org",
        "reddit.com",
        "scholar.google.com",
        "scikit-learn.org",
        "sciencedirect.com",
        "tensorflow.org",
        "twitter.com",
        "wikipedia.org",
        "youtube.com",
        "zenodo.org",
    ];
    let host = host.strip_prefix("www.").unwrap_or(host);
    HOSTS.iter().any(|known| host == *known || host.strip_suffix(known).is_some_and(|rest| rest.ends_with('.')))
}

fn tracking(page: &Page<'_>, link: &Link, url: &WebUrl) -> Option<Remark> {
    let query = url.query()?;
    let written = page.text.get(link.address.clone())?;
    // In HTML the parameters are parted by `&amp;`.
    let at = written.find(query).filter(|_| !written.contains("&amp;"))?;
    let kept: Vec<&str> = query.split('&').filter(|parameter| !WebUrl::is_tracking(parameter)).collect();
    let tracked: Vec<&str> = query
        .split('&')
        .filter(|parameter| WebUrl::is_tracking(parameter))
        .filter_map(|p| p.split('=').next())
        .collect();
    if tracked.is_empty() {
        return None;
    }
    let start = link.address.start + at - 1;
    let new = if kept.is_empty() { String::new() } else { format!("?{}", kept.join("&")) };
    let message = format!("for tracking: {}", tracked.join(", "));
    let range = start..start + 1 + query.len();
    Some(Remark::new(Rule::TrackingParameter, range.clone(), message).replace(page.text, range, &new))
}
