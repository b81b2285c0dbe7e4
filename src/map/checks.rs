//! How links fared: said of the addresses themselves.

use super::{Mapper, Writer, vocab};
use crate::model::LinkCheck;

impl Mapper<'_> {
    pub(super) fn checks(&self, writer: &mut Writer<'_>) {
        for check in &self.source.extraction.checks {
            self.check(check, writer);
        }
    }

    fn check(&self, check: &LinkCheck, writer: &mut Writer<'_>) {
        let iri = check.url.as_ref();
        writer.text(iri, vocab::LINK_STATE, check.state.word());
        writer.date(iri, vocab::CHECKED_ON, check.as_of);
        if let Some(why) = check.why {
            writer.text(iri, vocab::LINK_REASON, why.word());
        }
        if let Some(status) = check.status {
            writer.typed(iri, vocab::HTTP_STATUS, status, vocab::XSD_INTEGER);
        }
        for (predicate, address) in [(vocab::MOVED_TO, &check.moved_to), (vocab::ARCHIVED_AT, &check.archived_at)] {
            if let Some(address) = address {
                writer.iri(iri, predicate, address.as_ref());
            }
        }
        for (day, state) in &check.history {
            let change = self.minter.link_change(iri, &day.to_string());
            writer.iri(iri, vocab::HAS_CHANGE, &change);
            writer.iri(&change, vocab::TYPE, vocab::LINK_CHANGE.as_str());
            writer.text(&change, vocab::CHANGED_TO, state.word());
            writer.date(&change, vocab::DATE, *day);
        }
    }
}
