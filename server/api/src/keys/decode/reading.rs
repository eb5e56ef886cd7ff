//! JSON values read in one pass, whatever they turn out to be.
//!
//! A typed `Deserialize` stops at the first value of a wrong type. What is read here is told what a value is, and goes
//! on.

use std::{borrow::Cow, fmt, marker::PhantomData};

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// What becomes of a value.
pub(super) trait Reading<'b>: Sized {
    /// What it is read as.
    type Value;

    /// It is none of what is read below.
    fn other(self) -> Self::Value;

    fn null(self) -> Self::Value {
        self.other()
    }

    /// A whole number that is not negative.
    fn number(self, _: u64) -> Self::Value {
        self.other()
    }

    fn text(self, _: Cow<'b, str>) -> Self::Value {
        self.other()
    }

    fn array<A: SeqAccess<'b>>(self, mut array: A) -> Result<Self::Value, A::Error> {
        while array.next_element::<IgnoredAny>()?.is_some() {}
        Ok(self.other())
    }

    fn object<A: MapAccess<'b>>(self, mut object: A) -> Result<Self::Value, A::Error> {
        while object.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(self.other())
    }
}

/// Reads any value.
pub(super) struct Any<'b, R>(R, PhantomData<&'b ()>);

impl<R> Any<'_, R> {
    pub(super) fn new(reading: R) -> Self {
        Self(reading, PhantomData)
    }
}

impl<'b, R: Reading<'b>> DeserializeSeed<'b> for Any<'b, R> {
    type Value = R::Value;

    fn deserialize<D: Deserializer<'b>>(self, deserializer: D) -> Result<R::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'b, R: Reading<'b>> Visitor<'b> for Any<'b, R> {
    type Value = R::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E>(self) -> Result<R::Value, E> {
        Ok(self.0.null())
    }

    fn visit_bool<E>(self, _: bool) -> Result<R::Value, E> {
        Ok(self.0.other())
    }

    fn visit_i64<E>(self, _: i64) -> Result<R::Value, E> {
        Ok(self.0.other())
    }

    fn visit_u64<E>(self, number: u64) -> Result<R::Value, E> {
        Ok(self.0.number(number))
    }

    fn visit_f64<E>(self, _: f64) -> Result<R::Value, E> {
        Ok(self.0.other())
    }

    fn visit_borrowed_str<E>(self, text: &'b str) -> Result<R::Value, E> {
        Ok(self.0.text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<R::Value, E> {
        Ok(self.0.text(Cow::Owned(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'b>>(self, array: A) -> Result<R::Value, A::Error> {
        self.0.array(array)
    }

    fn visit_map<A: MapAccess<'b>>(self, object: A) -> Result<R::Value, A::Error> {
        self.0.object(object)
    }
}

/// Which of `known` a member is called, or what else.
pub(super) struct Name(pub(super) &'static [&'static str]);

impl<'b> DeserializeSeed<'b> for Name {
    type Value = Result<&'static str, String>;

    fn deserialize<D: Deserializer<'b>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Name {
    type Value = Result<&'static str, String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        let known = self.0.iter().find(|known| **known == name);
        Ok(known.copied().ok_or_else(|| name.to_owned()))
    }
}
