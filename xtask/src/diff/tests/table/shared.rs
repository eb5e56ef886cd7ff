//! Mutations of what both share, of who may call, and of what the document says of itself.

use super::{
    super::mutation::Edit::{Push, Remove, Replace, Set},
    Row,
};
use crate::diff::Class::{Additive, Breaking, Documentation};

pub(super) const ROWS: &[Row] = &[
    (
        "an object that has no name gets a title",
        Set(
            "/components/schemas/Key/properties/metadata/title",
            r#""Metadata""#,
        ),
        Breaking,
        "generators name its type after it",
    ),
    (
        "a text gets a title",
        Set("/components/schemas/Key/properties/name/title", r#""Name""#),
        Documentation,
        "the title is new",
    ),
    (
        "a schema that has a name gets a title",
        Set("/components/schemas/Key/title", r#""A key""#),
        Documentation,
        "the title is new",
    ),
    (
        "a schema is renamed",
        Replace("schemas/Owner\"", "schemas/Holder\""),
        Breaking,
        "",
    ),
    (
        "a schema that nothing uses is removed",
        Remove("/components/schemas/Spare"),
        Breaking,
        "schema `Spare`: is gone",
    ),
    (
        "a schema that nothing uses changes",
        Set("/components/schemas/Spare/properties/a/maxLength", "9"),
        Breaking,
        "no operation tells",
    ),
    (
        "a schema is added",
        Set("/components/schemas/Other", r#"{"type": "string"}"#),
        Additive,
        "schema `Other`: is new",
    ),
    (
        "a schema that is sent and answered loses a value",
        Set("/components/schemas/Status/enum", r#"["active"]"#),
        Breaking,
        "requests of key_list",
    ),
    (
        "a schema that is sent and answered gains a value",
        Push("/components/schemas/Status/enum", r#""pending""#),
        Breaking,
        "answers of key_create",
    ),
    (
        "a member refers to another schema",
        Set(
            "/components/schemas/Key/properties/kind",
            r##"{"$ref": "#/components/schemas/Status"}"##,
        ),
        Breaking,
        "is the schema `Status` (was `Kind`)",
    ),
    (
        "a named schema is written out",
        Set(
            "/components/schemas/Key/properties/kind",
            r#"{"type": "string", "enum": ["own", "imported"], "x-extensible-enum": true}"#,
        ),
        Breaking,
        "is the schema `Kind` on one side only",
    ),
    (
        "a shared member is described",
        Set(
            "/components/schemas/Key/properties/name/description",
            r#""Its name.""#,
        ),
        Documentation,
        "schema `Key` › `name`: the description is new",
    ),
    (
        "an operation that was open needs a credential",
        Remove("/paths/~1healthz/get/security"),
        Breaking,
        "callers may be refused with 401",
    ),
    (
        "an operation needs no credential",
        Set("/paths/~1v1~1keys/get/security", "[]"),
        Additive,
        "may be called with no credential",
    ),
    (
        "a way to authenticate is refused",
        Set(
            "/paths/~1v1~1keys~1{id}/delete/security",
            r#"[{"bearerAuth": []}]"#,
        ),
        Breaking,
        "is called with `bearerAuth`",
    ),
    (
        "a way to authenticate is added",
        Push("/security", r#"{"headerAuth": []}"#),
        Additive,
        "every operation: may be called",
    ),
    (
        "every operation needs another credential",
        Set("/security", r#"[{"headerAuth": []}]"#),
        Breaking,
        "key_list: is called with `headerAuth`",
    ),
    (
        "what is demanded is said again",
        Set("/paths/~1v1~1keys/get/security", r#"[{"bearerAuth": []}]"#),
        Documentation,
        "is the same",
    ),
    (
        "another scope is demanded",
        Set(
            "/paths/~1v1~1keys/get/security",
            r#"[{"bearerAuth": ["keys"]}]"#,
        ),
        Breaking,
        "`bearerAuth` with `keys`",
    ),
    (
        "a security scheme changes",
        Set("/components/securitySchemes/headerAuth/name", r#""X-Key""#),
        Breaking,
        "the way to authenticate is another",
    ),
    (
        "a security scheme is removed",
        Remove("/components/securitySchemes/headerAuth"),
        Breaking,
        "the way to authenticate is gone",
    ),
    (
        "a stronger role is needed",
        Set("/paths/~1v1~1keys/get/x-required-role", r#""admin""#),
        Breaking,
        r#"needs the role "admin" (was the role "read")"#,
    ),
    (
        "a weaker role is enough",
        Set("/paths/~1v1~1keys/post/x-required-role", r#""verify""#),
        Additive,
        "whoever could call it still can",
    ),
    (
        "an operation gets an error code",
        Push("/paths/~1v1~1keys/get/x-error-codes", r#""slow""#),
        Additive,
        r#"can be refused with "slow" too"#,
    ),
    (
        "an operation loses an error code",
        Remove("/paths/~1v1~1keys/get/x-error-codes/1"),
        Documentation,
        r#"is not refused with "not_found" any more"#,
    ),
    (
        "an operation's error codes are another list",
        Set("/paths/~1v1~1keys/get/x-error-codes", r#"["slow"]"#),
        Additive,
        r#"can be refused with "slow" too"#,
    ),
    (
        "error codes come in another order",
        Set(
            "/paths/~1v1~1keys/get/x-error-codes",
            r#"["not_found", "invalid"]"#,
        ),
        Documentation,
        "come in another order",
    ),
    (
        "an operation tells its error codes",
        Set("/paths/~1v1~1keys/post/x-error-codes", r#"["invalid"]"#),
        Documentation,
        "the document tells its error codes",
    ),
    (
        "an operation does not tell its error codes any more",
        Remove("/paths/~1v1~1keys/get/x-error-codes"),
        Breaking,
        "does not list its error codes any more",
    ),
    (
        "a server is removed",
        Set("/servers", r#"[{"url": "https://other.example"}]"#),
        Breaking,
        "server `https://{host}`: is gone",
    ),
    (
        "a server is added",
        Push("/servers", r#"{"url": "https://other.example"}"#),
        Additive,
        "is new",
    ),
    (
        "a server's default host changes",
        Set("/servers/0/variables/host/default", r#""other.example""#),
        Breaking,
        "what its address is made of",
    ),
    (
        "a tag is described",
        Set("/tags/0/description", r#""All keys.""#),
        Documentation,
        "tag `keys`: the description was reworded",
    ),
    (
        "the document is reworded",
        Set("/info/description", r#""Words.""#),
        Documentation,
        "the description was reworded",
    ),
    (
        "the licence changes",
        Set("/info/license/name", r#""MIT""#),
        Documentation,
        "the licence changed",
    ),
    (
        "only the version changes",
        Set("/info/version", r#""1.0.1""#),
        Documentation,
        "has the version 1.0.1 (was 1.0.0)",
    ),
    (
        "another version of OpenAPI is spoken",
        Set("/openapi", r#""3.1.0""#),
        Breaking,
        "is written in OpenAPI 3.1.0",
    ),
    (
        "an extension that nobody knows appears",
        Set("/paths/~1v1~1keys/get/x-quota", "5"),
        Breaking,
        "no rule knows what that means",
    ),
    (
        "a keyword that nobody knows appears",
        Set("/components/schemas/Key/patternProperties", "{}"),
        Breaking,
        "in a way that no rule knows",
    ),
    (
        "a keyword that nobody knows stands beside a reference",
        Set("/components/schemas/Good/properties/key/unknown", "1"),
        Breaking,
        "in a way that no rule knows",
    ),
];
