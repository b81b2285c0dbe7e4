//! Reads what the lists lead to: further files of the same repository, and other lists.

use std::{collections::BTreeSet, str::FromStr};

use rayon::prelude::*;

use super::failure;
use crate::{
    extract::extract,
    model::{Extraction, Kind, SourceKind},
    read::{self, GitHubFile, Remote, Source, SourceSpec},
};

/// So many sources are read at most because others lead to them; the help says so, too.
const MOST: usize = 500;

/// What `--follow` asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Follow {
    /// So many steps.
    Depth(u32),
    /// Other lists, too.
    Lists,
}

impl FromStr for Follow {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "lists" => Ok(Self::Lists),
            number => number.parse().map(Self::Depth).map_err(|_| {
                "write a number or lists; a source stands before --follow, or behind --follow=1".to_owned()
            }),
        }
    }
}

/// The sources and what they lead to, each once. What cannot be had is told and left out.
pub(super) fn follow(sources: Vec<Source>, wishes: &[Follow], remote: &Remote<'_>) -> Vec<Source> {
    let depths = wishes.iter().filter_map(|wish| if let Follow::Depth(depth) = wish { Some(*depth) } else { None });
    let depth = depths.max().unwrap_or(u32::from(!wishes.is_empty()));
    let with_lists = wishes.contains(&Follow::Lists);
    let mut asked: BTreeSet<SourceSpec> = BTreeSet::new();
    let mut all = sources;
    let mut n_seen = 0;
    for _ in 0..depth {
        let leads = all[n_seen..].par_iter().flat_map_iter(|source| leads(source, with_lists));
        let mut specs: Vec<SourceSpec> = leads.collect::<BTreeSet<_>>().difference(&asked).cloned().collect();
        let room = MOST.saturating_sub(asked.len());
        if specs.len() > room {
            tell!("warning: {} further lists are not read: {MOST} is the most", specs.len() - room);
            specs.truncate(room);
        }
        n_seen = all.len();
        for (spec, loaded) in specs.iter().zip(read::load(&specs, remote)) {
            match loaded {
                Ok(loaded) => take(loaded, spec, &mut all),
                Err(error) => tell!("warning: left out: {}", failure::told(&error)),
            }
        }
        asked.extend(specs);
    }
    all
}

/// Adds what is new. A list may lead to itself, or to another under the same name.
fn take(loaded: Vec<Source>, spec: &SourceSpec, all: &mut Vec<Source>) {
    for source in loaded {
        match all.iter().find(|other| other.info.key == source.info.key) {
            None => all.push(source),
            Some(other) if other.text == source.text => {}
            Some(other) => {
                tell!("warning: left out: {spec} is called {} as {} is", source.info.key, other.name());
            }
        }
    }
}

fn leads(source: &Source, with_lists: bool) -> Vec<SourceSpec> {
    if source.info.kind != SourceKind::List {
        return Vec::new();
    }
    let mut leads = read::linked_files(source);
    if with_lists {
        leads.extend(linked_lists(&extract(source)));
    }
    leads
}

/// The repositories on GitHub of the lists that a list speaks of.
fn linked_lists(extraction: &Extraction) -> Vec<SourceSpec> {
    let mains = extraction.entries.iter().filter_map(|entry| entry.mentions.first());
    let lists = mains.filter(|mention| mention.kind.kind == Kind::List);
    lists.filter_map(|mention| GitHubFile::from_url(mention.url()?)).map(SourceSpec::GitHub).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::SourceInfo;

    #[test]
    fn a_list_leads_to_the_lists_that_it_speaks_of() {
        let text = "# Lists\n- [Awesome cells](https://github.com/a/awesome-cells) - a curated list\n\
            - [Awesome maps](https://example.org/awesome-maps) - a curated list\n- [scVI](https://github.com/YosefLab/scVI) - a tool\n";
        let info = SourceInfo::new("x", SourceKind::List);
        let specs = linked_lists(&extract(&Source::new(info, text)));
        assert_eq!(specs.iter().map(ToString::to_string).collect::<Vec<_>>(), ["github:a/awesome-cells"]);
    }

    #[test]
    fn what_follow_asks_for() {
        assert_eq!("2".parse(), Ok(Follow::Depth(2)));
        assert_eq!("lists".parse(), Ok(Follow::Lists));
        assert!("README.md".parse::<Follow>().is_err());
    }
}
