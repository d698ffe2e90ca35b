//! Which columns of a workbook's sheets are hidden: what its maker did not mean to be seen is not taken in unasked.

use super::SHEETS;
use quick_xml::{
    Reader, XmlVersion,
    events::{BytesStart, Event},
};
use std::{
    collections::HashMap,
    io::{BufReader, Read, Seek},
};
use zip::ZipArchive;

/// Column numbers from 0, by the sheet's name. A workbook in which they cannot be found hides none: it is read all the same.
pub(super) fn columns<R: Read + Seek>(archive: &mut ZipArchive<R>, most: usize) -> HashMap<String, Vec<usize>> {
    let sheets = named(archive, "xl/workbook.xml", "sheet", "name", "id");
    let targets: HashMap<String, String> =
        named(archive, "xl/_rels/workbook.xml.rels", "Relationship", "Id", "Target").into_iter().collect();
    let mut found = HashMap::new();
    // A file may claim as many sheets and columns as it likes; only those that are read are gone through.
    for (name, relation) in sheets.into_iter().take(SHEETS) {
        let Some(target) = targets.get(&relation) else { continue };
        let path = target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned);
        let (mut hidden, mut said) = (Vec::new(), 0);
        scan(archive, &path, |element| {
            if element.local_name().as_ref() == "col" {
                // Each is about other columns than those before it.
                said += 1;
                if said > most {
                    return false;
                }
                let number = |name| attribute(element, name).and_then(|text| text.parse::<usize>().ok());
                if matches!(attribute(element, "hidden").as_deref(), Some("1" | "true"))
                    && let (Some(first), Some(last)) = (number("min"), number("max"))
                {
                    hidden.extend((first.max(1)..=last.min(most)).map(|column| column - 1));
                }
            }
            // The columns stand before the cells.
            element.local_name().as_ref() != "sheetData"
        });
        found.insert(name, hidden);
    }
    found
}

/// Two attributes of each element of this name.
fn named<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    path: &str,
    element_name: &str,
    one: &str,
    other: &str,
) -> Vec<(String, String)> {
    let mut found = Vec::new();
    scan(archive, path, |element| {
        if element.local_name().as_ref() == element_name
            && let (Some(one), Some(other)) = (attribute(element, one), attribute(element, other))
        {
            found.push((one, other));
        }
        true
    });
    found
}

/// Shows every element of a part until told to stop.
fn scan<R: Read + Seek>(archive: &mut ZipArchive<R>, path: &str, mut show: impl FnMut(&BytesStart<'_>) -> bool) {
    let Ok(part) = archive.by_name(path) else { return };
    let mut reader = Reader::from_reader(BufReader::new(part));
    let mut buffer = Vec::new();
    loop {
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(element) | Event::Empty(element)) if !show(&element) => return,
            Ok(Event::Eof) | Err(_) => return,
            Ok(_) => buffer.clear(),
        }
    }
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut all = element.attributes().flatten();
    let found = all.find(|one| one.key.local_name().as_ref() == name)?;
    Some(found.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned())
}
