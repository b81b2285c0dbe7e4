use std::str::FromStr;

use super::{IdError, canonical_text, strip_prefix_ignore_case};

/// An absolute web address (http, https or ftp) that is safe to use as an IRI
/// ([RFC 3987](https://www.rfc-editor.org/rfc/rfc3987)).
///
/// The text stays as the curator wrote it, but for what could not stand in an IRI, which is percent-encoded, and
/// a missing scheme before `www.`. [`WebUrl::key`] is the form by which two addresses are compared.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WebUrl(String);

canonical_text!(WebUrl);

impl FromStr for WebUrl {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        let fail = || IdError::new(text, "a web address, such as https://example.org/page");
        let bare = text.trim().trim_start_matches(['<', '(']).trim_end_matches('>');
        let (scheme, rest) = split_scheme(bare).ok_or_else(fail)?;
        let host_end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (host, tail) = rest.split_at(host_end);
        if !is_host(host) {
            return Err(fail());
        }
        let mut url = String::with_capacity(bare.len() + 8);
        url.push_str(scheme);
        url.push_str("://");
        url.push_str(host);
        push_encoded(&mut url, tail);
        Ok(Self(url))
    }
}

impl WebUrl {
    /// The host, without `www.` and the port.
    #[must_use]
    pub fn host(&self) -> &str {
        let host = self.authority().split(':').next().unwrap_or_default();
        host.strip_prefix("www.").unwrap_or(host)
    }

    /// The path, with its leading slash; empty if there is none.
    #[must_use]
    pub fn path(&self) -> &str {
        let rest = self.after_scheme();
        let start = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        rest[start..].split(['?', '#']).next().unwrap_or_default()
    }

    /// What stands between `?` and `#`.
    #[must_use]
    pub fn query(&self) -> Option<&str> {
        let before_fragment = self.0.split('#').next().unwrap_or_default();
        before_fragment.split_once('?').map(|(_, query)| query)
    }

    /// What stands after `#`.
    #[must_use]
    pub fn fragment(&self) -> Option<&str> {
        self.0.split_once('#').map(|(_, fragment)| fragment)
    }

    /// The form by which addresses are compared: no scheme, no `www.`, host in lower case, no tracking
    /// parameters, no closing slash, no `index.html`.
    #[must_use]
    pub fn key(&self) -> String {
        let host = self.host();
        let path = self.path().trim_end_matches('/');
        let path = path.strip_suffix("/index.html").unwrap_or(path);
        let mut key = String::with_capacity(self.0.len());
        key.extend(host.chars().map(|c| c.to_ascii_lowercase()));
        key.push_str(path);
        let mut separator = '?';
        let parameters = self.query().unwrap_or_default().split('&');
        for parameter in parameters.filter(|parameter| !parameter.is_empty() && !Self::is_tracking(parameter)) {
            key.push(separator);
            key.push_str(parameter);
            separator = '&';
        }
        if let Some(fragment) = self.fragment().filter(|fragment| !fragment.is_empty()) {
            key.push('#');
            key.push_str(fragment);
        }
        key
    }

    /// The address that a link leads to which stands on the page with this address
    /// ([RFC 3986, section 5.2](https://www.rfc-editor.org/rfc/rfc3986#section-5.2)); `None` if it leads to no web page.
    #[must_use]
    pub fn join(&self, link: &str) -> Option<Self> {
        let link = link.trim();
        if split_scheme(link).is_some() {
            return link.parse().ok();
        }
        let is_scheme = |text: &str| text.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
        if link.split_once(':').is_some_and(|(scheme, _)| is_scheme(scheme)) {
            return None;
        }
        let site = &self.0[..self.0.len() - self.after_scheme().len() + self.authority().len()];
        let (path, tail) = link.split_at(link.find(['?', '#']).unwrap_or(link.len()));
        let joined = match path {
            "" if tail.starts_with('?') => format!("{site}{}{tail}", self.path()),
            "" => format!("{}{tail}", self.0.split('#').next().unwrap_or_default()),
            _ if path.starts_with('/') => format!("{site}{}{tail}", without_dots(path)),
            _ => {
                let folder = self.path().rsplit_once('/').map_or("", |(folder, _)| folder);
                format!("{site}{}{tail}", without_dots(&format!("{folder}/{path}")))
            }
        };
        joined.parse().ok()
    }

    fn authority(&self) -> &str {
        self.after_scheme().split(['/', '?', '#']).next().unwrap_or_default()
    }

    /// Whether a parameter of a query only tells where the reader came from: `utm_source=x`.
    #[must_use]
    pub fn is_tracking(parameter: &str) -> bool {
        const NAMES: [&str; 9] =
            ["utm_", "fbclid=", "gclid=", "_gl=", "spm=", "ref_src=", "igshid=", "mc_cid=", "mc_eid="];
        NAMES.iter().any(|name| parameter.starts_with(name))
    }

    fn after_scheme(&self) -> &str {
        self.0.split_once("://").map_or("", |(_, rest)| rest)
    }
}

