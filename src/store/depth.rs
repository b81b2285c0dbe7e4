//! Queries that are too deep to be read.
//!
//! The parser, the optimizer and the evaluator call themselves for each level of a query, and for each link of a chain
//! such as `1 + 1 + 1`. The stack of a thread ends somewhere, and with it the process. So the text is measured before it is
//! parsed: generously, since no query that means something is near these bounds.

/// Brackets in brackets.
const DEEPEST: usize = 1_000;
/// Brackets and operators in all.
const MOST: usize = 50_000;
/// Groups, and patterns in them: the time that the optimizer takes grows with their cube, and it does not look at the clock.
const MOST_GROUPS: usize = 1_000;
const MOST_PATTERNS: usize = 2_000;
/// An IRI is shorter than this, in bytes; the operators in it are none.
const LONGEST_IRI: usize = 2_000;

/// Whether a query may have more levels, or more parts, than can be read.
pub(super) fn is_too_deep(sparql: &str) -> bool {
    let size = Size::of(sparql);
    size.deepest > DEEPEST || size.n_signs > MOST || size.n_groups > MOST_GROUPS || size.n_patterns > MOST_PATTERNS
}

/// Whether an update may have more levels than can be read: it may well have many triples.
pub(super) fn is_update_too_deep(sparql: &str) -> bool {
    let size = Size::of(sparql);
    size.deepest > DEEPEST || size.n_groups > MOST_GROUPS
}

/// How large a text looks, from outside.
#[derive(Default)]
struct Size {
    deepest: usize,
    n_signs: usize,
    n_groups: usize,
    n_patterns: usize,
}

impl Size {
    fn of(sparql: &str) -> Self {
        let bytes = sparql.as_bytes();
        let mut size = Self::default();
        let (mut depth, mut run, mut at) = (0_usize, 0_usize, 0);
        while let Some(byte) = bytes.get(at) {
            match byte {
                b'<' => match iri(&bytes[at..]) {
                    Some(length) => at += length,
                    None => size.n_signs += 1,
                },
                b'(' | b'[' | b'{' => {
                    depth += 1;
                    size.n_signs += 1;
                    size.n_groups += usize::from(*byte == b'{');
                }
                b')' | b']' | b'}' => depth = depth.saturating_sub(1),
                b'!' | b'-' | b'+' | b'^' => {
                    size.n_signs += 1;
                    run += 2;
                }
                b';' => size.n_patterns += 1,
                b'.' if bytes.get(at + 1).is_none_or(u8::is_ascii_whitespace) => size.n_patterns += 1,
                b'*' | b'/' | b'|' | b'&' | b'=' | b'>' => size.n_signs += 1,
                _ => {}
            }
            // Signs before a term are brackets in disguise.
            run = if byte.is_ascii_whitespace() { run } else { run.saturating_sub(1) };
            size.deepest = size.deepest.max(depth + run);
            at += 1;
        }
        size
    }
}

/// The length of the IRI that a text begins with, without its last bracket.
fn iri(bytes: &[u8]) -> Option<usize> {
    let end = bytes.iter().take(LONGEST_IRI).position(|byte| *byte == b'>' || *byte <= b' ')?;
    let is_iri = bytes[end] == b'>' && bytes.get(1).is_some_and(u8::is_ascii_alphabetic);
    is_iri.then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_by_hand_is_never_too_deep() {
        let iris: String = (0..20_000).map(|at| format!("<http://example.org/a/b/c-{at}> ")).collect();
        assert!(!is_too_deep(&format!("SELECT * {{ VALUES ?s {{ {iris} }} ?s ?p ?o }}")));
        assert!(!is_too_deep("SELECT (1 - -1 AS ?x) { ?s !(<a>|^<b>)* ?o FILTER(?x < 3 && ((!?y) || ?z > 2)) }"));
    }

    #[test]
    fn towers_and_chains_are() {
        for text in ["(", "{", "!", "- ", "1+", "{}UNION", "?a/", "1<a+", "^", "OPTIONAL{?a ?b ?c}", "?a ?b ?c . "] {
            assert!(is_too_deep(&text.repeat(60_000)), "{text}");
        }
        assert!(is_too_deep(&format!("{}1{}", "(".repeat(1_500), ")".repeat(1_500))));
        let triples = "<urn:a> <urn:b> 1 .\n".repeat(60_000);
        assert!(!is_update_too_deep(&format!("INSERT DATA {{ {triples} }}")) && is_update_too_deep(&"(".repeat(2_000)));
    }
}
