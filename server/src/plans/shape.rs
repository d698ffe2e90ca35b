//! Looks an update over before it is decoded.
//!
//! yrs makes room for as many parts as an update says it has, and goes into values and elements as deep as they go: five
//! bytes can cost half a gigabyte, and a message of a few hundred kilobytes can overflow the stack, which ends the whole
//! program. So whatever counts more than follows, or goes deeper than any plan does, is no update here. Nor is text with a
//! gap in it: of that yrs takes more than it says it took, and what was kept could not be read again.

use super::protocol::{Malformed, Reader};
use std::collections::{BTreeMap, HashMap, HashSet};
use yrs::{Assoc, BranchID, ClientID, ID, ReadTxn, StateVector, StickyIndex};

/// How deep values may stand in values.
const VALUES: u32 = 32;
/// How deep elements may stand in elements: far more than is shown.
const ELEMENTS: u32 = 64;
/// For how many new elements of one update their place may have to be looked up in the document. What is pasted or typed
/// in one go needs one.
const LOOKUPS: usize = 5000;
/// Text of one window may be this long in all, in characters: sums stay far from overflowing.
const LONGEST: u64 = 1 << 30;

/// The items of an update: where each stands, and which of them can hold others.
#[derive(Debug)]
pub(super) struct Shape {
    items: Vec<Item>,
}

#[derive(Debug)]
struct Item {
    id: (u64, u64),
    length: u64,
    place: Place,
    holds: bool,
}

#[derive(Debug, Clone, Copy)]
enum Place {
    Root,
    /// The first thing in another.
    In((u64, u64)),
    /// Beside another.
    Beside((u64, u64)),
}

/// A state vector that says how many entries it has, and has them.
pub(super) fn is_vector(bytes: &[u8]) -> bool {
    let mut rest = Reader(bytes);
    let all = |rest: &mut Reader<'_>| {
        for _ in 0..rest.count(2)? {
            rest.number()?;
            rest.small()?;
        }
        Ok::<_, Malformed>(())
    };
    all(&mut rest).is_ok() && rest.0.is_empty()
}

impl<'a> Reader<'a> {
    fn byte(&mut self) -> Result<u8, Malformed> {
        let (byte, rest) = self.0.split_first().ok_or(Malformed)?;
        self.0 = rest;
        Ok(*byte)
    }

    fn skip(&mut self, length: usize) -> Result<(), Malformed> {
        self.0 = self.0.get(length..).ok_or(Malformed)?;
        Ok(())
    }

    fn small(&mut self) -> Result<u64, Malformed> {
        self.number().and_then(|number| if number < LONGEST { Ok(number) } else { Err(Malformed) })
    }

    /// How many parts follow, each of at least so many bytes.
    fn count(&mut self, each: usize) -> Result<u64, Malformed> {
        let count = self.number()?;
        let fits = usize::try_from(count).is_ok_and(|count| count <= self.0.len() / each);
        if fits { Ok(count) } else { Err(Malformed) }
    }

    fn id(&mut self) -> Result<(u64, u64), Malformed> {
        Ok((self.number()?, self.small()?))
    }

    fn text(&mut self) -> Result<&'a str, Malformed> {
        std::str::from_utf8(self.bytes()?).map_err(|_| Malformed)
    }
}

impl Shape {
    /// Reads an update of version 1 through to its end.
    pub(super) fn of(update: &[u8]) -> Result<Self, Malformed> {
        let mut rest = Reader(update);
        let mut items = Vec::new();
        let mut clients = HashSet::new();
        for _ in 0..rest.count(5)? {
            let blocks = rest.count(2)?;
            let client = rest.number()?;
            // Yjs writes each once, without a gap.
            if !clients.insert(client) {
                return Err(Malformed);
            }
            let mut clock = rest.small()?;
            for _ in 0..blocks {
                let length = block(&mut rest, (client, clock), &mut items)?;
                clock += length;
                if clock >= LONGEST {
                    return Err(Malformed);
                }
            }
        }
        for _ in 0..rest.count(2)? {
            rest.number()?;
            for _ in 0..rest.count(2)? {
                rest.small()?;
                rest.small()?;
            }
        }
        if rest.0.is_empty() { Ok(Self { items }) } else { Err(Malformed) }
    }

    /// Whether a new element would stand too deep in others.
    pub(super) fn too_deep<T: ReadTxn>(&self, txn: &T) -> bool {
        let known = txn.state_vector();
        let new = |item: &Item| item.id.1 + item.length > u64::from(known.get(&ClientID::new(item.id.0)));
        if !self.items.iter().any(|item| item.holds && new(item)) {
            return false;
        }
        let index = self.items.iter().enumerate().map(|(at, item)| (item.id, at)).collect();
        let mut depths =
            Depths { shape: self, index, known: known.clone(), found: HashMap::new(), looked_up: HashMap::new() };
        let mut holding = self.items.iter().enumerate().filter(|(_, item)| item.holds && new(item));
        holding.any(|(at, _)| depths.of(at, txn).is_none_or(|depth| depth >= ELEMENTS))
    }
}

