//! Which surface a request is for.

use bitting_api::operations::{OPERATIONS, Operation, Surface};

use crate::request::Request;

/// The methods that HTTP defines. Any other is Dropshot's to refuse, on whatever path.
const METHODS: [&str; 9] = [
    "CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE",
];

/// The surface that answers `request`; `None` for what Dropshot answers before any surface is asked: an unknown
/// path, a segment that cannot be decoded, a method that HTTP does not define.
pub fn surface_of(request: &Request) -> Option<Surface> {
    let known = METHODS.contains(&request.method());
    Some(place_of(request.target()).filter(|_| known)?.surface)
}

/// An operation with the path that `target` names: whichever comes first, where there are several.
pub fn place_of(target: &str) -> Option<&'static Operation> {
    let mut all = OPERATIONS.iter().copied();
    all.find(|operation| is_at(operation.path, target))
}

/// Whether `target` names the path that a document shows as `template`.
pub fn is_at(template: &str, target: &str) -> bool {
    let path = target.split('?').next().unwrap_or_default();
    let path: Option<Vec<_>> = segments(path).map(decoded).collect();
    path.is_some_and(|path| fits(template, &path))
}

/// The segments of a path. Empty ones are none: a slash too many leads to no other path (O1).
fn segments(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter(|segment| !segment.is_empty())
}

fn fits(template: &str, path: &[String]) -> bool {
    let template: Vec<_> = segments(template).collect();
    template.len() == path.len()
        && template
            .iter()
            .zip(path)
            .all(|(known, segment)| known.starts_with('{') || known == segment)
}

/// A segment with its escapes undone; `None` for those that Dropshot does not take.
fn decoded(segment: &str) -> Option<String> {
    if segment == "." || segment == ".." {
        return None;
    }
    let (mut bytes, mut rest) = (Vec::new(), segment.as_bytes());
    while let Some((&first, after)) = rest.split_first() {
        // What is no escape stands for itself.
        let (byte, after) = escaped(rest).unwrap_or((first, after));
        bytes.push(byte);
        rest = after;
    }
    String::from_utf8(bytes).ok()
}

/// The byte that an escape at the beginning of `text` stands for, and what comes after it.
fn escaped(text: &[u8]) -> Option<(u8, &[u8])> {
    let (&[percent, high, low], after) = text.split_first_chunk::<3>()?;
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let value = (digit(high)? << 4) | digit(low)?;
    (percent == b'%').then_some((u8::try_from(value).ok()?, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn surface(method: &str, target: &str) -> Option<Surface> {
        surface_of(&Request::new(method, target))
    }

    #[test]
    fn every_operation_is_at_its_own_path() {
        for operation in OPERATIONS {
            let path = operation.path.replace(['{', '}'], "");
            let found = surface(operation.method, &path);
            assert_eq!(found, Some(operation.surface), "{path}");
        }
    }

    #[test]
    fn a_path_is_read_as_dropshot_reads_it() {
        for (target, surface_is) in [
            ("/v0/api_keys/a?x=/v1/companies", Some(Surface::Feldera)),
            ("//v0/api_keys/", Some(Surface::Feldera)),
            ("/v0/api%5Fkeys", Some(Surface::Feldera)),
            ("/v0/api_keys/a%2Fb", Some(Surface::Feldera)),
            ("/v0/api_keys/%2e%2e", Some(Surface::Feldera)),
            ("/v0/api_keys/%zz", Some(Surface::Feldera)),
            ("/v0/api_keys/%", Some(Surface::Feldera)),
            ("/v0/api_keys/%FF", None),
            ("/v0/api_keys/..", None),
            ("/v0/api_keys/a/b", None),
            ("/v0", None),
            ("/", None),
            ("/openapi/keys.json", None),
            ("/v1/companies/1/members", Some(Surface::Keys)),
            ("/v2/ocamba/personal-api-keys/1/roll", Some(Surface::Ocamba)),
        ] {
            assert_eq!(surface("PUT", target), surface_is, "{target}");
            assert_eq!(surface("PROPFIND", target), None, "{target}");
        }
    }
}
