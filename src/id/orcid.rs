use std::str::FromStr;

use super::{IdError, canonical_text};

/// An ORCID iD without its address: `0000-0002-1825-0097`. Its check digit is right
/// ([ISO 7064, MOD 11-2](https://support.orcid.org/hc/en-us/articles/360006897674)).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Orcid(String);

canonical_text!(Orcid);

impl FromStr for Orcid {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        let bare = text.trim().trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        let digits: Vec<u8> = bare.bytes().filter(|byte| *byte != b'-').collect();
        let is_orcid = bare.len() - digits.len() <= 3 && digits.len() == 16 && is_checked(&digits);
        if !is_orcid {
            return Err(IdError::new(text, "an ORCID iD"));
        }
        let groups: Vec<String> =
            digits.chunks(4).map(|group| String::from_utf8_lossy(group).to_ascii_uppercase()).collect();
        Ok(Self(groups.join("-")))
    }
}

fn is_checked(digits: &[u8]) -> bool {
    let (last, first) = digits.split_last().expect("there are sixteen");
    if !first.iter().all(u8::is_ascii_digit) {
        return false;
    }
    let total = first.iter().fold(0_u32, |total, digit| (total + u32::from(digit - b'0')) * 2);
    match (12 - total % 11) % 11 {
        10 => last.eq_ignore_ascii_case(&b'X'),
        check => u32::from(last.wrapping_sub(b'0')) == check,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_digit_must_be_right() {
        let read = |text: &str| text.parse::<Orcid>().ok().map(|orcid| orcid.to_string());
        assert_eq!(read("https://orcid.org/0000-0002-1825-0097").as_deref(), Some("0000-0002-1825-0097"));
        assert_eq!(read("000000021694233x").as_deref(), Some("0000-0002-1694-233X"));
        for wrong in ["0000-0002-1825-0098", "0000-0002-1825", "", "abcd-0002-1825-0097", "é000-0002-1825-0097"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
