use serde::{Deserialize, Serialize};

use super::{ArxivId, Doi, Pmcid, Pmid, WebUrl};

/// The identifiers of one work, as far as a text or an address gives them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identifiers {
    /// The DOI.
    pub doi: Option<Doi>,
    /// The arXiv identifier, without version.
    pub arxiv: Option<ArxivId>,
    /// The PubMed Central identifier.
    pub pmcid: Option<Pmcid>,
    /// The PubMed number.
    pub pmid: Option<Pmid>,
}

impl Identifiers {
    /// Reads the identifiers that an address contains: resolvers (doi.org), archives (arXiv, PubMed, PubMed
    /// Central, Europe PMC), and the publishers whose addresses contain the DOI or a fixed part of it.
    #[must_use]
    pub fn from_url(url: &WebUrl) -> Self {
        let mut found = Self::default();
        let host = url.host();
        let path = url.path();
        if host.ends_with("arxiv.org") {
            found.arxiv = arxiv_of_path(path);
            return found;
        }
        if host.ends_with("ncbi.nlm.nih.gov") || host.ends_with("europepmc.org") {
            found.read_pubmed(url);
            return found;
        }
        found.doi = doi_of_publisher(host, path).or_else(|| doi_inside(url));
        found.settle();
        found
    }

    /// Whether nothing was found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Takes over what the other knows and this one does not.
    pub fn fill_from(&mut self, other: Self) {
        self.doi = self.doi.take().or(other.doi);
        self.arxiv = self.arxiv.take().or(other.arxiv);
        self.pmcid = self.pmcid.take().or(other.pmcid);
        self.pmid = self.pmid.take().or(other.pmid);
        self.settle();
    }

    /// Whether both name the same scheme and differ in it.
    #[must_use]
    pub fn conflicts_with(&self, other: &Self) -> bool {
        fn differ<T: PartialEq>(a: Option<&T>, b: Option<&T>) -> bool {
            matches!((a, b), (Some(a), Some(b)) if a != b)
        }
        differ(self.doi.as_ref(), other.doi.as_ref())
            || differ(self.arxiv.as_ref(), other.arxiv.as_ref())
            || differ(self.pmcid.as_ref(), other.pmcid.as_ref())
            || differ(self.pmid.as_ref(), other.pmid.as_ref())
    }

    /// The number that bioRxiv or medRxiv gave: `807214`, `2020.02.05.935296`.
    #[must_use]
    pub fn biorxiv(&self) -> Option<&str> {
        let doi = self.doi.as_ref().filter(|doi| doi.as_ref().starts_with("10.1101/") && doi.is_preprint())?;
        Some(doi.suffix())
    }

    /// Whether the only thing known is a preprint.
    #[must_use]
    pub fn is_preprint(&self) -> bool {
        match &self.doi {
            Some(doi) => doi.is_preprint(),
            None => self.arxiv.is_some() && self.pmcid.is_none() && self.pmid.is_none(),
        }
    }

    /// `10.48550/arXiv.1812.08434` is the arXiv identifier in another form.
    fn settle(&mut self) {
        let arxiv = self.doi.as_ref().and_then(|doi| doi.as_ref().strip_prefix("10.48550/arxiv.")?.parse().ok());
        if arxiv.is_some() {
            self.arxiv = self.arxiv.take().or(arxiv);
            self.doi = None;
        }
    }

    fn read_pubmed(&mut self, url: &WebUrl) {
        let mut segments = url.path().split('/').filter(|segment| !segment.is_empty()).peekable();
        while let Some(segment) = segments.next() {
            let is_number_next =
                matches!(segment, "pubmed" | "MED" | "abstract" | "articles") || url.host().starts_with("pubmed.");
            if self.pmcid.is_none() && segment.len() > 3 {
                self.pmcid = segment.parse().ok();
            }
            if self.pmid.is_none() && segment.bytes().all(|b| b.is_ascii_digit()) && url.host().starts_with("pubmed.") {
                self.pmid = segment.parse().ok();
            }
            if self.pmid.is_none() && is_number_next && segment != "articles" {
                self.pmid = segments.peek().and_then(|next| next.parse().ok());
            }
        }
    }
}

fn arxiv_of_path(path: &str) -> Option<ArxivId> {
    let rest = path.trim_matches('/');
    let id = ["abs/", "pdf/", "html/", "format/", "ps/"].iter().find_map(|form| rest.strip_prefix(form))?;
    id.strip_suffix(".pdf").unwrap_or(id).parse().ok()
}

