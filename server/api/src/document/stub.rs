//! What Dropshot says of a trait, as a typed document to add to.

use dropshot::{ApiDescription, StubContext, semver::Version};
use openapiv3::{OpenAPI, Operation, PathItem, ReferenceOr};

use super::DocumentError;

/// The bare document of a trait's stub description.
pub(super) fn document(
    api: &ApiDescription<StubContext>,
    title: &str,
    version: Version,
) -> Result<OpenAPI, DocumentError> {
    let mut text = Vec::new();
    api.openapi(title, version).write(&mut text)?;
    Ok(serde_json::from_slice(&text)?)
}

/// Every operation of a document.
pub(super) fn operations_mut(document: &mut OpenAPI) -> impl Iterator<Item = &mut Operation> {
    document
        .paths
        .paths
        .values_mut()
        .filter_map(item_mut)
        .flat_map(of_path_mut)
}

/// The thing itself, unless it is elsewhere.
pub(super) fn item_mut<T>(either: &mut ReferenceOr<T>) -> Option<&mut T> {
    match either {
        ReferenceOr::Item(item) => Some(item),
        ReferenceOr::Reference { .. } => None,
    }
}

fn of_path_mut(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    [
        item.get.as_mut(),
        item.put.as_mut(),
        item.post.as_mut(),
        item.delete.as_mut(),
        item.options.as_mut(),
        item.head.as_mut(),
        item.patch.as_mut(),
        item.trace.as_mut(),
    ]
    .into_iter()
    .flatten()
}
