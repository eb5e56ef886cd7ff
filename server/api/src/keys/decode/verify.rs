//! The bodies of verifications (K70, K72). Services ask about every request that they get: a body is read in one
//! pass, and what it holds is borrowed from it.

use bitting_core::{Field, Refusal, Violation, bounds};
use serde::de::{DeserializeSeed as _, IgnoredAny, MapAccess, SeqAccess};

use super::{
    question::{Asked, Faults, KEYS, Question},
    reading::{Any, Name, Reading},
};
use crate::decode::{unless_wrong, unreadable};

/// The body of a verification (K70).
pub fn verify(body: &[u8]) -> Result<Question<'_>, Refusal> {
    let mut faults = Faults::default();
    let question = read(body, Asked(&mut faults))?;
    unless_wrong(faults.in_order(), question)
}

/// The body of a batch: its questions, in order, at least one (K72).
pub fn verify_batch(body: &[u8]) -> Result<Vec<Question<'_>>, Refusal> {
    let mut faults = Faults::default();
    let questions = read(body, Batch(&mut faults))?;
    unless_wrong(faults.found, questions)
}

fn read<'b, R: Reading<'b>>(body: &'b [u8], reading: R) -> Result<R::Value, Refusal> {
    let mut reader = serde_json::Deserializer::from_slice(body);
    let value = Any::new(reading).deserialize(&mut reader);
    let value = value.and_then(|value| reader.end().map(|()| value));
    value.map_err(|error| unreadable(&error).into())
}

/// Reads a batch.
struct Batch<'f>(&'f mut Faults);

impl<'b> Reading<'b> for Batch<'_> {
    type Value = Vec<Question<'b>>;

    fn other(self) -> Self::Value {
        let violation = Violation::new(Field::Body, "must be a JSON object");
        self.0.found.push(violation);
        Vec::new()
    }

    fn object<A: MapAccess<'b>>(self, mut object: A) -> Result<Self::Value, A::Error> {
        let Self(faults) = self;
        let mut questions = None;
        let mut twice = false;
        let mut unknown = None;
        while let Some(name) = object.next_key_seed(Name(&[KEYS]))? {
            match name {
                Ok(_) => {
                    twice |= questions.is_some();
                    let read = object.next_value_seed(Any::new(Questions(faults)))?;
                    questions = Some(read);
                }
                Err(name) => {
                    unknown.get_or_insert(name);
                    object.next_value::<IgnoredAny>()?;
                }
            }
        }
        faults.place = None;
        if let Some(name) = unknown {
            faults.unknown(&name, &[KEYS]);
        }
        if twice {
            faults.twice();
        }
        let questions = questions.flatten();
        if questions.is_none() {
            let violation = Violation::new(Field::Parameter(KEYS), "is required");
            faults.found.push(violation);
        }
        Ok(questions.unwrap_or_default())
    }
}

/// Reads the questions of a batch: nothing for null.
struct Questions<'f>(&'f mut Faults);

impl<'b> Reading<'b> for Questions<'_> {
    type Value = Option<Vec<Question<'b>>>;

    fn null(self) -> Self::Value {
        None
    }

    fn other(self) -> Self::Value {
        let violation = Violation::new(Field::Parameter(KEYS), "must be an array");
        self.0.found.push(violation);
        Some(Vec::new())
    }

    fn array<A: SeqAccess<'b>>(self, mut array: A) -> Result<Self::Value, A::Error> {
        let Self(faults) = self;
        let mut questions = Vec::new();
        let mut count = 0;
        loop {
            // What is too much is not looked at, however much of it there is.
            if count >= bounds::BATCH_MAX {
                if array.next_element::<IgnoredAny>()?.is_none() {
                    break;
                }
            } else {
                faults.place = Some(count);
                match array.next_element_seed(Any::new(Asked(faults)))? {
                    Some(question) => questions.push(question),
                    None => break,
                }
            }
            count += 1;
        }
        if !(1..=bounds::BATCH_MAX).contains(&count) {
            let most = bounds::BATCH_MAX;
            let reason = format!("must have 1 to {most} questions");
            let violation = Violation::new(Field::Parameter(KEYS), reason);
            faults.found.insert(0, violation);
        }
        Ok(Some(questions))
    }
}
