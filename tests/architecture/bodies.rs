//! Who writes what a client reads.

use crate::source::{Source, refuse, sources};

/// Files that are compiled in, such as the published documents: the only bodies besides those of dialects that no
/// API trait describes.
const FIXED: &str = "server/src/http/fixed.rs";

/// The answers to verifications, written by hand because they are given so often: successes, and tested against
/// what the API trait describes.
const VERIFICATION: &str = "server/src/surfaces/keys/verify.rs";

/// Answers that are given again as they were: successes, written as the API trait describes them and kept.
const ONCE: &str = "server/src/surfaces/keys/once.rs";

/// What makes a body of one's own choice, or Dropshot's wording of an error, which is no surface's.
const BODIES: &[&str] = &[
    "Body :: from",
    "Body :: with_content",
    "Body :: wrap",
    "Response :: builder",
    "HttpError :: for_bad_request",
    "HttpError :: for_client_error",
    "HttpError :: for_client_error_with_status",
    "HttpError :: for_internal_error",
    "HttpError :: for_not_found",
    "HttpError :: for_unavail",
];

fn is_dialect(source: &Source) -> bool {
    source.path.ends_with("/dialect.rs") && source.path.starts_with("server/api/src/")
}

#[test]
fn only_dialects_write_error_bodies() {
    let mut places = Vec::new();
    let all = sources("server/api/src")
        .into_iter()
        .chain(sources("server/src"));
    for source in all.filter(|source| !is_dialect(source)) {
        // A value of the error type, as against its definition, its impls and functions that return it.
        let is_value = |before: &str| !["struct", "for", "impl", ">"].contains(&before);
        places.extend(source.find_after("ApiError {", is_value));
        if [FIXED, VERIFICATION, ONCE].contains(&source.path.as_str()) {
            continue;
        }
        places.extend(BODIES.iter().flat_map(|made| source.find(made)));
        // What has no body, such as the answer to a preflight, needs no dialect.
        let empty = source.find("Response :: new ( Body :: empty ( ) )");
        let made = source.find("Response :: new");
        places.extend(made.into_iter().filter(|place| !empty.contains(place)));
    }
    refuse(
        &places,
        "error bodies are written by the dialect modules alone",
    );
}
