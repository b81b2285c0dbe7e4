//! Reads one name in one of the forms that lists of authors use.

use super::lexicon::Traits;
use super::token::{Span, Token, TokenKind, slice};

/// How the names of a list are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// `Eraslan, G., Avsec, Ž.`
    FamilyCommaInitials,
    /// `Zhou J, Troyanskaya O G`, `Troyanskaya OG`
    FamilyInitials,
    /// `Jie Zhou, Ganqu Cui`, `J. Zhou and O. G. Troyanskaya`, `M.C.Liu`
    GivenFamily,
    /// `Zhou, Jian, and Olga G. Troyanskaya`
    FirstInverted,
    /// `Zhou, Jian; Troyanskaya, Olga`, `Kather, Jakob Nikolas, Halama, Niels`
    AllInverted,
    /// `周杰，崔甘渠`
    Han,
    /// `Zhou et al.`, `Zhou and Troyanskaya (2015)`
    FamilyOnly,
}

/// A name, as parts of the text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Name<'a> {
    pub(super) family: &'a str,
    pub(super) given: &'a str,
    /// First token.
    pub(super) start: usize,
    /// One past the last token.
    pub(super) end: usize,
    /// How much its words look like a person's.
    pub(super) evidence: i32,
}

/// Evidence of a name: two capitalised words, words known as names, initials.
const WORDS: i32 = 2;
const KNOWN: i32 = 3;
const INITIALS: i32 = 4;

/// The parts of a name with the given names first.
struct Parts {
    /// The tokens that are words.
    words: [usize; Parts::MOST],
    n_words: usize,
    has_initials: bool,
    /// One past the last token.
    end: usize,
}

impl Parts {
    const MOST: usize = 6;
}

#[derive(Debug, Clone, Copy)]
pub(super) struct NameReader<'t, 'a> {
    pub(super) text: &'a str,
    pub(super) tokens: &'t [Token<'a>],
}

