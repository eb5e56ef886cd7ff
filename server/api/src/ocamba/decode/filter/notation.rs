//! The notation of filters, before anybody knows what the values are.
//!
//! An operator is what stands before the first colon, if it is one; otherwise the whole text is a value. A
//! value that begins with an operator's name and a colon is written in quotes: `name="in:box"`.
//!
//! Nothing is special inside quotes, so that an element of a list may contain commas: `in:"a,b",c` has two
//! elements. The quote that closes an element is the first one that a comma or the end follows, and a quote
//! that nothing closes is a character like any other.

/// An operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    Eq,
    Neq,
    Gt,
    Gte,
    Lt,
    Lte,
    In,
    Nin,
    /// Not null.
    Is,
    /// Null.
    Isn,
    /// Both ends excluded.
    R,
    /// Both ends included.
    Rf,
    /// The start included.
    Rl,
    /// The end included.
    Rr,
}

impl Operator {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "eq" => Self::Eq,
            "neq" => Self::Neq,
            "gt" => Self::Gt,
            "gte" => Self::Gte,
            "lt" => Self::Lt,
            "lte" => Self::Lte,
            "in" => Self::In,
            "nin" => Self::Nin,
            "is" => Self::Is,
            "isn" => Self::Isn,
            "r" => Self::R,
            "rf" => Self::Rf,
            "rl" => Self::Rl,
            "rr" => Self::Rr,
            _ => return None,
        })
    }

    /// Whether commas divide what follows.
    fn takes_list(self) -> bool {
        matches!(
            self,
            Self::In | Self::Nin | Self::R | Self::Rf | Self::Rl | Self::Rr
        )
    }
}

/// A filter's operator and values, out of their quotes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Notation<'v> {
    operator: Operator,
    values: Vec<&'v str>,
}

impl<'v> Notation<'v> {
    pub(super) fn read(text: &'v str) -> Self {
        let named = text
            .split_once(':')
            .and_then(|(name, rest)| Some((Operator::named(name)?, rest)));
        let (operator, rest) = named.unwrap_or((Operator::Eq, text));
        let values = if operator.takes_list() {
            elements(rest)
        } else {
            vec![unquoted(rest)]
        };
        Self { operator, values }
    }

    pub(super) fn operator(&self) -> Operator {
        self.operator
    }

    /// The values, at least one; a single one for operators that take no list.
    pub(super) fn values(&self) -> &[&'v str] {
        &self.values
    }

    /// Whether nothing follows the operator.
    pub(super) fn is_bare(&self) -> bool {
        self.values == [""]
    }
}

/// The text without the one pair of quotes round it.
fn unquoted(text: &str) -> &str {
    text.strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'))
        .unwrap_or(text)
}

fn elements(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut rest = Some(text);
    while let Some(text) = rest {
        let (element, after) = quoted(text).unwrap_or_else(|| match text.split_once(',') {
            Some((element, after)) => (element, Some(after)),
            None => (text, None),
        });
        out.push(element);
        rest = after;
    }
    out
}

/// The quoted element that `text` begins with, and what follows its comma, if there is one.
fn quoted(text: &str) -> Option<(&str, Option<&str>)> {
    let inner = text.strip_prefix('"')?;
    inner.match_indices('"').find_map(|(place, _)| {
        let (element, after) = (&inner[..place], &inner[place + 1..]);
        if after.is_empty() {
            Some((element, None))
        } else {
            after.strip_prefix(',').map(|after| (element, Some(after)))
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Operator, Vec<&str>) {
        let Notation { operator, values } = Notation::read(text);
        (operator, values)
    }

    #[test]
    fn o44_the_operator_is_what_stands_before_the_first_colon() {
        assert_eq!(read("gt:5"), (Operator::Gt, vec!["5"]));
        assert_eq!(read("5"), (Operator::Eq, vec!["5"]));
        assert_eq!(read("eq:a:b"), (Operator::Eq, vec!["a:b"]));
        assert_eq!(read("foo:bar"), (Operator::Eq, vec!["foo:bar"]));
        assert_eq!(read("GT:5"), (Operator::Eq, vec!["GT:5"]));
        assert_eq!(read("eq:gt:5"), (Operator::Eq, vec!["gt:5"]));
        assert_eq!(read("is"), (Operator::Eq, vec!["is"]));
        assert_eq!(read("is:"), (Operator::Is, vec![""]));
        assert_eq!(read(""), (Operator::Eq, vec![""]));
    }

    #[test]
    fn o44_one_pair_of_quotes_is_stripped() {
        assert_eq!(read(r#""Test""#), (Operator::Eq, vec!["Test"]));
        assert_eq!(read(r#"neq:"Test""#), (Operator::Neq, vec!["Test"]));
        assert_eq!(read(r#"""Test"""#), (Operator::Eq, vec![r#""Test""#]));
        assert_eq!(read(r#""in:box""#), (Operator::Eq, vec!["in:box"]));
        assert_eq!(read(r#""a"#), (Operator::Eq, vec![r#""a"#]));
        assert_eq!(read(r#"""#), (Operator::Eq, vec![r#"""#]));
        assert_eq!(read(r#""""#), (Operator::Eq, vec![""]));
        assert_eq!(read("a,b"), (Operator::Eq, vec!["a,b"]));
    }

    #[test]
    fn o44_lists_are_divided_by_commas_outside_quotes() {
        assert_eq!(read("in:a,b"), (Operator::In, vec!["a", "b"]));
        assert_eq!(read(r#"in:"a","b""#), (Operator::In, vec!["a", "b"]));
        assert_eq!(read(r#"in:"a,b",c"#), (Operator::In, vec!["a,b", "c"]));
        assert_eq!(read(r#"nin:"a,b""#), (Operator::Nin, vec!["a,b"]));
        assert_eq!(read("in:"), (Operator::In, vec![""]));
        assert_eq!(read("in:a,,b,"), (Operator::In, vec!["a", "", "b", ""]));
        assert_eq!(read(r#"in:"","#), (Operator::In, vec!["", ""]));
        assert_eq!(read("r:1,2,3"), (Operator::R, vec!["1", "2", "3"]));
    }

    #[test]
    fn o44_a_quote_that_nothing_closes_is_a_character() {
        assert_eq!(read(r#"in:"a,b"#), (Operator::In, vec![r#""a"#, "b"]));
        assert_eq!(read(r#"in:"a"b",c"#), (Operator::In, vec![r#"a"b"#, "c"]));
        assert_eq!(read(r#"in:a"b,"c""#), (Operator::In, vec![r#"a"b"#, "c"]));
        assert_eq!(read(r#"in:é","ü"#), (Operator::In, vec![r#"é""#, r#""ü"#]));
    }
}
