//! What can go wrong with a request.

use std::{fmt, time::Duration};

use progenitor_client::ResponseValue;
use reqwest::{
    StatusCode,
    header::{HeaderMap, RETRY_AFTER},
};

use crate::ocamba::types::ApiError;
pub use crate::ocamba::types::FieldError;

/// Why a request did not do what it was to do.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The server refused it.
    #[error(transparent)]
    Refused(Box<Refused>),
    /// It was not sent: something in it is missing or cannot be spelt.
    #[error("the request cannot be sent: {0}")]
    Request(String),
    /// It may or may not have arrived; the connection failed.
    #[error("the connection failed: {0}")]
    Connection(#[source] reqwest::Error),
    /// It succeeded, but the answer is not what the document says. What was sent back is not kept, because it
    /// may hold a secret.
    #[error("the answer is not what the document says: {0}")]
    Answer(String),
}

/// A refusal.
#[derive(Clone, Debug)]
pub struct Refused {
    /// The HTTP status.
    pub status: StatusCode,
    /// What went wrong, in a few words.
    pub title: String,
    /// What went wrong, for people.
    pub message: String,
    /// The id of the request in the server's log.
    pub trace_id: Option<String>,
    /// How long to wait before the next try, if the server says so.
    pub retry_after: Option<Duration>,
    /// What is wrong with the request, where the server can tell.
    pub fields: Vec<FieldError>,
}

impl Error {
    /// The refusal, if it is one.
    pub fn refused(&self) -> Option<&Refused> {
        match self {
            Self::Refused(refused) => Some(refused),
            Self::Request(_) | Self::Connection(_) | Self::Answer(_) => None,
        }
    }

    /// The status of the refusal, if it is one.
    pub fn status(&self) -> Option<StatusCode> {
        self.refused().map(|refused| refused.status)
    }

    /// Whether there is no such thing, or not for this caller.
    pub fn is_not_found(&self) -> bool {
        self.status() == Some(StatusCode::NOT_FOUND)
    }

    /// Whether the same request may succeed later. One that was not read-only may have been done already when
    /// the connection failed.
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Connection(_) => true,
            Self::Refused(refused) => matches!(
                refused.status,
                StatusCode::REQUEST_TIMEOUT
                    | StatusCode::TOO_MANY_REQUESTS
                    | StatusCode::BAD_GATEWAY
                    | StatusCode::SERVICE_UNAVAILABLE
                    | StatusCode::GATEWAY_TIMEOUT
            ),
            Self::Request(_) | Self::Answer(_) => false,
        }
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.status.as_u16(), self.message)?;
        for (place, field) in self.fields.iter().enumerate() {
            let before = if place == 0 { " (" } else { "; " };
            write!(f, "{before}{} {}", field.field, field.reason)?;
        }
        if !self.fields.is_empty() {
            f.write_str(")")?;
        }
        match &self.trace_id {
            Some(id) => write!(f, " [request {id}]"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Refused {}

impl From<progenitor_client::Error<ApiError>> for Error {
    fn from(error: progenitor_client::Error<ApiError>) -> Self {
        use progenitor_client::Error as Generated;
        match error {
            Generated::ErrorResponse(response) => Self::Refused(Box::new(response.into())),
            Generated::UnexpectedResponse(response) => {
                let (status, headers) = (response.status(), response.headers());
                if status.is_success() {
                    return Self::Answer(format!("the status is {status}"));
                }
                Self::Refused(Box::new(Refused::bare(status, headers)))
            }
            Generated::InvalidRequest(reason) | Generated::Custom(reason) => Self::Request(reason),
            Generated::CommunicationError(error)
            | Generated::InvalidUpgrade(error)
            | Generated::ResponseBodyError(error) => Self::Connection(error),
            // Neither the body nor the reader's words for it, which may repeat a piece of it.
            Generated::InvalidResponsePayload(_, error) => Self::Answer(format!(
                "its body cannot be read from line {} column {}",
                error.line(),
                error.column()
            )),
        }
    }
}

impl From<ResponseValue<ApiError>> for Refused {
    fn from(response: ResponseValue<ApiError>) -> Self {
        let bare = Self::bare(response.status(), response.headers());
        let body = response.into_inner();
        Self {
            title: body.title,
            message: body.message,
            trace_id: body.trace_id.or(bare.trace_id),
            fields: body.errors,
            ..bare
        }
    }
}

impl Refused {
    /// What a status and its headers say.
    fn bare(status: StatusCode, headers: &HeaderMap) -> Self {
        let text = |name: &str| Some(headers.get(name)?.to_str().ok()?.to_owned());
        let title = status.canonical_reason().unwrap_or("Unknown status");
        Self {
            status,
            title: title.to_owned(),
            message: title.to_owned(),
            trace_id: text("x-request-id"),
            // The other form, a date, is not one that Bitting sends.
            retry_after: text(RETRY_AFTER.as_str())
                .and_then(|seconds| seconds.parse().ok())
                .map(Duration::from_secs),
            fields: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests;
