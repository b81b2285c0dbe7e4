//! Asks the [Wayback Machine](https://archive.org/help/wayback_api.php) for copies.

use std::collections::{BTreeMap, VecDeque};

use serde::Deserialize;

use crate::{
    enrich::Progress,
    id::WebUrl,
    net::{Client, Heard, Kept, Lane, Manners, Request},
};

/// Where it is.
pub const ARCHIVE: &str = "https://archive.org";

/// After how many days it is asked again for what it did not have.
const ABSENT_FOR: u32 = 30;

/// The archive and how to reach it.
pub struct Archive<'c> {
    /// Who asks, and keeps the answers.
    pub client: &'c Client,
    /// Where it is: [`ARCHIVE`], or a server that answers as it does.
    pub base: WebUrl,
    /// How fast it may be asked.
    pub manners: Manners,
}

impl Archive<'_> {
    /// The copies of some addresses, as far as there are any, and how often there was no answer and why.
    pub(super) fn find(
        &self,
        addresses: &[WebUrl],
        progress: &mut dyn FnMut(Progress),
    ) -> (BTreeMap<WebUrl, WebUrl>, BTreeMap<String, usize>) {
        let (mut copies, mut failures) = (BTreeMap::new(), BTreeMap::new());
        let mut requests = VecDeque::new();
        for address in addresses {
            match self.kept(address) {
                Some(Some(copy)) => drop(copies.insert(address.clone(), copy)),
                Some(None) => {}
                None => requests.extend(self.request(address).map(|request| (address.clone(), request))),
            }
        }
        if requests.is_empty() || self.client.is_offline() {
            return (copies, failures);
        }
        let (mut done, total) = (0, requests.len());
        let lane = Lane { name: "wayback".to_owned(), manners: self.manners.clone(), requests };
        self.client.ask_all(vec![lane], &mut |_, address: WebUrl, heard| {
            done += 1;
            match self.hear(&address, heard) {
                Ok(Some(copy)) => drop(copies.insert(address, copy)),
                Ok(None) => {}
                Err(why) => *failures.entry(why).or_default() += 1,
            }
            progress(Progress { service: "wayback", done, total });
            Vec::new()
        });
        (copies, failures)
    }

    fn hear(&self, address: &WebUrl, heard: Heard) -> Result<Option<WebUrl>, String> {
        let copy = match heard {
            Heard::Found(answer) => read(&answer.body).ok_or("the answer cannot be read")?,
            Heard::Absent => return Err("nothing answers there".to_owned()),
            Heard::Refused { status, .. } => return Err(format!("refused with {status}")),
            Heard::Failed(failure) => return Err(failure.reason()),
        };
        let body = copy.as_ref().map(|copy| copy.to_string().into_bytes());
        let kept = Kept { body, as_of: self.client.today(), address: address.clone() };
        self.client.keep(&name(address), kept).map_err(|failure| failure.reason())?;
        Ok(copy)
    }

    /// What it said before: a copy, that it has none, or nothing yet.
    fn kept(&self, address: &WebUrl) -> Option<Option<WebUrl>> {
        let kept = self.client.kept(&name(address))?;
        match kept.body {
            Some(body) => Some(Some(String::from_utf8(body).ok()?.parse().ok()?)),
            None => (self.client.today().since(kept.as_of) < ABSENT_FOR).then_some(None),
        }
    }

    fn request(&self, address: &WebUrl) -> Option<Request> {
        let base = self.base.as_ref().trim_end_matches('/');
        let url = format!("{base}/wayback/available?url={}", encoded(address.as_ref())).parse().ok()?;
        Some(Request::get(url).accepting("application/json"))
    }
}

fn name(address: &WebUrl) -> String {
    format!("wayback 1 {address}")
}

fn encoded(text: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let encode = |byte| if is_plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    text.bytes().map(encode).collect()
}

#[derive(Deserialize)]
struct Available {
    #[serde(default)]
    archived_snapshots: Option<Snapshots>,
}

#[derive(Default, Deserialize)]
struct Snapshots {
    #[serde(default)]
    closest: Option<Snapshot>,
}

#[derive(Deserialize)]
#[serde(default)]
struct Snapshot {
    available: bool,
    url: Option<String>,
    /// What the page answered when it was copied.
    status: Option<String>,
}

impl Default for Snapshot {
    fn default() -> Self {
        Self { available: true, url: None, status: None }
    }
}

/// The copy that an answer names, if it names one; `None` if it is no answer of the archive.
fn read(body: &[u8]) -> Option<Option<WebUrl>> {
    let answer: Available = serde_json::from_slice(body).ok()?;
    let closest = answer.archived_snapshots.unwrap_or_default().closest;
    Some(closest.and_then(|snapshot| copy(&snapshot)))
}

fn copy(snapshot: &Snapshot) -> Option<WebUrl> {
    let is_page = snapshot.status.as_ref().is_none_or(|status| status.starts_with('2'));
    let written = snapshot.url.as_ref().filter(|_| snapshot.available && is_page)?;
    // It serves both, and writes the address without.
    let safe = written.strip_prefix("http://").map_or_else(|| written.clone(), |rest| format!("https://{rest}"));
    let url: WebUrl = safe.parse().ok()?;
    (url.host() == "archive.org" || url.host().ends_with(".archive.org")).then_some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_names_a_copy_or_none() {
        let told = |body: &str| read(body.as_bytes()).map(|copy| copy.map(|url| url.to_string()));
        let with = |fields: &str| format!(r#"{{"url":"x.org","archived_snapshots":{{"closest":{{{fields}}}}}}}"#);
        let url = r#""url":"http://web.archive.org/web/2020/http://x.org/a b""#;
        let found = told(&with(&format!(r#""available":true,{url},"timestamp":"2020","status":"200""#)));
        assert_eq!(found, Some(Some("https://web.archive.org/web/2020/http://x.org/a%20b".to_owned())));
        for none in [
            "{}".to_owned(),
            r#"{"archived_snapshots":{}}"#.to_owned(),
            r#"{"archived_snapshots":null}"#.to_owned(),
            with(""),
            with(&format!(r#""available":false,{url}"#)),
            with(&format!(r#"{url},"status":"404""#)),
            with(r#""url":"http://archive.org.example.com/x""#),
            with(r#""url":"javascript:x""#),
        ] {
            assert_eq!(told(&none), Some(None), "{none}");
        }
        for bad in ["", "<html>", "[1]", "{\"archived_snapshots\":[1,2,3]}"] {
            assert_eq!(told(bad), None, "{bad}");
        }
    }

    #[test]
    fn an_address_is_asked_for_whole() {
        assert_eq!(encoded("https://x.org/a?b=c&d=ä"), "https%3A%2F%2Fx.org%2Fa%3Fb%3Dc%26d%3D%C3%A4");
    }
}
