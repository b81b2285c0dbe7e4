use super::WebUrl;

/// A registry of software packages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Registry {
    /// cran.r-project.org
    Cran,
    /// bioconductor.org
    Bioconductor,
    /// pypi.org
    PyPi,
    /// npmjs.com
    Npm,
    /// crates.io
    Crates,
    /// anaconda.org
    Conda,
}

impl Registry {
    /// The word for it in an IRI.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Cran => "cran",
            Self::Bioconductor => "bioconductor",
            Self::PyPi => "pypi",
            Self::Npm => "npm",
            Self::Crates => "crates",
            Self::Conda => "conda",
        }
    }
}

/// A package in a registry.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Package {
    /// Which registry.
    pub registry: Registry,
    name: String,
}

impl Package {
    /// Reads the package that an address is the page of.
    #[must_use]
    pub fn from_url(url: &WebUrl) -> Option<Self> {
        let path = url.path().trim_matches('/');
        let (registry, name) = match url.host().to_ascii_lowercase().as_str() {
            "cran.r-project.org" => {
                let linked = url.query().and_then(|query| query.strip_prefix("package="));
                let name = linked.or_else(|| after(path, "package=")).or_else(|| after(path, "packages/"));
                (Registry::Cran, name.filter(|name| *name != "web")?)
            }
            "bioconductor.org" => {
                let below = path.strip_prefix("packages/")?;
                let page = below.rsplit('/').next()?;
                (Registry::Bioconductor, page.strip_suffix(".html").unwrap_or(page))
            }
            "pypi.org" | "pypi.python.org" => {
                (Registry::PyPi, after(path, "project/").or_else(|| after(path, "pypi/"))?)
            }
            "npmjs.com" => (Registry::Npm, path.strip_prefix("package/")?),
            "crates.io" => (Registry::Crates, after(path, "crates/")?),
            "anaconda.org" => (Registry::Conda, path.split_once('/').map(|(_, name)| name)?),
            _ => return None,
        };
        let is_name = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.@/".contains(&b));
        is_name.then(|| Self { registry, name: name.to_ascii_lowercase() })
    }

    /// The package's name in lower case.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl std::fmt::Display for Package {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.registry.word(), self.name)
    }
}

/// The path segment that follows the marker.
fn after<'a>(path: &'a str, marker: &str) -> Option<&'a str> {
    let at = path.find(marker)?;
    path[at + marker.len()..].split(['/', '&']).next().filter(|segment| !segment.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_packages_from_their_pages() {
        let package = |text: &str| Package::from_url(&text.parse().unwrap()).map(|package| package.to_string());
        for (url, expected) in [
            ("https://cran.r-project.org/web/packages/Seurat/index.html", "cran/seurat"),
            ("https://CRAN.R-project.org/package=mixOmics", "cran/mixomics"),
            ("https://bioconductor.org/packages/release/bioc/html/scran.html", "bioconductor/scran"),
            ("https://bioconductor.org/packages/MOFA2", "bioconductor/mofa2"),
            ("https://pypi.org/project/scvi-tools/", "pypi/scvi-tools"),
            ("https://crates.io/crates/serde", "crates/serde"),
        ] {
            assert_eq!(package(url).as_deref(), Some(expected), "{url}");
        }
        assert_eq!(package("https://bioconductor.org/help/"), None);
    }
}
