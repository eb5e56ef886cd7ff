//! How hard a secret is to guess that somebody else made, as far as its looks can tell: drawn at random from the kinds of
//! characters that it has, so long a text has so many bits. It is for words and short numbers to be refused; that a text
//! was drawn at random nobody can see.

/// Thousandths of a bit that a character has, by how many there are of its kinds.
const DIGITS: u64 = 3_321;
const HEX: u64 = 4_000;
const LETTERS: u64 = 4_700;
const LETTERS_AND_DIGITS: u64 = 5_169;
const BOTH_CASES: u64 = 5_700;
const ALPHANUMERIC: u64 = 5_954;
const VISIBLE: u64 = 6_554;

/// How many bits a text of visible characters of ASCII has at the most.
pub(super) fn bits(text: &str) -> u32 {
    let has = |kind: fn(&u8) -> bool| text.as_bytes().iter().any(kind);
    let all = |kind: fn(&u8) -> bool| text.as_bytes().iter().all(kind);
    let lower = has(u8::is_ascii_lowercase);
    let upper = has(u8::is_ascii_uppercase);
    let digits = has(u8::is_ascii_digit);
    let each = if !all(u8::is_ascii_alphanumeric) {
        VISIBLE
    } else if !(lower || upper) {
        DIGITS
    } else if all(u8::is_ascii_hexdigit) && !(lower && upper) {
        HEX
    } else {
        match (lower && upper, digits) {
            (false, false) => LETTERS,
            (false, true) => LETTERS_AND_DIGITS,
            (true, false) => BOTH_CASES,
            (true, true) => ALPHANUMERIC,
        }
    };
    let bits = each.saturating_mul(text.len() as u64) / 1_000;
    u32::try_from(bits).unwrap_or(u32::MAX)
}

/// How many different characters a text has.
pub(super) fn different(text: &str) -> usize {
    let mut seen = [false; 256];
    for byte in text.bytes() {
        seen[usize::from(byte)] = true;
    }
    seen.into_iter().filter(|seen| *seen).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn k131_128_bits_take_so_many_characters_of_each_kind() {
        for (cycle, enough) in [
            ("0123456789", 39),
            ("0123456789abcdef", 32),
            ("FEDCBA9876543210", 32),
            ("abcdefghijklmnopqrstuvwxyz", 28),
            ("0123456789abcdefghijklmnopqrstuvwxyz", 25),
            ("zabcdefghijklmZABCDEFGHIJK", 23),
            ("abcXYZ0123456789defghi", 22),
            ("_abcXYZ0123456789defgh", 20),
        ] {
            let text: String = cycle.chars().cycle().take(enough).collect();
            assert!(bits(&text) >= 128, "{cycle}: {}", bits(&text));
            assert!(bits(&text[..enough - 1]) < 128, "{cycle}");
        }
        assert_eq!(different("abcabc"), 3);
    }
}
