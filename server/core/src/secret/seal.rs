//! Sealed copies of secrets: what lets a recoverable key be shown again.

use std::fmt;

use chacha20poly1305::{
    XChaCha20Poly1305, XNonce,
    aead::{Aead, KeyInit, Payload},
};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use super::{PlainSecret, hex::hex};
use crate::{CompanyId, Entropy, KeyId, OnceId, SecretId};

/// The first byte of a sealed copy; another arrangement of the rest gets another number.
const VERSION: u8 = 1;
const ID: usize = 8;
const NONCE: usize = 24;

/// The key-encryption key: 32 random bytes, kept in a file outside the database.
pub struct MasterKey {
    cipher: XChaCha20Poly1305,
    id: [u8; ID],
}

/// What a sealed copy is bound to. A copy that is moved to another company, key or secret does not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SealContext {
    /// The company of the key.
    pub company: CompanyId,
    /// The key.
    pub key: KeyId,
    /// The secret.
    pub secret: SecretId,
}

/// A sealed copy: version, id of the master key, nonce, ciphertext and tag (XChaCha20-Poly1305).
#[derive(Clone, PartialEq, Eq)]
pub struct Sealed(Vec<u8>);

/// Why a sealed copy does not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// It was sealed under another master key.
    #[error("the secret was sealed under another master key")]
    OtherKey,
    /// It is damaged, or was moved from another key.
    #[error("the sealed secret is damaged or belongs to another key")]
    Damaged,
}

/// Why a text is no master key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a master key is 64 hexadecimal digits")]
pub struct InvalidMasterKey;

impl MasterKey {
    /// A new key and the text to keep it as.
    pub fn generate(entropy: &dyn Entropy) -> (Self, Zeroizing<String>) {
        let mut bytes = Zeroizing::new([0; 32]);
        entropy.fill(&mut *bytes);
        (Self::from_bytes(&bytes), Zeroizing::new(hex(&*bytes)))
    }

    /// Reads a key from its text; white space round it is allowed.
    pub fn parse(text: &str) -> Result<Self, InvalidMasterKey> {
        let text = text.trim().as_bytes();
        if text.len() != 64 {
            return Err(InvalidMasterKey);
        }
        let mut bytes = Zeroizing::new([0; 32]);
        for (byte, pair) in bytes.iter_mut().zip(text.chunks_exact(2)) {
            let high = char::from(pair[0]).to_digit(16).ok_or(InvalidMasterKey)?;
            let low = char::from(pair[1]).to_digit(16).ok_or(InvalidMasterKey)?;
            *byte = u8::try_from(high * 16 + low).map_err(|_| InvalidMasterKey)?;
        }
        Ok(Self::from_bytes(&bytes))
    }

    fn from_bytes(bytes: &[u8; 32]) -> Self {
        let hash = Sha256::new()
            .chain_update(b"bitting master key id")
            .chain_update(bytes)
            .finalize();
        let mut id = [0; ID];
        id.copy_from_slice(&hash[..ID]);
        Self {
            cipher: XChaCha20Poly1305::new(bytes.into()),
            id,
        }
    }

    /// Which key this is, in hexadecimal: the store keeps it to notice a wrong one. It tells nothing of the
    /// key itself.
    pub fn id(&self) -> String {
        hex(&self.id)
    }

    pub(super) fn seal(
        &self,
        plain: &PlainSecret,
        context: SealContext,
        entropy: &dyn Entropy,
    ) -> Sealed {
        self.seal_bytes(plain.expose().as_bytes(), &context.bytes(), entropy)
    }

    /// Seals an answer that has a secret in it, bound to the request that it is the answer to.
    pub fn seal_answer(&self, answer: &[u8], once: &OnceId, entropy: &dyn Entropy) -> Sealed {
        self.seal_bytes(answer, &answered(once), entropy)
    }

    fn seal_bytes(&self, plain: &[u8], bound_to: &[u8], entropy: &dyn Entropy) -> Sealed {
        let mut nonce = [0; NONCE];
        entropy.fill(&mut nonce);
        let payload = Payload {
            msg: plain,
            aad: bound_to,
        };
        // The cipher refuses only messages of 256 GiB.
        let text = self
            .cipher
            .encrypt(&XNonce::from(nonce), payload)
            .unwrap_or_default();
        let mut bytes = Vec::with_capacity(1 + ID + NONCE + text.len());
        bytes.push(VERSION);
        bytes.extend_from_slice(&self.id);
        bytes.extend_from_slice(&nonce);
        bytes.extend_from_slice(&text);
        Sealed(bytes)
    }

    /// Opens a sealed copy.
    pub fn open(&self, sealed: &Sealed, context: SealContext) -> Result<PlainSecret, SealError> {
        let opened = self.open_bytes(sealed, &context.bytes())?;
        let text = str::from_utf8(&opened).map_err(|_| SealError::Damaged)?;
        Ok(PlainSecret::unsealed(Zeroizing::new(text.to_owned())))
    }

    /// Opens a sealed answer.
    pub fn open_answer(
        &self,
        sealed: &Sealed,
        once: &OnceId,
    ) -> Result<Zeroizing<Vec<u8>>, SealError> {
        self.open_bytes(sealed, &answered(once))
    }

