//! The document of named API keys.

mod examples;

use bitting_core::{Conflict, Denial, Field, NameFault, Refusal, Violation, bounds};
use dropshot::semver::Version;
use openapiv3::OpenAPI;
use serde_json::Value;

use super::{
    DocumentError, refusals, stub,
    surface::{self, Texts},
};
use crate::{
    feldera::{FelderaDialect, feldera_api_mod},
    operations::Surface,
};

/// The version of the document. The paths have the API's own, `v0`, which is the original's.
const VERSION: Version = Version::new(0, 1, 0);

pub(super) fn document() -> Result<OpenAPI, DocumentError> {
    let api = feldera_api_mod::stub_api_description()?;
    let mut document = stub::document(&api, "Bitting: named API keys", VERSION)?;
    surface::enrich::<FelderaTexts>(&mut document)?;
    Ok(document)
}

enum FelderaTexts {}

impl Texts for FelderaTexts {
    const SURFACE: Surface = Surface::Feldera;
    const LOCATION: Option<&'static str> = None;
    const NO_CACHE: bool = true;
    const NULL_IS_ABSENT: bool = true;

    type Dialect = FelderaDialect;

    fn description() -> String {
        include_str!("description.md").to_owned()
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

    fn requests(id: &str) -> Vec<(&'static str, Value)> {
        examples::requests(id)
    }

    fn answers(id: &str) -> Vec<(&'static str, Value)> {
        examples::answers(id)
    }

    fn parameter(_: &str, name: &str) -> Option<Value> {
        (name == "name").then(|| examples::NAME.into())
    }

    fn refusals(code: u16) -> Vec<(&'static str, Refusal)> {
        match code {
            400 => vec![
                (
                    "no_name",
                    Violation::new(Field::Body, "missing field `name` at line 1 column 2").into(),
                ),
                ("empty_name", Refusal::InvalidName(NameFault::Empty)),
                (
                    "long_name",
                    Refusal::InvalidName(NameFault::TooLong {
                        name: "n".repeat(bounds::PLAIN_NAME_MAX + 1),
                    }),
                ),
                (
                    "other_characters",
                    Refusal::InvalidName(NameFault::Pattern {
                        name: "nightly export".to_owned(),
                    }),
                ),
            ],
            403 => {
                let mut samples = refusals::samples(code);
                samples.push(("owner", Refusal::Forbidden(Denial::RoleNotMintable)));
                samples
            }
            404 => vec![("unknown", Refusal::UnknownName(examples::NAME.to_owned()))],
            409 => vec![("duplicate", Refusal::Conflict(Conflict::NameTaken))],
            _ => refusals::samples(code),
        }
    }
}
