//! How this surface words refusals (O3, O4). Nothing else writes an error body of it.

use bitting_core::{Field, Refusal, Violation};
use dropshot::{Body, CONTENT_TYPE_JSON};
use http::{HeaderValue, Response, StatusCode, header};

use super::types::{ApiError, FieldError};
use crate::dialect::Dialect;

/// The dialect of personal API keys: `{"code","title","message","trace_id"}`.
#[derive(Clone, Copy, Debug)]
pub enum OcambaDialect {}

impl Dialect for OcambaDialect {
    fn refuse(refusal: &Refusal, request_id: &str) -> Response<Body> {
        let status = status(refusal);
        let body = body(refusal, request_id);
        // Strings and numbers always serialise; should they not, an empty body beats a panic.
        let bytes = serde_json::to_vec(&body).unwrap_or_default();
        let mut response = Response::new(Body::from(bytes));
        *response.status_mut() = status;
        let headers = response.headers_mut();
        let json = HeaderValue::from_static(CONTENT_TYPE_JSON);
        headers.insert(header::CONTENT_TYPE, json);
        match refusal {
            Refusal::Unauthenticated => {
                headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
            }
            Refusal::WrongMethod { allow } => {
                // Method names make a header value; were one not to, the 405 still says what it can.
                if let Ok(allow) = HeaderValue::from_str(&allow.join(", ")) {
                    headers.insert(header::ALLOW, allow);
                }
            }
            Refusal::RateLimited { retry_after } => {
                headers.insert(header::RETRY_AFTER, HeaderValue::from(*retry_after));
            }
            Refusal::Forbidden(_)
            | Refusal::NotFound
            | Refusal::Invalid(_)
            | Refusal::Conflict(_)
            | Refusal::BodyTooSlow
            | Refusal::BodyTooLarge
            | Refusal::BodyTypeUnknown
            | Refusal::Unavailable
            | Refusal::Internal => {}
        }
        response
    }
}

/// The body of the answer to `refusal`; the document's examples are made with it too.
pub(crate) fn body(refusal: &Refusal, request_id: &str) -> ApiError {
    let mut body = plain(status(refusal));
    if *refusal != Refusal::Internal {
        body.trace_id = Some(request_id.to_owned());
    }
    if let Refusal::Invalid(violations) = refusal {
        body.errors = violations.iter().map(field_error).collect();
    }
    body
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

fn status(refusal: &Refusal) -> StatusCode {
    match refusal {
        Refusal::Unauthenticated => StatusCode::UNAUTHORIZED,
        Refusal::Forbidden(_) => StatusCode::FORBIDDEN,
        Refusal::NotFound => StatusCode::NOT_FOUND,
        Refusal::Invalid(_) => StatusCode::BAD_REQUEST,
        Refusal::Conflict(_) => StatusCode::CONFLICT,
        Refusal::WrongMethod { .. } => StatusCode::METHOD_NOT_ALLOWED,
        Refusal::BodyTooSlow => StatusCode::REQUEST_TIMEOUT,
        Refusal::BodyTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Refusal::BodyTypeUnknown => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        Refusal::RateLimited { .. } => StatusCode::TOO_MANY_REQUESTS,
        Refusal::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        Refusal::Internal => StatusCode::INTERNAL_SERVER_ERROR,
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
        Field::Parameter(name) => name,
    };
    FieldError {
        field: field.into(),
        reason: violation.reason.clone(),
    }
}

#[cfg(test)]
mod tests;
