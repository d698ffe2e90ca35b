//! Hostile bytes: real updates spoilt, and updates made by hand that are well formed and mean harm.

use super::super::{
    window::document,
    wire::{Dialect, bytes, number},
};
use crate::Dice;
use plein_server::plans::Document;
use yrs::{
    Any, Array, ArrayPrelim, Doc, Map, ReadTxn, StateVector, Text, Transact, Update, WriteTxn, XmlElementPrelim,
    XmlFragment, XmlTextPrelim,
    types::Attrs,
    updates::{decoder::Decode, encoder::Encode},
};

/// How many clients the hostile updates come from; real ones among them.
const CLIENTS: u64 = 6;
/// A number that says far more than follows.
const HUGE: [&[u8]; 4] =
    [&[0xff, 0xff, 0xff, 0xff, 0x0f], &[0xff, 0xff, 0xff, 0x7f], &[0x80, 0x80, 0x80, 0x40], &[0xff, 0xff, 0x03]];

/// A small plan, as the server makes it.
pub(super) fn plan() -> Vec<u8> {
    let sections: Vec<_> = (0..3).map(|at| (format!("s{at}"), format!("Deel {at}"))).collect();
    Document::made_of(&sections)
}

/// Real updates to a plan that is [`plan`], each of another window that has seen nothing else.
pub(super) fn corpus() -> Vec<Vec<u8>> {
    (0..CLIENTS).flat_map(|at| real(90 + at)).collect()
}

