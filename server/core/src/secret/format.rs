//! What secrets look like.

use super::{base62, hex::push_hex};
use crate::{Entropy, bounds};

/// Random characters of a prefixed secret: 30 of base 62, 178 bits.
const BODY: usize = 30;
/// Characters of its checksum.
const CHECKSUM: usize = 6;

/// The word before the underscore of a prefixed secret: `[a-z][a-z0-9]{1,9}`, never `apikey`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prefix(String);

/// Why a text is no prefix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "a prefix is a lower-case letter and 1 to 9 lower-case letters or digits, and not \"apikey\""
)]
pub struct InvalidPrefix;

impl Prefix {
    /// The prefix, if it is one. `apikey` is refused because another format begins with it.
    pub fn new(text: &str) -> Result<Self, InvalidPrefix> {
        if is_prefix(text) {
            Ok(Self(text.to_owned()))
        } else {
            Err(InvalidPrefix)
        }
    }

    /// The word.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_prefix(text: &str) -> bool {
    let bytes = text.as_bytes();
    (2..=10).contains(&bytes.len())
        && bytes[0].is_ascii_lowercase()
        && bytes
            .iter()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        && text != "apikey"
}

/// How a new secret is spelt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Format {
    /// `<prefix>_<30 of base 62><CRC32 in 6 of base 62>`: a scanner recognises it, and a mistyped one is
    /// refused without a look-up.
    Prefixed(Prefix),
    /// 40 lower-case hexadecimal digits, 160 bits (O24).
    Hex,
    /// `apikey:` and 128 letters and digits (F11).
    Alphanumeric,
}

impl Default for Format {
    fn default() -> Self {
        Self::Prefixed(Prefix("bit".to_owned()))
    }
}

impl Format {
    pub(super) fn write(&self, out: &mut String, entropy: &dyn Entropy) {
        match self {
            Self::Prefixed(prefix) => {
                out.push_str(&prefix.0);
                out.push('_');
                base62::push_random(out, BODY, entropy);
                let checksum = checksum(out);
                out.extend(checksum.map(char::from));
            }
            Self::Hex => {
                let mut bytes = zeroize::Zeroizing::new([0; 20]);
                entropy.fill(&mut *bytes);
                push_hex(out, &*bytes);
            }
            Self::Alphanumeric => {
                out.push_str("apikey:");
                base62::push_random(out, 128, entropy);
            }
        }
    }
}

/// The checksum of a prefixed secret, over everything before it.
fn checksum(before: &str) -> [u8; CHECKSUM] {
    base62::encode_u32(crc32fast::hash(before.as_bytes()))
}

/// What can be said of a presented secret without looking it up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screening {
    /// It may be a key: look it up.
    Possible,
    /// It has the form of a prefixed secret and a wrong checksum: mistyped, and never issued.
    Mistyped,
}

/// Looks at the form of a presented secret. Only the prefixed form can be refused here: keys that came
/// from elsewhere may have any other.
pub fn screen(presented: &str) -> Screening {
    let Some((prefix, rest)) = presented.split_once('_') else {
        return Screening::Possible;
    };
    let ours = is_prefix(prefix)
        && rest.len() == BODY + CHECKSUM
        && rest.bytes().all(|b| b.is_ascii_alphanumeric());
    if !ours {
        return Screening::Possible;
    }
    let (before, check) = presented.split_at(presented.len() - CHECKSUM);
    if checksum(before) == check.as_bytes() {
        Screening::Possible
    } else {
        Screening::Mistyped
    }
}

/// Whether a text cannot be a key, whatever was issued or brought from elsewhere: nothing needs to be looked up.
/// Keys travel in headers, and so have visible characters of ASCII only.
pub fn cannot_be_key(presented: &str) -> bool {
    !(1..=bounds::PRESENTED_MAX).contains(&presented.len())
        || !presented.bytes().all(|byte| byte.is_ascii_graphic())
        || is_login_token(presented)
        || screen(presented) == Screening::Mistyped
}

/// Whether a bearer token is a login token (JWT): exactly three segments between dots (F62).
pub fn is_login_token(presented: &str) -> bool {
    login_token(presented).is_some()
}

