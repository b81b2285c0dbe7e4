use std::collections::HashMap;

use foldhash::fast::RandomState;
use oxrdf::{BlankNodeRef, Literal, LiteralRef, NamedNodeRef, Term, TermRef, vocab::xsd};
use rayon::prelude::*;

/// Terms as bytes, in the order of their hashes; the place of each is its number.
///
/// # Rationale
///
/// In the order of their bytes they would need no hashes, but IRIs have much in common at their beginning, and to sort a
/// million of them took longer than all else.
#[derive(Debug, Default)]
pub(super) struct Terms {
    hashes: Vec<u64>,
    bytes: Vec<u8>,
    /// Where each term ends.
    ends: Vec<u64>,
}

impl Terms {
    /// The table with these bytes, if they can be one.
    pub(super) fn from_parts(hashes: Vec<u64>, bytes: Vec<u8>, ends: Vec<u64>) -> Option<Self> {
        let length = ends.last().map_or(Some(0), |end| usize::try_from(*end).ok())?;
        let are_whole = hashes.len() == ends.len() && length == bytes.len();
        (are_whole && hashes.is_sorted() && ends.is_sorted()).then_some(Self { hashes, bytes, ends })
    }

    pub(super) fn hashes(&self) -> &[u64] {
        &self.hashes
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub(super) fn ends(&self) -> &[u64] {
        &self.ends
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// One table of all terms of several, and for each of these the numbers that its terms have there.
    pub(super) fn union(tables: &[&Self]) -> (Self, Vec<Vec<u32>>) {
        let mut all: Vec<(u64, u32, u32)> = Vec::with_capacity(tables.iter().map(|table| table.len()).sum());
        for (which, table) in (0..).zip(tables) {
            all.extend((0..).zip(&table.hashes).map(|(number, hash)| (*hash, which, number)));
        }
        let bytes = |which: u32, number: u32| tables[which as usize].get(number);
        all.par_sort_unstable_by(|(hash, which, number), (other_hash, other_which, other_number)| {
            let by_bytes = || bytes(*which, *number).cmp(bytes(*other_which, *other_number));
            hash.cmp(other_hash).then_with(by_bytes)
        });
        let mut union = Self::default();
        let mut numbers: Vec<Vec<u32>> = tables.iter().map(|table| vec![0; table.len()]).collect();
        for (hash, which, number) in all {
            let term = bytes(which, number);
            if union.last() != Some((hash, term)) {
                union.push(hash, term);
            }
            numbers[which as usize][number as usize] = number_of(union.len() - 1);
        }
        (union, numbers)
    }

    /// Adds a term that comes after all others.
    pub(super) fn push(&mut self, hash: u64, term: &[u8]) {
        self.hashes.push(hash);
        self.bytes.extend_from_slice(term);
        self.ends.push(self.bytes.len() as u64);
    }

    fn last(&self) -> Option<(u64, &[u8])> {
        self.hashes.last().map(|hash| (*hash, self.get(number_of(self.len() - 1))))
    }

    /// The bytes of a term; none for a number that is not in the table.
    pub(super) fn get(&self, number: u32) -> &[u8] {
        let at = number as usize;
        let offset = |end: &u64| usize::try_from(*end).ok();
        let start = if at == 0 { Some(0) } else { self.ends.get(at - 1).and_then(offset) };
        let range = start.zip(self.ends.get(at).and_then(offset));
        range.and_then(|(start, end)| self.bytes.get(start..end)).unwrap_or_default()
    }

    pub(super) fn term(&self, number: u32) -> Term {
        decode(self.get(number)).unwrap_or_else(|| Literal::new_simple_literal("").into())
    }

    /// The term, lent.
    pub(super) fn term_ref(&self, number: u32) -> TermRef<'_> {
        decode_ref(self.get(number)).unwrap_or_else(|| LiteralRef::new_simple_literal("").into())
    }

    /// The IRI, if the term is one.
    pub(super) fn iri(&self, number: u32) -> Option<&str> {
        let text = std::str::from_utf8(self.get(number)).ok()?;
        text.strip_prefix('I')
    }

    /// The IRI, the label of the blank node, or the text of the literal.
    pub(super) fn text(&self, number: u32) -> &str {
        let Ok(text) = std::str::from_utf8(self.get(number)) else { return "" };
        let Some((mark, rest)) = text.split_at_checked(1) else { return "" };
        if matches!(mark, "@" | "T") { rest.split_once('\0').map_or("", |(_, value)| value) } else { rest }
    }

    /// The language of the literal, if it has one.
    pub(super) fn language(&self, number: u32) -> Option<&str> {
        let text = std::str::from_utf8(self.get(number)).ok()?;
        text.strip_prefix('@')?.split_once('\0').map(|(language, _)| language)
    }

    pub(super) fn find(&self, term: TermRef<'_>) -> Option<u32> {
        let mut wanted = Vec::new();
        encode(term, &mut wanted);
        let hash = hash(&wanted);
        let start = self.hashes.partition_point(|other| *other < hash);
        let alike = self.hashes[start..].iter().take_while(|other| **other == hash).count();
        (start..start + alike).map(number_of).find(|number| self.get(*number) == wanted)
    }

    /// The terms with their hashes.
    pub(super) fn iter(&self) -> impl Iterator<Item = (u64, &[u8])> {
        (0..).zip(&self.hashes).map(|(number, hash)| (*hash, self.get(number)))
    }
}

/// Numbers terms in the order in which they come.
#[derive(Default)]
pub(super) struct TermCollector {
    numbers: HashMap<Vec<u8>, u32, RandomState>,
    buffer: Vec<u8>,
}

impl TermCollector {
    pub(super) fn number(&mut self, term: TermRef<'_>) -> u32 {
        self.buffer.clear();
        encode(term, &mut self.buffer);
        if let Some(number) = self.numbers.get(&self.buffer) {
            return *number;
        }
        let number = number_of(self.numbers.len());
        self.numbers.insert(self.buffer.clone(), number);
        number
    }

