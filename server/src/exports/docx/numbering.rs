//! The lists of a document: what stands before their items.

/// How many levels a list can have (ISO/IEC 29500-1, 17.9.3); deeper items are drawn like the deepest.
const LEVELS: usize = 9;
/// How far each level stands to the right of the one above, in twentieths of a point.
pub(super) const INDENT: usize = 357;
/// The number of the one definition that all bulleted lists share.
const BULLETS: usize = 1;

/// The lists of one document.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    numbered: usize,
}

/// What stands before an item.
#[derive(Debug, Clone, Copy)]
pub(super) struct Marker {
    list: usize,
    depth: usize,
}

impl Numbering {
    /// The marker of the items of a new list, within this many other lists. Every numbered list has a definition of its
    /// own: word processors let lists that share one go on counting where the other stopped.
    pub(super) fn list(&mut self, ordered: bool, depth: usize) -> Marker {
        if ordered {
            self.numbered += 1;
            Marker { list: BULLETS + self.numbered, depth }
        } else {
            Marker { list: BULLETS, depth }
        }
    }

    /// What the numbering part holds.
    pub(super) fn finish(self) -> String {
        let mut out = String::new();
        let lists = BULLETS..=BULLETS + self.numbered;
        for list in lists.clone() {
            // A word processor takes lists with the same `nsid` for one list when text is pasted.
            out.push_str(&format!(
                r#"<w:abstractNum w:abstractNumId="{list}"><w:nsid w:val="{list:08X}"/><w:multiLevelType w:val="multilevel"/>"#
            ));
            (0..LEVELS).for_each(|level| out.push_str(&definition(list == BULLETS, level)));
            out.push_str("</w:abstractNum>");
        }
        for list in lists {
            out.push_str(&format!(r#"<w:num w:numId="{list}"><w:abstractNumId w:val="{list}"/></w:num>"#));
        }
        out
    }
}

impl Marker {
    /// As a paragraph's properties name it.
    pub(super) fn property(self) -> String {
        let level = self.depth.min(LEVELS - 1);
        format!(r#"<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{}"/></w:numPr>"#, self.list)
    }

    /// The indent that the definition does not give, because the item stands deeper than a list can.
    pub(super) fn own_indent(self) -> Option<String> {
        (self.depth >= LEVELS).then(|| indent(self.depth))
    }
}

/// The indent of an item within this many other lists.
fn indent(depth: usize) -> String {
    format!(r#"<w:ind w:left="{}" w:hanging="{INDENT}"/>"#, (depth + 1) * INDENT)
}

fn definition(bullets: bool, level: usize) -> String {
    let (format, marker) = match (bullets, level % 3) {
        (true, 1) => ("bullet", "–".to_owned()),
        (true, _) => ("bullet", "•".to_owned()),
        (false, 0) => ("decimal", format!("%{}.", level + 1)),
        (false, 1) => ("lowerLetter", format!("%{}.", level + 1)),
        (false, _) => ("lowerRoman", format!("%{}.", level + 1)),
    };
    format!(
        r#"<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{format}"/><w:lvlText w:val="{marker}"/><w:lvlJc w:val="left"/><w:pPr>{}</w:pPr></w:lvl>"#,
        indent(level)
    )
}
