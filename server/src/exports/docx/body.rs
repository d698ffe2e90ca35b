//! The text of a document: sections, blocks and what is in them.

use super::{
    TEXT_WIDTH,
    numbering::{INDENT, Marker, Numbering},
    xml,
};
use crate::exports::PlanLabels;
use plein_domain::plan::{Block, Cell, Inline, Section};

/// Word opens no table with more columns than this.
const MOST_COLUMNS: usize = 63;
/// What a cell keeps free on its two sides together, in twentieths of a point; as in `styles.xml`.
const CELL_MARGINS: usize = 200;
/// A row with no more characters than this goes to the next page as a whole.
const KEPT_WHOLE: usize = 500;
/// The deepest list that still moves to the right.
const DEEPEST: usize = 12;

/// The body of a document as it grows.
#[derive(Debug)]
pub(super) struct Body<'a> {
    out: String,
    numbering: Numbering,
    labels: &'a PlanLabels<'a>,
}

/// Where a block stands.
#[derive(Debug, Clone, Copy)]
struct Place {
    /// The style of a paragraph that nothing else says the style of.
    style: &'static str,
    /// In how many lists, within the same cell.
    depth: usize,
    /// How much room there is, in twentieths of a point.
    width: usize,
}

const PAGE: Place = Place { style: "Normal", depth: 0, width: TEXT_WIDTH };

impl<'a> Body<'a> {
    /// An empty body, for text among these fixed words.
    pub(super) fn new(labels: &'a PlanLabels<'a>) -> Self {
        Self { out: String::new(), numbering: Numbering::default(), labels }
    }

    /// The body, and what the numbering part holds.
    pub(super) fn finish(self) -> (String, String) {
        (self.out, self.numbering.finish())
    }

    /// A paragraph of plain text in this style.
    pub(super) fn line(&mut self, style: &str, words: &str) {
        xml::line(&mut self.out, style, words);
    }

    /// A table of names and the words that they name, on the page itself.
    pub(super) fn facts(&mut self, facts: &[(&str, &str)]) {
        let facts: Vec<_> = facts.iter().map(|(name, value)| (*name, said(value))).collect();
        self.named(&facts, PAGE);
    }

    /// A section of the plan.
    pub(super) fn section(&mut self, section: &Section) {
        if !section.title.trim().is_empty() {
            self.line("Heading1", &section.title);
        }
        if section.blocks.iter().all(|block| length(block) == 0) {
            self.line("Placeholder", self.labels.nothing_written);
        } else {
            self.blocks(&section.blocks, PAGE);
        }
    }

    fn blocks(&mut self, blocks: &[Block], at: Place) {
        for block in blocks {
            self.block(block, at, None);
        }
    }

    fn block(&mut self, block: &Block, at: Place, marker: Option<Marker>) {
        match block {
            Block::Paragraph(content) => self.paragraph(at.style, content, at, marker),
            // An empty heading would be an empty line in the navigation pane.
            Block::Heading(_, content) if written(content) == 0 => self.paragraph(at.style, &[], at, marker),
            Block::Heading(level, content) => {
                let style = if *level <= 3 { "Heading2" } else { "Heading3" };
                self.paragraph(style, content, at, marker);
            }
            Block::List { ordered, items } => self.list(*ordered, items, at),
            Block::Table(rows) => self.table(rows, at),
            // They come as tables, with names for their fields; of one that does not, what is to be done is said.
            Block::Intervention(one) => one.description.iter().for_each(|block| self.block(block, at, None)),
        }
    }

