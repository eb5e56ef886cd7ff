//! The real binary, as a process.

use std::{
    env,
    io::{BufRead, BufReader, Read},
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Output, Stdio},
    sync::{
        LazyLock,
        mpsc::{Receiver, RecvTimeoutError, channel},
    },
    thread::JoinHandle,
    time::Duration,
};

use serde_json::Value;

use crate::{Answer, Connection, Request};

/// When a process that says nothing, or does not end, is said to hang. No test waits for it unless something is
/// broken.
const HANGS: Duration = Duration::from_secs(60);

/// The binary: the one that `BITTING_BINARY` names, or else the one of this checkout, built first.
///
/// Cargo does not build a package's binary for another package's tests; one that lies about from an earlier build
/// would be tested instead of what is in the tree.
pub fn binary() -> &'static Path {
    static BINARY: LazyLock<PathBuf> = LazyLock::new(|| {
        if let Some(path) = env::var_os("BITTING_BINARY") {
            return path.into();
        }
        // <target>/<profile>/deps/<test>
        let test = env::current_exe().expect("a test has a path");
        let directory = test
            .ancestors()
            .nth(2)
            .expect("a test is in a target directory");
        let mut build = Command::new(env!("CARGO"));
        // With the tests' package beside it, so that both builds want the same features of what they share.
        build.args([
            "build",
            "--quiet",
            "--package=bitting-server",
            "--package=bitting-tests",
            "--bin=bitting",
        ]);
        if directory.ends_with("release") {
            build.arg("--release");
        }
        let status = build.status().expect("cargo runs");
        assert!(status.success(), "the binary cannot be built");
        directory.join("bitting")
    });
    &BINARY
}

/// The binary, to be run with `arguments` and the environment of somebody who has set nothing.
pub fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(binary());
    command.args(arguments).stdin(Stdio::null());
    // What is set for whoever runs the tests is not for the process under test.
    for (name, _) in env::vars_os() {
        if name.to_string_lossy().starts_with("BITTING_") {
            command.env_remove(name);
        }
    }
    command
}

fn serve(data: &Path, more: &[&str]) -> Command {
    let data = data.to_str().expect("a path of text");
    let mut arguments = vec!["serve", "--data", data, "--listen", "127.0.0.1:0"];
    arguments.extend(more);
    command(&arguments)
}

/// Runs the binary to its end.
pub fn run(arguments: &[&str]) -> Output {
    command(arguments).output().expect("the binary runs")
}

/// Runs a command that prints one JSON object, and returns it.
pub fn run_json(arguments: &[&str]) -> Value {
    let output = run(arguments);
    assert!(output.status.success(), "{output:?}");
    assert!(output.stderr.is_empty(), "{output:?}");
    serde_json::from_slice(&output.stdout).expect("one JSON object")
}

/// A running server.
pub struct Process {
    /// Where it listens.
    pub address: SocketAddr,
    child: Child,
    lines: Receiver<String>,
    errors: Option<JoinHandle<String>>,
}

impl Process {
    /// Starts a server on `data` and waits until it is ready.
    pub fn serve(data: &Path, more: &[&str]) -> Self {
        Self::start(serve(data, more))
    }

    /// Starts a server whose standard error is a pipe that nobody reads and that is closed at its other end.
    pub fn serve_unheard(data: &Path) -> Self {
        Self::begin(serve(data, &[]), false)
    }

    /// Starts `command`, which is to become a server, and waits until it is ready.
    pub fn start(command: Command) -> Self {
        Self::begin(command, true)
    }

    fn begin(mut command: Command, heard: bool) -> Self {
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary starts");
        let mut errors = child.stderr.take().expect("a pipe");
        let errors = std::thread::spawn(move || {
            let mut text = String::new();
            if heard {
                errors.read_to_string(&mut text).expect("text");
            }
            text
        });
        let output = child.stdout.take().expect("a pipe");
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines() {
                // Nobody listens any more when the test is over.
                let _ = sender.send(line.expect("text"));
            }
        });
        let ready = lines.recv_timeout(HANGS);
        let Ok(ready) = ready else {
            let _ = child.kill();
            panic!("the server does not become ready: {:?}", errors.join());
        };
        let address = ready
            .strip_prefix("listening on ")
            .and_then(|url| url.strip_prefix("http://").or(url.strip_prefix("https://")))
            .and_then(|address| address.parse().ok())
            .unwrap_or_else(|| panic!("{ready:?} is not what a server says when it is ready"));
        Self {
            address,
            child,
            lines,
            errors: Some(errors),
        }
    }

    /// The id of the process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Sends a signal, by its name without `SIG`.
    pub fn signal(&self, name: &str) {
        let status = Command::new("kill")
            .args(["-s", name, &self.id().to_string()])
            .status()
            .expect("kill runs");
        assert!(status.success(), "no process takes the signal");
    }

    /// Kills it as nothing else is killed: it gets no time for anything.
    pub fn kill(&mut self) {
        self.child.kill().expect("it is there to be killed");
        self.end();
    }

    /// Asks it to end, and waits until it has.
    pub fn stop(&mut self) -> Ended {
        self.signal("TERM");
        self.end()
    }

    /// Waits until it has ended.
    pub fn end(&mut self) -> Ended {
        let mut output = Vec::new();
        // Standard output is closed when the process ends, and not before.
        loop {
            match self.lines.recv_timeout(HANGS) {
                Ok(line) => output.push(line),
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => panic!("the server does not end"),
            }
        }
        let status = self.child.wait().expect("it ends");
        let errors = self.errors.take().map(JoinHandle::join);
        Ended {
            status,
            output,
            errors: errors.and_then(Result::ok).unwrap_or_default(),
        }
    }

    /// Sends a request on a connection of its own.
    pub async fn send(&self, request: &Request) -> Answer {
        let mut connection = Connection::open(self.address).await;
        connection.send(&request.bytes()).await;
        let answer = connection.answer(request.method()).await;
        answer.expect("the server answers")
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // A test that fails must not leave a server behind.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// How a server ended.
#[derive(Debug)]
pub struct Ended {
    /// Its status.
    pub status: ExitStatus,
    /// What it wrote to standard output after it was ready.
    pub output: Vec<String>,
    /// What it wrote to standard error.
    pub errors: String,
}
