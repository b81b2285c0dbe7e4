//! What may be asked again, and after how long.

use std::{
    hash::{BuildHasher as _, RandomState},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use reqwest::header::HeaderMap;

use super::Manners;

/// Why a request brought no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trouble {
    /// The connection failed or broke off, or took too long.
    Broken,
    /// The server answered with this status, and perhaps asked to wait.
    Status(u16, Option<Duration>),
}

/// What to do about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Ask again after a pause; whether the whole host is to be left alone until then.
    Again(Duration, bool),
    /// The server asks to wait longer than anybody wants to.
    TooLong(Duration),
    /// It was asked often enough.
    Enough,
    /// Asking again would bring the same.
    Final,
}

/// Says what may be asked again. Only reading requests come here, so that a second one does no harm.
pub(super) fn judge(trouble: Trouble, n_tries: u32, manners: &Manners) -> Verdict {
    let wait = match trouble {
        Trouble::Broken | Trouble::Status(408 | 425 | 429 | 500 | 502 | 503 | 504, None) => None,
        // GitHub says 403 where its limit of requests is reached.
        Trouble::Status(403 | 408 | 425 | 429 | 500 | 502 | 503 | 504, Some(wait)) => Some(wait),
        Trouble::Status(..) => return Verdict::Final,
    };
    match wait {
        Some(wait) if wait > manners.longest_wait => Verdict::TooLong(wait),
        _ if n_tries >= manners.tries => Verdict::Enough,
        // A server that asks for no wait at all is not asked again at once.
        Some(wait) => Verdict::Again(wait.max(back_off(n_tries, manners)), true),
        None => Verdict::Again(back_off(n_tries, manners), false),
    }
}

/// Twice as long after each try, and between half and the whole of that, so that many clients do not come at once.
fn back_off(n_tries: u32, manners: &Manners) -> Duration {
    let whole = manners.first_pause.saturating_mul(1 << n_tries.saturating_sub(1).min(16)).min(manners.longest_wait);
    let part = RandomState::new().hash_one(n_tries) % 1000;
    whole.mul_f64(0.5 + f64::from(u32::try_from(part).unwrap_or_default()) / 2000.0)
}

/// The wait that a refusal asks for. Not to be asked of a good answer: some services send `Retry-After` with each.
pub(super) fn asked_wait(status: u16, headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let header = |name: &str| headers.get(name)?.to_str().ok();
    let is_used_up = || matches!(status, 403 | 429) && header("x-ratelimit-remaining").map(str::trim) == Some("0");
    let after = header("retry-after").and_then(|value| retry_after(value, now));
    after.or_else(|| header("x-ratelimit-reset").filter(|_| is_used_up()).and_then(|value| until_reset(value, now)))
}

/// The wait until a moment in seconds since 1970, as
/// [GitHub](https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api) gives it. Other services
/// write the seconds that are left: such a small number is no moment.
fn until_reset(value: &str, now: SystemTime) -> Option<Duration> {
    const IN_2001: u64 = 1_000_000_000;
    let seconds = value.trim().parse().ok().filter(|seconds| *seconds >= IN_2001)?;
    let reset = UNIX_EPOCH.checked_add(Duration::from_secs(seconds))?;
    Some(reset.duration_since(now).unwrap_or_default())
}

/// The wait that a `Retry-After` asks for: seconds, or a date
/// ([RFC 9110, section 10.2.3](https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3)).
fn retry_after(value: &str, now: SystemTime) -> Option<Duration> {
    let value = value.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = httpdate::parse_http_date(value).ok()?;
    Some(date.duration_since(now).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use reqwest::header::RETRY_AFTER;

    #[test]
    fn what_may_pass_is_asked_again_and_nothing_else() {
        let manners = Manners::default();
        let is_asked_again = |trouble| matches!(judge(trouble, 1, &manners), Verdict::Again(..));
        for status in [408, 425, 429, 500, 502, 503, 504] {
            assert!(is_asked_again(Trouble::Status(status, None)), "{status}");
        }
        for status in [304, 400, 401, 403, 422, 451, 501] {
            assert!(!is_asked_again(Trouble::Status(status, None)), "{status}");
        }
        assert!(is_asked_again(Trouble::Broken));
        assert_eq!(judge(Trouble::Broken, manners.tries, &manners), Verdict::Enough);
        assert_eq!(judge(Trouble::Status(404, None), manners.tries, &manners), Verdict::Final);
        let wait = Duration::from_secs(7);
        assert_eq!(judge(Trouble::Status(403, Some(wait)), 1, &manners), Verdict::Again(wait, true));
        let Verdict::Again(pause, true) = judge(Trouble::Status(429, Some(Duration::ZERO)), 1, &manners) else {
            panic!()
        };
        assert!(pause >= manners.first_pause / 2, "{pause:?}");
        let hour = Duration::from_secs(3600);
        assert_eq!(judge(Trouble::Status(429, Some(hour)), 1, &manners), Verdict::TooLong(hour));
    }

    #[test]
    fn pauses_grow_and_stay_within_bounds() {
        let manners = Manners::default();
        for n_tries in 1..100 {
            let whole = manners.first_pause.saturating_mul(1 << (n_tries - 1).min(16)).min(manners.longest_wait);
            let pause = back_off(n_tries, &manners);
            assert!(whole / 2 <= pause && pause <= whole, "{n_tries}: {pause:?}");
        }
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let now = httpdate::parse_http_date("Sun, 22 Nov 2026 21:00:00 GMT").unwrap();
        assert_eq!(retry_after(" 12 ", now), Some(Duration::from_secs(12)));
        assert_eq!(retry_after("Sun, 22 Nov 2026 21:00:30 GMT", now), Some(Duration::from_secs(30)));
        assert_eq!(retry_after("Sun, 22 Nov 2026 20:00:00 GMT", now), Some(Duration::ZERO));
        assert_eq!(retry_after("soon", now), None);
    }
    #[test]
    fn a_reset_is_a_moment_and_counts_where_nothing_is_left() {
        let now = UNIX_EPOCH + Duration::from_secs(1_795_305_600);
        let wait = |status, remaining: &'static str, reset: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert("x-ratelimit-remaining", remaining.parse().unwrap());
            headers.insert("x-ratelimit-reset", reset.parse().unwrap());
            asked_wait(status, &headers, now)
        };
        assert_eq!(wait(403, "0", "1795305630"), Some(Duration::from_secs(30)));
        assert_eq!(wait(429, " 0", "1795305500"), Some(Duration::ZERO));
        for (status, remaining, reset) in [
            (403, "1", "1795305630"),
            (503, "0", "1795305630"),
            (429, "0", "3600"),
            (429, "0", "soon"),
            (429, "0", "18446744073709551615"),
        ] {
            assert_eq!(wait(status, remaining, reset), None, "{status} {remaining} {reset}");
        }
        let headers = HeaderMap::from_iter([(RETRY_AFTER, "7".parse().unwrap())]);
        assert_eq!(asked_wait(403, &headers, now), Some(Duration::from_secs(7)));
    }
}
