//! Text with a little HTML in it, as databases keep titles and names: made plain.

/// A text without tags and entities, in one line.
pub(super) fn plain(text: &str) -> String {
    // Entities are now and then encoded twice, tags as entities.
    let once = without_entities(text);
    let bare = without_entities(&without_tags(&once));
    bare.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Leaves out `<i>`, `</sub>`, `<span class="…">`; a `<` that begins no tag stays: `p < 0.05`.
fn without_tags(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        kept.push_str(before);
        let name = after.strip_prefix('/').unwrap_or(after);
        let end = after.find(['>', '<']).filter(|end| after[*end..].starts_with('>') && *end < 200);
        rest = match end.filter(|_| name.starts_with(|c: char| c.is_ascii_alphabetic())) {
            Some(end) => {
                let word = name.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
                kept.push_str(if matches!(word, "p" | "br" | "div" | "li") { " " } else { "" });
                &after[end + 1..]
            }
            None => {
                kept.push('<');
                after
            }
        };
    }
    kept.push_str(rest);
    kept
}

fn without_entities(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        kept.push_str(before);
        let found = after.find(';').filter(|end| *end <= 8).and_then(|end| Some((entity(&after[..end])?, end)));
        match found {
            Some((character, end)) => {
                kept.push(character);
                rest = &after[end + 1..];
            }
            None => {
                kept.push('&');
                rest = after;
            }
        }
    }
    kept.push_str(rest);
    kept
}

fn entity(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => number.parse(),
        };
        return char::from_u32(code.ok()?).filter(|character| !character.is_control());
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        "ndash" => '–',
        "mdash" => '—',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        "hellip" => '…',
        "alpha" => 'α',
        "beta" => 'β',
        "gamma" => 'γ',
        "mu" => 'μ',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_entities_are_gone_and_what_only_looks_so_stays() {
        for (text, expected) in [
            ("<i>De novo</i> CO<sub>2</sub>  in\n A&amp;B", "De novo CO2 in A&B"),
            ("&amp;lt;i&amp;gt;x&#39;s &#x3b1;", "<i>x's α"),
            ("p < 0.05 & q > 1; AT&T; a<b", "p < 0.05 & q > 1; AT&T; a<b"),
            ("one<br/>two<p>three", "one two three"),
            ("<em", "<em"),
            ("&#0;&#xFFFFFFFF; <é>", "&#0;&#xFFFFFFFF; <é>"),
        ] {
            assert_eq!(plain(text), expected);
        }
    }
}
