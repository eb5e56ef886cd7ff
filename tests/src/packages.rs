//! The packages of the programs in `tests/tools`, which tests run.

use std::{
    collections::BTreeMap,
    env,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::{LazyLock, Mutex, PoisonError},
};

use crate::tools::{NODE, NPM, skip};

/// The directory `tests/tools/<name>`.
fn directory(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tools")
        .join(name)
}

/// The directory `tests/tools/<name>` of a program for Node.js; its packages are installed if they are missing. `None`
/// if they cannot be: that says that `test` is skipped.
pub fn npm(name: &str, test: &str) -> Option<PathBuf> {
    /// What became of each directory, once for all tests: they would install into each other's way, and those that
    /// come while another installs must not take half of it for all.
    static INSTALLED: LazyLock<Mutex<BTreeMap<String, bool>>> = LazyLock::new(Mutex::default);
    if !NODE.is_there(test) {
        return None;
    }
    let directory = directory(name);
    let mut installed = INSTALLED.lock().unwrap_or_else(PoisonError::into_inner);
    let is_known = installed.contains_key(name) || is_complete(&directory);
    if !is_known && !NPM.is_there(test) {
        return None;
    }
    let is_there = *installed
        .entry(name.to_owned())
        .or_insert_with(|| is_complete(&directory) || install(&directory));
    if !is_there {
        let install = format!("npm ci --ignore-scripts --prefix tests/tools/{name}");
        skip(
            test,
            &format!("the packages of tests/tools/{name}"),
            &install,
        );
    }
    is_there.then_some(directory)
}

/// Whether the packages are there that the lock file names.
fn is_complete(directory: &Path) -> bool {
    // What npm writes last. What is no longer what the lock file says is older than that.
    let modified = |path: &str| fs::metadata(directory.join(path)).and_then(|of| of.modified());
    let mark = modified("node_modules/.package-lock.json");
    mark.is_ok_and(|mark| modified("package-lock.json").is_ok_and(|lock| lock <= mark))
}

/// Exactly what the lock file says, and none of the packages' own scripts.
fn install(directory: &Path) -> bool {
    let mut npm = Command::new("npm");
    npm.args(["ci", "--ignore-scripts"]).current_dir(directory);
    let output = npm.stdin(Stdio::null()).output().expect("npm runs");
    if !output.status.success() {
        eprintln!("{}", String::from_utf8_lossy(&output.stderr));
    }
    output.status.success()
}

/// The directory of the programs of `tests/tools/<name>` that are written in Python, which `cargo xtask tools` installs
/// below the target directory. `None` if they are not there as the list of them is now: that says that `test` is
/// skipped.
pub fn python(name: &str, test: &str) -> Option<PathBuf> {
    let environment = target().join("tools").join(name);
    let installed = fs::read(environment.join("installed.txt"));
    let wanted = fs::read(directory(name).join("requirements.txt")).expect("the list is there");
    if installed.is_ok_and(|installed| installed == wanted) {
        return Some(environment.join("bin"));
    }
    skip(
        test,
        &format!("the packages of tests/tools/{name}"),
        "cargo xtask tools",
    );
    None
}

/// The search path of programs with `directory` before all.
pub fn before_path(directory: &Path) -> OsString {
    let rest = env::var_os("PATH").unwrap_or_default();
    let all = [directory.to_owned()]
        .into_iter()
        .chain(env::split_paths(&rest));
    env::join_paths(all).expect("directories of a path have no colons")
}

/// The target directory.
pub fn target() -> PathBuf {
    // <target>/<profile>/deps/<test>
    let test = env::current_exe().expect("a test has a path");
    let target = test.ancestors().nth(3);
    target.expect("a test is in a target directory").to_owned()
}
