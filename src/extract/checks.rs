//! Reads the report on links: a check on each line.

use std::collections::BTreeMap;

use crate::{
    id::WebUrl,
    model::{Extraction, Lines, LinkCheck, Notice, NoticeCode},
    read::Source,
};

/// Of several checks of one address the latest counts.
pub(super) fn extract(source: &Source) -> Extraction {
    let mut checks: BTreeMap<WebUrl, LinkCheck> = BTreeMap::new();
    let mut notices = Vec::new();
    for (line, at) in source.text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty()) {
        match serde_json::from_str::<LinkCheck>(line) {
            Ok(check) => {
                let is_newer = checks.get(&check.url).is_none_or(|other| other.as_of <= check.as_of);
                if is_newer {
                    checks.insert(check.url.clone(), check);
                }
            }
            Err(_) => {
                let lines = Lines { first: at, last: at };
                notices.push(Notice { code: NoticeCode::BadRow, lines, text: line.to_owned() });
            }
        }
    }
    Extraction {
        checks: checks.into_values().collect(),
        notices,
        ..Extraction::of(source.info.clone(), source.text.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{LinkState, SourceInfo, SourceKind};

    #[test]
    fn a_line_is_a_check_and_a_bad_one_is_told() {
        let text = "{\"url\":\"https://x.org/b\",\"state\":\"gone\",\"as_of\":\"2026-11-22\"}\n\n\
            {\"url\":\"https://x.org/b\",\"state\":\"alive\",\"as_of\":\"2026-11-21\"}\n\
            {\"url\":\"x\",\"state\":\"gone\",\"as_of\":\"2026-11-22\"}\n{\"url\":\"https://x.org/a\",\n\
            {\"url\":\"https://x.org/a\",\"state\":\"unclear\",\"as_of\":\"2026-11-22\"}\n";
        let found = extract(&Source::new(SourceInfo::new("links", SourceKind::Links), text));
        let shown: Vec<(&str, LinkState)> =
            found.checks.iter().map(|check| (check.url.as_ref(), check.state)).collect();
        assert_eq!(shown, [("https://x.org/a", LinkState::Unclear), ("https://x.org/b", LinkState::Gone)]);
        assert_eq!(found.notices.iter().map(|notice| notice.lines.first).collect::<Vec<_>>(), [4, 5]);
    }
}
