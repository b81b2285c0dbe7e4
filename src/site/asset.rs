use std::{collections::BTreeMap, io::Write as _, sync::OnceLock};

use flate2::{Compression, write::GzEncoder};
use include_dir::{Dir, include_dir};
use sha2::{Digest as _, Sha256};

/// A file that pages load.
#[derive(Debug, Clone)]
pub struct Asset {
    /// Its bytes.
    pub bytes: &'static [u8],
    /// The same, compressed; none if that is not smaller.
    pub gzip: Option<&'static [u8]>,
    /// What it is.
    pub content_type: &'static str,
    /// The beginning of its SHA-256 in hexadecimal digits: the `?v=` of its address.
    pub version: &'static str,
    /// The same as an entity tag, with quotation marks.
    pub etag: &'static str,
}

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/site/assets");

/// The asset at a path below the folder: `style.css`, `vendor/editor.js`.
#[must_use]
pub fn asset(name: &str) -> Option<&'static Asset> {
    assets().get(name)
}

/// All assets by path.
#[must_use]
pub fn assets() -> &'static BTreeMap<String, Asset> {
    static ASSETS: OnceLock<BTreeMap<String, Asset>> = OnceLock::new();
    ASSETS.get_or_init(|| {
        let mut found = BTreeMap::new();
        collect(&FILES, &mut found);
        found
    })
}

fn collect(folder: &Dir<'static>, found: &mut BTreeMap<String, Asset>) {
    for file in folder.files() {
        let Some(path) = file.path().to_str() else { continue };
        let name = path.replace('\\', "/");
        let content_type = content_type(&name);
        let digest = Sha256::digest(file.contents());
        let version: String = digest.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
        let etag = format!("\"{version}\"");
        // Assets live as long as the program; leaking them once gives their texts the same life.
        let asset = Asset {
            bytes: file.contents(),
            gzip: compressed(file.contents()).map(|bytes| &*bytes.leak()),
            content_type,
            version: version.leak(),
            etag: etag.leak(),
        };
        found.insert(name, asset);
    }
    for below in folder.dirs() {
        collect(below, found);
    }
}

fn compressed(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).ok()?;
    encoder.finish().ok().filter(|smaller| smaller.len() < bytes.len())
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("woff2") => "font/woff2",
        Some("txt" | "md") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_style_is_there_compressed_and_versioned() {
        let style = asset("style.css").unwrap();
        assert_eq!(style.content_type, "text/css; charset=utf-8");
        assert!(style.gzip.unwrap().len() < style.bytes.len());
        assert_eq!(style.etag.trim_matches('"'), style.version);
        assert!(asset("../style.css").is_none());
    }
}