    /// The terms in their order, and the place there of each that was numbered.
    pub(super) fn sorted(self) -> (Terms, Vec<u32>) {
        let collected = self.numbers.into_iter();
        let mut collected: Vec<(u64, Vec<u8>, u32)> =
            collected.map(|(term, number)| (hash(&term), term, number)).collect();
        collected.sort_unstable();
        let mut terms = Terms::default();
        let mut numbers = vec![0; collected.len()];
        for (hash, term, number) in collected {
            numbers[number as usize] = number_of(terms.len());
            terms.push(hash, &term);
        }
        (terms, numbers)
    }
}

/// More terms than there are numbers do not fit into the memory of any machine.
pub(super) fn number_of(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// FNV-1a: the same on every machine and in every version, as what is in a file must be.
pub(super) fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Appends a term as a mark and its parts: `I` an IRI, `B` a blank node, `L` a text, `@` a text with its language, `T`
/// with its type.
fn encode(term: TermRef<'_>, bytes: &mut Vec<u8>) {
    let parts: [&str; 4] = match term {
        TermRef::NamedNode(node) => ["I", node.as_str(), "", ""],
        TermRef::BlankNode(node) => ["B", node.as_str(), "", ""],
        TermRef::Literal(literal) => match literal.language() {
            Some(language) => ["@", language, "\0", literal.value()],
            None if literal.datatype() == xsd::STRING => ["L", literal.value(), "", ""],
            None => ["T", literal.datatype().as_str(), "\0", literal.value()],
        },
    };
    parts.iter().for_each(|part| bytes.extend_from_slice(part.as_bytes()));
}

fn decode(bytes: &[u8]) -> Option<Term> {
    decode_ref(bytes).map(TermRef::into_owned)
}

fn decode_ref(bytes: &[u8]) -> Option<TermRef<'_>> {
    let text = std::str::from_utf8(bytes).ok()?;
    let (mark, rest) = text.split_at_checked(1)?;
    let pair = || rest.split_once('\0');
    Some(match mark {
        "I" => NamedNodeRef::new_unchecked(rest).into(),
        "B" => BlankNodeRef::new(rest).ok()?.into(),
        "L" => LiteralRef::new_simple_literal(rest).into(),
        "@" => {
            pair().map(|(language, value)| LiteralRef::new_language_tagged_literal_unchecked(value, language))?.into()
        }
        _ => pair()
            .map(|(datatype, value)| LiteralRef::new_typed_literal(value, NamedNodeRef::new_unchecked(datatype)))?
            .into(),
    })
}
