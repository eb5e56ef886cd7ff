//! The error body of this surface.

use std::{borrow::Cow, fmt};

use dropshot::{ErrorStatusCode, HttpError, HttpResponseError};
use http::StatusCode;
use schemars::JsonSchema;
use serde::Serialize;

use crate::ocamba::dialect;

/// An error.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ApiError {
    /// The HTTP status of this response.
    pub code: u16,
    /// What went wrong, in a few words.
    pub title: Cow<'static, str>,
    /// What went wrong, for people.
    pub message: Cow<'static, str>,
    /// The id of this request, equal to the header `x-request-id`: name it when you ask for help. A 500 has it
    /// in the header only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub trace_id: Option<String>,
    /// What is wrong with the request, where a 400 can tell.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
}

/// One thing that is wrong with a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FieldError {
    /// The member of the body or the query parameter; `body` for the body as a whole.
    pub field: Cow<'static, str>,
    /// What is wrong with it.
    pub reason: Cow<'static, str>,
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.code, self.title)
    }
}

/// What Dropshot itself fails with once a path has matched. No extractor of this surface fails, so that this
/// is for a fault in a handler or in Dropshot; the request id is out of reach here, and a 500 has none.
impl From<HttpError> for ApiError {
    fn from(error: HttpError) -> Self {
        dialect::plain(error.status_code.as_status())
    }
}

impl HttpResponseError for ApiError {
    fn status_code(&self) -> ErrorStatusCode {
        StatusCode::from_u16(self.code)
            .ok()
            .and_then(|status| ErrorStatusCode::try_from(status).ok())
            .unwrap_or(ErrorStatusCode::INTERNAL_SERVER_ERROR)
    }
}
