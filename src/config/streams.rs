//! `[streams]`: the access log once more, for whoever watches over logs.

use super::reading::{Document, Section};
use http::Uri;
use plein_vault::streams::{Collector, StreamOptions};

/// Where the streams go; nothing when there are none, or when something is wrong with them, which is told.
pub fn read(document: &Document<'_>) -> Option<StreamOptions> {
    let section = document.section("streams");
    let folder = folder(&section);
    let collector = section.text("collector_url").and_then(|found| {
        let collector = found.value.parse::<Uri>().ok().and_then(|url| Collector::at(&url).ok());
        if collector.is_none() {
            let remedy = "write https://host:4318, without /v1 and without a password in it";
            section.wrong("collector_url", &found.place, "is no address of a collector", remedy);
        }
        if !section.has("folder") {
            section.missing("folder", "a collector is given what stands in the files: give their folder besides");
        }
        collector
    });
    section.close();
    folder.map(|folder| StreamOptions { collector, ..StreamOptions::in_folder(folder) })
}

fn folder(section: &Section<'_>) -> Option<std::path::PathBuf> {
    let found = section.path("folder")?;
    if !found.value.is_dir() {
        let what = format!("{} is not there", found.value.display());
        section.wrong("folder", &found.place, &what, "make the folder and give it to the account of the program");
        return None;
    }
    Some(found.value)
}