/// Publishers whose address contains a part of the DOI that completes to the whole by a fixed prefix.
fn doi_of_publisher(host: &str, path: &str) -> Option<Doi> {
    let article = |marker: &str| {
        let at = path.find(marker)? + marker.len();
        path[at..].split('/').next().filter(|id| !id.is_empty())
    };
    let number = |marker: &str| article(marker).filter(|id| id.bytes().all(|b| b.is_ascii_digit()));
    let text = match host {
        // Some sub-journals have addresses such as /articles/npjdigitalmed201812, whose DOI is the same text.
        "nature.com" => {
            let id = article("/articles/").filter(|id| !id.starts_with("d4"))?;
            let id = id.strip_suffix(".pdf").unwrap_or(id);
            let is_article =
                id.starts_with(|c: char| c.is_ascii_alphabetic()) && id.bytes().any(|b| b.is_ascii_digit());
            return is_article.then(|| format!("10.1038/{id}").parse().ok())?;
        }
        "elifesciences.org" => format!("10.7554/elife.{:0>5}", number("/articles/")?),
        "peerj.com" => format!("10.7717/peerj.{}", number("/articles/")?),
        "zenodo.org" => format!("10.5281/zenodo.{}", number("/record/").or_else(|| number("/records/"))?),
        "biorxiv.org" | "medrxiv.org" => {
            // /content/early/2018/07/12/367276 is the old form of /content/10.1101/367276.
            let below = path.strip_prefix("/content/early/")?;
            let id = below.split('/').next_back()?.split('.').next()?;
            let id = id.split('v').next()?;
            if !id.bytes().all(|b| b.is_ascii_digit()) || id.len() < 5 {
                return None;
            }
            format!("10.1101/{id}")
        }
        _ => return None,
    };
    text.parse().ok()
}

/// A DOI that stands whole in the path or in a query parameter.
fn doi_inside(url: &WebUrl) -> Option<Doi> {
    let text = url.as_ref();
    let (_, tail) = text.split_once("://")?;
    if !tail.contains("10.") {
        return None;
    }
    let decoded = tail.replace("%2F", "/").replace("%2f", "/");
    let at = ["/10.", "=10.", ":10."].iter().filter_map(|marker| decoded.find(marker)).min()? + 1;
    let candidate = decoded[at..].split(['?', '&', '#']).next()?;
    let resolver = url.host().ends_with("doi.org");
    without_page(candidate, resolver, url.host()).parse().ok()
}

/// Cuts what a publisher appends to the DOI to name a page of the article: `/full`, `.pdf`, `v1.full.pdf`.
fn without_page<'a>(doi: &'a str, resolver: bool, host: &str) -> &'a str {
    const PAGES: [&str; 22] = [
        "full",
        "abstract",
        "pdf",
        "epdf",
        "html",
        "meta",
        "fulltext",
        "full-text",
        "figures",
        "references",
        "summary",
        "tables",
        "metrics",
        "full.pdf",
        "full.html",
        "pdfft",
        "download",
        "suppl_file",
        "tab-pdf",
        "tab-article-info",
        "asset",
        "supplementary-material",
    ];
    if resolver {
        return doi;
    }
    let mut doi = doi.trim_end_matches('/');
    loop {
        let cut = match doi.rsplit_once('/') {
            // The registrant and at least one more segment must stay.
            Some((head, page)) if head.contains('/') && PAGES.contains(&page.to_ascii_lowercase().as_str()) => head,
            // `/tables/1`, `/figures/2`
            Some((head, number)) if number.len() <= 2 && (head.ends_with("/tables") || head.ends_with("/figures")) => {
                head
            }
            _ => [
                "+html",
                ".pdf",
                ".full",
                ".abstract",
                ".short",
                ".full-text",
                ".html",
                ".article-info",
                ".article-metrics",
                ".supplementary-material",
            ]
            .iter()
            .find_map(|ending| doi.strip_suffix(ending))
            .unwrap_or(doi),
        };
        if cut.len() == doi.len() {
            break;
        }
        doi = cut;
    }
    match (host, doi.rsplit_once('/')) {
        ("biorxiv.org" | "medrxiv.org", _) => without_version(doi),
        // Oxford University Press appends its own number: /doi/10.1093/bioinformatics/btaa777/5904262.
        ("academic.oup.com", Some((head, number)))
            if head.matches('/').count() >= 2 && number.len() >= 5 && number.bytes().all(|b| b.is_ascii_digit()) =>
        {
            head
        }
        _ => doi,
    }
}

