//! The folder that the server embeds: every file named after its content, with its compressed forms beside it,
//! and a manifest from the name in the code to the name on the wire. What no manifest names is swept out.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::steps::{self, say};

/// How many hexadecimal digits of the content's hash stand in a name.
const HASH_DIGITS: usize = 16;

/// Kinds of file that no compression makes smaller.
const PICTURES: &[&str] = &[".webp", ".png", ".jpg"];

/// An asset folder in the making.
pub struct Assets {
    folder: PathBuf,
    quality: i32,
    names: BTreeMap<String, String>,
}

impl Assets {
    /// Begins to fill `folder`; `quality` is Brotli's, from 0 to 11.
    pub fn into(folder: &Path, quality: i32) -> Self {
        Self { folder: folder.to_path_buf(), quality, names: BTreeMap::new() }
    }

    /// Adds a file under a name with its content's hash.
    pub fn add(&mut self, name: &str, content: &[u8]) -> Result<()> {
        let (stem, kind) = name.rsplit_once('.').with_context(|| format!("{name} has no file extension"))?;
        let hash = steps::hash(content);
        self.put(name, &format!("{stem}.{}.{kind}", &hash[..HASH_DIGITS]), content)
    }

    /// Adds a file under exactly this name, which must already depend on its content.
    pub fn add_as(&mut self, name: &str, content: &[u8]) -> Result<()> {
        self.put(name, name, content)
    }

    fn put(&mut self, name: &str, path: &str, content: &[u8]) -> Result<()> {
        let plain = |letter: char| letter.is_ascii_alphanumeric() || "._-".contains(letter);
        if !name.chars().all(plain) {
            bail!("the asset {name} must be named with letters, digits, '.', '_' and '-' only");
        }
        if self.names.insert(name.to_owned(), path.to_owned()).is_some() {
            bail!("two assets are called {name}");
        }
        let file = self.folder.join(path);
        // A finer compression is another file on disk, though of the same name: remember which it was.
        let quality = self.folder.join(format!("{path}.br.quality"));
        let known = fs::read_to_string(&quality).ok().and_then(|text| text.parse::<i32>().ok());
        if known.is_some_and(|known| known >= self.quality) {
            return Ok(());
        }
        // A picture is compressed by nature: a second time would only take room in the program.
        let picture = PICTURES.iter().any(|kind| name.ends_with(kind));
        let brotli = if picture { Vec::new() } else { brotli(content, self.quality)? };
        let gzip = if picture { Vec::new() } else { gzip(content)? };
        steps::write(&file, content)?;
        steps::write(&self.folder.join(format!("{path}.br")), &brotli)?;
        steps::write(&self.folder.join(format!("{path}.gz")), &gzip)?;
        steps::write(&quality, self.quality.to_string().as_bytes())
    }

    /// Writes the manifest, if it changed, and sweeps out what it does not name.
    pub fn finish(self) -> Result<()> {
        let mut manifest = serde_json::to_string_pretty(&self.names)?;
        manifest.push('\n');
        let file = self.folder.join("manifest.json");
        // Its time of change is what the server's build script looks at.
        if fs::read_to_string(&file).is_ok_and(|known| known == manifest) {
            return Ok(());
        }
        steps::write(&file, manifest.as_bytes())?;
        let kept: BTreeSet<&str> = self.names.values().map(String::as_str).chain(["manifest.json"]).collect();
        for file in steps::files_below(&self.folder)? {
            let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let original = [".br.quality", ".br", ".gz"].iter().find_map(|ending| name.strip_suffix(ending));
            if !kept.contains(original.unwrap_or(&name)) {
                fs::remove_file(&file)?;
            }
        }
        for name in self.names.values() {
            let size = |ending: &str| {
                fs::metadata(self.folder.join(format!("{name}{ending}"))).map_or(0, |found| found.len() / 1000)
            };
            say(format!("asset {name}: {} kB, {} kB brotli, {} kB gzip", size(""), size(".br"), size(".gz")));
        }
        Ok(())
    }
}

fn brotli(content: &[u8], quality: i32) -> Result<Vec<u8>> {
    let parameters = brotli::enc::BrotliEncoderParams { quality, lgwin: 22, ..Default::default() };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &*content, &mut compressed, &parameters)?;
    Ok(compressed)
}

fn gzip(content: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(content)?;
    Ok(encoder.finish()?)
}
