//! Mutations of what is answered.

use super::{
    super::mutation::Edit::{Push, Remove, Rename, Set},
    Row,
};
use crate::diff::Class::{Additive, Breaking, Documentation};

pub(super) const ROWS: &[Row] = &[
    (
        "an answered member is removed",
        Remove("/components/schemas/Key/properties/uses"),
        Breaking,
        "schema `Key` › `uses`: is gone",
    ),
    (
        "an answered member becomes optional",
        Set(
            "/components/schemas/Key/required",
            r#"["id", "name", "status"]"#,
        ),
        Breaking,
        "`scopes`: is optional (was required)",
    ),
    (
        "an answered member becomes required",
        Push("/components/schemas/Key/required", r#""uses""#),
        Additive,
        "`uses`: is required",
    ),
    (
        "an answered member is added",
        Set(
            "/components/schemas/Key/properties/hint",
            r#"{"type": "string"}"#,
        ),
        Additive,
        "`hint`: is new",
    ),
    (
        "an answered member may be null",
        Set("/components/schemas/Key/properties/name/nullable", "true"),
        Breaking,
        "may be null: answers may hold",
    ),
    (
        "an answered member is never null",
        Remove("/components/schemas/KeyPage/properties/next_page/nullable"),
        Additive,
        "is never null",
    ),
    (
        "a named answered member is never null",
        Remove("/components/schemas/Key/properties/owner/nullable"),
        Additive,
        "is never null",
    ),
    (
        "an answered type changes",
        Set(
            "/components/schemas/Key/properties/scopes",
            r#"{"type": "string"}"#,
        ),
        Breaking,
        "the type is `string` (was `array`)",
    ),
    (
        "an answered format changes",
        Set(
            "/components/schemas/Key/properties/uses/format",
            r#""uint32""#,
        ),
        Breaking,
        "the format is `uint32` (was `int64`)",
    ),
    (
        "an answered bound is loosened",
        Remove("/components/schemas/Key/properties/uses/minimum"),
        Breaking,
        "without bound (was 0)",
    ),
    (
        "an answered bound is tightened",
        Set("/components/schemas/Key/properties/uses/maximum", "9"),
        Additive,
        "at most 9",
    ),
    (
        "an answered value is added to a list that may grow",
        Push("/components/schemas/Kind/enum", r#""derived""#),
        Additive,
        "clients were told that the list may grow",
    ),
    (
        "a word is added to a list of words that may grow",
        Push(
            "/components/schemas/Key/properties/origin/x-extensible-enum",
            r#""derived""#,
        ),
        Additive,
        "clients were told that the list may grow",
    ),
    (
        "a word of such a list is removed",
        Set(
            "/components/schemas/Key/properties/origin/x-extensible-enum",
            r#"["own"]"#,
        ),
        Additive,
        "answers hold nothing new",
    ),
    (
        "an answered value is removed",
        Set("/components/schemas/Kind/enum", r#"["own"]"#),
        Additive,
        "answers hold nothing new",
    ),
    (
        "a list says no more that it may grow",
        Remove("/components/schemas/Kind/x-extensible-enum"),
        Breaking,
        "no rule knows",
    ),
    (
        "a form of an answer is added",
        Push(
            "/components/schemas/Verdict/oneOf",
            r##"{"$ref": "#/components/schemas/Owner"}"##,
        ),
        Breaking,
        "form `Owner`: is a possible form too",
    ),
    (
        "a form of an answer is removed",
        Remove("/components/schemas/Verdict/oneOf/1"),
        Additive,
        "form `Bad`: is no possible form",
    ),
    (
        "what other members hold changes",
        Set(
            "/components/schemas/Key/properties/metadata/additionalProperties/type",
            r#""integer""#,
        ),
        Breaking,
        "each other member: the type is `integer`",
    ),
    (
        "a success has another status",
        Rename("/paths/~1v1~1keys/post/responses/201", "200"),
        Breaking,
        "answer 201: is not answered any more",
    ),
    (
        "a second success is answered",
        Set(
            "/paths/~1v1~1keys/post/responses/202",
            r#"{"description": "Later."}"#,
        ),
        Breaking,
        "answer 202: is answered, which clients do not expect",
    ),
    (
        "an error is told of beside its range",
        Set(
            "/paths/~1v1~1keys/get/responses/404",
            r##"{"$ref": "#/components/responses/Refused"}"##,
        ),
        Additive,
        "in the form of the other errors",
    ),
    (
        "an error of another form is answered",
        Set(
            "/paths/~1v1~1keys/get/responses/503",
            r#"{"description": "No.", "content": {"text/plain": {}}}"#,
        ),
        Breaking,
        "in another form than the errors",
    ),
    (
        "an error is no longer answered",
        Remove("/paths/~1v1~1keys~1{id}/get/responses/404"),
        Additive,
        "is not answered any more",
    ),
    (
        "a response header is removed",
        Remove("/paths/~1v1~1keys/get/responses/200/headers/etag"),
        Breaking,
        "header `etag`: is gone",
    ),
    (
        "a response header is added",
        Set(
            "/paths/~1v1~1keys/get/responses/200/headers/link",
            r#"{"schema": {"type": "string"}}"#,
        ),
        Additive,
        "header `link`: is new",
    ),
    (
        "a response header becomes optional",
        Remove("/components/headers/RequestId/required"),
        Breaking,
        "is optional (was required)",
    ),
    (
        "a response's content type is removed",
        Remove("/paths/~1v1~1keys~1{id}/get/responses/200/content/text~1plain"),
        Breaking,
        "`text/plain`: is not spoken any more",
    ),
    (
        "a response's content type is added",
        Set(
            "/paths/~1v1~1keys/get/responses/200/content/text~1csv",
            "{}",
        ),
        Additive,
        "`text/csv`: is spoken too",
    ),
    (
        "an answer that was empty has a body",
        Set(
            "/paths/~1healthz/get/responses/200/content",
            r#"{"application/json": {}}"#,
        ),
        Breaking,
        "where there was no body",
    ),
    (
        "a response is reworded",
        Set("/components/responses/Refused/description", r#""No.""#),
        Documentation,
        "the description was reworded",
    ),
    (
        "an error's member is removed",
        Remove("/components/schemas/ApiError/properties/message"),
        Breaking,
        "`message`: is gone",
    ),
];
