//! Secrets that were issued elsewhere, as themselves or as the digests that were kept of them (K131, K132).

use zeroize::Zeroizing;

use super::{Digest, MasterKey, PlainSecret, SealContext, Secret, cannot_be_key, strength};
use crate::{Clock, CompanyId, Entropy, KeyId, SecretId, bounds};

/// A secret that was issued elsewhere.
#[derive(Debug)]
pub enum Brought {
    /// Itself.
    Plain(PlainSecret),
    /// The digest that secrets are looked up by here too, however it was written there.
    Digest(Digest),
    /// Part of its SHA-512. Until it is presented for the first time nothing else is known of it.
    Foreign(Digest),
}

/// How a digest is written that was kept elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DigestForm {
    /// SHA-256 in hexadecimal.
    Sha256Hex,
    /// SHA-256 in base 64, with padding.
    Sha256Base64,
    /// SHA-256 in the base 64 of URLs, without padding, as better-auth keeps it.
    Sha256Base64Url,
    /// SHA-512 in hexadecimal.
    Sha512Hex,
    /// The same after `sha512$$`, as the keys of the Django REST framework keep it.
    DjangoSha512,
}

impl DigestForm {
    /// Every form.
    pub const ALL: [Self; 5] = [
        Self::Sha256Hex,
        Self::Sha256Base64,
        Self::Sha256Base64Url,
        Self::Sha512Hex,
        Self::DjangoSha512,
    ];

    /// The form's name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sha256Hex => "sha256_hex",
            Self::Sha256Base64 => "sha256_base64",
            Self::Sha256Base64Url => "sha256_base64url",
            Self::Sha512Hex => "sha512_hex",
            Self::DjangoSha512 => "django_sha512",
        }
    }

    /// What a text of the form looks like.
    fn words(self) -> &'static str {
        match self {
            Self::Sha256Hex => "must have 64 hexadecimal digits",
            Self::Sha256Base64 => "must have 43 characters of base 64 and =",
            Self::Sha256Base64Url => "must have 43 characters of the base 64 of URLs",
            Self::Sha512Hex => "must have 128 hexadecimal digits",
            Self::DjangoSha512 => "must be sha512$$ and 128 hexadecimal digits",
        }
    }
}

/// Why a text is not taken for a secret, or for a digest of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidBrought {
    /// It could never be presented, or would be refused unseen.
    #[error(
        "must be what a key can be: 1 to {max} visible characters of ASCII, no login token, and with a right checksum \
         where it has the form of one of ours", max = bounds::PRESENTED_MAX
    )]
    NoKey,
    /// It may be guessed.
    #[error(
        "must have at least {min} bits, by its length and kinds of characters: it has some {bits}; issue a new key in \
         its place", min = bounds::SECRET_BITS_MIN
    )]
    Weak {
        /// How many it has.
        bits: u32,
    },
    /// It has hardly any different characters.
    #[error(
        "must have at least {min} different characters; issue a new key in its place",
        min = bounds::SECRET_CHARACTERS_MIN
    )]
    Dull,
    /// It is no digest of its form.
    #[error("{words}", words = .0.words())]
    Digest(DigestForm),
}

impl Brought {
    /// The secret itself.
    pub fn plain(text: String) -> Result<Self, InvalidBrought> {
        let text = Zeroizing::new(text);
        if cannot_be_key(&text) {
            return Err(InvalidBrought::NoKey);
        }
        if strength::different(&text) < bounds::SECRET_CHARACTERS_MIN {
            return Err(InvalidBrought::Dull);
        }
        let bits = strength::bits(&text);
        if bits < bounds::SECRET_BITS_MIN {
            return Err(InvalidBrought::Weak { bits });
        }
        Ok(Self::Plain(PlainSecret::unsealed(text)))
    }

    /// A digest of it.
    pub fn digest(form: DigestForm, text: &str) -> Result<Self, InvalidBrought> {
        let read = match form {
            DigestForm::Sha256Hex => hex(text).map(Self::Digest),
            DigestForm::Sha256Base64 => text
                .strip_suffix('=')
                .and_then(|text| base64(text, *b"+/"))
                .map(Self::Digest),
            DigestForm::Sha256Base64Url => base64(text, *b"-_").map(Self::Digest),
            DigestForm::Sha512Hex => long_hex(text).map(Self::Foreign),
            DigestForm::DjangoSha512 => text
                .strip_prefix("sha512$$")
                .and_then(long_hex)
                .map(Self::Foreign),
        };
        read.ok_or(InvalidBrought::Digest(form))
    }

    /// What is kept of it, for a key; with `seal`, a sealed copy if it is known itself.
    pub fn keep(
        &self,
        clock: &dyn Clock,
        entropy: &dyn Entropy,
        seal: Option<(&MasterKey, CompanyId, KeyId)>,
    ) -> Secret {
        let id = SecretId::mint(clock, entropy);
        let (digest, plain) = match self {
            Self::Plain(plain) => (Digest::of(plain.expose()), Some(plain)),
            Self::Digest(digest) | Self::Foreign(digest) => (*digest, None),
        };
        let sealed = seal.zip(plain).map(|((master, company, key), plain)| {
            let context = SealContext {
                company,
                key,
                secret: id,
            };
            master.seal(plain, context, entropy)
        });
        Secret {
            id,
            digest,
            hint: plain.map_or_else(|| "…".to_owned(), PlainSecret::hint),
            created: clock.now(),
            retires: None,
            sealed,
        }
    }

    /// What the same secret was known by, had it been brought as a foreign digest; `None` where that cannot be told.
    pub fn alias(&self) -> Option<Digest> {
        match self {
            Self::Plain(plain) => Some(Digest::foreign(plain.expose())),
            Self::Digest(_) | Self::Foreign(_) => None,
        }
    }

