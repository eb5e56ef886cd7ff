//! Values that requests send, with limits, which those of answers have not. They have no names in the document: a
//! client is to take what it reads and send it back, and not to convert between two types of one thing.

use bitting_core::bounds;
use schemars::{JsonSchema, r#gen::SchemaGenerator, schema::Schema};

use crate::wire::schema;

/// No U+0000.
pub(super) const TEXT_PATTERN: &str = r"^[^\u0000]*$";
/// The word that secrets begin with.
pub(super) const PREFIX_PATTERN: &str = "^(?!apikey$)[a-z][a-z0-9]{1,9}$";
/// A time by RFC 3339.
const TIME_PATTERN: &str = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?([Zz]|[+-][0-9]{2}:[0-9]{2})$";
/// How long a time is.
const TIME_LENGTHS: (u32, u32) = (20, 35);
/// A scope.
pub(super) const SCOPE_PATTERN: &str = "^[A-Za-z0-9_.:/*-]+$";
/// The name of a limit.
const LIMIT_NAME_PATTERN: &str = "^[A-Za-z0-9_.:-]+$";
/// Scopes between commas.
const SCOPE_LIST_PATTERN: &str = "^[A-Za-z0-9_.:/*-]+(,[A-Za-z0-9_.:/*-]+)*$";
/// An address or a CIDR block, of either family; the decoder looks closer.
const ADDRESS_PATTERN: &str = "^[0-9A-Fa-f:.]+(/[0-9]{1,3})?$";
/// The longest address, an IPv4 one in the form of IPv6, and a prefix length after it.
const ADDRESS_LENGTHS: (u32, u32) = (2, 49);
/// A UUID as answers have it.
const UUID_PATTERN: &str = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$";
/// What travels in headers.
const SECRET_PATTERN: &str = "^[!-~]+$";
/// The address of a client; the decoder looks closer.
const CLIENT_PATTERN: &str = "^[0-9A-Fa-f:.]+$";

macro_rules! input {
    ($(#[$doc:meta])* $name:ident, $description:expr, $format:expr, $lengths:expr, $pattern:expr) => {
        $(#[$doc])*
        pub(super) struct $name;

        impl JsonSchema for $name {
            fn schema_name() -> String {
                stringify!($name).to_owned()
            }

            fn is_referenceable() -> bool {
                false
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                schema::bounded($description, $format, $lengths, $pattern)
            }
        }
    };
}

input!(
    /// A point in time.
    TimeInput,
    "A point in time by RFC 3339, with `Z` or an offset; a fraction of a second is dropped. Years 0001 to 9999, UTC.",
    Some("date-time"),
    TIME_LENGTHS,
    TIME_PATTERN
);
input!(
    /// A scope.
    ScopeInput,
    "A scope: 1 to 100 of the characters `A-Z a-z 0-9 _ . : / * -`.",
    None,
    (1, as_length(bounds::SCOPE_MAX)),
    SCOPE_PATTERN
);
input!(
    /// The name of a limit.
    LimitNameInput,
    "The name of a rate limit: 1 to 50 of the characters `A-Z a-z 0-9 _ . : -`.",
    None,
    (1, as_length(bounds::LIMIT_NAME_MAX)),
    LIMIT_NAME_PATTERN
);
input!(
    /// Scopes in a query.
    ScopeListInput,
    "1 to 100 scopes between commas, each 1 to 100 of the characters `A-Z a-z 0-9 _ . : / * -`.",
    None,
    (1, as_length(bounds::SCOPES_MAX * (bounds::SCOPE_MAX + 1) - 1)),
    SCOPE_LIST_PATTERN
);
input!(
    /// A block of addresses.
    AddressInput,
    "An IPv4 or IPv6 address, or a block of them in CIDR notation, without bits set after its prefix: `192.0.2.7`, \
     `192.0.2.0/24`, `2001:db8::/32`.",
    None,
    ADDRESS_LENGTHS,
    ADDRESS_PATTERN
);
input!(
    /// A secret that was issued elsewhere.
    SecretInput,
    "A secret that was issued elsewhere: visible characters of ASCII.",
    None,
    (20, as_length(bounds::PRESENTED_MAX)),
    SECRET_PATTERN
);
input!(
    /// The address of a client.
    ClientInput,
    "An IPv4 or IPv6 address.",
    None,
    (2, 45),
    CLIENT_PATTERN
);
input!(
    /// A key's id.
    KeyIdInput,
    "The id of a key to look for: a UUID in lower case.",
    Some("uuid"),
    (36, 36),
    UUID_PATTERN
);

input!(
    /// A secret's id.
    SecretIdInput,
    "The id of a secret to look for: a UUID in lower case.",
    Some("uuid"),
    (36, 36),
    UUID_PATTERN
);

fn as_length(bound: usize) -> u32 {
    // The bounds of texts are small.
    u32::try_from(bound).unwrap_or(u32::MAX)
}
