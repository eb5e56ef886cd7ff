//! A server that answers one request with given bytes.
#![allow(clippy::unwrap_used)]

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
    task::JoinHandle,
};

/// The request id of its answers.
pub(crate) const ID: &str = "99a84211-f73d-4ff8-acdf-eb3e06bb9d62";

/// The base URL of a server that answers `answer` once, and what it was sent.
pub(crate) async fn server(answer: String) -> (String, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let sent = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut sent = String::new();
        let mut buffer = [0; 4096];
        loop {
            let count = stream.read(&mut buffer).await.unwrap();
            sent.push_str(std::str::from_utf8(&buffer[..count]).unwrap());
            if count == 0 || is_whole(&sent) {
                break;
            }
        }
        stream.write_all(answer.as_bytes()).await.unwrap();
        sent
    });
    (url, sent)
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
