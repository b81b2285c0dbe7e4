//! Recognises the names of journals, conferences and preprint servers by the words that they are made of.

use super::token::{Token, TokenKind};

/// Whether the word is one that names of venues are made of, in full or as their usual abbreviation.
pub(super) fn is_venue_word(word: &str) -> bool {
    let lower = word.to_lowercase();
    VENUE_WORDS.binary_search(&lower.as_str()).is_ok() || is_acronym(word)
}

/// Whether the word alone names a venue: a well-known conference, server or journal of one word.
pub(super) fn is_acronym(word: &str) -> bool {
    ACRONYMS.contains(&word) || matches!(word.to_ascii_lowercase().as_str(), "biorxiv" | "medrxiv" | "arxiv" | "chemrxiv" | "neurips" | "nips" | "elife" | "peerj" | "gigascience" | "miccai")
}

/// How much the tokens look like the name of a venue; 0 or less means that they do not.
pub(super) fn score(tokens: &[Token<'_>]) -> i32 {
    let words: Vec<&Token<'_>> = tokens.iter().filter(|token| matches!(token.kind, TokenKind::Word | TokenKind::Mixed)).collect();
    let Some(first) = words.first() else { return -10 };
    let mut score = 0;
    let mut n_content = 0;
    for word in &words {
        if is_connective(word.text) {
            continue;
        }
        n_content += 1;
        if is_acronym(word.text) {
            score += 5;
        } else if is_venue_word(word.text) {
            score += 2;
        } else if word.text.starts_with(char::is_uppercase) {
            score += 0;
        } else {
            score -= 1;
        }
    }
    if !first.text.starts_with(char::is_uppercase) && !is_acronym(first.text) && !first.text.starts_with('e') {
        score -= 3;
    }
    let is_sentence = tokens.iter().any(|token| matches!(token.kind, TokenKind::Mark('"' | '?' | '!' | ';' | '=')));
    let is_long = n_content > 12 && !is_proceedings(&words);
    score - if is_sentence { 4 } else { 0 } - if is_long { 6 } else { 0 }
}

fn is_proceedings(words: &[&Token<'_>]) -> bool {
    words.iter().take(3).any(|word| word.is("proceedings") || word.is("conference") || word.is("proc") || word.is("workshop"))
}

pub(super) fn is_connective(word: &str) -> bool {
    matches!(word.to_ascii_lowercase().as_str(), "of" | "the" | "on" | "and" | "in" | "for" | "&" | "an" | "a" | "de" | "der" | "für" | "und" | "et" | "to" | "la" | "di")
}

/// Whether a full stop after the word is an abbreviation's and not a sentence's.
pub(super) fn is_abbreviation(word: &str) -> bool {
    let lower = word.to_lowercase();
    word.chars().count() <= 6 && ABBREVIATIONS.binary_search(&lower.as_str()).is_ok()
}

/// Well-known venues of one word, in the letter case that tells them from a common word.
const ACRONYMS: [&str; 112] = [
    "AAAI", "ACCV", "ACL", "AISTATS", "AMIA", "ASPLOS", "BCB", "BIBM", "BMVC", "BIBE", "CAV", "CCS", "CHI", "CHIL", "CIKM", "CIBB", "COLING",
    "COLT", "CONLL", "CoNLL", "CoRL", "CVPR", "CVPRW", "DATE", "DAC", "DSAA", "EACL", "EAAI", "ECAI", "ECCV", "ECML", "ECMLPKDD", "EMBC", "EMNLP",
    "ESEC", "FAccT", "FAT", "FOCS", "FSE", "GECCO", "HPCA", "HPDC", "ICASSP", "ICCV", "ICCVW", "ICDAR", "ICDE", "ICDM", "ICIP", "ICLR", "ICML",
    "ICMLA", "ICPR", "ICRA", "ICSE", "IEEE", "IJCAI", "IJCNN", "IJCV", "INFOCOM", "INTERSPEECH", "IPDPS", "IPMI", "IROS", "ISBI", "ISCA", "ISMB",
    "JAMA", "JAMIA", "JMLR", "JAIR", "KDD", "LREC", "MEDINFO", "MICCAI", "MICRO", "MIDL", "ML4H", "MLHC", "MLSys", "NAACL", "NDSS", "NEJM",
    "NIPS", "NeurIPS", "NSDI", "OSDI", "PAKDD", "PKDD", "PLDI", "PMLR", "PNAS", "PODS", "POPL", "PSB", "RECOMB", "RSS", "SIGCOMM", "SIGGRAPH",
    "SIGIR", "SIGMOD", "SOSP", "STOC", "TACL", "TMI", "TMLR", "TNNLS", "TPAMI", "UAI", "VLDB", "WACV", "WSDM",
];

/// Words and abbreviations of which names of journals and conferences are made. Sorted, in lower case.
const VENUE_WORDS: &[&str] = &[
    "acad", "academy", "access", "acids", "acm", "acs", "acta", "adv", "advances", "agric", "am", "america",
    "american", "anal", "analyst", "analytica", "anat", "angew", "angewandte", "annals", "annu", "annual",
    "antibodies", "apl", "appl", "applied", "arch", "archives", "arxiv", "asian", "assoc", "association", "astron",
    "biochem", "biochemical", "biochemistry", "biochim", "biodata", "bioeng", "bioengineering", "bioessays",
    "bioinf", "bioinform", "bioinformatics", "biol", "biological", "biologicals", "biology", "biom", "biomarkers",
    "biomed", "biomedical", "biomedicine", "biometrical", "biometrics", "biometrika", "biomolecules", "biophys",
    "biophysical", "biophysics", "biorxiv", "biosci", "bioscience", "biostatistics", "biosystems", "biotech",
    "biotechnol", "biotechnology", "blood", "bmc", "bmj", "brief", "briefings", "bull", "bulletin", "cancer",
    "cancers", "carcinogenesis", "cell", "cells", "cellular", "ceur", "chem", "chemical", "cheminformatics",
    "chemistry", "chemom", "circ", "circulation", "clin", "clinical", "commun", "communications", "comp", "comptes",
    "comput", "computation", "computational", "conf", "conference", "congress", "crit", "crystallogr", "curr",
    "current", "cytometry", "database", "dev", "development", "diabetes", "diagnostics", "digit", "dis", "discov",
    "discovery", "ecol", "ecology", "elife", "embo", "embs", "endocrinol", "eng", "engineering", "environ",
    "environmental", "epidemiol", "epidemiology", "epigenetics", "epigenomics", "eur", "european", "evol",
    "evolution", "exp", "experimental", "expert", "f1000research", "febs", "findings", "forum", "front", "frontiers",
    "gastroenterology", "gene", "genes", "genet", "genetica", "genetics", "genom", "genome", "genomic", "genomics",
    "gigascience", "gut", "health", "healthcare", "hepatology", "hered", "hum", "human", "ieee", "immunity",
    "immunol", "immunology", "inf", "inform", "informatics", "informatik", "information", "insight", "inst", "int",
    "intell", "intelligence", "international", "iscience", "isme", "isprs", "j", "jama", "jco", "jnci", "journal",
    "knowl", "knowledge", "lab", "lancet", "language", "learn", "learning", "lect", "lecture", "lett", "letters",
    "leukemia", "machine", "magazine", "math", "mathematical", "mathematics", "mbio", "measurement", "mech", "med",
    "medical", "medicine", "medrxiv", "meeting", "metab", "metabolites", "metabolomics", "methodol", "methods",
    "microbiol", "microbiology", "microbiome", "microsc", "mol", "molecular", "molecules", "msystems", "mutat",
    "nano", "nanotechnol", "nat", "natl", "natur", "natural", "nature", "nejm", "netw", "networks", "neural",
    "neurips", "neuro", "neurobiol", "neuroimage", "neuroinform", "neuroinformatics", "neurol", "neurology",
    "neuron", "neurosci", "neuroscience", "npj", "nucl", "nucleic", "nutr", "oncogene", "oncol", "oncology",
    "oncotarget", "ophthalmol", "opin", "oral", "organ", "oxf", "pac", "pacific", "parasit", "pathol", "pathology",
    "pattern", "patterns", "pediatr", "peerj", "pers", "perspect", "pharm", "pharmaceuticals", "pharmacogenomics",
    "pharmacol", "pharmacology", "philos", "phys", "physica", "physics", "physiol", "physiology", "plant", "plants",
    "plos", "pnas", "preprint", "preprints", "press", "proc", "proceedings", "prog", "progress", "prot", "protein",
    "proteins", "proteome", "proteomics", "protoc", "protocols", "psychiatry", "public", "pubs", "quant",
    "quantitative", "quarterly", "radiol", "radiology", "reg", "rep", "reports", "res", "research", "rev", "review",
    "reviews", "rna", "roy", "royal", "scand", "sci", "science", "sciences", "scientific", "semin", "seminars",
    "signal", "simul", "small", "soc", "society", "softw", "software", "stat", "statist", "statistical",
    "statistics", "stem", "struct", "structural", "structure", "surg", "surgery", "symp", "symposium", "syst",
    "systems", "tech", "technol", "technology", "theor", "theoretical", "theory", "therap", "therapeutics", "tissue",
    "toxicol", "toxicology", "toxins", "trans", "transactions", "transl", "translational", "trends", "vaccine",
    "virol", "virology", "virus", "viruses", "vision", "wiley", "wkshp", "workshop", "workshops", "yeast",
];

/// Words that are written with a full stop inside the name of a venue. Sorted, in lower case.
const ABBREVIATIONS: &[&str] = &[
    "acad", "adv", "am", "anal", "angew", "ann", "annu", "appl", "arch", "assoc", "biochem", "bioeng", "bioinf",
    "biol", "biom", "biomed", "biophys", "biosci", "biotec", "br", "brief", "bull", "can", "cardio", "chem", "circ",
    "clin", "comm", "commun", "comp", "comput", "conf", "crit", "curr", "dev", "dig", "dis", "discov", "ecol", "ed",
    "eds", "eng", "engl", "entomo", "envir", "epidem", "eur", "evol", "exp", "found", "front", "gen", "genet",
    "genom", "hum", "imag", "immun", "inf", "infect", "inform", "inst", "int", "intell", "inter", "intern", "j",
    "jpn", "knowl", "lab", "lang", "lect", "lett", "mach", "mater", "math", "med", "metab", "meth", "methods",
    "microb", "mol", "nat", "nati", "natl", "netw", "neurol", "neuros", "no", "nucl", "nutr", "oncol", "op", "open",
    "opin", "opt", "org", "oxf", "pathol", "pers", "phil", "philos", "phys", "physio", "proc", "prog", "prot",
    "protoc", "psych", "psycho", "publ", "quant", "radiol", "rec", "recog", "rep", "res", "rev", "roy", "sc", "sci",
    "sel", "ser", "signal", "simul", "soc", "softw", "spec", "st", "stat", "stud", "surg", "symp", "syst", "tech",
    "techn", "techno", "theor", "theory", "top", "tox", "trans", "transl", "univ", "virol", "vol", "wkshp",
];

#[cfg(test)]
mod tests {
    use super::super::token::tokenise;
    use super::*;

    #[test]
    fn tells_a_venue_from_a_sentence() {
        for text in ["Nat Rev Genet", "Proceedings of the National Academy of Sciences", "NeurIPS", "Quant Biol", "bioRxiv", "Frontiers in genetics"] {
            assert!(score(&tokenise(text)) > 0, "{text}");
        }
        for text in ["a fast and simple parser", "released in", "Released by the team in", "see the website for more"] {
            assert!(score(&tokenise(text)) <= 0, "{text}");
        }
    }
}