/// What is signed of a login token, and its signature; `None` for what is none.
pub fn login_token(presented: &str) -> Option<(&str, &str)> {
    // Not with `split`: login tokens are long, every request has one, and looking at each character by itself
    // was a fifth of what one cost.
    let mut dots = memchr::memchr_iter(b'.', presented.as_bytes());
    let (Some(_), Some(second), None) = (dots.next(), dots.next(), dots.next()) else {
        return None;
    };
    Some((&presented[..second], &presented[second + 1..]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secret::PlainSecret;

    /// Counts upwards: every byte value in turn, so that rejection is exercised too.
    struct Counter(std::sync::Mutex<u8>);

    impl Entropy for Counter {
        fn fill(&self, buffer: &mut [u8]) {
            let mut next = self
                .0
                .lock()
                .unwrap_or_else(std::sync::PoisonError::into_inner);
            for byte in buffer {
                *byte = *next;
                *next = next.wrapping_add(1);
            }
        }
    }

    fn sample(format: &Format) -> String {
        PlainSecret::generate(format, &Counter(240.into()))
            .expose()
            .to_owned()
    }

    #[test]
    fn a_prefixed_secret_passes_its_own_screening_and_no_single_change_does() {
        let secret = sample(&Format::default());
        assert!(secret.starts_with("bit_"));
        assert_eq!(secret.len(), 40);
        assert_eq!(screen(&secret), Screening::Possible);
        for place in 4..secret.len() {
            let mut bytes = secret.clone().into_bytes();
            bytes[place] = if bytes[place] == b'x' { b'y' } else { b'x' };
            let changed = String::from_utf8_lossy(&bytes).into_owned();
            assert_eq!(screen(&changed), Screening::Mistyped, "{place}");
        }
    }

    #[test]
    fn the_other_formats_are_never_mistyped() {
        let hex = sample(&Format::Hex);
        assert_eq!((hex.len(), screen(&hex)), (40, Screening::Possible));
        assert!(hex.bytes().all(|b| b"0123456789abcdef".contains(&b)));
        let named = sample(&Format::Alphanumeric);
        assert_eq!((named.len(), screen(&named)), (135, Screening::Possible));
        assert_eq!(screen("sk_live_51H"), Screening::Possible);
    }

    #[test]
    fn what_no_header_can_carry_or_has_a_wrong_checksum_cannot_be_a_key() {
        let secret = sample(&Format::default());
        let mistyped = format!(
            "{}{}",
            &secret[..39],
            if secret.ends_with('0') { '1' } else { '0' }
        );
        for wrong in [
            "",
            " ",
            "a b",
            "a\0",
            "\0",
            "🔑",
            "é",
            "a.b.c",
            mistyped.as_str(),
        ] {
            assert!(cannot_be_key(wrong), "{wrong:?}");
        }
        assert!(cannot_be_key(&"x".repeat(bounds::PRESENTED_MAX + 1)));
        for possible in [secret.as_str(), "x", "apikey:a", "sk_live_51H", "a.b"] {
            assert!(!cannot_be_key(possible), "{possible:?}");
        }
        assert!(!cannot_be_key(&"x".repeat(bounds::PRESENTED_MAX)));
    }

    #[test]
    fn prefixes() {
        for good in ["bit", "b2", "acmeprod00"] {
            assert!(Prefix::new(good).is_ok(), "{good}");
        }
        for bad in ["", "b", "2b", "Bit", "apikey", "a_b", "elevenchars"] {
            assert!(Prefix::new(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn three_segments_are_a_login_token() {
        assert_eq!(login_token("a.bc.d"), Some(("a.bc", "d")));
        assert_eq!(login_token(".."), Some((".", "")));
        assert!(is_login_token("é.ü.ö"));
        for key in ["", "a", "a.b", "a.b.c.d", "..."] {
            assert!(!is_login_token(key), "{key:?}");
        }
    }

    #[test]
    fn debug_shows_nothing() {
        let plain = PlainSecret::generate(&Format::Hex, &Counter(0.into()));
        assert_eq!(format!("{plain:?}"), "PlainSecret(..)");
    }
}
