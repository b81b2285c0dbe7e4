//! Topics of different lists that say the same.
//!
//! - **The same label**, in any of a topic's languages, but for the plural.
//! - **A bilingual heading**: some list's heading has both labels (*Genomics / 基因*), so topics with one of them each match.
//! - **The same entries**: two topics in different languages, in two lists, that hold mostly the same things, each the best
//!   match of the other.
//!
//! A single word is not trusted between large lists that have nothing in common. A label that names a form and no subject (*Papers*, *其他*), or that a list has more than once, means nothing without the
//! topic above it: there the topics above must match, too. Topics are related, not merged.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
};

use super::{decisions::Decisions, lists::Shared, things::Grouping};
use crate::model::{Confidence, Evidence, Extraction, Place, Ruling, ThingIndex, Topic, TopicMatch, is_han, normalise};

/// Beyond this many topics of one label each is related to the first alone, so that pairs do not outgrow topics.
const MOST_IN_PAIRS: usize = 12;
/// A thing under more topics than this says nothing of any two of them.
const MOST_TOPICS: usize = 20;
/// A list with so many things shows of what field it is.
const LARGE: usize = 30;
/// So many things in common are no chance.
const FEWEST_COMMON: usize = 3;

/// The matches, each with the source of the later of the two topics.
pub(super) fn relate(
    extractions: &[Extraction],
    grouping: &Grouping,
    shared: &Shared,
    decisions: &mut Decisions<'_>,
) -> Vec<(usize, TopicMatch)> {
    let topics = Topics::of(extractions, shared);
    let mut found: BTreeMap<(Place, Place), Found> = BTreeMap::new();
    topics.by_label(&mut found);
    topics.by_heading(&mut found);
    topics.by_entries(grouping, &mut found);
    topics.decide(decisions, &mut found);
    let of_pair = |((other, (source, topic)), found): ((Place, Place), Found)| {
        let Found { evidence, percent, pairing, grounds } = found;
        (source, TopicMatch { topic, other, evidence, confidence: Confidence::percent(percent), pairing, grounds })
    };
    found.into_iter().map(of_pair).collect()
}

/// Why two topics match; the pair is in the order of the sources.
struct Found {
    evidence: Evidence,
    percent: u8,
    pairing: Option<Place>,
    grounds: Vec<Place>,
}

/// What a label says.
struct Said {
    /// Its comparable form.
    exact: String,
    /// The same without blanks and plurals.
    core: String,
    is_han: bool,
    /// Whether it names a form and no subject.
    is_form: bool,
}

struct Topics<'e> {
    extractions: &'e [Extraction],
    /// What the labels of each topic of each source say.
    said: Vec<Vec<Vec<Said>>>,
    /// The topics with a label of this core.
    by_core: BTreeMap<String, Vec<Place>>,
    shared: &'e Shared,
}

impl<'e> Topics<'e> {
    fn of(extractions: &'e [Extraction], shared: &'e Shared) -> Self {
        let forms = forms();
        let said: Vec<Vec<Vec<Said>>> = extractions.iter().map(|extraction| said(&extraction.topics, &forms)).collect();
        let mut by_core: BTreeMap<String, Vec<Place>> = BTreeMap::new();
        for (source, topics) in said.iter().enumerate() {
            for (topic, labels) in topics.iter().enumerate() {
                let cores: BTreeSet<&str> = labels.iter().map(|label| label.core.as_str()).collect();
                for core in cores {
                    by_core.entry(core.to_owned()).or_default().push((source, topic));
                }
            }
        }
        Self { extractions, said, by_core, shared }
    }

    fn labels(&self, (source, topic): Place) -> &[Said] {
        &self.said[source][topic]
    }

    fn by_label(&self, found: &mut BTreeMap<(Place, Place), Found>) {
        for (core, places) in self.by_core.iter().filter(|(_, places)| places.len() > 1) {
            let label = |place| self.labels(place).iter().find(|label| label.core == *core);
            for (a, b) in pairs(places) {
                let (Some(of_a), Some(of_b)) = (label(a), label(b)) else { continue };
                let Some(percent) = self.trust((a, of_a), (b, of_b)) else { continue };
                let exact = |place| self.labels(place).iter().map(|label| &label.exact).collect::<BTreeSet<_>>();
                let is_exact = !exact(a).is_disjoint(&exact(b));
                let evidence = if is_exact { Evidence::SameLabel } else { Evidence::SingularAndPlural };
                add(found, (a, b), Found::new(evidence, if is_exact { percent } else { percent - 5 }));
            }
        }
    }

