//! Query strings, taken apart the same way on every surface.
//!
//! `&` separates, the first `=` divides, `+` is a space, and percent-encoded bytes must be UTF-8. A `%` that
//! two hexadecimal digits do not follow stands for itself. Values are decoded only where somebody asks: a
//! parameter that nobody knows is nobody's to refuse.

use std::borrow::Cow;

use percent_encoding::percent_decode;

/// One parameter of a query string.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter<'q> {
    /// Its name, decoded.
    pub name: Cow<'q, str>,
    value: &'q str,
}

/// Why the value of a known parameter is no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ValueError {
    /// The percent-encoded bytes are not UTF-8.
    #[error("must be percent-encoded UTF-8")]
    Encoding,
    /// It contains U+0000.
    #[error("must not contain U+0000")]
    Nul,
}

impl<'q> Parameter<'q> {
    /// The value, decoded.
    pub fn value(&self) -> Result<Cow<'q, str>, ValueError> {
        let value = decode(self.value).ok_or(ValueError::Encoding)?;
        if value.contains('\0') {
            return Err(ValueError::Nul);
        }
        Ok(value)
    }
}

/// The parameters of `query`, in order. A name that is not UTF-8 has U+FFFD where it is not: it is that of none
/// that is known.
pub fn parameters(query: &str) -> impl Iterator<Item = Parameter<'_>> {
    query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let lossy = || percent_decode(name.as_bytes()).decode_utf8_lossy();
            let name = decode(name).unwrap_or_else(lossy);
            Parameter { name, value }
        })
}

fn decode(text: &str) -> Option<Cow<'_, str>> {
    if text.contains('+') {
        let spaced = text.replace('+', " ");
        let decoded = percent_decode(spaced.as_bytes()).decode_utf8().ok()?;
        return Some(Cow::Owned(decoded.into_owned()));
    }
    percent_decode(text.as_bytes()).decode_utf8().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(query: &str) -> Vec<(String, Result<String, ValueError>)> {
        parameters(query)
            .map(|p| (p.name.to_string(), p.value().map(Cow::into_owned)))
            .collect()
    }

    fn pair(name: &str, value: &str) -> (String, Result<String, ValueError>) {
        (name.to_owned(), Ok(value.to_owned()))
    }

    #[test]
    fn pairs_are_split_at_the_first_equals_sign() {
        assert_eq!(
            decoded("a=1&b&&c=d=e&="),
            [
                pair("a", "1"),
                pair("b", ""),
                pair("c", "d=e"),
                pair("", "")
            ]
        );
        assert_eq!(decoded(""), []);
    }

    #[test]
    fn plus_is_a_space_and_an_encoded_plus_is_a_plus() {
        assert_eq!(decoded("a+b=c+%2B%20d"), [pair("a b", "c + d")]);
    }

    #[test]
    fn a_stray_percent_sign_stands_for_itself() {
        assert_eq!(
            decoded("a=100%&b=%zz&c=%4"),
            [pair("a", "100%"), pair("b", "%zz"), pair("c", "%4")]
        );
    }

    #[test]
    fn bad_bytes_are_the_values_problem_and_an_unknown_name() {
        assert_eq!(
            decoded("a=%FF"),
            [("a".to_owned(), Err(ValueError::Encoding))]
        );
        assert_eq!(decoded("a=%00"), [("a".to_owned(), Err(ValueError::Nul))]);
        assert_eq!(decoded("%FF=1"), [pair("\u{FFFD}", "1")]);
        assert_eq!(decoded("a=%C3%A9"), [pair("a", "é")]);
    }
}
