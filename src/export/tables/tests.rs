use super::*;
use crate::network::{Column, Relation, Why};

fn network(label: &str) -> Network {
    let values = vec![(Column::Date, "2020".into()), (Column::Stars, "12".into())];
    let node = |iri: &str, values| Node { iri: iri.into(), kind: "paper", label: label.into(), values };
    let edge = Edge { from: 0, to: 1, relation: Relation::PreprintOf, why: 1 };
    let why = Why { percent: 5, evidence: String::new(), grade: Some("use".into()), is_stated: true };
    Network {
        nodes: vec![node("x:a", values), node("x:b", Vec::new())],
        edges: vec![edge],
        whys: vec![Why::stated(), why],
    }
}

fn written(format: TableFormat, table: Table, label: &str) -> String {
    let mut bytes = Vec::new();
    format.write(&network(label), table, &mut bytes).unwrap();
    String::from_utf8_lossy(&bytes).into_owned()
}

#[test]
fn cells_that_could_be_misread_are_quoted() {
    let nodes = written(TableFormat::Csv, Table::Nodes, "a, \"b\"\nc");
    assert_eq!(
        nodes,
        "id,label,kind,year,date,stars\r\nx:a,\"a, \"\"b\"\"\nc\",paper,2020,2020,12\r\nx:b,\"a, \"\"b\"\"\nc\",paper,,,\r\n"
    );
    assert!(written(TableFormat::Csv, Table::Nodes, "").contains("x:b,\"\",paper"));
    let edges = written(TableFormat::Csv, Table::Edges, "a");
    assert_eq!(
        edges,
        "id,source,target,relation,predicate,weight,grade\r\n\
         e0,x:a,x:b,preprint of,https://w3id.org/amml-graph/ontology#preprintOf,0.05,use\r\n"
    );
}

#[test]
fn headers_of_neo4j_say_what_columns_are() {
    let nodes = written(TableFormat::Neo4j, Table::Nodes, "a");
    assert_eq!(nodes, "id:ID,label,year:int,date,stars:long,:LABEL\r\nx:a,a,2020,2020,12,Paper\r\nx:b,a,,,,Paper\r\n");
    let edges = written(TableFormat::Neo4j, Table::Edges, "a");
    assert!(edges.starts_with("id,:START_ID,:END_ID,predicate,weight:double,grade,:TYPE\r\n"), "{edges}");
    assert!(edges.ends_with(",0.05,use,PREPRINT_OF\r\n"), "{edges}");
}

#[test]
fn parquet_holds_types_and_gaps() {
    use ::parquet::{
        file::reader::{FileReader, SerializedFileReader},
        record::Field as Cell,
    };
    let mut file = tempfile::tempfile().unwrap();
    TableFormat::Parquet.write(&network("标题"), Table::Nodes, &mut file).unwrap();
    let reader = SerializedFileReader::new(file).unwrap();
    let rows: Vec<Vec<Cell>> = reader
        .get_row_iter(None)
        .unwrap()
        .map(|row| row.unwrap().get_column_iter().map(|(_, cell)| cell.clone()).collect())
        .collect();
    let text = |text: &str| Cell::Str(text.to_owned());
    assert_eq!(rows[0], [text("x:a"), text("标题"), text("paper"), Cell::Long(2020), text("2020"), Cell::Long(12)]);
    assert_eq!(rows[1][3..], [Cell::Null, Cell::Null, Cell::Null]);
}
