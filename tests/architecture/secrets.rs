//! Where secrets in the clear come from.

use crate::source::{refuse, sources};

/// The only module that may make one.
const MODULE: &str = "server/core/src/secret/";

#[test]
fn only_the_secret_module_makes_a_plain_secret() {
    let mut places = Vec::new();
    for directory in [
        "server/core/src",
        "server/api/src",
        "server/store/src",
        "server/src",
    ] {
        for source in sources(directory)
            .iter()
            .filter(|source| !source.path.starts_with(MODULE))
        {
            places.extend(source.find("PlainSecret ("));
            places.extend(source.find("PlainSecret :: generate"));
            places.extend(source.find("PlainSecret :: unsealed"));
        }
    }
    refuse(
        &places,
        "a plain secret is minted or unsealed by core's secret module alone",
    );
}

#[test]
fn a_plain_secret_can_be_looked_at_and_not_made_copied_or_serialised() {
    let sources = sources("server/core/src/secret");
    let plain = sources
        .iter()
        .find(|source| source.path.ends_with("/plain.rs"))
        .unwrap();
    let shape = "pub struct PlainSecret ( Zeroizing < String > ) ;";
    assert_eq!(
        plain.find(shape).len(),
        1,
        "its text must be private and wiped when dropped"
    );
    let derived = plain.find("derive");
    refuse(
        &derived,
        "a derived trait would copy the secret, print it or write it somewhere",
    );
    let functions = plain.functions();
    let public: Vec<_> = functions
        .iter()
        .filter(|f| f.is_public)
        .map(|f| f.name)
        .collect();
    assert_eq!(
        public,
        ["expose"],
        "what is public of a plain secret is that it can be looked at"
    );
}
