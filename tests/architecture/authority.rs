//! One way from a request to its answer, and one place that decides about keys.

use std::collections::BTreeMap;

use bitting_api::operations::{Access, OPERATIONS};

use crate::source::{functions, refuse, sources};

const HANDLER: &str = "server/src/http/handle.rs";

#[test]
fn every_operation_goes_through_the_one_handler() {
    let mut handled = BTreeMap::new();
    for source in sources("server/src/surfaces") {
        let Some(body) = source.implementation(|of| of.ends_with("Api")) else {
            continue;
        };
        for function in functions(body) {
            let words: Vec<_> = function
                .tokens
                .iter()
                .map(|token| token.text.as_str())
                .collect();
            let row = function.name.to_uppercase();
            let surface = source.path.trim_start_matches("server/src/surfaces/");
            let surface = surface
                .split(['/', '.'])
                .next()
                .unwrap_or_default()
                .to_owned();
            // handle::<…>(&rqctx, &ROW, …), handle_public for what the table opens to everybody, handle_presented
            // for what judges the presented key itself.
            let public = OPERATIONS.iter().any(|o| {
                let of = format!("{:?}", o.surface).to_lowercase();
                of == surface && o.id == function.name && o.access == Access::Public
            });
            let presented = OPERATIONS.iter().any(|o| {
                let of = format!("{:?}", o.surface).to_lowercase();
                of == surface && o.id == function.name && o.access == Access::Presented
            });
            let right = match (public, presented) {
                (true, _) => "handle_public",
                (_, true) => "handle_presented",
                _ => "handle",
            };
            let wrong = ["handle", "handle_public", "handle_presented"];
            let mut wrong = wrong.into_iter().filter(|other| *other != right);
            let calls = |name: &str| {
                let calls = words
                    .windows(3)
                    .filter(|w| *w == [name, ":", ":"] || *w == [name, "(", "&"]);
                calls.count()
            };
            let names_row = words.windows(2).any(|w| w == ["&", &row]);
            assert!(
                calls(right) == 1 && wrong.all(|other| calls(other) == 0) && names_row,
                "{} of {} must call {right}, once, with its own row &{row} of the table of operations",
                function.name,
                source.path
            );
            *handled
                .entry((surface, function.name.to_owned()))
                .or_insert(0) += 1;
        }
    }
    let table: BTreeMap<_, _> = OPERATIONS
        .iter()
        .map(|o| {
            (
                (format!("{:?}", o.surface).to_lowercase(), o.id.to_owned()),
                1,
            )
        })
        .collect();
    assert_eq!(
        handled, table,
        "the surfaces implement the operations of the table, each once"
    );
}

#[test]
fn only_the_handler_authenticates() {
    let mut places = Vec::new();
    for source in sources("server/src")
        .iter()
        .filter(|source| source.path != HANDLER)
    {
        places.extend(source.find(". authenticate ("));
        places.extend(source.find(". credential ("));
    }
    // The engine itself looks the secret up.
    places.retain(|place| !place.starts_with("server/src/engine/"));
    refuse(&places, "a request is authenticated in one place");
}

#[test]
fn nothing_is_served_beside_the_api_traits_and_fixed_files() {
    let mut places = Vec::new();
    for source in sources("server/src") {
        places.extend(source.find("# [ endpoint"));
        if source.path != "server/src/http/fixed.rs" {
            places.extend(source.find("ApiEndpoint :: new"));
            places.extend(source.find(". register ("));
        }
    }
    refuse(
        &places,
        "an endpoint that no API trait has would miss the handler and the documents",
    );
}

#[test]
fn no_surface_decides_about_keys() {
    let mut places = Vec::new();
    for source in sources("server/src/surfaces") {
        let words = [
            "rules",
            "bitting_store",
            "Store",
            "store",
            "Role",
            "Status",
            "Principal",
            "principal",
            "enabled",
        ];
        places.extend(words.iter().flat_map(|word| source.find(word)));
    }
    for source in sources("server/api/src") {
        places.extend(source.find("bitting_core :: rules"));
        places.extend(source.find("rules ::"));
    }
    refuse(
        &places,
        "surfaces decode, call the engine and encode; rules about keys are core's",
    );
}

#[test]
fn only_the_writer_tells_memory_of_changes() {
    // A handler that forgot a credential itself would do so before the commit or, dropped with its request, never.
    let mut places = Vec::new();
    for directory in ["server/store/src", "server/src"] {
        for source in sources(directory)
            .iter()
            .filter(|source| !source.path.starts_with("server/store/src/sqlite/writer/"))
        {
            places.extend(source.find(". committed ("));
        }
    }
    // Memory's own tests tell it of changes too.
    places.retain(|place| !place.starts_with("server/src/engine/memory"));
    refuse(
        &places,
        "memory is told of changes by the thread that commits them",
    );
}