impl<'t, 'a> NameReader<'t, 'a> {
    /// The name at the token, the `index`th of its list.
    pub(super) fn name(&self, form: Form, at: usize, index: usize) -> Option<Name<'a>> {
        match form {
            Form::FamilyCommaInitials => self.family_comma_initials(at, index),
            Form::FamilyInitials => self.family_initials(at, index),
            Form::GivenFamily => self.given_family(at),
            Form::FirstInverted if index > 0 => self.given_family(at),
            Form::FirstInverted => self.family_comma_given(at, index).or_else(|| self.family_comma_initials(at, index)),
            Form::AllInverted => self.family_comma_given(at, index),
            Form::Han => self.han(at, index),
            Form::FamilyOnly => self.family_only(at),
        }
        .or_else(|| self.group(at, index))
    }

    pub(super) fn token(&self, at: usize) -> Option<&'t Token<'a>> {
        self.tokens.get(at)
    }

    pub(super) fn is_mark(&self, at: usize, mark: char) -> bool {
        self.token(at).is_some_and(|token| token.is_mark(mark))
    }

    fn has(&self, at: usize, traits: Traits) -> bool {
        self.token(at).is_some_and(|token| token.has(traits))
    }

    fn family_comma_initials(&self, at: usize, index: usize) -> Option<Name<'a>> {
        let next = self.family(at, 4, index)?;
        // `Microbiology , S.O.T.`
        let (given, end) = self.is_mark(next, ',').then(|| self.initials(next + 1))??;
        Some(self.build(at, Span::new(at, next), given, end, INITIALS))
    }

    fn family_initials(&self, at: usize, index: usize) -> Option<Name<'a>> {
        let next = self.family_before_initials(at, index)?;
        let (given, end) = self.initials(next)?;
        Some(self.build(at, Span::new(at, next), given, end, INITIALS))
    }

    /// `Jie Zhou`, `Philip S. Yu`, `A. Sina Booeshaghi`, `Art FY Poon`, `Eduardo da Veiga Beltrame`
    fn given_family(&self, at: usize) -> Option<Name<'a>> {
        let parts = self.parts(at);
        let words = &parts.words[..parts.n_words];
        let last = *words.last()?;
        let from = self.family_start(at, words)?;
        // `Van Ommen et al.` has no given name.
        let is_family =
            words[0] == at && words.len() == 2 && !parts.has_initials && is_capital_particle(&self.tokens[at]);
        let is_whole = last + 1 == parts.end && from > at && !is_family && !self.has(last, Traits::INITIALS);
        let is_known = self.has(at, Traits::GIVEN) || self.has(last, Traits::FAMILY);
        let evidence = if parts.has_initials {
            INITIALS
        } else if is_known {
            KNOWN
        } else {
            WORDS
        };
        let is_tiny = words.iter().all(|&word| self.tokens[word].text.len() <= 2);
        let is_name = is_whole && (!is_tiny || evidence > WORDS);
        is_name
            .then(|| self.build(at, Span::new(from, last + 1), Span::new(at, from), self.suffix(parts.end), evidence))
    }

    /// The words and initials of a name from the token on, as many as can be.
    fn parts(&self, at: usize) -> Parts {
        let mut parts = Parts { words: [0; Parts::MOST], n_words: 0, has_initials: false, end: at };
        for n_parts in 0..Parts::MOST {
            let next = parts.end;
            if let Some(end) = self.dotted_initial(next) {
                parts.has_initials = true;
                parts.end = end;
            } else if (n_parts > 0 || self.follows_name(next)) && self.is_bare_initial(next) {
                parts.has_initials = true;
                parts.end += 1;
            } else if self.is_name_part(next, n_parts, parts.has_initials) {
                parts.words[parts.n_words] = next;
                parts.n_words += 1;
                parts.end += 1;
            } else {
                break;
            }
        }
        parts
    }

    /// `J.`, `J.-E.`, `M.C.`: one initial with its dot and what hyphen follows; where it ends.
    fn dotted_initial(&self, at: usize) -> Option<usize> {
        if !self.has(at, Traits::INITIALS)
            || self.has(at, Traits::SUFFIX)
            || !self.is_mark(at + 1, '.')
            || self.tokens[at].text.len() > 5
        {
            return None;
        }
        let is_hyphen = self.is_mark(at + 2, '-') && self.has(at + 3, Traits::INITIALS) && self.is_mark(at + 4, '.');
        Some(if is_hyphen { at + 3 } else { at + 2 })
    }

    /// `Gerben E Breimer`, `Art FY Poon`
    fn is_bare_initial(&self, at: usize) -> bool {
        let is_initials = self.has(at, Traits::INITIALS)
            && !self.has(at, Traits::SUFFIX)
            && self.tokens[at].text.len() <= 3
            && (self.has(at, Traits::INITIAL) || !self.has(at, Traits::COMMON.and(Traits::ACRONYM)));
        let is_inside = !self.tokens[at - 1].is_mark('.');
        is_initials
            && is_inside
            && self.token(at + 1).is_some_and(|next| {
                next.is_word() && (next.has(Traits::CAPITAL) && next.text.len() > 1 || next.has(Traits::PARTICLE))
                    || self.has(at + 1, Traits::INITIALS)
            })
    }

    /// `Lucy Colwell, D Sculley`
    fn follows_name(&self, at: usize) -> bool {
        at > 0
            && self.has(at, Traits::INITIAL)
            && (self.is_mark(at - 1, ',') || self.tokens[at - 1].is("and"))
            && !self.has(at + 1, Traits::VENUE.and(Traits::ABBREVIATION))
    }

    fn is_name_part(&self, at: usize, n_parts: usize, is_sure: bool) -> bool {
        let Some(token) = self.token(at).filter(|token| name_word(token).is_some()) else {
            return false;
        };
        if token.has(Traits::SUFFIX.and(Traits::INITIAL)) {
            return false;
        }
        let is_apart =
            n_parts == 0 || token.spaced || self.tokens[at - 1].is_mark('.') || self.tokens[at - 1].is_mark('-');
        let is_particle =
            n_parts > 0 && token.has(Traits::PARTICLE) && self.has(at + 1, Traits::CAPITAL.and(Traits::PARTICLE));
        is_apart && (is_particle || (is_capital_word(token) && !is_ordinary(token, is_sure && self.ends_name(at))))
    }

    /// `William H. Press,`, but not `J. Open Source Software` nor `R. Soc. Lond.`
    fn ends_name(&self, at: usize) -> bool {
        let is_journal = at >= 2 && self.tokens[at - 2].text == "J";
        !is_journal
            && self.token(at + 1).is_none_or(|next| {
                matches!(next.kind, TokenKind::Mark(',' | ';' | '&' | '(') | TokenKind::Number) || next.is("and")
            })
    }

    /// The first token of the family name among the words of a name: the last word, or all from a particle on.
    fn family_start(&self, at: usize, words: &[usize]) -> Option<usize> {
        let last = *words.last()?;
        let is_particle = |at: usize| {
            let token = &self.tokens[at];
            token.has(Traits::PARTICLE) && (!token.has(Traits::CAPITAL) || is_capital_particle(token))
        };
        let first = words.iter().position(|&word| word > at && word < last && is_particle(word));
        let Some(first) = first else {
            return Some(last);
        };
        // `A. W. Sousa da Silva`: behind initials, all words are the family name.
        if words[0] > at {
            return Some(words[0]);
        }
        // `Santiago Ramón y Cajal`
        let joins = matches!(self.tokens[words[first]].text, "y" | "e");
        Some(words[if joins { first.saturating_sub(1) } else { first }])
    }

    fn family_comma_given(&self, at: usize, index: usize) -> Option<Name<'a>> {
        let next = self.family(at, 3, index)?;
        let (given, end, has_initials) = self.is_mark(next, ',').then(|| self.given_words(next + 1))??;
        let is_known = self.has(given.start, Traits::GIVEN) || self.has(at, Traits::FAMILY);
        // Two words before the comma are more often a given and a family name.
        let is_long = next > at + 1 && !self.has(at, Traits::PARTICLE) && !self.has(at + 1, Traits::PARTICLE);
        let evidence = if has_initials || is_known { KNOWN } else { WORDS } - if is_long { 3 } else { 0 };
        Some(self.build(at, Span::new(at, next), given, end, evidence))
    }

    /// Given names in full, initials among them.
    fn given_words(&self, at: usize) -> Option<(Span, usize, bool)> {
        const MOST_PARTS: usize = 4;
        let (mut next, mut n_words, mut has_initials) = (at, 0, false);
        for _ in 0..MOST_PARTS {
            if let Some(end) = self.dotted_initial(next) {
                has_initials = true;
                next = end;
            } else if n_words > 0
                && (self.has(next, Traits::INITIAL)
                    || self.has(next, Traits::INITIALS) && !self.has(next, Traits::COMMON))
            {
                has_initials = true;
                next += 1;
            } else if self
                .token(next)
                .is_some_and(|token| token.is_word() && is_capital_word(token) && !is_ordinary(token, false))
            {
                n_words += 1;
                next += 1;
            } else {
                break;
            }
        }
        (n_words > 0).then(|| (Span::new(at, next), self.suffix(next), has_initials))
    }

    fn han(&self, at: usize, index: usize) -> Option<Name<'a>> {
        let token = self.token(at).filter(|token| token.is_word() && token.has(Traits::HAN))?;
        let name = token.text.strip_suffix('等').unwrap_or(token.text);
        let first = name.chars().next().filter(|first| index > 0 || FAMILY_NAMES_HAN.contains(*first))?;
        let is_short = name.len() <= 12 && (2..=4).contains(&name.chars().count());
        let (family, given) = name.split_at(first.len_utf8());
        is_short.then_some(Name { family, given, start: at, end: at + 1, evidence: INITIALS })
    }

    fn family_only(&self, at: usize) -> Option<Name<'a>> {
        let next = self.family(at, 4, 0)?;
        let n_words = self.tokens[at..next].iter().filter(|token| !token.has(Traits::PARTICLE)).count();
        let is_acronym = self.tokens[at..next].iter().any(|token| token.has(Traits::CAPITALS));
        (n_words == 1 && !is_acronym).then(|| self.build(at, Span::new(at, next), Span::new(at, at), next, 1))
    }

    /// `The UniProt Consortium`, `COVID-19 Host Genetics Initiative`
    fn group(&self, at: usize, index: usize) -> Option<Name<'a>> {
        const MOST_WORDS: usize = 7;
        let is_part = |token: &&Token<'_>| {
            matches!(token.kind, TokenKind::Number | TokenKind::Mixed)
                || token.is_mark('-')
                || token.has(Traits::CAPITAL.and(Traits::CONNECTIVE))
        };
        let length = self.tokens[at.min(self.tokens.len())..].iter().take(MOST_WORDS + 2).take_while(is_part).count();
        let end = at + length;
        let last = self.tokens.get(end.checked_sub(1)?).filter(|_| (2..=MOST_WORDS).contains(&length))?;
        let is_strong =
            matches!(last.text, "Consortium" | "Initiative" | "Collaboration" | "Investigators" | "Participants");
        let is_group = last.has(Traits::GROUP) && last.has(Traits::CAPITAL) && (index > 0 || is_strong);
        is_group.then(|| self.build(at, Span::new(at, end), Span::new(at, at), end, KNOWN))
    }

    /// Where a family name ends that begins at the token: capitalised words with particles.
    pub(super) fn family(&self, at: usize, limit: usize, index: usize) -> Option<usize> {
        let mut next = at;
        while let Some(token) = self.token(next).filter(|_| next < at + limit) {
            if name_word(token).is_none() || (next > at && !token.spaced) {
                break;
            }
            let is_particle = token.has(Traits::PARTICLE)
                && self.has(next + 1, Traits::CAPITAL.and(Traits::PARTICLE))
                && !token.is("e");
            if !is_particle && (!is_capital_word(token) || token.has(Traits::INITIAL) || is_ordinary(token, index > 0))
            {
                break;
            }
            next += 1;
        }
        (next > at && self.has(next - 1, Traits::CAPITAL)).then_some(next)
    }

    /// A family name that initials follow; capitals alone may be either (`LI J`).
    fn family_before_initials(&self, at: usize, index: usize) -> Option<usize> {
        let mut next = at;
        while let Some(token) = self.token(next).filter(|_| next < at + 4) {
            let is_particle = token.has(Traits::PARTICLE)
                && self.token(next + 1).is_some_and(|after| after.has(Traits::CAPITAL) && !after.has(Traits::INITIAL));
            if !token.is_word() || (next > at && ((token.has(Traits::INITIALS) && !is_particle) || !token.spaced)) {
                break;
            }
            let is_part = token.has(Traits::PARTICLE)
                || (is_capital_word(token) && !is_ordinary(token, index > 0) && !token.has(Traits::INITIAL));
            if !is_part {
                break;
            }
            next += 1;
        }
        (next > at && self.has(next - 1, Traits::CAPITAL)).then_some(next)
    }

    /// One to five groups of initials, with or without dots and hyphens: `G.`, `P.J.`, `O G`, `OG`, `H.-J.`
    fn initials(&self, at: usize) -> Option<(Span, usize)> {
        const MOST_GROUPS: usize = 9;
        let mut next = at;
        for n_groups in 0..MOST_GROUPS {
            if !self.is_initial_group(next, n_groups) {
                break;
            }
            next += 1;
            if self.is_mark(next, '.') {
                next += 1;
            }
            let is_hyphen = self.is_mark(next, '-')
                && self.token(next + 1).is_some_and(|token| token.has(Traits::INITIALS) && !token.spaced);
            if is_hyphen {
                next += 1;
            }
        }
        (next > at).then(|| (Span::new(at, next), self.suffix(next)))
    }

    fn is_initial_group(&self, at: usize, n_groups: usize) -> bool {
        let Some(token) = self.token(at).filter(|token| token.has(Traits::INITIALS)) else {
            return false;
        };
        let n_letters = token.text.chars().filter(|c| c.is_alphabetic()).count();
        if n_groups == 0 {
            return n_letters <= 3 || !token.has(Traits::ACRONYM.and(Traits::COMMON)) && !self.is_mark(at + 1, '.');
        }
        if n_letters > 2 || (n_letters > 1 && token.has(Traits::COMMON.and(Traits::ACRONYM))) {
            return false;
        }
        // Behind a dot, a capital without one begins the next sentence: `Zhou, J. A unified approach`, `Kim S. J Virol`.
        let is_behind_dot = self.tokens[at - 1].is_mark('.') && token.spaced;
        let begins_word = self.token(at + 1).is_some_and(|next| next.is_word() && !next.is("and"));
        let begins_journal =
            token.text == "J" && self.is_mark(at + 1, '.') && self.token(at + 2).is_some_and(Token::is_of_venue);
        !(is_behind_dot && (begins_word || begins_journal))
    }

    /// `J. Zhou Jr.`, `Smith J 3rd`: where the name ends with it.
    fn suffix(&self, at: usize) -> usize {
        let next = if self.is_mark(at, ',') && self.token(at + 1).is_some_and(|token| token.has(Traits::SUFFIX)) {
            at + 1
        } else {
            at
        };
        let is_suffix = self.token(next).is_some_and(|token| {
            token.has(Traits::SUFFIX) && token.text != "IV" || matches!(token.text, "2nd" | "3rd")
        });
        match (is_suffix, self.is_mark(next + 1, '.')) {
            (true, true) => next + 2,
            (true, false) => next + 1,
            _ => at,
        }
    }

    fn build(&self, start: usize, family: Span, given: Span, end: usize, evidence: i32) -> Name<'a> {
        let family = slice(self.text, self.tokens, family);
        let is_marked = |c: char| c.is_ascii_digit();
        let family = if family.contains(' ') { family } else { family.trim_end_matches(is_marked) };
        let given = slice(self.text, self.tokens, given).trim_end_matches('-');
        Name { family, given, start, end, evidence }
    }
}

