//! Regular expressions (ECMA 262) that the document gives for inputs.
//!
//! They help who writes or generates a client; the decoders do not use them. They give one plain way to spell
//! each thing where the decoders take several (quotes round values, spaces round commas), and are wider than
//! the rule where it is beyond a regular expression (the days of February).

use std::sync::LazyLock;

pub(super) use crate::wire::schema::NAME_PATTERN as NAME;

/// No U+0000.
pub(super) const TEXT: &str = r"^[^\u0000]*$";

/// A time.
pub(super) const TIME: &str = r"^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}$";

/// A page, with its size or without.
pub(super) const PAGE: &str = r"^[1-9][0-9]{0,11}(,[1-9][0-9]{0,3})?$";

/// A list of members of a key.
pub(super) static FIELDS: LazyLock<String> = LazyLock::new(|| {
    list(
        "(id|company_id|issuer_id|member_id|name|description|status|secret|end_time|start_time\
         |create_time|update_time)",
    )
});

/// A list of sorts.
pub(super) static SORT: LazyLock<String> =
    LazyLock::new(|| list("[-+]?(id|name|status|start_time|end_time|create_time|update_time)"));

/// A list of searchable members.
pub(super) static SEARCH_FIELDS: LazyLock<String> = LazyLock::new(|| list("(name|description)"));

/// A filter by ids.
pub(super) static ID_FILTER: LazyLock<String> = LazyLock::new(|| ordered("(0|[1-9][0-9]{0,18})"));

/// A filter by times.
pub(super) static TIME_FILTER: LazyLock<String> =
    LazyLock::new(|| ordered("[0-9]{4}(-[0-9]{2}){2}( [0-9]{2}(:[0-9]{2}){2})?"));

/// A filter by statuses.
pub(super) static STATUS_FILTER: LazyLock<String> = LazyLock::new(|| {
    let value = "(active|pending|expired)";
    format!("^((eq:|neq:)?{value}|(in|nin):{value}(,{value})*|(is|isn):)$")
});

fn list(item: &str) -> String {
    format!("^{item}(,{item})*$")
}

/// The filters of what has an order: comparisons and ranges besides the rest (O44).
fn ordered(value: &str) -> String {
    format!(
        "^(((eq|neq|gt|gte|lt|lte):)?{value}|(in|nin):{value}(,{value})*|(r|rf|rl|rr):{value},{value}\
         |(is|isn):)$"
    )
}
