//! JSON written by hand, to the byte what serde would write, for answers that are given a hundred thousand times a
//! second.

use bitting_core::Timestamp;
use uuid::Uuid;

/// Writes `text` as a string.
pub(super) fn string(out: &mut Vec<u8>, text: &str) {
    out.push(b'"');
    let mut rest = text.as_bytes();
    while let Some(place) = rest.iter().position(|byte| is_escaped(*byte)) {
        let (plain, special) = rest.split_at(place);
        out.extend_from_slice(plain);
        escape(out, special[0]);
        rest = &special[1..];
    }
    out.extend_from_slice(rest);
    out.push(b'"');
}

fn is_escaped(byte: u8) -> bool {
    byte < 0x20 || byte == b'"' || byte == b'\\'
}

fn escape(out: &mut Vec<u8>, byte: u8) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let short = match byte {
        b'"' | b'\\' => byte,
        0x08 => b'b',
        b'\t' => b't',
        b'\n' => b'n',
        0x0c => b'f',
        b'\r' => b'r',
        _ => {
            let (high, low) = (usize::from(byte >> 4), usize::from(byte & 15));
            out.extend([b'\\', b'u', b'0', b'0', DIGITS[high], DIGITS[low]]);
            return;
        }
    };
    out.extend([b'\\', short]);
}

/// Writes `id` as a string.
pub(super) fn uuid(out: &mut Vec<u8>, id: Uuid) {
    let mut buffer = Uuid::encode_buffer();
    out.push(b'"');
    out.extend_from_slice(id.hyphenated().encode_lower(&mut buffer).as_bytes());
    out.push(b'"');
}

/// Writes `id` as a string.
pub(super) fn decimal(out: &mut Vec<u8>, id: i64) {
    out.push(b'"');
    number(out, id.unsigned_abs());
    out.push(b'"');
}

/// Writes `number`.
pub(super) fn number(out: &mut Vec<u8>, number: u64) {
    let mut digits = [0; 20];
    let mut place = digits.len();
    let mut rest = number;
    loop {
        place -= 1;
        digits[place] = digit(rest % 10);
        rest /= 10;
        if rest == 0 || place == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[place..]);
}

/// Writes `number`, which may be below zero.
pub(super) fn integer(out: &mut Vec<u8>, number: i64) {
    if number < 0 {
        out.push(b'-');
    }
    self::number(out, number.unsigned_abs());
}

/// Writes `time` as a string (K6).
pub(super) fn time(out: &mut Vec<u8>, time: Timestamp) {
    let c = time.civil();
    out.push(b'"');
    two(out, u64::from(c.year) / 100);
    two(out, u64::from(c.year) % 100);
    let parts = [
        (b'-', c.month),
        (b'-', c.day),
        (b'T', c.hour),
        (b':', c.minute),
        (b':', c.second),
    ];
    for (before, part) in parts {
        out.push(before);
        two(out, u64::from(part));
    }
    out.extend_from_slice(b"Z\"");
}

fn two(out: &mut Vec<u8>, number: u64) {
    out.extend([digit(number / 10), digit(number % 10)]);
}

/// The digit of a number below 10.
fn digit(number: u64) -> u8 {
    b"0123456789"[usize::try_from(number % 10).unwrap_or(0)]
}
