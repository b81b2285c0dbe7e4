//! Reads lists of authors in each of the forms that people use, and scores how sure each reading is.
//!
//! A list has one form from its first name to its last (but for the inverted first name of MLA and Chicago), so
//! each form is tried as a whole and the reading with the best score wins.

use super::token::{Token, TokenKind};
use super::venue::is_venue_word;
use crate::model::PersonName;

/// How the names of a list are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// `Eraslan, G., Avsec, Ž.`
    FamilyCommaInitials,
    /// `Zhou J, Troyanskaya O G`, `Troyanskaya OG`
    FamilyInitials,
    /// `J. Zhou and O. G. Troyanskaya`, `M.C.Liu`
    InitialsFamily,
    /// `Jie Zhou, Ganqu Cui`
    GivenFamily,
    /// `Zhou, Jian, and Olga G. Troyanskaya`; `Zhou, Jian; Troyanskaya, Olga`
    FamilyCommaGiven,
    /// `周杰，崔甘渠`
    Han,
    /// `Zhou et al.`, `Zhou and Troyanskaya (2015)`
    FamilyOnly,
}

const FORMS: [Form; 7] = [
    Form::FamilyCommaInitials,
    Form::FamilyInitials,
    Form::InitialsFamily,
    Form::GivenFamily,
    Form::FamilyCommaGiven,
    Form::Han,
    Form::FamilyOnly,
];

/// A list of authors that was read from some token on.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Authors {
    pub(super) names: Vec<PersonName>,
    pub(super) et_al: bool,
    /// First token.
    pub(super) start: usize,
    /// One past the last token, `et al.` included.
    pub(super) end: usize,
    /// How sure the reading is; below [`SURE`] it needs a venue or a year beside it.
    pub(super) score: i32,
}

/// From this score on a list of names counts alone.
pub(super) const SURE: i32 = 6;

/// The best reading of a list of authors that begins at the token.
pub(super) fn authors_at(text: &str, tokens: &[Token<'_>], start: usize) -> Option<Authors> {
    let first = tokens.get(start)?;
    if !matches!(first.kind, TokenKind::Word | TokenKind::Mixed) {
        return None;
    }
    FORMS
        .into_iter()
        .filter_map(|form| NameReader { text, tokens, form }.list(start))
        .max_by_key(|authors| (authors.score, authors.end))
}

struct NameReader<'t, 'a> {
    text: &'t str,
    tokens: &'t [Token<'a>],
    form: Form,
}

impl NameReader<'_, '_> {
    fn list(&self, start: usize) -> Option<Authors> {
        let mut names = Vec::new();
        let mut at = start;
        let mut end = start;
        let mut et_al = false;
        loop {
            if let Some(next) = self.et_al(at).filter(|_| !names.is_empty()) {
                et_al = true;
                end = next;
                break;
            }
            let Some((name, next)) = self.name(at, names.len()) else { break };
            names.push(name);
            end = next;
            at = next;
            if let Some(next) = self.et_al(at) {
                et_al = true;
                end = next;
                break;
            }
            let Some(next) = self.separator(at) else { break };
            at = next;
        }
        if !et_al && self.form == Form::FamilyInitials && self.closes_sentence(&names, end) {
            end -= 1;
            if let Some(last) = names.last_mut() {
                last.given.pop();
                last.spelling.pop();
            }
        }
        let authors = Authors { score: self.score(&names, et_al, end), names, et_al, start, end };
        (authors.score > 0).then_some(authors)
    }

    /// Whether the dot behind the last initial ends the list and not the initial: `Zhou J, Troyanskaya O G.`
    fn closes_sentence(&self, names: &[PersonName], end: usize) -> bool {
        let Some((last, others)) = names.split_last() else { return false };
        let is_lone_dot = last.given.ends_with('.') && last.given.matches('.').count() == 1 && self.tokens[end - 1].is_mark('.');
        is_lone_dot && others.iter().all(|name| !name.given.contains('.'))
    }

