//! Workbooks. Before anything is made of one, all of it is unpacked once into nothing, to know what it is in truth.

use super::{COLUMNS, Collected, PARTS, SHEETS, UNPACKED_BYTES, hidden};
use calamine::{DataRef, Dimensions, Reader, Xlsx};
use plein_domain::import::{Sheet, Unreadable, Workbook};
use std::{
    collections::{HashMap, HashSet},
    io::{Cursor, Read, copy, sink},
};
use zip::ZipArchive;

/// Merged regions that are looked at; a list kept by hand has a few.
const MERGED: usize = 5_000;

pub(super) fn read(bytes: &[u8]) -> Result<Workbook, Unreadable> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unreadable::Broken)?;
    measure(&mut archive)?;
    let mut hidden = hidden::columns(&mut archive, COLUMNS);
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(|_| Unreadable::Broken)?;
    let mut collected = Collected::default();
    let mut sheets = Vec::new();
    for name in workbook.sheet_names().into_iter().take(SHEETS) {
        let merged = workbook.merge_cells_by_sheet_name(&name).unwrap_or_default();
        sheets.push(sheet(&mut workbook, &name, &merged, hidden.remove(&name).unwrap_or_default(), &mut collected)?);
    }
    Ok(Workbook { sheets })
}

/// Unpacks every part, and stops where it becomes more than a list can be: what the parts say of their size is not
/// believed.
fn measure(archive: &mut ZipArchive<Cursor<&[u8]>>) -> Result<(), Unreadable> {
    if archive.len() > PARTS {
        return Err(Unreadable::Bomb);
    }
    if archive.index_for_name("xl/workbook.xml").is_none() {
        return Err(Unreadable::NotAList);
    }
    let mut left = UNPACKED_BYTES;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|_| Unreadable::Broken)?;
        let unpacked = copy(&mut part.take(left + 1), &mut sink()).map_err(|_| Unreadable::Broken)?;
        left = left.checked_sub(unpacked).ok_or(Unreadable::Bomb)?;
    }
    Ok(())
}

fn sheet(
    workbook: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
    merged: &[Dimensions],
    hidden: Vec<usize>,
    collected: &mut Collected,
) -> Result<Sheet, Unreadable> {
    // A sheet that is a chart has no cells.
    let Ok(mut cells) = workbook.worksheet_cells_reader(name) else {
        return Ok(collected.sheet(name, hidden));
    };
    let struck_styles: HashSet<usize> = cells
        .styles()
        .iter()
        .enumerate()
        .filter(|(_, style)| style.font.as_ref().is_some_and(|font| font.has_strikethrough()))
        .map(|(index, _)| index)
        .collect();
    let mut not_struck = HashSet::new();
    while let Some((cell, style)) = cells.next_cell_with_style_id().map_err(|_| Unreadable::Broken)? {
        let (row, column) = cell.get_position();
        let Some(text) = written(cell.get_value()) else { continue };
        if !struck_styles.contains(&style) {
            not_struck.insert(row + 1);
        }
        collected.put(row + 1, column as usize, &text)?;
    }
    for row in &mut collected.rows {
        row.struck = !struck_styles.is_empty() && !not_struck.contains(&row.number);
    }
    spread(merged, collected);
    Ok(collected.sheet(name, hidden))
}

/// What stands in a cell, as a person would write it; nothing for an empty one.
fn written<'a>(value: &'a DataRef<'a>) -> Option<std::borrow::Cow<'a, str>> {
    Some(match value {
        DataRef::Empty => return None,
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.as_str().into(),
        DataRef::SharedString(text) => (*text).into(),
        DataRef::Int(number) => number.to_string().into(),
        DataRef::Float(number) => number_written(*number).into(),
        DataRef::Bool(yes) => if *yes { "WAAR" } else { "ONWAAR" }.into(),
        DataRef::Error(error) => format!("#{error:?}").into(),
        DataRef::DateTime(moment) if moment.is_datetime() => {
            let (year, month, day, hour, minute, ..) = moment.to_ymd_hms_milli();
            let day = format!("{year:04}-{month:02}-{day:02}");
            if (hour, minute) == (0, 0) { day.into() } else { format!("{day} {hour:02}:{minute:02}").into() }
        }
        DataRef::DateTime(duration) => number_written(duration.as_f64()).into(),
    })
}

/// A whole number in full, as far as it can be exact; others with a comma.
fn number_written(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < 1e15 {
        format!("{number:.0}")
    } else if number.abs() >= 1e15 {
        format!("{number:E}").replace('.', ",")
    } else {
        number.to_string().replace('.', ",")
    }
}

/// What is merged downwards says the same of every row it covers.
fn spread(merged: &[Dimensions], collected: &mut Collected) {
    let places: HashMap<u32, usize> =
        collected.rows.iter().enumerate().map(|(index, row)| (row.number, index)).collect();
    for region in merged.iter().take(MERGED) {
        let (Some(first), column) = (places.get(&(region.start.0 + 1)), region.start.1 as usize) else { continue };
        let Some(text) = collected.rows[*first].cells.get(column).filter(|text| !text.is_empty()).cloned() else {
            continue;
        };
        // Rows that are there, not rows that are claimed: a region can reach to the bottom of the sheet.
        for index in first + 1..collected.rows.len() {
            let row = &mut collected.rows[index];
            if row.number > region.end.0 + 1 || collected.text + text.len() > super::TEXT_BYTES {
                break;
            }
            if row.cells.len() <= column {
                row.cells.resize(column + 1, String::new());
            }
            if row.cells[column].is_empty() {
                row.cells[column].clone_from(&text);
                row.from_above.push(column);
                collected.text += text.len();
            }
        }
    }
}
