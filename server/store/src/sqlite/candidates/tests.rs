//! What searches may find, against a plain look at every text.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use super::*;
use crate::sqlite::explain;

const WORDS: [&str; 8] = [
    "export", "import", "deploy", "backup", "billing", "mobile", "partner", "staging",
];

/// Names by decimal ids.
struct Names {
    connection: Connection,
    names: BTreeMap<i64, String>,
}

impl Names {
    fn new(names: impl IntoIterator<Item = String>) -> Self {
        let connection = explain::database();
        let names: BTreeMap<_, _> = (1..).zip(names).collect();
        connection.execute_batch("BEGIN").unwrap();
        for (number, name) in &names {
            connection
                .prepare_cached("INSERT INTO api_key_text (rowid, name) VALUES (?1, ?2)")
                .unwrap()
                .execute((number, name))
                .unwrap();
        }
        connection.execute_batch("COMMIT").unwrap();
        Self { connection, names }
    }

    /// What may be found, all of which is looked up; none where it is not fewer than `most`. Whatever has the text is
    /// among them.
    fn find(&self, text: &str, most: u64, handful: usize) -> Option<Vec<i64>> {
        let search = Search::new(text, true, true).unwrap();
        let found = match candidates(&self.connection, &search, most, handful).unwrap()? {
            Candidates::These(found) => {
                assert!(found.len() <= handful, "{text}: {found:?}");
                found
            }
            Candidates::Found(select) => bind::integers(&self.connection, &select).unwrap(),
        };
        let having = self.names.iter().filter(|(_, name)| name.contains(text));
        for (number, name) in having {
            assert!(found.contains(number), "{text}: {number} {name}");
        }
        assert!((found.len() as u64) < most, "{text}");
        Some(found)
    }
}

/// A word and a number of six digits.
fn numbered() -> Names {
    Names::new((0..20_000_u64).map(|index| {
        let word = WORDS[usize::try_from(index % 8).unwrap()];
        format!("{word} key {:06}", index * 7_919 % 1_000_000)
    }))
}

#[test]
fn whatever_has_a_text_is_among_the_candidates() {
    let names = numbered();
    for name in names.names.values().step_by(1_501) {
        let letters: Vec<char> = name.chars().collect();
        for length in 3..=letters.len() {
            for part in letters.windows(length).step_by(3) {
                let part = String::from_iter(part);
                for (most, handful) in [(2_001, 48), (40, 3), (1, 0)] {
                    names.find(&part, most, handful);
                }
            }
        }
    }
    assert_eq!(names.find("zebra", 2_001, 48), Some(vec![]));
    assert_eq!(names.find("ex", 2_001, 48), None);
    assert_eq!(names.find("export", 2_001, 48), None);
}

#[test]
fn two_rare_pieces_that_do_not_overlap_are_enough() {
    let names = numbered();
    let name = &names.names[&12_345];
    let number = name.rsplit(' ').next().unwrap();
    // What is looked for together in the end, and how often anything was looked for.
    let asked = |text: &str| {
        let mut asked = Vec::new();
        let found = few(text, 2_001, |pattern, limit| {
            asked.push(pattern.to_owned());
            bind::integers(&names.connection, &text_match(pattern, limit))
        });
        // Each piece is in more than a hundred names.
        assert!(
            found.unwrap().is_none_or(|found| found.len() < 48),
            "{text}"
        );
        (asked.last().unwrap().matches(" AND ").count() + 1, asked)
    };
    for text in [number, name] {
        let (together, asked) = asked(text);
        assert_eq!(together, 2, "{asked:?}");
        assert!(asked.len() <= 5, "{asked:?}");
    }
    // Of five digits every two pieces overlap: one says much of the other.
    let (together, patterns) = asked(&number[1..]);
    assert_eq!(together, 3, "{patterns:?}");
    // Of a word that is in every eighth name none is rare: all four are looked for, once.
    let (together, patterns) = asked("export");
    assert_eq!((together, patterns.len()), (4, 5), "{patterns:?}");
}

#[test]
fn where_two_rare_pieces_come_together_others_are_looked_for() {
    let names = Names::new((0..20_000_u64).map(|index| {
        match index % 1_000 {
            // More than are wanted have what is rare in the first half of the text.
            7 | 207 | 407 | 607 | 807 => format!("abcdef {index}"),
            13 => "-efé-".to_owned(),
            113 => "-féx-".to_owned(),
            213 => "-éxy-".to_owned(),
            313 if index > 15_000 => "abcdeféxy".to_owned(),
            _ => "other".to_owned(),
        }
    }));
    assert_eq!(names.find("abcdef", 20, 48), None);
    let found = names.find("abcdeféxy", 20, 48).unwrap();
    assert_eq!(found, [15_314, 16_314, 17_314, 18_314, 19_314]);
}

#[test]
fn pieces_are_of_three_characters_and_known_by_their_places() {
    let told = |text: &str| -> Vec<_> {
        pieces(text)
            .into_iter()
            .map(|piece| (piece.at, piece.quoted))
            .collect()
    };
    assert_eq!(told("ab"), []);
    let quoted = |at, text: &str| (at, text.to_owned());
    assert_eq!(
        told("é\"bé\"b"),
        [
            quoted(1, "\"\"\"bé\""),
            quoted(2, "\"bé\"\"\""),
            quoted(0, "\"é\"\"b\"")
        ]
    );
    let long: String = ('a'..='z').collect();
    assert!(told(&long).len() <= PIECES, "{:?}", told(&long));
}
