//! The error body of this surface.

use std::{borrow::Cow, fmt};

use dropshot::{ErrorStatusCode, HttpError, HttpResponseError};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

use super::ErrorCode;
use crate::{keys::dialect, wire::Nullable};

/// An error.
// In the order of K3.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ApiError {
    /// What went wrong, for programs.
    pub error_code: ErrorCode,
    /// What went wrong and what to do next, for people.
    pub message: Cow<'static, str>,
    /// The id of this request, equal to the header `x-request-id`: name it when you ask for help.
    pub request_id: String,
    /// More about it; what that is depends on `error_code`. Null where there is no more.
    pub details: Nullable<Map<String, Value>>,
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.error_code.name(), self.message)
    }
}

/// What Dropshot itself fails with once a path has matched. No extractor of this surface fails, so that this
/// is for a fault in a handler or in Dropshot.
impl From<HttpError> for ApiError {
    fn from(_: HttpError) -> Self {
        dialect::fault()
    }
}

/// Refusals are answered through [`crate::wire::Reply`]: an error that a handler returns is a fault.
impl HttpResponseError for ApiError {
    fn status_code(&self) -> ErrorStatusCode {
        ErrorStatusCode::INTERNAL_SERVER_ERROR
    }
}
