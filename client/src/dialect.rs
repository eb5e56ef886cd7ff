//! What each surface's errors say, in one form.

use reqwest::StatusCode;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};

use crate::{
    FieldError, Refused,
    error::{self, title},
    feldera, keys, ocamba,
};

/// The error body of a surface.
pub trait Dialect: Serialize + DeserializeOwned {
    /// The body that stands for one that is none of the surface's.
    fn stand_in(status: StatusCode) -> Self;

    /// What the body says, added to what the status and the headers say.
    fn tell(self, bare: Refused) -> Refused;
}

impl Dialect for ocamba::types::ApiError {
    fn stand_in(status: StatusCode) -> Self {
        Self {
            code: status.as_u16(),
            title: title(status).to_owned(),
            message: error::NO_BODY.to_owned(),
            trace_id: None,
            errors: Vec::new(),
        }
    }

    fn tell(self, bare: Refused) -> Refused {
        let field = |error: ocamba::types::FieldError| FieldError {
            field: error.field,
            reason: error.reason,
        };
        Refused {
            title: self.title,
            message: self.message,
            request_id: self.trace_id.or(bare.request_id),
            fields: self.errors.into_iter().map(field).collect(),
            ..bare
        }
    }
}

impl Dialect for feldera::types::ApiError {
    fn stand_in(_: StatusCode) -> Self {
        Self {
            message: error::NO_BODY.to_owned(),
            error_code: String::new(),
            details: None,
        }
    }

    fn tell(self, bare: Refused) -> Refused {
        Refused {
            code: some(self.error_code),
            message: self.message,
            details: self.details,
            ..bare
        }
    }
}

impl Dialect for keys::types::ApiError {
    fn stand_in(_: StatusCode) -> Self {
        Self {
            error_code: String::new(),
            message: error::NO_BODY.to_owned(),
            request_id: String::new(),
            details: None,
        }
    }

    fn tell(self, bare: Refused) -> Refused {
        Refused {
            code: some(self.error_code),
            message: self.message,
            request_id: some(self.request_id).or(bare.request_id),
            fields: self.details.as_ref().map(fields).unwrap_or_default(),
            details: self.details,
            ..bare
        }
    }
}

fn some(text: String) -> Option<String> {
    Some(text).filter(|text| !text.is_empty())
}

/// The things that are wrong, as far as they are in the form of this version.
fn fields(details: &Map<String, Value>) -> Vec<FieldError> {
    let errors = details.get("errors").and_then(Value::as_array);
    let text = |error: &Value, name: &str| error.get(name)?.as_str().map(str::to_owned);
    let field = |error: &Value| {
        Some(FieldError {
            field: text(error, "field")?,
            reason: text(error, "reason")?,
        })
    };
    errors.into_iter().flatten().filter_map(field).collect()
}

#[cfg(test)]
mod tests;
