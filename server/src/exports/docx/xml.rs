//! Text and markup: the one place where text becomes XML.

/// What OOXML calls the two namespaces that the parts are in.
const NAMESPACES: &str = concat!(
    r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" "#,
    r#"xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships""#
);

/// A field that a word processor fills in.
#[derive(Debug, Clone, Copy)]
pub(super) enum Field {
    /// The number of the page.
    Page,
    /// How many pages there are.
    Pages,
}

/// A part of the file with this root element.
pub(super) fn part(root: &str, content: &str) -> String {
    format!(r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:{root} {NAMESPACES}>{content}</w:{root}>"#)
}

/// Text in an element: what would be markup is escaped. Control characters and what else XML 1.0 cannot hold (section
/// 2.2) are left out.
pub(super) fn text(out: &mut String, words: &str) {
    for character in words.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\u{fffe}' | '\u{ffff}' => {}
            _ if character.is_control() => {}
            _ => out.push(character),
        }
    }
}

/// Text in a paragraph, with these properties of a run; a new line in it is a new line, a tab is a tab.
pub(super) fn run(out: &mut String, properties: &str, words: &str) {
    if words.is_empty() {
        return;
    }
    out.push_str("<w:r>");
    if !properties.is_empty() {
        out.push_str(&format!("<w:rPr>{properties}</w:rPr>"));
    }
    for (number, line) in words.replace("\r\n", "\n").split(['\n', '\r']).enumerate() {
        if number > 0 {
            out.push_str("<w:br/>");
        }
        for (number, piece) in line.split('\t').enumerate() {
            if number > 0 {
                out.push_str("<w:tab/>");
            }
            if !piece.is_empty() {
                // Without this, white space at the ends would be dropped.
                out.push_str(r#"<w:t xml:space="preserve">"#);
                text(out, piece);
                out.push_str("</w:t>");
            }
        }
    }
    out.push_str("</w:r>");
}

/// A paragraph of plain text in this style.
pub(super) fn line(out: &mut String, style: &str, words: &str) {
    out.push_str(&format!(r#"<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>"#));
    run(out, "", words);
    out.push_str("</w:p>");
}

/// A field; never one whose code holds text of a plan.
pub(super) fn field(out: &mut String, field: Field) {
    let code = match field {
        Field::Page => "PAGE",
        Field::Pages => "NUMPAGES",
    };
    out.push_str(&format!(r#"<w:fldSimple w:instr=" {code} "><w:r><w:t>1</w:t></w:r></w:fldSimple>"#));
}