/// Particles that are seldom given names when they have a capital.
fn is_capital_particle(token: &Token<'_>) -> bool {
    matches!(token.text, "Van" | "De" | "Der" | "Den" | "Von" | "Di" | "Del" | "Da" | "Dos" | "Du" | "Ter")
}

/// A capital and more than one letter, or a small prefix before a capital.
fn is_capital_word(token: &Token<'_>) -> bool {
    token.has(Traits::CAPITAL)
}

/// A word that is hardly ever a name. Among names that are sure (there are initials, or names before it), only
/// what can be no name at all: many are also words, as Free, Case or Young.
fn is_ordinary(token: &Token<'_>, is_sure: bool) -> bool {
    let is_known = token.has(Traits::GIVEN.and(Traits::FAMILY));
    if is_sure {
        return !is_known
            && token.has(Traits::CONNECTIVE.and(Traits::ACRONYM).and(Traits::OF_TITLES).and(Traits::MEETING))
            && !token.has(Traits::PARTICLE);
    }
    let is_group = token.has(Traits::GROUP);
    !is_known
        && (is_group
            || token.has(
                Traits::COMMON.and(Traits::VENUE).and(Traits::ACRONYM).and(Traits::OF_TITLES).and(Traits::CONNECTIVE),
            ))
        && !token.has(Traits::PARTICLE)
}

