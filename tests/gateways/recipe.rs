//! The text of the recipes.

use bitting_tests::recipe;

/// The recipe in a language: the one block of its kind.
pub(crate) fn of(language: &str) -> String {
    recipe::block("server/recipes/gateways.md", language)
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
