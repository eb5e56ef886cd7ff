//! The keys that an issuer signs with (JWKS, RFC 7517).

use std::sync::Arc;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, DecodingKey, DecodingKeyKind, crypto::aws_lc::DEFAULT_PROVIDER};

use super::{
    json::{self, Json, Members},
    token,
};

/// The most keys of a set that are kept: an issuer has two or three.
const KEYS_MAX: usize = 100;

/// Bits of an RSA key's modulus. Fewer than the least can be factored; more than the most are only slow.
const RSA_BITS: std::ops::RangeInclusive<usize> = 2048..=8192;

/// A public key that tokens are signed with. Its kind decides the one algorithm that it is used for: what the
/// header of a token says is only compared with that.
#[derive(Debug)]
pub(super) struct SigningKey {
    id: String,
    algorithm: Algorithm,
    key: DecodingKey,
}

impl SigningKey {
    /// The key that a member of `keys` describes, if tokens can be signed with it. A private key is not: whoever
    /// reads the set could sign with it.
    pub(super) fn read(jwk: &Members) -> Option<Self> {
        let text = |name| jwk.get(name).and_then(Json::text);
        let id = text("kid").filter(|id| !id.is_empty())?.to_owned();
        let for_signatures = jwk.get("use").is_none_or(|used| used.text() == Some("sig"));
        let verifies = jwk.get("key_ops").is_none_or(|operations| {
            let verify = |operation: &Json| operation.text() == Some("verify");
            operations
                .list()
                .is_some_and(|list| list.iter().any(verify))
        });
        if !for_signatures || !verifies || jwk.contains_key("d") {
            return None;
        }
        let bytes = |name| URL_SAFE_NO_PAD.decode(text(name)?).ok();
        let (algorithm, key) = match (text("kty")?, text("crv")) {
            ("RSA", _) => (Algorithm::RS256, rsa(&bytes("n")?, &bytes("e")?)?),
            ("EC", Some("P-256")) => (Algorithm::ES256, p256(&bytes("x")?, &bytes("y")?)?),
            ("OKP", Some("Ed25519")) => (Algorithm::EdDSA, ed25519(&bytes("x")?)?),
            _ => return None,
        };
        let agrees = |alg: &Json| alg.text().and_then(token::algorithm) == Some(algorithm);
        jwk.get("alg")
            .is_none_or(agrees)
            .then_some(Self { id, algorithm, key })
    }

    /// Whether `signature` is this key's, of `message`.
    pub(super) fn signed(&self, message: &[u8], signature: &Vec<u8>) -> bool {
        // By name, not through the library's process-wide default: that one panics if another dependency makes
        // the choice between its two implementations ambiguous.
        (DEFAULT_PROVIDER.verifier_factory)(&self.algorithm, &self.key)
            .is_ok_and(|verifier| verifier.verify(message, signature).is_ok())
    }
}

/// By what they are made of, not only by what they are called: an issuer may use a name again.
impl PartialEq for SigningKey {
    fn eq(&self, other: &Self) -> bool {
        use DecodingKeyKind::{RsaModulusExponent as Rsa, SecretOrDer as Raw};
        let same = match (self.key.kind(), other.key.kind()) {
            (Rsa { n, e }, Rsa { n: m, e: f }) => (n, e) == (m, f),
            (Raw(bytes), Raw(others)) => bytes == others,
            _ => false,
        };
        same && self.id == other.id && self.algorithm == other.algorithm
    }
}

fn rsa(n: &[u8], e: &[u8]) -> Option<DecodingKey> {
    let (n, e) = (unpadded(n), unpadded(e));
    let bits = n.len() * 8 - n.first()?.leading_zeros() as usize;
    let odd = |number: &[u8]| number.last().is_some_and(|byte| byte % 2 == 1);
    // With an exponent of 1 every text is its own signature. The library bounds it at 33 bits.
    let exponent = odd(e) && e != [1] && e.len() <= 5;
    (RSA_BITS.contains(&bits) && odd(n) && exponent)
        .then(|| DecodingKey::from_rsa_raw_components(n, e))
}

/// Some issuers put the zero before a number that ASN.1 wants there.
fn unpadded(number: &[u8]) -> &[u8] {
    let zeros = number.iter().take_while(|byte| **byte == 0).count();
    &number[zeros..]
}

fn p256(x: &[u8], y: &[u8]) -> Option<DecodingKey> {
    let whole = x.len() == 32 && y.len() == 32;
    // An uncompressed point. One that is not on the curve verifies nothing: the library looks.
    whole.then(|| DecodingKey::from_ec_der(&[&[4], x, y].concat()))
}

fn ed25519(x: &[u8]) -> Option<DecodingKey> {
    (x.len() == 32).then(|| DecodingKey::from_ed_der(x))
}

/// An issuer's keys that tokens can be signed with.
#[derive(Debug, Default)]
pub(super) struct KeySet {
    keys: Vec<Arc<SigningKey>>,
}

impl KeySet {
    /// The usable keys of a set; else why there is none. What is not a key that we understand is passed over,
    /// as RFC 7517 demands (section 5).
    pub(super) fn read(text: &[u8]) -> Result<Self, &'static str> {
        let set = json::object(text).ok_or("is no JSON object")?;
        let listed = set
            .get("keys")
            .and_then(Json::list)
            .ok_or("has no list of keys")?;
        let keys: Vec<_> = listed
            .iter()
            .filter_map(|key| SigningKey::read(key.members()?).map(Arc::new))
            .take(KEYS_MAX + 1)
            .collect();
        match keys.len() {
            0 => Err("has no usable key: of RS256, ES256 or EdDSA, and with a kid"),
            count if count > KEYS_MAX => Err("has more than 100 keys"),
            _ => Ok(Self { keys }),
        }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether there is a key called this.
    pub(super) fn knows(&self, id: &str) -> bool {
        self.keys.iter().any(|key| key.id == id)
    }

    /// The keys called this that are used for this algorithm: more than one where an issuer names them all
    /// alike.
    pub(super) fn candidates(
        &self,
        id: &str,
        algorithm: Algorithm,
    ) -> impl Iterator<Item = &Arc<SigningKey>> {
        self.keys
            .iter()
            .filter(move |key| key.id == id && key.algorithm == algorithm)
    }

    /// Whether this very key is one of them.
    pub(super) fn holds(&self, key: &SigningKey) -> bool {
        // Mostly it is the same in memory too; after a fetch it may be an equal one.
        let same = |held: &Arc<SigningKey>| std::ptr::eq(&raw const **held, key) || **held == *key;
        self.keys.iter().any(same)
    }
}
