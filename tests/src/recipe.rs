//! The programs in the repository's recipes, which tests run as they stand there.

use std::{fs, path::Path};

/// The block of a language in the file at `path`, from the root of the repository: the one of its kind.
pub fn block(path: &str, language: &str) -> String {
    let mut blocks = blocks(path, language);
    let block = blocks.pop();
    assert!(blocks.is_empty(), "{path} has several blocks of {language}");
    block.unwrap_or_else(|| panic!("{path} has no block of {language}"))
}

/// Every block of a language in the file at `path`, in order.
pub fn blocks(path: &str, language: &str) -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let text = fs::read_to_string(root.join(path)).expect("the recipes are there");
    let fence = format!("\n```{language}\n");
    let blocks = text.split(&fence).skip(1).map(|block| {
        let (block, _) = block.split_once("\n```").expect("a block ends");
        format!("{block}\n")
    });
    blocks.collect()
}
