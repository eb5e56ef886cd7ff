//! A client of each released document, as progenitor makes it of the document alone: nothing of ours is added, so
//! that it is what a consumer has who generated it on the day of the release.

use std::{
    env,
    error::Error,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use openapiv3::OpenAPI;
use progenitor::{GenerationSettings, Generator, InterfaceStyle, TagStyle};
use serde_json::Value;

const RELEASED: &str = "../../openapi/released";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={RELEASED}");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let (mut modules, mut lives) = (String::new(), String::new());
    for path in documents(Path::new(RELEASED))? {
        println!("cargo::rerun-if-changed={}", path.display());
        let surface = path
            .parent()
            .and_then(Path::file_name)
            .ok_or("no surface")?
            .to_string_lossy()
            .into_owned();
        let version = path
            .file_stem()
            .ok_or("no version")?
            .to_string_lossy()
            .into_owned();
        let major = version.split('.').next().unwrap_or_default();
        let module = format!("{surface}_{}", version.replace('.', "_"));
        let code = client(&path).map_err(|cause| format!("{}: {cause}", path.display()))?;
        fs::write(out.join(format!("{module}.rs")), code)?;
        writeln!(
            modules,
            "/// The client of `{surface}` {version}.\n\
             pub mod {module} {{ include!(concat!(env!(\"OUT_DIR\"), \"/{module}.rs\")); }}"
        )?;
        writeln!(lives, "{surface}_{major}!({module});")?;
    }
    fs::write(out.join("modules.rs"), modules)?;
    fs::write(out.join("lives.rs"), lives)?;
    // The tests include the list of lives from here.
    println!("cargo::rustc-env=LIVES={}", out.join("lives.rs").display());
    Ok(())
}

/// The released documents, in the order of their names.
fn documents(released: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut found = Vec::new();
    if !released.is_dir() {
        return Ok(found);
    }
    for surface in fs::read_dir(released)? {
        let surface = surface?.path();
        if !surface.is_dir() {
            continue;
        }
        for file in fs::read_dir(surface)? {
            let file = file?.path();
            if file
                .extension()
                .is_some_and(|extension| extension == "json")
            {
                found.push(file);
            }
        }
    }
    found.sort();
    Ok(found)
}

fn client(path: &Path) -> Result<String, Box<dyn Error>> {
    let mut document: Value = serde_json::from_str(&fs::read_to_string(path)?)?;
    let names: Vec<_> = document["components"]["schemas"]
        .as_object()
        .map(|schemas| schemas.keys().cloned().collect())
        .unwrap_or_default();
    forget_titles(&mut document, &names);
    let document: OpenAPI = serde_json::from_value(document)?;
    let mut settings = GenerationSettings::default();
    settings
        .with_interface(InterfaceStyle::Builder)
        .with_tag(TagStyle::Merged);
    let tokens = Generator::new(&settings).generate_tokens(&document)?;
    Ok(prettyplease::unparse(&syn::parse2(tokens)?))
}

/// Takes away the titles that are names of components. A copy of a schema that may be null has such a title, and
/// progenitor would make a second type of the name.
fn forget_titles(value: &mut Value, names: &[String]) {
    match value {
        Value::Object(members) => {
            let title = members.get("title").and_then(Value::as_str);
            if title.is_some_and(|title| names.iter().any(|name| name == title)) {
                members.remove("title");
            }
            members
                .values_mut()
                .for_each(|value| forget_titles(value, names));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| forget_titles(item, names)),
        _ => {}
    }
}
