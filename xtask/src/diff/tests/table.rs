//! Mutations of the fixture and what each means to consumers.

use super::mutation::Edit::{self, Push, Remove, Rename, Replace, Set};
use crate::diff::Class::{self, Additive, Breaking, Documentation};

/// A mutation: what it is, how it is made, what it means, and words that a consumer is told.
pub(super) type Row = (&'static str, Edit, Class, &'static str);

/// Operations, their parameters and bodies.
pub(super) const OPERATIONS: &[Row] = &[
    (
        "an operation is removed",
        Remove("/paths/~1v1~1keys~1{id}/delete"),
        Breaking,
        "DELETE /v1/keys/{id} is gone",
    ),
    (
        "a path is removed",
        Remove("/paths/~1v1~1verify"),
        Breaking,
        "POST /v1/verify is gone",
    ),
    (
        "an operation id changes",
        Set("/paths/~1v1~1keys/get/operationId", r#""keys_list""#),
        Breaking,
        "is the operation `keys_list`",
    ),
    (
        "an operation moves",
        Rename("/paths/~1healthz", "/livez"),
        Breaking,
        "is called as GET /livez (was GET /healthz)",
    ),
    (
        "a method changes",
        Rename("/paths/~1v1~1verify/post", "put"),
        Breaking,
        "is called as PUT /v1/verify",
    ),
    (
        "an operation is added",
        Set(
            "/paths/~1v1~1whoami",
            r#"{"get": {"operationId": "whoami", "tags": ["keys"], "responses": {"204": {"description": "You."}}}}"#,
        ),
        Additive,
        "GET /v1/whoami is new",
    ),
    (
        "an operation has another tag",
        Set("/paths/~1healthz/get/tags", r#"["service"]"#),
        Breaking,
        "has the tags `service`",
    ),
    (
        "an operation is deprecated",
        Set("/paths/~1healthz/get/deprecated", "true"),
        Additive,
        "is deprecated",
    ),
    (
        "a summary is reworded",
        Set("/paths/~1v1~1keys/get/summary", r#""Keys""#),
        Documentation,
        "the summary was reworded",
    ),
    (
        "a description is added",
        Set("/paths/~1v1~1keys/post/description", r#""New.""#),
        Documentation,
        "the description is new",
    ),
    (
        "a description is removed",
        Remove("/paths/~1v1~1keys/get/description"),
        Documentation,
        "the description is gone",
    ),
    (
        "a required query parameter is added",
        Push(
            "/paths/~1v1~1keys/get/parameters",
            r#"{"in": "query", "name": "company", "required": true, "schema": {"type": "string"}}"#,
        ),
        Breaking,
        "query parameter `company`: is new, and has to be given",
    ),
    (
        "an optional query parameter is added",
        Push(
            "/paths/~1v1~1keys/get/parameters",
            r#"{"in": "query", "name": "sort", "schema": {"type": "string"}}"#,
        ),
        Additive,
        "can be left out",
    ),
    (
        "a parameter is removed",
        Remove("/paths/~1v1~1keys/get/parameters/0"),
        Breaking,
        "query parameter `limit`: is gone",
    ),
    (
        "an optional header is renamed",
        Set("/paths/~1v1~1keys/get/parameters/2/name", r#""if-match""#),
        Breaking,
        "header parameter `if-none-match`: is gone",
    ),
    (
        "a parameter becomes required",
        Set("/paths/~1v1~1keys/get/parameters/0/required", "true"),
        Breaking,
        "is required (was optional)",
    ),
    (
        "a path parameter is renamed",
        Replace("{id}", "{key}"),
        Breaking,
        "",
    ),
    (
        "a parameter's bound is tightened",
        Set("/paths/~1v1~1keys/get/parameters/0/schema/maximum", "50"),
        Breaking,
        "the value is at most 50 (was 100)",
    ),
    (
        "a parameter's bound is loosened",
        Set("/paths/~1v1~1keys/get/parameters/0/schema/maximum", "200"),
        Additive,
        "the value is at most 200 (was 100)",
    ),
    (
        "a parameter's default changes",
        Set("/paths/~1v1~1keys/get/parameters/0/schema/default", "10"),
        Breaking,
        "the default is 10 (was 20)",
    ),
    (
        "a parameter's example changes",
        Set("/paths/~1v1~1keys/get/parameters/0/example", "10"),
        Documentation,
        "the example changed",
    ),
    (
        "a parameter's lists are written otherwise",
        Set("/paths/~1v1~1keys/get/parameters/0/explode", "false"),
        Breaking,
        "another form",
    ),
    (
        "a parameter is deprecated",
        Set("/paths/~1v1~1keys/get/parameters/0/deprecated", "true"),
        Additive,
        "is deprecated",
    ),
    (
        "parameters change places",
        Replace(PARAMETERS, PARAMETERS_OTHERWISE),
        Documentation,
        "another order",
    ),
    (
        "a request body becomes required",
        Set("/paths/~1v1~1verify/post/requestBody/required", "true"),
        Breaking,
        "request body: is required",
    ),
    (
        "a request body becomes optional",
        Remove("/paths/~1v1~1keys/post/requestBody/required"),
        Additive,
        "request body: is optional",
    ),
    (
        "a request body is removed",
        Remove("/paths/~1v1~1keys/post/requestBody"),
        Breaking,
        "request body: is gone",
    ),
    (
        "a required request body is added",
        Set(
            "/paths/~1healthz/get/requestBody",
            r#"{"required": true, "content": {"application/json": {}}}"#,
        ),
        Breaking,
        "has to be sent",
    ),
    (
        "a request's content type is another",
        Rename(
            "/paths/~1v1~1keys/post/requestBody/content/application~1json",
            "application/merge-patch+json",
        ),
        Breaking,
        "is not spoken any more",
    ),
    (
        "a request's content type is added",
        Set(
            "/paths/~1v1~1keys/post/requestBody/content/application~1x-www-form-urlencoded",
            "{}",
        ),
        Additive,
        "is spoken too",
    ),
    (
        "a request's example changes",
        Set(
            "/paths/~1v1~1keys/post/requestBody/content/application~1json/example",
            r#"{"name": "Other"}"#,
        ),
        Documentation,
        "the example changed",
    ),
];

const PARAMETERS: &str = r##"{"in": "query", "name": "status", "schema": {"$ref": "#/components/schemas/Status"}},
          {"in": "header", "name": "if-none-match", "schema": {"type": "string"}}"##;
const PARAMETERS_OTHERWISE: &str = r##"{"in": "header", "name": "if-none-match", "schema": {"type": "string"}},
          {"in": "query", "name": "status", "schema": {"$ref": "#/components/schemas/Status"}}"##;

/// What is sent.
pub(super) const REQUESTS: &[Row] = &[
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

/// What is answered.
pub(super) const ANSWERS: &[Row] = &[
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

/// What both share, who may call, and what the document says of itself.
pub(super) const SHARED: &[Row] = &[
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

/// All of them.
pub(super) fn rows() -> impl Iterator<Item = &'static Row> {
    [OPERATIONS, REQUESTS, ANSWERS, SHARED]
        .into_iter()
        .flatten()
}
