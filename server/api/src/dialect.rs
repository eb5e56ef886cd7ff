//! How a surface words what core refuses.

use bitting_core::Refusal;
use dropshot::{Body, CONTENT_TYPE_JSON};
use http::{HeaderValue, Response, StatusCode, header};
use serde::Serialize;

use crate::operations::Surface;

/// A surface's error answers. Implementations match on [`Refusal`] exhaustively, here or on its status, so that
/// a new refusal does not compile until every surface has its words for it; and nothing else writes an error
/// body.
pub trait Dialect {
    /// The body of every error.
    type Error: Serialize;

    /// The surface.
    const SURFACE: Surface;

    /// The body of the answer to `refusal`. The documents' examples are made with it too.
    fn error(refusal: &Refusal, request_id: &str) -> Self::Error;

    /// The whole answer to `refusal`: status, headers and body.
    ///
    /// The header `x-request-id` is Dropshot's to set; `request_id` is for the body.
    fn refuse(refusal: &Refusal, request_id: &str) -> Response<Body> {
        let body = Self::error(refusal, request_id);
        // Strings and numbers always serialise; should they not, an empty body beats a panic.
        let bytes = serde_json::to_vec(&body).unwrap_or_default();
        let mut response = Response::new(Body::from(bytes));
        *response.status_mut() = status(refusal);
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
            Refusal::RateLimited { retry_after }
            | Refusal::QuotaExceeded {
                retry_after: Some(retry_after),
            } => {
                headers.insert(header::RETRY_AFTER, HeaderValue::from(*retry_after));
            }
            Refusal::Unavailable => {
                if let Some(seconds) = Self::SURFACE.retry_unavailable() {
                    headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
                }
            }
            Refusal::Forbidden(_)
            | Refusal::NotFound
            | Refusal::UnknownName(_)
            | Refusal::Invalid(_)
            | Refusal::InvalidName(_)
            | Refusal::Conflict(_)
            | Refusal::Changed
            | Refusal::BodyTooSlow
            | Refusal::BodyTooLarge
            | Refusal::BodyTypeUnknown
            | Refusal::QuotaExceeded { retry_after: None }
            | Refusal::Internal => {}
        }
        response
    }
}

/// The status of every surface's answer to `refusal`.
pub(crate) fn status(refusal: &Refusal) -> StatusCode {
    match refusal {
        Refusal::Unauthenticated => StatusCode::UNAUTHORIZED,
        Refusal::Forbidden(_) => StatusCode::FORBIDDEN,
        Refusal::NotFound | Refusal::UnknownName(_) => StatusCode::NOT_FOUND,
        Refusal::Invalid(_) | Refusal::InvalidName(_) => StatusCode::BAD_REQUEST,
        Refusal::Conflict(_) => StatusCode::CONFLICT,
        Refusal::Changed => StatusCode::PRECONDITION_FAILED,
        Refusal::WrongMethod { .. } => StatusCode::METHOD_NOT_ALLOWED,
        Refusal::BodyTooSlow => StatusCode::REQUEST_TIMEOUT,
        Refusal::BodyTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Refusal::BodyTypeUnknown => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        Refusal::RateLimited { .. } | Refusal::QuotaExceeded { .. } => {
            StatusCode::TOO_MANY_REQUESTS
        }
        Refusal::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        Refusal::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}