    fn token(&self, at: usize) -> Option<&Token<'_>> {
        self.tokens.get(at)
    }

    fn is_mark(&self, at: usize, mark: char) -> bool {
        self.token(at).is_some_and(|token| token.is_mark(mark))
    }

    /// `et al.`, `and others`, `等`, `…`, with what punctuation people put around it.
    fn et_al(&self, at: usize) -> Option<usize> {
        let mut at = at;
        while self.token(at).is_some_and(|token| matches!(token.kind, TokenKind::Mark(',' | ';' | '&' | '(') | TokenKind::Break) || token.is("and")) {
            at += 1;
        }
        let token = self.token(at)?;
        let next = if token.is("et") {
            let mut next = at + 1;
            if self.is_mark(next, '.') {
                next += 1;
            }
            self.token(next).filter(|token| token.is("al") || token.is("all"))?;
            next + 1
        } else if token.is("etal") {
            at + 1
        } else if token.is("others") || token.is("colleagues") || token.text == "等" {
            at + 1
        } else if token.is_mark('…') {
            at + 1
        } else if token.is_mark('.') && self.is_mark(at + 1, '.') && self.is_mark(at + 2, '.') {
            at + 3
        } else {
            return None;
        };
        // `et al.`, `et al. .`, `et al.,`
        let mut end = next;
        while self.is_mark(end, '.') {
            end += 1;
        }
        Some(end)
    }

    /// What stands between two names.
    fn separator(&self, at: usize) -> Option<usize> {
        let mut next = at;
        let mut found = false;
        while let Some(token) = self.token(next) {
            match token.kind {
                TokenKind::Mark(',' | ';' | '&') => found = true,
                TokenKind::Break if found => {}
                TokenKind::Word if token.is("and") || token.is("und") => found = true,
                _ => break,
            }
            next += 1;
            if next > at + 4 {
                return None;
            }
        }
        found.then_some(next)
    }

    fn name(&self, at: usize, index: usize) -> Option<(PersonName, usize)> {
        let (family, given, end) = match self.form {
            Form::FamilyCommaInitials => self.family_comma_initials(at)?,
            Form::FamilyInitials => self.family_initials(at)?,
            Form::InitialsFamily => self.initials_family(at)?,
            Form::GivenFamily => self.given_family(at)?,
            Form::FamilyCommaGiven => self.family_comma_given(at, index)?,
            Form::Han => self.han(at)?,
            Form::FamilyOnly => self.family_only(at)?,
        };
        let end = self.affiliation_marks(end);
        let spelling = self.text[self.tokens[at].start..self.tokens[end - 1].end()].trim().to_owned();
        Some((PersonName { family, given, spelling }, end))
    }

    fn family_comma_initials(&self, at: usize) -> Option<(String, String, usize)> {
        let (family, next) = self.family(at, 4)?;
        if !self.is_mark(next, ',') {
            return None;
        }
        let (given, end) = self.initials(next + 1)?;
        Some((family, given, end))
    }

    fn family_initials(&self, at: usize) -> Option<(String, String, usize)> {
        let (family, next) = self.family_before_initials(at)?;
        let (given, end) = self.initials(next)?;
        Some((family, given, end))
    }

    fn initials_family(&self, at: usize) -> Option<(String, String, usize)> {
        let (given, next) = self.dotted_initials(at)?;
        let (family, end) = self.family(next, 3)?;
        Some((family, given, end))
    }

    fn given_family(&self, at: usize) -> Option<(String, String, usize)> {
        let mut words: Vec<String> = Vec::new();
        let mut next = at;
        let mut end = at;
        while let Some(token) = self.token(next) {
            let is_first = words.is_empty();
            if !matches!(token.kind, TokenKind::Word | TokenKind::Mixed) || words.len() >= 5 {
                break;
            }
            if is_initials(token.text) && !is_first && self.is_mark(next + 1, '.') || is_initial(token.text) && self.is_mark(next + 1, '.') {
                words.push(format!("{}.", token.text));
                next += 2;
                // `Philip S.Yu`, `J.R. Smith`: the dot may be glued to the next word.
                continue;
            }
            let word = name_word(token)?;
            let is_particle = is_particle(word) && !is_first;
            if !is_particle && !(is_capitalised(word) && !is_common_word(word)) {
                break;
            }
            words.push(word.to_owned());
            next += 1;
            end = next;
        }
        let n_family = family_length(&words);
        let is_name = words.len() > n_family && end == next && words.iter().any(|word| word.chars().count() > 2 || word.chars().all(is_cjk));
        if !is_name {
            return None;
        }
        let family = words.split_off(words.len() - n_family).join(" ");
        Some((family, words.join(" "), end))
    }

    fn family_comma_given(&self, at: usize, index: usize) -> Option<(String, String, usize)> {
        if index > 0 && !self.is_inverted_throughout(at) {
            return self.given_family(at);
        }
        let (family, next) = self.family(at, 3)?;
        if !self.is_mark(next, ',') {
            return None;
        }
        let (given, end) = self.given_words(next + 1)?;
        Some((family, given, end))
    }

    /// Whether the name at the token is inverted, too, as in lists that `;` or `and` separates.
    fn is_inverted_throughout(&self, at: usize) -> bool {
        let before = &self.tokens[at - 1];
        let Some((_, next)) = self.family(at, 3) else { return false };
        (before.is_mark(';') || before.is("and")) && self.is_mark(next, ',') && self.given_words(next + 1).is_some()
    }

    fn given_words(&self, at: usize) -> Option<(String, usize)> {
        let mut words: Vec<String> = Vec::new();
        let mut next = at;
        while let Some(token) = self.token(next).filter(|token| token.is_word() && words.len() < 3) {
            if is_initial(token.text) && self.is_mark(next + 1, '.') && !words.is_empty() {
                words.push(format!("{}.", token.text));
                next += 2;
                continue;
            }
            if !is_capitalised(token.text) || is_common_word(token.text) {
                break;
            }
            words.push(token.text.to_owned());
            next += 1;
        }
        let is_given = words.first().is_some_and(|first| first.chars().count() > 1 && !is_initials(first));
        is_given.then(|| (words.join(" "), next))
    }

    fn han(&self, at: usize) -> Option<(String, String, usize)> {
        let mut name = String::new();
        let mut next = at;
        while let Some(token) = self.token(next).filter(|token| token.is_word() && token.text.chars().all(is_cjk) && token.text != "等") {
            name.push_str(token.text);
            next += 1;
        }
        let length = name.chars().count();
        let first = name.chars().next().filter(|first| (2..=4).contains(&length) && FAMILY_NAMES_HAN.contains(*first))?;
        Some((first.to_string(), name[first.len_utf8()..].to_owned(), next))
    }

    fn family_only(&self, at: usize) -> Option<(String, String, usize)> {
        let (family, next) = self.family(at, 3)?;
        let is_pair = |at: usize| {
            let joined = self.token(at).is_some_and(|token| token.is("and") || token.is_mark('&'));
            joined && self.family(at + 1, 2).is_some_and(|(_, end)| self.is_year(end))
        };
        let ends_pair = at > 0 && (self.tokens[at - 1].is("and") || self.tokens[at - 1].is_mark('&')) && self.is_year(next);
        let is_followed = self.et_al(next).is_some() || is_pair(next) || ends_pair;
        is_followed.then_some((family, String::new(), next))
    }

    fn is_year(&self, at: usize) -> bool {
        let at = if self.token(at).is_some_and(|token| matches!(token.kind, TokenKind::Mark('(' | '[' | ','))) { at + 1 } else { at };
        self.token(at).is_some_and(|token| token.year().is_some())
    }

    /// Capitalised words with particles, none of them an ordinary word.
    fn family(&self, at: usize, limit: usize) -> Option<(String, usize)> {
        let mut family = String::new();
        let mut n_words = 0;
        let mut next = at;
        while let Some(token) = self.token(next).filter(|_| n_words < limit) {
            let Some(word) = name_word(token) else { break };
            let is_part = is_particle(word) && self.token(next + 1).is_some_and(|token| name_word(token).is_some_and(|word| is_capitalised(word) || is_particle(word)));
            if !is_part && (!is_capitalised(word) || is_initial(word) || is_common_word(word)) {
                break;
            }
            if n_words > 0 && !token.spaced {
                break;
            }
            if !family.is_empty() {
                family.push(' ');
            }
            family.push_str(word);
            n_words += 1;
            next += 1;
        }
        (n_words > 0 && !family.ends_with(' ')).then_some((family, next))
    }

    /// A family name that initials follow; capitals alone may be either (`LI J`).
    fn family_before_initials(&self, at: usize) -> Option<(String, usize)> {
        let mut end = at;
        while let Some(token) = self.token(end).filter(|_| end < at + 4) {
            let Some(word) = name_word(token) else { break };
            if end > at && is_initials(word) {
                break;
            }
            let is_part = is_particle(word) || (is_capitalised(word) && !is_common_word(word) && word.chars().count() > 1);
            if !is_part || (end > at && !token.spaced) {
                break;
            }
            end += 1;
        }
        let is_capital_ending = end > at && is_capitalised(self.tokens[end - 1].text);
        let joined = |tokens: &[Token<'_>]| tokens.iter().filter_map(name_word).collect::<Vec<_>>().join(" ");
        is_capital_ending.then(|| (joined(&self.tokens[at..end]), end))
    }

    /// One to four initials, with or without dots and hyphens: `G.`, `P.J.`, `O G`, `OG`, `H.-J.`, `T F M`.
    fn initials(&self, at: usize) -> Option<(String, usize)> {
        let mut given = String::new();
        let mut n_groups = 0;
        let mut next = at;
        while let Some(token) = self.token(next).filter(|token| token.is_word() && n_groups < 5) {
            let is_glued = n_groups > 0 && !token.spaced;
            if !is_initials(token.text) || (n_groups > 0 && is_known_capitals(token.text)) {
                break;
            }
            // After a dot, a longer word in capitals is the venue: `Zhou, J. PNAS 112`.
            if n_groups > 0 && token.text.chars().filter(|c| c.is_alphabetic()).count() > 2 {
                break;
            }
            // A single capital before a lower-case word begins the title: `Zhou, J. A unified approach`.
            let ends_name = self.tokens[next - 1].is_mark('.');
            if ends_name && n_groups > 0 && !is_glued && self.starts_sentence(next) {
                break;
            }
            if n_groups > 0 && !is_glued {
                given.push(' ');
            }
            given.push_str(token.text);
            n_groups += 1;
            next += 1;
            if self.is_mark(next, '.') {
                given.push('.');
                next += 1;
            }
            let hyphen = self.is_mark(next, '-') && self.token(next + 1).is_some_and(|token| token.is_word() && is_initials(token.text) && !token.spaced);
            if hyphen {
                given.push('-');
                next += 1;
            }
        }
        (n_groups > 0).then(|| self.suffix(given, next))
    }

    /// `J. Zhou Jr.`, `Smith J 3rd`
    fn suffix(&self, given: String, at: usize) -> (String, usize) {
        let next = if self.is_mark(at, ',') && self.token(at + 1).is_some_and(|token| token.is("Jr") || token.is("Sr")) { at + 1 } else { at };
        let is_suffix = self.token(next).is_some_and(|token| {
            token.is("Jr") || token.is("Sr") || matches!(token.text, "III" | "2nd" | "3rd") || (token.text == "II" && self.is_mark(next + 1, ','))
        });
        if !is_suffix {
            return (given, at);
        }
        let end = if self.is_mark(next + 1, '.') { next + 2 } else { next + 1 };
        (given, end)
    }

    /// A capital before a word in lower case: an article at the beginning of a sentence.
    fn starts_sentence(&self, at: usize) -> bool {
        let next = self.token(at + 1);
        next.is_some_and(|next| next.is_word() && next.text.starts_with(char::is_lowercase) && !is_particle(next.text))
    }

    fn dotted_initials(&self, at: usize) -> Option<(String, usize)> {
        let mut given = String::new();
        let mut n_groups = 0;
        let mut next = at;
        while let Some(token) = self.token(next).filter(|token| token.is_word() && is_initials(token.text) && n_groups < 4) {
            if !self.is_mark(next + 1, '.') {
                break;
            }
            if n_groups > 0 && token.spaced {
                given.push(' ');
            }
            given.push_str(token.text);
            given.push('.');
            next += 2;
            n_groups += 1;
            if self.is_mark(next, '-') && self.token(next + 1).is_some_and(|token| is_initials(token.text)) {
                given.push('-');
                next += 1;
            }
        }
        (n_groups > 0).then_some((given, next))
    }

    /// Marks that tie a name to an affiliation or a footnote: `Liu1,2*`, `Zhou†`, `Li 1`.
    fn affiliation_marks(&self, end: usize) -> usize {
        let mut next = end;
        while let Some(token) = self.token(next) {
            let is_number = token.kind == TokenKind::Number && token.text.len() <= 2 && !token.spaced;
            let is_mark = matches!(token.kind, TokenKind::Mark('*' | '†' | '‡' | '#' | '^' | '§' | '¶'));
            let continues = token.is_mark(',') && self.token(next + 1).is_some_and(|token| token.kind == TokenKind::Number && token.text.len() <= 2 && !token.spaced);
            if !(is_number || is_mark || (continues && next > end)) {
                break;
            }
            next += 1;
        }
        next
    }

    fn score(&self, names: &[PersonName], et_al: bool, end: usize) -> i32 {
        let count = i32::try_from(names.len().min(8)).unwrap_or(8);
        if count == 0 || !self.ends_well(end) {
            return 0;
        }
        let each = match self.form {
            Form::FamilyCommaInitials | Form::Han => 4,
            Form::InitialsFamily => 5,
            Form::FamilyInitials => 4,
            Form::GivenFamily | Form::FamilyCommaGiven => 2,
            Form::FamilyOnly => 1,
        };
        let is_pair = self.form == Form::FamilyOnly && count == 2;
        let bonus = if et_al { 4 } else { 0 } + if is_pair { 3 } else { 0 };
        // An inverted name alone may be any two words with a comma between them.
        let doubt = i32::from(self.form == Form::FamilyCommaGiven) * if count == 1 { 2 } else { 1 };
        each * count + bonus - doubt - i32::from(count == 1 && !et_al)
    }

    /// Whether what follows the list may follow one.
    fn ends_well(&self, end: usize) -> bool {
        let Some(token) = self.token(end) else { return true };
        match &token.kind {
            TokenKind::Mark(mark) => matches!(mark, '.' | ',' | ';' | ':' | '(' | '[' | '"' | '/' | '|' | '-' | ')' | ']'),
            TokenKind::Break | TokenKind::Identifier(_) => true,
            // `Gagneur, J. Nat Rev`, `K. Quant Biol`: the dot was taken as the initial's.
            TokenKind::Word => {
                let after_dot = end > 0 && self.tokens[end - 1].is_mark('.');
                after_dot || is_venue_word(token.text) || token.is("in")
            }
            TokenKind::Number => token.year().is_some(),
            TokenKind::Mixed => false,
        }
    }
}

