//! The bounds of what may be sent in. The documents, the decoders and the tests read them here.

/// The longest name of a key, in Unicode scalar values.
pub const NAME_MAX: usize = 255;
/// The longest name of a key of the origin `feldera`, in bytes (all of them ASCII; F12).
pub const PLAIN_NAME_MAX: usize = 100;
/// The longest description of a key, in Unicode scalar values.
pub const DESCRIPTION_MAX: usize = 1_000;
/// The longest search term, in Unicode scalar values. Nothing that is searched can be longer: folding makes at
/// most three characters of one, and of the descriptions that people write far fewer.
pub const SEARCH_MAX: usize = 3 * DESCRIPTION_MAX;
/// The most values in one list of a filter (`in:a,b,…`).
pub const FILTER_VALUES_MAX: usize = 1_000;
/// The most filters in one query.
pub const FILTERS_MAX: usize = 100;
/// The largest body of a request that is not a batch, in bytes.
pub const BODY_MAX: usize = 64 * 1024;
/// How long a request body may take to arrive, in seconds.
pub const BODY_SECONDS: u64 = 10;
/// The longest scope, in bytes (all of them ASCII).
pub const SCOPE_MAX: usize = 100;
/// The most scopes that one key holds.
pub const SCOPES_MAX: usize = 100;
/// The largest metadata of a key, in bytes of compact JSON.
pub const METADATA_MAX: usize = 10_240;

/// The most blocks of addresses that one key has.
pub const ADDRESSES_MAX: usize = 50;

/// The most rate limits of one key.
pub const LIMITS_MAX: usize = 10;
/// The longest name of a rate limit, in bytes (all of them ASCII).
pub const LIMIT_NAME_MAX: usize = 50;
/// The most that a rate limit lets through in its window.
pub const LIMIT_MAX: u32 = 1_000_000_000;
/// The longest window of a rate limit, in seconds: 31 days.
pub const WINDOW_MAX: u32 = 31 * 86_400;
/// The most that a quota holds.
pub const QUOTA_MAX: u64 = 1_000_000_000_000;
/// The shortest interval after which a quota is filled up, in seconds.
pub const REFILL_SECONDS_MIN: u32 = 60;
/// The longest, in seconds: 400 days.
pub const REFILL_SECONDS_MAX: u32 = 400 * 86_400;
/// The most that one verification costs.
pub const COST_MAX: u32 = 1_000_000;

/// How many hours usage is kept by the hour: 31 days.
pub const USAGE_HOURS_MAX: u32 = 31 * 24;
/// How many days usage is kept by the day.
pub const USAGE_DAYS_MAX: u32 = 400;

/// The longest reason of a revocation, in Unicode scalar values.
pub const REASON_MAX: usize = 1_000;

/// The largest body of a batch, in bytes.
pub const BATCH_BODY_MAX: usize = 256 * 1024;

/// The most questions in a batch.
pub const BATCH_MAX: usize = 100;

/// The longest text that can be a key, in bytes: far more than any format has.
pub const PRESENTED_MAX: usize = 1_024;

/// The most keys in an import.
pub const IMPORT_MAX: usize = 1_000;
/// The largest body of an import, in bytes: room for a thousand keys of 4 KiB.
pub const IMPORT_BODY_MAX: usize = 4 * 1024 * 1024;
/// How many bits a secret has at least that is imported as it is.
pub const SECRET_BITS_MIN: u32 = 128;
/// How many different characters it has at least: of random ones, 128 bits have more.
pub const SECRET_CHARACTERS_MIN: usize = 8;

/// The most live secrets that one key has.
pub const SECRETS_MAX: usize = 10;
/// The longest that old secrets go on working beside a new one, in seconds: 30 days.
pub const OVERLAP_MAX: u32 = 30 * 86_400;

/// The longest name that a client gives a request to send it again, in bytes (all of them ASCII).
pub const IDEMPOTENCY_KEY_MAX: usize = 255;

/// How many items a page holds when the request does not say.
pub const PAGE_SIZE: u64 = 20;
/// How many items a page may hold.
pub const PAGE_MAX: u64 = 1_000;
