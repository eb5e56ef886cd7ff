//! A page for each error code, and a table of them all: what consumers look a code up in.
//!
//! What a page says is from the surface's list of codes and the table of operations; its example is the answer of a wire
//! snapshot.

mod again;
mod index;
mod page;
mod seen;

use std::{error::Error, fs, io, path::Path};

use bitting_api::{
    codes,
    document::Document,
    operations::{self, Surface},
};

use self::{page::Page, seen::Seen};
use super::file::File;

/// Where the pages are.
const DIRECTORY: &str = "openapi/errors";

/// What begins every page.
const NOTICE: &str =
    "<!-- Made by `cargo xtask generate`: change the list of codes in `server/api`. -->\n\n";

/// The table of all codes, and a page for each.
pub(super) fn generate(root: &Path, documents: &[Document]) -> Result<Vec<File>, Box<dyn Error>> {
    let mut files = vec![File {
        path: format!("{DIRECTORY}/README.md"),
        text: format!("{NOTICE}{}", index::text(documents)?),
    }];
    for surface in Surface::ALL {
        let codes = codes::of(surface);
        if codes.is_empty() {
            continue;
        }
        let seen = Seen::read(root, surface)?;
        for code in &codes {
            let page = Page {
                surface,
                code,
                operations: operations::of(surface)
                    .filter(|operation| code.is_of(operation))
                    .map(|operation| operation.id)
                    .collect(),
                example: seen.of(code),
            };
            files.push(File {
                path: format!("{DIRECTORY}/{}/{}.md", surface.name(), code.name),
                text: format!("{NOTICE}{page}"),
            });
        }
    }
    Ok(files)
}

/// Pages that are there and not among `files`: those of codes that are gone.
pub(super) fn left_over(root: &Path, files: &[File]) -> io::Result<Vec<String>> {
    let mut left = Vec::new();
    for surface in Surface::ALL {
        let directory = format!("{DIRECTORY}/{}", surface.name());
        let entries = match fs::read_dir(root.join(&directory)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            entries => entries?,
        };
        for entry in entries {
            let path = format!("{directory}/{}", entry?.file_name().display());
            if !files.iter().any(|file| file.path == path) {
                left.push(path);
            }
        }
    }
    left.sort();
    Ok(left)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use tempfile::tempdir;

    use super::*;

    #[test]
    fn the_page_of_a_code_that_is_gone_is_left_over() {
        let root = tempdir().unwrap();
        let directory = root.path().join(DIRECTORY).join("keys");
        fs::create_dir_all(&directory).unwrap();
        fs::write(directory.join("gone.md"), "").unwrap();
        fs::write(directory.join("internal.md"), "").unwrap();
        let there = File {
            path: format!("{DIRECTORY}/keys/internal.md"),
            text: String::new(),
        };
        let left = left_over(root.path(), &[there]).unwrap();
        assert_eq!(left, ["openapi/errors/keys/gone.md"]);
    }
}
