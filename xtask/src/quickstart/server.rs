//! The server that the README's line starts.

use std::{
    io::{BufRead, BufReader, Read},
    os::unix::process::CommandExt,
    path::Path,
    process::{Child, Stdio},
    sync::mpsc::{self, Receiver},
    thread,
    time::{Duration, Instant},
};

use super::shell::{self, signal};

/// How long the built server may take to say that it listens: cargo looks at every source first.
const START: Duration = Duration::from_secs(120);
/// How long it may take to end.
const STOP: Duration = Duration::from_secs(30);
/// The line that says that it listens begins so.
const READY: &str = "listening on ";

/// A running server, ended when dropped.
pub(super) struct Server {
    child: Child,
    stdout: Receiver<String>,
    stderr: Receiver<String>,
}

impl Server {
    /// Runs `line` in `directory`.
    pub(super) fn start(line: &str, directory: &Path) -> Result<Self, String> {
        let mut command = shell::bash(line, directory);
        // A process group of its own is sent the signals, as a terminal sends Ctrl-C: shell, cargo and server.
        command
            .process_group(0)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command
            .spawn()
            .map_err(|cause| format!("cannot run bash: {cause}"))?;
        let stdout = lines(child.stdout.take());
        let stderr = lines(child.stderr.take());
        Ok(Self {
            child,
            stdout,
            stderr,
        })
    }

    /// Waits for the line that says that it listens; what the server, and not cargo, printed up to then.
    pub(super) fn wait_until_ready(&self) -> Result<String, String> {
        let until = Instant::now() + START;
        let mut stdout = Vec::new();
        loop {
            let left = until.saturating_duration_since(Instant::now());
            let Ok(line) = self.stdout.recv_timeout(left) else {
                let said: Vec<_> = self.stderr.try_iter().collect();
                return Err(format!(
                    "the server did not say that it listens:\n{}",
                    said.join("\n")
                ));
            };
            let ready = line.starts_with(READY);
            stdout.push(line);
            if ready {
                break;
            }
        }
        // It was written before that line; it may arrive after it.
        let mut stderr = Vec::new();
        while let Ok(line) = self.stderr.recv_timeout(Duration::from_millis(500)) {
            stderr.push(line);
        }
        let cargo = stderr
            .iter()
            .rposition(|line| line.trim_start().starts_with("Running `"));
        let own = stderr.into_iter().skip(cargo.map_or(0, |at| at + 1));
        let told = own.filter(|line| !line.starts_with('{'));
        Ok(told.chain(stdout).collect::<Vec<_>>().join("\n"))
    }

    /// Ends it as Ctrl-C does, and expects it to take that well.
    pub(super) fn stop(mut self) -> Result<(), String> {
        signal(&self.child, "INT");
        let until = Instant::now() + STOP;
        while Instant::now() < until {
            match self.child.try_wait() {
                Ok(Some(status)) if status.success() => return Ok(()),
                Ok(Some(status)) => {
                    return Err(format!("after Ctrl-C the server ended with {status}"));
                }
                Ok(None) => thread::sleep(Duration::from_millis(20)),
                Err(cause) => return Err(format!("cannot wait for the server: {cause}")),
            }
        }
        Err(format!(
            "the server did not end within {} s of Ctrl-C",
            STOP.as_secs()
        ))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            signal(&self.child, "KILL");
            let _ = self.child.wait();
        }
    }
}

fn lines(stream: Option<impl Read + Send + 'static>) -> Receiver<String> {
    let (sender, receiver) = mpsc::channel();
    if let Some(stream) = stream {
        thread::spawn(move || {
            for line in BufReader::new(stream).lines().map_while(Result::ok) {
                // Read on though nobody listens any more: a full pipe would stop the server.
                let _ = sender.send(line);
            }
        });
    }
    receiver
}
