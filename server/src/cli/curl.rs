//! The command that a newcomer pastes first.

use std::{net::SocketAddr, path::Path};

/// A `curl` that makes a key at `address` with the secret in `file`.
pub(super) fn first_request(address: SocketAddr, file: &Path) -> String {
    let file = quoted(&file.display().to_string());
    format!(
        "curl -X POST http://{address}/v2/ocamba/personal-api-keys \\\n  \
         -H \"Authorization: Bearer $(cat {file})\" \\\n  \
         -H 'Content-Type: application/json' \\\n  \
         -d '{{\"name\": \"My API key\"}}'"
    )
}

/// `text` as a shell reads it back, quoted only where it has to be.
fn quoted(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-+,:@".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_quoted_where_it_has_to_be() {
        assert_eq!(quoted("./bitting-data/root.key"), "./bitting-data/root.key");
        assert_eq!(quoted("my data/root.key"), "'my data/root.key'");
        assert_eq!(quoted("it's"), r"'it'\''s'");
    }
}
