//! Whether a program printed what the README shows.

/// Whether `printed` is `expected`, apart from the layout of JSON and from what differs from run to run, which
/// must still be of the same kind: a time for a time, a secret for a secret, a UUID for a UUID.
pub(super) fn same(expected: &str, printed: &str) -> bool {
    shape(expected.trim()) == shape(printed.trim())
}

/// The text with each such value replaced by its kind. JSON, and nothing else, is closed up.
fn shape(text: &str) -> String {
    let is_json = text.starts_with(['{', '[']);
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(quote) = rest.find('"') {
        push(&mut out, &rest[..quote], is_json);
        let inner = &rest[quote + 1..];
        let end = closing_quote(inner);
        out.push('"');
        out.push_str(kind(&inner[..end]).unwrap_or(&inner[..end]));
        out.push('"');
        rest = inner.get(end + 1..).unwrap_or_default();
    }
    push(&mut out, rest, is_json);
    out
}

fn push(out: &mut String, text: &str, is_json: bool) {
    out.extend(text.chars().filter(|c| !is_json || !c.is_whitespace()));
}

fn closing_quote(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at,
            _ => {}
        }
    }
    text.len()
}

fn kind(value: &str) -> Option<&'static str> {
    let form: String = value
        .chars()
        .map(|c| match c {
            '0'..='9' => 'd',
            'a'..='f' => 'x',
            other => other,
        })
        .collect();
    let hexadecimal =
        |count: usize, text: &str| text.len() == count && text.chars().all(|c| "dx".contains(c));
    let alphanumeric = |count: usize, text: Option<&str>| {
        text.is_some_and(|text| {
            text.len() == count && text.bytes().all(|b| b.is_ascii_alphanumeric())
        })
    };
    let groups: Vec<_> = form.split('-').collect();
    if form == "dddd-dd-dd dd:dd:dd" {
        Some("<time>")
    } else if form == "dddd-dd-ddTdd:dd:ddZ" {
        Some("<utc time>")
    } else if hexadecimal(40, &form) {
        Some("<secret>")
    } else if alphanumeric(36, value.strip_prefix("bit_")) {
        Some("<prefixed secret>")
    } else if alphanumeric(128, value.strip_prefix("apikey:")) {
        Some("<named secret>")
    } else if groups.len() == 5
        && groups
            .iter()
            .zip([8, 4, 4, 4, 12])
            .all(|(g, n)| hexadecimal(n, g))
    {
        Some("<uuid>")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layout_and_changing_values_do_not_count() {
        let readme = "{\n  \"at\": \"2026-01-02 03:04:05\",\n  \"name\": \"My key\"\n}";
        assert!(same(
            readme,
            r#"{"at":"2031-12-31 23:59:59","name":"My key"}"#
        ));
        assert!(!same(readme, r#"{"at":"never","name":"My key"}"#));
        assert!(!same(
            readme,
            r#"{"at":"2031-12-31 23:59:59","name":"Mykey"}"#
        ));
        assert!(!same(
            readme,
            r#"{"name":"My key","at":"2031-12-31 23:59:59"}"#
        ));
        assert!(!same(readme, ""));
    }

    #[test]
    fn text_is_compared_as_it_is() {
        assert!(same("204", "204\n"));
        assert!(!same("204", "20 4"));
    }

    #[test]
    fn ids_and_secrets_have_their_forms() {
        assert_eq!(kind("5f0f4c1e-8a53-4f4b-9a39-0f6a2f1f7c11"), Some("<uuid>"));
        assert_eq!(
            kind("3c1f0a9be47d52806fd1c3a7b59e2046d8f7a1b0"),
            Some("<secret>")
        );
        let prefixed = "bit_KOObrkmSpLVmgTemVoa4jcqcYBbA3S2naCOZ";
        assert_eq!(kind(prefixed), Some("<prefixed secret>"));
        assert_eq!(kind(&prefixed[1..]), None);
        let named = format!("apikey:{}", "aZ0".repeat(43));
        assert_eq!(kind(&named[..135]), Some("<named secret>"));
        assert_eq!(kind(&named), None);
        assert_eq!(kind("2026-11-22T04:33:30Z"), Some("<utc time>"));
        assert_eq!(kind("1001"), None);
    }
}
