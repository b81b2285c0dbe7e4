use std::collections::BTreeSet;

use super::{RELATION_PAGE, because::BecauseView};
use crate::{
    explore::{Because, Member, Page, Relation},
    site::{Context, item::Named, words::grouped},
};

/// A section with the things that are tied in one way.
pub(super) struct Section {
    pub(super) id: String,
    pub(super) heading: String,
    /// How many there are, if not one.
    pub(super) total: Option<String>,
    /// `13–24 of 120`, where there are more than the page shows.
    pub(super) range: Option<String>,
    pub(super) earlier: Option<String>,
    pub(super) later: Option<String>,
    /// Whether names follow one another in lines, for there is nothing more to say of each.
    pub(super) is_inline: bool,
    pub(super) members: Vec<MemberView>,
}

/// A thing in it.
pub(super) struct MemberView {
    pub(super) item: Named,
    /// Whether to say of which kind it is, for there are several.
    pub(super) has_kind: bool,
    pub(super) grade: Option<String>,
    pub(super) count: Option<String>,
    /// The surest reason in a line; none where the source states it and no more is known.
    pub(super) surest: Option<Surest>,
    pub(super) because: Vec<BecauseView>,
}

pub(super) struct Surest {
    pub(super) evidence: String,
    pub(super) confidence: Option<String>,
}

impl Section {
    pub(super) fn all(page: &Page, context: &Context) -> Vec<Self> {
        let mut ids = BTreeSet::from(["content".to_owned()]);
        let shown = page.relations.iter().filter(|relation| !relation.members.is_empty());
        shown.map(|relation| Self::of(relation, &page.thing.iri, &mut ids, context)).collect()
    }

    fn of(relation: &Relation, iri: &str, ids: &mut BTreeSet<String>, context: &Context) -> Self {
        let (w, n) = (context.words(), relation.members.len());
        let total = relation.total.max(relation.offset.saturating_add(n));
        let (first, end) = (relation.offset.saturating_add(1), relation.offset.saturating_add(n));
        let at = |offset| context.links.section(iri, relation.key, offset);
        let kinds: BTreeSet<&str> = relation.members.iter().map(|member| member.item.kind).collect();
        let has_kind = kinds.len() > 1;
        Self {
            id: unique(relation.key, ids),
            heading: w.relation(relation.key).into_owned(),
            total: (total > 1).then(|| grouped(total)),
            range: (total > n).then(|| w.range(first, end, total)),
            earlier: (relation.offset > 0).then(|| at(relation.offset.saturating_sub(RELATION_PAGE))).flatten(),
            later: (end < total).then(|| at(end)).flatten(),
            is_inline: relation.members.iter().all(|member| is_plain(member) && !has_kind),
            members: relation
                .members
                .iter()
                .map(|member| MemberView::of(member, relation.key, has_kind, context))
                .collect(),
        }
    }
}

/// A name and hardly more: a person, a topic.
fn is_plain(member: &Member) -> bool {
    let is_short = matches!(member.item.kind, "person" | "topic" | "organization" | "journal" | "conference");
    is_short && member.because.is_empty() && member.grade.is_none()
}

fn unique(key: &str, ids: &mut BTreeSet<String>) -> String {
    let mut id = key.to_owned();
    while !ids.insert(id.clone()) {
        id.push('_');
    }
    id
}

impl MemberView {
    fn of(member: &Member, relation: &str, has_kind: bool, context: &Context) -> Self {
        let w = context.words();
        Self {
            item: Named::of(&member.item, context),
            has_kind,
            grade: member.grade.as_deref().map(|grade| w.grade(grade).into_owned()),
            count: member.count.map(|n| w.works_in_common(relation, n)),
            surest: surest(&member.because).map(|because| Surest {
                evidence: w.evidence(&because.evidence).into_owned(),
                confidence: because.confidence.clone(),
            }),
            because: member.because.iter().map(|because| BecauseView::of(because, context)).collect(),
        }
    }
}

/// The reason with the highest confidence; the first one of several.
fn surest(because: &[Because]) -> Option<&Because> {
    let confidence =
        |because: &Because| because.confidence.as_deref().and_then(|text| text.parse::<f64>().ok()).unwrap_or(0.0);
    because.iter().rev().max_by(|a, b| confidence(a).total_cmp(&confidence(b)))
}
