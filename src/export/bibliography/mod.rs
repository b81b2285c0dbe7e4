//! Works as bibliographies, in the forms that programs that keep references read, our own readers among them.
//!
//! Papers, books, software, datasets, films and pages are written; courses, competitions, lists and groups are no works.
//! Where sources differ, the one that is trusted most is followed; the authors are those of the longest list that a source
//! gives. Titles, authors in their order, venues, dates, volumes, issues, pages, identifiers, abstracts and keywords come
//! back when `build` reads the file. What does not:
//!
//! - what no form has a place for: topics, descriptions, relations, evidence, and that a tool is a model;
//! - in BibTeX braces and backslashes of titles, and more than one blank in a row, which stand for themselves in no reader;
//! - what our readers take for markup, as databases have it in their titles: `<i>`, `&lt;`; and a full stop behind a title.

mod bibtex;
mod csl;
mod key;
mod latex;
mod ris;

use std::io::{self, BufWriter, Write};

use super::work::{Reader, Sort};
use crate::{network::Network, store::Scan};
use key::Keys;

/// A form of a bibliography.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bibliography {
    /// [BibTeX](https://www.bibtex.org/Format/), with `@software`, `@dataset` and `@online` as BibLaTeX has them.
    BibTex,
    /// [RIS](https://en.wikipedia.org/wiki/RIS_(file_format)): EndNote, Zotero, Mendeley.
    Ris,
    /// [CSL-JSON](https://docs.citationstyles.org/en/stable/specification.html): Zotero, Pandoc, citeproc.
    CslJson,
}

impl Bibliography {
    /// Every form.
    pub const ALL: [Self; 3] = [Self::BibTex, Self::Ris, Self::CslJson];

    /// The word for it on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::BibTex => "bibtex",
            Self::Ris => "ris",
            Self::CslJson => "csl-json",
        }
    }

    /// The form that a word means.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.name() == name)
    }

    /// Writes the works among the nodes of a network, in their order, with what a store says of them. Gives how many there are.
    ///
    /// # Errors
    ///
    /// If the output cannot be written.
    pub fn write(self, scan: &Scan, network: &Network, out: &mut dyn Write) -> io::Result<usize> {
        let mut out = BufWriter::with_capacity(1 << 16, out);
        let reader = Reader::new(scan);
        let mut keys = Keys::default();
        let mut count = 0;
        if self == Self::CslJson {
            out.write_all(b"[")?;
        }
        let works = network.nodes.iter().filter(|node| Sort::of(node.kind).is_some());
        for work in works.filter_map(|node| reader.work(node)) {
            let is_first = count == 0;
            count += 1;
            match self {
                Self::BibTex => bibtex::write(&work, &keys.of(&work), is_first, &mut out)?,
                Self::Ris => ris::write(&work, is_first, &mut out)?,
                Self::CslJson => csl::write(&work, &keys.of(&work), is_first, &mut out)?,
            }
        }
        if self == Self::CslJson {
            out.write_all(b"\n]\n")?;
        }
        out.flush()?;
        Ok(count)
    }
}

#[cfg(test)]
mod tests;
