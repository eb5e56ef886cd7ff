#![allow(clippy::unwrap_used)]

use std::{fmt::Write as _, io::Read as _};

use flate2::read::GzDecoder;
use sha2::{Digest, Sha256};

/// The viewer is the one whose origin, version, digest and licence are recorded beside it.
#[test]
fn the_viewer_is_the_one_that_is_recorded() {
    let mut viewer = Vec::new();
    let packed = &include_bytes!("viewer/scalar.js.gz")[..];
    GzDecoder::new(packed).read_to_end(&mut viewer).unwrap();
    let mut digest = String::new();
    for byte in Sha256::digest(&viewer) {
        write!(digest, "{byte:02x}").unwrap();
    }
    let recorded = include_str!("viewer/README.md");
    assert!(recorded.contains(&format!("| `{digest}` |")), "{digest}");
    let version = recorded.split("| version | ").nth(1).unwrap();
    let version = version.split(' ').next().unwrap();
    let told = format!("@scalar/api-reference@{version}");
    assert_eq!(recorded.matches(&told).count(), 1, "the line that packs it");
    assert!(String::from_utf8(viewer).unwrap().contains(version));
    assert!(include_str!("viewer/LICENSE").starts_with("MIT License"));
}

/// The page has no script of its own in it, which its policy would not run, and every part has been given its path.
#[test]
fn the_page_names_its_parts_and_has_none_in_it() {
    let page = include_str!("page.html");
    for part in ["viewer.js", "access.js", "page.js", "page.css"] {
        assert_eq!(page.matches(&format!("{{{part}}}")).count(), 1, "{part}");
    }
    assert_eq!(page.matches("<script").count(), 3);
    assert_eq!(page.matches("\"></script>").count(), 3);
    assert!(!page.contains("<style") && !page.contains("style="));
    assert!(!page.contains("http:") && !page.contains("https:"));
    // A proxy may show it below a path of its own.
    assert!(!page.contains("=\"/"));
}
