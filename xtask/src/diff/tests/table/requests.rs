//! Mutations of what is sent.

use super::{
    super::mutation::Edit::{Push, Remove, Set},
    Row,
};
use crate::diff::Class::{Additive, Breaking};

pub(super) const ROWS: &[Row] = &[
    (
        "a required request member is added",
        Set(
            "/components/schemas/Limit",
            r#"{"type": "object", "required": ["per_minute", "burst"], "properties": {"per_minute": {"type": "integer", "format": "uint32", "minimum": 1, "maximum": 1000}, "burst": {"type": "integer"}}}"#,
        ),
        Breaking,
        "`burst`: is new, and has to be sent",
    ),
    (
        "an optional request member is added",
        Set(
            "/components/schemas/KeyCreate/properties/owner",
            r#"{"type": "string"}"#,
        ),
        Additive,
        "`owner`: is new, and can be left out",
    ),
    (
        "a request member is removed",
        Remove("/components/schemas/KeyCreate/properties/scopes"),
        Breaking,
        "`scopes`: is gone",
    ),
    (
        "a request member becomes required",
        Push("/components/schemas/KeyCreate/required", r#""role""#),
        Breaking,
        "`role`: is required (was optional)",
    ),
    (
        "a request member becomes optional",
        Set("/components/schemas/KeyCreate/required", "[]"),
        Additive,
        "`name`: is optional (was required)",
    ),
    (
        "a longest length is tightened",
        Set(
            "/components/schemas/KeyCreate/properties/name/maxLength",
            "100",
        ),
        Breaking,
        "the number of characters is at most 100 (was 255)",
    ),
    (
        "a longest length is loosened",
        Set(
            "/components/schemas/KeyCreate/properties/name/maxLength",
            "300",
        ),
        Additive,
        "requests that were good still are",
    ),
    (
        "a longest length is taken away",
        Remove("/components/schemas/KeyCreate/properties/name/maxLength"),
        Additive,
        "without bound (was 255)",
    ),
    (
        "a least length is tightened",
        Set(
            "/components/schemas/KeyCreate/properties/name/minLength",
            "2",
        ),
        Breaking,
        "at least 2 (was 1)",
    ),
    (
        "fewer items are allowed",
        Set(
            "/components/schemas/KeyCreate/properties/scopes/maxItems",
            "10",
        ),
        Breaking,
        "the number of items is at most 10",
    ),
    (
        "items have to be different",
        Set(
            "/components/schemas/KeyCreate/properties/scopes/uniqueItems",
            "true",
        ),
        Breaking,
        "no item may be there twice",
    ),
    (
        "a pattern is added",
        Set(
            "/components/schemas/KeyCreate/properties/name/pattern",
            r#""^[A-Z]""#,
        ),
        Breaking,
        "has to match `^[A-Z]`",
    ),
    (
        "a pattern is removed",
        Remove("/components/schemas/KeyCreate/properties/scopes/items/pattern"),
        Additive,
        "each item: need not match",
    ),
    (
        "a pattern is another",
        Set(
            "/components/schemas/KeyCreate/properties/scopes/items/pattern",
            r#""^[a-z:]+$""#,
        ),
        Breaking,
        "has to match `^[a-z:]+$`",
    ),
    (
        "a request's value is removed",
        Set(
            "/components/schemas/KeyCreate/properties/role/enum",
            r#"["read"]"#,
        ),
        Breaking,
        r#""write" is no possible value"#,
    ),
    (
        "a request's value is added",
        Push(
            "/components/schemas/KeyCreate/properties/role/enum",
            r#""admin""#,
        ),
        Additive,
        r#""admin" is a possible value too"#,
    ),
    (
        "a request's null is refused",
        Remove("/components/schemas/KeyCreate/properties/description/nullable"),
        Breaking,
        "is never null",
    ),
    (
        "a request's null is allowed",
        Set(
            "/components/schemas/KeyCreate/properties/name/nullable",
            "true",
        ),
        Additive,
        "may be null",
    ),
    (
        "a request's type changes",
        Set(
            "/components/schemas/KeyCreate/properties/enabled/type",
            r#""string""#,
        ),
        Breaking,
        "the type is `string` (was `boolean`)",
    ),
    (
        "a request's format is added",
        Set(
            "/components/schemas/KeyCreate/properties/name/format",
            r#""uuid""#,
        ),
        Breaking,
        "the format is `uuid` (was none)",
    ),
    (
        "a default changes",
        Set(
            "/components/schemas/KeyCreate/properties/enabled/default",
            "false",
        ),
        Breaking,
        "the default is false (was true)",
    ),
    (
        "unknown members are let through",
        Remove("/components/schemas/KeyCreate/additionalProperties"),
        Additive,
        "other members are possible",
    ),
    (
        "unknown members are refused",
        Set("/components/schemas/Limit/additionalProperties", "false"),
        Breaking,
        "no other members are possible",
    ),
    (
        "a form of a request is removed",
        Remove("/components/schemas/Question/oneOf/1"),
        Breaking,
        "form `ByDigest`: is no possible form any more",
    ),
    (
        "a form of a request is added",
        Push(
            "/components/schemas/Question/oneOf",
            r##"{"$ref": "#/components/schemas/Bad"}"##,
        ),
        Additive,
        "form `Bad`: is a possible form too",
    ),
    (
        "a discriminator is another member",
        Set(
            "/components/schemas/Question/discriminator/propertyName",
            r#""kind""#,
        ),
        Breaking,
        "the member `kind` tells which form",
    ),
    (
        "a discriminator loses a value",
        Remove("/components/schemas/Question/discriminator/mapping/digest"),
        Breaking,
        "the value `digest`",
    ),
    (
        "a discriminator is removed",
        Remove("/components/schemas/Question/discriminator"),
        Breaking,
        "no member tells any more",
    ),
    (
        "a request member may no longer be sent",
        Set(
            "/components/schemas/KeyCreate/properties/scopes/readOnly",
            "true",
        ),
        Breaking,
        "`readOnly` is true",
    ),
];
