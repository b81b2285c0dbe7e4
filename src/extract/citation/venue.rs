//! Judges names of journals, conferences and preprint servers by the words that they are made of.

use super::lexicon::Traits;
use super::token::{Span, Token, TokenKind};
use crate::model::VenueKind;

/// What sort of venue a name means.
pub(crate) fn venue_kind(name: &str) -> VenueKind {
    let lower = name.to_lowercase();
    let is_any = |wanted: &[&str]| lower.split(|c: char| !c.is_alphanumeric()).any(|word| wanted.contains(&word));
    if is_any(&["biorxiv", "medrxiv", "arxiv", "chemrxiv", "preprints", "ssrn", "corr"]) {
        return VenueKind::PreprintServer;
    }
    let is_journal =
        JOURNALS_OF_PROCEEDINGS.iter().any(|start| lower.starts_with(start)) || JOURNALS.contains(&lower.as_str());
    let is_meeting = is_any(&["conference", "workshop", "symposium", "conf", "symp", "proceedings", "proc"])
        || lower.starts_with("advances in neural");
    let is_acronym =
        |word: &str| super::lexicon::traits(word).has(Traits::ACRONYM) && !ACRONYMS_OF_JOURNALS.contains(&word);
    let is_named = name.split(|c: char| !c.is_alphanumeric()).any(is_acronym);
    if (is_meeting || is_named) && !is_journal { VenueKind::Conference } else { VenueKind::Periodical }
}

const JOURNALS: [&str; 7] = ["elife", "peerj", "gigascience", "iscience", "softwarex", "f1000research", "zenodo"];

const JOURNALS_OF_PROCEEDINGS: [&str; 5] = [
    "proceedings of the national academy",
    "proc natl",
    "proc. natl",
    "proceedings of the ieee",
    "proceedings of the royal",
];

const ACRONYMS_OF_JOURNALS: [&str; 17] = [
    "PNAS", "IEEE", "JAMA", "JMLR", "TPAMI", "TMI", "NEJM", "JAMIA", "JAIR", "TACL", "TMLR", "IJCV", "TNNLS", "PMLR",
    "TKDE", "TVCG", "JBHI",
];

