//! An export of many pieces: several threads take them, and one verdict comes of it.

use super::*;
use std::io::{Error, Read};

#[test]
fn an_export_of_several_pieces_is_read_whole() {
    let log = Log((0..5_000).map(|number| (number % 2 == 0, number % 100 == 99)).collect());
    let (mut bytes, _) = log.export();
    assert!(bytes.len() > 1_000_000);
    assert_eq!(sound(&bytes).lines, 5_000);
    let middle = bytes.len() / 2;
    bytes[middle] = b'!';
    let row = 1 + bytes[..middle].iter().filter(|byte| **byte == b'\n').count() as u64;
    assert_eq!(fault(judged(&bytes, &[])).row, Some(row));
}

/// More pieces than may be on their way at once, of which several threads each take the next.
#[test]
fn pieces_are_judged_in_their_order_whoever_took_them() {
    for every in [2, 3] {
        let log = Log((0..25_000).map(|number| (number % every != 0, number % 100 == 99)).collect());
        let (mut bytes, notes) = log.export();
        assert!(bytes.len() > 20 * 256 * 1024, "{}", bytes.len());
        let mut tree = Frontier::default();
        let leaves = each_leaf(bytes.as_slice(), |_, leaf| {
            tree.push(leaf);
            true
        });
        leaves.expect("read").expect("rows");
        let Verdict::Sound(found) = judged(&bytes, &notes) else { panic!("not sound") };
        assert_eq!((found.lines, found.witnessed, found.root), (25_000, 250, tree.root()));
        // Of several faults the first, though others are read before it is judged.
        for place in [9, 8, 5, 2].map(|tenths| bytes.len() / 10 * tenths) {
            bytes[place] = b'!';
            let row = 1 + bytes[..place].iter().filter(|byte| **byte == b'\n').count() as u64;
            assert_eq!(fault(judged(&bytes, &[])).row, Some(row));
        }
    }
}

#[test]
fn there_is_no_verdict_over_what_could_not_be_read() {
    struct Ends<'a>(&'a [u8], bool);
    impl Read for Ends<'_> {
        fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
            match self.0.read(into)? {
                0 if self.1 => panic!("the reader panics"),
                0 => Err(Error::other("the disk is gone")),
                read => Ok(read),
            }
        }
    }
    let (bytes, _) = Log((0..5_000).map(|number| (true, number % 100 == 99)).collect()).export();
    let expected = Expected::new(key().public().clone(), &[]).expect("no notes");
    for bytes in [bytes.as_slice(), &bytes[..bytes.len() / 2]] {
        assert!(verify(Ends(bytes, false), &expected, |_| {}).is_err());
        let verdict = std::panic::catch_unwind(|| verify(Ends(bytes, true), &expected, |_| {}));
        assert!(verdict.is_err(), "{verdict:?}");
    }
}
