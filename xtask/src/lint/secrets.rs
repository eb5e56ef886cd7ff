//! Nothing in a document is a secret, looks like one, or tells of somebody's network.

use std::{collections::BTreeMap, sync::LazyLock};

use regress::Regex;

use super::{
    finding::Report,
    rules::Rule,
    subject::{Subject, walk},
};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "fake-secrets",
        asks: "nothing that a scanner for secrets takes for one",
        check: secrets,
    },
    Rule {
        name: "no-internal-host",
        asks: "no host but those that are kept for examples, and those of published texts",
        check: hosts,
    },
];

/// What scanners know by its form.
const FORMS: &[&str] = &[
    r"(sk|pk|rk)_(live|test)_[0-9a-zA-Z]{10,}",
    r"(AKIA|ASIA)[0-9A-Z]{16}",
    r"gh[pousr]_[0-9A-Za-z]{36}",
    r"github_pat_\w{36,}",
    r"xox[abeprs]-[0-9A-Za-z-]{10,}",
    r"ey[A-Za-z0-9_-]{15,}\.ey[A-Za-z0-9_-]{15,}\.",
    r"AIza[0-9A-Za-z_-]{35}",
    r"-----BEGIN[ A-Z]*PRIVATE KEY",
    r"[a-z][a-z0-9]{1,9}_[0-9A-Za-z]{30}[0-9A-Za-z]{6}",
];

/// What is called a secret, and what it is. A scanner takes it for one if it is as random as one.
const CALLED: &str = r#"(access|auth|api|credential|key|passw(or)?d|secret|token)[\w -]{0,20}["']?\s{0,3}[:=]+\s{0,3}["']?([\w.=-]{10,150})"#;
/// What is called so and is none.
const NO_SECRET: &str = r"key[_.-]?ids?";
/// Bits a character from which on something is random.
const RANDOM: f64 = 3.5;

/// Hosts that documents may name: those kept for examples, and those that a licence is read from.
const HOSTS: [&str; 3] = ["{host}", "www.apache.org", "*.example"];
const ADDRESS: &str = r"https?://([A-Za-z0-9.{}\[\]:-]+)";
const PRIVATE: &str = r"localhost|\b127\.0\.0\.1|\b10\.\d+\.\d+\.\d+\b(?!/8)|\b192\.168\.|\.(local|internal|corp|lan)\b";

/// The expressions are constants, and the tests compile each.
#[expect(clippy::expect_used, reason = "a constant that the tests compile")]
fn regex(pattern: &str) -> Regex {
    Regex::with_flags(pattern, "i").expect("a pattern")
}

fn secrets(subject: &Subject, report: &mut Report) {
    static FORMED: LazyLock<Vec<Regex>> = LazyLock::new(|| {
        let cased = |pattern: &&str| Regex::new(pattern).unwrap_or_else(|_| regex(pattern));
        FORMS.iter().map(cased).collect()
    });
    static NAMED: LazyLock<Regex> = LazyLock::new(|| regex(CALLED));
    static INNOCENT: LazyLock<Regex> = LazyLock::new(|| regex(NO_SECRET));
    walk(&subject.root, "", &mut |place, value| {
        let Some(text) = value.as_str() else { return };
        for form in FORMED.iter() {
            for found in form.find_iter(text) {
                let random = entropy(&text[found.range()]) > RANDOM;
                report.check(!random, place, "has the form of a secret");
            }
        }
        // As a scanner sees it: the line of the file.
        let name = place.rsplit('/').next().unwrap_or_default();
        let line = format!("\"{name}\": \"{text}\"");
        for found in NAMED.find_iter(&line) {
            let called = &line[found.range()];
            let value = found.group(3).map_or("", |range| &line[range]);
            let innocent = INNOCENT.find(called).is_some();
            let random = entropy(value) > RANDOM && value.bytes().any(|b| b.is_ascii_digit());
            report.check(
                innocent || !random,
                place,
                "is called like a secret and as random as one",
            );
        }
    });
}

/// Bits a character, by how often each occurs.
fn entropy(text: &str) -> f64 {
    let mut counts = BTreeMap::new();
    for c in text.chars() {
        *counts.entry(c).or_insert(0_u32) += 1;
    }
    let total = f64::from(counts.values().sum::<u32>());
    let share = |count: &u32| f64::from(*count) / total;
    counts.values().map(|n| -share(n) * share(n).log2()).sum()
}

fn hosts(subject: &Subject, report: &mut Report) {
    static NAMED: LazyLock<Regex> = LazyLock::new(|| regex(ADDRESS));
    static INTERNAL: LazyLock<Regex> = LazyLock::new(|| regex(PRIVATE));
    walk(&subject.root, "", &mut |place, value| {
        let Some(text) = value.as_str() else { return };
        if let Some(found) = INTERNAL.find(text) {
            let found = &text[found.range()];
            report.find(place, format!("{found} is of somebody's own network"));
        }
        for found in NAMED.find_iter(text) {
            let host = found.group(1).map_or("", |range| &text[range]);
            let known = HOSTS.iter().any(|known| match known.strip_prefix('*') {
                Some(end) => host.ends_with(end),
                None => host == *known,
            });
            report.check(known, place, format!("the host {host} is not for examples"));
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_expressions_are_good() {
        for pattern in FORMS
            .iter()
            .chain([&CALLED, &NO_SECRET, &ADDRESS, &PRIVATE])
        {
            assert!(Regex::new(pattern).is_ok(), "{pattern}");
        }
    }

    #[test]
    fn random_text_has_more_bits_than_words() {
        assert!(entropy("00000000000000000000") < 0.1);
        assert!(entropy("fysTkoTct9dIF1j9iz2raONBQfZsIU3WscDp") > RANDOM);
    }
}