/// How many of the last words are the family name, particles included.
fn family_length(words: &[String]) -> usize {
    let mut length = 1;
    while length + 1 < words.len() && is_particle(&words[words.len() - length - 1]) {
        length += 1;
    }
    let is_suffix = words.last().is_some_and(|word| matches!(word.trim_end_matches('.'), "Jr" | "Sr" | "II" | "III"));
    if is_suffix && words.len() > length + 1 { length + 1 } else { length }
}

/// The letters of a word that may be part of a name; `Liu1` and `Smith12` lose their affiliation mark.
fn name_word<'a>(token: &Token<'a>) -> Option<&'a str> {
    match token.kind {
        TokenKind::Word => Some(token.text),
        TokenKind::Mixed => {
            let letters = token.text.trim_end_matches(|c: char| c.is_ascii_digit());
            let is_name = letters.chars().count() >= 2
                && token.text.len() - letters.len() <= 2
                && letters.chars().all(|c| !c.is_ascii_digit())
                && letters.chars().skip(1).any(char::is_lowercase);
            is_name.then_some(letters)
        }
        _ => None,
    }
}

fn is_cjk(character: char) -> bool {
    matches!(u32::from(character), 0x3400..=0x9FFF | 0xF900..=0xFAFF)
}

fn is_capitalised(word: &str) -> bool {
    let mut characters = word.chars();
    let first = characters.next();
    first.is_some_and(char::is_uppercase)
        || (first.is_some_and(char::is_lowercase) && word.len() > 3 && is_prefixed(word))
}

