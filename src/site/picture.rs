use askama::Template;

use super::{
    Context, Part, SiteError,
    item::Named,
    shell::{Door, Shell},
    words::Words,
    written,
};
use crate::explore::Item;

/// The pictures there are, by the word in their address, in the order in which pages show them.
pub const VIEWS: [&str; 5] = ["topics", "citations", "tools", "authors", "all"];

/// A picture on a page.
struct Picture {
    label: String,
    text: String,
    href: Option<String>,
    light: String,
    dark: String,
    downloads: Vec<(String, String)>,
}

impl Picture {
    fn of(view: &str, part: Part<'_>, context: &Context) -> Self {
        let (w, links) = (context.words(), &context.links);
        let light = links.image(view, part, "light");
        let file = |format: &str| {
            let svg = (format == "svg").then(|| light.clone());
            Some((w.format(format).into_owned(), links.picture_download(view, part, format).or(svg)?))
        };
        Self {
            label: w.view(view).into_owned(),
            text: w.view_text(view).into_owned(),
            href: links.picture(view, part),
            dark: links.image(view, part, "dark"),
            downloads: ["svg", "png", "dot"].into_iter().filter_map(file).collect(),
            light,
        }
    }
}

#[derive(Template)]
#[template(path = "pictures.html")]
struct Pictures<'a> {
    shell: Shell<'a>,
    w: &'static Words,
    pictures: Vec<Picture>,
}

/// All pictures, small; on a static site those that are written.
///
/// # Errors
///
/// If the template cannot be filled in.
pub fn pictures(context: &Context) -> Result<String, SiteError> {
    let w = context.words();
    let all = VIEWS.into_iter().map(|view| Picture::of(view, Part::default(), context));
    let page = Pictures {
        shell: Shell::of_door(context, w.pictures, Door::Pictures).described(w.pictures_text),
        w,
        pictures: all.filter(|picture| picture.href.is_some()).collect(),
    };
    written("pictures", &page)
}

#[derive(Template)]
#[template(path = "picture.html")]
struct PicturePage<'a> {
    shell: Shell<'a>,
    w: &'static Words,
    picture: Picture,
    /// What the picture is a part about, and the picture of everything.
    part: Option<(Named, String)>,
    others: Vec<(String, String)>,
}

/// One picture, of the whole graph or of what is under a topic or around a thing.
///
/// # Errors
///
/// If the template cannot be filled in.
pub fn picture(view: &str, part: Option<&Item>, context: &Context) -> Result<String, SiteError> {
    let w = context.words();
    let chosen = match part {
        Some(item) if item.kind == "topic" => Part { topic: Some(&item.iri), around: None },
        Some(item) => Part { topic: None, around: Some(&item.iri) },
        None => Part::default(),
    };
    let picture = Picture::of(view, chosen, context);
    let whole = context.links.picture(view, Part::default());
    let others = VIEWS.into_iter().filter(|other| *other != view);
    let page = PicturePage {
        shell: Shell::new(context, picture.label.clone(), Door::Pictures).described(&picture.text),
        w,
        part: part.zip(whole).map(|(item, whole)| (Named::of(item, context), whole)),
        others: others
            .filter_map(|other| Some((w.view(other).into_owned(), context.links.picture(other, chosen)?)))
            .collect(),
        picture,
    };
    written("picture", &page)
}
