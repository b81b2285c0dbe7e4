//! How far what a repository says of a paper is believed: for each ground the evidence, how close tool and paper are, and how
//! sure that is.
//!
//! The figures for READMEs follow a measurement: the READMEs of 155 repositories from two registries that name the papers of
//! their tools, and of 65 for deep learning. What is counted below is what a first look at READMEs found that no rule had
//! been made for: right of all, 116 of 131. What was wrong there has been mended since, so the figures are a little higher.

use crate::{
    id::Doi,
    model::{Dossier, Evidence, Grade, Related, Relation},
};

/// What makes us believe that a repository and a paper belong together. The order of the cases is their strength.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Ground {
    /// `preferred-citation` of `CITATION.cff`.
    PreferredCitation,
    /// `referencePublication` of `codemeta.json`.
    ReferencePublication,
    /// The README asks to cite it, and it has the name of the tool.
    CiteNamed,
    /// The description says that the code is that of the paper.
    DescriptionOfCode,
    /// The homepage of the repository is the paper.
    Homepage,
    /// The README asks to cite it, and nothing else.
    CiteOnly,
    /// The README calls itself the code of it, or it the paper of the code.
    CodeOf,
    /// The README calls it "our paper".
    Own,
    /// The citation file gives the DOI of a paper for that of the software.
    MisplacedDoi,
    /// The head of the README links it: "Paper", a badge, the title itself.
    Head,
    /// The first of several that the README asks to cite.
    CiteFirst,
    /// The README says that the method is described there, or sends there for details.
    Described,
    /// The description names it.
    DescriptionOnly,
    /// The only one under a heading such as "References", or one with the name of the tool.
    Reference,
    /// The only one that the head of the README names.
    HeadOnly,
    /// The README calls itself an implementation by others.
    ByOthers,
    /// The description calls it so.
    DescriptionByOthers,
    /// `references` of `CITATION.cff`, `citation` of `codemeta.json`.
    Mention,
}

impl Ground {
    /// The relation between the repository and a paper.
    pub(super) fn related(self, paper: Dossier) -> Related {
        let (evidence, grade, percent) = self.weight();
        let is_mention = self == Self::Mention;
        Related {
            relation: if is_mention { Relation::Refers } else { Relation::Implements },
            is_inverse: false,
            other: Box::new(Dossier { is_stub: is_mention, ..paper }),
            evidence,
            percent,
            grade: Some(grade),
        }
    }

    fn weight(self) -> (Evidence, Grade, u8) {
        use Evidence::{CitationFile, DescriptionNamesPaper, ReadmeNamesPaper};
        use Grade::{Community, Official, Use};
        match self {
            // The authors filled in a form that asks for nothing else.
            Self::PreferredCitation => (CitationFile, Official, 97),
            Self::ReferencePublication => (CitationFile, Official, 96),
            // 44 of 46; the others were asked for in addition, in one breath with the tool.
            Self::CiteNamed => (ReadmeNamesPaper, Official, 95),
            Self::DescriptionOfCode => (DescriptionNamesPaper, Official, 94),
            Self::Homepage => (DescriptionNamesPaper, Official, 92),
            // These two: 27 of 32. Wrong where a repository by others asks to cite the original.
            Self::CiteOnly => (ReadmeNamesPaper, Official, 92),
            Self::CodeOf => (ReadmeNamesPaper, Official, 90),
            // 12 of 12, but people have several.
            Self::Own => (ReadmeNamesPaper, Official, 89),
            // The form asks for something else, and some give the paper all the same.
            Self::MisplacedDoi => (CitationFile, Official, 85),
            // 7 of 9: the link may lead to what the tool builds on, or to its successor.
            Self::Head => (ReadmeNamesPaper, Official, 84),
            // These two: 11 of 13. A comparison with the tool is said to describe it, too.
            Self::CiteFirst => (ReadmeNamesPaper, Official, 82),
            Self::Described => (ReadmeNamesPaper, Official, 80),
            Self::DescriptionOnly => (DescriptionNamesPaper, Official, 80),
            // 5 of 6; it may be a bibliography.
            Self::Reference => (ReadmeNamesPaper, Official, 78),
            // 7 of 8, but nothing says so.
            Self::HeadOnly => (ReadmeNamesPaper, Official, 72),
            // 3 of 5; the others were official and did not say so.
            Self::ByOthers => (ReadmeNamesPaper, Community, 81),
            Self::DescriptionByOthers => (DescriptionNamesPaper, Community, 81),
            Self::Mention => (CitationFile, Use, 95),
        }
    }
}

/// Whether a DOI is that of software or data, and not of a paper: of an archive for files, or of a registry of packages.
pub(super) fn is_no_paper(doi: &Doi) -> bool {
    /// Bioconductor, CRAN, Code Ocean, DOE CODE, Dataverse, Mendeley Data, 4TU, Hugging Face, Software Heritage, SciCrunch.
    const REGISTRANTS: [&str; 9] = [
        "10.18129/",
        "10.32614/",
        "10.24433/",
        "10.11578/",
        "10.7910/",
        "10.17632/",
        "10.4121/",
        "10.57967/",
        "10.17605/",
    ];
    // The journal of the R project has the registrant of its archive.
    let is_article = doi.as_ref().starts_with("10.32614/rj-");
    !is_article && (doi.is_deposit() || REGISTRANTS.iter().any(|registrant| doi.as_ref().starts_with(registrant)))
}
