//! Keys, and what is signed with them. Tokens are put together here from text, by no library that reads them.

use std::sync::Arc;

use aws_lc_rs::{
    encoding::{AsDer, PublicKeyX509Der},
    hmac,
    rand::SystemRandom,
    rsa::KeySize,
    signature::{
        ECDSA_P256_SHA256_ASN1_SIGNING, ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair,
        Ed25519KeyPair, KeyPair, RSA_PKCS1_SHA256, RSA_PKCS1_SHA384, RSA_PKCS1_SHA512,
        RSA_PSS_SHA256, RsaEncoding, RsaKeyPair, RsaPublicKeyComponents,
    },
};
use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use serde_json::{Value, json};

use super::Claims;

/// How tokens are signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// RSA, PKCS #1 v1.5, SHA-256; 2048 bits.
    Rs256,
    /// ECDSA on P-256, SHA-256.
    Es256,
    /// Ed25519.
    EdDsa,
}

impl Algorithm {
    /// All that are taken (F60).
    pub const ALL: [Self; 3] = [Self::Rs256, Self::Es256, Self::EdDsa];

    /// Its name in a header.
    pub fn name(self) -> &'static str {
        match self {
            Self::Rs256 => "RS256",
            Self::Es256 => "ES256",
            Self::EdDsa => "EdDSA",
        }
    }
}

#[derive(Debug)]
enum Pair {
    Rsa(RsaKeyPair),
    P256 {
        fixed: EcdsaKeyPair,
        asn1: EcdsaKeyPair,
    },
    Ed25519(Ed25519KeyPair),
}

/// A key pair with an id.
#[derive(Clone, Debug)]
pub struct Signer {
    id: String,
    pair: Arc<Pair>,
}

impl Signer {
    /// A new key.
    pub fn new(algorithm: Algorithm, id: &str) -> Self {
        let pair = match algorithm {
            Algorithm::Rs256 => {
                Pair::Rsa(RsaKeyPair::generate(KeySize::Rsa2048).expect("an RSA key"))
            }
            Algorithm::Es256 => {
                let fixed = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING);
                let fixed = fixed.expect("an EC key");
                let der = fixed.to_pkcs8v1().expect("its PKCS #8");
                let asn1 = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, der.as_ref());
                Pair::P256 {
                    fixed,
                    asn1: asn1.expect("the same key"),
                }
            }
            Algorithm::EdDsa => Pair::Ed25519(Ed25519KeyPair::generate().expect("an Ed25519 key")),
        };
        Self {
            id: id.to_owned(),
            pair: Arc::new(pair),
        }
    }

    /// The same key by another name.
    #[must_use]
    pub fn called(&self, id: &str) -> Self {
        Self {
            id: id.to_owned(),
            pair: Arc::clone(&self.pair),
        }
    }

    /// Its id, `kid`.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What it signs with.
    pub fn algorithm(&self) -> Algorithm {
        match *self.pair {
            Pair::Rsa(_) => Algorithm::Rs256,
            Pair::P256 { .. } => Algorithm::Es256,
            Pair::Ed25519(_) => Algorithm::EdDsa,
        }
    }

    /// The public key, as an issuer publishes it.
    pub fn jwk(&self) -> Value {
        let text = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        let (id, algorithm) = (&self.id, self.algorithm().name());
        let mut jwk = match &*self.pair {
            Pair::Rsa(pair) => {
                let public = RsaPublicKeyComponents::<Vec<u8>>::from(pair.public_key());
                json!({"kty": "RSA", "n": text(&public.n), "e": text(&public.e)})
            }
            Pair::P256 { fixed, .. } => {
                // An uncompressed point: 4, x, y.
                let (x, y) = fixed.public_key().as_ref()[1..].split_at(32);
                json!({"kty": "EC", "crv": "P-256", "x": text(x), "y": text(y)})
            }
            Pair::Ed25519(pair) => {
                let x = text(pair.public_key().as_ref());
                json!({"kty": "OKP", "crv": "Ed25519", "x": x})
            }
        };
        jwk["kid"] = json!(id);
        jwk["alg"] = json!(algorithm);
        jwk["use"] = json!("sig");
        jwk
    }

    /// The public key as X.509 has it (`SubjectPublicKeyInfo`, DER).
    pub fn public_der(&self) -> Vec<u8> {
        let der: Result<PublicKeyX509Der<'_>, _> = match &*self.pair {
            Pair::Rsa(pair) => pair.public_key().as_der(),
            Pair::P256 { fixed, .. } => fixed.public_key().as_der(),
            Pair::Ed25519(pair) => pair.public_key().as_der(),
        };
        der.expect("a public key has a DER form").as_ref().to_vec()
    }

    /// The same as PEM.
    pub fn public_pem(&self) -> String {
        let text = STANDARD.encode(self.public_der());
        let lines: Vec<_> = text
            .as_bytes()
            .chunks(64)
            .map(String::from_utf8_lossy)
            .collect();
        format!(
            "-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n",
            lines.join("\n")
        )
    }

    /// The public key as its own standard has it: PKCS #1 for RSA, the point for the others.
    pub fn public_bytes(&self) -> Vec<u8> {
        match &*self.pair {
            Pair::Rsa(pair) => pair.public_key().as_ref().to_vec(),
            Pair::P256 { fixed, .. } => fixed.public_key().as_ref().to_vec(),
            Pair::Ed25519(pair) => pair.public_key().as_ref().to_vec(),
        }
    }

    /// The header of a token that it signs.
    pub fn header(&self) -> Value {
        json!({"alg": self.algorithm().name(), "kid": self.id, "typ": "JWT"})
    }

    /// A token with these claims.
    pub fn token(&self, claims: &Claims) -> String {
        self.token_of(self.header().to_string(), claims.text())
    }

    /// A token with another header.
    pub fn token_with(&self, header: &Value, claims: &Claims) -> String {
        self.token_of(header.to_string(), claims.text())
    }

    /// A token of these texts, be they JSON or not.
    pub fn token_of(&self, header: impl AsRef<[u8]>, payload: impl AsRef<[u8]>) -> String {
        let (header, payload) = (header.as_ref(), payload.as_ref());
        compact(header, payload, |signed| self.signature(signed))
    }

    /// Its signature of `message`.
    pub fn signature(&self, message: &[u8]) -> Vec<u8> {
        match &*self.pair {
            Pair::Rsa(pair) => rsa(pair, &RSA_PKCS1_SHA256, message),
            Pair::P256 { fixed, .. } => ecdsa(fixed, message),
            Pair::Ed25519(pair) => pair.sign(message).as_ref().to_vec(),
        }
    }

    /// Good signatures of `message` by the same key that are none of its algorithm, each with what it is called.
    pub fn other_signatures(&self, message: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
        match &*self.pair {
            Pair::Rsa(pair) => vec![
                ("RS384", rsa(pair, &RSA_PKCS1_SHA384, message)),
                ("RS512", rsa(pair, &RSA_PKCS1_SHA512, message)),
                ("PS256", rsa(pair, &RSA_PSS_SHA256, message)),
            ],
            Pair::P256 { asn1, .. } => vec![("ES256-ASN.1", ecdsa(asn1, message))],
            Pair::Ed25519(_) => Vec::new(),
        }
    }
}