    /// Topics with one of the two labels of a bilingual heading each.
    fn by_heading(&self, found: &mut BTreeMap<(Place, Place), Found>) {
        for (heading, labels) in self.all() {
            for (one, other) in labels.iter().flat_map(|one| labels.iter().map(move |other| (one, other))) {
                let is_pair = !one.is_han && other.is_han;
                let (with_one, with_other) = (self.with_label(&one.core), self.with_label(&other.core));
                if !is_pair || with_one.len().max(with_other.len()) > MOST_IN_PAIRS {
                    continue;
                }
                for (&a, &b) in with_one.iter().flat_map(|a| with_other.iter().map(move |b| (a, b))) {
                    let is_own = a == heading || b == heading || a.0 == b.0;
                    let Some(percent) = self.trust((a, one), (b, other)).filter(|_| !is_own) else { continue };
                    let why = Found { pairing: Some(heading), ..Found::new(Evidence::BilingualHeading, percent - 10) };
                    add(found, (a.min(b), a.max(b)), why);
                }
            }
        }
    }

    fn all(&self) -> impl Iterator<Item = (Place, &[Said])> {
        let sources = self.said.iter().enumerate();
        sources.flat_map(|(source, topics)| {
            topics.iter().enumerate().map(move |(topic, labels)| ((source, topic), labels.as_slice()))
        })
    }

    /// How sure it is that topics with these labels say the same, in hundredths; `None` if the labels say too little.
    fn trust(&self, a: (Place, &Said), b: (Place, &Said)) -> Option<u8> {
        let is_clear = |(place, label): (Place, &Said)| !label.is_form && self.n_in_source(place.0, &label.core) == 1;
        let is_short = [a, b].iter().any(|(_, label)| !label.exact.contains(' '));
        if is_clear(a) && is_clear(b) {
            return self.trust_of_lists(a.0.0, b.0.0, is_short);
        }
        let above = |(source, topic): Place| Some((source, self.extractions[source].topics[topic].parent?));
        let (above_a, above_b) = (above(a.0)?, above(b.0)?);
        let has_common = self.labels(above_a).iter().any(|label| {
            let has_label = |place| self.labels(place).iter().any(|other| other.core == label.core);
            has_label(above_b) && is_clear((above_a, label)) && is_clear((above_b, label))
        });
        let is_only_child = |(place, label): (Place, &Said), above: Place| {
            let alike = self.with_label(&label.core).iter().filter(|other| other.0 == place.0);
            alike.filter(|(_, topic)| self.extractions[place.0].topics[*topic].parent == Some(above.1)).count() == 1
        };
        (has_common && is_only_child(a, above_a) && is_only_child(b, above_b)).then_some(85)
    }

    /// A word means one thing in lists of one field, and may mean two in lists that are large and have nothing in common:
    /// *annotation* of genomes and of pictures.
    fn trust_of_lists(&self, a: usize, b: usize, is_short: bool) -> Option<u8> {
        let smaller = self.shared.n_things(a).min(self.shared.n_things(b));
        match self.shared.n_common(a, b) {
            0 if smaller >= LARGE => (!is_short).then_some(80),
            common if common >= FEWEST_COMMON && 50 * common >= smaller => Some(95),
            _ => Some(if is_short { 75 } else { 88 }),
        }
    }

    fn with_label(&self, core: &str) -> &[Place] {
        self.by_core.get(core).map_or(&[], Vec::as_slice)
    }

    fn n_in_source(&self, source: usize, core: &str) -> usize {
        let places = self.with_label(core);
        let start = places.partition_point(|place| place.0 < source);
        places[start..].iter().take_while(|place| place.0 == source).count()
    }

