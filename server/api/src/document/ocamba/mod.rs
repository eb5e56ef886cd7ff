//! The document of personal API keys.

mod examples;

use bitting_core::Refusal;
use dropshot::semver::Version;
use openapiv3::{OpenAPI, PathItem, ReferenceOr};
use serde_json::Value;

use super::{
    DocumentError, refusals, stub,
    surface::{self, Texts},
};
use crate::{
    ocamba::{self, ocamba_api_mod, operations},
    operations::Surface,
};

/// The version of the document. The path has the API's own, `v2`, which is the original's.
const VERSION: Version = Version::new(0, 1, 0);

pub(super) fn document() -> Result<OpenAPI, DocumentError> {
    let api = ocamba_api_mod::stub_api_description()?;
    let mut document = stub::document(&api, "Bitting: personal API keys", VERSION)?;
    move_validate(&mut document);
    surface::enrich::<OcambaTexts>(&mut document)?;
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
    const DESCRIPTION: &'static str = include_str!("description.md");
    const ERROR: &'static str = "#/components/schemas/ApiError";
    const LOCATION: &'static str = "/v2/ocamba/personal-api-keys/1002168";

    fn refusal(refusal: &Refusal) -> Value {
        let body = ocamba::error_body(refusal, refusals::REQUEST_ID);
        serde_json::to_value(body).unwrap_or_default()
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

    fn requests(id: &str) -> Vec<(&'static str, Value)> {
        examples::requests(id)
    }

    fn answers(id: &str) -> Vec<(&'static str, Value)> {
        examples::answers(id)
    }

    fn parameter(name: &str) -> Option<&'static str> {
        examples::parameter(name)
    }
}