/// How much the tokens look like the name of a venue; 0 or less means that they do not.
pub(super) fn score(tokens: &[Token<'_>]) -> i32 {
    const MOST_OF_WORDS: i32 = 8;
    const MOST_WORDS: i32 = 6;
    let is_word = |token: &&Token<'_>| matches!(token.kind, TokenKind::Word | TokenKind::Mixed);
    let is_lead = |token: &Token<'_>| token.is_blank() || token.has(Traits::LEAD);
    let first = match tokens.iter().find(is_word) {
        Some(first) if first.has(Traits::HAN) => return score_han(tokens),
        Some(first) if !tokens.iter().all(is_lead) => first,
        _ => return -10,
    };
    let content = tokens.iter().filter(is_word).filter(|token| !token.has(Traits::CONNECTIVE));
    let of_venue: i32 = content.clone().map(word_score).sum();
    let n_content = i32::try_from(content.count()).unwrap_or(i32::MAX);
    let doubt: i32 = tokens.iter().map(doubt).sum();
    let is_meeting = is_meeting(tokens);
    let is_shouted = first.has(Traits::CAPITAL) || first.is_of_venue() || first.text.contains(char::is_uppercase);
    let begins_inside =
        !is_meeting && first.has(Traits::CONNECTIVE) && !first.is("the") && !first.text.starts_with("In");
    let too_long = if is_meeting { -3 } else { (n_content - MOST_WORDS).max(0) };
    of_venue.min(MOST_OF_WORDS) - doubt - too_long - if !is_shouted || begins_inside { 3 } else { 0 }
}

/// How much a token speaks against its being in the name of a venue.
fn doubt(token: &Token<'_>) -> i32 {
    match token.kind {
        TokenKind::Mark('"' | '?' | '!' | ';' | '=') => 4,
        TokenKind::Mark(':') => 1,
        TokenKind::Word if token.is("publishing") || token.is("publishers") || token.is("verlag") => 5,
        TokenKind::Word | TokenKind::Mixed if !token.has(Traits::CONNECTIVE) => {
            let is_low = !token.has(Traits::CAPITAL) && !token.is_of_venue();
            i32::from(is_low) + i32::from(token.has(Traits::OF_TITLES))
        }
        _ => 0,
    }
}

fn word_score(token: &Token<'_>) -> i32 {
    if token.has(Traits::ACRONYM) {
        4
    } else if token.has(Traits::VENUE) {
        2
    } else {
        0
    }
}

/// Journals in Chinese end in a word for journal, or are named after a field.
fn score_han(tokens: &[Token<'_>]) -> i32 {
    let Some(last) = tokens.iter().rev().find(|token| token.is_word()) else {
        return -10;
    };
    let is_journal = ["学报", "杂志", "期刊", "通报", "科学", "会议", "论坛", "周刊", "月刊"]
        .iter()
        .any(|end| last.text.ends_with(end));
    let is_long = tokens.iter().map(|token| token.text.len()).sum::<usize>() > 45;
    let base = if is_journal { 4 } else { 1 };
    if is_long { base - 3 } else { base }
}

/// Whether the name begins as one of a meeting does: such names are long and contain commas.
pub(super) fn is_meeting(tokens: &[Token<'_>]) -> bool {
    const MOST_BEFORE: usize = 12;
    let mut words = tokens.iter().filter(|token| token.is_word());
    let begins = words.next().is_some_and(|first| first.has(Traits::MEETING));
    let has_meeting = tokens.iter().take(MOST_BEFORE).any(|token| token.has(Traits::MEETING));
    begins || (has_meeting && (tokens[0].has(Traits::CAPITAL) || tokens[0].is_number()))
}

/// The span without what follows the name of a venue before its date: publisher, town, the year of an acronym.
pub(super) fn without_tail(tokens: &[Token<'_>], span: Span) -> Span {
    let is_meeting = is_meeting(&tokens[span.start..span.end]);
    let end = (span.start + 1..span.end).find(|&at| begins_tail(tokens, span, at, is_meeting)).unwrap_or(span.end);
    Span::new(span.start, end)
}

fn begins_tail(tokens: &[Token<'_>], span: Span, at: usize, is_meeting: bool) -> bool {
    let rest = &tokens[at + 1..span.end];
    let Some(next) = rest.iter().find(|token| !token.is_blank()) else {
        return false;
    };
    match tokens[at].kind {
        // `(CVPR ’16)`, `(BCB 2019)`, `(Vol. 3)`, `(eds)`
        TokenKind::Mark('(') => rest
            .iter()
            .take_while(|token| !token.is_mark(')'))
            .any(|token| token.is_number() || token.is("eds") || token.is("vol")),
        TokenKind::Mark('.') => {
            let ends_word = !tokens[at - 1].has(Traits::ABBREVIATION.and(Traits::INITIAL));
            ends_word
                && rest[0].spaced
                && (is_publication(rest) || is_meeting && next.has(Traits::CAPITAL) && !next.is_of_venue())
        }
        TokenKind::Mark(',') => is_publication(rest) || is_meeting && (is_short_address(rest) || is_series(rest)),
        TokenKind::Mark(':') => is_meeting && rest.iter().any(|token| token.has(Traits::PLACE)) && next.is_number(),
        _ => false,
    }
}

/// Whether the tokens begin as `Springer, Cham`, `New York: ACM`, `Association for Computing Machinery, NY` do.
fn is_publication(tokens: &[Token<'_>]) -> bool {
    const MOST_WORDS: usize = 14;
    let words = tokens.iter().filter(|token| token.is_word());
    let mut piece = tokens
        .split(|token| matches!(token.kind, TokenKind::Mark(',' | '.')))
        .find(|piece| !piece.is_empty())
        .unwrap_or_default()
        .iter();
    let is_known = |token: &Token<'_>| token.has(Traits::PUBLISHER.and(Traits::PLACE));
    let n_words = words.clone().count();
    let begins = piece.any(is_known);
    let has_more =
        words.into_iter().any(|token| token.has(Traits::MEETING) || token.is("journal") || token.is("transactions"));
    n_words <= MOST_WORDS && begins && !has_more
}

/// `Stockholm, Sweden`: a piece before the next comma with a place in it, or a short one that a place follows.
fn is_short_address(tokens: &[Token<'_>]) -> bool {
    let sentence = tokens.split(|token| token.is_mark('.')).next().unwrap_or_default();
    let mut pieces = sentence.split(|token| token.is_mark(','));
    let has_place = |piece: Option<&[Token<'_>]>| {
        piece.is_some_and(|piece| piece.len() <= 4 && piece.iter().any(|token| token.has(Traits::PLACE)))
    };
    has_place(pieces.next()) || has_place(pieces.next())
}

/// `, Proceedings, Part V`, `, GECCO ’10`, `, Lecture Notes in`
fn is_series(tokens: &[Token<'_>]) -> bool {
    let Some(first) = tokens.first() else {
        return false;
    };
    first.is("proceedings")
        || first.is("lecture")
        || first.has(Traits::ACRONYM.and(Traits::MONTH))
        || first.is("part")
        || first.is("volume")
}

#[cfg(test)]
mod tests {
    use super::super::token::tokenise;
    use super::*;

    #[test]
    fn tells_a_venue_from_a_sentence() {
        for text in [
            "Nat Rev Genet",
            "Proceedings of the National Academy of Sciences",
            "NeurIPS",
            "Quant Biol",
            "bioRxiv",
            "Frontiers in genetics",
        ] {
            assert!(score(&tokenise(text).0) > 0, "{text}");
        }
        for text in ["a fast and simple parser", "released in", "Released by the team in", "see the website for more"] {
            assert!(score(&tokenise(text).0) <= 0, "{text}");
        }
    }

    #[test]
    fn cuts_publishers_off() {
        for (text, expected) in [
            ("Proceedings of the Conference on Learning. Springer, Cham", 6),
            ("Proceedings of Health, Inference, and Learning", 8),
            ("Advances in Neural Systems (NeurIPS 14). Long Beach", 4),
            ("Nat. Methods", 3),
        ] {
            let (tokens, _) = tokenise(text);
            assert_eq!(without_tail(&tokens, Span::new(0, tokens.len())).end, expected, "{text}");
        }
    }

    #[test]
    fn knows_kinds() {
        assert_eq!(venue_kind("BioRxiv"), VenueKind::PreprintServer);
        assert_eq!(venue_kind("CVPR"), VenueKind::Conference);
        assert_eq!(venue_kind("Proceedings of the 3rd Workshop on X"), VenueKind::Conference);
        assert_eq!(venue_kind("Proc. Natl. Acad. Sci. U.S.A."), VenueKind::Periodical);
        assert_eq!(venue_kind("eLife"), VenueKind::Periodical);
    }
}
