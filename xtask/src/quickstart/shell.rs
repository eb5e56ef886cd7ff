//! The reader's terminal.

use std::{
    env,
    fmt::Write,
    fs,
    os::unix::process::CommandExt,
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use super::readme::Step;
use crate::cargo::forget_this_package;

/// How long all blocks may take.
const PATIENCE: Duration = Duration::from_secs(60);
/// Variables that would have curl ask a proxy for 127.0.0.1.
const PROXIES: [&str; 6] = [
    "http_proxy",
    "HTTP_PROXY",
    "https_proxy",
    "HTTPS_PROXY",
    "all_proxy",
    "ALL_PROXY",
];

/// What a block did.
pub(super) struct Done {
    pub(super) succeeded: bool,
    pub(super) printed: String,
    pub(super) errors: String,
}

/// A shell in `directory` that runs `script`, with the environment of somebody who has set nothing.
pub(super) fn bash(script: &str, directory: &Path) -> Command {
    let mut command = Command::new("bash");
    command
        .arg("-c")
        .arg(script)
        .current_dir(directory)
        .stdin(Stdio::null());
    forget_this_package(&mut command);
    let ours = env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("BITTING_"));
    for name in ours.map(|(name, _)| name).chain(PROXIES.map(Into::into)) {
        command.env_remove(name);
    }
    command
}

/// A shell and whatever it started, ended when dropped.
struct Group(Child);

impl Drop for Group {
    fn drop(&mut self) {
        signal(&self.0, "KILL");
        let _ = self.0.wait();
    }
}

/// Sends the signal called `name` to the process group that `leader` leads.
pub(super) fn signal(leader: &Child, name: &str) {
    let _ = Command::new("kill")
        .args([&format!("-{name}"), "--", &format!("-{}", leader.id())])
        .stderr(Stdio::null())
        .status();
}

/// Runs the blocks of `steps` in one shell, as a reader does: what one sets the next may use.
pub(super) fn run(steps: &[Step], directory: &Path) -> Result<Vec<Done>, String> {
    let file = |what: &str, index: usize| directory.join(format!("{what}-{index}"));
    let mut script = String::new();
    for (index, step) in steps.iter().enumerate() {
        // Writing to a string cannot fail.
        let _ = writeln!(
            script,
            "{{
{}
}} > printed-{index} 2> errors-{index}
echo $? > status-{index}",
            step.script
        );
    }
    // What a block leaves in the background is in the shell's group, and ends with it.
    let mut shell = bash(&script, directory);
    let child = shell.process_group(0).spawn();
    let mut group = Group(child.map_err(|cause| format!("cannot run bash: {cause}"))?);
    let child = &mut group.0;
    let until = Instant::now() + PATIENCE;
    while child
        .try_wait()
        .map_err(|cause| cause.to_string())?
        .is_none()
    {
        if Instant::now() > until {
            return Err(format!(
                "the quickstart took more than {} s",
                PATIENCE.as_secs()
            ));
        }
        thread::sleep(Duration::from_millis(20));
    }
    let read = |what, index| fs::read_to_string(file(what, index)).unwrap_or_default();
    let ended = (0..steps.len()).take_while(|index| file("status", *index).exists());
    Ok(ended
        .map(|index| Done {
            succeeded: read("status", index).trim() == "0",
            printed: read("printed", index),
            errors: read("errors", index),
        })
        .collect())
}
