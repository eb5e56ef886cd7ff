//! The error body of this surface.

use std::{borrow::Cow, fmt};

use dropshot::{ErrorStatusCode, HttpError, HttpResponseError};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::{feldera::dialect, wire::Nullable};

/// An error.
// In the order of F2.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ApiError {
    /// What went wrong, for people.
    pub message: Cow<'static, str>,
    /// What went wrong, for programs.
    pub error_code: Cow<'static, str>,
    /// More about it; what that is depends on `error_code`. Null where there is no more.
    pub details: Nullable<Map<String, Value>>,
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.error_code, self.message)
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