    /// Topics in different languages that hold mostly the same things.
    fn by_entries(&self, grouping: &Grouping, found: &mut BTreeMap<(Place, Place), Found>) {
        let held = self.held(grouping);
        let mut n_held: HashMap<Place, usize> = HashMap::new();
        let mut common: BTreeMap<(Place, Place), Vec<usize>> = BTreeMap::new();
        for same in held.chunk_by(|a, b| a.thing == b.thing) {
            for (position, a) in same.iter().enumerate() {
                *n_held.entry(a.topic).or_default() += 1;
                let others =
                    same[position + 1..].iter().filter(|b| b.topic.0 != a.topic.0 && same.len() <= MOST_TOPICS);
                for b in others.filter(|b| self.differ_in_language(a.topic, b.topic)) {
                    common.entry((a.topic, b.topic)).or_default().push(b.entry);
                }
            }
        }
        let share = |pair: &(Place, Place), n_common: usize| 100 * n_common / n_held[&pair.0].max(n_held[&pair.1]);
        let mut best: HashMap<(Place, usize), usize> = HashMap::new();
        for (pair, entries) in &common {
            for key in [(pair.0, pair.1.0), (pair.1, pair.0.0)] {
                let most = best.entry(key).or_default();
                *most = (*most).max(entries.len());
            }
        }
        for (pair, entries) in common {
            let is_best = [(pair.0, pair.1.0), (pair.1, pair.0.0)].iter().all(|key| best[key] == entries.len());
            let share = share(&pair, entries.len());
            if is_best && entries.len() >= FEWEST_COMMON && share > 50 {
                let grounds = entries.into_iter().map(|entry| (pair.1.0, entry)).collect();
                let percent = u8::try_from(60 + share * 3 / 10).unwrap_or(90);
                add(found, pair, Found { grounds, ..Found::new(Evidence::CommonEntries, percent) });
            }
        }
    }

    /// The things directly under each topic, each once, in the order of the things.
    fn held(&self, grouping: &Grouping) -> Vec<Held> {
        let languages: BTreeSet<bool> =
            self.all().flat_map(|(_, labels)| labels.iter().map(|label| label.is_han)).collect();
        if languages.len() < 2 {
            return Vec::new();
        }
        let mut held: Vec<Held> = Vec::new();
        for (source, extraction) in self.extractions.iter().enumerate() {
            for (entry, what) in extraction.entries.iter().enumerate() {
                let Some(topic) = what.topic else { continue };
                held.push(Held { thing: grouping.main_thing(source, entry), topic: (source, topic), entry });
            }
        }
        held.sort_unstable();
        held.dedup_by_key(|held| (held.thing, held.topic));
        held
    }

    fn differ_in_language(&self, a: Place, b: Place) -> bool {
        let (a, b) = (self.labels(a), self.labels(b));
        let is_all = |labels: &[Said], is_han: bool| labels.iter().all(|label| label.is_han == is_han);
        !a.is_empty() && !b.is_empty() && (is_all(a, true) && is_all(b, false) || is_all(a, false) && is_all(b, true))
    }

    fn decide(&self, decisions: &mut Decisions<'_>, found: &mut BTreeMap<(Place, Place), Found>) {
        let wanted = decisions.iris("topic/");
        if wanted.is_empty() {
            return;
        }
        let mut named: BTreeMap<usize, Vec<Place>> = BTreeMap::new();
        for (place, _) in self.all() {
            let extraction = &self.extractions[place.0];
            let iri = format!("{}/{}", extraction.source.key, extraction.topics[place.1].path);
            for (at, _) in wanted.iter().filter(|(_, wanted)| *wanted == iri) {
                decisions.is_known(*at);
                named.entry(at.0).or_default().push(place);
            }
        }
        for (decision, places) in named {
            for pair in pairs(&places) {
                match decisions.all[decision].ruling {
                    Ruling::Different(_) => {
                        found.remove(&pair);
                    }
                    Ruling::Same(_) => {
                        let grounds = vec![(decisions.source, decision)];
                        found.insert(pair, Found { grounds, ..Found::new(Evidence::Decision, 100) });
                    }
                    _ => {}
                }
            }
        }
    }
}

/// A thing under a topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Held {
    thing: ThingIndex,
    topic: Place,
    entry: usize,
}