fn without_version(doi: &str) -> &str {
    match doi.rfind('v') {
        Some(at) if at + 1 < doi.len() && doi[at + 1..].bytes().all(|b| b.is_ascii_digit()) => &doi[..at],
        _ => doi,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn doi(url: &str) -> Option<String> {
        Identifiers::from_url(&url.parse().unwrap()).doi.map(|doi| doi.to_string())
    }

    #[test]
    fn reads_the_doi_from_the_publishers_address() {
        for (url, expected) in [
            ("https://doi.org/10.1101/807214", "10.1101/807214"),
            ("https://www.nature.com/articles/s41576-019-0122-6", "10.1038/s41576-019-0122-6"),
            ("https://www.nature.com/articles/nature14248.pdf", "10.1038/nature14248"),
            ("https://www.biorxiv.org/content/10.1101/2020.02.05.935296v1.full", "10.1101/2020.02.05.935296"),
            ("https://www.biorxiv.org/content/early/2018/07/12/367276", "10.1101/367276"),
            (
                "https://www.medrxiv.org/content/10.1101/2020.03.01.20029769v2.full.pdf+html",
                "10.1101/2020.03.01.20029769",
            ),
            (
                "https://journals.plos.org/ploscompbiol/article?id=10.1371/journal.pcbi.1007616",
                "10.1371/journal.pcbi.1007616",
            ),
            ("https://dl.acm.org/doi/abs/10.1145/3233547.3233588", "10.1145/3233547.3233588"),
            ("https://link.springer.com/article/10.1007/s00439-019-01970-5#Sec1", "10.1007/s00439-019-01970-5"),
            ("https://link.springer.com/content/pdf/10.1007%2Fs40484-019-0189-2.pdf", "10.1007/s40484-019-0189-2"),
            ("https://genomebiology.biomedcentral.com/articles/10.1186/s13059-019-1837-6", "10.1186/s13059-019-1837-6"),
            ("https://www.embopress.org/doi/10.15252/msb.20188746", "10.15252/msb.20188746"),
            ("https://www.frontiersin.org/articles/10.3389/fgene.2019.00978/full", "10.3389/fgene.2019.00978"),
            ("https://onlinelibrary.wiley.com/doi/abs/10.1002/sim.8570", "10.1002/sim.8570"),
            (
                "https://academic.oup.com/bioinformatics/advance-article/doi/10.1093/bioinformatics/btaa777/5904262",
                "10.1093/bioinformatics/btaa777",
            ),
            ("https://elifesciences.org/articles/27041", "10.7554/elife.27041"),
            ("https://zenodo.org/record/3357167", "10.5281/zenodo.3357167"),
        ] {
            assert_eq!(doi(url).as_deref(), Some(expected), "{url}");
        }
        for url in ["https://www.nature.com/subjects/genomics", "https://example.org/v10.3/x", "https://github.com/a/b"]
        {
            assert_eq!(doi(url), None, "{url}");
        }
    }

    #[test]
    fn reads_archives() {
        let ids = |url: &str| Identifiers::from_url(&url.parse().unwrap());
        assert_eq!(ids("https://arxiv.org/pdf/1812.08434v3.pdf").arxiv.unwrap().as_ref(), "1812.08434");
        assert_eq!(ids("https://doi.org/10.48550/arXiv.1812.08434").arxiv.unwrap().as_ref(), "1812.08434");
        assert_eq!(ids("https://www.ncbi.nlm.nih.gov/pmc/articles/PMC4768299").pmcid.unwrap().as_ref(), "PMC4768299");
        assert_eq!(ids("https://www.ncbi.nlm.nih.gov/pubmed/26301843").pmid.unwrap().as_ref(), "26301843");
        assert_eq!(ids("https://pubmed.ncbi.nlm.nih.gov/26301843/").pmid.unwrap().as_ref(), "26301843");
        assert_eq!(ids("https://europepmc.org/article/MED/26301843").pmid.unwrap().as_ref(), "26301843");
    }

    #[test]
    fn a_preprint_is_known_by_its_identifier() {
        let ids = Identifiers::from_url(&"https://www.biorxiv.org/content/10.1101/365007v2.full".parse().unwrap());
        assert!(ids.is_preprint());
        assert_eq!(ids.biorxiv(), Some("365007"));
    }
}
