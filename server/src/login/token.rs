//! A login token taken apart: what it says before anybody has vouched for it.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::Algorithm;

use super::{Untrusted, json};

/// The longest token, in bytes. Those of the issuers that are about have at most a few thousand; whoever sends
/// more only wants it to be read.
const BYTES_MAX: usize = 16 * 1024;

/// A token (F60, F62). Deliberately without `Debug`: it is a credential.
pub(super) struct Token<'a> {
    /// How it says that it is signed.
    pub(super) algorithm: Algorithm,
    /// Which of its issuer's keys it says that it is signed with.
    pub(super) kid: String,
    /// What its signature is of.
    pub(super) signed: &'a [u8],
    /// Its signature.
    pub(super) signature: Vec<u8>,
    /// Its claims, still JSON: nobody reads them before the signature is checked.
    pub(super) payload: Vec<u8>,
}

impl<'a> Token<'a> {
    /// Takes a token apart. Nothing of the header is used but `alg`, `kid` and `crit`: a key that a token
    /// brings along or points to (`jwk`, `jku`, `x5c`, `x5u`) is whoever's.
    pub(super) fn read(token: &'a str) -> Result<Self, Untrusted> {
        if token.len() > BYTES_MAX {
            return Err(Untrusted::Refused("longer than any token"));
        }
        let (signed, signature) = token.rsplit_once('.').ok_or(NOT_THREE)?;
        let (header, payload) = signed.split_once('.').ok_or(NOT_THREE)?;
        let header = json::object(&decode(header)?)
            .ok_or(Untrusted::Refused("the header is no JSON object"))?;
        // Extensions that must be understood, and none is: not even an empty list of them is well formed.
        if header.contains_key("crit") {
            return Err(Untrusted::Refused("a critical extension"));
        }
        let text = |name| header.get(name).and_then(json::Json::text);
        let algorithm = text("alg")
            .and_then(algorithm)
            .ok_or(Untrusted::Refused("an algorithm that is not taken"))?;
        let kid = text("kid")
            .filter(|kid| !kid.is_empty())
            .ok_or(Untrusted::Refused("no key is named"))?
            .to_owned();
        Ok(Self {
            algorithm,
            kid,
            signed: signed.as_bytes(),
            signature: decode(signature)?,
            payload: decode(payload)?,
        })
    }
}

const NOT_THREE: Untrusted = Untrusted::Refused("not three segments");

/// The algorithm with this name, if tokens may be signed with it (F60). Neither `none` nor any whose key both
/// sides share is among them.
pub(super) fn algorithm(name: &str) -> Option<Algorithm> {
    match name {
        "RS256" => Some(Algorithm::RS256),
        "ES256" => Some(Algorithm::ES256),
        "EdDSA" => Some(Algorithm::EdDSA),
        _ => None,
    }
}

/// Base 64 of URLs as RFC 7515 has it: no padding, no white space, and one spelling for each value. A dot is
/// none of its characters, so that a fourth segment does not hide in the second.
fn decode(segment: &str) -> Result<Vec<u8>, Untrusted> {
    URL_SAFE_NO_PAD
        .decode(segment)
        .map_err(|_| Untrusted::Refused("a segment is not base 64"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn token(header: &str) -> String {
        format!("{}.e30.AAAA", URL_SAFE_NO_PAD.encode(header))
    }

    fn reason(token: &str) -> &'static str {
        match Token::read(token) {
            Err(Untrusted::Refused(reason)) => reason,
            Err(Untrusted::Unavailable) => "unavailable",
            Ok(_) => "nothing",
        }
    }

    #[test]
    fn f60_a_token_is_taken_apart() {
        let text = token(r#"{"alg":"RS256","kid":"a","typ":"JWT"}"#);
        let read = Token::read(&text).unwrap();
        assert_eq!((read.algorithm, &*read.kid), (Algorithm::RS256, "a"));
        assert_eq!(read.payload, b"{}");
        assert_eq!(read.signature, [0, 0, 0]);
        assert_eq!(read.signed, text.rsplit_once('.').unwrap().0.as_bytes());
    }

    #[test]
    fn f60_only_three_algorithms_are_taken() {
        for name in ["RS256", "ES256", "EdDSA"] {
            let header = format!(r#"{{"alg":"{name}","kid":"a"}}"#);
            assert_eq!(reason(&token(&header)), "nothing", "{name}");
        }
        for alg in [
            r#""none""#,
            r#""None""#,
            r#""HS256""#,
            r#""HS384""#,
            r#""HS512""#,
            r#""RS384""#,
            r#""RS512""#,
            r#""PS256""#,
            r#""ES384""#,
            r#""ES256K""#,
            r#""Ed448""#,
            r#""rs256""#,
            r#"" RS256""#,
            r#""""#,
            "null",
            "7",
            r#"["RS256"]"#,
        ] {
            let header = format!(r#"{{"alg":{alg},"kid":"a"}}"#);
            assert_eq!(
                reason(&token(&header)),
                "an algorithm that is not taken",
                "{alg}"
            );
        }
        assert_eq!(
            reason(&token(r#"{"kid":"a"}"#)),
            "an algorithm that is not taken"
        );
    }

    #[test]
    fn f60_a_token_names_its_key() {
        for kid in [
            "",
            r#","kid":"""#,
            r#","kid":null"#,
            r#","kid":7"#,
            r#","kid":["a"]"#,
        ] {
            let header = format!(r#"{{"alg":"RS256"{kid}}}"#);
            assert_eq!(reason(&token(&header)), "no key is named", "{kid}");
        }
    }

    #[test]
    fn f60_a_critical_extension_refuses() {
        for crit in [r#"["b64"]"#, r#"["exp"]"#, "[]", "null", r#""b64""#] {
            let header = format!(r#"{{"alg":"RS256","kid":"a","crit":{crit}}}"#);
            assert_eq!(reason(&token(&header)), "a critical extension", "{crit}");
        }
    }

    #[test]
    fn f60_what_is_no_token_is_refused() {
        let good = token(r#"{"alg":"RS256","kid":"a"}"#);
        for (text, why) in [
            (String::new(), "not three segments"),
            ("a".to_owned(), "not three segments"),
            ("a.b".to_owned(), "not three segments"),
            ("..".to_owned(), "the header is no JSON object"),
            ("...".to_owned(), "the header is no JSON object"),
            (format!("{good}.AAAA"), "a segment is not base 64"),
            (format!("{good}="), "a segment is not base 64"),
            (format!(" {good}"), "a segment is not base 64"),
            (good.replace("AAAA", "AA+A"), "a segment is not base 64"),
            (
                good.replace("AAAA", "AA\u{e9}A"),
                "a segment is not base 64",
            ),
            // The same bytes as `AA`, spelt otherwise.
            (good.replace("AAAA", "AB"), "a segment is not base 64"),
            (token("7"), "the header is no JSON object"),
            (token("{"), "the header is no JSON object"),
            (
                token(r#"{"alg":"RS256","kid":"a","kid":"b"}"#),
                "the header is no JSON object",
            ),
            (token(&"[".repeat(10_000)), "the header is no JSON object"),
            (
                format!("{good}{}", "A".repeat(1 << 20)),
                "longer than any token",
            ),
            (".".repeat(1 << 20), "longer than any token"),
        ] {
            assert_eq!(reason(&text), why, "{text:.60}");
        }
    }
}