/// `d’Alché-Buc`, `al-Rashid`, `deBoer`: a small prefix before a capital.
fn is_prefixed(word: &str) -> bool {
    let Some(at) = word.find(char::is_uppercase) else { return false };
    matches!(word[..at].trim_end_matches(['\'', '’', '-']), "d" | "al" | "el" | "de" | "van" | "von" | "le" | "la" | "mc" | "o")
}

fn is_initial(word: &str) -> bool {
    let mut characters = word.chars();
    characters.next().is_some_and(char::is_uppercase) && characters.all(unicode_normalization::char::is_combining_mark)
}

/// One to three capitals, hyphens between them allowed.
fn is_initials(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    // `Yu`, `Ch`: transliterated initials of two letters are not told from names, and are read as names.
    (1..=3).contains(&letters) && word.chars().all(|c| c.is_uppercase() || matches!(c, '-' | '\u{2010}') || unicode_normalization::char::is_combining_mark(c))
}

/// Capitals that are no initials.
fn is_known_capitals(word: &str) -> bool {
    matches!(word, "DNA" | "RNA" | "AI" | "ML" | "BMC" | "ACM" | "ACS" | "EMBO" | "JMLR" | "WWW" | "KDD" | "ACL" | "NAR")
}

fn is_particle(word: &str) -> bool {
    matches!(
        word,
        "van" | "von" | "der" | "den" | "de" | "del" | "della" | "di" | "da" | "dos" | "das" | "du" | "la" | "le" | "el" | "al" | "bin" | "ibn"
            | "ter" | "ten" | "te" | "zu" | "zur" | "af" | "av" | "y" | "e" | "do" | "lo" | "st" | "'t" | "vom" | "dal" | "in't"
    )
}