/// Reads one block; how long it is.
fn block(rest: &mut Reader<'_>, id: (u64, u64), items: &mut Vec<Item>) -> Result<u64, Malformed> {
    let info = rest.byte()?;
    match info {
        // Text that was cleared away.
        0 => return rest.small(),
        // A gap: text between is said to come later.
        10 => return Err(Malformed),
        _ => {}
    }
    let left = if info & 0x80 == 0 { None } else { Some(rest.id()?) };
    let right = if info & 0x40 == 0 { None } else { Some(rest.id()?) };
    let place = match left.or(right) {
        Some(neighbour) => Place::Beside(neighbour),
        None => {
            let place = if rest.number()? == 1 { rest.text().map(|_| Place::Root)? } else { Place::In(rest.id()?) };
            if info & 0x20 != 0 {
                rest.text()?;
            }
            place
        }
    };
    let kind = info & 0x0f;
    let length = match kind {
        1 => rest.small()?,
        3 => rest.bytes().map(|_| 1)?,
        4 => rest.text()?.encode_utf16().count() as u64,
        5 => rest.text().map(|_| 1)?,
        6 => {
            rest.text()?;
            rest.text().map(|_| 1)?
        }
        7 => {
            match rest.byte()? {
                0..=2 | 4 | 6 => {}
                3 => drop(rest.text()?),
                // Hooks, and links to elsewhere: Yjs has them, no plan does.
                _ => return Err(Malformed),
            }
            1
        }
        8 => {
            let count = rest.count(1)?;
            for _ in 0..count {
                value(rest, 0)?;
            }
            count
        }
        // Documents within documents, and what Yjs stopped writing years ago.
        _ => return Err(Malformed),
    };
    items.push(Item { id, length, place, holds: kind == 7 });
    Ok(length)
}

fn value(rest: &mut Reader<'_>, depth: u32) -> Result<(), Malformed> {
    if depth > VALUES {
        return Err(Malformed);
    }
    match rest.byte()? {
        120 | 121 | 126 | 127 => Ok(()),
        125 => {
            while rest.byte()? & 0x80 != 0 {}
            Ok(())
        }
        124 => rest.skip(4),
        122 | 123 => rest.skip(8),
        119 => rest.text().map(drop),
        118 => {
            for _ in 0..rest.count(2)? {
                rest.text()?;
                value(rest, depth + 1)?;
            }
            Ok(())
        }
        117 => {
            for _ in 0..rest.count(1)? {
                value(rest, depth + 1)?;
            }
            Ok(())
        }
        116 => rest.bytes().map(drop),
        _ => Err(Malformed),
    }
}

/// How deep items stand: 0 under a root.
struct Depths<'a> {
    shape: &'a Shape,
    index: BTreeMap<(u64, u64), usize>,
    known: StateVector,
    found: HashMap<usize, u32>,
    looked_up: HashMap<(u64, u64), u32>,
}

impl Depths<'_> {
    /// Nothing when they stand in a circle, or when too many would have to be looked up.
    fn of<T: ReadTxn>(&mut self, at: usize, txn: &T) -> Option<u32> {
        let mut way = Vec::new();
        let mut next = at;
        // Down to something whose depth is known; then back up.
        let mut depth = loop {
            if let Some(depth) = self.found.get(&next) {
                break *depth;
            }
            // Each item comes once, unless they stand in a circle.
            if way.len() > self.shape.items.len() {
                return None;
            }
            way.push(next);
            match self.shape.items.get(next)?.place {
                Place::Root => break 0,
                Place::In(id) | Place::Beside(id) if id.1 < u64::from(self.known.get(&ClientID::new(id.0))) => {
                    break self.look_up(id, txn)?;
                }
                Place::In(id) | Place::Beside(id) => match self.index.range(..=id).next_back() {
                    Some((start, found)) if start.0 == id.0 && id.1 < start.1 + self.shape.items[*found].length => {
                        next = *found;
                    }
                    // On text that nobody has: it will not be taken.
                    _ => break 0,
                },
            }
        };
        for at in way.into_iter().rev() {
            if matches!(self.shape.items.get(at)?.place, Place::In(_)) {
                depth += 1;
            }
            self.found.insert(at, depth);
        }
        Some(depth)
    }

    fn look_up<T: ReadTxn>(&mut self, id: (u64, u64), txn: &T) -> Option<u32> {
        if let Some(depth) = self.looked_up.get(&id) {
            return Some(*depth);
        }
        if self.looked_up.len() >= LOOKUPS {
            return None;
        }
        let mut depth = 0;
        let mut place = ID::new(ClientID::new(id.0), u32::try_from(id.1).ok()?);
        while depth <= ELEMENTS {
            let offset = StickyIndex::from_id(place, Assoc::After).get_offset(txn);
            match offset.map(|offset| offset.branch.id()) {
                Some(BranchID::Nested(parent)) => place = parent,
                // A root; or what it stood in is gone, and it goes too.
                _ => break,
            }
            depth += 1;
        }
        self.looked_up.insert(id, depth);
        Some(depth)
    }
}
