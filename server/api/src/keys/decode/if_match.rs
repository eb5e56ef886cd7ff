//! The header `If-Match` (K55).

use bitting_core::{Field, Refusal, Version, Violation};
use http::{HeaderMap, header};

/// The versions that a key must have one of for the request to be done; `None` for any. An entity tag that is weak,
/// or none that this server makes, is the version of nothing.
pub fn if_match(headers: &HeaderMap) -> Result<Option<Vec<Version>>, Refusal> {
    let mut versions = Vec::new();
    let (mut any, mut tags) = (false, 0);
    for value in headers.get_all(header::IF_MATCH) {
        let text = value.to_str().map_err(|_| wrong())?;
        let mut rest = text.trim_matches(SPACE);
        if rest == "*" {
            any = true;
            continue;
        }
        while !rest.is_empty() {
            if let Some(after) = rest.strip_prefix(',') {
                rest = after.trim_start_matches(SPACE);
                continue;
            }
            let (tag, after) = entity_tag(rest).ok_or_else(wrong)?;
            tags += 1;
            versions.extend(tag.and_then(Version::parse));
            rest = after.trim_start_matches(SPACE);
            if !rest.is_empty() && !rest.starts_with(',') {
                return Err(wrong());
            }
        }
    }
    let given = headers.contains_key(header::IF_MATCH);
    match (given, any, tags) {
        (false, ..) | (true, true, 0) => Ok(None),
        (true, false, 1..) => Ok(Some(versions)),
        _ => Err(wrong()),
    }
}

const SPACE: [char; 2] = [' ', '\t'];

/// What is within the quotes of the entity tag that `text` begins with, unless it is a weak one, and what comes after
/// it.
fn entity_tag(text: &str) -> Option<(Option<&str>, &str)> {
    let strong = !text.starts_with("W/");
    let quoted = text.strip_prefix("W/").unwrap_or(text).strip_prefix('"')?;
    let (tag, after) = quoted.split_once('"')?;
    let plain = tag.bytes().all(|b| b.is_ascii_graphic());
    plain.then_some((Some(tag).filter(|_| strong), after))
}

fn wrong() -> Refusal {
    let reason = "must be * or a list of entity tags in quotes, as the header ETag has them";
    Violation::new(Field::Parameter("If-Match"), reason).into()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use http::HeaderValue;

    use super::*;

    const ONE: &str = "0123456789abcdef0123456789abcdef";
    const TWO: &str = "ffffffffffffffffffffffffffffffff";

    fn read(values: &[&str]) -> Result<Option<Vec<String>>, Refusal> {
        let mut headers = HeaderMap::new();
        for value in values {
            let value = HeaderValue::from_bytes(value.as_bytes()).unwrap();
            headers.append(header::IF_MATCH, value);
        }
        let versions = if_match(&headers)?;
        Ok(versions.map(|list| list.iter().map(ToString::to_string).collect()))
    }

    #[test]
    fn k55_any_version_will_do() {
        assert_eq!(read(&[]), Ok(None));
        assert_eq!(read(&["*"]), Ok(None));
        assert_eq!(read(&[" * "]), Ok(None));
    }

    #[test]
    fn k55_one_of_the_strong_tags_that_are_versions() {
        let (one, two) = (format!("\"{ONE}\""), format!("\"{TWO}\""));
        let both = Ok(Some(vec![ONE.to_owned(), TWO.to_owned()]));
        assert_eq!(read(&[&one]), Ok(Some(vec![ONE.to_owned()])));
        assert_eq!(read(&[&format!("{one}, {two}")]), both);
        assert_eq!(read(&[&format!(",{one} ,,\t{two},")]), both);
        assert_eq!(read(&[&one, &two]), both);
        for of_nothing in [
            &format!("W/{one}"),
            "\"\"",
            "\"a,b\"",
            &format!("\"{}\"", TWO.to_uppercase()),
            &format!("\"{ONE}0\""),
        ] {
            assert_eq!(read(&[of_nothing]), Ok(Some(Vec::new())), "{of_nothing}");
        }
    }

    #[test]
    fn k55_what_is_no_list_of_tags_is_named() {
        let one = format!("\"{ONE}\"");
        for bad in [
            "",
            ",",
            ONE,
            "\"",
            "\"x",
            "x\"",
            "\"a b\"",
            "\"é\"",
            "w/\"x\"",
            "*, *",
            &format!("*, {one}"),
            &format!("{one} {one}"),
            &format!("{one}{one}"),
        ] {
            let Err(Refusal::Invalid(violations)) = read(&[bad]) else {
                panic!("{bad}");
            };
            assert_eq!(violations[0].field, Field::Parameter("If-Match"), "{bad}");
        }
        assert!(read(&["*", &one]).is_err());
    }
}