/// Words with a capital that are hardly ever a name: the vocabulary of titles, fields and software.
fn is_common_word(word: &str) -> bool {
    if is_venue_word(word) && !matches!(word, "Cell" | "Gene" | "Berlin" | "Chem") {
        return true;
    }
    COMMON.binary_search(&word.to_lowercase().as_str()).is_ok()
}

/// Sorted, in lower case.
const COMMON: [&str; 314] = [
    "a", "about", "access", "accurate", "active", "adaptive", "advanced", "adversarial", "agent", "agents",
    "algorithm", "algorithms", "all", "also", "an", "analysis", "analytics", "analyzing", "and", "android", "api",
    "app", "application", "applications", "approach", "approaches", "are", "artificial", "assessment", "at",
    "attention", "author", "authors", "auto", "autoencoder", "automated", "automatic", "available", "awesome",
    "based", "bayesian", "benchmark", "benchmarking", "benchmarks", "best", "beyond", "big", "bio", "biological",
    "biology", "biomedical", "blog", "book", "brain", "browser", "build", "building", "by", "cancer", "causal",
    "cells", "classification", "classifier", "client", "clinical", "cloud", "clustering", "code", "collection",
    "command", "comparative", "comparing", "comparison", "complete", "computational", "computer", "computing",
    "convolutional", "course", "courses", "curated", "custom", "data", "database", "databases", "dataset",
    "datasets", "deep", "demo", "description", "design", "detection", "developer", "development", "differential",
    "discovery", "disease", "distributed", "documentation", "drug", "dynamic", "easy", "efficient", "embedding",
    "end", "engine", "engineering", "estimation", "ethereum", "evaluating", "evaluation", "event", "examples",
    "experimental", "explainable", "exploring", "expression", "extraction", "fast", "feature", "features",
    "federated", "file", "flexible", "for", "foundation", "framework", "free", "from", "full", "functional", "game",
    "general", "generating", "generation", "generative", "genetic", "genome", "genomes", "genomics", "getting",
    "github", "google", "graph", "graphs", "guide", "health", "healthcare", "high", "how", "human", "image",
    "images", "imaging", "implementation", "improved", "improving", "in", "inference", "information", "integrated",
    "integration", "integrative", "intelligence", "interactive", "interface", "interpretable", "intro",
    "introduction", "is", "it", "java", "javascript", "journal", "julia", "key", "knowledge", "language", "large",
    "latent", "learning", "lectures", "library", "linear", "link", "linux", "list", "low", "machine", "management",
    "mapping", "matlab", "matrix", "medical", "medicine", "meta", "method", "methods", "microsoft", "mining",
    "mobile", "model", "modeling", "modelling", "models", "modern", "molecular", "multi", "multimodal", "multiple",
    "natural", "network", "networks", "neural", "new", "note", "novel", "object", "of", "official", "on", "online",
    "open", "optimal", "optimization", "or", "our", "package", "paper", "papers", "parallel", "pattern",
    "performance", "pipeline", "platform", "practical", "precision", "predicting", "prediction", "principles",
    "probabilistic", "problem", "processing", "program", "programming", "project", "protein", "proteins", "python",
    "pytorch", "quantum", "quick", "random", "real", "recognition", "recurrent", "reinforcement", "representation",
    "research", "resource", "resources", "robust", "rust", "scalable", "scale", "search", "security", "segmentation",
    "self", "semantic", "sequence", "sequencing", "server", "simple", "single", "software", "source", "spatial",
    "specification", "started", "statistical", "structure", "study", "supervised", "support", "survey", "system",
    "systems", "tensorflow", "text", "the", "this", "time", "tool", "toolkit", "tools", "towards", "training",
    "transformer", "tutorial", "understanding", "unified", "university", "unsupervised", "using", "variational",
    "vision", "visual", "visualization", "we", "web", "website", "with", "your",
];

