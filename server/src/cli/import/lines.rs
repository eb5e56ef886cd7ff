//! The lines of a file of keys.

use std::{
    collections::BTreeMap,
    fs::File,
    io::{BufRead, BufReader, Read},
    path::Path,
};

use bitting_api::keys::{
    decode::{KeyImport, import_key},
    encode::field_name,
};
use bitting_core::{MemberId, Timestamp, bounds};
use serde_json::value::{RawValue, to_raw_value};

use crate::cli::Failure;

/// The longest line, in bytes.
const LONGEST: u64 = bounds::BODY_MAX as u64;

/// A line that is not blank.
#[derive(Debug)]
pub(super) struct Line {
    /// Its number, the first being 1.
    pub(super) number: usize,
    /// What it says, with the owner that was named for all.
    pub(super) text: String,
}

impl Line {
    /// The key that it is of, or what is wrong with it, each with its member and its rule.
    pub(super) fn draft(&self, now: Timestamp) -> Result<KeyImport, String> {
        if self.text.len() as u64 > LONGEST {
            return Err(format!("must have at most {LONGEST} bytes"));
        }
        import_key(self.text.as_bytes(), now).map_err(|wrong| {
            let said = wrong
                .iter()
                .map(|violation| format!("{} {}", field_name(violation), violation.reason));
            // The line is named already, as that of the file.
            said.collect::<Vec<_>>()
                .join("; ")
                .replace(" at line 1 column ", " at column ")
        })
    }
}

/// The lines of a file, one after the other.
pub(super) struct Lines {
    reader: BufReader<File>,
    number: usize,
    from: usize,
    position: u64,
    owner: Option<MemberId>,
}

impl Lines {
    /// Those from line `from` on; `owner` is whose those are that name nobody.
    pub(super) fn open(path: &Path, from: usize, owner: Option<MemberId>) -> Result<Self, Failure> {
        let file = File::open(path)
            .map_err(|cause| Failure(format!("cannot read {}: {cause}", path.display())))?;
        Ok(Self {
            reader: BufReader::new(file),
            number: 0,
            from,
            position: 0,
            owner,
        })
    }

    /// How many bytes were read.
    pub(super) fn position(&self) -> u64 {
        self.position
    }

    /// The next line, without its end; of one that is too long, a byte more than it may have.
    fn read(&mut self) -> std::io::Result<Option<Vec<u8>>> {
        let mut line = Vec::new();
        // A line of the greatest length, its end and one more.
        let read = (&mut self.reader)
            .take(LONGEST + 2)
            .read_until(b'\n', &mut line)?;
        self.position += read as u64;
        if read == 0 {
            return Ok(None);
        }
        self.number += 1;
        if line.last() == Some(&b'\n') {
            line.pop();
        } else if read as u64 == LONGEST + 2 {
            self.skip()?;
        }
        Ok(Some(line))
    }

    /// Reads to the end of the line, however long it is.
    fn skip(&mut self) -> std::io::Result<()> {
        loop {
            let buffer = self.reader.fill_buf()?;
            let end = buffer.iter().position(|byte| *byte == b'\n');
            let length = end.map_or(buffer.len(), |end| end + 1);
            let done = end.is_some() || buffer.is_empty();
            self.reader.consume(length);
            self.position += length as u64;
            if done {
                return Ok(());
            }
        }
    }
}

impl Iterator for Lines {
    type Item = Result<Line, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let line = match self.read() {
                Ok(line) => line?,
                Err(cause) => return Some(Err(cause.into())),
            };
            if self.number < self.from || line.trim_ascii().is_empty() {
                continue;
            }
            let number = self.number;
            let text = match String::from_utf8(line) {
                Ok(text) => self.owner.map_or(text.clone(), |owner| owned(&text, owner)),
                // It is no JSON, and is told so: nothing else can be said of it.
                Err(bytes) => String::from_utf8_lossy(bytes.as_bytes()).replace('{', "\u{fffd}"),
            };
            return Some(Ok(Line { number, text }));
        }
    }
}

/// The same key with `owner` for its owner, unless it names one. Whatever is wrong with it stays.
fn owned(text: &str, owner: MemberId) -> String {
    let Ok(mut members) = serde_json::from_str::<BTreeMap<String, Box<RawValue>>>(text) else {
        return text.to_owned();
    };
    let named = members
        .get("owner_id")
        .is_some_and(|raw| raw.get() != "null");
    if named || text.matches("\"owner_id\"").count() > 1 {
        return text.to_owned();
    }
    let Ok(owner) = to_raw_value(&owner.to_string()) else {
        return text.to_owned();
    };
    if members.remove("owner_id").is_some() {
        members.insert("owner_id".to_owned(), owner);
        return serde_json::to_string(&members).unwrap_or_else(|_| text.to_owned());
    }
    // What is written twice stays so, and is refused.
    match text.trim_start().strip_prefix('{') {
        Some(rest) if members.is_empty() => format!("{{\"owner_id\":{owner}{rest}"),
        Some(rest) => format!("{{\"owner_id\":{owner},{rest}"),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::io::Write as _;

    use super::*;

    fn read(text: &[u8], from: usize) -> Vec<(usize, String)> {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(text).unwrap();
        let lines = Lines::open(file.path(), from, None).unwrap();
        lines
            .map(Result::unwrap)
            .map(|line| (line.number, line.text))
            .collect()
    }

    #[test]
    fn blank_lines_count_and_are_none() {
        let lines = read(b"a\n\n \r\nb\r\nc", 1);
        assert_eq!(
            lines,
            [
                (1, "a".to_owned()),
                (4, "b\r".to_owned()),
                (5, "c".to_owned())
            ]
        );
        assert_eq!(read(b"a\nb\nc\n", 3), [(3, "c".to_owned())]);
        assert!(read(b"", 1).is_empty());
    }

    #[test]
    fn a_line_that_is_too_long_is_one_line_and_refused() {
        let mut text = vec![b' '; 300_000];
        text.extend(b"\n{}");
        let lines = read(&text, 1);
        // Of blanks, it is blank.
        assert_eq!(lines, [(2, "{}".to_owned())]);
        let mut text = vec![b'x'; 300_000];
        text.extend(b"\n{}");
        let lines = read(&text, 1);
        assert_eq!((lines.len(), lines[1].0), (2, 2));
        let line = Line {
            number: 1,
            text: lines[0].1.clone(),
        };
        let said = line.draft(Timestamp::MIN).unwrap_err();
        assert_eq!(said, "must have at most 65536 bytes");
    }

    #[test]
    fn an_owner_is_added_where_there_is_none() {
        let seven = MemberId::new(7).unwrap();
        for (given, expected) in [
            ("{}", r#"{"owner_id":"7"}"#),
            (r#"{"name":"x"}"#, r#"{"owner_id":"7","name":"x"}"#),
            (r#"{"owner_id":"3"}"#, r#"{"owner_id":"3"}"#),
            (
                r#"{"owner_id":null,"n":1.50}"#,
                r#"{"n":1.50,"owner_id":"7"}"#,
            ),
            (r#"{"name":"x""#, r#"{"name":"x""#),
            ("7", "7"),
        ] {
            assert_eq!(owned(given, seven), expected);
        }
    }
}
