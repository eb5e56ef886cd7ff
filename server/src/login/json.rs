//! JSON that was written by others, of which only some is read.

use std::{collections::BTreeMap, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, SeqAccess, Visitor},
};

/// The members of an object, each named once.
pub(super) type Members = BTreeMap<String, Json>;

/// A JSON value. Depth is bounded by the parser (128), size by whoever hands the text in.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Json {
    /// A string.
    Text(String),
    /// A number without fraction or exponent.
    Integer(i128),
    /// Any other number.
    Fraction(f64),
    /// An array.
    List(Vec<Json>),
    /// An object.
    Object(Members),
    /// An object that names a member twice. Readers differ in which of the two they take, so that one who
    /// checked it may have seen another than we would: it has no members at all.
    Ambiguous,
    /// `null`, `true` or `false`: nothing that is read here.
    Other,
}

impl Json {
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn list(&self) -> Option<&[Self]> {
        match self {
            Self::List(items) => Some(items),
            _ => None,
        }
    }

    pub(super) fn members(&self) -> Option<&Members> {
        match self {
            Self::Object(members) => Some(members),
            _ => None,
        }
    }
}

/// The object that a whole text is, if it is one.
pub(super) fn object(text: &[u8]) -> Option<Members> {
    match serde_json::from_slice(text) {
        Ok(Json::Object(members)) => Some(members),
        _ => None,
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Other)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Json, E> {
        Ok(Json::Other)
    }

    fn visit_i64<E>(self, number: i64) -> Result<Json, E> {
        Ok(Json::Integer(number.into()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Json, E> {
        Ok(Json::Integer(number.into()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Json, E> {
        Ok(Json::Fraction(number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Json, E> {
        Ok(Json::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Json::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Json, A::Error> {
        let mut members = Members::new();
        let mut ambiguous = false;
        while let Some((name, value)) = entries.next_entry()? {
            ambiguous |= members.insert(name, value).is_some();
        }
        Ok(if ambiguous {
            Json::Ambiguous
        } else {
            Json::Object(members)
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn member(text: &str) -> Json {
        object(format!("{{\"a\":{text}}}").as_bytes())
            .unwrap()
            .remove("a")
            .unwrap()
    }

    #[test]
    fn numbers_keep_how_they_were_written() {
        assert_eq!(member("7"), Json::Integer(7));
        assert_eq!(member("-7"), Json::Integer(-7));
        assert_eq!(
            member("18446744073709551615"),
            Json::Integer(u64::MAX.into())
        );
        // None of these is an integer in its canonical form.
        for text in ["7.0", "7e0", "-0", "18446744073709551616"] {
            assert!(matches!(member(text), Json::Fraction(_)), "{text}");
        }
    }

    #[test]
    fn an_object_with_a_member_twice_has_none() {
        assert_eq!(object(br#"{"a":1,"b":2,"a":1}"#), None);
        assert_eq!(object(br#"{"a":1,"\u0061":1}"#), None);
        // Further down it does not spoil what is around it.
        assert_eq!(member(r#"{"b":1,"b":2}"#), Json::Ambiguous);
        assert_eq!(member(r#"[{"b":1,"b":2}]"#).list().unwrap().len(), 1);
    }

    #[test]
    fn what_is_no_object_is_none() {
        for text in [
            "",
            "{",
            "[]",
            "7",
            "null",
            "{} {}",
            "{}x",
            "{'a':1}",
            "{\"a\":}",
            "{\"a\":1,}",
            "\u{feff}{}",
            "{\"a\":NaN}",
            "{\"a\":1e999}",
            "{\"a\":\"\\ud800\"}",
        ] {
            assert_eq!(object(text.as_bytes()), None, "{text:?}");
        }
        assert_eq!(object(b"{\"a\":\"\xff\"}"), None);
    }

    #[test]
    fn depth_is_refused_rather_than_followed() {
        for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
            let deep = format!(
                "{{\"a\":{}0{}}}",
                open.repeat(500_000),
                close.repeat(500_000)
            );
            assert_eq!(object(deep.as_bytes()), None);
        }
    }
}
