//! What every surface's document says in the same way: who publishes it, how to authenticate, who may do
//! what, and examples.

use bitting_core::Role;
use openapiv3::{
    APIKeyLocation, Contact, Example, HeaderStyle, License, MediaType, OpenAPI, Parameter,
    ParameterData, ReferenceOr, RequestBody, Response, SecurityScheme, Server, ServerVariable,
    StatusCode,
};
use serde_json::Value;

use super::{
    DocumentError, Examples,
    headers::{self, Named},
    refusals, schemas, stub,
};
use crate::{
    codes,
    operations::{self, Access, Operation, Surface},
};

/// Which error codes an operation can answer, in the order of the document's list.
pub const ERROR_CODES: &str = "x-error-codes";

const SCHEME: &str = "bearerAuth";
/// Where a key is presented that is not the bearer token.
const PRESENTED: &str = "apiKeyHeader";

/// What a surface's document says in its own way.
pub(super) trait Texts {
    /// The surface.
    const SURFACE: Surface;
    /// An example of the path of a new thing, where `Location` tells it.
    const LOCATION: Option<&'static str>;
    /// Whether every success that shows no secret forbids its use without asking again (F4).
    const NO_CACHE: bool;
    /// Whether what a request may leave out of its body may also be null, which means the same (K10).
    const NULL_IS_ABSENT: bool;

    /// The document's description, in Markdown.
    fn description() -> String;
    /// What an operation's success means.
    fn success(id: &str) -> &'static str;
    /// An example of a parameter of an operation.
    fn parameter(id: &str, name: &str) -> Option<Value>;
    /// What a status that refuses means, where it is not what it means on every surface.
    fn meaning(_: u16) -> Option<&'static str> {
        None
    }
    /// The request headers that an operation looks at, besides those that every one does.
    fn headers(_: &str) -> Vec<ParameterData> {
        Vec::new()
    }
}

/// Adds to Dropshot's document what Dropshot cannot say.
pub(super) fn enrich<T: Texts>(
    document: &mut OpenAPI,
    examples: &Examples,
) -> Result<(), DocumentError> {
    describe::<T>(document);
    schemas::make_plain(document, T::NULL_IS_ABSENT);
    refusals::spell_out::<T>(document, examples);
    for operation in stub::operations_mut(document) {
        let id = operation.operation_id.clone().unwrap_or_default();
        let row = operations::of(T::SURFACE)
            .find(|row| row.id == id)
            .ok_or(DocumentError::NotInTable(id))?;
        authorise(operation, row.access);
        name_codes(operation, row);
        for parameter_data in T::headers(row.id) {
            let style = HeaderStyle::Simple;
            operation
                .parameters
                .push(ReferenceOr::Item(Parameter::Header {
                    parameter_data,
                    style,
                }));
        }
        for parameter in schemas::parameters_mut(operation) {
            parameter.example = T::parameter(row.id, &parameter.name);
        }
        if let Some(body) = operation.request_body.as_mut().and_then(stub::item_mut) {
            describe_request(body, &examples.requests(row.id));
        }
        let success = StatusCode::Code(row.success);
        let responses = &mut operation.responses.responses;
        if let Some(response) = responses.get_mut(&success).and_then(stub::item_mut) {
            describe_success::<T>(response, row, &examples.answers(row.id));
        }
    }
    let used = headers::used(document);
    let components = document.components.get_or_insert_default();
    headers::declare(components, &used, T::LOCATION);
    components.security_schemes.insert(
        SCHEME.to_owned(),
        ReferenceOr::Item(SecurityScheme::HTTP {
            scheme: "bearer".to_owned(),
            bearer_format: None,
            description: Some(
                "A login token (a JWT) of a configured issuer, or an active API key: `Authorization: Bearer <token>`. \
                 What has exactly three parts between dots is a login token, and everything else is a key."
                    .to_owned(),
            ),
            extensions: [].into(),
        }),
    );
    if operations::of(T::SURFACE).any(|row| row.access == Access::Presented) {
        components.security_schemes.insert(
            PRESENTED.to_owned(),
            ReferenceOr::Item(SecurityScheme::APIKey {
                location: APIKeyLocation::Header,
                name: "X-API-Key".to_owned(),
                description: Some(
                    "An active API key, for a gateway that asks whether it is good: `X-API-Key: <key>`.".to_owned(),
                ),
                extensions: [].into(),
            }),
        );
    }
    Ok(())
}