fn real(client: u64) -> Vec<Vec<u8>> {
    let doc: Doc = document(client);
    if let Ok(update) = Update::decode_v1(&plan()) {
        let _ = doc.transact_mut().apply_update(update);
    }
    let mut made = Vec::new();
    for step in 0..6 {
        let mut txn = doc.transact_mut();
        let root = txn.get_or_insert_xml_fragment("plan");
        let Some(yrs::XmlOut::Element(section)) = root.get(&txn, step % 3) else { continue };
        match step {
            0 | 1 => {
                let paragraph = section.push_back(&mut txn, XmlElementPrelim::empty("paragraph"));
                let text = paragraph.push_back(&mut txn, XmlTextPrelim::new("een paar woorden 😀"));
                text.format(&mut txn, 4, 4, Attrs::from([("bold".into(), Any::from(true))]));
                text.remove_range(&mut txn, 2, 3);
            }
            2 => {
                let mut at = section.clone();
                for _ in 0..4 {
                    let list = at.push_back(&mut txn, XmlElementPrelim::empty("bulletList"));
                    at = list.push_back(&mut txn, XmlElementPrelim::empty("listItem"));
                }
            }
            3 => {
                let comments = txn.get_or_insert_map("comments");
                let value = Any::from_json(r#"{"a":[1,2.5,null,{"b":"c"}],"d":true}"#).unwrap_or(Any::Null);
                comments.insert(&mut txn, "thread", value);
                comments.insert(&mut txn, "messages", ArrayPrelim::from(["een", "twee"])).remove(&mut txn, 0);
            }
            4 => {
                let block = section.push_back(&mut txn, XmlElementPrelim::empty("intervention"));
                yrs::Xml::insert_attribute(&block, &mut txn, "kind", "fiscaal");
                yrs::Xml::insert_attribute(&block, &mut txn, "kind", "preventief");
            }
            _ => section.remove(&mut txn, 0),
        }
        made.push(txn.encode_update_v1());
    }
    made.push(doc.transact().encode_state_as_update_v1(&StateVector::default()));
    made.push(doc.transact().state_vector().encode_v1());
    made
}

/// An update, or what pretends to be one.
pub(super) fn update(dice: &mut Dice, corpus: &[Vec<u8>]) -> Vec<u8> {
    let mut one = dice.one_of(corpus).unwrap_or_default();
    match dice.below(12) {
        0 => noise(dice, 300),
        1 => one,
        2 | 3 => {
            spoil(dice, &mut one);
            one
        }
        4 => {
            one.truncate(dice.below(one.len() as u64 + 1) as usize);
            one
        }
        5 => {
            let other = dice.one_of(corpus).unwrap_or_default();
            let at = dice.below(one.len() as u64 + 1) as usize;
            let from = dice.below(other.len() as u64 + 1) as usize;
            one.truncate(at);
            one.extend_from_slice(&other[from..]);
            one
        }
        6 => {
            let mut parts: Vec<Vec<u8>> = (0..3).filter_map(|_| dice.one_of(corpus)).collect();
            if dice.chance(50) {
                spoil(dice, &mut parts[0]);
            }
            std::panic::catch_unwind(|| yrs::merge_updates_v1(parts)).ok().and_then(Result::ok).unwrap_or(one)
        }
        7 => {
            let huge = dice.one_of(&HUGE).unwrap_or_default();
            let at = dice.below(one.len() as u64) as usize;
            one.splice(at..=at, huge.iter().copied());
            one
        }
        _ => crafted(dice),
    }
}

fn noise(dice: &mut Dice, most: u64) -> Vec<u8> {
    (0..dice.below(most)).map(|_| dice.roll() as u8).collect()
}

fn spoil(dice: &mut Dice, bytes: &mut Vec<u8>) {
    for _ in 0..=dice.below(4) {
        let at = dice.below(bytes.len() as u64) as usize;
        match dice.below(4) {
            0 => bytes[at] ^= 1 << dice.below(8),
            1 => bytes[at] = dice.roll() as u8,
            2 => bytes.insert(at, dice.roll() as u8),
            _ if bytes.len() > 1 => drop(bytes.remove(at)),
            _ => {}
        }
    }
}

/// One client's blocks, one after another from this place on, and nothing deleted.
fn blocks(client: u64, clock: u64, blocks: &[Vec<u8>]) -> Vec<u8> {
    let mut update = vec![1];
    number(&mut update, blocks.len() as u64);
    number(&mut update, client);
    number(&mut update, clock);
    blocks.iter().for_each(|block| update.extend_from_slice(block));
    update.push(0);
    update
}

/// A block of this kind under the root of this name; `content` follows.
fn under(root: &str, kind: u8, content: &[u8]) -> Vec<u8> {
    let mut block = vec![kind, 1];
    bytes(&mut block, root.as_bytes());
    block.extend_from_slice(content);
    block
}

fn within(client: u64, clock: u64, kind: u8, content: &[u8]) -> Vec<u8> {
    let mut block = vec![kind, 0];
    number(&mut block, client);
    number(&mut block, clock);
    block.extend_from_slice(content);
    block
}

fn counted(count: u64, content: &[u8]) -> Vec<u8> {
    let mut made = Vec::new();
    number(&mut made, count);
    made.extend_from_slice(content);
    made
}

/// Well formed as far as it goes, and meant to hurt.
fn crafted(dice: &mut Dice) -> Vec<u8> {
    let client = 200 + dice.below(4);
    let depth = dice.one_of(&[3, 40, 400, 20_000, 200_000]).unwrap_or_default();
    let huge = dice.one_of(&HUGE).unwrap_or_default();
    let element = |name: &str| {
        let mut content = vec![3];
        bytes(&mut content, name.as_bytes());
        content
    };
    match dice.below(12) {
        // Counts that nothing follows.
        0 => huge.to_vec(),
        1 => [&[1], huge, &[client as u8 & 0x7f, 0]].concat(),
        2 => [&[0], huge, &[1, 1]].concat(),
        3 => [&[0, 1, 5], huge].concat(),
        // Values within values, and long ones.
        4 => blocks(client, 0, &[under("comments", 8, &counted(1, &[[117, 1].repeat(depth), vec![126]].concat()))]),
        5 => blocks(
            client,
            0,
            &[under("comments", 8, &counted(1, &[[118, 1, 1, b'a'].repeat(depth), vec![126]].concat()))],
        ),
        6 => {
            let value = dice.one_of(&[117, 118, 116, 119]).unwrap_or_default();
            blocks(client, 0, &[under("comments", 8, &[&[1, value], huge].concat())])
        }
        // Elements within elements.
        7 => {
            let depth = depth.min(20_000) as u64;
            let mut chain = vec![under("plan", 7, &element("bulletList"))];
            chain.extend((0..depth).map(|at| within(client, at, 7, &element("x"))));
            let mut update = blocks(client, 0, &chain);
            if dice.chance(50) {
                update.pop();
                // And the outermost is deleted at once.
                update.push(1);
                number(&mut update, client);
                update.extend_from_slice(&[1, 0, 1]);
            }
            update
        }
        // Ranges without text, at clocks that nobody reached.
        8 => blocks(client, 0, &[[&[dice.one_of(&[0, 10]).unwrap_or_default()], huge].concat()]),
        9 => blocks(
            client,
            dice.one_of(&[u64::from(u32::MAX) - 1, 1 << 31]).unwrap_or_default(),
            &[under("plan", 4, b"\x03abc")],
        ),
        // Kinds that the plan has no use for.
        10 => {
            let kind = dice.one_of(&[2, 3, 5, 6, 9]).unwrap_or_default();
            let content = noise(dice, 40);
            blocks(client, 0, &[under("plan", kind, &content)])
        }
        _ => {
            let kind = dice.below(9) as u8;
            let content = [vec![kind], noise(dice, 20)].concat();
            blocks(client, 0, &[under("plan", 7, &content), within(client, 0, 4, b"\x03abc")])
        }
    }
}

/// A state vector, or what pretends to be one.
pub(super) fn vector(dice: &mut Dice, corpus: &[Vec<u8>]) -> Vec<u8> {
    let mut one = dice.one_of(corpus).unwrap_or_default();
    match dice.below(4) {
        0 => dice.one_of(&HUGE).unwrap_or_default().to_vec(),
        1 => noise(dice, 60),
        _ => {
            spoil(dice, &mut one);
            one
        }
    }
}

/// A frame for the socket.
pub(super) fn frame(dice: &mut Dice, corpus: &[Vec<u8>]) -> Vec<u8> {
    match dice.below(10) {
        0 => Dialect::Plain.has(&vector(dice, corpus)),
        1..6 => {
            let mut frame = Dialect::Plain.update(&update(dice, corpus));
            frame[1] = 1 + dice.below(2) as u8;
            frame
        }
        6 => {
            let depth = dice.one_of(&[1, 100, 1500]).unwrap_or_default();
            let state = format!(r#"{{"cursor":{}{}}}"#, "[".repeat(depth), "]".repeat(depth));
            Dialect::Plain.presence(dice.roll() >> dice.below(64), dice.roll() >> dice.below(64), &state)
        }
        7 => {
            let mut frame = Dialect::Plain.presence(500 + dice.below(9), dice.below(1 << 33), "{}");
            spoil(dice, &mut frame);
            frame
        }
        8 => [vec![dice.one_of(&[2, 3, 4, 100, 101, 77]).unwrap_or_default()], noise(dice, 30)].concat(),
        _ => noise(dice, 200),
    }
}