/// The letters of a word that may be part of a name; `Liu1` and `Smith12` lose their affiliation mark.
fn name_word<'a>(token: &Token<'a>) -> Option<&'a str> {
    match token.kind {
        TokenKind::Word => Some(token.text),
        TokenKind::Mixed => {
            let letters = token.text.trim_end_matches(|c: char| c.is_ascii_digit());
            let is_name = token.text.len() - letters.len() <= 2
                && letters.chars().count() >= 2
                && letters.chars().skip(1).any(char::is_lowercase)
                && letters.bytes().all(|byte| !byte.is_ascii_digit());
            is_name.then_some(letters)
        }
        _ => None,
    }
}

/// Whether the text ends with the Han sign for `et al.`
pub(super) fn ends_with_et_al(token: &Token<'_>) -> bool {
    token.has(Traits::HAN) && token.text.chars().all(crate::model::is_han) && token.text.ends_with('等')
}

/// The most frequent family names written in Han characters, and some double ones by their first character.
const FAMILY_NAMES_HAN: &str = "\
    王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏\
    付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤欧诸葛萧温芦俞安梅庞樊兰殷施洪翟倪颜章鲁葛伍柳管童焦季牛\
    聂盛左宁关裴甘祝阮柴喻成阳冉凌柯霍舒司上皇甫慕容令狐";