fn describe<T: Texts>(document: &mut OpenAPI) {
    let info = &mut document.info;
    info.description = Some(T::description().trim_end().to_owned());
    info.contact = Some(Contact {
        name: Some("The Bitting maintainers, through the issues of the project".to_owned()),
        ..Contact::default()
    });
    info.license = Some(License {
        name: "Apache-2.0".to_owned(),
        url: Some("https://www.apache.org/licenses/LICENSE-2.0".to_owned()),
        ..License::default()
    });
    let host = ServerVariable {
        default: "bitting.example".to_owned(),
        description: Some("Where your Bitting is reached.".to_owned()),
        ..ServerVariable::default()
    };
    document.servers = vec![Server {
        url: "https://{host}".to_owned(),
        description: Some(
            "Production: your own Bitting. Whoever runs it knows its host.".to_owned(),
        ),
        variables: Some([("host".to_owned(), host)].into()),
        // For documentation tools: nothing in here is kept from those who are outside.
        extensions: [("x-internal".to_owned(), false.into())].into(),
    }];
    document.security = Some(vec![[(SCHEME.to_owned(), Vec::new())].into()]);
}

/// Says who may, from the table: in words, and for programs.
fn authorise(operation: &mut openapiv3::Operation, access: Access) {
    let (words, role) = match access {
        Access::Public => {
            operation.security = Some(Vec::new());
            ("Needs no credential.".to_owned(), None)
        }
        Access::AnyKey => {
            let words = "Needs an active API key of any role; a login token is not one.";
            (words.to_owned(), Some(Role::None))
        }
        Access::Any => {
            let words = "Needs an active API key of any role, or a login token.";
            (words.to_owned(), Some(Role::None))
        }
        Access::Presented => {
            let schemes = [SCHEME, PRESENTED].map(|name| [(name.to_owned(), Vec::new())].into());
            operation.security = Some(schemes.into());
            let words = "Needs no credential but the presented key, whatever its role; a login token is not one.";
            (words.to_owned(), None)
        }
        Access::Role(Role::Root) => ("Needs the role `root`.".to_owned(), Some(Role::Root)),
        Access::Role(role) => (
            format!("Needs the role `{role}` or a stronger one."),
            Some(role),
        ),
    };
    if let Some(role) = role {
        operation.security = Some(vec![[(SCHEME.to_owned(), Vec::new())].into()]);
        operation
            .extensions
            .insert("x-required-role".to_owned(), role.name().into());
    }
    let description = operation.description.get_or_insert_default();
    if !description.is_empty() {
        description.push_str("\n\n");
    }
    description.push_str(&words);
}

/// Says which error codes it can answer, from the lists: in words, and for programs.
fn name_codes(operation: &mut openapiv3::Operation, row: &Operation) {
    let codes = codes::of(row.surface);
    let names: Vec<_> = codes
        .iter()
        .filter(|code| code.is_of(row))
        .map(|code| code.name)
        .collect();
    if names.is_empty() {
        return;
    }
    let description = operation.description.get_or_insert_default();
    description.push_str("\n\nError codes: `");
    description.push_str(&names.join("`, `"));
    description.push_str("`.");
    operation
        .extensions
        .insert(ERROR_CODES.to_owned(), names.into());
}

fn describe_request(body: &mut RequestBody, examples: &[(String, Value)]) {
    for media in body.content.values_mut() {
        exemplify(media, examples);
    }
}

fn describe_success<T: Texts>(
    response: &mut Response,
    row: &Operation,
    examples: &[(String, Value)],
) {
    T::success(row.id).clone_into(&mut response.description);
    for media in response.content.values_mut() {
        exemplify(media, examples);
    }
    headers::add(response, [Named::RequestId]);
    if row.success == 201 && T::LOCATION.is_some() {
        headers::add(response, [Named::Location]);
    }
    if row.tagged {
        headers::add(response, [Named::EntityTag]);
    }
    if row.access == Access::Presented {
        headers::add(response, Named::PRESENTED);
    }
    if row.reveals {
        headers::add(response, [Named::NoStore]);
    } else if T::NO_CACHE {
        headers::add(response, [Named::NoCache]);
    }
    if row.refusals.contains(&429) && row.access != Access::Presented {
        headers::add(response, Named::RATE);
    }
}

/// Gives `media` its examples: a single one without a name, several with theirs.
pub(super) fn exemplify(media: &mut MediaType, examples: &[(String, Value)]) {
    if let [(_, only)] = examples {
        media.example = Some(only.clone());
        return;
    }
    for (name, value) in examples {
        let example = Example {
            value: Some(value.clone()),
            ..Example::default()
        };
        media
            .examples
            .insert(name.clone(), ReferenceOr::Item(example));
    }
}
