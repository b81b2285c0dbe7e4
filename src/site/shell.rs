use super::{Context, escape, words::Words};

/// The parts of the site that the menu names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Door {
    Search,
    Questions,
    Pictures,
    Sparql,
    About,
    /// None of them.
    Elsewhere,
}

/// What is around every page: its head, the menu, the foot.
pub(super) struct Shell<'a> {
    pub(super) context: &'a Context,
    /// What the page is about; also its first heading.
    pub(super) heading: String,
    /// A sentence for search engines and for those who share the page.
    pub(super) description: String,
    /// The one address of the page, of several that may lead to it.
    pub(super) canonical: Option<String>,
    /// The same in other formats: address and media type.
    pub(super) alternates: Vec<(String, &'static str)>,
    /// What the page is about, as JSON for a `<script>`.
    pub(super) json_ld: Option<String>,
    pub(super) door: Door,
    /// Whether the page is the one that the menu leads to, and not one behind it.
    pub(super) is_door: bool,
    /// Whether the head has a search box; pages with one of their own do without.
    pub(super) has_search: bool,
    /// Whether search engines may keep it; what is made for each request anew they may not.
    pub(super) is_kept: bool,
}

/// An entry of the menu.
pub(super) struct MenuEntry {
    pub(super) href: String,
    pub(super) label: &'static str,
    /// The value of `aria-current`.
    pub(super) current: Option<&'static str>,
}

impl<'a> Shell<'a> {
    pub(super) fn new(context: &'a Context, heading: impl Into<String>, door: Door) -> Self {
        Self {
            context,
            heading: heading.into(),
            description: context.words().lead.to_owned(),
            canonical: None,
            alternates: Vec::new(),
            json_ld: None,
            door,
            is_door: false,
            has_search: true,
            is_kept: true,
        }
    }

    /// For the page that the menu leads to.
    pub(super) fn of_door(context: &'a Context, heading: impl Into<String>, door: Door) -> Self {
        Self { is_door: true, ..Self::new(context, heading, door) }
    }

    pub(super) fn described(self, description: &str) -> Self {
        Self { description: shortened(description, 200), ..self }
    }

    pub(super) fn w(&self) -> &'static Words {
        self.context.words()
    }

    pub(super) fn title(&self) -> String {
        let heading = escape::plain(&self.heading);
        if heading == self.context.title {
            heading
        } else {
            format!("{} · {}", shortened(&heading, 120), self.context.title)
        }
    }

    /// The canonical address with the host where that is known.
    pub(super) fn canonical_address(&self) -> Option<String> {
        let address = self.canonical.as_deref()?;
        Some(self.context.absolute(address).unwrap_or_else(|| address.to_owned()))
    }

    pub(super) fn menu(&self) -> Vec<MenuEntry> {
        let (w, links) = (self.w(), &self.context.links);
        let doors = [
            (Door::Search, Some(links.search()), w.search),
            (Door::Questions, Some(links.questions()), w.questions),
            (Door::Pictures, Some(links.pictures()), w.pictures),
            (Door::Sparql, links.sparql(None), w.sparql),
            (Door::About, Some(links.about()), w.about),
        ];
        let current = if self.is_door { "page" } else { "true" };
        let entry = |(door, href, label): (Door, Option<String>, &'static str)| {
            Some(MenuEntry { href: href?, label, current: (door == self.door).then_some(current) })
        };
        doors.into_iter().filter_map(entry).collect()
    }
}

/// The text up to a number of characters, cut between words where that is possible.
pub(super) fn shortened(text: &str, limit: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(limit) else { return text.to_owned() };
    let cut = &text[..end];
    let at = cut.rfind(' ').filter(|at| *at > end / 2).unwrap_or(end);
    format!("{}…", cut[..at].trim_end())
}
