//! The credential that a request carries, as its headers have it.

use bitting_core::Refusal;
use http::{HeaderMap, HeaderName, HeaderValue, header};

const API_KEY: HeaderName = HeaderName::from_static("x-api-key");

/// The token of the one `Authorization: Bearer` header, its scheme in any case (O2).
pub(super) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let mut values = headers.get_all(header::AUTHORIZATION).iter();
    let (Some(value), None) = (values.next(), values.next()) else {
        return None;
    };
    let (scheme, token) = split(value)?;
    (is_bearer(scheme) && !token.is_empty()).then_some(token)
}

/// The key that a gateway's client presents, as the bearer token or in `X-API-Key`: where both have one, the same
/// (K123).
pub(super) fn presented(headers: &HeaderMap) -> Result<&str, Refusal> {
    let mut keys = headers.get_all(API_KEY).iter();
    let key = match (keys.next(), keys.next()) {
        (None, _) => None,
        (Some(key), None) => {
            let key = str::from_utf8(key.as_bytes()).map_err(|_| Refusal::Unauthenticated)?;
            Some(key.trim_matches(' '))
        }
        (Some(_), Some(_)) => return Err(Refusal::Unauthenticated),
    };
    let token = if has_other_scheme(headers) {
        None
    } else if headers.contains_key(header::AUTHORIZATION) {
        Some(bearer(headers).ok_or(Refusal::Unauthenticated)?)
    } else {
        None
    };
    match (token, key) {
        (Some(token), Some(key)) if token != key => Err(Refusal::Unauthenticated),
        (Some(found), _) | (None, Some(found)) => Ok(found),
        (None, None) => Err(Refusal::Unauthenticated),
    }
}

/// Whether there is one `Authorization` header, and it is not for us.
fn has_other_scheme(headers: &HeaderMap) -> bool {
    let mut values = headers.get_all(header::AUTHORIZATION).iter();
    match (values.next(), values.next()) {
        (Some(value), None) => split(value).is_some_and(|(scheme, _)| !is_bearer(scheme)),
        _ => false,
    }
}

fn split(value: &HeaderValue) -> Option<(&str, &str)> {
    // Not `HeaderValue::to_str`, which looks at a login token byte by byte. What it would refuse besides is the
    // credential of nobody.
    let (scheme, token) = str::from_utf8(value.as_bytes()).ok()?.split_once(' ')?;
    Some((scheme, token.trim_matches(' ')))
}

fn is_bearer(scheme: &str) -> bool {
    scheme.eq_ignore_ascii_case("bearer")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn token(values: &[&[u8]]) -> Option<String> {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(
                header::AUTHORIZATION,
                HeaderValue::from_bytes(value).unwrap(),
            );
        }
        bearer(&headers).map(str::to_owned)
    }

    #[test]
    fn o2_the_scheme_is_compared_without_case() {
        for scheme in ["Bearer", "bearer", "BEARER"] {
            let value = format!("{scheme} abc");
            assert_eq!(token(&[value.as_bytes()]).unwrap(), "abc");
        }
        assert_eq!(token(&[b"Bearer   abc "]).unwrap(), "abc");
    }

    #[test]
    fn o2_what_is_malformed_is_no_token() {
        for value in [
            &b"Bearer"[..],
            b"Bearer ",
            b"Basic abc",
            b"abc",
            b"",
            b"Bearer \xff",
        ] {
            assert_eq!(token(&[value]), None, "{value:?}");
        }
        assert_eq!(token(&[]), None);
        assert_eq!(token(&[b"Bearer a", b"Bearer a"]), None);
    }

    fn shown(authorization: &[&[u8]], keys: &[&[u8]]) -> Option<String> {
        let mut headers = HeaderMap::new();
        for value in authorization {
            let value = HeaderValue::from_bytes(value).unwrap();
            headers.append(header::AUTHORIZATION, value);
        }
        for value in keys {
            headers.append(API_KEY, HeaderValue::from_bytes(value).unwrap());
        }
        presented(&headers).ok().map(str::to_owned)
    }

    #[test]
    fn k123_a_key_is_presented_in_either_header_or_the_same_in_both() {
        for (authorization, keys) in [
            (&[&b"Bearer a"[..]][..], &[][..]),
            (&[], &[&b"a"[..]]),
            (&[b"bearer a"], &[b" a "]),
            (&[b"Basic eDp5"], &[b"a"]),
        ] {
            let found = shown(authorization, keys);
            assert_eq!(found.as_deref(), Some("a"), "{authorization:?} {keys:?}");
        }
    }

    #[test]
    fn k123_two_keys_none_or_one_that_cannot_be_read_are_no_key() {
        for (authorization, keys) in [
            (&[][..], &[][..]),
            (&[&b"Bearer a"[..]], &[&b"b"[..]]),
            (&[b"Bearer a", b"Bearer a"], &[]),
            (&[b"Bearer a", b"Basic eDp5"], &[]),
            (&[b"Basic eDp5"], &[]),
            (&[b"Bearer"], &[b"a"]),
            (&[b"Bearer "], &[b"a"]),
            (&[b"Bearer \xff"], &[b"a"]),
            (&[], &[b"a", b"a"]),
            (&[], &[b"\xff"]),
        ] {
            assert_eq!(
                shown(authorization, keys),
                None,
                "{authorization:?} {keys:?}"
            );
        }
    }
}
