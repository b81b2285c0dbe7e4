//! The parameters of an address or a form.

use percent_encoding::percent_decode;

/// Names with their values, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Form(Vec<(String, String)>);

/// A parameter whose bytes are no UTF-8.
#[derive(Debug, thiserror::Error)]
#[error("a parameter is not in UTF-8")]
pub(super) struct NotUtf8;

impl Form {
    /// Reads `application/x-www-form-urlencoded` ([URL Standard](https://url.spec.whatwg.org/#urlencoded-parsing)), each
    /// value decoded once.
    ///
    /// # Errors
    ///
    /// If a name or a value is not in UTF-8, which the standard would mend and which we do not guess at.
    pub(super) fn parse(text: &[u8]) -> Result<Self, NotUtf8> {
        let pairs = text.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty());
        let pairs = pairs.map(|pair| {
            let at = pair.iter().position(|byte| *byte == b'=').unwrap_or(pair.len());
            Ok((decoded(&pair[..at])?, decoded(pair.get(at + 1..).unwrap_or_default())?))
        });
        Ok(Self(pairs.collect::<Result<_, NotUtf8>>()?))
    }

    /// One parameter.
    pub(super) fn of(name: &str, value: &str) -> Self {
        Self(vec![(name.to_owned(), value.to_owned())])
    }

    /// These parameters, and then those.
    pub(super) fn and(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    /// The first value of a name.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.all(name).next()
    }

    /// The first value of a name, unless it is empty: forms send fields that nobody filled in.
    pub(super) fn filled(&self, name: &str) -> Option<&str> {
        self.get(name).filter(|value| !value.trim().is_empty())
    }

    /// All values of a name.
    pub(super) fn all<'f>(&'f self, name: &str) -> impl Iterator<Item = &'f str> {
        self.0.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// All of it.
    pub(super) fn pairs(&self) -> &[(String, String)] {
        &self.0
    }
}

fn decoded(bytes: &[u8]) -> Result<String, NotUtf8> {
    let spaced: Vec<u8> = bytes.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect();
    String::from_utf8(percent_decode(&spaced).collect()).map_err(|_| NotUtf8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_decoded_once() {
        let form = Form::parse(b"q=a+b%26c&graph=x%2531&graph=y&e&=v&").unwrap();
        assert_eq!(form.get("q"), Some("a b&c"));
        assert_eq!(form.all("graph").collect::<Vec<_>>(), ["x%31", "y"]);
        assert_eq!((form.get("e"), form.get("none"), form.get("")), (Some(""), None, Some("v")));
        assert!(Form::parse(b"q=%FF").is_err());
        assert_eq!(Form::parse(b"q=%zz%").unwrap().get("q"), Some("%zz%"));
    }
}
