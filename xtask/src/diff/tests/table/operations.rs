//! Mutations of operations, their parameters and bodies.

use super::{
    super::mutation::Edit::{Push, Remove, Rename, Replace, Set},
    Row,
};
use crate::diff::Class::{Additive, Breaking, Documentation};

pub(super) const ROWS: &[Row] = &[
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
