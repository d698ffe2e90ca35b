//! A plan of approach as a Word document: OOXML (ISO/IEC 29500), the few parts of it that a plan needs, written here
//! (`docs/decisions/0006-docx.md` says why not by a library).
//!
//! The same plan gives the same bytes. What must never happen here: text of a plan outside [`xml::text`], where it
//! cannot become markup, or inside a field, where a word processor would act on it.

mod body;
mod numbering;
mod xml;

use super::{PlanExport, Unwritten};
use body::Body;
use std::io::{Cursor, Write};
use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

const CONTENT_TYPES: &str = include_str!("docx/content_types.xml");
const PACKAGE: &str = include_str!("docx/package.rels.xml");
const DOCUMENT: &str = include_str!("docx/document.rels.xml");
const SETTINGS: &str = include_str!("docx/settings.xml");
const STYLES: &str = include_str!("docx/styles.xml");
/// What stands in the settings and styles where the language goes.
const LANGUAGE: &str = "{language}";

/// How wide the text is on A4 with margins of 25 mm, in twentieths of a point.
const TEXT_WIDTH: usize = 9072;

const END: &str = concat!(
    r#"<w:sectPr><w:headerReference w:type="default" r:id="rId4"/><w:footerReference w:type="default" r:id="rId5"/>"#,
    r#"<w:pgSz w:w="11906" w:h="16838"/>"#,
    r#"<w:pgMar w:top="1531" w:right="1417" w:bottom="1531" w:left="1417" w:header="680" w:footer="567" w:gutter="0"/>"#,
    "</w:sectPr>"
);

/// The plan as the bytes of a `.docx`.
///
/// # Errors
/// It is larger than such a file can be.
pub(crate) fn plan(of: &PlanExport<'_>) -> Result<Vec<u8>, Unwritten> {
    let mut body = Body::new(&of.labels);
    title_block(&mut body, of);
    for section in of.sections {
        body.section(section);
    }
    let (body, numbering) = body.finish();
    let in_language = |part: &str| part.replace(LANGUAGE, of.language.tag());
    let parts = [
        ("[Content_Types].xml", CONTENT_TYPES.to_owned()),
        ("_rels/.rels", PACKAGE.to_owned()),
        ("docProps/core.xml", properties(of)),
        ("word/document.xml", xml::part("document", &format!("<w:body>{body}{END}</w:body>"))),
        ("word/_rels/document.xml.rels", DOCUMENT.to_owned()),
        ("word/styles.xml", in_language(STYLES)),
        ("word/settings.xml", in_language(SETTINGS)),
        ("word/numbering.xml", xml::part("numbering", &numbering)),
        ("word/header1.xml", xml::part("hdr", &header(of))),
        ("word/footer1.xml", xml::part("ftr", &footer(of))),
    ];
    zipped(&parts)
}

fn zipped(parts: &[(&str, String)]) -> Result<Vec<u8>, Unwritten> {
    let mut file = ZipWriter::new(Cursor::new(Vec::new()));
    // The earliest moment that the format knows: when a part was written is not in the file.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    for (name, part) in parts {
        file.start_file(*name, options)?;
        file.write_all(part.as_bytes()).map_err(zip::result::ZipError::from)?;
    }
    Ok(file.finish()?.into_inner())
}

/// What the first page begins with: whose it is, what it is, and under what conditions it left.
fn title_block(body: &mut Body<'_>, of: &PlanExport<'_>) {
    let labels = &of.labels;
    body.line("Publisher", &format!("{} · {}", of.municipality, of.lip));
    body.line("Title", labels.document);
    body.line("Subtitle", of.case_title);
    body.facts(&[
        (labels.case, of.case_reference),
        (labels.purpose, of.purpose),
        (labels.version, of.version),
        (labels.exported_by, &format!("{}, {}", of.exporter, of.department)),
        (labels.exported_at, of.exported_at),
        (labels.export_id, of.export_id),
    ]);
    body.line("Notice", labels.limitation);
}

/// Above every page: whose it is, and which page of how many.
fn header(of: &PlanExport<'_>) -> String {
    let labels = &of.labels;
    let mut out = String::from(r#"<w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>"#);
    xml::run(&mut out, "", &format!("{} · {} {}", of.municipality, labels.case, of.case_reference));
    out.push_str("<w:r><w:tab/></w:r>");
    xml::run(&mut out, "", &format!("{} ", labels.page));
    xml::field(&mut out, xml::Field::Page);
    xml::run(&mut out, "", &format!(" {} ", labels.of));
    xml::field(&mut out, xml::Field::Pages);
    out.push_str("</w:p>");
    out
}

/// Below every page: who took it out and when, and what it may be used for.
fn footer(of: &PlanExport<'_>) -> String {
    let labels = &of.labels;
    let exported = format!(
        "{} {}, {}, {} · {} {}",
        labels.exported_by, of.exporter, of.department, of.exported_at, labels.export_id, of.export_id
    );
    let purpose = format!("{}: {}. {}", labels.purpose, of.purpose, labels.limitation);
    let mut out = String::new();
    for line in [exported, purpose] {
        xml::line(&mut out, "Footer", &line);
    }
    out
}

/// The properties that a word processor and a document store show.
fn properties(of: &PlanExport<'_>) -> String {
    let moment = of.moment.iso();
    let properties = [
        ("dc:title", format!("{}: {} ({})", of.labels.document, of.case_title, of.case_reference)),
        ("dc:subject", of.purpose.to_owned()),
        ("dc:creator", format!("{}, {}", of.exporter, of.department)),
        ("dc:identifier", of.export_id.to_owned()),
        ("dc:language", of.language.tag().to_owned()),
        ("cp:lastModifiedBy", of.exporter.to_owned()),
        ("cp:version", of.version.to_owned()),
    ];
    let mut out = String::from(concat!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties "#,
        r#"xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" "#,
        r#"xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" "#,
        r#"xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">"#
    ));
    for (name, value) in properties {
        out.push_str(&format!("<{name}>"));
        xml::text(&mut out, &value);
        out.push_str(&format!("</{name}>"));
    }
    for name in ["created", "modified"] {
        out.push_str(&format!(r#"<dcterms:{name} xsi:type="dcterms:W3CDTF">{moment}</dcterms:{name}>"#));
    }
    out.push_str("</cp:coreProperties>");
    out
}

#[cfg(test)]
#[path = "docx_tests.rs"]
mod tests;
