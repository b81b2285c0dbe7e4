//! Reads lists of authors in each of the forms that people use, and scores how sure each reading is.
//!
//! A list has one form from its first name to its last (but for the inverted first name of MLA and Chicago), so
//! each form is tried as a whole and the reading with the best score wins.

use super::lexicon::Traits;
use super::person::{Form, Name, NameReader, ends_with_et_al};
use super::token::{Token, TokenKind};

/// A list of authors that was read from some token on.
#[derive(Debug, Clone)]
pub(super) struct Authors<'a> {
    pub(super) names: Vec<Name<'a>>,
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

const FORMS: [Form; 7] = [
    Form::FamilyCommaInitials,
    Form::FamilyInitials,
    Form::GivenFamily,
    Form::FirstInverted,
    Form::AllInverted,
    Form::Han,
    Form::FamilyOnly,
];

/// The best reading of a list of authors that begins at the token.
pub(super) fn authors_at<'a>(text: &'a str, tokens: &[Token<'a>], start: usize) -> Option<Authors<'a>> {
    let first = tokens.get(start)?;
    let may_start = matches!(first.kind, TokenKind::Word | TokenKind::Mixed | TokenKind::Number)
        && (first.has(Traits::CAPITAL.and(Traits::HAN).and(Traits::PARTICLE)) || first.is_number());
    let is_followed =
        tokens.get(start + 1).is_some_and(|next| !matches!(next.kind, TokenKind::Mark(':' | '(' | '/' | '"')));
    if !may_start || !(is_followed || first.has(Traits::HAN)) {
        return None;
    }
    let list = |form| List { reader: NameReader { text, tokens }, form }.read(start);
    FORMS.into_iter().filter_map(list).max_by_key(|authors| (authors.score, authors.end))
}

struct List<'t, 'a> {
    reader: NameReader<'t, 'a>,
    form: Form,
}

impl<'a> List<'_, 'a> {
    fn read(&self, start: usize) -> Option<Authors<'a>> {
        // A first name that is also a word counts if more names follow: `Quick J, Ashton P`.
        let strict = self.name(start, 0);
        let is_doubtful = strict.is_none();
        let first = strict.or_else(|| self.with_initials().then(|| self.name(start, 1)).flatten())?;
        let mut authors = Authors { names: Vec::with_capacity(4), et_al: false, start, end: first.end, score: 0 };
        self.push(&mut authors, first);
        while !authors.et_al {
            if self.et_al(&mut authors) {
                break;
            }
            let Some(next) = self.separator(authors.end).and_then(|at| self.name(at, authors.names.len())) else {
                break;
            };
            self.push(&mut authors, next);
        }
        self.close_sentence(&mut authors);
        authors.score = self.score(&authors);
        let is_confirmed = !is_doubtful || authors.names.len() > 1 || authors.et_al;
        (authors.score > 0 && is_confirmed).then_some(authors)
    }

    fn with_initials(&self) -> bool {
        matches!(self.form, Form::FamilyCommaInitials | Form::FamilyInitials)
    }

    fn push(&self, authors: &mut Authors<'a>, name: Name<'a>) {
        authors.end = self.affiliation_marks(name.end);
        authors.et_al |= ends_with_et_al(&self.reader.tokens[name.end - 1]);
        authors.names.push(name);
    }

    fn name(&self, at: usize, index: usize) -> Option<Name<'a>> {
        let name = self.reader.name(self.form, at, index)?;
        let is_lone =
            self.form == Form::FamilyOnly && index == 0 && self.et_al_at(name.end).is_none() && !self.is_pair(name.end);
        (!is_lone).then_some(name)
    }

    /// Another family name follows: `Zhou and Troyanskaya`.
    fn is_pair(&self, at: usize) -> bool {
        self.is_and(at)
            && self.reader.family(at + 1, 3, 0).is_some_and(|end| !self.reader.token(end).is_some_and(Token::is_word))
    }

    fn is_and(&self, at: usize) -> bool {
        self.reader.token(at).is_some_and(|token| token.is("and") || token.is_mark('&'))
    }

    /// The dot behind the last initial ends the list and not the initial: `Zhou J, Troyanskaya O G.`
    fn close_sentence(&self, authors: &mut Authors<'a>) {
        if authors.et_al || self.form != Form::FamilyInitials {
            return;
        }
        let end = authors.end;
        let Some((last, others)) = authors.names.split_last_mut() else {
            return;
        };
        let is_lone_dot =
            last.given.ends_with('.') && last.given.matches('.').count() == 1 && self.reader.is_mark(end - 1, '.');
        if is_lone_dot && others.iter().all(|name| !name.given.contains('.')) {
            last.given = &last.given[..last.given.len() - 1];
            last.end -= 1;
            authors.end -= 1;
        }
    }

    /// Reads `et al.`; behind an ellipsis the last author may follow: `Hu, Y., … Noble, W. S.`
    fn et_al(&self, authors: &mut Authors<'a>) -> bool {
        let Some((next, is_ellipsis)) = self.et_al_at(authors.end) else {
            return false;
        };
        authors.et_al = true;
        authors.end = next;
        if is_ellipsis {
            let at = self.separator(next).unwrap_or(next);
            if let Some(last) = self.name(at, authors.names.len()) {
                self.push(authors, last);
            }
        }
        true
    }

    /// `et al.`, `and others`, `等`, `…`, with what punctuation people put around it; and whether it is an ellipsis.
    fn et_al_at(&self, at: usize) -> Option<(usize, bool)> {
        const MOST_MARKS: usize = 4;
        let is_before = |token: &Token<'_>| {
            matches!(token.kind, TokenKind::Mark(',' | ';' | '&' | '(') | TokenKind::Break) || token.is("and")
        };
        let at = at + self.reader.tokens[at..].iter().take(MOST_MARKS).take_while(|token| is_before(token)).count();
        let (next, is_ellipsis) = match self.ellipsis_end(at) {
            Some(next) => (next, true),
            None => (self.words_of_et_al_end(at)?, false),
        };
        // `et al.`, `et al. .`, `et al,.`
        let is_comma_dot = |at: usize| self.reader.is_mark(at, ',') && self.reader.is_mark(at + 1, '.');
        let is_dot = |at: &usize| self.reader.is_mark(*at, '.') || is_comma_dot(*at);
        let n_dots = (next..next + MOST_MARKS).take_while(is_dot).count();
        Some((next + n_dots, is_ellipsis))
    }

    fn ellipsis_end(&self, at: usize) -> Option<usize> {
        let is_dots = (at..at + 3).all(|at| self.reader.is_mark(at, '.'));
        let length = if self.reader.is_mark(at, '…') { 1 } else { 3 };
        (length == 1 || is_dots).then_some(at + length)
    }

    fn words_of_et_al_end(&self, at: usize) -> Option<usize> {
        let token = self.reader.token(at)?;
        if token.is("et") {
            let al = if self.reader.is_mark(at + 1, '.') { at + 2 } else { at + 1 };
            let is_al = self.reader.token(al).is_some_and(|token| token.is("al") || token.is("all"));
            return is_al.then_some(al + 1);
        }
        let is_one = ["etal", "others", "colleagues"].iter().any(|word| token.is(word)) || token.text == "等";
        is_one.then_some(at + 1)
    }

    /// What stands between two names.
    fn separator(&self, at: usize) -> Option<usize> {
        const MOST_MARKS: usize = 4;
        let mut found = false;
        let mut next = at;
        while let Some(token) = self.reader.token(next) {
            match token.kind {
                TokenKind::Mark(',' | ';' | '&') => found = true,
                TokenKind::Break if found => {}
                TokenKind::Word if token.is("and") || token.is("und") => found = true,
                _ => break,
            }
            next += 1;
            if next > at + MOST_MARKS {
                return None;
            }
        }
        found.then_some(next)
    }

    /// Marks that tie a name to an affiliation or a footnote: `Liu1,2*`, `Zhou†`, `Li³`.
    fn affiliation_marks(&self, end: usize) -> usize {
        const MOST_MARKS: usize = 8;
        let is_number = |token: &Token<'_>| token.is_number() && token.text.len() <= 2 && !token.spaced;
        let mut next = end;
        while let Some(token) = self.reader.token(next).filter(|_| next < end + MOST_MARKS) {
            let is_mark = matches!(token.kind, TokenKind::Mark('*' | '†' | '‡' | '#' | '^' | '§' | '¶'));
            let follows_mark = next > end || self.reader.tokens[next - 1].kind == TokenKind::Mixed;
            let continues = follows_mark && token.is_mark(',') && self.reader.token(next + 1).is_some_and(is_number);
            if !(is_number(token) || is_mark || continues) {
                break;
            }
            next += 1;
        }
        next
    }

    fn score(&self, authors: &Authors<'a>) -> i32 {
        const MOST_NAMES: usize = 8;
        if !self.ends_well(authors.end) {
            return 0;
        }
        let names = &authors.names[..authors.names.len().min(MOST_NAMES)];
        let evidence: i32 = names.iter().map(|name| name.evidence).sum();
        let count = names.len();
        let is_pair = self.form == Form::FamilyOnly && count == 2;
        let bonus = if authors.et_al { 4 } else { 0 } + if is_pair { 2 } else { 0 };
        // An inverted name may be any two words with a comma between them.
        let doubt = match self.form {
            Form::FirstInverted | Form::AllInverted if count == 1 && !self.is_set_off(authors.end) => 2,
            Form::FirstInverted | Form::AllInverted if count == 1 => 0,
            Form::FirstInverted | Form::AllInverted => 1,
            _ => 0,
        };
        let is_lone = count == 1 && !authors.et_al;
        evidence + bonus + self.whole_text_score(authors) - doubt - i32::from(is_lone)
    }

    /// A full stop and then a quotation, a year or a venue: `Li, Heng. 2011. Bioinformatics`
    fn is_set_off(&self, end: usize) -> bool {
        let next =
            self.reader.token(end + 1).filter(|_| self.reader.is_mark(end, '.') || self.reader.is_mark(end - 1, '.'));
        let next = if self.reader.is_mark(end - 1, '.') { self.reader.token(end) } else { next };
        next.is_some_and(|next| next.is_mark('"') || next.year().is_some() || next.is_of_venue())
    }

    /// Names and nothing else: initials, or names that are known, then make even a short list sure.
    fn whole_text_score(&self, authors: &Authors<'a>) -> i32 {
        let is_whole = authors.start == 0 && self.reader.tokens[authors.end..].iter().all(Token::is_blank);
        let has_initials = authors.names.iter().any(|name| name.given.contains('.'));
        match (is_whole, has_initials) {
            (true, true) => 3,
            (true, false) => 1,
            _ => 0,
        }
    }

    /// Whether what follows the list may follow one.
    fn ends_well(&self, end: usize) -> bool {
        let Some(token) = self.reader.token(end) else {
            return true;
        };
        match token.kind {
            TokenKind::Mark(mark) => {
                matches!(mark, '.' | ',' | ';' | ':' | '(' | '[' | '"' | '/' | '|' | '-' | ')' | ']')
            }
            TokenKind::Break | TokenKind::Identifier => true,
            // `Gagneur, J. Nat Rev`, `K. Quant Biol`: the dot was taken as the initial's.
            TokenKind::Word => self.reader.is_mark(end - 1, '.') || token.is_of_venue() || token.is("in"),
            TokenKind::Number => token.year().is_some() || self.reader.is_mark(end - 1, '.'),
            TokenKind::Mixed => self.reader.is_mark(end - 1, '.'),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::token::tokenise;
    use super::*;

    fn check(text: &str, expected: &str) {
        let (tokens, _) = tokenise(text);
        let shown = authors_at(text, &tokens, 0).map_or_else(String::new, |authors| {
            let names: Vec<String> =
                authors.names.iter().map(|name| format!("{}/{}", name.family, name.given)).collect();
            let rest = tokens.get(authors.end).map_or("", |token| &text[token.start..]);
            format!("{}{} > {rest}", names.join(" "), if authors.et_al { " +" } else { "" })
        });
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn reads_every_form() {
        check(
            "Eraslan, G., Avsec, Ž., Gagneur, J. et al. Nat Rev Genet",
            "Eraslan/G. Avsec/Ž. Gagneur/J. + > Nat Rev Genet",
        );
        check("Zhou J, Troyanskaya O G. Nature methods", "Zhou/J Troyanskaya/O G > . Nature methods");
        check("Troyanskaya OG, Li H. Nature", "Troyanskaya/OG Li/H > . Nature");
        check("Zheng, J., Wang, K. Quant Biol 7", "Zheng/J. Wang/K. > Quant Biol 7");
        check("Yuan Y, Bar-Joseph Z.  Proceedings", "Yuan/Y Bar-Joseph/Z > .  Proceedings");
        check("M.C.Liu1, G.R.Oxnard, https://doi.org/10.1/x", "Liu/M.C. Oxnard/G.R. > , https://doi.org/10.1/x");
        check("J. Zhou and O. G. Troyanskaya, \"Title\"", "Zhou/J. Troyanskaya/O. G. > , \"Title\"");
        check("Jie Zhou, Ganqu Cui, Philip S. Yu", "Zhou/Jie Cui/Ganqu Yu/Philip S. > ");
        check(
            "Ioana Bica, Helena Andrés-Terré, Pietro Liò. bioRxiv 8",
            "Bica/Ioana Andrés-Terré/Helena Liò/Pietro > . bioRxiv 8",
        );
        check("Zhou, Jian, and Olga G. Troyanskaya. \"T", "Zhou/Jian Troyanskaya/Olga G. > . \"T");
        check("Veličković P, Casanova A, et al. . arXiv", "Veličković/P Casanova/A + > arXiv");
        check("van der Maaten, L., Hinton, G. Visual", "van der Maaten/L. Hinton/G. > Visual");
        check("Kim B H, Lee P C W.  Bioinf", "Kim/B H Lee/P C W > .  Bioinf");
        check("Zhou et al., Nature", "Zhou/ + > , Nature");
        check("周杰，崔甘渠等", "周/杰 崔/甘渠 + > ");
    }

    #[test]
    fn reads_mixed_lists() {
        check(
            "Lefort, Vincent, J.-E. Longueville, and K. Sekar. 2017",
            "Lefort/Vincent Longueville/J.-E. Sekar/K. > . 2017",
        );
        check(
            "Wilm, Frauke, Bertram, Christof A. and Öttl, Mathias. P",
            "Wilm/Frauke Bertram/Christof A. Öttl/Mathias > . P",
        );
        check("Noble, W. S., … Hu, Y. (2018)", "Noble/W. S. Hu/Y. + > (2018)");
        check("Li J H, The UniProt Consortium. Nucleic", "Li/J H The UniProt Consortium/ > . Nucleic");
    }

    #[test]
    fn keeps_particles_and_middle_initials() {
        check("Aalt D. J. van Dijk, Yves Van de Peer. P", "van Dijk/Aalt D. J. Van de Peer/Yves > . P");
        check(
            "Eduardo da Veiga Beltrame, Kjetil M. Merz Jr., Art FY Poon",
            "da Veiga Beltrame/Eduardo Merz/Kjetil M. Poon/Art FY > ",
        );
    }

    #[test]
    fn a_journal_is_no_initial() {
        check("Seok, C. J Comput. Chem. 34", "Seok/C. > J Comput. Chem. 34");
        check("CAPRIOLI R. J Mass Spectrom", "CAPRIOLI/R > . J Mass Spectrom");
    }

    #[test]
    fn leaves_prose_alone() {
        for text in [
            "A fast parser for X.",
            "Natural Language Processing, Computer Vision",
            "Python, Java and Scala in one",
            "Deep Learning Framework",
            "",
        ] {
            check(text, "");
        }
    }
}
