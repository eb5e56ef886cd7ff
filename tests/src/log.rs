//! A log that a test can read.

use std::{
    io,
    sync::{Arc, Mutex, PoisonError},
};

use serde_json::Value;
use slog::{Drain, Logger, o};

/// What was logged, as the lines that the server would have written.
#[derive(Clone, Debug, Default)]
pub struct Captured(Arc<Mutex<Vec<u8>>>);

impl Captured {
    /// A logger that writes here, in the server's own format, everything that there is to log.
    pub fn logger(&self) -> Logger {
        let json = slog_json::Json::new(self.clone())
            .add_default_keys()
            .build();
        Logger::root(Mutex::new(json).fuse(), o!())
    }

    /// Everything logged so far.
    pub fn text(&self) -> String {
        let bytes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// Every line logged so far.
    pub fn lines(&self) -> Vec<Value> {
        self.text()
            .lines()
            .map(|line| serde_json::from_str(line).expect("a line of the log is a JSON object"))
            .collect()
    }

    /// The line that tells of the request with this id.
    pub fn request(&self, id: &str) -> Option<Value> {
        self.lines()
            .into_iter()
            .find(|line| line["msg"] == "request" && line["request_id"] == id)
    }
}

impl io::Write for Captured {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
