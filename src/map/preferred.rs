//! Which of several names and dates is shown first: that of the most trusted source that gives one. It is written once more,
//! into the graph of that source, as `rdfs:label` and `dcterms:issued`; so a question about many things gets one of each.

use super::{Mapper, Writer, vocab};
use crate::model::{Catalog, PartialDate, Record, trust};

/// For each thing the place of the record with the preferred name, and of that with the preferred date.
pub(super) struct Preferred {
    names: Vec<Option<Place>>,
    dates: Vec<Option<Place>>,
}

/// The rank of a source, the source, the record.
type Place = (usize, usize, usize);

impl Preferred {
    pub(super) fn of(catalog: &Catalog) -> Self {
        let n_things = catalog.things.len();
        let mut preferred = Self { names: vec![None; n_things], dates: vec![None; n_things] };
        for (source, said) in catalog.sources.iter().enumerate() {
            let rank = trust(said.extraction.source.kind, &said.extraction.source.key);
            for (at, record) in said.records.iter().enumerate() {
                let place = Some((rank, source, at));
                let is_better = |held: Option<Place>| held.is_none_or(|held| (rank, source, at) < held);
                if record.name.is_some() && is_better(preferred.names[record.thing]) {
                    preferred.names[record.thing] = place;
                }
                if record.date.is_some() && is_better(preferred.dates[record.thing]) {
                    preferred.dates[record.thing] = place;
                }
            }
        }
        preferred.sharpen(catalog);
        preferred
    }

    /// A source that knows the month or the day of the same year is as good, and says more.
    fn sharpen(&mut self, catalog: &Catalog) {
        let date = |(_, source, at): Place| catalog.sources[source].records[at].date;
        let years: Vec<Option<u16>> =
            self.dates.iter().map(|held| held.and_then(date).map(PartialDate::year)).collect();
        for (source, said) in catalog.sources.iter().enumerate() {
            let rank = trust(said.extraction.source.kind, &said.extraction.source.key);
            for (at, record) in said.records.iter().enumerate() {
                let (Some(held), Some(mine)) = (self.dates[record.thing], record.date) else { continue };
                let Some(other) = date(held).filter(|_| years[record.thing] == Some(mine.year())) else { continue };
                let order = |date, place: Place| (std::cmp::Reverse(precision(date)), place);
                if order(mine, (rank, source, at)) < order(other, held) {
                    self.dates[record.thing] = Some((rank, source, at));
                }
            }
        }
    }
}

fn precision(date: PartialDate) -> usize {
    let (month, day) = date.month_and_day();
    usize::from(month.is_some()) + usize::from(day.is_some())
}

impl Mapper<'_> {
    /// Writes the name and the date of a record, where they are the preferred ones.
    pub(super) fn preferred(&self, at: usize, record: &Record, writer: &mut Writer<'_>) {
        let iri = &self.minted.things[record.thing];
        let is_here = |place: Option<Place>| place.is_some_and(|(_, source, held)| (source, held) == (self.at, at));
        if let Some(name) = record.name.as_ref().filter(|_| is_here(self.preferred.names[record.thing])) {
            writer.label(iri, vocab::RDFS_LABEL, name);
        }
        if let Some(date) = record.date.filter(|_| is_here(self.preferred.dates[record.thing])) {
            writer.date(iri, vocab::ISSUED, date);
        }
    }
}
