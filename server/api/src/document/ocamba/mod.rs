//! The document of personal API keys.

mod parameters;

use openapiv3::{OpenAPI, PathItem, ReferenceOr};
use serde_json::Value;

use super::{
    DocumentError, Examples, stub,
    surface::{self, Texts},
    versions,
};
use crate::{
    ocamba::{ocamba_api_mod, operations},
    operations::Surface,
};

pub(super) fn document(examples: &Examples) -> Result<OpenAPI, DocumentError> {
    let api = ocamba_api_mod::stub_api_description()?;
    let mut document = stub::document(
        &api,
        "Bitting: personal API keys",
        versions::of(Surface::Ocamba)?,
    )?;
    move_validate(&mut document);
    surface::enrich::<OcambaTexts>(&mut document, examples)?;
    Ok(document)
}

/// Shows validation where callers find it (O80). It is registered one level up, as a method of the variable
/// segment, because Dropshot takes no literal one beside it.
fn move_validate(document: &mut OpenAPI) {
    let paths = &mut document.paths.paths;
    let item = paths.get_mut(operations::ITEM).and_then(stub::item_mut);
    let Some(mut validate) = item.and_then(|item| item.post.take()) else {
        return;
    };
    validate.parameters.clear();
    let item = PathItem {
        post: Some(validate),
        ..PathItem::default()
    };
    paths.insert(operations::VALIDATE.to_owned(), ReferenceOr::Item(item));
}

enum OcambaTexts {}

impl Texts for OcambaTexts {
    const SURFACE: Surface = Surface::Ocamba;
    const LOCATION: Option<&'static str> = Some("/v2/ocamba/personal-api-keys/1002168");
    const NO_CACHE: bool = false;
    // A change to null takes away (O50): each member says for itself whether it may be null.
    const NULL_IS_ABSENT: bool = false;

    fn description() -> String {
        include_str!("description.md").to_owned()
    }

    fn success(id: &str) -> &'static str {
        match id {
            "key_create" => "The key was made. This is its secret.",
            "key_list" => "One page of the keys that match.",
            "key_view" => "The key.",
            "key_update" => "The key was changed.",
            "key_delete" => "The key was deleted.",
            "key_roll" => "The key has a new secret. This is it.",
            _ => "The presented key is good.",
        }
    }

    fn parameter(_: &str, name: &str) -> Option<Value> {
        parameters::example(name).map(Value::from)
    }
}
