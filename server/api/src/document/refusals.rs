//! The error responses of documents: one component for each status, referred to by every operation that the
//! table says can answer it.

use bitting_core::{Conflict, Denial, Field, Refusal, Role, Violation};
use openapiv3::{Components, MediaType, OpenAPI, ReferenceOr, Response, StatusCode};

use super::{
    headers::{self, Named},
    stub,
    surface::{Texts, examples},
};
use crate::operations::{self, Operation};

/// The request id of every example.
pub(super) const REQUEST_ID: &str = "99a84211-f73d-4ff8-acdf-eb3e06bb9d62";

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
                      revoked. Which of these is not said.",
    },
    Status {
        code: 403,
        name: "Forbidden",
        description: "The credential is good but its role does not allow this.",
    },
    Status {
        code: 404,
        name: "NotFound",
        description: "There is no such key, or it is not one that the caller can see. Which of the two is not \
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

/// Refusals that have this status, each with a name: what examples are made of.
pub(super) fn samples(code: u16) -> Vec<(&'static str, Refusal)> {
    let named = |name, refusal| vec![(name, refusal)];
    match code {
        400 => vec![
            (
                "body",
                Refusal::Invalid(vec![
                    Violation::new(Field::Name, "is required"),
                    Violation::new(Field::End, "must be later than the start"),
                ]),
            ),
            (
                "query",
                Violation::new(Field::Parameter("page"), "a page has at most 1000 items").into(),
            ),
        ],
        401 => named("unauthorized", Refusal::Unauthenticated),
        403 => named(
            "forbidden",
            Refusal::Forbidden(Denial::RoleTooWeak {
                required: Role::Write,
                actual: Role::Read,
            }),
        ),
        404 => named("not_found", Refusal::NotFound),
        408 => named("too_slow", Refusal::BodyTooSlow),
        409 => named("conflict", Refusal::Conflict(Conflict::LastRootKey)),
        413 => named("too_large", Refusal::BodyTooLarge),
        415 => named("unknown_type", Refusal::BodyTypeUnknown),
        429 => named("limited", Refusal::RateLimited { retry_after: 12 }),
        503 => named("unavailable", Refusal::Unavailable),
        _ => named("internal", Refusal::Internal),
    }
}

/// Replaces Dropshot's ranges (`4XX`, `5XX`) by the statuses of each operation's row.
pub(super) fn spell_out<T: Texts>(document: &mut OpenAPI) {
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
        declare::<T>(components, status);
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

fn declare<T: Texts>(components: &mut Components, status: &Status) {
    let bodies = samples(status.code)
        .into_iter()
        .map(|(name, refusal)| (name, T::refusal(&refusal)));
    let mut media = MediaType {
        schema: Some(ReferenceOr::ref_(T::ERROR)),
        ..MediaType::default()
    };
    examples(&mut media, bodies);
    let mut response = Response {
        description: status.description.to_owned(),
        content: [("application/json".to_owned(), media)].into(),
        ..Response::default()
    };
    headers::add(&mut response, [Named::RequestId]);
    match status.code {
        401 => headers::add(&mut response, [Named::Challenge]),
        429 => headers::add(&mut response, [Named::RetryAfter]),
        // What comes after the limit was taken from (O10).
        _ => headers::add(&mut response, Named::RATE),
    }
    components
        .responses
        .insert(status.name.to_owned(), ReferenceOr::Item(response));
}
