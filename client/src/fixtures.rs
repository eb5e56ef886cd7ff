//! A server, or what stands before one, that answers with given bytes.
#![allow(clippy::unwrap_used)]

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

use crate::{Options, Retry, Token};

/// The request id of its answers.
pub(crate) const ID: &str = "99a84211-f73d-4ff8-acdf-eb3e06bb9d62";

/// The options of a client that sends everything once.
pub(crate) fn once() -> Options {
    Options::from(&Token::new("hunter2").unwrap()).retry(Retry::none())
}

/// The base URL of a server that answers `answer` once, and what it was sent.
pub(crate) async fn server(answer: String) -> (String, JoinHandle<String>) {
    let (url, sent) = gateway(vec![answer]).await;
    let sent = tokio::spawn(async move { sent.await.unwrap().remove(0) });
    (url, sent)
}

/// The base URL of a server that answers each connection with the next of `answers`, of which an empty one is a
/// connection that is cut, and what it was sent on them. It listens no longer after the last.
pub(crate) async fn gateway(answers: Vec<String>) -> (String, JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let sent = tokio::spawn(async move {
        let mut sent = Vec::new();
        for answer in answers {
            let (mut stream, _) = listener.accept().await.unwrap();
            sent.push(request(&mut stream).await);
            stream.write_all(answer.as_bytes()).await.unwrap();
        }
        sent
    });
    (url, sent)
}

/// A request, to its last byte.
async fn request(stream: &mut TcpStream) -> String {
    let mut request = String::new();
    let mut buffer = [0; 4096];
    loop {
        let count = stream.read(&mut buffer).await.unwrap();
        request.push_str(std::str::from_utf8(&buffer[..count]).unwrap());
        if count == 0 || is_whole(&request) {
            return request;
        }
    }
}

/// Whether a request has all of its body.
fn is_whole(request: &str) -> bool {
    let Some((head, body)) = request.split_once("\r\n\r\n") else {
        return false;
    };
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "))
        .map_or(0, |length| length.parse().unwrap());
    body.len() >= length
}

/// An answer with these parts, and what every answer has.
pub(crate) fn answer(status: &str, headers: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: {}\r\nx-request-id: {ID}\r\n{headers}\r\n{body}",
        body.len()
    )
}