fn rsa(pair: &RsaKeyPair, encoding: &'static dyn RsaEncoding, message: &[u8]) -> Vec<u8> {
    let mut signature = vec![0; pair.public_modulus_len()];
    pair.sign(encoding, &SystemRandom::new(), message, &mut signature)
        .expect("RSA signs");
    signature
}

fn ecdsa(pair: &EcdsaKeyPair, message: &[u8]) -> Vec<u8> {
    let signature = pair.sign(&SystemRandom::new(), message);
    signature.expect("ECDSA signs").as_ref().to_vec()
}

/// A token of a header, a payload, and whatever `sign` says of the first two segments.
pub fn compact(header: &[u8], payload: &[u8], sign: impl FnOnce(&[u8]) -> Vec<u8>) -> String {
    let text = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
    let signed = format!("{}.{}", text(header), text(payload));
    let signature = sign(signed.as_bytes());
    format!("{signed}.{}", text(&signature))
}

/// What `HS256`, `HS384` or `HS512` makes of a message with this secret.
pub fn hmac_signature(algorithm: &str, secret: &[u8], message: &[u8]) -> Vec<u8> {
    let algorithm = match algorithm {
        "HS256" => hmac::HMAC_SHA256,
        "HS384" => hmac::HMAC_SHA384,
        "HS512" => hmac::HMAC_SHA512,
        other => panic!("{other} is no HMAC"),
    };
    let key = hmac::Key::new(algorithm, secret);
    hmac::sign(&key, message).as_ref().to_vec()
}

#[cfg(test)]
mod tests {
    use aws_lc_rs::signature::{
        ECDSA_P256_SHA256_FIXED, ED25519, RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey,
        VerificationAlgorithm,
    };

    use super::*;

    #[test]
    fn every_algorithm_signs_what_its_public_key_verifies() {
        for algorithm in Algorithm::ALL {
            let signer = Signer::new(algorithm, "a");
            let method: &'static dyn VerificationAlgorithm = match algorithm {
                Algorithm::Rs256 => &RSA_PKCS1_2048_8192_SHA256,
                Algorithm::Es256 => &ECDSA_P256_SHA256_FIXED,
                Algorithm::EdDsa => &ED25519,
            };
            let key = UnparsedPublicKey::new(method, signer.public_bytes());
            let signature = signer.signature(b"message");
            assert!(key.verify(b"message", &signature).is_ok(), "{algorithm:?}");
            assert!(key.verify(b"massage", &signature).is_err(), "{algorithm:?}");
            for (name, other) in signer.other_signatures(b"message") {
                assert!(key.verify(b"message", &other).is_err(), "{name}");
            }
        }
    }

    #[test]
    fn a_token_is_put_together_as_its_standard_says() {
        // RFC 7515, appendix A.1.
        let token = compact(
            b"{\"typ\":\"JWT\",\r\n \"alg\":\"HS256\"}",
            b"{\"iss\":\"joe\",\r\n \"exp\":1300819380,\r\n \"http://example.com/is_root\":true}",
            |signed| {
                let secret = "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow";
                let secret = URL_SAFE_NO_PAD.decode(secret).expect("base 64");
                hmac_signature("HS256", &secret, signed)
            },
        );
        assert_eq!(
            token,
            "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9\
             .eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ\
             .dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
        );
    }
}
