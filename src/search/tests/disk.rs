//! Indexes on disk: stamps, killed builds, damage.

use std::fs;
use std::path::Path;

use super::super::Index;
use super::{check_in, collection, hits, thing};

fn build(folder: &Path, stamp: &str) {
    Index::build(folder, stamp, collection()).unwrap();
}

fn opens(folder: &Path, stamp: &str) -> bool {
    let index = Index::open(folder, stamp).unwrap();
    index.is_some_and(|index| hits(&index, "scanpy").first().is_some_and(|iri| iri == "Scanpy"))
}

#[test]
fn an_index_on_disk_is_opened_for_its_stamp_only() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("deep/search");
    assert!(!opens(&folder, "1"));
    build(&folder, "1");
    assert!(opens(&folder, "1"));
    assert!(!opens(&folder, "2"));
    assert!(!opens(&folder, ""));
    build(&folder, "2");
    assert!(opens(&folder, "2"));
    assert!(!opens(&folder, "1"));
}

#[test]
fn an_open_index_outlives_its_replacement() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("search");
    let old = Index::build(&folder, "1", collection()).unwrap();
    Index::build(&folder, "2", [thing("tool: Other")]).unwrap();
    check_in(&old, "scanpy", &["Scanpy"]);
    assert_eq!(Index::open(&folder, "2").unwrap().unwrap().len(), 1);
}

#[test]
fn what_a_killed_build_left_is_swept_away() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("search");
    build(&folder, "1");
    let copy = |to: &str| {
        let to = home.path().join(to);
        fs::create_dir(&to).unwrap();
        fs::write(to.join("meta.json"), "half").unwrap();
        fs::write(to.join(".tantivy-writer.lock"), "").unwrap();
    };
    copy("search.new");
    copy("search.old");
    assert!(opens(&folder, "1"), "the old index is whole");
    build(&folder, "2");
    assert!(opens(&folder, "2"));
    let names: Vec<_> = fs::read_dir(home.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names.len(), 2, "{names:?}");
    // Killed between the two renames: there is none.
    fs::rename(&folder, home.path().join("search.old")).unwrap();
    assert!(!opens(&folder, "2"));
    build(&folder, "2");
    assert!(opens(&folder, "2"));
}

/// What becomes of the bytes of a file; none when it is lost.
type Damage = fn(&[u8]) -> Option<Vec<u8>>;

#[test]
fn a_broken_index_is_none() {
    let home = tempfile::tempdir().unwrap();
    let whole = home.path().join("whole");
    build(&whole, "1");
    let names: Vec<_> = fs::read_dir(&whole).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    let damages: [Damage; 5] = [
        |_| None,
        |_| Some(Vec::new()),
        |bytes| Some(bytes[..bytes.len() / 2].to_vec()),
        |bytes| Some(bytes[..bytes.len().saturating_sub(4)].to_vec()),
        |bytes| Some(bytes.iter().map(|byte| byte ^ 0x55).collect()),
    ];
    for (i, name) in names.iter().enumerate() {
        for (j, damage) in damages.iter().enumerate() {
            let broken = home.path().join(format!("broken-{i}-{j}"));
            fs::create_dir(&broken).unwrap();
            for other in &names {
                fs::copy(whole.join(other), broken.join(other)).unwrap();
            }
            let bytes = fs::read(whole.join(name)).unwrap();
            match damage(&bytes) {
                None => fs::remove_file(broken.join(name)).unwrap(),
                Some(bytes) => fs::write(broken.join(name), bytes).unwrap(),
            }
            let opened = opens(&broken, "1");
            let matters = !name.to_string_lossy().ends_with(".lock");
            assert!(!opened || !matters || fs::read(broken.join(name)).is_ok_and(|now| now == bytes), "{name:?} {j}");
        }
    }
}

#[test]
fn a_file_in_place_of_the_index_is_replaced() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("search");
    fs::write(&folder, "not a folder").unwrap();
    assert!(!opens(&folder, "1"));
    build(&folder, "1");
    assert!(opens(&folder, "1"));
}
