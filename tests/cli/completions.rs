//! What completes the commands in a shell.

use std::fs;

use bitting_tests::{binary::run, tools::BASH};
use tempfile::tempdir;

fn script(shell: &str) -> String {
    let output = run(&["completions", shell]);
    assert!(output.status.success(), "{output:?}");
    assert!(output.stderr.is_empty(), "{output:?}");
    let script = String::from_utf8(output.stdout).expect("text");
    for word in ["rotate", "overlap-seconds", "audit", "dev-cert", "verify"] {
        assert!(script.contains(word), "{shell} does not know {word}");
    }
    script
}

#[tokio::test]
async fn bash_completes_what_the_document_says() {
    let script = script("bash");
    if !BASH.is_there("cli::completions::bash") {
        return;
    }
    let directory = tempdir().expect("a directory");
    let file = directory.path().join("bitting.bash");
    fs::write(&file, script).expect("a file");
    let ask = format!(
        "source '{}'; COMP_WORDS=(bitting keys ro); COMP_CWORD=2; _bitting bitting ro keys; printf '%s\\n' \
         \"${{COMPREPLY[@]}}\"",
        file.display()
    );
    assert_eq!(BASH.text(&["-c", &ask]).await, "rotate\n");
}

#[test]
fn zsh_and_fish_have_theirs() {
    assert!(script("fish").contains("complete -c bitting"));
    assert!(script("zsh").starts_with("#compdef bitting"));
}