    /// Whether it is known by a foreign digest only.
    pub fn is_foreign(&self) -> bool {
        matches!(self, Self::Foreign(_))
    }
}

fn nibble(byte: u8) -> Option<u8> {
    char::from(byte)
        .to_digit(16)
        .and_then(|digit| u8::try_from(digit).ok())
}

fn hex(text: &str) -> Option<Digest> {
    let bytes: &[u8; 64] = text.as_bytes().try_into().ok()?;
    let mut digest = [0; 32];
    for (byte, pair) in digest.iter_mut().zip(bytes.chunks_exact(2)) {
        *byte = nibble(pair[0])? << 4 | nibble(pair[1])?;
    }
    Some(Digest::from_bytes(digest))
}

/// The first half of 128 digits: as much as is compared.
fn long_hex(text: &str) -> Option<Digest> {
    let whole = text.len() == 128 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    whole.then(|| hex(&text[..64])).flatten()
}

/// 32 bytes in base 64 without padding, whose last two characters are `special`.
fn base64(text: &str, special: [u8; 2]) -> Option<Digest> {
    if text.len() != 43 {
        return None;
    }
    let (mut digest, mut place) = ([0; 32], 0);
    let (mut bits, mut count) = (0_u32, 0);
    for byte in text.bytes() {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            other if other == special[0] => 62,
            other if other == special[1] => 63,
            _ => return None,
        };
        bits = (bits << 6 | u32::from(value)) & 0xFFFF;
        count += 6;
        if count >= 8 {
            count -= 8;
            digest[place] = u8::try_from(bits >> count & 0xFF).ok()?;
            place += 1;
        }
    }
    // What is left over is nothing: another text must not mean the same.
    (bits & ((1 << count) - 1) == 0).then(|| Digest::from_bytes(digest))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const SECRET: &str = "Zm9vYmFyLXNlY3JldA.0123456789abcdefABCDEF";
    const SHA256: &str = "fcbeee29aae2f27f2c66b8e7a3bfee12d7b4b41b0f7adaf9cc0d5c3ef5b7f6cc";

    fn known_by(brought: &Brought) -> Digest {
        match brought {
            Brought::Plain(plain) => Digest::of(plain.expose()),
            Brought::Digest(digest) | Brought::Foreign(digest) => *digest,
        }
    }

    #[test]
    fn k132_every_form_of_one_digest_is_the_same_digest() {
        // Of the empty text, as everybody knows it.
        let hex = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        let digest = Digest::of("");
        for (form, text) in [
            (DigestForm::Sha256Hex, hex),
            (DigestForm::Sha256Hex, &*hex.to_uppercase()),
            (
                DigestForm::Sha256Base64,
                "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
            ),
            (
                DigestForm::Sha256Base64Url,
                "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU",
            ),
        ] {
            let brought = Brought::digest(form, text).unwrap();
            assert!(!brought.is_foreign());
            assert!(known_by(&brought) == digest, "{form:?}");
        }
        let long = "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce\
                    47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e";
        for (form, text) in [
            (DigestForm::Sha512Hex, long.to_owned()),
            (DigestForm::DjangoSha512, format!("sha512$${long}")),
        ] {
            let brought = Brought::digest(form, &text).unwrap();
            assert!(brought.is_foreign());
            assert!(known_by(&brought) == Digest::foreign(""), "{form:?}");
        }
    }

    #[test]
    fn k132_what_is_no_digest_of_its_form_is_refused() {
        let hex = SHA256;
        for (form, text) in [
            (DigestForm::Sha256Hex, ""),
            (DigestForm::Sha256Hex, &hex[1..]),
            (DigestForm::Sha256Hex, "é"),
            (DigestForm::Sha256Hex, &*format!("{}g", &hex[1..])),
            (
                DigestForm::Sha256Hex,
                "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
            ),
            (
                DigestForm::Sha256Base64,
                "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU",
            ),
            (
                DigestForm::Sha256Base64,
                "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU=",
            ),
            (
                DigestForm::Sha256Base64Url,
                "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU=",
            ),
            // With bits after its end.
            (
                DigestForm::Sha256Base64Url,
                "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFV",
            ),
            (DigestForm::Sha512Hex, hex),
            (DigestForm::DjangoSha512, &*format!("{hex}{hex}")),
            (DigestForm::DjangoSha512, &*format!("sha512${hex}{hex}")),
            (DigestForm::Sha512Hex, &*"é".repeat(64)),
        ] {
            let refused = Brought::digest(form, text).err();
            assert_eq!(refused, Some(InvalidBrought::Digest(form)), "{text}");
        }
    }

    #[test]
    fn k131_a_plain_secret_can_be_presented_and_is_hard_to_guess() {
        assert!(Brought::plain(SECRET.to_owned()).is_ok());
        for (text, refused) in [
            ("", InvalidBrought::NoKey),
            ("a b", InvalidBrought::NoKey),
            ("a.b.c", InvalidBrought::NoKey),
            (
                "bit_000000000000000000000000000000000000",
                InvalidBrought::NoKey,
            ),
            (&*"a".repeat(64), InvalidBrought::Dull),
            (&*"0123456".repeat(9), InvalidBrought::Dull),
            ("hunter2-horse-batte", InvalidBrought::Weak { bits: 124 }),
            (
                "0123456789abcdef0123456789abcde",
                InvalidBrought::Weak { bits: 124 },
            ),
        ] {
            assert_eq!(
                Brought::plain(text.to_owned()).err(),
                Some(refused),
                "{text}"
            );
        }
    }

    #[test]
    fn debug_shows_no_secret() {
        let brought = Brought::plain(SECRET.to_owned()).unwrap();
        assert!(!format!("{brought:?}").contains("Zm9v"));
    }
}
