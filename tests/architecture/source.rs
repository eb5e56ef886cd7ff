//! Rust sources as tokens: comments, texts and tests left out, so that only code is looked at.

use std::{
    fs,
    path::{Path, PathBuf},
};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::workspace::root;

/// A word or a sign.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    pub(crate) text: String,
    line: usize,
}

/// A source file.
pub(crate) struct Source {
    /// Its path from the root of the repository.
    pub(crate) path: String,
    pub(crate) tokens: Vec<Token>,
}

/// A function and what it consists of, its signature included.
pub(crate) struct Function<'a> {
    pub(crate) name: &'a str,
    pub(crate) is_public: bool,
    pub(crate) tokens: &'a [Token],
}

/// The sources below `directory`, without those of tests.
pub(crate) fn sources(directory: &str) -> Vec<Source> {
    let mut paths = Vec::new();
    collect(&root().join(directory), &mut paths);
    assert!(
        !paths.is_empty(),
        "{directory} has no sources; correct its path in tests/architecture"
    );
    paths.iter().map(|path| read(path)).collect()
}

fn collect(directory: &Path, paths: &mut Vec<PathBuf>) {
    let entries = fs::read_dir(directory);
    let entries = entries.unwrap_or_else(|cause| panic!("{}: {cause}", directory.display()));
    for entry in entries.map(Result::unwrap) {
        let path = entry.path();
        let name = entry.file_name();
        if path.is_dir() && name != "tests" {
            collect(&path, paths);
        } else if path.extension().is_some_and(|is| is == "rs") && name != "tests.rs" {
            paths.push(path);
        }
    }
    paths.sort();
}

fn read(path: &Path) -> Source {
    let text = fs::read_to_string(path).unwrap();
    let name = path
        .strip_prefix(root())
        .unwrap_or(path)
        .to_string_lossy()
        .replace('\\', "/");
    let stream: TokenStream = text
        .parse()
        .unwrap_or_else(|error| panic!("{name} is no Rust source: {error}"));
    let mut tokens = Vec::new();
    flatten(stream, &mut tokens);
    Source { path: name, tokens }
}

fn flatten(stream: TokenStream, tokens: &mut Vec<Token>) {
    let trees: Vec<_> = stream.into_iter().collect();
    let mut at = 0;
    while let Some(tree) = trees.get(at) {
        if is_test_attribute(&trees[at..]) {
            at = end_of_item(&trees, at);
            continue;
        }
        let line = tree.span().start().line;
        match tree {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                };
                tokens.push(Token {
                    text: open.to_owned(),
                    line,
                });
                flatten(group.stream(), tokens);
                let line = group.span_close().start().line;
                tokens.push(Token {
                    text: close.to_owned(),
                    line,
                });
            }
            TokenTree::Literal(_) => tokens.push(Token {
                text: "\"\"".to_owned(),
                line,
            }),
            TokenTree::Ident(_) | TokenTree::Punct(_) => {
                tokens.push(Token {
                    text: tree.to_string(),
                    line,
                });
            }
        }
        at += 1;
    }
}

/// Whether `#[cfg(test)]` or `#[test]` comes next.
fn is_test_attribute(trees: &[TokenTree]) -> bool {
    let [TokenTree::Punct(hash), TokenTree::Group(attribute), ..] = trees else {
        return false;
    };
    let attribute = attribute.stream().to_string().replace(' ', "");
    hash.as_char() == '#' && (attribute == "cfg(test)" || attribute == "test")
}

/// Where the item that begins at `at` is over: after its braces or its semicolon.
fn end_of_item(trees: &[TokenTree], at: usize) -> usize {
    let ends = |tree: &TokenTree| match tree {
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        TokenTree::Punct(sign) => sign.as_char() == ';',
        _ => false,
    };
    trees[at..]
        .iter()
        .position(ends)
        .map_or(trees.len(), |length| at + length + 1)
}

impl Source {
    /// Where `sequence`, words and signs with spaces between them, occurs: as `path:line`.
    pub(crate) fn find(&self, sequence: &str) -> Vec<String> {
        self.find_after(sequence, |_| true)
    }

    /// The same, where `admits` the token before.
    pub(crate) fn find_after(&self, sequence: &str, admits: impl Fn(&str) -> bool) -> Vec<String> {
        // A path's sign is two tokens.
        let sequence = sequence.replace("::", ": :");
        let wanted: Vec<_> = sequence.split(' ').collect();
        let windows = self.tokens.windows(wanted.len()).enumerate();
        windows
            .filter(|(_, window)| {
                window
                    .iter()
                    .zip(&wanted)
                    .all(|(token, word)| token.text == *word)
            })
            .filter(|(at, _)| {
                let before = at.checked_sub(1).and_then(|before| self.tokens.get(before));
                admits(before.map_or("", |token| &token.text))
            })
            .map(|(_, window)| format!("{}:{}", self.path, window[0].line))
            .collect()
    }

    /// The functions, also those of `impl` blocks.
    pub(crate) fn functions(&self) -> Vec<Function<'_>> {
        functions(&self.tokens)
    }

    /// The body of the block `impl <of> for …`, if the file has one whose trait's name `is_trait` admits.
    pub(crate) fn implementation(&self, is_trait: impl Fn(&str) -> bool) -> Option<&[Token]> {
        let starts = self
            .tokens
            .iter()
            .enumerate()
            .filter(|(_, token)| token.text == "impl");
        starts.map(|(at, _)| &self.tokens[at..]).find_map(|rest| {
            let of = &rest.get(1)?.text;
            (is_trait(of) && rest.get(2)?.text == "for").then(|| block(rest))
        })
    }
}

/// The functions among `tokens`.
pub(crate) fn functions(tokens: &[Token]) -> Vec<Function<'_>> {
    let mut found = Vec::new();
    for (at, pair) in tokens.windows(2).enumerate() {
        let is_name = |text: &str| text.starts_with(|c: char| c.is_alphabetic() || c == '_');
        if pair[0].text == "fn" && is_name(&pair[1].text) {
            let before: Vec<_> = tokens[..at]
                .iter()
                .rev()
                .take(3)
                .map(|token| &*token.text)
                .collect();
            let is_public = before
                .iter()
                .find(|word| !["async", "const"].contains(word));
            found.push(Function {
                name: &pair[1].text,
                is_public: is_public == Some(&"pub"),
                tokens: block(&tokens[at..]),
            });
        }
    }
    found
}

/// From the first of `tokens` to the end of the first block of braces among them, or to the semicolon that
/// comes before any.
fn block(tokens: &[Token]) -> &[Token] {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate() {
        match token.text.as_str() {
            "{" => depth += 1,
            "}" => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return &tokens[..=at];
                }
            }
            ";" if depth == 0 => return &tokens[..=at],
            _ => {}
        }
    }
    tokens
}

/// Fails with the places, and why they are wrong.
pub(crate) fn refuse(places: &[String], why: &str) {
    assert!(places.is_empty(), "{why}:\n  {}", places.join("\n  "));
}
