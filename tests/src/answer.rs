//! A response, as the very bytes that came.

use std::fmt;

use serde_json::Value;

/// A response.
#[derive(Clone)]
pub struct Answer {
    /// Its first line.
    pub line: String,
    /// Its status.
    pub status: u16,
    /// Its headers, in the order in which they came.
    pub headers: Vec<(String, String)>,
    /// Its body.
    pub body: Vec<u8>,
}

impl Answer {
    /// Reads an answer from the beginning of `bytes`, and how many of them it takes up; `None` while it is not
    /// whole. Interim answers (1xx) are answers of their own.
    pub(crate) fn read(bytes: &[u8], method: &str) -> Option<(Self, usize)> {
        let head = find(bytes, b"\r\n\r\n")?;
        let text = std::str::from_utf8(&bytes[..head]).expect("the head of an answer is text");
        let mut lines = text.split("\r\n");
        let line = lines.next().unwrap_or_default().to_owned();
        let status = line
            .strip_prefix("HTTP/1.1 ")
            .and_then(|rest| rest.get(..3))
            .and_then(|digits| digits.parse().ok())
            .unwrap_or_else(|| panic!("{line:?} is no first line of an answer"));
        let headers = lines
            .map(|line| {
                let (name, value) = line.split_once(": ").unwrap_or_else(|| {
                    let value = line.strip_suffix(':');
                    (value.unwrap_or_else(|| panic!("{line:?} is no header")), "")
                });
                (name.to_owned(), value.to_owned())
            })
            .collect();
        let mut answer = Self {
            line,
            status,
            headers,
            body: Vec::new(),
        };
        let start = head + 4;
        let rest = &bytes[start..];
        let bodiless = method == "HEAD" || status < 200 || status == 204 || status == 304;
        let length = if bodiless {
            0
        } else if answer.header("transfer-encoding") == Some("chunked") {
            let (body, length) = unchunk(rest)?;
            answer.body = body;
            length
        } else {
            let length: usize = answer
                .header("content-length")
                .expect("an answer with a body says how long it is")
                .parse()
                .expect("content-length is a number");
            answer.body = rest.get(..length)?.to_vec();
            length
        };
        Some((answer, start + length))
    }

    /// The value of the one header called `name`.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.values(name);
        let value = values.next();
        assert!(values.next().is_none(), "{name} came twice:\n{self:?}");
        value
    }

    /// The values of the headers called `name`.
    pub fn values(&self, name: &str) -> impl Iterator<Item = &str> {
        self.headers
            .iter()
            .filter(move |(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// The id that the server gave the request.
    pub fn request_id(&self) -> &str {
        self.header("x-request-id")
            .unwrap_or_else(|| panic!("an answer has no x-request-id:\n{self:?}"))
    }

    /// The body as text.
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("a body is UTF-8")
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("the body is no JSON ({error}):\n{self:?}"))
    }

    /// Itself, if it has this status.
    #[track_caller]
    #[expect(
        clippy::return_self_not_must_use,
        reason = "a test may have nothing more to ask of an answer"
    )]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "\n{self:?}");
        self
    }

    /// The names of the members of the JSON object in `text`, in the order in which they were sent.
    pub fn members(text: &str) -> Vec<String> {
        let mut names = Vec::new();
        let (mut depth, mut rest) = (0, text);
        while let Some(next) = rest.chars().next() {
            match next {
                '{' | '[' => depth += 1,
                '}' | ']' => depth -= 1,
                '"' => {
                    let mut stream = serde_json::Deserializer::from_str(rest).into_iter::<String>();
                    let string = stream.next().expect("a string").expect("a good one");
                    rest = &rest[stream.byte_offset()..];
                    if depth == 1 && rest.starts_with(':') {
                        names.push(string);
                    }
                    continue;
                }
                _ => {}
            }
            rest = &rest[next.len_utf8()..];
        }
        names
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.line)?;
        for (name, value) in &self.headers {
            writeln!(f, "{name}: {value}")?;
        }
        write!(f, "\n{}", String::from_utf8_lossy(&self.body))
    }
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

/// A chunked body, and how many bytes it took; `None` while it is not whole.
fn unchunk(bytes: &[u8]) -> Option<(Vec<u8>, usize)> {
    let (mut body, mut place) = (Vec::new(), 0);
    loop {
        let end = place + find(&bytes[place..], b"\r\n")?;
        let size = std::str::from_utf8(&bytes[place..end]).expect("the size of a chunk is text");
        let size = usize::from_str_radix(size, 16).expect("the size of a chunk is a number");
        let chunk = end + 2;
        body.extend_from_slice(bytes.get(chunk..chunk + size)?);
        assert_eq!(
            bytes.get(chunk + size..chunk + size + 2)?,
            b"\r\n",
            "a chunk ends where it says"
        );
        place = chunk + size + 2;
        if size == 0 {
            return Some((body, place));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_read_when_it_is_whole_and_not_before() {
        let bytes = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}HTTP";
        for length in 0..bytes.len() - 4 {
            assert!(Answer::read(&bytes[..length], "GET").is_none(), "{length}");
        }
        let (answer, length) = Answer::read(bytes, "GET").expect("it is whole");
        assert_eq!((answer.text(), length), ("{}", bytes.len() - 4));
    }

    #[test]
    fn chunks_are_joined() {
        let bytes =
            b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n";
        let (answer, length) = Answer::read(bytes, "GET").expect("it is whole");
        assert_eq!((answer.text(), length), ("abc", bytes.len()));
    }

    #[test]
    fn members_are_those_of_the_outer_object_alone() {
        let text = r#"{"b":{"x":1},"a":["y",{"z":":"}],"c\"":"d:e","":null}"#;
        assert_eq!(Answer::members(text), ["b", "a", "c\"", ""]);
    }
}
