//! The page that is guarded: it answers everybody, and remembers what it was asked.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
};

/// A request as it reached the page.
#[derive(Clone, Debug, Default)]
pub(crate) struct Seen {
    /// Its method and target.
    pub(crate) line: String,
    headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Seen {
    /// The values of its headers called `name`, which is in lower case.
    pub(crate) fn values(&self, name: &str) -> Vec<&str> {
        let of_name = self.headers.iter().filter(|(known, _)| known == name);
        of_name.map(|(_, value)| value.as_str()).collect()
    }

    /// All of its headers.
    pub(crate) fn text(&self) -> String {
        format!("{:?}", self.headers)
    }
}

/// The page.
pub(crate) struct Page {
    pub(crate) address: SocketAddr,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Page {
    /// One that answers 200.
    pub(crate) fn open() -> Self {
        Self::answering("200 OK", "")
    }

    /// One that answers with this status, and these headers besides.
    pub(crate) fn answering(status: &'static str, headers: &'static str) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
        let address = listener.local_addr().unwrap();
        let seen = Arc::<Mutex<Vec<_>>>::default();
        let noted = Arc::clone(&seen);
        // It ends with the process of the test.
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                if let Some(request) = read(&stream) {
                    noted.lock().unwrap().push(request);
                    let answer = format!(
                        "HTTP/1.1 {status}\r\n{headers}Content-Length: 2\r\nConnection: close\r\n\r\nok"
                    );
                    let _ = (&stream).write_all(answer.as_bytes());
                }
            }
        });
        Self { address, seen }
    }

    /// How often it was asked.
    pub(crate) fn count(&self) -> usize {
        self.seen.lock().unwrap().len()
    }

    /// What it was asked last.
    pub(crate) fn last(&self) -> Seen {
        let seen = self.seen.lock().unwrap();
        seen.last().cloned().expect("it was asked")
    }
}

fn read(stream: &TcpStream) -> Option<Seen> {
    let mut reader = BufReader::new(stream);
    let mut seen = Seen::default();
    let mut line = String::new();
    reader
        .read_line(&mut line)
        .ok()
        .filter(|length| *length > 0)?;
    let words: Vec<_> = line.split(' ').take(2).collect();
    seen.line = words.join(" ");
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(':') else {
            break;
        };
        seen.headers
            .push((name.to_lowercase(), value.trim().to_owned()));
    }
    let length = seen
        .values("content-length")
        .first()
        .and_then(|length| length.parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    reader.read_exact(&mut body).ok()?;
    seen.body = String::from_utf8(body).ok()?;
    Some(seen)
}
