//! Which form of an answer the client wants ([RFC 9110, 12.5.1](https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1)).

/// A media type that can be given, with other names by which clients ask for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Offer<T> {
    /// What is given.
    pub(super) value: T,
    /// Its media type, and then others by which it is known.
    pub(super) types: &'static [&'static str],
}

/// The offer that fits a header `Accept` best; without a header, or of two that fit alike, the first. `None` if the
/// client accepts none.
pub(super) fn choose<T: Copy>(accept: Option<&str>, offers: &[Offer<T>]) -> Option<T> {
    let ranges: Vec<Range<'_>> = accept.unwrap_or("").split(',').filter_map(Range::parse).collect();
    if ranges.is_empty() {
        return offers.first().map(|offer| offer.value);
    }
    let quality = |offer: &Offer<T>| {
        let mut names = offer.types.iter();
        let own = names.next().map_or(0, |name| quality(&ranges, name, Specificity::Any));
        // The other names are old or wrong ones: whoever asks for all texts does not mean them.
        names.map(|name| quality(&ranges, name, Specificity::Name)).fold(own, u16::max)
    };
    // Of several with the same quality the first: `max_by_key` would give the last.
    let best = offers.iter().rev().max_by_key(|offer| quality(offer))?;
    (quality(best) > 0).then_some(best.value)
}

/// The quality of a media type in thousandths: that of the most specific range that it is in.
fn quality(ranges: &[Range<'_>], name: &str, least: Specificity) -> u16 {
    let fitting = ranges.iter().filter_map(|range| Some((range.specificity(name)?, range.quality)));
    let fitting = fitting.filter(|(specificity, _)| *specificity >= least);
    fitting.max().map_or(0, |(_, quality)| quality)
}

/// How closely a range describes a media type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Specificity {
    /// `*/*`
    Any,
    /// `text/*`
    Main,
    /// `text/csv`
    Name,
}

/// A media range with its quality.
struct Range<'a> {
    main: &'a str,
    sub: &'a str,
    /// In thousandths.
    quality: u16,
}

impl<'a> Range<'a> {
    /// Parameters of the media type itself, such as a character set, say nothing about what can be given.
    fn parse(text: &'a str) -> Option<Self> {
        let mut parts = text.split(';').map(str::trim);
        let (main, sub) = parts.next()?.split_once('/')?;
        let quality = parts.find_map(|part| {
            let (name, value) = part.split_once('=')?;
            name.trim().eq_ignore_ascii_case("q").then(|| thousandths(value.trim())).flatten()
        });
        let quality = quality.unwrap_or(1000);
        (!main.is_empty() && !sub.is_empty()).then_some(Self { main, sub, quality })
    }

    /// How closely the range describes a media type, if that is in it.
    fn specificity(&self, name: &str) -> Option<Specificity> {
        let (main, sub) = name.split_once('/')?;
        match (self.main, self.sub) {
            ("*", "*") => Some(Specificity::Any),
            (of, "*") if of.eq_ignore_ascii_case(main) => Some(Specificity::Main),
            (of, kind) if of.eq_ignore_ascii_case(main) && kind.eq_ignore_ascii_case(sub) => Some(Specificity::Name),
            _ => None,
        }
    }
}

/// `0.25` as 250; `None` for what is no quality.
fn thousandths(text: &str) -> Option<u16> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let is_short = fraction.len() <= 3 && fraction.bytes().all(|byte| byte.is_ascii_digit());
    let value = whole.parse::<u16>().ok()?.min(1) * 1000 + format!("{fraction:0<3}").parse::<u16>().ok()?;
    is_short.then_some(value.min(1000))
}

#[cfg(test)]
mod tests {
    use super::*;

    const OFFERS: [Offer<&str>; 3] = [
        Offer { value: "json", types: &["application/sparql-results+json", "application/json"] },
        Offer { value: "xml", types: &["application/sparql-results+xml", "application/xml", "text/xml"] },
        Offer { value: "csv", types: &["text/csv"] },
    ];

    #[test]
    fn the_best_fit_is_given() {
        for (accept, expected) in [
            ("", Some("json")),
            ("*/*", Some("json")),
            ("text/csv", Some("csv")),
            ("TEXT/CSV; charset=utf-8", Some("csv")),
            ("application/xml;q=0.9, text/csv;q=0.8", Some("xml")),
            ("text/*;q=0.5, text/csv;q=0, application/json;q=0.1", Some("json")),
            ("text/*;q=0.5, text/csv;q=0.4, text/xml;q=0.45", Some("xml")),
            ("image/png", None),
            ("text/*;q=0.5, text/csv;q=0", None),
            ("image/png, */*;q=0.1", Some("json")),
            ("text/csv;q=0", None),
            ("text/csv ; Q = 0.25, application/json;q=0.2", Some("csv")),
            ("nonsense", Some("json")),
            ("text/csv;q=x", Some("csv")),
            ("application/json;q=0.501, text/csv;q=0.502", Some("csv")),
        ] {
            assert_eq!(choose(Some(accept), &OFFERS), expected, "{accept:?}");
        }
        assert_eq!(choose(None, &OFFERS), Some("json"));
    }
}
