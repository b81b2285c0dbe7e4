use amml_graph::*;
fn main() {
    let c = resolve::resolve(read::embedded().iter().map(extract::extract).collect());
    let g = store::Graph::in_memory();
    let gs = map::graphs(&c, &map::Minter::default());
    println!("{:?}", gs.iter().map(|(n,q)| (n.as_str(), q.len())).collect::<Vec<_>>());
    g.replace(&gs).unwrap();
    for q in query::questions() {
        let given: Vec<(String,String)> = q.parameters.iter().filter(|p| !p.is_optional).map(|p| (p.name.clone(), match p.name.as_str() { "paper" => "deep count autoencoder for", "tool" => "DCA", "topic" => "2.3", "person" => "Jiahua Rao", _ => "scVI" }.to_owned())).collect();
        println!("\n## {} {:?}", q.name, given);
        let t = std::time::Instant::now();
        match q.bind(&g, &given) { Err(e) => println!("ERR {e}"), Ok(b) => { let mut v = Vec::new(); match query::write(g.query(&q.sparql, &b).unwrap_or_else(|e| panic!("{}: {e:?}", q.name)), query::OutputFormat::Table, 150, &mut v) { Ok(_) => { let s = String::from_utf8(v).unwrap(); for l in s.lines().take(7) { println!("{l}"); } println!("... {} lines {:?}", s.lines().count(), t.elapsed()) } Err(e) => println!("ERR {e:?}") } } }
    }
}
