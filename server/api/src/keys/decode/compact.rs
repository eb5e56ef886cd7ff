//! JSON without white space between its parts, and with nothing in it that readers disagree about.

use std::{borrow::Cow, collections::HashSet};

/// How deep metadata may go. Answers have it some levels down, and readers commonly give up at 128.
pub(super) const DEPTH_MAX: usize = 100;

/// Why a JSON text is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Fault {
    #[error("must not contain U+0000")]
    Nul,
    #[error("must not have one half of a surrogate pair")]
    Surrogate,
    #[error("must not name a member twice")]
    Twice,
    #[error("must have at most {DEPTH_MAX} levels")]
    Deep,
}

/// `json`, which a JSON reader has passed, without white space between its parts: the order of members and the
/// spelling of numbers and strings stay.
pub(super) fn compact(json: &str) -> Result<String, Fault> {
    let mut out = String::with_capacity(json.len());
    let mut levels: Vec<Level<'_>> = Vec::new();
    let mut rest = json;
    while let Some(first) = rest.chars().next() {
        let token = match first {
            '"' => &rest[..string_length(rest)],
            _ => &rest[..first.len_utf8()],
        };
        rest = &rest[token.len()..];
        match first {
            ' ' | '\t' | '\n' | '\r' => continue,
            '{' => levels.push(Level::object()),
            '[' => levels.push(Level::Array),
            '}' | ']' => drop(levels.pop()),
            '"' => {
                let text = text(token)?;
                levels.last_mut().map_or(Ok(()), |level| level.note(text))?;
            }
            ',' => {
                if let Some(Level::Object { at_name, .. }) = levels.last_mut() {
                    *at_name = true;
                }
            }
            _ => {}
        }
        if levels.len() > DEPTH_MAX {
            return Err(Fault::Deep);
        }
        out.push_str(token);
    }
    Ok(out)
}

/// What is open.
enum Level<'j> {
    Array,
    Object {
        names: HashSet<Cow<'j, str>>,
        /// Whether the next string is a name.
        at_name: bool,
    },
}

impl<'j> Level<'j> {
    fn object() -> Self {
        Self::Object {
            names: HashSet::new(),
            at_name: true,
        }
    }

    /// Looks at a string in it: a name that it has already is one too many.
    fn note(&mut self, text: Cow<'j, str>) -> Result<(), Fault> {
        if text.contains('\0') {
            return Err(Fault::Nul);
        }
        match self {
            Self::Object { names, at_name } if *at_name => {
                *at_name = false;
                names.insert(text).then_some(()).ok_or(Fault::Twice)
            }
            Self::Object { .. } | Self::Array => Ok(()),
        }
    }
}

/// How many bytes the string has that `json` begins with, its quotes included.
fn string_length(json: &str) -> usize {
    let mut escaped = false;
    let end = json.bytes().skip(1).position(|byte| {
        let ends = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    });
    end.map_or(json.len(), |end| end + 2)
}

/// What a string says.
fn text(token: &str) -> Result<Cow<'_, str>, Fault> {
    if token.contains('\\') {
        let text: String = serde_json::from_str(token).map_err(|_| Fault::Surrogate)?;
        return Ok(Cow::Owned(text));
    }
    let inside = token.get(1..token.len() - 1);
    Ok(Cow::Borrowed(inside.unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(json: &str, compacted: &str) {
        assert_eq!(compact(json).as_deref(), Ok(compacted), "{json}");
    }

    #[test]
    fn k52_white_space_goes_and_everything_else_stays() {
        kept("{}", "{}");
        kept(" {\n\t\r} ", "{}");
        kept(
            r#"{ "b" : 1 , "a" : [ true , null , { } , "x y" ] }"#,
            r#"{"b":1,"a":[true,null,{},"x y"]}"#,
        );
        for number in [
            "1.10",
            "1E400",
            "-0",
            "1e-5",
            "123456789012345678901234567890",
        ] {
            let json = format!(r#"{{"n":{number},"m":[{number}]}}"#);
            kept(&json, &json);
        }
        for string in [
            r"\u00e9",
            "é",
            r#"a \" } , b"#,
            r"\\",
            r"\ud83d\ude00",
            r"\/",
            "🗝 ",
        ] {
            let json = format!(r#"{{"s":"{string}"}}"#);
            kept(&json, &json);
        }
    }

    #[test]
    fn k52_a_member_has_one_value() {
        for json in [
            r#"{"a":1,"a":2}"#,
            r#"{"a":1,"\u0061":2}"#,
            r#"{"x":[{"a":1,"b":2,"a":3}]}"#,
        ] {
            assert_eq!(compact(json), Err(Fault::Twice), "{json}");
        }
        let fine = r#"{"a":"a","b":{"a":"a"},"c":["a","a"]}"#;
        kept(fine, fine);
    }

    #[test]
    fn k52_what_a_database_cannot_be_trusted_with() {
        for json in [
            r#"{"a":"\u0000"}"#,
            r#"{"\u0000":1}"#,
            r#"{"a":["x\u0000"]}"#,
        ] {
            assert_eq!(compact(json), Err(Fault::Nul), "{json}");
        }
        for json in [r#"{"a":"\ud800"}"#, r#"{"\udc00":1}"#] {
            assert_eq!(compact(json), Err(Fault::Surrogate), "{json}");
        }
    }

    #[test]
    fn k52_it_goes_a_hundred_levels_deep() {
        let deep = |levels: usize| {
            let inner = levels - 1;
            format!(r#"{{"a":{}{}}}"#, "[".repeat(inner), "]".repeat(inner))
        };
        assert!(compact(&deep(DEPTH_MAX)).is_ok());
        assert_eq!(compact(&deep(DEPTH_MAX + 1)), Err(Fault::Deep));
    }
}
