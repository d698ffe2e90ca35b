//! Lower-case hexadecimal, one spelling only: what is written in another way is not what was written.

/// Exactly `N` bytes, or nothing. Without a branch per digit and with a pair of digits in one number, so that the compiler
/// takes many at once: an export is digits for the most part.
pub(crate) fn bytes<const N: usize>(text: &[u8]) -> Option<[u8; N]> {
    let (pairs, rest) = text.as_chunks::<2>();
    let pairs: &[[u8; 2]; N] = pairs.try_into().ok().filter(|_| rest.is_empty())?;
    let mut wrong = 0;
    for digit in pairs.as_flattened() {
        wrong |= u8::from(digit.wrapping_sub(b'0') > 9) & u8::from(digit.wrapping_sub(b'a') > 5);
    }
    let byte = |pair: [u8; 2]| {
        let digits = u16::from_be_bytes(pair);
        let values = (digits & 0x0f0f) + 9 * ((digits >> 6) & 0x0101);
        ((values >> 4) | (values & 0x0f)) as u8
    };
    (wrong == 0).then(|| pairs.map(byte))
}

/// Adds the digits of `bytes` to `into`.
pub(crate) fn write(bytes: &[u8], into: &mut String) {
    for byte in bytes {
        for value in [byte >> 4, byte & 0xf] {
            into.push(char::from(b"0123456789abcdef"[usize::from(value)]));
        }
    }
}

/// The digits of `bytes`.
pub(crate) fn text(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(2 * bytes.len());
    write(bytes, &mut text);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_one_spelling_only() {
        assert_eq!(bytes(b"00ff7a"), Some([0, 0xff, 0x7a]));
        assert_eq!(text(&[0, 0xff, 0x7a]), "00ff7a");
        for other in ["00ff7", "00ff7A", "00ff7 ", "00ff7g", "00ff7a0", ""] {
            assert_eq!(bytes::<3>(other.as_bytes()), None, "{other}");
        }
    }
    #[test]
    fn every_pair_of_bytes_is_what_it_was_written_as_or_nothing() {
        for pair in 0..=u16::MAX {
            let pair = pair.to_be_bytes();
            let written = str::from_utf8(&pair)
                .ok()
                .filter(|pair| !pair.contains(|letter: char| letter.is_ascii_uppercase() || letter == '+'));
            let byte = written.and_then(|pair| u8::from_str_radix(pair, 16).ok());
            assert_eq!(bytes(&pair).map(|[byte]| byte), byte, "{pair:?}");
            // In a place where many are taken at once, too.
            let mut many = [b'0'; 64];
            many[38..40].copy_from_slice(&pair);
            assert_eq!(bytes::<32>(&many).map(|bytes| bytes[19]), byte, "{pair:?}");
        }
    }
}
