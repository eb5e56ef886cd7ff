//! Lists, and the tokens that continue them (K21).

use std::fmt::Write as _;

use bitting_core::CompanyId;

/// A list of this surface. A token continues the list that it came from and no other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct List {
    kind: u8,
    /// The id of what the list is part of; 0 for nothing.
    of: i64,
}

/// The version of the tokens' layout: a token of another is none.
const VERSION: u8 = 1;
/// Version, kind, what it is part of, the last id, and a check value over them.
const LENGTH: usize = 1 + 1 + 8 + 8 + 4;

/// How long a token is, for the document.
pub(super) const TOKEN_LENGTH: usize = 2 * LENGTH;
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

    /// The token that continues the list after the item with the id `last`.
    pub(super) fn token(self, last: i64) -> String {
        let mut token = String::with_capacity(TOKEN_LENGTH);
        for byte in self.bytes(last) {
            // Writing to a string does not fail.
            let _ = write!(token, "{byte:02x}");
        }
        token
    }

    /// The id that `token` continues the list after.
    pub(super) fn after(self, token: &str) -> Option<i64> {
        let digits = token.as_bytes();
        if digits.len() != TOKEN_LENGTH {
            return None;
        }
        let mut bytes = [0; LENGTH];
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            let &[high, low] = pair else { return None };
            *byte = digit(high)? << 4 | digit(low)?;
        }
        let last = bytes.get(10..18)?.try_into().ok().map(i64::from_be_bytes)?;
        (last > 0 && bytes == self.bytes(last)).then_some(last)
    }

    fn bytes(self, last: i64) -> [u8; LENGTH] {
        let mut bytes = [0; LENGTH];
        let (checked, check) = bytes.split_at_mut(LENGTH - 4);
        checked[0] = VERSION;
        checked[1] = self.kind;
        checked[2..10].copy_from_slice(&self.of.to_be_bytes());
        checked[10..].copy_from_slice(&last.to_be_bytes());
        check.copy_from_slice(&crc32fast::hash(checked).to_be_bytes());
        bytes
    }
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
