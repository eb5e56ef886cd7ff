//! What a request says about the form of a file, and about the copies of it that there are.

use http::{HeaderMap, header};

/// Whether the client takes gzip (RFC 9110, 12.5.3): it is named, or everything is, and not with a weight of zero.
pub(super) fn accepts_gzip(asked: &HeaderMap) -> bool {
    let mut everything = false;
    for entry in entries(asked, &header::ACCEPT_ENCODING) {
        let (coding, parameters) = entry.split_once(';').unwrap_or((entry, ""));
        let taken = !is_zero(parameters);
        match coding.trim() {
            coding if coding.eq_ignore_ascii_case("gzip") => return taken,
            coding if coding.eq_ignore_ascii_case("x-gzip") => return taken,
            "*" => everything = taken,
            _ => {}
        }
    }
    everything
}

/// Whether parameters say `q=0`, `q=0.0` and so on.
fn is_zero(parameters: &str) -> bool {
    let Some((name, value)) = parameters.split_once('=') else {
        return false;
    };
    let weight: Option<f32> = value.trim().parse().ok();
    name.trim().eq_ignore_ascii_case("q") && weight.is_some_and(|weight| weight <= 0.0)
}

/// Whether the client says that it has the file with this tag (RFC 9110, 13.1.2). The comparison is the weak one.
pub(super) fn is_known(asked: &HeaderMap, tag: &str) -> bool {
    entries(asked, &header::IF_NONE_MATCH)
        .any(|entry| entry == "*" || entry.strip_prefix("W/").unwrap_or(entry) == tag)
}

/// The members of a header that is a list. None of ours has a comma in it.
fn entries<'h>(asked: &'h HeaderMap, name: &header::HeaderName) -> impl Iterator<Item = &'h str> {
    let values = asked.get_all(name).into_iter();
    values
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn headers(name: &header::HeaderName, values: &[&str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(name, value.parse().unwrap());
        }
        headers
    }

    #[test]
    fn gzip_is_taken_where_it_is_accepted() {
        for (taken, values) in [
            (false, &[][..]),
            (false, &[""]),
            (true, &["gzip"]),
            (true, &["br, GZIP;q=0.1"]),
            (true, &["br", "x-gzip"]),
            (true, &["*"]),
            (false, &["br, deflate"]),
            (false, &["gzip;q=0"]),
            (false, &["*, gzip; q=0.000"]),
            (true, &["*;q=0, gzip"]),
            (false, &["*;q=0"]),
        ] {
            let asked = headers(&header::ACCEPT_ENCODING, values);
            assert_eq!(accepts_gzip(&asked), taken, "{values:?}");
        }
    }

    #[test]
    fn a_copy_is_known_by_its_tag() {
        for (known, values) in [
            (false, &[][..]),
            (true, &["\"a\""]),
            (true, &["W/\"a\""]),
            (true, &["\"b\", \"a\""]),
            (true, &["\"b\"", "\"a\""]),
            (true, &["*"]),
            (false, &["\"b\""]),
            (false, &["a"]),
        ] {
            let asked = headers(&header::IF_NONE_MATCH, values);
            assert_eq!(is_known(&asked, "\"a\""), known, "{values:?}");
        }
    }
}
