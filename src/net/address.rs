//! An address as it is asked: taken apart as the HTTP library takes it apart, so that both mean the same host.

use std::net::IpAddr;

use reqwest::header::{HeaderMap, LOCATION};

use super::Failure;
use crate::id::WebUrl;

#[derive(Debug, Clone)]
pub(super) struct Address {
    pub(super) url: WebUrl,
    parts: reqwest::Url,
}

impl Address {
    pub(super) fn new(url: WebUrl) -> Result<Self, Failure> {
        match reqwest::Url::parse(url.as_ref()) {
            Ok(parts) => Ok(Self { url, parts }),
            Err(cause) => Err(Failure::Unreachable { url, cause: Box::new(cause) }),
        }
    }

    /// Host and port: what has limits of its own.
    pub(super) fn authority(&self) -> String {
        format!("{}:{}", self.host(), self.parts.port_or_known_default().unwrap_or_default())
    }

    pub(super) fn is_one_of(&self, authorities: &[String]) -> bool {
        let (whole, host) = (self.authority(), self.host());
        let is_usual = self.parts.port().is_none();
        let is_this = |text: &String| text.eq_ignore_ascii_case(&whole) || is_usual && text.eq_ignore_ascii_case(host);
        authorities.iter().any(is_this)
    }

    /// The number of the host, if it has no name.
    pub(super) fn number(&self) -> Option<IpAddr> {
        self.host().trim_matches(['[', ']']).parse().ok()
    }

    /// Whether nobody on the way can read what is sent.
    pub(super) fn is_private(&self) -> bool {
        self.parts.scheme() == "https" || matches!(self.host(), "localhost" | "127.0.0.1")
    }

    /// Where an answer redirects to. Some servers write the address in letters that no header should have.
    pub(super) fn target(headers: &HeaderMap) -> Option<String> {
        String::from_utf8(headers.get(LOCATION)?.as_bytes().to_owned()).ok()
    }

    /// The address with more parameters in its query.
    pub(super) fn with<'a>(&self, parameters: impl Iterator<Item = (&'static str, &'a str)>) -> reqwest::Url {
        let mut whole = self.parts.clone();
        for (name, value) in parameters {
            whole.query_pairs_mut().append_pair(name, value);
        }
        whole
    }

    /// Where a redirect leads, if that is on the web, and not from a private connection to an open one.
    pub(super) fn step(&self, target: &str) -> Option<Self> {
        let next = self.step_anywhere(target)?;
        (next.parts.scheme() == "https" || self.parts.scheme() == "http").then_some(next)
    }

    /// Where a redirect leads, if that is on the web.
    pub(super) fn step_anywhere(&self, target: &str) -> Option<Self> {
        let next = Self::new(self.url.join(target)?).ok()?;
        matches!(next.parts.scheme(), "http" | "https").then_some(next)
    }

    fn host(&self) -> &str {
        self.parts.host_str().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> Address {
        Address::new(text.parse().unwrap()).unwrap()
    }

    #[test]
    fn a_redirect_never_leaves_a_private_connection_for_an_open_one() {
        let step = |from: &str, target: &str| address(from).step(target).map(|next| next.url.to_string());
        assert_eq!(step("http://a.org/x/y", "../z").as_deref(), Some("http://a.org/z"));
        assert_eq!(step("http://a.org/", "https://b.org/").as_deref(), Some("https://b.org/"));
        assert_eq!(step("https://a.org/", "//b.org/").as_deref(), Some("https://b.org/"));
        for target in ["http://a.org/", "ftp://a.org/", "file:///etc/passwd", "data:text/plain,x"] {
            assert_eq!(step("https://a.org/", target), None, "{target}");
        }
    }

    #[test]
    fn a_host_is_the_one_that_will_be_asked() {
        for (text, authority, is_number) in [
            ("https://API.Example.org/x", "api.example.org:443", false),
            ("http://example.org:8080", "example.org:8080", false),
            ("http://0x7f.1/", "127.0.0.1:80", true),
            ("http://2130706433/", "127.0.0.1:80", true),
            ("http://１２７.0.0.1/", "127.0.0.1:80", true),
        ] {
            let address = address(text);
            assert_eq!((address.authority().as_str(), address.number().is_some()), (authority, is_number), "{text}");
        }
        let trusted = ["127.0.0.1:8080".to_owned(), "Example.org".to_owned()];
        for (text, expected) in [
            ("http://127.0.0.1:8080/x", true),
            ("http://127.0.0.1/x", false),
            ("https://example.org/x", true),
            ("https://example.org:444/x", false),
            ("https://a.example.org/x", false),
        ] {
            assert_eq!(address(text).is_one_of(&trusted), expected, "{text}");
        }
    }
}
