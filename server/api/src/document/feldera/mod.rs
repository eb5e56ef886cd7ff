//! The document of named API keys.

use openapiv3::OpenAPI;
use serde_json::Value;

use super::{
    DocumentError, Examples, stub,
    surface::{self, Texts},
    versions,
};
use crate::{codes, feldera::feldera_api_mod, operations::Surface};

pub(super) fn document(examples: &Examples) -> Result<OpenAPI, DocumentError> {
    let api = feldera_api_mod::stub_api_description()?;
    let mut document = stub::document(
        &api,
        "Bitting: named API keys",
        versions::of(Surface::Feldera)?,
    )?;
    surface::enrich::<FelderaTexts>(&mut document, examples)?;
    Ok(document)
}

enum FelderaTexts {}

impl Texts for FelderaTexts {
    const SURFACE: Surface = Surface::Feldera;
    const LOCATION: Option<&'static str> = None;
    const NO_CACHE: bool = true;
    const NULL_IS_ABSENT: bool = true;

    fn description() -> String {
        include_str!("description.md").replace("{error_codes}", &codes::table(Surface::Feldera))
    }

    fn success(id: &str) -> &'static str {
        match id {
            "key_create" => "The key was made. This is its secret.",
            "key_list" => "The keys, ordered by name.",
            "key_view" => "The key, alone in an array.",
            "key_delete" => "The key was deleted.",
            "config_view" => "What runs here.",
            "cluster_health_view" => "Everything works.",
            "login_config_view" => "How people log in.",
            _ => "The server answers.",
        }
    }

    fn parameter(_: &str, name: &str) -> Option<Value> {
        (name == "name").then(|| "nightly-export".into())
    }
}
