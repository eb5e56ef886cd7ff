//! The text of the recipes.

use std::{fs, path::Path};

/// The recipe in a language: the one block of its kind.
pub(crate) fn of(language: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../server/recipes/gateways.md");
    let text = fs::read_to_string(path).expect("the recipes are there");
    let fence = format!("```{language}\n");
    let mut blocks = text.split(&fence).skip(1);
    let (Some(block), None) = (blocks.next(), blocks.next()) else {
        panic!("the recipes have one block of {language}");
    };
    let (block, _) = block.split_once("```").expect("a block ends");
    block.to_owned()
}

/// The same with other texts in the place of some, each of which it must have.
pub(crate) fn with(language: &str, others: &[(&str, String)]) -> String {
    let mut text = of(language);
    for (given, other) in others {
        assert!(
            text.contains(given),
            "the recipe for {language} has no {given}"
        );
        text = text.replace(given, other);
    }
    text
}
