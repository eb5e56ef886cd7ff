//! The public names of the Rust client, with their signatures, one to a line: what a change of the client does to the programs
//! that use it is seen in the diff of this list.
//!
//! Every `pub` item is listed, because the compiler refuses one that nobody can reach (`unreachable_pub`). A private module
//! has no name of its own here: what it has is re-exported by the module that it is in.

mod item;
mod signature;

use std::{error::Error, fs, path::Path};

use syn::Item;

use super::{COMMAND, file::File};

const CRATE: &str = "bitting_client";

/// The list. What is among `made` is taken from there: it may not be written yet.
pub(super) fn generate(root: &Path, made: &[File]) -> Result<File, Box<dyn Error>> {
    let mut lines = Vec::new();
    let source = Source {
        root,
        made,
        file: "client/src/lib.rs".to_owned(),
        children: "client/src".to_owned(),
    };
    source.list(CRATE, &mut lines)?;
    lines.sort();
    lines.dedup();
    let mut text = format!(
        "# The public names of the Rust client. Made by `{COMMAND}`: what is new, gone or changed here is so for its users.\n"
    );
    for line in lines {
        text.push_str(&line);
        text.push('\n');
    }
    Ok(File {
        path: "client/public-names.txt".to_owned(),
        text,
    })
}

/// The file of a module.
struct Source<'a> {
    root: &'a Path,
    made: &'a [File],
    /// Its path from the root, with `/`.
    file: String,
    /// The directory of the files of the modules in it.
    children: String,
}

impl Source<'_> {
    /// Adds what the module at `path` has.
    fn list(&self, path: &str, lines: &mut Vec<String>) -> Result<(), Box<dyn Error>> {
        let name = &self.file;
        let made = self.made.iter().find(|made| made.path == *name);
        let text = match made {
            Some(made) => made.text.clone(),
            None => fs::read_to_string(self.root.join(name))
                .map_err(|cause| format!("{name}: {cause}"))?,
        };
        let parsed = syn::parse_file(&text).map_err(|cause| format!("{name}: {cause}"))?;
        self.items(&parsed.items, path, lines)
    }

    fn items(
        &self,
        items: &[Item],
        path: &str,
        lines: &mut Vec<String>,
    ) -> Result<(), Box<dyn Error>> {
        for item in items {
            let Item::Mod(module) = item else {
                item::list(item, path, lines);
                continue;
            };
            if item::is_test(&module.attrs) {
                continue;
            }
            let name = module.ident.to_string();
            let of = if item::is_public(&module.vis) {
                lines.push(format!("{path}::{name} mod"));
                format!("{path}::{name}")
            } else {
                path.to_owned()
            };
            let source = Self {
                file: format!("{}/{name}.rs", self.children),
                children: format!("{}/{name}", self.children),
                ..*self
            };
            match &module.content {
                Some((_, items)) => source.items(items, &of, lines)?,
                None => source.list(&of, lines)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const CLIENT: &str = r#"
        mod hidden {
            /// Shown where the module is.
            #[derive(Clone, Debug)]
            pub struct Shown<T> { pub name: Option<T>, secret: u8 }
            impl<T: Clone> Shown<T> {
                pub fn name(&self) -> Option<&T> { self.name.as_ref() }
                fn own(&self) {}
            }
            impl<T> std::fmt::Display for Shown<T> { fn fmt(&self) {} }
            pub(crate) struct Own;
        }
        pub use hidden::Shown;
        pub use other_crate::Thing;
        pub mod types {
            pub enum Status { Active, Ended { #[doc = "when"] at: u64, } }
            pub const MAX: u32 = 100;
            pub trait Paged: Sized { type Page; fn pages(self, by: impl Fn(u8) -> bool) -> Self::Page; }
            pub type Pair = (u8, [u8; 2]);
            pub async fn send(a: &'static str, mut b: Vec<(u8, u8)>) -> Result<(), Box<dyn std::error::Error + Send>> {}
        }
        #[cfg(test)]
        mod tests { pub fn none() {} }
    "#;

    #[test]
    fn what_is_made_is_listed_before_it_is_written() {
        let made = ["lib", "keys"].map(|name| File {
            path: format!("client/src/{name}.rs"),
            text: match name {
                "lib" => "pub mod keys;".to_owned(),
                _ => "pub struct Key;".to_owned(),
            },
        });
        let list = generate(Path::new("/nowhere"), &made).unwrap().text;
        assert!(
            list.contains("\nbitting_client::keys::Key struct\n"),
            "{list}"
        );
    }

    #[test]
    fn what_is_public_is_listed_and_nothing_else() {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join("client/src")).unwrap();
        fs::write(root.path().join("client/src/lib.rs"), CLIENT).unwrap();
        let list = generate(root.path(), &[]).unwrap().text;
        let lines: Vec<_> = list.lines().skip(1).collect();
        assert_eq!(
            lines,
            [
                "bitting_client use other_crate::Thing",
                "bitting_client::Shown impl std::fmt::Display",
                "bitting_client::Shown struct<T> derive(Clone, Debug)",
                "bitting_client::Shown::name field Option<T>",
                "bitting_client::Shown::name fn(&self) -> Option<&T>",
                "bitting_client::types mod",
                "bitting_client::types::MAX const u32",
                "bitting_client::types::Paged trait: Sized",
                "bitting_client::types::Paged::Page type",
                "bitting_client::types::Paged::pages fn(self, by: impl Fn(u8) -> bool) -> Self::Page",
                "bitting_client::types::Pair type (u8, [u8; 2])",
                "bitting_client::types::Status enum",
                "bitting_client::types::Status::Active variant",
                "bitting_client::types::Status::Ended variant { at: u64 }",
                "bitting_client::types::send async fn(a: &'static str, mut b: Vec<(u8, u8)>) -> Result<(), Box<dyn \
                 std::error::Error + Send>>",
            ]
        );
    }
}
