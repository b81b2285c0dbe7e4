//! Which kind an address alone shows: that of a publisher, of a forge, of a package, of a course.

use crate::{
    id::{Identifiers, Package, RepoSlug, WebUrl},
    model::Kind,
};

/// The kind that an address alone shows.
pub(in crate::extract) fn kind_of_address(url: &WebUrl) -> Option<Kind> {
    let host = url.host().to_ascii_lowercase();
    let path = url.path().to_ascii_lowercase();
    if let Some(ids) = Some(Identifiers::from_url(url)).filter(|ids| !ids.is_empty()) {
        let is_deposit = ids.doi.as_ref().is_some_and(crate::id::Doi::is_deposit);
        return Some(if is_deposit { Kind::Dataset } else { Kind::Paper });
    }
    if RepoSlug::from_url(url).is_some() {
        // A Markdown file says nothing of what it is about; a wiki or a discussion is a page to read, not the software.
        if path.contains("/blob/") && path.ends_with(".md") {
            return None;
        }
        // A wiki or a discussion is a page to read, not the software.
        let is_page = ["/wiki/", "/issues/", "/discussions/"].iter().any(|part| path.contains(part));
        return Some(if is_page { Kind::Article } else { Kind::Tool });
    }
    if Package::from_url(url).is_some() {
        return Some(Kind::Tool);
    }
    let by_host = |hosts: &[&str]| {
        hosts.iter().any(|known| host == *known || host.strip_suffix(known).is_some_and(|sub| sub.ends_with('.')))
    };
    if by_host(&["kaggle.com"]) {
        return Some(if path.starts_with("/c/") || path.starts_with("/competitions") {
            Kind::Competition
        } else {
            Kind::Dataset
        });
    }
    if by_host(&["huggingface.co"]) && path.starts_with("/datasets/") {
        return Some(Kind::Dataset);
    }
    let segments = || path.split('/').filter(|segment| !segment.is_empty());
    if segments().any(|segment| matches!(segment, "competition" | "competitions" | "challenge" | "challenges")) {
        return Some(Kind::Competition);
    }
    if segments().any(|segment| matches!(segment, "dataset" | "datasets")) {
        return Some(Kind::Dataset);
    }
    // The page of a journal is no paper.
    if by_host(&PAPER_HOSTS) && (segments().count() >= 2 || path.contains(|c: char| c.is_ascii_digit())) {
        return Some(Kind::Paper);
    }
    if by_host(&[
        "grand-challenge.org",
        "biendata.com",
        "biendata.xyz",
        "drivendata.org",
        "codalab.org",
        "aicrowd.com",
        "dreamchallenges.org",
    ]) {
        return Some(Kind::Competition);
    }
    if by_host(&["coursera.org", "edx.org", "udacity.com", "udemy.com", "ocw.mit.edu", "fast.ai", "mooc.org"])
        || is_course_code(&host) && (path.trim_matches('/').is_empty() || !host.ends_with(".github.io"))
    {
        return Some(Kind::Course);
    }
    by_host(&["youtube.com", "youtu.be", "vimeo.com", "bilibili.com"]).then_some(Kind::Video)
}

/// Publishers and proceedings whose pages are papers, with addresses that hold no identifier.
const PAPER_HOSTS: [&str; 29] = [
    "papers.nips.cc",
    "proceedings.neurips.cc",
    "openreview.net",
    "aclweb.org",
    "aclanthology.org",
    "aclanthology.info",
    "ieeexplore.ieee.org",
    "sciencedirect.com",
    "academic.oup.com",
    "jmlr.org",
    "proceedings.mlr.press",
    "openaccess.thecvf.com",
    "semanticscholar.org",
    "ssrn.com",
    "hal.archives-ouvertes.fr",
    "link.springer.com",
    "dl.acm.org",
    "pubs.acs.org",
    "onlinelibrary.wiley.com",
    "tandfonline.com",
    "mdpi.com",
    "jamanetwork.com",
    "thelancet.com",
    "nejm.org",
    "pnas.org",
    "sciencemag.org",
    "journals.plos.org",
    "biorxiv.org",
    "medrxiv.org",
];

/// A host named after a course: `mit6874.github.io`, `cs231n.stanford.edu`, `cs224n.github.io`.
fn is_course_code(host: &str) -> bool {
    let label = host.split('.').next().unwrap_or_default();
    let letters = label.bytes().take_while(u8::is_ascii_alphabetic).count();
    let digits = label[letters..].bytes().take_while(u8::is_ascii_digit).count();
    let tail = label.len() - letters - digits;
    let is_academic =
        host.ends_with(".edu") || host.ends_with(".github.io") || host.contains(".ac.") || host.contains(".edu.");
    is_academic && (2..=4).contains(&letters) && (3..=4).contains(&digits) && tail <= 1 && label.is_ascii()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_say_enough() {
        for (url, kind) in [
            ("https://www.nature.com/articles/nature14248", Some(Kind::Paper)),
            ("https://papers.nips.cc/paper/7062-a-unified-approach", Some(Kind::Paper)),
            ("https://github.com/a/b", Some(Kind::Tool)),
            ("https://github.com/a/b/wiki/Page", Some(Kind::Article)),
            ("https://biendata.com/competition/CCKS2017_2/", Some(Kind::Competition)),
            ("https://mit6874.github.io/", Some(Kind::Course)),
            ("http://cs231n.stanford.edu/", Some(Kind::Course)),
            ("https://www.kaggle.com/c/data-science-bowl-2018", Some(Kind::Competition)),
            ("http://biocc.hrbmu.edu.cn/CellMarker/index.jsp", None),
            ("https://r2d2.example.org/", None),
        ] {
            assert_eq!(kind_of_address(&url.parse().unwrap()), kind, "{url}");
        }
    }
}
