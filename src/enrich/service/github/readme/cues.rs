//! The phrases by which a README says what a paper is to it.

use super::words::{Phrases, Word};

/// The phrases, ready to be looked for.
pub(super) struct Cues {
    /// Asks for a citation.
    pub(super) cite: Phrases,
    /// In such a phrase: asks for another citation, too.
    pub(super) also: Phrases,
    /// In such a phrase: the citation is that of data.
    pub(super) data: Phrases,
    /// Calls itself the code of a paper, or the paper that of the code.
    pub(super) code_of: Phrases,
    /// Calls itself official.
    pub(super) official: Phrases,
    /// In such a sentence: something else is official, and elsewhere.
    pub(super) elsewhere: Phrases,
    /// The authors' own paper.
    pub(super) own: Phrases,
    /// What makes it another paper of theirs.
    pub(super) other_own: Phrases,
    /// The method is described there.
    pub(super) described: Phrases,
    /// What the paper is about is not the tool.
    pub(super) not_own: Phrases,
    /// Made by others than the authors of the paper, in so many words.
    pub(super) unofficial: Phrases,
    /// Made again, or in another framework: by others, unless it says otherwise.
    pub(super) remade: Phrases,
    /// What those say who made both.
    pub(super) by_authors: Phrases,
    /// It is a list of papers or of tools.
    pub(super) list: Phrases,
}

impl Cues {
    pub(super) fn new() -> Self {
        Self {
            cite: Phrases::of(&[
                "please|kindly ~6 cite|reference|acknowledge",
                "cite|citing ~6 PAPER",
                "cite us",
                "also cite",
                "cite ~3 as|using|with",
                "cite ~2 following|this|it|our",
                "consider ~4 citing|cite",
                "if|when|whenever ~18 cite|citing",
                "should|must ~2 cited",
                "be cited as",
                "to cite",
                "for citation|citations",
                "appreciate|welcome ~6 citation|citations|citing|cite",
                "use ~2 following ~3 citation|bibtex|reference",
                "请 ~3 引 用",
                "引 用 ~3 论 文",
                "引 用 ~2 文 章",
                "引 用 我 们",
                "請 ~3 引 用",
            ]),
            also: Phrases::of(&[
                "also ~4 cite|citing",
                "cite ~4 also",
                "additionally ~6 cite",
                "addition ~12 cite",
                "cite|citing ~4 original",
            ]),
            data: Phrases::of(&["data|dataset|datasets|benchmark|benchmarks|database"]),
            code_of: Phrases::of(&[
                "CODE ~4 for|of|accompanying|behind|from|accompanies|supporting ~5 PAPER",
                "CODE ~4 associated|corresponding ~2 to|with ~4 PAPER",
                "CODE ~2 used ~2 in|for|by ~4 PAPER",
                "accompanies|accompany|accompanying|supplements ~5 PAPER",
                "reproduce|reproducing|reproduces|replicate ~6 in|of|from our ~2 PAPER",
                "CODE ~14 described|proposed|presented|introduced|developed|used|published ~2 in",
                "implements ~14 described|proposed|presented|introduced|published ~2 in",
                "是 ~12 论 文 ~8 代 码",
                "论 文 ~30 官 方 ~6 实 现|代",
                "论 文 ~30 代 码",
            ]),
            official: Phrases::of(&["official ~5 CODE", "官 方 ~4 实 现|代"]),
            elsewhere: Phrases::of(&[
                "available|found|see|refer|check|original|not|from|here ~3 official",
                "official ~8 available|found|see|here|at",
            ]),
            own: Phrases::of(&[
                "our ~4 PAPER",
                "accompanying|companion ~2 PAPER",
                "associated|corresponding ~1 PAPER",
                "PAPER ~1 describing|introducing",
                "我 们 的 ~3 论 文|章",
            ]),
            other_own: Phrases::of(&[
                "our ~2 other|others|another|previous|earlier|prior|related|former|recent|new|review|protocol|previously",
            ]),
            described: Phrases::of(&[
                "described|presented|introduced|proposed|explained|detailed|published|reported|outlined|documented|appeared ~3 in|at",
                "details|detail|information|description|explanation|descriptions|background ~12 PAPER",
                "details|detail|information|description|more ~14 see",
                "learn|read|find|found more ~8 PAPER",
                "PAPER ~2 to|for learn|read|more",
                "more ~4 PAPER",
                "see|read|refer|check|checkout|consult|visit ~5 PAPER",
                "link to ~3 PAPER",
                "PAPER ~3 is|are|can ~4 available|found|accessed|here|at|published|on",
            ]),
            not_own: Phrases::of(&[
                "data ~3 from|by|of|were|was|used|available|published|obtained",
                "dataset|datasets|benchmark|benchmarks|benchmarking|atlas|download|downloaded|tutorial|raw|preprocessed",
                "based|builds|built|inspired|borrowed|borrows|adapted|derived|extends|extension|modified|wraps|wrapper|ported",
                "thanks|thank|acknowledge|acknowledges|credit",
                "depends|relies|requires|dependency|uses|used|using|utilizes|apply|applied|powered",
                "algorithm|method|model|approach|idea|work|package of|by",
                "proposed|developed|introduced|presented|described|published by",
                "evaluating|evaluates|evaluated|comparing|compares|assessing",
                "compared|comparison|similar|alternative|alternatives|versus|vs|unlike|contrast",
                "e g",
                "such as",
                "cited by",
                "数 据",
                "基 于",
            ]),
            unofficial: Phrases::of(&[
                "unofficial|inofficial|nonofficial|unofficially",
                "non official",
                "not ~3 official",
                "third party implementation",
                "forked ~3 from",
                "fork of",
                "非 官 方",
                "复 现",
            ]),
            remade: Phrases::of(&[
                "reimplementation|reimplementations|reimplement|reimplements|reimplemented",
                "re implementation|implement|implements|implemented",
                "FRAMEWORK ~2 implementation ~4 of|for",
                "implementation ~25 in|with|using FRAMEWORK",
                "FRAMEWORK port|version|replication",
                "reproduction|replication ~3 of",
            ]),
            by_authors: Phrases::of(&[
                "our ~4 PAPER",
                "our ~2 work|method|approach",
                "we ~3 propose|proposed",
                "in this|the paper|work ~2 we",
                "cite us",
                "我 们",
            ]),
            list: Phrases::of(&[
                "curated ~2 list|collection",
                "list|collection of ~4 papers|resources|tools|software|articles|packages",
                "awesome",
                "paper|reading list",
            ]),
        }
    }
}

/// Words by which a link or a badge says that it leads to the paper.
pub(super) fn is_paper_label(words: &[Word]) -> bool {
    const LABELS: &str = "paper|papers|preprint|biorxiv|medrxiv|arxiv|publication|manuscript|article|pdf|doi|link|the|our|full|\
        text|journal|version|read|original|research|nature|methods|communications|bioinformatics|cell|pnas|science|neurips|\
        icml|iclr|cvpr|and|on|at|in|published";
    let is_label = |word: &Word| word.is_one_of(LABELS);
    words.iter().any(is_label) && words.len() <= 5 && words.iter().all(|word| is_label(word) || word.is_number())
}
