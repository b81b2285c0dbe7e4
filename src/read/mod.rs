//! Finds sources and turns their text into a tree with line numbers. Knows nothing of papers or tools.
//!
//! A [`Source`] is a text with a key, which is made from where it is known to the world: the repository, the address, or
//! else the file's name. [`load`] gets the texts that [`SourceSpec`]s name, on this machine or elsewhere; [`linked_files`]
//! finds further files of the same list. [`Form`] tells what a text is by its beginning: a list, a table of facts, a
//! bibliography, a registry. [`parse`] cuts a Markdown text into a [`Document`]: blocks in the order of
//! the text, each with its parent and its lines, each with its inline content. [`rows`] reads a table of
//! tab-separated values with its line numbers. Neither of the two fails: what is odd in a text is for `extract` to report.
//!
//! ```
//! use amml_graph::read::{self, BlockKind};
//!
//! let document = read::parse("# Tools\n- [scVI](https://github.com/YosefLab/scVI)\n");
//! let kinds: Vec<BlockKind> = document.blocks.iter().map(|block| block.kind).collect();
//! assert_eq!(kinds, [BlockKind::Heading(1), BlockKind::List, BlockKind::Item, BlockKind::Paragraph]);
//! assert_eq!(document.blocks[2].lines.first, 2);
//! ```

mod markdown;
mod source;
mod table;

pub use markdown::{Block, BlockKind, Definition, Document, Inline, Piece, parse};
pub use source::{
    Form, GITHUB_RAW, GitHubFile, ReadError, Remote, Source, SourceSpec, SpecError, decode, embedded, joined,
    linked_files, load, paths,
};
pub use table::{Row, rows};
