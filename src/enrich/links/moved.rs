use std::collections::{BTreeMap, BTreeSet};

use crate::{id::WebUrl, model::LinkCheck};

/// Hosts whose addresses are made to redirect, and to stay.
const LASTING: [&str; 11] = [
    "dx.doi.org",
    "doi.org",
    "hdl.handle.net",
    "identifiers.org",
    "n2t.net",
    "orcid.org",
    "purl.org",
    "purl.obolibrary.org",
    "ror.org",
    "w3id.org",
    "web.archive.org",
];

/// Whether a redirect that holds for good tells the new address of a page: another page, and neither the door of a house nor
/// its doorkeeper.
pub(super) fn is_new_address(old: &WebUrl, new: &WebUrl) -> bool {
    let is_other = old.key() != new.key();
    let is_lasting = LASTING.contains(&old.host().to_ascii_lowercase().as_str());
    is_other && !is_lasting && (!is_front_page(new) || is_front_page(old)) && !is_login(new) && !is_passing(new)
}

fn is_front_page(url: &WebUrl) -> bool {
    let path = url.path().trim_matches('/').to_ascii_lowercase();
    let is_language = path.len() == 2 || path.len() == 5 && matches!(path.as_bytes()[2], b'-' | b'_');
    let is_home = matches!(path.as_str(), "" | "home" | "index.html" | "index.htm" | "index.php" | "main" | "welcome");
    (is_home || is_language) && url.query().is_none()
}

/// A page that asks who one is.
fn is_login(url: &WebUrl) -> bool {
    const WORDS: [&str; 16] = [
        "login",
        "log-in",
        "log_in",
        "signin",
        "sign-in",
        "sign_in",
        "signup",
        "sign-up",
        "auth",
        "oauth",
        "oauth2",
        "sso",
        "saml",
        "cas",
        "authorize",
        "accounts",
    ];
    const PARAMETERS: [&str; 8] =
        ["return_to=", "returnto=", "returnurl=", "redirect_uri=", "redirect_to=", "continue=", "next=", "goto="];
    let host = url.host().to_ascii_lowercase();
    let path = url.path().to_ascii_lowercase();
    let query = url.query().unwrap_or_default().to_ascii_lowercase();
    let is_word = |part: &str| WORDS.contains(&part.split('.').next().unwrap_or_default());
    is_word(&host)
        || path.split('/').any(is_word)
        || query.split('&').any(|p| PARAMETERS.iter().any(|n| p.starts_with(n)))
}

/// A page that says that there is none, or that is made for one visit.
fn is_passing(url: &WebUrl) -> bool {
    const PARTS: [&str; 13] = [
        "404",
        "notfound",
        "not-found",
        "not_found",
        "error",
        "errors",
        "unavailable",
        "suspended",
        "captcha",
        "blocked",
        "consent",
        "sorry",
        "unsupported",
    ];
    const SIGNS: [&str; 4] = ["jsessionid", "phpsessid", "cookieabsent", "cookieset"];
    let lower = url.as_ref().to_ascii_lowercase();
    let is_part = |part: &str| PARTS.contains(&part.split('.').next().unwrap_or_default());
    lower.len() > 300
        || SIGNS.iter().any(|sign| lower.contains(sign))
        || url.path().to_ascii_lowercase().split('/').any(is_part)
}

/// A page that several others lead to is the new address of none of them: whoever took them away sends all readers there.
pub(super) fn drop_catch_alls(checks: &mut [LinkCheck]) {
    const MANY: usize = 3;
    let mut leading: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for check in checks.iter() {
        if let Some(target) = &check.moved_to {
            leading.entry(target.key()).or_default().insert(check.url.key());
        }
    }
    for check in checks {
        check.moved_to.take_if(|target| leading[&target.key()].len() >= MANY);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_address_is_another_page() {
        for (old, new, expected) in [
            ("https://x.org/a", "https://x.org/b", true),
            ("https://x.org/", "https://y.org/", true),
            ("https://x.org/en", "https://y.org/en-us/", true),
            ("https://github.com/a/b", "https://github.com/c/b", true),
            ("http://x.org/a", "https://www.x.org/a/", false),
            ("https://x.org/a", "https://x.org/", false),
            ("https://x.org/a", "https://y.org/en-us/", false),
            ("https://x.org/a", "https://y.org/index.html", false),
            ("https://x.org/a", "https://x.org/?page=a", true),
            ("https://x.org/a", "https://x.org/users/sign_in", false),
            ("https://x.org/a", "https://x.org/Login.aspx?x=1", false),
            ("https://x.org/a", "https://accounts.x.org/a", false),
            ("https://x.org/a", "https://x.org/a/b?ReturnUrl=%2Fa", false),
            ("https://x.org/a", "https://x.org/authors/a", true),
            ("https://x.org/a", "https://x.org/404.html", false),
            ("https://x.org/a", "https://x.org/b;jsessionid=1", false),
            ("https://doi.org/10.1000/x", "https://publisher.org/x", false),
        ] {
            let (old, new): (WebUrl, WebUrl) = (old.parse().unwrap(), new.parse().unwrap());
            assert_eq!(is_new_address(&old, &new), expected, "{old} {new}");
        }
    }

    #[test]
    fn where_many_lead_none_has_moved() {
        let check = |old: &str, new: &str| -> LinkCheck {
            let line =
                format!(r#"{{"url":"https://x.org/{old}","state":"alive","as_of":"2026-11-22","moved_to":"{new}"}}"#);
            serde_json::from_str(&line).unwrap()
        };
        let all = "https://y.org/about";
        let mut checks = [check("a", all), check("b", all), check("b/", all), check("c", "https://y.org/c")];
        drop_catch_alls(&mut checks);
        assert!(checks.iter().all(|check| check.moved_to.is_some()), "an address twice is one");
        let mut checks = [check("a", all), check("b", all), check("d", all), check("c", "https://y.org/c")];
        drop_catch_alls(&mut checks);
        assert_eq!(checks.iter().filter(|check| check.moved_to.is_some()).count(), 1);
    }
}
