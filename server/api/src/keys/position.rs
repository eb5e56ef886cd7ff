//! Where a page of the list of keys begins (K21).

use bitting_core::{KeyName, Timestamp};

use super::sort::{KeyOrder, KeySort};

/// The place of a key in the list of keys: the value that the list is sorted by, and the key's number, which tells
/// equal ones apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    /// The value of the key.
    pub value: PositionValue,
    /// The number of the key, at least 1.
    pub number: i64,
}

/// A value that keys are sorted by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PositionValue {
    /// A time in seconds since 1970; [`i64::MAX`] for the end of a key that has none.
    Int(i64),
    /// A name.
    Text(String),
}

const INT: u8 = 1;
const TEXT: u8 = 2;

impl Position {
    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut bytes = self.number.to_be_bytes().to_vec();
        match &self.value {
            PositionValue::Int(value) => {
                bytes.push(INT);
                bytes.extend(value.to_be_bytes());
            }
            PositionValue::Text(text) => {
                bytes.push(TEXT);
                bytes.extend(text.as_bytes());
            }
        }
        bytes
    }

    /// The position that `bytes` spells, if a key can have it in a list in this order. Whoever makes a token by hand
    /// gets no value past here that the store never had.
    pub(super) fn read(bytes: &[u8], order: KeyOrder) -> Option<Self> {
        let (number, rest) = bytes.split_first_chunk::<8>()?;
        let number = i64::from_be_bytes(*number);
        let (kind, value) = rest.split_first()?;
        let value = match (*kind, order.by) {
            (INT, KeySort::CreatedAt | KeySort::UpdatedAt | KeySort::ExpiresAt) => {
                let value = i64::from_be_bytes(value.try_into().ok()?);
                let never = order.by == KeySort::ExpiresAt && value == i64::MAX;
                let possible = never || Timestamp::from_seconds(value).is_some();
                possible.then_some(PositionValue::Int(value))?
            }
            (TEXT, KeySort::Name) => {
                let name = KeyName::new(String::from_utf8(value.to_vec()).ok()?).ok()?;
                PositionValue::Text(name.as_str().to_owned())
            }
            _ => return None,
        };
        (number > 0).then_some(Self { value, number })
    }
}
