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
    let document: OpenAPI = serde_json::from_str(&fs::read_to_string(path)?)?;
    let mut settings = GenerationSettings::default();
    settings
        .with_interface(InterfaceStyle::Builder)
        .with_tag(TagStyle::Merged);
    let tokens = Generator::new(&settings).generate_tokens(&document)?;
    Ok(prettyplease::unparse(&syn::parse2(tokens)?))
}
