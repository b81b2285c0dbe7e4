use super::*;

#[test]
fn no_text_is_empty_and_chinese_is_chinese() {
    let (english, chinese) = (Words::ENGLISH.all(), Words::CHINESE.all());
    for (english, chinese) in english.iter().zip(&chinese) {
        assert!(!english.is_empty() && !chinese.is_empty(), "{english} {chinese}");
        let is_han = |character: char| matches!(u32::from(character), 0x4E00..=0x9FFF);
        assert!(chinese.chars().any(is_han) || english == chinese, "{chinese}");
        assert!(!english.chars().any(is_han), "{english}");
    }
}

#[test]
fn every_key_stands_once() {
    let tables: [&[Term]; 15] = [
        &terms::KINDS,
        &terms::PLURALS,
        &terms::RELATIONS,
        &terms::EDGES,
        &terms::FACTS,
        &terms::STATUSES,
        &terms::GRADES,
        &terms::VIEWS,
        &terms::VIEW_TEXTS,
        &terms::FORMATS,
        &terms::TERM_KINDS,
        &terms::COLUMNS,
        &evidence::EVIDENCE,
        &evidence::RULES,
        &evidence::NOTICES,
    ];
    for table in tables {
        let keys: std::collections::BTreeSet<&str> = table.iter().map(|(key, ..)| *key).collect();
        assert_eq!(keys.len(), table.len(), "{}", table[0].0);
    }
}

#[test]
fn an_unknown_word_is_spelled_out() {
    assert_eq!(Words::ENGLISH.column("someNewColumn"), "some new column");
    assert_eq!(Words::CHINESE.relation("much-like"), "much like");
    assert_eq!(Words::CHINESE.relation("cites"), "引用的文献");
}

#[test]
fn numbers_are_grouped() {
    assert_eq!(numbers::grouped(1_234_567), "1,234,567");
    assert_eq!(numbers::grouped(12), "12");
    assert_eq!(Words::ENGLISH.n_rows(1), "1 row");
    assert_eq!(Words::CHINESE.range(13, 24, 1200), "第 13–24 项，共 1,200 项");
}
