use std::{
    str::FromStr,
    time::{SystemTime, UNIX_EPOCH},
};

use crate::id::IdError;

/// A day, counted from 1970-01-01 in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(u32);

impl Day {
    /// The day of a moment.
    #[must_use]
    pub fn of(moment: SystemTime) -> Self {
        let seconds = moment.duration_since(UNIX_EPOCH).map_or(0, |passed| passed.as_secs());
        Self(u32::try_from(seconds / 86_400).unwrap_or(u32::MAX))
    }

    /// How many days lie between an earlier day and this one.
    #[must_use]
    pub fn since(self, earlier: Self) -> u32 {
        self.0.saturating_sub(earlier.0)
    }

    pub(super) fn number(self) -> u32 {
        self.0
    }

    pub(super) fn from_number(number: u32) -> Self {
        Self(number)
    }
}

impl std::fmt::Display for Day {
    /// Writes it as `2026-11-22`, after [Hinnant](https://howardhinnant.github.io/date_algorithms.html#civil_from_days).
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let days = u64::from(self.0) + 719_468;
        let (era, day_of_era) = (days / 146_097, days % 146_097);
        let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        // Months from March on, so that the leap day is the last of its year.
        let month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month + 2) / 5 + 1;
        let month = if month < 10 { month + 3 } else { month - 9 };
        let year = year_of_era + era * 400 + u64::from(month <= 2);
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl FromStr for Day {
    type Err = IdError;

    /// Reads `2026-11-22`, after [Hinnant](https://howardhinnant.github.io/date_algorithms.html#days_from_civil).
    fn from_str(text: &str) -> Result<Self, IdError> {
        let fail = || IdError::new(text, "a day");
        let mut parts = text.splitn(3, '-').map(|part| part.parse::<u32>().ok());
        let mut part =
            |range: std::ops::RangeInclusive<u32>| parts.next().flatten().filter(|part| range.contains(part));
        let (Some(year), Some(month), Some(day)) = (part(1970..=9999), part(1..=12), part(1..=31)) else {
            return Err(fail());
        };
        let year = year - u32::from(month <= 2);
        let (era, year_of_era) = (year / 400, year % 400);
        let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        (era * 146_097 + day_of_era).checked_sub(719_468).map(Self).ok_or_else(fail)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn days_have_their_names() {
        for (seconds, expected) in [
            (0, "1970-01-01"),
            (951_782_399, "2000-02-28"),
            (951_782_400, "2000-02-29"),
            (951_868_800, "2000-03-01"),
            (1_795_305_600, "2026-11-22"),
            (4_107_542_400, "2100-03-01"),
        ] {
            let day = Day::of(UNIX_EPOCH + Duration::from_secs(seconds));
            assert_eq!(day.to_string(), expected);
            assert_eq!(expected.parse(), Ok(day));
        }
        for text in ["", "2026", "2026-11", "2026-13-01", "2026-11-22T00", "1969-12-31", "-1-1-1"] {
            assert!(text.parse::<Day>().is_err(), "{text}");
        }
    }
}
