use super::WebUrl;

/// A host of code repositories whose addresses have the form `host/owner/repository`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Forge {
    /// github.com
    GitHub,
    /// gitlab.com
    GitLab,
    /// bitbucket.org
    Bitbucket,
}

impl Forge {
    /// The word for it in an IRI.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::GitHub => "github",
            Self::GitLab => "gitlab",
            Self::Bitbucket => "bitbucket",
        }
    }

    fn of_host(host: &str) -> Option<Self> {
        match host {
            "github.com" => Some(Self::GitHub),
            "gitlab.com" => Some(Self::GitLab),
            "bitbucket.org" => Some(Self::Bitbucket),
            _ => None,
        }
    }
}

/// A code repository: where it is, its owner and its name, both as written and compared in lower case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RepoSlug {
    /// Where it is hosted.
    pub forge: Forge,
    owner: String,
    name: String,
}

/// First path segments on a forge that are pages of the forge and not owners.
const NOT_OWNERS: [&str; 20] = [
    "about",
    "apps",
    "blog",
    "collections",
    "contact",
    "customer-stories",
    "explore",
    "features",
    "login",
    "marketplace",
    "new",
    "notifications",
    "orgs",
    "pricing",
    "search",
    "settings",
    "sponsors",
    "stars",
    "topics",
    "trending",
];

impl RepoSlug {
    /// Reads the repository that an address lies in; `None` if it lies in none.
    ///
    /// A repository's own page, its `.git` address and any page below it give the same slug; whether the address
    /// is the repository itself is what [`RepoSlug::is_root`] tells.
    #[must_use]
    pub fn from_url(url: &WebUrl) -> Option<Self> {
        let forge = Forge::of_host(&url.host().to_ascii_lowercase())?;
        let mut segments = url.path().split('/').filter(|segment| !segment.is_empty());
        let owner = segments.next()?;
        let name = segments.next()?;
        let name = name.strip_suffix(".git").unwrap_or(name);
        let is_slug = |text: &str| {
            !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
        };
        let is_valid = is_slug(owner) && is_slug(name) && !NOT_OWNERS.contains(&owner.to_ascii_lowercase().as_str());
        is_valid.then(|| Self { forge, owner: owner.to_owned(), name: name.to_owned() })
    }

    /// Whether the address means the repository as a whole: its own page, a branch, its README.
    #[must_use]
    pub fn is_root(url: &WebUrl) -> bool {
        let mut segments = url.path().split('/').filter(|segment| !segment.is_empty()).skip(2);
        match (segments.next(), segments.next(), segments.next()) {
            (None, ..) => true,
            (Some("tree"), Some(_), None) => true,
            (Some("blob"), Some(_), Some(file)) => file.to_ascii_lowercase().starts_with("readme"),
            _ => false,
        }
    }

    /// The address of its own page.
    #[must_use]
    pub fn page(&self) -> WebUrl {
        let host = match self.forge {
            Forge::GitHub => "github.com",
            Forge::GitLab => "gitlab.com",
            Forge::Bitbucket => "bitbucket.org",
        };
        let address = format!("https://{host}/{}/{}", self.owner, self.name);
        address.parse().expect("a host and two plain segments are an address")
    }

    /// The owner as written.
    #[must_use]
    pub fn owner(&self) -> &str {
        &self.owner
    }

    /// The repository's name as written, without `.git`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl std::fmt::Display for RepoSlug {
    /// Writes `forge/owner/name` in lower case, the form by which repositories are compared.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}/{}", self.forge.word(), self.owner.to_ascii_lowercase(), self.name.to_ascii_lowercase())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_repository_from_any_page_of_it() {
        let slug = |text: &str| RepoSlug::from_url(&text.parse().unwrap()).map(|slug| slug.to_string());
        assert_eq!(slug("https://github.com/YosefLab/scVI").as_deref(), Some("github/yoseflab/scvi"));
        assert_eq!(slug("http://www.github.com/PetarV-/GAT.git").as_deref(), Some("github/petarv-/gat"));
        assert_eq!(slug("https://github.com/a/b/tree/master/sub").as_deref(), Some("github/a/b"));
        assert_eq!(slug("https://github.com/topics/awesome"), None);
        assert_eq!(slug("https://github.com/owner"), None);
        assert_eq!(slug("https://example.org/a/b"), None);
    }

    #[test]
    fn knows_a_repository_from_a_page_inside_it() {
        let is_root = |text: &str| RepoSlug::is_root(&text.parse().unwrap());
        assert!(is_root("https://github.com/a/b/"));
        assert!(is_root("https://github.com/a/b/tree/main"));
        assert!(is_root("https://github.com/a/b/blob/master/README.md"));
        assert!(!is_root("https://github.com/a/b/wiki/Page"));
        assert!(!is_root("https://github.com/a/b/tree/main/sub"));
    }
}
