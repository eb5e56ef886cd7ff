//! Which crate may know which.

use std::{collections::BTreeMap, fs, process::Command};

use serde_json::Value;

use crate::workspace::root;

/// Every crate and those of ours that it may depend on, in whatever way.
const ARROWS: &[(&str, &[&str])] = &[
    ("bitting-core", &[]),
    ("bitting-api", &["bitting-core"]),
    ("bitting-store", &["bitting-core"]),
    ("bitting-client", &[]),
    (
        "bitting-server",
        &[
            "bitting-api",
            "bitting-client",
            "bitting-core",
            "bitting-store",
        ],
    ),
    // Never the server: documents and clients are regenerated while it does not compile.
    ("xtask", &["bitting-api"]),
    (
        "bitting-tests",
        &[
            "bitting-api",
            "bitting-client",
            "bitting-core",
            "bitting-server",
            "bitting-store",
        ],
    ),
    // Clients of documents that were released, which know nothing of today's but what they ask over HTTP.
    ("bitting-released", &["bitting-core", "bitting-tests"]),
];

/// What reaches a database; only the store may, and tests.
const DATABASES: &[&str] = &[
    "rusqlite",
    "libsqlite3-sys",
    "sea-query",
    "sqlx",
    "tokio-postgres",
];

struct Dependency {
    name: String,
    /// Whether the crate itself needs it, and not its tests or its build script.
    is_normal: bool,
}

fn crates() -> BTreeMap<String, Vec<Dependency>> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut metadata = Command::new(cargo);
    metadata
        .args(["metadata", "--format-version=1", "--no-deps", "--offline"])
        .current_dir(root());
    let told = metadata.output().unwrap();
    assert!(
        told.status.success(),
        "cargo metadata: {}",
        String::from_utf8_lossy(&told.stderr)
    );
    let told: Value = serde_json::from_slice(&told.stdout).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let packages = told["packages"].as_array().unwrap().iter();
    packages
        .map(|package| {
            let dependencies = package["dependencies"].as_array().unwrap().iter();
            let dependencies = dependencies.map(|dependency| Dependency {
                name: text(&dependency["name"]),
                is_normal: dependency["kind"].is_null(),
            });
            (text(&package["name"]), dependencies.collect())
        })
        .collect()
}

#[test]
fn crates_depend_on_each_other_only_along_the_arrows() {
    let crates = crates();
    let known: Vec<_> = ARROWS.iter().map(|(name, _)| *name).collect();
    for name in crates.keys() {
        assert!(
            known.contains(&name.as_str()),
            "{name} is new: give it a line in ARROWS"
        );
    }
    for (name, allowed) in ARROWS {
        let dependencies = crates
            .get(*name)
            .unwrap_or_else(|| panic!("there is no crate {name}"));
        for dependency in dependencies {
            let to = dependency.name.as_str();
            let good = !known.contains(&to) || allowed.contains(&to);
            assert!(good, "{name} must not depend on {to}");
        }
    }
}

#[test]
fn only_the_store_reaches_a_database() {
    for (name, dependencies) in crates() {
        if name == "bitting-store" || name == "bitting-tests" {
            continue;
        }
        for Dependency { name: to, .. } in &dependencies {
            assert!(
                !DATABASES.contains(&to.as_str()),
                "{name} must not depend on {to}"
            );
        }
    }
}

#[test]
fn core_depends_on_nothing_that_does_io() {
    // None of these opens, connects, waits or draws. Whatever is added here must not either.
    let allowed = [
        "chacha20poly1305",
        "chrono",
        "crc32fast",
        "ipnet",
        "memchr",
        "sha2",
        "thiserror",
        "uuid",
        "zeroize",
    ];
    for dependency in &crates()["bitting-core"] {
        let good = !dependency.is_normal || allowed.contains(&dependency.name.as_str());
        assert!(
            good,
            "bitting-core must not depend on {} unless it does no I/O",
            dependency.name
        );
    }
}

#[test]
fn every_crate_obeys_the_lints_of_the_workspace() {
    let directories = [
        "server",
        "server/core",
        "server/api",
        "server/store",
        "client",
        "xtask",
        "tests",
        "tests/released",
    ];
    assert_eq!(
        directories.len(),
        ARROWS.len(),
        "a crate is missing from this list"
    );
    for directory in directories {
        let manifest = fs::read_to_string(root().join(directory).join("Cargo.toml")).unwrap();
        assert!(
            manifest.contains("[lints]\nworkspace = true\n"),
            "{directory}/Cargo.toml"
        );
    }
}
