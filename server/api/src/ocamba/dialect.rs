//! How this surface words refusals (O3, O4). Nothing else writes an error body of it.

use bitting_core::{Field, Refusal, Violation};
use http::StatusCode;

use super::types::{ApiError, FieldError};
use crate::{
    dialect::{Dialect, status},
    operations::Surface,
};

/// The dialect of personal API keys: `{"code","title","message","trace_id"}`.
#[derive(Clone, Copy, Debug)]
pub enum OcambaDialect {}

impl Dialect for OcambaDialect {
    type Error = ApiError;

    const SURFACE: Surface = Surface::Ocamba;

    fn error(refusal: &Refusal, request_id: &str) -> ApiError {
        let mut body = plain(status(refusal));
        if *refusal != Refusal::Internal {
            body.trace_id = Some(request_id.to_owned());
        }
        match refusal {
            Refusal::Invalid(violations) => {
                body.errors = violations.iter().map(field_error).collect();
            }
            Refusal::InvalidName(fault) => {
                let violation = Violation::new(Field::Name, fault.to_string());
                body.errors = vec![field_error(&violation)];
            }
            _ => {}
        }
        body
    }
}

/// The body that has nothing but what its status says.
pub(super) fn plain(status: StatusCode) -> ApiError {
    let (title, message) = texts(status);
    ApiError {
        code: status.as_u16(),
        title: title.into(),
        message: message.into(),
        trace_id: None,
        errors: Vec::new(),
    }
}

/// O4's texts, to the letter.
fn texts(status: StatusCode) -> (&'static str, &'static str) {
    let text = match status.as_u16() {
        400 => return ("Bad request.", "The request body is not valid."),
        401 => "Unauthorized.",
        403 => "Forbidden.",
        404 => "Not found.",
        405 => "Method not allowed.",
        408 => "Request timeout.",
        409 => "Conflict.",
        413 => "Content too large.",
        415 => "Unsupported media type.",
        429 => "Too many requests.",
        503 => "Service unavailable.",
        // Dropshot has a few more of its own; what they share is enough to say.
        402..500 => "Bad request.",
        _ => "Internal server error.",
    };
    (text, text)
}

fn field_error(violation: &Violation) -> FieldError {
    let field = match violation.field {
        Field::Body => "body",
        Field::Name => "name",
        Field::Description => "description",
        Field::Start => "start_time",
        Field::End => "end_time",
        Field::Role => "role",
        Field::Owner => "member_id",
        Field::Parameter(name) => name,
    };
    FieldError {
        field: field.into(),
        reason: violation.reason.clone(),
    }
}

#[cfg(test)]
mod tests;
