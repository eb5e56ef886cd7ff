//! What can go wrong with a request.

use std::{fmt, time::Duration};

use progenitor_client::ResponseValue;
use reqwest::{StatusCode, header::HeaderMap};

use serde_json::{Map, Value};

use crate::{dialect::Dialect, retry};

/// What stands for the message of an answer without an error body.
pub(crate) const NO_BODY: &str =
    "The answer has no error body of Bitting's: something in between may have answered.";

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
    /// What went wrong, for programs, on the surfaces that have codes: `DuplicateName`, `insufficient_role`.
    pub code: Option<String>,
    /// What went wrong, in a few words.
    pub title: String,
    /// What went wrong, for people.
    pub message: String,
    /// The id of the request in the server's log.
    pub request_id: Option<String>,
    /// How long to wait before the next try, if the server says so.
    pub retry_after: Option<Duration>,
    /// What is wrong with the request, where the server can tell.
    pub fields: Vec<FieldError>,
    /// More about it, which depends on the code.
    pub details: Option<Map<String, Value>>,
}

/// One thing that is wrong with a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// The member of the body or the query parameter; `body` or `query` for the whole.
    pub field: String,
    /// What is wrong with it.
    pub reason: String,
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

    /// The code of the refusal, if it is one of a surface that has codes.
    pub fn code(&self) -> Option<&str> {
        self.refused()?.code.as_deref()
    }

    /// The id of the request in the server's log, if it is a refusal that has one: name it when you ask for help.
    pub fn request_id(&self) -> Option<&str> {
        self.refused()?.request_id.as_deref()
    }

    /// How long to wait before the next try, if it is a refusal that says so. The client has waited and tried again
    /// already where its [`Retry`](crate::Retry) says so.
    pub fn retry_after(&self) -> Option<Duration> {
        self.refused()?.retry_after
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
        write!(f, "{}", self.status.as_u16())?;
        if let Some(code) = &self.code {
            write!(f, " {code}")?;
        }
        write!(f, ": {}", self.message)?;
        for (place, field) in self.fields.iter().enumerate() {
            let before = if place == 0 { " (" } else { "; " };
            write!(f, "{before}{} {}", field.field, field.reason)?;
        }
        if !self.fields.is_empty() {
            f.write_str(")")?;
        }
        match &self.request_id {
            Some(id) => write!(f, " [request {id}]"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Refused {}

impl<D: Dialect> From<progenitor_client::Error<D>> for Error {
    fn from(error: progenitor_client::Error<D>) -> Self {
        use progenitor_client::Error as Generated;
        match error {
            Generated::ErrorResponse(response) => Self::Refused(Box::new(response.into())),
            Generated::UnexpectedResponse(response) => {
                let (status, headers) = (response.status(), response.headers());
                if status.is_success() {
                    return Self::Answer(format!("the status is {status}"));
                }
                // What the document does not say is what something in between says.
                Self::Refused(Box::new(Refused {
                    message: NO_BODY.to_owned(),
                    ..Refused::bare(status, headers)
                }))
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

impl<D: Dialect> From<ResponseValue<D>> for Refused {
    fn from(response: ResponseValue<D>) -> Self {
        let bare = Self::bare(response.status(), response.headers());
        response.into_inner().tell(bare)
    }
}

/// What a status means, in a few words.
pub(crate) fn title(status: StatusCode) -> &'static str {
    status.canonical_reason().unwrap_or("Unknown status")
}

impl Refused {
    /// What a status and its headers say.
    fn bare(status: StatusCode, headers: &HeaderMap) -> Self {
        let text = |name: &str| Some(headers.get(name)?.to_str().ok()?.to_owned());
        let title = title(status);
        Self {
            status,
            code: None,
            title: title.to_owned(),
            message: title.to_owned(),
            request_id: text("x-request-id"),
            retry_after: retry::retry_after(headers),
            fields: Vec::new(),
            details: None,
        }
    }
}

#[cfg(test)]
mod tests;
