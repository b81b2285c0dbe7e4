//! The rules, each file those of one part of a list. A rule looks at the whole page and adds what it finds.

mod addresses;
mod brackets;
mod citations;
mod contents;
mod definitions;
mod duplicates;
mod known;
mod order;
mod outline;

use super::{Page, Remark, notices};
use crate::model::Known;

/// Everything that all rules find, in no order.
pub(super) fn check(page: &Page<'_>, known: &Known) -> Vec<Remark> {
    let mut remarks = Vec::new();
    brackets::check(page, &mut remarks);
    addresses::check(page, &mut remarks);
    definitions::check(page, &mut remarks);
    outline::check(page, &mut remarks);
    contents::check(page, &mut remarks);
    duplicates::check(page, &mut remarks);
    citations::check(page, &mut remarks);
    order::check(page, &mut remarks);
    notices::check(page, &mut remarks);
    known::check(page, known, &mut remarks);
    remarks
}

/// What can be said of a table of facts.
pub(super) fn check_facts(page: &Page<'_>) -> Vec<Remark> {
    let mut remarks = Vec::new();
    notices::check(page, &mut remarks);
    remarks
}
