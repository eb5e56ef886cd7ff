//! Base 62: `0-9 A-Z a-z`, in the order of ASCII.

use zeroize::Zeroizing;

use crate::Entropy;

const ALPHABET: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// Appends `count` characters, each drawn evenly from the alphabet (5.95 bits of randomness each).
pub(super) fn push_random(out: &mut String, count: usize, entropy: &dyn Entropy) {
    let mut buffer = Zeroizing::new([0; 64]);
    let mut wanted = count;
    while wanted > 0 {
        entropy.fill(&mut *buffer);
        // 248 is the largest multiple of 62 in a byte: what lies above would favour the first letters.
        let drawn = buffer.iter().filter(|byte| **byte < 248).take(wanted);
        for byte in drawn {
            out.push(char::from(ALPHABET[usize::from(byte % 62)]));
            wanted -= 1;
        }
    }
}

/// Six characters that spell `value`, padded with zeros on the left.
pub(super) fn encode_u32(mut value: u32) -> [u8; 6] {
    let mut out = [b'0'; 6];
    for place in out.iter_mut().rev() {
        *place = ALPHABET[(value % 62) as usize];
        value /= 62;
    }
    out
}
