use amml_graph::*;
fn main() {
    let c = resolve::resolve(read::embedded().iter().map(extract::extract).collect());
    println!("{:?}", c.count_by_kind());
    let n = |t: usize| { c.sources.iter().flat_map(|s| &s.records).find(|r| r.thing == t).and_then(|r| r.name.clone()).map(|l| l.text).unwrap_or_else(|| format!("{:?}", c.things[t].identity)) };
    for s in &c.sources { for l in &s.links { println!("{:?} {:?} {} | {} | {}", l.relation, l.evidence, l.confidence, n(l.subject), n(l.object)); } }
    for p in &c.persons { println!("{} {} {:?}", p.slug, p.name, p.spellings); }
    for s in &c.sources { for r in &s.records { for a in &r.authors { if a.merged.is_some() { println!("merged {} in {}", c.persons[a.person].slug, n(r.thing)); } } } }
}
