//! Lists, and the tokens that continue them (K21).

use std::fmt::Write as _;

use bitting_core::{CompanyId, bounds};

/// A list of this surface. A token continues the list that it came from and no other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct List {
    kind: u8,
    /// The id of what the list is part of, or a fingerprint of what was asked for; 0 for nothing.
    of: i64,
}

/// The version of the tokens' layout: a token of another is none.
const VERSION: u8 = 1;
/// Version, kind and what the list is part of.
const HEAD: usize = 1 + 1 + 8;
/// A check value over everything before it.
const CHECK: usize = 4;
/// The position of a list by ids: the last id.
const ID: usize = 8;
/// The longest position: that of a list of keys by name, which has the name besides (see [`super::Position`]).
const POSITION_MAX: usize = ID + 1 + 4 * bounds::NAME_MAX;

/// How long the token of a list by ids is, for the document.
pub(super) const TOKEN_LENGTH: usize = 2 * (HEAD + ID + CHECK);
/// How long a token of the list of audit records is, for the document: it has a time and an id.
pub(super) const AUDIT_TOKEN_LENGTH: usize = 2 * (HEAD + 2 * ID + CHECK);
/// How long a token of the list of keys is at most, for the document.
pub(super) const KEY_TOKEN_MAX: usize = 2 * (HEAD + POSITION_MAX + CHECK);
/// What a token looks like, for the document.
pub(super) const TOKEN_PATTERN: &str = "^[0-9a-f]+$";

impl List {
    /// The companies.
    pub const COMPANIES: Self = Self { kind: 1, of: 0 };

    /// The members of a company.
    pub fn members(company: CompanyId) -> Self {
        Self::members_of(company.get())
    }

    /// The same for the company that a path names. If that is no id, no token continues the list, and it is then
    /// for the path to be refused.
    pub fn members_at(segment: &str) -> Self {
        Self::members_of(segment.parse().map_or(0, CompanyId::get))
    }

    fn members_of(of: i64) -> Self {
        Self { kind: 2, of }
    }

    /// The keys that were asked for with a sort and filters that `asked` spells.
    pub(super) fn keys(asked: &str) -> Self {
        let of = fingerprint(asked.as_bytes());
        Self { kind: 3, of }
    }

    /// The audit records that were asked for with filters that `asked` spells.
    pub(super) fn audit(asked: &str) -> Self {
        let of = fingerprint(asked.as_bytes());
        Self { kind: 4, of }
    }

    /// The token that continues the list after the item with the id `last`.
    pub(super) fn token(self, last: i64) -> String {
        self.token_at(&last.to_be_bytes())
    }

    /// The id that `token` continues the list after.
    pub(super) fn after(self, token: &str) -> Option<i64> {
        let position = self.position(token)?;
        let last = position.try_into().ok().map(i64::from_be_bytes)?;
        (last > 0).then_some(last)
    }

    /// The token that continues the list after `position`, whatever that says.
    pub(super) fn token_at(self, position: &[u8]) -> String {
        let mut bytes = vec![VERSION, self.kind];
        bytes.extend(self.of.to_be_bytes());
        bytes.extend(position);
        bytes.extend(crc32fast::hash(&bytes).to_be_bytes());
        let mut token = String::with_capacity(2 * bytes.len());
        for byte in bytes {
            // Writing to a string does not fail.
            let _ = write!(token, "{byte:02x}");
        }
        token
    }

    /// The position that `token` continues the list after. What is longer than any token is not looked at.
    pub(super) fn position(self, token: &str) -> Option<Vec<u8>> {
        let digits = token.as_bytes();
        if digits.len() > KEY_TOKEN_MAX || !digits.len().is_multiple_of(2) {
            return None;
        }
        let pairs = digits.chunks_exact(2).map(|pair| match *pair {
            [high, low] => Some(digit(high)? << 4 | digit(low)?),
            _ => None,
        });
        let bytes: Vec<u8> = pairs.collect::<Option<_>>()?;
        let (checked, check) = bytes.split_last_chunk::<CHECK>()?;
        let (head, position) = checked.split_first_chunk::<HEAD>()?;
        let [VERSION, kind, of @ ..] = *head else {
            return None;
        };
        let whole = crc32fast::hash(checked).to_be_bytes() == *check;
        let ours = (kind, of) == (self.kind, self.of.to_be_bytes());
        (whole && ours).then(|| position.to_vec())
    }
}

/// FNV-1a in 64 bits. Nothing is guarded by it: a token with another query's fingerprint is a mistake that is to be
/// noticed.
fn fingerprint(bytes: &[u8]) -> i64 {
    let hash = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    i64::from_be_bytes(hash.to_be_bytes())
}

/// The value of a hexadecimal digit. There is one spelling of a token: no capitals.
fn digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn members(company: i64) -> List {
        List::members(CompanyId::new(company).unwrap())
    }

    #[test]
    fn k21_a_token_continues_the_list_that_it_came_from() {
        for list in [List::COMPANIES, members(1), members(i64::MAX)] {
            for last in [1, 20, i64::MAX] {
                let token = list.token(last);
                assert_eq!(list.after(&token), Some(last));
                assert!(token.bytes().all(|b| b.is_ascii_alphanumeric()), "{token}");
            }
        }
        assert_eq!(List::members_at("7"), members(7));
    }

    #[test]
    fn k21_it_continues_no_other_list() {
        let lists = [
            List::COMPANIES,
            members(1),
            members(2),
            List::members_at("x"),
        ];
        for list in lists {
            for other in lists.into_iter().filter(|other| *other != list) {
                assert_eq!(other.after(&list.token(1)), None, "{list:?} {other:?}");
            }
        }
    }

    #[test]
    fn k21_a_mangled_token_is_none() {
        let list = members(1);
        let token = list.token(1);
        for bad in [
            "",
            "x",
            "1",
            "00",
            &token[1..],
            &format!("{token}0"),
            &token.to_uppercase(),
        ] {
            assert_eq!(list.after(bad), None, "{bad}");
        }
        for place in 0..token.len() {
            for digit in ["0", "8", "g", "é"] {
                let mut mangled = token.clone();
                mangled.replace_range(place..=place, digit);
                let whole = mangled == token;
                assert_eq!(list.after(&mangled).is_some(), whole, "{mangled}");
            }
        }
        assert_eq!(list.after(&list.token(0)), None);
        assert_eq!(list.after(&list.token(-1)), None);
    }
}
