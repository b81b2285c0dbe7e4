//! Text in XML.

use std::io::{self, Write};

/// Writes a text so that it comes back from an attribute or an element as it was: line ends and tabs as references, since
/// XML makes blanks of them. What [XML 1.0](https://www.w3.org/TR/xml/#charsets) has no character for becomes U+FFFD.
pub(super) fn escape(text: &str, out: &mut impl Write) -> io::Result<()> {
    let mut written = 0;
    // All that is replaced begins with one of these bytes: the last are those of U+FFFE and U+FFFF.
    for (at, byte) in text.bytes().enumerate() {
        let (stand_in, length) = match byte {
            b'&' => ("&amp;", 1),
            b'<' => ("&lt;", 1),
            b'>' => ("&gt;", 1),
            b'"' => ("&quot;", 1),
            b'\n' => ("&#10;", 1),
            b'\r' => ("&#13;", 1),
            b'\t' => ("&#9;", 1),
            0..0x20 => ("\u{fffd}", 1),
            0xef if text.as_bytes()[at..].starts_with(&[0xef, 0xbf, 0xbe])
                || text.as_bytes()[at..].starts_with(&[0xef, 0xbf, 0xbf]) =>
            {
                ("\u{fffd}", 3)
            }
            _ => continue,
        };
        out.write_all(&text.as_bytes()[written..at])?;
        out.write_all(stand_in.as_bytes())?;
        written = at + length;
    }
    out.write_all(&text.as_bytes()[written..])
}
