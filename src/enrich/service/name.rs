//! Names of authors as services show them, cut into family and given names.

use crate::{
    enrich::text::plain,
    model::{PersonName, is_han},
};

/// Words that begin a family name of several words.
const PARTICLES: &str =
    " van von der den de del della di da dos das du la le el al bin ibn ben ter ten te zu zur af av vom dal lo st ";
/// Those that are seldom given names when they have a capital.
const CAPITAL_PARTICLES: &str = " Van Von De Der Den Di Del Da Dos Du Ter La Le ";
/// What follows a name and is none.
const SUFFIXES: &str = " jr sr ii iii iv 2nd 3rd phd md msc bsc mph dphil esq ";
/// Words that only groups have in their name.
const GROUPS: &str = " consortium collaboration collaborative initiative investigators committee team group network \
    university universität université institute institut society foundation association alliance laboratory laboratories \
    organization organisation center centre ministry agency department contributors developers community ";
/// Short family names that look like initials when they stand in capitals.
const SHORT_FAMILIES: &str = " AN AO BA BO CHU DU FU GAO GE GU HAN HE HO HU JI LI LIN LIU LU LUO LV MA MAI MO NA NG NI OH OU PAN PU QI QIN QIU QU \
    RAO REN SHA SHI SO SU SUN TAN TU WEI WEN WU XI XIA XIE XU XUE YAN YAO YE YI YIN YU YUE ZHA ZHU ZOU KIM LEE LIM CHO ";
/// Chinese family names of two characters.
const DOUBLE_FAMILIES: [&str; 16] = [
    "欧阳", "歐陽", "上官", "司马", "司馬", "诸葛", "諸葛", "皇甫", "令狐", "慕容", "尉迟", "公孙", "夏侯", "司徒",
    "端木", "东方",
];

/// A name as it is shown: `Family, Given`, `Given Family`, `周杰`, or one word. No text gives an empty family name.
pub(super) fn name_of(display: &str) -> PersonName {
    let spelling = plain(display);
    let name = spelling.trim_matches(|c: char| matches!(c, ',' | ';' | '*' | '†' | '‡') || c.is_whitespace());
    if is_group(name) {
        return group(name);
    }
    let (family, given) = if name.chars().any(is_east_asian) { east_asian(name) } else { western(name) };
    PersonName { family, given, spelling: name.to_owned(), ..PersonName::default() }
}

/// A name whose parts the service keeps apart. A part that is no word is missing.
pub(super) fn name_of_parts(family: &str, given: &str) -> PersonName {
    let word = |text: &str| Some(plain(text)).filter(|text| text.chars().any(char::is_alphanumeric));
    match (word(family), word(given)) {
        (Some(family), Some(given)) => {
            let is_family_first = family.chars().all(is_east_asian);
            let spelling = if is_family_first { format!("{family}{given}") } else { format!("{given} {family}") };
            PersonName { family, given, spelling, ..PersonName::default() }
        }
        (Some(family), None) => PersonName { spelling: family.clone(), family, ..PersonName::default() },
        (None, given) => name_of(&given.unwrap_or_default()),
    }
}

/// A consortium, a laboratory.
pub(super) fn group(name: &str) -> PersonName {
    let name = plain(name);
    PersonName { family: name.clone(), spelling: name, is_group: true, ..PersonName::default() }
}

fn is_in(list: &str, word: &str) -> bool {
    !word.is_empty() && list.split(' ').any(|other| other == word)
}

fn is_group(name: &str) -> bool {
    const ENDS: [&str; 9] = ["组", "委员会", "研究所", "研究院", "中心", "公司", "大学", "团队", "学会"];
    let mut words =
        name.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase());
    let is_named = name.contains(' ') && words.any(|word| is_in(GROUPS, &word));
    let is_family_first = name.split_once(',').is_some_and(|(family, _)| !family.contains(' '));
    (is_named && !is_family_first) || (name.chars().count() > 4 && ENDS.iter().any(|end| name.ends_with(end)))
}

fn is_east_asian(character: char) -> bool {
    is_han(character) || matches!(u32::from(character), 0x3040..=0x30FF | 0x1100..=0x11FF | 0xAC00..=0xD7AF)
}

/// The family name comes first: before the blank, or the first character where all are Han and few.
fn east_asian(name: &str) -> (String, String) {
    if let Some((family, given)) =
        name.split_once([' ', ',', '，']).filter(|(family, _)| family.chars().all(is_east_asian))
    {
        return (family.to_owned(), given.trim_matches([' ', ',', '，']).replace(' ', ""));
    }
    let n_characters = name.chars().count();
    let double =
        DOUBLE_FAMILIES.iter().find(|family| name.starts_with(**family) && n_characters > 2).map(|family| family.len());
    let first =
        name.chars().next().map(char::len_utf8).filter(|_| matches!(n_characters, 2 | 3) && name.chars().all(is_han));
    let (family, given) = name.split_at(double.or(first).unwrap_or(name.len()));
    (family.to_owned(), given.to_owned())
}

fn western(name: &str) -> (String, String) {
    if let Some((before, after)) = name.split_once(',') {
        // `Zhou, Jian, Jr.`; but in `Jane Doe, PhD` nothing is inverted.
        let given = after.split(',').map(str::trim).find(|part| !is_suffix(part));
        return match given {
            Some(given) if !before.trim().is_empty() && !given.is_empty() => {
                (before.trim().to_owned(), given.to_owned())
            }
            _ => western(before),
        };
    }
    let mut words: Vec<&str> = name.split_whitespace().collect();
    while words.len() > 1 && words.last().is_some_and(|last| is_suffix(last)) {
        words.pop();
    }
    let (family, given) = parts(&words);
    (family.join(" "), given.join(" "))
}

