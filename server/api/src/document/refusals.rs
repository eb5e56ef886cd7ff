//! The error responses of documents: one component for each status, referred to by every operation that the
//! table says can answer it.

use openapiv3::{Components, MediaType, OpenAPI, ReferenceOr, Response, StatusCode};

use super::{
    Examples,
    headers::{self, Named},
    stub,
    surface::{Texts, exemplify},
};
use crate::operations::{self, Access, Operation};

/// The request id of every example.
pub(super) const REQUEST_ID: &str = "99a84211-f73d-4ff8-acdf-eb3e06bb9d62";

/// The one error schema of a surface: generators of clients take no more than one.
const ERROR: &str = "#/components/schemas/ApiError";

/// A status that refuses, with its name among the components and what it means.
struct Status {
    code: u16,
    name: &'static str,
    description: &'static str,
}

const STATUSES: &[Status] = &[
    Status {
        code: 400,
        name: "BadRequest",
        description: "Something in the request may not be as it is.",
    },
    Status {
        code: 401,
        name: "Unauthorized",
        description: "There is no credential, or it is not good: malformed, unknown, not active yet, expired or \
                      revoked, or a login token that its issuer would not stand by. Which of these is not said.",
    },
    Status {
        code: 403,
        name: "Forbidden",
        description: "The credential is good, but its role does not allow this, or it asks for a role that it cannot \
                      give.",
    },
    Status {
        code: 404,
        name: "NotFound",
        description: "There is no such thing, or it is not one that the caller can see. Which of the two is not \
                      said.",
    },
    Status {
        code: 408,
        name: "RequestTimeout",
        description: "The body did not arrive in time. Send the request again.",
    },
    Status {
        code: 409,
        name: "Conflict",
        description: "The request is fine, but the state of things is against it.",
    },
    Status {
        code: 412,
        name: "PreconditionFailed",
        description: "It is not as the request supposes: it was changed since.",
    },
    Status {
        code: 413,
        name: "ContentTooLarge",
        description: "The body is larger than 64 KiB.",
    },
    Status {
        code: 415,
        name: "UnsupportedMediaType",
        description: "The body's content type is not `application/json`.",
    },
    Status {
        code: 429,
        name: "TooManyRequests",
        description: "Too many requests. Wait as long as `Retry-After` says.",
    },
    Status {
        code: 500,
        name: "InternalServerError",
        description: "A fault of the server. Its log has the cause under the request's id.",
    },
    Status {
        code: 503,
        name: "ServiceUnavailable",
        description: "It cannot be done now, through no fault of the request. Try again later.",
    },
];

/// Replaces Dropshot's ranges (`4XX`, `5XX`) by the statuses of each operation's row.
pub(super) fn spell_out<T: Texts>(document: &mut OpenAPI, examples: &Examples) {
    for operation in stub::operations_mut(document) {
        let row = operation.operation_id.as_deref().and_then(row::<T>);
        let responses = &mut operation.responses.responses;
        responses.retain(|status, _| matches!(status, StatusCode::Code(_)));
        let codes = row.iter().flat_map(|row| row.refusals).copied();
        for status in codes.filter_map(status) {
            let reference = format!("#/components/responses/{}", status.name);
            responses.insert(
                StatusCode::Code(status.code),
                ReferenceOr::Reference { reference },
            );
        }
    }
    let components = document.components.get_or_insert_default();
    components.responses.clear();
    for status in STATUSES.iter().filter(|status| is_answered::<T>(status)) {
        declare::<T>(components, status, &examples.refusals(status.code));
    }
}

fn row<T: Texts>(id: &str) -> Option<&'static Operation> {
    operations::of(T::SURFACE).find(|row| row.id == id)
}

fn status(code: u16) -> Option<&'static Status> {
    STATUSES.iter().find(|status| status.code == code)
}

fn is_answered<T: Texts>(status: &Status) -> bool {
    operations::of(T::SURFACE).any(|row| row.refusals.contains(&status.code))
}

fn declare<T: Texts>(
    components: &mut Components,
    status: &Status,
    examples: &[(String, serde_json::Value)],
) {
    let mut media = MediaType {
        schema: Some(ReferenceOr::ref_(ERROR)),
        ..MediaType::default()
    };
    exemplify(&mut media, examples);
    let mut response = Response {
        description: T::meaning(status.code)
            .unwrap_or(status.description)
            .to_owned(),
        content: [("application/json".to_owned(), media)].into(),
        ..Response::default()
    };
    headers::add(&mut response, [Named::RequestId]);
    match status.code {
        401 => headers::add(&mut response, [Named::Challenge]),
        429 if is_limited::<T>() => headers::add(&mut response, [Named::RetryAfter]),
        429 => headers::add(&mut response, [Named::RetryAfterIfEver]),
        503 if T::SURFACE.retry_unavailable().is_some() => {
            headers::add(&mut response, [Named::RetryAfter]);
        }
        // What comes after the limit was taken from (O10).
        _ if is_limited::<T>() => headers::add(&mut response, Named::RATE),
        _ => {}
    }
    components
        .responses
        .insert(status.name.to_owned(), ReferenceOr::Item(response));
}

/// Whether the surface has rate limits. Where keys are presented, the limits are the keys' own.
fn is_limited<T: Texts>() -> bool {
    let limited = |row: &Operation| row.refusals.contains(&429) && row.access != Access::Presented;
    operations::of(T::SURFACE).any(limited)
}