fn split_scheme(text: &str) -> Option<(&'static str, &str)> {
    for scheme in ["https", "http", "ftp"] {
        if let Some(rest) = strip_prefix_ignore_case(text, scheme).and_then(|rest| rest.strip_prefix("://")) {
            return Some((scheme, rest));
        }
    }
    if let Some(rest) = text.strip_prefix("//") {
        return Some(("https", rest));
    }
    strip_prefix_ignore_case(text, "www.").map(|_| ("http", text))
}

/// A path without `.` and `..`.
fn without_dots(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let segments: Vec<&str> = path.split('/').skip(1).collect();
    for (at, segment) in segments.iter().enumerate() {
        let is_last = at + 1 == segments.len();
        match *segment {
            "." | ".." => {
                if *segment == ".." {
                    kept.pop();
                }
                if is_last {
                    kept.push("");
                }
            }
            segment => kept.push(segment),
        }
    }
    format!("/{}", kept.join("/"))
}

fn is_host(host: &str) -> bool {
    let (name, port) = host.split_once(':').unwrap_or((host, "80"));
    let is_label =
        |label: &str| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    let name = name.strip_suffix('.').unwrap_or(name);
    port.bytes().all(|b| b.is_ascii_digit()) && name.split('.').all(is_label)
}

/// Appends path, query and fragment, percent-encoding what an IRI cannot hold there.
fn push_encoded(url: &mut String, tail: &str) {
    let mut has_fragment = false;
    for (at, character) in tail.char_indices() {
        let is_escape = || tail.as_bytes().get(at + 1..at + 3).is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit));
        let is_kept = match character {
            '%' => is_escape(),
            '#' => !std::mem::replace(&mut has_fragment, true),
            '"' | '<' | '>' | '[' | ']' | '\\' | '^' | '`' | '{' | '|' | '}' => false,
            c if c.is_ascii() => c.is_ascii_graphic(),
            c => is_iri_char(c),
        };
        if is_kept {
            url.push(character);
        } else {
            let mut buffer = [0; 4];
            for byte in character.encode_utf8(&mut buffer).bytes() {
                use std::fmt::Write as _;
                write!(url, "%{byte:02X}").expect("writing to a string does not fail");
            }
        }
    }
}

/// `ucschar` of RFC 3987, less what is invisible and only ever stands in an address by accident.
fn is_iri_char(character: char) -> bool {
    character.is_alphanumeric()
        && matches!(u32::from(character), 0xA0..=0xD7FF | 0xF900..=0xFDCF | 0xFDF0..=0xFFEF | 0x10000..=0xEFFFD)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_what_was_written_and_encodes_what_no_iri_can_hold() {
        for (text, expected) in [
            ("https://example.org/a b", "https://example.org/a%20b"),
            ("<http://example.org/x|y>", "http://example.org/x%7Cy"),
            ("www.example.org", "http://www.example.org"),
            ("HTTPS://Example.org/路径#一#二", "https://Example.org/路径#一%23二"),
            ("https://example.org/100%", "https://example.org/100%25"),
        ] {
            assert_eq!(text.parse::<WebUrl>().unwrap().as_ref(), expected);
            assert_eq!(expected.parse::<WebUrl>().unwrap().as_ref(), expected, "parse again");
        }
        for text in ["", "#anchor", "docs/x.md", "mailto:a@b.c", "https://", "https:///x", "javascript:alert(1)"] {
            assert!(text.parse::<WebUrl>().is_err(), "{text}");
        }
    }

    #[test]
    fn every_address_is_an_iri() {
        for text in
            ["https://a.b/%zz[1]{2}\\^`", "http://例え.jp/あ?q=[x]", "https://a.b/\u{200b}x\u{e000}", "http://a:80/?"]
        {
            let url: WebUrl = text.parse().unwrap();
            assert!(oxrdf::NamedNode::new(url.as_ref()).is_ok(), "{url}");
        }
    }

    #[test]
    fn compares_by_key() {
        let key = |text: &str| text.parse::<WebUrl>().unwrap().key();
        assert_eq!(key("http://www.example.org/a/?utm_source=x"), key("https://example.org/a"));
        assert_ne!(key("https://example.org/a?id=1"), key("https://example.org/a?id=2"));
    }

    #[test]
    fn joins_links_to_the_address_of_their_page() {
        let page: WebUrl = "https://example.org/a/b/page.md?x=1#top".parse().unwrap();
        for (link, expected) in [
            ("other.md", "https://example.org/a/b/other.md"),
            ("./c/other.md#part", "https://example.org/a/b/c/other.md#part"),
            ("../../../up.md", "https://example.org/up.md"),
            ("..", "https://example.org/a/"),
            ("/root.md", "https://example.org/root.md"),
            ("#part", "https://example.org/a/b/page.md?x=1#part"),
            ("?y=2", "https://example.org/a/b/page.md?y=2"),
            ("//other.org/x", "https://other.org/x"),
            ("http://other.org/x", "http://other.org/x"),
        ] {
            assert_eq!(page.join(link).unwrap().as_ref(), expected, "{link}");
        }
        assert_eq!(page.join("mailto:a@b.c"), None);
        assert_eq!(
            "https://example.org".parse::<WebUrl>().unwrap().join("x").unwrap().as_ref(),
            "https://example.org/x"
        );
    }
}
