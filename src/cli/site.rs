//! The explorer as plain files in a folder.

use std::{collections::HashSet, fs, path::Path};

use anyhow::Context as _;

use super::{Place, analyze::this_year, failure::Usage, network::today};
use crate::{
    explore::Atlas,
    site,
    store::{Access, Graph},
};

/// Writes a site into a folder, which is made if there is none. Files of other names that are there stay.
pub(super) fn write(folder: &Path, title: &str, place: &Place) -> anyhow::Result<()> {
    if folder.is_file() {
        return Err(Usage::new(format!("{} is a file", folder.display()), "name a folder with -o").into());
    }
    let atlas = Atlas::new(Graph::open(&place.path()?, Access::Read)?, this_year(today()))?;
    let mut made: HashSet<std::path::PathBuf> = HashSet::new();
    let n_files = site::publish(&atlas, title, &mut |path, bytes| {
        let file = folder.join(path);
        if let Some(parent) = file.parent()
            && made.insert(parent.to_owned())
        {
            fs::create_dir_all(parent)?;
        }
        fs::write(file, bytes)
    });
    let n_files = n_files.with_context(|| format!("cannot write the site in {}", folder.display()))?;
    tell!("{n_files} files in {}; serve them with any web server, the first page is index.html", folder.display());
    Ok(())
}
