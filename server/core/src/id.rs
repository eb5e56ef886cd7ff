//! Identifiers, each a type of its own.

use std::{fmt, num::NonZeroU64, str::FromStr};

use uuid::Uuid;

use crate::{Clock, Entropy, Timestamp};

/// What a decimal id is not: digits without a leading zero, in the range of a signed 64-bit integer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a decimal id: digits without a leading zero, at least 1")]
pub struct ParseIdError;

macro_rules! decimal_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(NonZeroU64);

        impl $name {
            /// The id with this value, or `None` for one below 1.
            pub fn new(value: i64) -> Option<Self> {
                u64::try_from(value).ok().and_then(NonZeroU64::new).map(Self)
            }

            /// The id's value, at least 1.
            #[expect(clippy::cast_possible_wrap, reason = "made from an i64")]
            pub fn get(self) -> i64 {
                self.0.get() as i64
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = ParseIdError;

            /// Reads the canonical form only: `7`, neither `007` nor `+7`.
            fn from_str(text: &str) -> Result<Self, ParseIdError> {
                if text.starts_with('0') || !text.bytes().all(|b| b.is_ascii_digit()) {
                    return Err(ParseIdError);
                }
                text.parse().ok().and_then(Self::new).ok_or(ParseIdError)
            }
        }
    };
}

decimal_id!(
    /// A company: the tenant that members and keys belong to.
    CompanyId
);
decimal_id!(
    /// A member of a company.
    MemberId
);
decimal_id!(
    /// A key's decimal id, assigned by the store and increasing; only the `ocamba` surface shows it.
    KeyNumber
);

macro_rules! uuid_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub Uuid);

        impl $name {
            /// A new id, a UUID of version 7.
            pub fn mint(clock: &dyn Clock, entropy: &dyn Entropy) -> Self {
                let mut random = [0; 10];
                entropy.fill(&mut random);
                let millis = u64::try_from(clock.now_millis()).unwrap_or(0);
                Self(uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

uuid_id!(
    /// A key's id on every surface but `ocamba`.
    KeyId
);
uuid_id!(
    /// The id of one of a key's secrets.
    SecretId
);

impl KeyId {
    /// When it was minted, which its UUID tells; `None` for one that tells no time.
    pub fn minted(self) -> Option<Timestamp> {
        let (seconds, _) = self.0.get_timestamp()?.to_unix();
        Timestamp::from_seconds(i64::try_from(seconds).ok()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_canonical_form_is_read() {
        assert!("7".parse::<KeyNumber>().is_ok());
        for text in [
            "",
            "0",
            "007",
            "+7",
            "-7",
            "7 ",
            "7a",
            "٧",
            "9223372036854775808",
        ] {
            assert_eq!(text.parse::<KeyNumber>(), Err(ParseIdError), "{text:?}");
        }
    }
}
