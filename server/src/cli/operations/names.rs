//! What the command of an operation is called.

use super::document::Operation;

/// Operations without a command of their own, and why.
pub(super) const WITHOUT: &[(&str, &str)] = &[
    (
        "company_create",
        "`bitting company create`, which also works on a store at rest",
    ),
    (
        "member_create",
        "`bitting member create`, which also works on a store at rest",
    ),
    (
        "key_import",
        "`bitting import`, which reads a file of any length",
    ),
    (
        "forward_auth",
        "a gateway asks it with the headers of the request that it holds back; to ask about a key there is `bitting \
         verify`",
    ),
];

/// Commands that are called otherwise than the rule of [`command`] would have it.
const RENAMED: &[(&str, &[&str])] = &[
    ("key_limits_update", &["keys", "limits"]),
    ("key_verify", &["verify"]),
    ("key_verify_batch", &["verify-batch"]),
    ("secret_list", &["keys", "secrets"]),
    ("secret_retire", &["keys", "retire"]),
];

/// Tags of which the commands stand beside others that are older than the rule.
const GROUPS: &[(&str, &str)] = &[("companies", "company"), ("members", "member")];

/// The words of the command of an operation: the group, which is its tag, and what its id says beside what the group
/// is about (`key_create`, of the tag `keys`, is `keys create`). An id of one word is a command by itself.
pub(super) fn command(operation: Operation<'_>) -> Vec<String> {
    let (id, tag) = (operation.id(), operation.tag());
    if let Some((_, words)) = RENAMED.iter().find(|(known, _)| *known == id) {
        return words.iter().map(ToString::to_string).collect();
    }
    let Some((noun, verb)) = id.split_once('_') else {
        return vec![id.to_owned()];
    };
    let singular = tag.strip_suffix("ies").map(|stem| format!("{stem}y"));
    let singular = singular.unwrap_or_else(|| tag.strip_suffix('s').unwrap_or(tag).to_owned());
    let verb = if noun == singular { verb } else { id };
    vec![group(tag).to_owned(), kebab(verb)]
}

/// The group of a tag.
pub(super) fn group(tag: &str) -> &str {
    let named = GROUPS.iter().find(|(known, _)| *known == tag);
    named.map_or(tag, |(_, group)| group)
}

/// Why an operation has no command of its own; `None` if it has one.
pub(super) fn without(id: &str) -> Option<&'static str> {
    let named = WITHOUT.iter().find(|(known, _)| *known == id);
    named.map(|(_, why)| *why)
}

/// A name as flags are written.
pub(super) fn kebab(name: &str) -> String {
    name.replace('_', "-").to_lowercase()
}
