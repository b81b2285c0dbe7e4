//! Requests for citation: under a heading, or in a sentence with what stands below it.

use std::ops::Range;

use super::{
    blocks::BlockKind,
    page::Piece,
    section::Section,
    select::{MOST_OWN, Place, Rules},
    words::sentence,
    works::Work,
};
use crate::enrich::grade::Ground;

/// More papers than this under one request for citation are a list.
const MOST_CITED: usize = 10;
/// More blocks than these under "References" are a bibliography, of which one or two may have identifiers.
const MOST_REFERENCES: usize = 5;
/// How many blocks a request waits for its papers.
const LONGEST_WAIT: usize = 3;

/// Where a piece asks for a citation, and whether it is for something else than the tool.
type Ask = (Range<usize>, bool);

/// Papers that are asked to be cited together.
#[derive(Default)]
struct Request {
    cited: Vec<Cited>,
    is_references: bool,
    /// How many blocks below the heading.
    n_blocks: usize,
}

struct Cited {
    place: Place,
    is_named: bool,
    /// It is asked for in addition, or for the data.
    is_second: bool,
}

/// Goes through the README and collects the requests.
struct Reader<'r> {
    rules: &'r Rules<'r>,
    requests: Vec<Request>,
    /// The heading of the last request that stands under one.
    heading: Option<usize>,
    /// A request in a sentence goes on in the blocks below it, as long as they are nothing but papers: how many blocks
    /// without papers there were.
    open: Option<usize>,
    is_second: bool,
}

impl Reader<'_> {
    fn take(&mut self, at: usize, piece: &Piece) {
        let asks = self.rules.asks(piece);
        match piece.section {
            (section @ (Section::Cite | Section::References), heading) => {
                if self.heading.replace(heading) != Some(heading) {
                    self.begin(section == Section::References);
                }
                // "References" may hold "please cite".
                if let Some(request) = self.requests.last_mut().filter(|_| !asks.is_empty()) {
                    request.is_references = false;
                }
                self.add(at, piece, &asks, true);
            }
            (section, _) => {
                self.heading = None;
                if matches!(piece.kind, BlockKind::Heading(_)) || section == Section::Others {
                    self.open = None;
                } else if self.goes_on(piece, &asks) {
                    self.add(at, piece, &asks, false);
                    self.count(piece, &asks);
                }
            }
        }
    }

    fn begin(&mut self, is_references: bool) {
        self.requests.push(Request { is_references, ..Request::default() });
        self.is_second = false;
    }

    /// Whether a block asks for citation, or may be what one above it asks for.
    fn goes_on(&mut self, piece: &Piece, asks: &[Ask]) -> bool {
        if asks.is_empty() || piece.kind == BlockKind::Row {
            self.open = self.open.filter(|_| is_citation(piece));
            return self.open.is_some();
        }
        if self.open.is_none() || !asks.iter().all(|(_, is_second)| *is_second) {
            self.begin(false);
        }
        // "See our guide for how to cite" asks for nothing that stands below.
        let is_answered = piece.works.is_empty() && piece.has_links && !piece.text.trim_end().ends_with([':', '：']);
        self.open = (!is_answered).then_some(0);
        true
    }

    /// A request waits some blocks for its papers, and ends behind them.
    fn count(&mut self, piece: &Piece, asks: &[Ask]) {
        if !piece.works.is_empty() {
            return;
        }
        self.is_second = asks.last().map_or(self.is_second, |(_, is_second)| *is_second);
        let waits = self.requests.last().is_some_and(|request| request.cited.is_empty());
        self.open = self.open.map(|n_without| n_without + 1).filter(|n_without| waits && *n_without <= LONGEST_WAIT);
    }

    /// Adds the papers of a block; of one in running text those behind the words that ask.
    fn add(&mut self, at: usize, piece: &Piece, asks: &[Ask], is_under_heading: bool) {
        let Some(request) = self.requests.last_mut() else { return };
        request.n_blocks += usize::from(!matches!(piece.kind, BlockKind::Heading(_)));
        for (nth, work) in piece.works.iter().enumerate() {
            let before = asks.iter().rfind(|(range, _)| range.end <= work.range.end.max(1));
            if before.is_none() && !asks.is_empty() && !is_under_heading {
                continue;
            }
            let since = before.map_or(0, |(range, _)| range.end);
            self.is_second = before.map_or(self.is_second, |(_, is_second)| *is_second);
            // What is asked for in addition may be spoken of as "cite it with the tool".
            let page = self.rules.page;
            let is_named = match self.is_second {
                true => page.is_named_in(&work.linked) || page.is_named_in(&work.paper.title),
                false => page.is_named_in(said_since(piece, work, since)),
            };
            request.cited.push(Cited { place: (at, nth), is_named, is_second: self.is_second });
        }
    }
}