fn is_suffix(word: &str) -> bool {
    let bare: String = word.chars().filter(|c| *c != '.').collect();
    is_in(SUFFIXES, &bare.to_lowercase())
}

/// The words of the family name and those of the given name.
fn parts<'a, 'b>(words: &'a [&'b str]) -> (&'a [&'b str], &'a [&'b str]) {
    let Some((last, before)) = words.split_last().filter(|(_, before)| !before.is_empty()) else { return (words, &[]) };
    // `Zhou J`, `van Dijk A.D.J.`
    if is_initials(last) && before.iter().any(|word| !is_initials(word)) {
        return (before, &words[before.len()..]);
    }
    // `ZHOU Jie`
    let n_capitals = words.iter().take_while(|word| is_shouted(word)).count();
    if (1..words.len()).contains(&n_capitals) && !words[n_capitals..].iter().any(|word| is_shouted(word)) {
        return (&words[..n_capitals], &words[n_capitals..]);
    }
    let is_particle = |at: usize| is_in(PARTICLES, words[at]) || at > 0 && is_in(CAPITAL_PARTICLES, words[at]);
    let start = (0..before.len()).find(|at| is_particle(*at)).unwrap_or(before.len());
    // `Santiago Ramón y Cajal`
    let joined = (2..before.len()).find(|at| matches!(words[*at], "y" | "e")).map(|at| at - 1);
    let start = joined.map_or(start, |joined| joined.min(start));
    (&words[start..], &words[..start])
}

/// `J`, `JB`, `J.-B.`; but no short family name in capitals.
fn is_initials(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let is_plain = word.chars().all(|c| c.is_uppercase() || matches!(c, '.' | '-'));
    is_plain && (1..=4).contains(&letters) && (word.contains('.') || (letters <= 3 && !is_in(SHORT_FAMILIES, word)))
}

fn is_shouted(word: &str) -> bool {
    word.chars().count() > 1 && word.chars().all(|c| c.is_uppercase() || matches!(c, '-' | '\'')) && !is_initials(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cut_where_people_cut_them() {
        for (display, family, given) in [
            ("Jie Zhou", "Zhou", "Jie"),
            ("Zhou, Jie", "Zhou", "Jie"),
            ("O'Donoghue, Odhran", "O'Donoghue", "Odhran"),
            ("Philip S. Yu", "Yu", "Philip S."),
            ("M.F. Perutz", "Perutz", "M.F."),
            ("Zhou J", "Zhou", "J"),
            ("Smith A.B.", "Smith", "A.B."),
            ("D Sculley", "Sculley", "D"),
            ("Art FY Poon", "Poon", "Art FY"),
            ("Jie ZHOU", "ZHOU", "Jie"),
            ("ZHOU Jie", "ZHOU", "Jie"),
            ("Wei LI", "LI", "Wei"),
            ("Laurens van der Maaten", "van der Maaten", "Laurens"),
            ("van der Maaten, Laurens", "van der Maaten", "Laurens"),
            ("Yves Van de Peer", "Van de Peer", "Yves"),
            ("Van Nguyen", "Nguyen", "Van"),
            ("Santiago Ramón y Cajal", "Ramón y Cajal", "Santiago"),
            ("Martin Luther King Jr.", "King", "Martin Luther"),
            ("King, Martin Luther, Jr.", "King", "Martin Luther"),
            ("Jane Doe, PhD", "Doe", "Jane"),
            ("Plato", "Plato", ""),
            ("周杰", "周", "杰"),
            ("欧阳修文", "欧阳", "修文"),
            ("宮地 元彦", "宮地", "元彦"),
            ("山元健太", "山元健太", ""),
            (" Zhou,\n Jie ", "Zhou", "Jie"),
            (",", "", ""),
            ("", "", ""),
        ] {
            let name = name_of(display);
            assert_eq!((name.family.as_str(), name.given.as_str()), (family, given), "{display}");
            assert!(!name.is_group, "{display}");
        }
    }

    #[test]
    fn groups_are_no_persons() {
        for display in
            ["The UniProt Consortium", "COVID-19 Host Genetics Initiative", "国家癌症中心", "University of Oslo"]
        {
            let name = name_of(display);
            assert!(name.is_group && name.family == display && name.given.is_empty(), "{display}");
        }
        assert!(!name_of("Group, Mary").is_group);
    }

    #[test]
    fn a_part_that_is_no_word_is_missing() {
        let name = |family, given| {
            let name = name_of_parts(family, given);
            (name.family, name.given, name.spelling)
        };
        let expect = |family: &str, given: &str, spelling: &str| (family.into(), given.into(), spelling.into());
        assert_eq!(name("M. Bran", "Andres"), expect("M. Bran", "Andres", "Andres M. Bran"));
        assert_eq!(name("-", "Xuewen Ding"), expect("Ding", "Xuewen", "Xuewen Ding"));
        assert_eq!(name("Stravopodis", ""), expect("Stravopodis", "", "Stravopodis"));
        assert_eq!(name("周", "杰"), expect("周", "杰", "周杰"));
        assert_eq!(name("", " "), expect("", "", ""));
    }
}
