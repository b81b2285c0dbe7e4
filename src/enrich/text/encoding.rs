//! Characters that came to harm on the way: UTF-8 that was read as Latin-1 or Windows-1252, and characters that nobody
//! sees.
//!
//! The table is that of the [Encoding Standard](https://encoding.spec.whatwg.org/#windows-1252).

/// What Windows-1252 has at 0x80 to 0x9F, where Latin-1 has control characters. Five places are empty.
const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž', '\u{8F}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}', 'ž', 'Ÿ',
];

/// Undoes that the UTF-8 of a text was read as Windows-1252, also if that was done twice. Only a text that is whole
/// UTF-8 afterwards, and has fewer odd characters, is changed.
pub(super) fn mend(mut text: String) -> String {
    for _ in 0..2 {
        let Some(mended) = read_as_it_was(&text) else { break };
        text = mended;
    }
    text
}

fn read_as_it_was(text: &str) -> Option<String> {
    if text.is_ascii() {
        return None;
    }
    let bytes: Option<Vec<u8>> = text.chars().map(byte_of).collect();
    let mended = String::from_utf8(bytes?).ok()?;
    let is_odd =
        |c: &char| c.is_control() || ('\u{80}'..='\u{BF}').contains(c) || WINDOWS.contains(c) || *c == '\u{FFFD}';
    let n_strange = |text: &str| text.chars().filter(|c| is_odd(c) || !c.is_ascii()).count();
    let is_sound = !mended.chars().any(|c| ('\u{80}'..='\u{9F}').contains(&c) || is_private(c));
    (is_sound && n_strange(&mended) < n_strange(text)).then_some(mended)
}

fn is_private(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'.. | '\u{FFFD}')
}

fn byte_of(c: char) -> Option<u8> {
    u8::try_from(u32::from(c)).ok().or_else(|| {
        let at = WINDOWS.iter().position(|known| *known == c)?;
        u8::try_from(0x80 + at).ok()
    })
}

/// The text without control characters and marks that turn the direction of writing or stand for nothing. A control
/// character of Latin-1 was meant as what Windows-1252 has there.
pub(super) fn visible(text: &str) -> String {
    text.chars().map(as_meant).filter(|c| c.is_whitespace() || !is_hidden(*c)).collect()
}

fn as_meant(c: char) -> char {
    let at = u32::from(c).checked_sub(0x80).and_then(|at| usize::try_from(at).ok());
    // U+0085 is a line break on its own account.
    at.filter(|_| c != '\u{85}').and_then(|at| WINDOWS.get(at)).copied().unwrap_or(c)
}

fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{AD}'
                | '\u{61C}'
                | '\u{200B}'
                | '\u{200E}'
                | '\u{200F}'
                | '\u{202A}'..='\u{202E}'
                | '\u{2060}'..='\u{206F}'
                | '\u{FEFF}'
                | '\u{FFF9}'..='\u{FFFB}'
                | '\u{E0000}'..='\u{E007F}'
        )
}
