//! Lower-case hexadecimal, one spelling only: what is written in another way is not what was written.

/// Exactly `N` bytes, or nothing. Without a branch per digit, so that the compiler takes many at once: an export is digits
/// for the most part.
pub(crate) fn bytes<const N: usize>(text: &[u8]) -> Option<[u8; N]> {
    let (pairs, rest) = text.as_chunks::<2>();
    let pairs: &[[u8; 2]; N] = pairs.try_into().ok().filter(|_| rest.is_empty())?;
    let mut bytes = [0; N];
    let mut wrong = 0;
    for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
        let mut value = 0;
        for digit in [*high, *low] {
            let number = digit.wrapping_sub(b'0');
            let letter = digit.wrapping_sub(b'a');
            wrong |= u8::from(number > 9) & u8::from(letter > 5);
            value = (value << 4) | ((digit & 0xf) + 9 * ((digit >> 6) & 1));
        }
        *byte = value;
    }
    (wrong == 0).then_some(bytes)
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
}
