//! Proofs: that a leaf is in a tree, and that a tree is the beginning of a larger one (RFC 6962, sections 2.1.1 and
//! 2.1.2; checked as in RFC 9162, sections 2.1.3.2 and 2.1.4.2).
//!
//! A proof is a list of subtrees, each a range of leaves. They do not overlap, so that one pass over the leaves
//! hashes all of them with a single frontier.

use crate::tree::{Frontier, Hash, node};
use std::ops::Range;

/// The subtrees whose hashes prove that leaf `index` is in the tree of `size` leaves, in the order of the proof.
pub fn inclusion_ranges(index: u64, size: u64) -> Vec<Range<u64>> {
    let mut ranges = Vec::new();
    let mut within = 0..size;
    while within.end.saturating_sub(within.start) > 1 {
        let middle = split(&within);
        let (inside, beside) = match index < middle {
            true => (within.start..middle, middle..within.end),
            false => (middle..within.end, within.start..middle),
        };
        ranges.push(beside);
        within = inside;
    }
    // Found from the root down, and written from the leaf up.
    ranges.reverse();
    ranges
}

/// The subtrees whose hashes prove that the tree of `first` leaves is the beginning of that of `second`, in the order
/// of the proof. None when either is trivial.
pub fn consistency_ranges(first: u64, second: u64) -> Vec<Range<u64>> {
    let mut ranges = Vec::new();
    if first == 0 || first >= second {
        return ranges;
    }
    let mut within = 0..second;
    // Whether the part looked at is a whole tree that the verifier knows already: the first one.
    let mut known = true;
    while within.end != first {
        let middle = split(&within);
        if first <= middle {
            ranges.push(middle..within.end);
            within = within.start..middle;
        } else {
            ranges.push(within.start..middle);
            within = middle..within.end;
            known = false;
        }
    }
    if !known {
        ranges.push(within);
    }
    ranges.reverse();
    ranges
}

/// Where a tree of more than one leaf is split: at the largest power of two below its size.
fn split(within: &Range<u64>) -> u64 {
    within.start + (within.end - within.start).next_power_of_two() / 2
}

/// Collects the hashes of a proof while the leaves go by.
#[derive(Debug)]
pub struct Collector {
    /// The ranges by their place among the leaves, each with its place in the proof.
    waiting: Vec<(Range<u64>, usize)>,
    growing: Frontier,
    next: u64,
    hashes: Vec<Option<Hash>>,
}

impl Collector {
    /// For these subtrees.
    pub fn new(ranges: Vec<Range<u64>>) -> Self {
        let hashes = vec![None; ranges.len()];
        let mut waiting: Vec<_> = ranges.into_iter().enumerate().map(|(place, range)| (range, place)).collect();
        // The last one is the next one.
        waiting.sort_by_key(|(range, _)| std::cmp::Reverse(range.start));
        Self { waiting, growing: Frontier::default(), next: 0, hashes }
    }

    /// The next leaf, from the first one on.
    pub fn push(&mut self, leaf: Hash) {
        if let Some((range, place)) = self.waiting.last()
            && range.contains(&self.next)
        {
            self.growing.push(leaf);
            if self.next + 1 == range.end {
                self.hashes[*place] = Some(std::mem::take(&mut self.growing).root());
                self.waiting.pop();
            }
        }
        self.next += 1;
    }

    /// The proof; nothing when there were fewer leaves than it needs.
    pub fn proof(self) -> Option<Vec<Hash>> {
        self.hashes.into_iter().collect()
    }
}

/// Whether `proof` shows that `leaf` is leaf `index` of the tree of `size` leaves with this root.
pub fn inclusion_holds(index: u64, leaf: &Hash, size: u64, root: &Hash, proof: &[Hash]) -> bool {
    if index >= size {
        return false;
    }
    let mut up = Way { place: index, last: size - 1 };
    let mut hash = *leaf;
    for beside in proof {
        match up.step() {
            Some(Side::Left) => hash = node(beside, &hash),
            Some(Side::Right) => hash = node(&hash, beside),
            None => return false,
        }
    }
    up.last == 0 && hash == *root
}