    fn paragraph(&mut self, style: &str, content: &[Inline], at: Place, marker: Option<Marker>) {
        self.out.push_str(&format!(r#"<w:p><w:pPr><w:pStyle w:val="{style}"/>"#));
        match marker {
            Some(marker) => {
                self.out.push_str(&marker.property());
                self.out.push_str(&marker.own_indent().unwrap_or_default());
            }
            None if at.depth > 0 => self.out.push_str(&format!(r#"<w:ind w:left="{}"/>"#, at.depth * INDENT)),
            None => {}
        }
        self.out.push_str("</w:pPr>");
        for piece in content {
            match piece {
                Inline::Text { text, bold, italic } => {
                    let properties = match (bold, italic) {
                        (true, true) => "<w:b/><w:bCs/><w:i/><w:iCs/>",
                        (true, false) => "<w:b/><w:bCs/>",
                        (false, true) => "<w:i/><w:iCs/>",
                        (false, false) => "",
                    };
                    xml::run(&mut self.out, properties, text);
                }
                Inline::Break => self.out.push_str("<w:r><w:br/></w:r>"),
                Inline::Signal(_, reference) => xml::run(&mut self.out, "", &reference.0),
            }
        }
        self.out.push_str("</w:p>");
    }

    fn list(&mut self, ordered: bool, items: &[Vec<Block>], at: Place) {
        let marker = self.numbering.list(ordered, at.depth.min(DEEPEST - 1));
        let within = Place { style: "ListParagraph", depth: (at.depth + 1).min(DEEPEST), ..at };
        for item in items {
            match item.split_first() {
                Some((first @ (Block::Paragraph(_) | Block::Heading(..)), rest)) => {
                    self.block(first, within, Some(marker));
                    self.blocks(rest, within);
                }
                // Only a paragraph can carry a marker.
                _ => {
                    self.paragraph(within.style, &[], within, Some(marker));
                    self.blocks(item, within);
                }
            }
        }
    }

    /// A table of names and what they name.
    fn named(&mut self, facts: &[(&str, Vec<Block>)], at: Place) {
        let row = |(name, blocks): &(&str, Vec<Block>)| {
            vec![Cell { header: true, blocks: said(name) }, Cell { header: false, blocks: blocks.clone() }]
        };
        self.table(&facts.iter().map(row).collect::<Vec<_>>(), at);
    }

    fn table(&mut self, rows: &[Vec<Cell>], at: Place) {
        let columns = rows.iter().map(Vec::len).max().unwrap_or_default().min(MOST_COLUMNS);
        if columns == 0 {
            return;
        }
        let indent = at.depth * INDENT;
        let widths = widths(rows, columns, at.width.saturating_sub(indent));
        let headers = rows.iter().take_while(|row| is_header(row)).count();
        let heads_rows = rows.iter().all(|row| row.first().is_some_and(|cell| cell.header));
        self.out.push_str(&format!(
            r#"<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{}" w:type="dxa"/><w:tblInd w:w="{indent}" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblLook w:val="{:04X}" w:firstRow="{}" w:lastRow="0" w:firstColumn="{}" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/></w:tblPr><w:tblGrid>"#,
            widths.iter().sum::<usize>(),
            // The attributes after it, as older versions read them.
            0x400 | (usize::from(headers > 0) << 5) | (usize::from(heads_rows) << 7),
            u8::from(headers > 0),
            u8::from(heads_rows),
        ));
        for width in &widths {
            self.out.push_str(&format!(r#"<w:gridCol w:w="{width}"/>"#));
        }
        self.out.push_str("</w:tblGrid>");
        for (number, row) in rows.iter().enumerate() {
            self.row(row, &widths, number < headers);
        }
        // Two tables without a paragraph between them would become one, and neither a cell nor a document may end in one.
        self.out.push_str(r#"</w:tbl><w:p><w:pPr><w:pStyle w:val="TableEnd"/></w:pPr></w:p>"#);
    }

    fn row(&mut self, row: &[Cell], widths: &[usize], is_header: bool) {
        self.out.push_str("<w:tr>");
        let whole = if is_header || row_length(row) <= KEPT_WHOLE { "<w:cantSplit/>" } else { "" };
        let header = if is_header { "<w:tblHeader/>" } else { "" };
        self.out.push_str(&format!("<w:trPr>{whole}{header}</w:trPr>"));
        for (column, width) in widths.iter().enumerate() {
            // Cells that have no column of their own are in the last one.
            let end = if column + 1 == MOST_COLUMNS { row.len() } else { column + 1 };
            self.cell(row.get(column..end).unwrap_or_default(), *width);
        }
        self.out.push_str("</w:tr>");
    }

    /// What these cells hold, as one cell.
    fn cell(&mut self, cells: &[Cell], width: usize) {
        let header = is_header(cells);
        let shade = if header { r#"<w:shd w:val="clear" w:color="auto" w:fill="E8EEF4"/>"# } else { "" };
        self.out.push_str(&format!(r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>"#));
        let style = if header { "TableHeading" } else { "TableText" };
        let within = Place { style, depth: 0, width: width.saturating_sub(CELL_MARGINS) };
        let begin = self.out.len();
        for cell in cells {
            self.blocks(&cell.blocks, within);
        }
        if self.out.len() == begin {
            // A cell without a paragraph is no cell.
            self.paragraph(within.style, &[], within, None);
        }
        self.out.push_str("</w:tc>");
    }
}

/// Plain words as blocks.
fn said(words: &str) -> Vec<Block> {
    vec![Block::Paragraph(vec![Inline::Text { text: words.to_owned(), bold: false, italic: false }])]
}

/// Whether all of these cells head something.
fn is_header(cells: &[Cell]) -> bool {
    !cells.is_empty() && cells.iter().all(|cell| cell.header)
}

/// How wide each column is: by what is in it, within bounds, so that neither a long nor an empty column takes it all.
fn widths(rows: &[Vec<Cell>], columns: usize, room: usize) -> Vec<usize> {
    let weight = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        let longest = cells.map(|cell| cell.blocks.iter().map(length).sum()).max().unwrap_or(0);
        // A little more than the words: a date should not be broken.
        (longest + 3).clamp(6, 40)
    };
    let weights: Vec<usize> = (0..columns).map(weight).collect();
    let all: usize = weights.iter().sum();
    weights.iter().map(|weight| (room * weight / all).max(1)).collect()
}

/// How many characters a block has, white space at the ends of a piece not counted.
fn length(block: &Block) -> usize {
    match block {
        Block::Paragraph(content) | Block::Heading(_, content) => written(content),
        Block::List { items, .. } => items.iter().flatten().map(length).sum(),
        Block::Table(rows) => rows.iter().map(|row| row_length(row)).sum(),
        Block::Intervention(one) => one.description.iter().map(length).sum(),
    }
}

fn row_length(row: &[Cell]) -> usize {
    row.iter().flat_map(|cell| &cell.blocks).map(length).sum()
}

fn written(content: &[Inline]) -> usize {
    let pieces = content.iter().map(|piece| match piece {
        Inline::Text { text, .. } => text.trim().chars().count(),
        Inline::Break => 0,
        Inline::Signal(_, reference) => reference.0.trim().chars().count(),
    });
    pieces.sum()
}
