//! The tree of RFC 6962, section 2.1: leaves and nodes hashed under different first bytes, and a frontier that grows
//! by a leaf at a time and holds one hash per complete subtree.

use sha2::{Digest, Sha256};

/// A SHA-256 hash.
pub type Hash = [u8; 32];

/// The byte before a leaf's own.
pub(crate) const LEAF: u8 = 0;

/// The hash of a leaf: SHA-256 over a zero byte and the leaf's bytes.
pub fn leaf(bytes: &[u8]) -> Hash {
    let mut hash = Sha256::new();
    hash.update([LEAF]);
    hash.update(bytes);
    hash.finalize().into()
}

/// [`leaf`] over bytes that [`LEAF`] stands before already: whole blocks are hashed where they are, not from a copy.
pub(crate) fn marked_leaf(marked: &[u8]) -> Hash {
    Sha256::digest(marked).into()
}

/// The hash of a node: SHA-256 over a one byte and both sides.
pub fn node(left: &Hash, right: &Hash) -> Hash {
    let mut bytes = [1; 65];
    bytes[1..33].copy_from_slice(left);
    bytes[33..].copy_from_slice(right);
    Sha256::digest(bytes).into()
}

/// The root of a tree without leaves.
pub fn empty_root() -> Hash {
    Sha256::digest([]).into()
}

/// A tree that can only grow: the roots of its complete subtrees, largest first. At most 64 hashes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    complete: Vec<Hash>,
}

impl Frontier {
    /// How many leaves it has.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Adds a leaf by its hash.
    pub fn push(&mut self, leaf: Hash) {
        let mut hash = leaf;
        // Each one bit of the size is a complete subtree; adding a leaf carries like adding one.
        for _ in 0..self.size.trailing_ones() {
            if let Some(left) = self.complete.pop() {
                hash = node(&left, &hash);
            }
        }
        self.complete.push(hash);
        self.size += 1;
    }

    /// The root over all leaves so far.
    pub fn root(&self) -> Hash {
        let mut from_the_right = self.complete.iter().rev();
        let Some(last) = from_the_right.next() else { return empty_root() };
        from_the_right.fold(*last, |right, left| node(left, &right))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hex;

    /// By the definition: the tree is split at the largest power of two below its size.
    fn by_definition(leaves: &[Hash]) -> Hash {
        match leaves {
            [] => empty_root(),
            [one] => *one,
            many => {
                let (left, right) = many.split_at(many.len().next_power_of_two() / 2);
                node(&by_definition(left), &by_definition(right))
            }
        }
    }

    #[test]
    fn the_root_is_that_of_the_definition_at_every_size() {
        let leaves: Vec<Hash> = (0..300_u32).map(|number| leaf(&number.to_be_bytes())).collect();
        let mut tree = Frontier::default();
        for size in 0..leaves.len() {
            assert_eq!(tree.root(), by_definition(&leaves[..size]), "{size}");
            tree.push(leaves[size]);
        }
    }

    /// The vectors that the authors of Certificate Transparency published with their code.
    #[test]
    fn the_roots_are_those_that_certificate_transparency_published() {
        let leaves: [&[u8]; 8] = [
            &[],
            &[0],
            &[0x10],
            &[0x20, 0x21],
            &[0x30, 0x31],
            &[0x40, 0x41, 0x42, 0x43],
            &[0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57],
            &[0x60, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x6f],
        ];
        let mut tree = Frontier::default();
        assert_eq!(hex::text(&tree.root()), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        for (number, bytes) in leaves.into_iter().enumerate() {
            tree.push(leaf(bytes));
            let root = hex::text(&tree.root());
            match number {
                0 => assert_eq!(root, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
                7 => assert_eq!(root, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"),
                _ => {}
            }
        }
    }
}
