use std::{
    collections::BTreeMap,
    io::{IsTerminal as _, Write as _},
};

use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::enrich::Progress;

/// A bar for each service, on a terminal.
pub(super) struct Bars {
    all: MultiProgress,
    of_service: BTreeMap<&'static str, ProgressBar>,
}

impl Bars {
    pub(super) fn new() -> Self {
        let is_seen = std::io::stderr().is_terminal();
        let target = if is_seen { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        Self { all: MultiProgress::with_draw_target(target), of_service: BTreeMap::new() }
    }

    pub(super) fn show(&mut self, Progress { service, done, total }: Progress) {
        let bar = self.of_service.entry(service).or_insert_with(|| {
            let style = ProgressStyle::with_template("{prefix:18} {bar:30} {pos}/{len} {eta}");
            let style = style.unwrap_or_else(|_| ProgressStyle::default_bar());
            self.all.add(ProgressBar::new(0).with_style(style).with_prefix(service))
        });
        bar.set_length(total as u64);
        bar.set_position(done as u64);
    }

    pub(super) fn finish(self) {
        self.of_service.values().for_each(ProgressBar::finish_and_clear);
        let _ = std::io::stderr().flush();
    }
}