impl Found {
    fn new(evidence: Evidence, percent: u8) -> Self {
        Self { evidence, percent, pairing: None, grounds: Vec::new() }
    }
}

/// Keeps the surer of two reasons.
fn add(found: &mut BTreeMap<(Place, Place), Found>, pair: (Place, Place), why: Found) {
    let is_surer = found.get(&pair).is_none_or(|other| other.percent < why.percent);
    if is_surer {
        found.insert(pair, why);
    }
}

/// Pairs of topics of different sources.
fn pairs(places: &[Place]) -> Vec<(Place, Place)> {
    let n_firsts = if places.len() > MOST_IN_PAIRS { 1 } else { places.len() };
    let from = |(position, a): (usize, &Place)| {
        let a = *a;
        places[position + 1..].iter().filter(move |b| b.0 != a.0).map(move |b| (a, *b)).collect::<Vec<_>>()
    };
    places.iter().enumerate().take(n_firsts).flat_map(from).collect()
}

fn said(topics: &[Topic], forms: &HashSet<&str>) -> Vec<Vec<Said>> {
    let of_label = |text: &str| {
        let exact = normalise(text);
        let words: Vec<Cow<'_, str>> = exact.split(' ').filter(|word| !is_filler(word)).map(singular).collect();
        let is_form = words.iter().all(|word| is_form(word, forms));
        Said { is_han: exact.chars().any(is_han), core: words.concat(), is_form, exact }
    };
    let of_topic = |topic: &Topic| {
        topic.labels.iter().map(|label| of_label(&label.text)).filter(|said| !said.core.is_empty()).collect()
    };
    topics.iter().map(of_topic).collect()
}

fn is_filler(word: &str) -> bool {
    matches!(word, "and" | "or" | "the" | "a" | "of" | "for" | "on" | "in" | "to" | "with" | "my" | "your" | "by")
}

/// The word without the ending of an English plural.
fn singular(word: &str) -> Cow<'_, str> {
    if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() > 2) {
        return format!("{stem}y").into();
    }
    let is_plural =
        word.len() > 3 && word.is_ascii() && !["ss", "us", "is"].iter().any(|ending| word.ends_with(ending));
    word.strip_suffix('s').filter(|_| is_plural).unwrap_or(word).into()
}

/// Words, in the singular, that name a form, an occasion or a remainder, and no subject.
const FORMS: &str = "about academic acknowledgement acknowledgment additional advanced all api app application archive \
    article author award awesome background base basic beginner benchmark bibliography blog book category \
    citation code collection community company competition conference contact content contributing \
    contribution contributor course credit curated data database dataset demo document documentation event \
    example extra faq forum framework general generic getting started guide help history homepage \
    implementation intro introduction journal learning lecture library license link list literature magazine \
    maintainer material media misc miscellaneous model more new news newsletter note official open \
    organization other overview package page paper people platform podcast post practice presentation \
    project public publication quick quickstart reading recent reference related repo repository research \
    resource review script section service site slide software source sponsor standard start summary support \
    survey system table talk task team thesis todo tool toolkit tutorial uncategorized update useful utility \
    various video webinar website work workshop \
    数据 数据集 数据库 数据集合 论文 文章 文献 工具 工具包 软件 资源 其他 其它 其他资源 教程 \
    课程 书籍 图书 博客 网站 视频 模型 代码 项目 参考 介绍 简介 综述 应用 背景 致谢 目录 \
    引用 平台 更多 相关 相关资源";

fn forms() -> HashSet<&'static str> {
    FORMS.split_whitespace().collect()
}

fn is_form(word: &str, forms: &HashSet<&str>) -> bool {
    forms.contains(word) || word.chars().all(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_says_a_subject_or_only_a_form() {
        let forms = forms();
        let is_form = |label: &str| label.split(' ').all(|word| is_form(&singular(word), &forms));
        for label in ["papers", "2019", "其他", "utilities", "software tools"] {
            assert!(is_form(label), "{label}");
        }
        for label in ["genomics", "graph databases for cells", "单细胞", "deep learning"] {
            assert!(!is_form(label), "{label}");
        }
        assert_eq!((&*singular("analysis"), &*singular("bodies"), &*singular("cells")), ("analysis", "body", "cell"));
    }
}
