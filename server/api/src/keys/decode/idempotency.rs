//! The header `Idempotency-Key` (K100).

use bitting_core::{Field, IdempotencyKey, Refusal, Violation};
use http::HeaderMap;

/// Its name.
const NAME: &str = "Idempotency-Key";

/// What the client calls the request, if it is to be done once.
pub fn idempotency_key(headers: &HeaderMap) -> Result<Option<IdempotencyKey>, Refusal> {
    let wrong = |reason: String| Violation::new(Field::Parameter(NAME), reason);
    let mut values = headers.get_all(NAME).iter();
    let Some(value) = values.next() else {
        return Ok(None);
    };
    if values.next().is_some() {
        return Err(wrong("must be given only once".to_owned()).into());
    }
    // What is no text is refused as what is no key: an empty one is none either.
    let key = IdempotencyKey::new(value.to_str().unwrap_or_default());
    key.map(Some)
        .map_err(|error| wrong(error.to_string()).into())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use http::HeaderValue;

    use super::*;

    fn read(values: &[&[u8]]) -> Result<Option<IdempotencyKey>, Refusal> {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append("idempotency-key", HeaderValue::from_bytes(value).unwrap());
        }
        idempotency_key(&headers)
    }

    #[test]
    fn k100_one_key_of_visible_characters() {
        assert_eq!(read(&[]), Ok(None));
        let key = IdempotencyKey::new("\"4711\"").unwrap();
        assert_eq!(read(&[b"\"4711\""]), Ok(Some(key)));
        let long = [b'x'; 256];
        assert!(read(&[&long[..255]]).is_ok());
        for bad in [
            &[&b""[..]][..],
            &[b"a b"],
            &[b"\xff"],
            &[&long],
            &[b"a", b"a"],
        ] {
            let Err(Refusal::Invalid(violations)) = read(bad) else {
                panic!("{bad:?}");
            };
            assert_eq!(violations[0].field, Field::Parameter("Idempotency-Key"));
        }
    }
}
