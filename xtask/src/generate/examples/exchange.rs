//! A wire snapshot, taken apart again: the request that was sent and what was answered.

use serde_json::{Map, Value};

/// What is of use of one.
#[derive(Debug, PartialEq)]
pub(in crate::generate) struct Exchange {
    /// The body that was sent; what was wrong with it, if it is not JSON: there are exchanges to show just that.
    pub(in crate::generate) request: Result<Option<Value>, String>,
    /// The status of the answer.
    pub(in crate::generate) status: u16,
    /// The body of the answer.
    pub(in crate::generate) answer: Option<Value>,
}

/// What every snapshot has before the exchange itself.
const HEAD: &str = "---\n";
/// What begins an answer.
const ANSWER: &str = "\n\nHTTP/1.1 ";

impl Exchange {
    /// Reads the text of a snapshot.
    pub(in crate::generate) fn read(text: &str) -> Result<Self, String> {
        let exchange = text.splitn(3, HEAD).nth(2).ok_or("has no exchange")?;
        let (request, answer) = exchange.split_once(ANSWER).ok_or("has no answer")?;
        let status = answer.get(..3).and_then(|digits| digits.parse().ok());
        Ok(Self {
            request: body(request),
            status: status.ok_or("has no status")?,
            answer: body(answer)?,
        })
    }
}

/// The body of a message: what comes after the empty line, in JSON or as a form.
fn body(message: &str) -> Result<Option<Value>, String> {
    let (head, body) = message.split_once("\n\n").unwrap_or((message, ""));
    let body = body.trim_end();
    if body.is_empty() {
        return Ok(None);
    }
    if head.contains("\ncontent-type: application/x-www-form-urlencoded") {
        return Ok(Some(form(body)));
    }
    serde_json::from_str(body)
        .map(Some)
        .map_err(|error| format!("has a body that is not JSON: {error}"))
}

/// A form, as an object of strings, which is what an example of one is.
fn form(body: &str) -> Value {
    let pairs = body.split('&').filter_map(|pair| pair.split_once('='));
    let members: Map<_, _> = pairs
        .map(|(name, value)| (name.to_owned(), decoded(value).into()))
        .collect();
    members.into()
}

fn decoded(value: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = value.as_bytes();
    while let [first, tail @ ..] = rest {
        let digits = tail.get(..2).and_then(|d| std::str::from_utf8(d).ok());
        let byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match (first, byte) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            (b'+', _) => {
                bytes.push(b' ');
                rest = tail;
            }
            (byte, _) => {
                bytes.push(*byte);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use serde_json::json;

    use super::*;

    #[test]
    fn an_exchange_is_taken_apart() {
        let text = "---\nsource: x\n---\nPOST /v1/x HTTP/1.1\nhost: bitting.test\n\n{\"a\":1}\n\nHTTP/1.1 201 \
                    Created\ndate: [date]\n\n{\"b\":2}\n";
        let exchange = Exchange::read(text).unwrap();
        assert_eq!(exchange.request, Ok(Some(json!({ "a": 1 }))));
        assert_eq!(exchange.status, 201);
        assert_eq!(exchange.answer, Some(json!({ "b": 2 })));
    }

    #[test]
    fn a_message_may_have_no_body() {
        let text = "---\nsource: x\n---\nGET /v1/x HTTP/1.1\nhost: bitting.test\n\n\nHTTP/1.1 204 No \
                    Content\ndate: [date]\n";
        let exchange = Exchange::read(text).unwrap();
        assert_eq!((exchange.request, exchange.answer), (Ok(None), None));
    }

    #[test]
    fn a_form_is_an_object_of_strings() {
        let read = form("token=a%2Bb+c&hint=x");
        assert_eq!(read, json!({ "token": "a+b c", "hint": "x" }));
    }

    #[test]
    fn what_is_no_exchange_is_refused() {
        assert!(Exchange::read("").is_err());
        assert!(Exchange::read("---\n---\nGET / HTTP/1.1\n").is_err());
        let cut_off = "---\n---\nGET / HTTP/1.1\n\n{\n\nHTTP/1.1 200 OK\n";
        assert!(Exchange::read(cut_off).unwrap().request.is_err());
    }
}
