//! The files of the streams, one for each stream and day, and the note of how far they go. Lines are added to the end and on
//! the disk before the note says so; what a crash left behind is looked at again, so that no line is lost or told twice.

use super::{Stream, line};
use plein_domain::moment::Day;
use serde::{Deserialize, Serialize};
use std::{
    fs::{File, OpenOptions},
    io::{self, BufRead, BufReader, ErrorKind, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};
use uuid::Uuid;

/// The longest line that is read whole: a list of many objects is some tens of kilobytes.
pub(super) const LONGEST: u64 = 16 * 1024 * 1024;

/// The note of how far a way out has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Cursor {
    /// Of which ledger.
    pub installation: Uuid,
    /// The first line that was not told yet.
    pub next: u64,
    /// The file of each stream, and how long it was.
    #[serde(default)]
    pub files: Vec<(String, u64)>,
}

/// Reads a note; nothing when there is none.
pub(super) fn read_cursor(path: &Path) -> io::Result<Option<Cursor>> {
    match std::fs::read_to_string(path) {
        Ok(text) => {
            serde_json::from_str(&text).map(Some).map_err(|error| io::Error::new(ErrorKind::InvalidData, error))
        }
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Puts a note in the place of the one before it, whole and on the disk.
pub(super) fn write_cursor(path: &Path, cursor: &Cursor) -> io::Result<()> {
    let aside = path.with_extension("part");
    let _ = std::fs::remove_file(&aside);
    let mut file = private().write(true).create_new(true).open(&aside)?;
    file.write_all(serde_json::to_string(cursor)?.as_bytes())?;
    file.sync_all()?;
    std::fs::rename(&aside, path)?;
    folder_synced(path.parent().unwrap_or(Path::new(".")))
}

fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

pub(super) fn folder_synced(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// A new file, or the end of one that is there, for its owner alone.
pub(super) fn open_end(path: &Path) -> io::Result<File> {
    private().append(true).create(true).open(path)
}

/// The same; a row at its end that a crash or a full disk left unfinished is cut off first.
pub(super) fn open_whole_end(path: &Path) -> io::Result<File> {
    let mut file = private().read(true).append(true).create(true).open(path)?;
    let length = file.metadata()?.len();
    let mut whole = length;
    let mut piece = [0; 4096];
    while whole > 0 {
        let begin = whole.saturating_sub(piece.len() as u64);
        let piece = &mut piece[..usize::try_from(whole - begin).unwrap_or_default()];
        file.seek(SeekFrom::Start(begin))?;
        file.read_exact(piece)?;
        if let Some(at) = piece.iter().rposition(|byte| *byte == b'\n') {
            whole = begin + at as u64 + 1;
            break;
        }
        whole = begin;
    }
    if whole < length {
        tracing::warn!(file = %path.display(), "a row that was left unfinished is cut off");
        file.set_len(whole)?;
    }
    Ok(file)
}

pub(super) fn file_name(code: &str, day: Day) -> String {
    format!("{code}-{day}.jsonl")
}

/// The files that begin with this code, in the order of their days.
pub(super) fn files_of(folder: &Path, code: &str) -> io::Result<Vec<String>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let Ok(name) = entry?.file_name().into_string() else { continue };
        if day_of(&name, code).is_some() {
            found.push(name);
        }
    }
    found.sort_unstable();
    Ok(found)
}

fn day_of(name: &str, code: &str) -> Option<Day> {
    name.strip_prefix(code)?.strip_prefix('-')?.strip_suffix(".jsonl")?.parse().ok()
}

/// A line of a file, as far as it can be read.
pub(super) enum Row {
    Text(String),
    /// It does not end, because the program was ended in its midst, or is too long or no text.
    Broken,
}

/// Reads the rows of a file one by one.
pub(super) struct Rows {
    reader: BufReader<File>,
    /// Where the next row begins.
    pub at: u64,
}

impl Rows {
    pub fn open(path: &Path, at: u64) -> io::Result<Self> {
        let mut file = File::open(path)?;
        file.seek(SeekFrom::Start(at))?;
        Ok(Self { reader: BufReader::with_capacity(1 << 16, file), at })
    }

    pub fn next(&mut self) -> io::Result<Option<Row>> {
        let mut bytes = Vec::new();
        let read = self.reader.by_ref().take(LONGEST).read_until(b'\n', &mut bytes)?;
        self.at += read as u64;
        if read == 0 {
            return Ok(None);
        }
        let row = match bytes.pop() {
            Some(b'\n') => String::from_utf8(bytes).map_or(Row::Broken, Row::Text),
            _ => Row::Broken,
        };
        Ok(Some(row))
    }
}

/// The files of one stream that are being written.
struct Out {
    code: &'static str,
    name: String,
    length: u64,
    /// What stands there already, by place and part.
    reached: Option<(u64, u32)>,
    waiting: Vec<u8>,
}

/// The files of all streams.
pub(super) struct Files {
    folder: PathBuf,
    day: Option<Day>,
    outs: Vec<Out>,
}

impl Files {
    /// Looks at what a note says and at what stands behind it; a last line that is broken is cut off. Answers the first place
    /// to be told.
    pub fn open(folder: &Path, cursor: Option<&Cursor>) -> io::Result<(Self, u64)> {
        let mut files = Self { folder: folder.to_owned(), day: None, outs: Vec::new() };
        for (index, stream) in Stream::ALL.into_iter().enumerate() {
            let from = cursor.and_then(|cursor| cursor.files.get(index)).cloned();
            let out = files.end_of(stream.code(), from)?;
            files.day = files.day.max(day_of(&out.name, out.code));
            files.outs.push(out);
        }
        let next = match cursor {
            Some(cursor) => cursor.next,
            // The note is gone: from where the stream that is least far has come. The others skip what they have.
            None => files.outs.iter().map(|out| out.reached.map_or(0, |(sequence, _)| sequence)).min().unwrap_or(0),
        };
        Ok((files, next))
    }

    /// How far a stream goes, read from where the note says.
    fn end_of(&self, code: &'static str, from: Option<(String, u64)>) -> io::Result<Out> {
        let mut out = Out { code, name: String::new(), length: 0, reached: None, waiting: Vec::new() };
        for name in files_of(&self.folder, code)? {
            let begin = match &from {
                Some((noted, _)) if name < *noted => continue,
                Some((noted, length)) if name == *noted => *length,
                _ => 0,
            };
            let path = self.folder.join(&name);
            let length = path.metadata()?.len();
            let mut rows = Rows::open(&path, begin.min(length))?;
            let mut whole = rows.at;
            while let Some(row) = rows.next()? {
                let Row::Text(text) = row else { continue };
                whole = rows.at;
                if let Some(told) = line::read(&text) {
                    out.reached = out.reached.max(Some((told.sequence, told.part)));
                }
            }
            if whole < rows.at {
                tracing::warn!(file = name, "a line that a crash left unfinished is cut off");
                let file = private().write(true).open(&path)?;
                file.set_len(whole)?;
                file.sync_all()?;
            }
            (out.name, out.length) = (name, whole);
        }
        Ok(out)
    }

    /// From which day on lines go to a file of their own; never back.
    pub fn turn_to(&mut self, day: Day) -> io::Result<()> {
        if self.day.is_some_and(|before| day <= before) {
            return Ok(());
        }
        self.flush()?;
        self.day = Some(day);
        Ok(())
    }

    pub fn add(&mut self, index: usize, line: &line::Line) {
        let Some(out) = self.outs.get_mut(index) else { return };
        if out.reached.is_none_or(|reached| reached < (line.sequence, line.part)) {
            out.waiting.extend_from_slice(line.text.as_bytes());
        }
    }

    /// Writes what waits, and is done when it is on the disk.
    pub fn flush(&mut self) -> io::Result<()> {
        let Some(day) = self.day else { return Ok(()) };
        for out in &mut self.outs {
            if out.waiting.is_empty() {
                continue;
            }
            let name = file_name(out.code, day);
            // Opened anew each time: an open file that was deleted takes writes happily.
            let mut file = open_end(&self.folder.join(&name))?;
            let length = file.metadata()?.len();
            if out.name == name && out.length != length {
                return Err(io::Error::other(format!(
                    "{name} was changed by somebody else: {length} bytes, not {}",
                    out.length
                )));
            }
            file.write_all(&out.waiting)?;
            file.sync_data()?;
            if out.name != name {
                folder_synced(&self.folder)?;
            }
            (out.name, out.length) = (name, length + out.waiting.len() as u64);
            out.waiting.clear();
        }
        Ok(())
    }

    /// What the note is to say about the files.
    pub fn lengths(&self) -> Vec<(String, u64)> {
        self.outs.iter().map(|out| (out.name.clone(), out.length)).collect()
    }
}