/// The hundred most frequent family names written in Han characters, and some double ones by their first character.
const FAMILY_NAMES_HAN: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤欧诸葛";

#[cfg(test)]
mod tests {
    use super::super::token::tokenise;
    use super::*;

    fn check(text: &str, expected: &str) {
        let tokens = tokenise(text);
        let shown = authors_at(text, &tokens, 0).map_or_else(String::new, |authors| {
            let names: Vec<String> = authors.names.iter().map(|name| format!("{}/{}", name.family, name.given)).collect();
            let rest = tokens.get(authors.end).map_or("", |token| &text[token.start..]);
            format!("{}{} > {rest}", names.join(" "), if authors.et_al { " +" } else { "" })
        });
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn reads_every_form() {
        check("Eraslan, G., Avsec, Ž., Gagneur, J. et al. Nat Rev Genet", "Eraslan/G. Avsec/Ž. Gagneur/J. + > Nat Rev Genet");
        check("Zhou J, Troyanskaya O G. Nature methods", "Zhou/J Troyanskaya/O G > . Nature methods");
        check("Troyanskaya OG, Li H. Nature", "Troyanskaya/OG Li/H > . Nature");
        check("Zheng, J., Wang, K. Quant Biol 7", "Zheng/J. Wang/K. > Quant Biol 7");
        check("Yuan Y, Bar-Joseph Z.  Proceedings", "Yuan/Y Bar-Joseph/Z > .  Proceedings");
        check("M.C.Liu1, G.R.Oxnard, https://doi.org/10.1/x", "Liu/M.C. Oxnard/G.R. > , https://doi.org/10.1/x");
        check("J. Zhou and O. G. Troyanskaya, \"Title\"", "Zhou/J. Troyanskaya/O. G. > , \"Title\"");
        check("Jie Zhou, Ganqu Cui, Philip S. Yu", "Zhou/Jie Cui/Ganqu Yu/Philip S. > ");
        check("Ioana Bica, Helena Andrés-Terré, Pietro Liò. bioRxiv 8", "Bica/Ioana Andrés-Terré/Helena Liò/Pietro > . bioRxiv 8");
        check("Zhou, Jian, and Olga G. Troyanskaya. \"T", "Zhou/Jian Troyanskaya/Olga G. > . \"T");
        check("Veličković P, Casanova A, et al. . arXiv", "Veličković/P Casanova/A + > arXiv");
        check("van der Maaten, L., Hinton, G. Visual", "van der Maaten/L. Hinton/G. > Visual");
        check("Kim B H, Lee P C W.  Bioinf", "Kim/B H Lee/P C W > .  Bioinf");
        check("Zhou et al., Nature", "Zhou/ + > , Nature");
        check("周杰，崔甘渠等", "周/杰 崔/甘渠 + > ");
    }

    #[test]
    fn leaves_prose_alone() {
        for text in ["A fast parser for X.", "Natural Language Processing, Computer Vision", "Python, Java and Scala", "Deep Learning Framework", ""] {
            check(text, "");
        }
    }

    #[test]
    fn the_word_list_is_sorted() {
        assert!(COMMON.is_sorted());
    }
}
