//! Text with LaTeX in it, as BibTeX keeps titles and names: made plain.

use biblatex::{Bibliography, Chunk, Pair, RawBibliography, RawChunk, RawEntry, Spanned};

use super::markup;

/// Braces that are nested deeper are not LaTeX, and would cost stack.
const DEEPEST: usize = 50;

/// A text without commands and braces, with the letters that they stand for, in one line.
pub(super) fn plain(latex: &str) -> String {
    if !latex.contains(['\\', '{', '}', '$', '~', '-', '&', '<']) {
        return latex.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    let decoded = Some(latex).filter(|latex| depth(latex) <= DEEPEST).and_then(decoded);
    markup::plain(&without_commands(&decoded.unwrap_or_else(|| latex.to_owned())))
}

/// Has the crate read a text as if it were a title. `None` if it is no LaTeX.
fn decoded(latex: &str) -> Option<String> {
    // A tie is a blank, if it is no accent.
    let latex = latex.replace("\\~", "\\\u{0}").replace('~', " ").replace('\u{0}', "~");
    // A single dollar is an amount of money.
    let n_dollars = latex.replace("\\$", "").matches('$').count();
    let latex = if n_dollars % 2 == 1 { latex.replace("\\$", "$").replace('$', "\\$") } else { latex };
    // The crate counts on from where the value begins.
    let value = vec![Spanned::new(RawChunk::Normal(&latex), 0..latex.len())];
    let field = Pair::new(Spanned::detached("title"), Spanned::new(value, 0..latex.len()));
    let entry = RawEntry { key: Spanned::detached("k"), kind: Spanned::detached("misc"), fields: vec![field] };
    let raw =
        RawBibliography { preamble: String::new(), entries: vec![Spanned::detached(entry)], abbreviations: Vec::new() };
    let read = Bibliography::from_raw(raw).ok()?;
    let chunks = read.iter().next()?.get("title")?;
    let text = |chunk: &Chunk| match chunk {
        Chunk::Math(formula) => formula.replace(['^', '_'], ""),
        Chunk::Normal(text) | Chunk::Verbatim(text) => text.clone(),
    };
    Some(chunks.iter().map(|chunk| text(&chunk.v)).collect())
}

/// The most braces that are open at once. Commands without braces are followed one by one, so they count as one.
fn depth(latex: &str) -> usize {
    let mut depth = 0_usize;
    let mut deepest = 0;
    for byte in latex.bytes() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

/// Leaves out the commands that are not known: `\emph{x}` is `x`, `\alpha` is `alpha`, `\ ` is a blank.
fn without_commands(text: &str) -> String {
    const GREEK: [(&str, &str); 8] = [
        ("alpha", "α"),
        ("beta", "β"),
        ("gamma", "γ"),
        ("delta", "δ"),
        ("kappa", "κ"),
        ("lambda", "λ"),
        ("mu", "μ"),
        ("sigma", "σ"),
    ];
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        kept.push_str(before);
        let name = &after[..after.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(after.len())];
        let tail = &after[name.len()..];
        if let Some((_, letter)) = GREEK.iter().find(|(known, _)| *known == name) {
            kept.push_str(letter);
        } else if !name.is_empty() && !tail.starts_with('{') {
            kept.push_str(name);
        }
        rest = tail;
    }
    kept.push_str(rest);
    kept.retain(|c| !matches!(c, '{' | '}'));
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_stand_for_their_commands() {
        for (latex, expected) in [
            (r#"{\"O}zg{\"u}r and M{\'e}tal"#, "Özgür and Métal"),
            (
                r"Fran{\c c}ois, {\c{c}}a, \v{S}im{\'{\i}}k, \L{}ukasz, {\ss}, {\o}re",
                "François, ça, Šimík, Łukasz, ß, øre",
            ),
            ("Deep {GNN}s for {R}NA--protein \\& DNA", "Deep GNNs for RNA–protein & DNA"),
            (r"\emph{In vivo} \textbf{maps}~of $\alpha$-cells, $k^2$", "In vivo maps of α-cells, k2"),
            ("only $5 for\n  {all", "only $5 for all"),
            ("{\\&}amp; <i>x</i>", "& x"),
            ("a} b", "a b"),
            ("plain  text", "plain text"),
            ("", ""),
        ] {
            assert_eq!(plain(latex), expected, "{latex}");
        }
    }

    #[test]
    fn no_text_is_too_odd() {
        for text in ["\\", "$", "$$", "{\\", "\\'", "\\\"{", "{{}", "\\c", "\\{", "~", "\\-{", "\\ ", "é\\é{é}"] {
            let _ = plain(text);
            let _ = plain(&text.repeat(20_000));
        }
        let _ = plain(&format!("{}{}", "\\a{".repeat(100_000), "}".repeat(100_000)));
    }
}