    fn open_bytes(
        &self,
        sealed: &Sealed,
        bound_to: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, SealError> {
        let (version, rest) = sealed.0.split_first().ok_or(SealError::Damaged)?;
        let (id, rest) = rest.split_at_checked(ID).ok_or(SealError::Damaged)?;
        let (nonce, text) = rest.split_at_checked(NONCE).ok_or(SealError::Damaged)?;
        if *version != VERSION {
            return Err(SealError::Damaged);
        }
        if id != self.id {
            return Err(SealError::OtherKey);
        }
        let nonce: [u8; NONCE] = nonce.try_into().map_err(|_| SealError::Damaged)?;
        let payload = Payload {
            msg: text,
            aad: bound_to,
        };
        let opened = self.cipher.decrypt(&XNonce::from(nonce), payload);
        opened.map(Zeroizing::new).map_err(|_| SealError::Damaged)
    }
}

/// What a sealed answer is bound to: longer than what a secret is, so that neither opens as the other.
fn answered(once: &OnceId) -> [u8; 64] {
    let mut out = [0; 64];
    out[..32].copy_from_slice(&once.scope);
    out[32..].copy_from_slice(&once.request);
    out
}

impl fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MasterKey({}, ..)", self.id())
    }
}

impl SealContext {
    fn bytes(self) -> [u8; 40] {
        let mut out = [0; 40];
        out[..8].copy_from_slice(&self.company.get().to_be_bytes());
        out[8..24].copy_from_slice(self.key.0.as_bytes());
        out[24..].copy_from_slice(self.secret.0.as_bytes());
        out
    }
}

impl Sealed {
    /// The sealed copy with these bytes, as the store kept it.
    pub fn from_bytes(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// The sealed copy's bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for Sealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sealed(..)")
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use uuid::Uuid;

    use super::*;
    use crate::secret::Format;

    struct Fixed(u8);

    impl Entropy for Fixed {
        fn fill(&self, buffer: &mut [u8]) {
            buffer.fill(self.0);
        }
    }

    fn context(company: i64) -> SealContext {
        SealContext {
            company: CompanyId::new(company).unwrap(),
            key: KeyId(Uuid::from_u128(1)),
            secret: SecretId(Uuid::from_u128(2)),
        }
    }

    #[test]
    fn a_sealed_copy_opens_only_where_it_was_made() {
        let (master, text) = MasterKey::generate(&Fixed(7));
        let again = MasterKey::parse(&format!("{}\n", *text)).unwrap();
        let plain = PlainSecret::generate(&Format::Hex, &Fixed(9));
        let sealed = master.seal(&plain, context(1), &Fixed(1));
        assert_eq!(
            again.open(&sealed, context(1)).unwrap().expose(),
            plain.expose()
        );

        assert_eq!(
            again.open(&sealed, context(2)).unwrap_err(),
            SealError::Damaged
        );
        let key = SealContext {
            key: KeyId(Uuid::from_u128(3)),
            ..context(1)
        };
        assert_eq!(again.open(&sealed, key).unwrap_err(), SealError::Damaged);
        let secret = SealContext {
            secret: SecretId(Uuid::from_u128(3)),
            ..context(1)
        };
        assert_eq!(again.open(&sealed, secret).unwrap_err(), SealError::Damaged);
        let (other, _) = MasterKey::generate(&Fixed(8));
        assert_eq!(
            other.open(&sealed, context(1)).unwrap_err(),
            SealError::OtherKey
        );
    }

    #[test]
    fn a_sealed_answer_opens_for_its_request_and_for_no_other() {
        let (master, _) = MasterKey::generate(&Fixed(7));
        let (other, _) = MasterKey::generate(&Fixed(8));
        let once = OnceId {
            scope: [1; 32],
            request: [2; 32],
        };
        let sealed = master.seal_answer(b"answer", &once, &Fixed(3));
        assert_eq!(**master.open_answer(&sealed, &once).unwrap(), *b"answer");
        for another in [
            OnceId {
                scope: [3; 32],
                ..once
            },
            OnceId {
                request: [3; 32],
                ..once
            },
        ] {
            let opened = master.open_answer(&sealed, &another);
            assert_eq!(opened.unwrap_err(), SealError::Damaged);
        }
        let opened = other.open_answer(&sealed, &once);
        assert_eq!(opened.unwrap_err(), SealError::OtherKey);
        assert!(master.open(&sealed, context(1)).is_err());
    }

    #[test]
    fn no_byte_of_a_sealed_copy_may_change() {
        let (master, _) = MasterKey::generate(&Fixed(7));
        let plain = PlainSecret::generate(&Format::Hex, &Fixed(9));
        let sealed = master.seal(&plain, context(1), &Fixed(1));
        for place in 0..sealed.0.len() {
            let mut changed = sealed.clone();
            changed.0[place] ^= 1;
            assert!(master.open(&changed, context(1)).is_err(), "{place}");
        }
        for length in 0..sealed.0.len() {
            let cut = Sealed(sealed.0[..length].to_vec());
            assert!(master.open(&cut, context(1)).is_err(), "{length}");
        }
    }

    #[test]
    fn a_master_key_is_64_hexadecimal_digits() {
        for text in ["", "00", &"g".repeat(64), &"0".repeat(63), &"é".repeat(32)] {
            assert!(MasterKey::parse(text).is_err(), "{text}");
        }
    }
}