/// Whether `proof` shows that the tree of `first.0` leaves with root `first.1` is the beginning of that of `second.0`
/// leaves with root `second.1`.
pub fn consistency_holds(first: (u64, &Hash), second: (u64, &Hash), proof: &[Hash]) -> bool {
    let ((first, first_root), (second, second_root)) = (first, second);
    if first == second {
        return proof.is_empty() && first_root == second_root;
    }
    if first == 0 {
        return proof.is_empty() && *first_root == crate::tree::empty_root();
    }
    if first > second {
        return false;
    }
    let mut way = Way { place: first - 1, last: second - 1 };
    while way.place & 1 == 1 {
        way.rise();
    }
    // A first tree that is one complete subtree is known already and not repeated in the proof.
    let (begin, rest) = match (first.is_power_of_two(), proof.split_first()) {
        (true, _) => (first_root, proof),
        (false, Some((begin, rest))) => (begin, rest),
        (false, None) => return false,
    };
    let (mut old, mut new) = (*begin, *begin);
    for beside in rest {
        match way.step() {
            Some(Side::Left) => {
                old = node(beside, &old);
                new = node(beside, &new);
            }
            Some(Side::Right) => new = node(&new, beside),
            None => return false,
        }
    }
    way.last == 0 && old == *first_root && new == *second_root
}

/// On which side the next hash of a proof stands.
enum Side {
    Left,
    Right,
}

/// The way from a node up to the root: its place on its level, and that of the last one.
struct Way {
    place: u64,
    last: u64,
}

impl Way {
    fn rise(&mut self) {
        self.place >>= 1;
        self.last >>= 1;
    }

    fn step(&mut self) -> Option<Side> {
        if self.last == 0 {
            return None;
        }
        let side = if self.place & 1 == 1 || self.place == self.last {
            // The last node of an incomplete level goes up alone until it is somebody's right side.
            while self.place & 1 == 0 && self.place != 0 {
                self.rise();
            }
            Side::Left
        } else {
            Side::Right
        };
        self.rise();
        Some(side)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::leaf;

    const MOST: u64 = 70;

    fn leaves() -> Vec<Hash> {
        (0..MOST).map(|number| leaf(&number.to_be_bytes())).collect()
    }

    fn root(leaves: &[Hash]) -> Hash {
        let mut tree = Frontier::default();
        leaves.iter().for_each(|leaf| tree.push(*leaf));
        tree.root()
    }

    fn collected(ranges: Vec<Range<u64>>, leaves: &[Hash]) -> Vec<Hash> {
        let mut collector = Collector::new(ranges);
        leaves.iter().for_each(|leaf| collector.push(*leaf));
        collector.proof().expect("all leaves were there")
    }

    #[test]
    fn every_leaf_of_every_tree_is_proved_and_none_in_another_place() {
        let leaves = leaves();
        for size in 1..=MOST {
            let tree = &leaves[..size as usize];
            let root = root(tree);
            for index in 0..size {
                let proof = collected(inclusion_ranges(index, size), tree);
                let leaf = &tree[index as usize];
                assert!(inclusion_holds(index, leaf, size, &root, &proof), "{index} of {size}");
                assert!(!inclusion_holds(index + 1, leaf, size, &root, &proof));
                assert!(!inclusion_holds(index, &leaves[(index as usize + 1) % 70], size, &root, &proof));
                for changed in 0..proof.len() {
                    let mut other = proof.clone();
                    other[changed][7] ^= 1;
                    assert!(!inclusion_holds(index, leaf, size, &root, &other));
                    other.remove(changed);
                    assert!(!inclusion_holds(index, leaf, size, &root, &other));
                }
                let longer = [proof.as_slice(), &[root]].concat();
                assert!(!inclusion_holds(index, leaf, size, &root, &longer));
            }
        }
    }

    #[test]
    fn every_tree_is_proved_to_be_the_beginning_of_every_larger_one() {
        let leaves = leaves();
        for second in 0..=MOST {
            let tree = &leaves[..second as usize];
            let whole = root(tree);
            for first in 0..=second {
                let begin = root(&tree[..first as usize]);
                let proof = collected(consistency_ranges(first, second), tree);
                assert!(consistency_holds((first, &begin), (second, &whole), &proof), "{first} of {second}");
                for changed in 0..proof.len() {
                    let mut other = proof.clone();
                    other[changed][7] ^= 1;
                    assert!(!consistency_holds((first, &begin), (second, &whole), &other));
                    other.remove(changed);
                    assert!(!consistency_holds((first, &begin), (second, &whole), &other));
                }
                let longer = [proof.as_slice(), &[whole]].concat();
                assert!(!consistency_holds((first, &begin), (second, &whole), &longer));
                if first < second {
                    assert!(!consistency_holds((second, &whole), (first, &begin), &proof));
                }
                if first > 0 && first < second {
                    let mut forked = begin;
                    forked[0] ^= 1;
                    assert!(!consistency_holds((first, &forked), (second, &whole), &proof));
                }
            }
        }
    }

    #[test]
    fn a_proof_needs_all_its_leaves() {
        let mut collector = Collector::new(inclusion_ranges(3, 10));
        leaves().iter().take(9).for_each(|leaf| collector.push(*leaf));
        assert_eq!(collector.proof(), None);
    }
}
