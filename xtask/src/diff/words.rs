//! Words for lists, values and bounds.

use serde_json::Value;

/// More names than these are counted.
const NAMES_MAX: usize = 6;
/// Longer values are cut.
const VALUE_MAX: usize = 60;

/// `a, b and 3 others`.
pub(super) fn some_of<T: AsRef<str>>(names: &[T]) -> String {
    let shown = names.len().min(NAMES_MAX);
    // "and 1 other" takes the place that the name itself would.
    let shown = if names.len() == NAMES_MAX + 1 {
        names.len()
    } else {
        shown
    };
    let list: Vec<_> = names[..shown].iter().map(AsRef::as_ref).collect();
    match (names.len() - shown, list.as_slice()) {
        (0, []) => String::new(),
        (0, [one]) => (*one).to_owned(),
        (0, [most @ .., last]) => format!("{} and {last}", most.join(", ")),
        (others, list) => format!("{} and {others} others", list.join(", ")),
    }
}

/// The same, each between backticks.
pub(super) fn quoted<T: AsRef<str>>(names: &[T]) -> String {
    let names: Vec<_> = names
        .iter()
        .map(|name| format!("`{}`", name.as_ref()))
        .collect();
    some_of(&names)
}

/// A value as it stands in the document, cut if it is long.
pub(super) fn value(value: &Value) -> String {
    cut(&value.to_string())
}

/// Those of `values` that are not among `others`, as they stand in the document.
pub(super) fn without(values: &[Value], others: &[Value]) -> Vec<String> {
    let values = values.iter().filter(|value| !others.contains(value));
    values.map(value).collect()
}

/// A text between backticks, cut if it is long.
pub(super) fn text(text: &str) -> String {
    format!("`{}`", cut(text))
}

fn cut(text: &str) -> String {
    if text.chars().count() <= VALUE_MAX {
        return text.to_owned();
    }
    let start: String = text.chars().take(VALUE_MAX).collect();
    format!("{start}…")
}

/// A number without a fraction that says nothing.
pub(super) fn number(number: f64) -> String {
    format!("{number}")
}