impl Rules<'_> {
    /// What is asked to be cited.
    pub(super) fn cited(&self) -> Vec<(Place, Ground)> {
        self.requests().iter().flat_map(|request| self.granted(request)).collect()
    }

    fn requests(&self) -> Vec<Request> {
        let mut reader = Reader { rules: self, requests: Vec::new(), heading: None, open: None, is_second: false };
        for (at, piece) in self.page.pieces.iter().enumerate() {
            reader.take(at, piece);
        }
        reader.requests
    }

    /// Where a piece asks for citation, and whether it is for something else than the tool.
    fn asks(&self, piece: &Piece) -> Vec<Ask> {
        let asks = self.cues.cite.find(&piece.words).into_iter();
        let is_second = |range: &Range<usize>| {
            let sentence = sentence(&piece.words, range.start);
            let until: Vec<_> = sentence.iter().filter(|word| word.start < range.end + 20).cloned().collect();
            self.cues.also.is_in(&until) || self.cues.data.is_in(&until)
        };
        asks.map(|range| (range.clone(), is_second(&range))).collect()
    }

    /// Those of a request that are believed.
    fn granted(&self, request: &Request) -> Vec<(Place, Ground)> {
        let mut first: Vec<&Cited> = request.cited.iter().filter(|cited| !cited.is_second).collect();
        if first.is_empty() {
            first = request.cited.iter().collect();
        }
        let mut distinct: Vec<Place> = Vec::new();
        for cited in &first {
            if !distinct.iter().any(|known| self.is_same(*known, cited.place)) {
                distinct.push(cited.place);
            }
        }
        if distinct.is_empty() || distinct.len() > MOST_CITED {
            return Vec::new();
        }
        if request.is_references && request.n_blocks > MOST_REFERENCES {
            return Vec::new();
        }
        let named: Vec<Place> = request.cited.iter().filter(|cited| cited.is_named).map(|cited| cited.place).collect();
        let ground = |ground| if request.is_references { Ground::Reference } else { ground };
        if !named.is_empty() && named.len() <= MOST_OWN {
            return self.with_versions(&named, ground(Ground::CiteNamed));
        }
        let versions = self.with_versions(&distinct[..1], ground(Ground::CiteOnly));
        if versions.len() == distinct.len() {
            return versions;
        }
        if request.is_references { Vec::new() } else { self.with_versions(&distinct[..1], Ground::CiteFirst) }
    }
}

/// Whether a block may be the citation that one above it asks for: it does not go on after the papers that it names.
fn is_citation(piece: &Piece) -> bool {
    let last = piece.works.last().map_or(usize::MAX, |work| work.range.end);
    piece.kind != BlockKind::Paragraph || piece.words.iter().filter(|word| word.start >= last).count() <= 12
}

/// What is said of a paper behind a place of its piece.
fn said_since<'w>(piece: &'w Piece, work: &'w Work, since: usize) -> &'w str {
    let start = work.range.end.saturating_sub(work.said.len()).max(since);
    if work.range.end == 0 { &work.said } else { piece.text.get(start..work.range.end).unwrap_or(&work.said) }
}
