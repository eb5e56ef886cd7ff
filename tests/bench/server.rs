//! A running server.

use std::{
    fs,
    io::{BufRead, BufReader},
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use crate::{Failure, setting::Setting};

/// How long a start may take; that of a large store includes its recovery.
const START: Duration = Duration::from_secs(60);
/// How long an end may take.
const STOP: Duration = Duration::from_secs(30);

/// A running server, ended when dropped.
pub(crate) struct Server {
    child: Child,
    pub(crate) address: SocketAddr,
    data: PathBuf,
}

impl Server {
    /// Starts the server on the data in `directory`, with further `flags`.
    pub(crate) fn start(
        setting: &Setting,
        directory: &Path,
        flags: &[&str],
    ) -> Result<Self, Failure> {
        let mut command = setting.server();
        command.arg("serve").arg("--data").arg(directory);
        command.args(["--listen", "127.0.0.1:0", "--log-level", "warning"]);
        command.args(flags);
        Self::spawn(command, directory)
    }

    /// Starts whatever says as the server does where it listens. Its errors go to a file in `directory`.
    pub(crate) fn spawn(mut command: Command, directory: &Path) -> Result<Self, Failure> {
        command.stdin(Stdio::null()).stdout(Stdio::piped());
        command.stderr(fs::File::create(directory.join("stderr.log"))?);
        let mut child = command.spawn()?;
        let (sender, receiver) = mpsc::channel();
        if let Some(stdout) = child.stdout.take() {
            thread::spawn(move || {
                let mut line = String::new();
                let read = BufReader::new(stdout).read_line(&mut line);
                let _ = sender.send(read.map(|_| line));
            });
        }
        let line = receiver.recv_timeout(START);
        let address = line.ok().and_then(Result::ok);
        let address = address.and_then(|line| line.trim().rsplit('/').next()?.parse().ok());
        if let Some(address) = address {
            return Ok(Self {
                child,
                address,
                data: directory.to_owned(),
            });
        }
        let _ = child.kill();
        let _ = child.wait();
        let said = fs::read_to_string(directory.join("stderr.log")).unwrap_or_default();
        Err(format!(
            "the server did not start on {}:\n{said}",
            directory.display()
        )
        .into())
    }

    /// The processor time that it has used, whatever else ran meanwhile.
    pub(crate) fn processor_time(&self) -> Result<Duration, Failure> {
        // Of every thread, in nanoseconds; threads do not end while it serves.
        let mut sum = 0;
        for task in fs::read_dir(format!("/proc/{}/task", self.child.id()))? {
            let told = fs::read_to_string(task?.path().join("schedstat"))?;
            let nanoseconds: u64 = told.split(' ').next().unwrap_or_default().parse()?;
            sum += nanoseconds;
        }
        Ok(Duration::from_nanos(sum))
    }

    /// Its resident memory, and the part of it that no file backs, in bytes.
    pub(crate) fn memory(&self) -> Result<(u64, u64), Failure> {
        let told = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let kibibytes = |name: &str| -> Result<u64, Failure> {
            let line = told.lines().find_map(|line| line.strip_prefix(name));
            let number = line.and_then(|line| line.trim().split(' ').next());
            Ok(number.ok_or("the system does not tell memory")?.parse()?)
        };
        Ok((kibibytes("VmRSS:")? * 1024, kibibytes("RssAnon:")? * 1024))
    }

    /// The secret in the file `name` of the data directory.
    pub(crate) fn token(&self, name: &str) -> Result<String, Failure> {
        Ok(fs::read_to_string(self.data.join(name))?.trim().to_owned())
    }

    /// Ends the server.
    pub(crate) fn stop(mut self) -> Result<(), Failure> {
        // The process is the server itself: taskset becomes what it starts.
        let id = self.child.id().to_string();
        Command::new("kill").args(["-TERM", &id]).status()?;
        let until = Instant::now() + STOP;
        while Instant::now() < until {
            match self.child.try_wait()? {
                Some(status) if status.success() => return Ok(()),
                Some(status) => return Err(format!("the server ended with {status}").into()),
                None => thread::sleep(Duration::from_millis(10)),
            }
        }
        Err("the server did not end when told to".into())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}
