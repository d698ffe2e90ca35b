//! Text in columns, as programs save it: separated by `;`, `,` or tabs; in UTF-8, UTF-16 or Windows-1252.

use super::{COLUMNS, Collected};
use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use plein_domain::import::{Sheet, Unreadable};

/// How much of a text is looked at to find what separates its columns, in bytes.
const SAMPLE: usize = 64 * 1024;

pub(super) fn read(bytes: &[u8]) -> Result<Sheet, Unreadable> {
    let text = decoded(bytes)?;
    let (delimiter, text) = separated(&text);
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut collected = Collected::default();
    let mut record = csv::StringRecord::new();
    let mut number = 0;
    while reader.read_record(&mut record).map_err(|_| Unreadable::NotAList)? {
        number += 1;
        for (column, cell) in record.iter().enumerate().take(COLUMNS) {
            collected.put(number, column, cell)?;
        }
    }
    let sheet = collected.sheet("", Vec::new());
    // One column is a text, not a list.
    if sheet.rows.iter().all(|row| row.filled() < 2) { Err(Unreadable::NotAList) } else { Ok(sheet) }
}

/// The text: by its mark, else UTF-8 when it is that, else Windows-1252, which every byte is.
fn decoded(bytes: &[u8]) -> Result<String, Unreadable> {
    let encoding = if bytes.starts_with(&[0xff, 0xfe]) {
        UTF_16LE
    } else if bytes.starts_with(&[0xfe, 0xff]) {
        UTF_16BE
    } else if std::str::from_utf8(bytes).is_ok() {
        UTF_8
    } else {
        WINDOWS_1252
    };
    let (text, _) = encoding.decode_with_bom_removal(bytes);
    let start = text.trim_start();
    let is_other =
        text.contains('\0') || start.starts_with('<') || start.starts_with("%PDF") || start.starts_with("{\\rtf");
    if is_other { Err(Unreadable::NotAList) } else { Ok(text.into_owned()) }
}

/// What separates the columns, and the text without a line that says so (`sep=;`, which Excel understands).
fn separated(text: &str) -> (u8, &str) {
    let first = text.lines().next().unwrap_or_default();
    if let Some([delimiter]) = first.strip_prefix("sep=").map(str::as_bytes) {
        return (*delimiter, text.get(first.len()..).unwrap_or_default().trim_start_matches(['\r', '\n']));
    }
    let mut end = text.len().min(SAMPLE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let sample = &text[..end];
    let most = [b';', b',', b'\t'].into_iter().max_by_key(|delimiter| outside_quotes(sample, *delimiter));
    (most.filter(|delimiter| outside_quotes(sample, *delimiter).1 > 0).unwrap_or(b';'), text)
}

/// In how many lines it stands at least twice, and how often in all; within quotes it separates nothing.
fn outside_quotes(text: &str, delimiter: u8) -> (usize, usize) {
    let (mut lines, mut all, mut here, mut quoted) = (0, 0, 0, false);
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => {
                lines += usize::from(here >= 2);
                here = 0;
            }
            byte if byte == delimiter && !quoted => {
                here += 1;
                all += 1;
            }
            _ => {}
        }
    }
    (lines + usize::from(here >= 2), all)
}
