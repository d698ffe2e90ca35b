//! Lower-case hexadecimal, one spelling only: what is written in another way is not what was written.

/// The value of each character; 255 for what is no digit.
static VALUES: [u8; 256] = values();

const fn values() -> [u8; 256] {
    let mut values = [0xff; 256];
    let digits = b"0123456789abcdef";
    let mut value = 0;
    while value < digits.len() {
        values[digits[value] as usize] = value as u8;
        value += 1;
    }
    values
}

/// Exactly `N` bytes, or nothing.
pub(crate) fn bytes<const N: usize>(text: &[u8]) -> Option<[u8; N]> {
    if text.len() != 2 * N {
        return None;
    }
    let mut bytes = [0; N];
    let mut wrong = 0;
    for (byte, [high, low]) in bytes.iter_mut().zip(text.as_chunks().0) {
        let (high, low) = (VALUES[usize::from(*high)], VALUES[usize::from(*low)]);
        wrong |= high | low;
        *byte = high << 4 | low & 0xf;
    }
    (wrong < 16).then_some(bytes)
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
