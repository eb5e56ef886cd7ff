//! Tokens as people write them.

use quote::ToTokens;

/// What has no space before it.
const CLOSES: [char; 10] = [',', ';', ':', ')', ']', '>', '?', '.', '!', '<'];
/// What has no space after it.
const OPENS: [&str; 8] = ["(", "[", "<", "&", ".", "::", "!", "#"];

/// The tokens of something on one line.
pub(super) fn of(tokens: &impl ToTokens) -> String {
    let text = tokens.to_token_stream().to_string();
    let mut out = String::new();
    let mut last = "";
    for token in text.split_whitespace() {
        let opens = last.is_empty() || OPENS.iter().any(|open| last.ends_with(open));
        // A path can begin with colons.
        let begins = token.starts_with("::") && last.ends_with([',', ':', '=', '+']);
        let closes = token.starts_with(CLOSES) && last != "->" && !begins;
        let called = token.starts_with('(') && is_word(last);
        if !opens && !closes && !called {
            out.push(' ');
        }
        out.push_str(token);
        last = token;
    }
    // Commas at the end of a line, of what was on several.
    out.replace(",)", ")")
        .replace(",>", ">")
        .replace(", }", " }")
}

/// Whether what is in parentheses after it are its arguments.
fn is_word(token: &str) -> bool {
    token == ">" || token.ends_with(|last: char| last.is_alphanumeric() || last == '_')
}
