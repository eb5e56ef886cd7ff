//! The `OpenAPI` documents: what Dropshot can say of a trait, and all that it cannot.
//!
//! Dropshot's stub description gives paths, parameters and schemas. The rest (servers, the security scheme,
//! each status that an operation can answer, response headers, examples) is added from the same tables that
//! the server uses, so that a document cannot promise what the server does not do.
//!
//! `OpenAPI` 3.0.3 with one error schema per surface: the generators of clients need both.

mod examples;
mod feldera;
mod headers;
mod integers;
mod json_schema;
mod keys;
mod ocamba;
mod refusals;
mod schemas;
mod stub;
mod surface;
mod versions;

use std::fmt;

use dropshot::{ApiDescriptionBuildErrors, ApiDescriptionRegisterError};
use openapiv3::OpenAPI;

pub use examples::Examples;
pub use json_schema::json_schema;

pub use self::{schemas::COPY_OF, surface::ERROR_CODES};
use crate::operations::Surface;

/// A document as it is published: the same bytes on every machine.
#[derive(Clone, PartialEq, Eq)]
pub struct Document {
    /// The surface that it describes.
    pub surface: Surface,
    /// Its text: JSON, indented by two spaces, with a newline at its end.
    pub text: String,
}

impl Document {
    /// The name of its file.
    pub fn file_name(&self) -> String {
        format!("{}.json", self.surface.name())
    }
}

impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Document({}, {} bytes)",
            self.file_name(),
            self.text.len()
        )
    }
}

/// Why a document cannot be made. Each is a fault of this crate, and the tests make every document.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// Dropshot refuses the trait.
    #[error("the API trait cannot be described: {0}")]
    Describe(#[from] ApiDescriptionBuildErrors),
    /// Dropshot refuses one endpoint.
    #[error("the API trait cannot be described: {0}")]
    Register(#[from] ApiDescriptionRegisterError),
    /// The document cannot be read back or written.
    #[error("the document is no OpenAPI: {0}")]
    Json(#[from] serde_json::Error),
    /// The file of versions has none for this surface that is one.
    #[error("openapi/versions.json has no version of {0} such as 1.2.0")]
    Version(&'static str),
    /// The trait has an operation that the table has not: add its row to `operations`.
    #[error("operation {0} is missing in the table of operations: add its row")]
    NotInTable(String),
}

/// Every document, in the order in which they are published.
pub fn documents() -> Result<Vec<Document>, DocumentError> {
    Surface::ALL.into_iter().map(document).collect()
}

/// The document of one surface.
pub fn document(surface: Surface) -> Result<Document, DocumentError> {
    document_with(surface, &Examples::committed(surface)?)
}

/// The document of one surface, with other examples than those that are committed.
pub fn document_with(surface: Surface, examples: &Examples) -> Result<Document, DocumentError> {
    let described = match surface {
        Surface::Keys => keys::document(examples),
        Surface::Ocamba => ocamba::document(examples),
        Surface::Feldera => feldera::document(examples),
    };
    let text = render(&described?)?;
    Ok(Document { surface, text })
}

fn render(document: &OpenAPI) -> Result<String, DocumentError> {
    let mut text = serde_json::to_string_pretty(document)?;
    text.push('\n');
    Ok(text)
}

#[cfg(test)]
mod tests;
