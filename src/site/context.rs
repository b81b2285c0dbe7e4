use super::{links::Links, words::Words};

/// A language that pages speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// English
    En,
    /// Chinese in simplified characters
    Zh,
}

impl Language {
    /// Both, the first one first.
    pub const ALL: [Self; 2] = [Self::En, Self::Zh];

    /// The word in `?lang=` and in the cookie: `en`, `zh`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Zh => "zh",
        }
    }

    /// The [BCP 47](https://www.rfc-editor.org/info/bcp47) tag of the page.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Zh => "zh-Hans",
        }
    }

    /// What it calls itself.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Zh => "中文",
        }
    }

    /// The other one, which the page offers.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::En => Self::Zh,
            Self::Zh => Self::En,
        }
    }
}

impl std::str::FromStr for Language {
    type Err = UnknownLanguage;

    /// Reads a tag, of which only the language counts: `zh-CN` is Chinese.
    fn from_str(tag: &str) -> Result<Self, Self::Err> {
        match tag.split(['-', '_']).next().unwrap_or(tag).to_ascii_lowercase().as_str() {
            "en" => Ok(Self::En),
            "zh" => Ok(Self::Zh),
            _ => Err(UnknownLanguage(tag.to_owned())),
        }
    }
}

/// The pages do not speak this language.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no pages in the language {0:?}")]
pub struct UnknownLanguage(pub String);

/// All that a page must know besides what it shows.
#[derive(Debug, Clone)]
pub struct Context {
    /// The language of the page.
    pub language: Language,
    /// Where other pages are.
    pub links: Links,
    /// Path and query of this page on a server, `/search?q=x`: the page in the other language is there, too.
    pub path: String,
    /// Where the server is known to the world, `https://graph.example.org`, for the addresses that other sites keep.
    pub origin: Option<String>,
    /// What the site is called.
    pub title: String,
}

impl Context {
    pub(super) fn words(&self) -> &'static Words {
        Words::of(self.language)
    }

    /// The address of this page in the other language.
    pub(super) fn in_other_language(&self) -> Option<String> {
        self.links.in_language(self.language, &self.path)
    }

    /// The address as other sites may keep it; none where nobody said what the server is called.
    pub(super) fn absolute(&self, address: &str) -> Option<String> {
        let origin = self.links.checked(self.origin.as_deref()?)?;
        address.starts_with('/').then(|| format!("{}{address}", origin.trim_end_matches('/')))
    }
}
