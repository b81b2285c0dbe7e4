use serde::{Deserialize, Serialize};

use super::PartialDate;
use crate::id::WebUrl;

/// How a link fared when it was last looked at: one line of the report on links.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkCheck {
    /// The address, without its fragment.
    pub url: WebUrl,
    /// Whether something is there.
    pub state: LinkState,
    /// Why it is not alive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<LinkReason>,
    /// What the server answered ([RFC 9110](https://www.rfc-editor.org/rfc/rfc9110#section-15)), if it did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// The day of the last look.
    pub as_of: PartialDate,
    /// Where it moved for good.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moved_to: Option<WebUrl>,
    /// A copy of what was there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub archived_at: Option<WebUrl>,
    /// From which day on it was in which state, the latest last.
    #[serde(default)]
    pub history: Vec<(PartialDate, LinkState)>,
}

impl LinkCheck {
    /// How many changes of state are kept.
    pub const LONGEST_HISTORY: usize = 20;

    /// The day on which it was first found in its present state.
    #[must_use]
    pub fn since(&self) -> PartialDate {
        self.history.last().map_or(self.as_of, |(day, _)| *day)
    }
}

/// Whether something is at an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LinkState {
    /// It is.
    Alive,
    /// It is not.
    Gone,
    /// That cannot be told.
    Unclear,
}

impl LinkState {
    /// Every case.
    pub const ALL: [Self; 3] = [Self::Alive, Self::Gone, Self::Unclear];

    /// The fixed word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Alive => "alive",
            Self::Gone => "gone",
            Self::Unclear => "unclear",
        }
    }
}

/// Why a link is gone, or why that cannot be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinkReason {
    /// The server does not know the page (404).
    NotFound,
    /// The server says that it was taken away (410).
    Removed,
    /// There is no such host; on the first day that may be a fault that passes.
    NoSuchHost,
    /// The server does not answer programs, or only those who have a password.
    Blocked,
    /// The server wants fewer questions.
    RateLimited,
    /// It took too long.
    TimedOut,
    /// There is no connection, or it breaks off.
    Unreachable,
    /// The server has a fault.
    ServerError,
    /// It redirects in vain.
    Redirects,
    /// It leads into a local network, and is not asked.
    NotPublic,
    /// It was not asked: its host failed again and again or asked to be left alone, or the time was over.
    GivenUp,
}

impl LinkReason {
    /// Every case.
    pub const ALL: [Self; 11] = [
        Self::NotFound,
        Self::Removed,
        Self::NoSuchHost,
        Self::Blocked,
        Self::RateLimited,
        Self::TimedOut,
        Self::Unreachable,
        Self::ServerError,
        Self::Redirects,
        Self::NotPublic,
        Self::GivenUp,
    ];

    /// The fixed word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::NotFound => "not-found",
            Self::Removed => "removed",
            Self::NoSuchHost => "no-such-host",
            Self::Blocked => "blocked",
            Self::RateLimited => "rate-limited",
            Self::TimedOut => "timed-out",
            Self::Unreachable => "unreachable",
            Self::ServerError => "server-error",
            Self::Redirects => "redirects",
            Self::NotPublic => "not-public",
            Self::GivenUp => "given-up",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_check_comes_back_from_its_line_and_needs_little() {
        let line = r#"{"url":"https://x.org/a","state":"gone","why":"no-such-host","as_of":"2026-11-22","archived_at":"https://web.archive.org/web/2020/https://x.org/a","history":[["2026-11-01","alive"],["2026-11-22","gone"]]}"#;
        let check: LinkCheck = serde_json::from_str(line).unwrap();
        assert_eq!(serde_json::to_string(&check).unwrap(), line);
        assert_eq!(check.since().to_string(), "2026-11-22");
        let least = r#"{"url":"https://x.org/a","state":"alive","as_of":"2026-11-22"}"#;
        assert_eq!(serde_json::from_str::<LinkCheck>(least).unwrap().since().to_string(), "2026-11-22");
        for reason in LinkReason::ALL {
            assert_eq!(serde_json::to_string(&reason).unwrap(), format!("{:?}", reason.word()));
        }
        for state in LinkState::ALL {
            assert_eq!(serde_json::to_string(&state).unwrap(), format!("{:?}", state.word()));
        }
    }
}
