#![allow(clippy::unwrap_used)]
use std::collections::BTreeSet;

use clap::{CommandFactory as _, error::ErrorKind};

use super::*;
use crate::cli::Cli;

fn operations() -> Operations {
    Operations::read().unwrap()
}

/// The command of `words`.
fn find<'a>(program: &'a Command, words: &[String]) -> Option<&'a Command> {
    words
        .iter()
        .try_fold(program, |command, word| command.find_subcommand(word))
}

#[test]
fn every_operation_has_a_command_with_all_that_it_takes_or_a_reason() {
    let operations = operations();
    let program = operations.add_to(Cli::command());
    let mut ids = BTreeSet::new();
    let mut commands = BTreeSet::new();
    for operation in operations.0.operations() {
        let id = operation.id();
        assert!(ids.insert(id), "{id} is there twice");
        if names::without(id).is_some() {
            continue;
        }
        let words = names::command(operation);
        let command = find(&program, &words).unwrap_or_else(|| panic!("{id} has no command"));
        let about = command.get_about().unwrap().to_string();
        assert_eq!(about, operation.summary(), "{id}");
        for input in operations.0.inputs(operation) {
            let name = flags::id(&input);
            let argument = command
                .get_arguments()
                .find(|argument| argument.get_id() == name.as_str());
            let argument = argument.unwrap_or_else(|| panic!("{id} does not take {name}"));
            assert!(
                argument
                    .get_help()
                    .is_some_and(|help| !help.to_string().is_empty()),
                "{id} {name}"
            );
        }
        assert!(commands.insert(words), "{id} has the command of another");
    }
    for (id, why) in names::WITHOUT {
        assert!(ids.contains(id), "{id} is no operation");
        assert!(why.len() > 20, "{id}");
    }
}

#[test]
fn commands_are_called_as_people_call_them() {
    let operations = operations();
    let command = |id: &str| names::command(operations.0.operation(id).unwrap()).join(" ");
    for (id, words) in [
        ("key_create", "keys create"),
        ("key_update", "keys update"),
        ("key_usage", "keys usage"),
        ("key_limits_update", "keys limits"),
        ("secret_list", "keys secrets"),
        ("key_verify", "verify"),
        ("audit_list", "audit list"),
        ("company_usage", "company usage"),
        ("member_delete", "member delete"),
        ("self_revoke", "self revoke"),
        ("whoami", "whoami"),
        ("introspect", "introspect"),
    ] {
        assert_eq!(command(id), words);
    }
}

#[test]
fn help_tells_bounds_and_the_shape_of_json() {
    let operations = operations();
    let program = operations.add_to(Cli::command());
    let create = find(&program, &["keys".to_owned(), "create".to_owned()]).unwrap();
    let help = create.clone().render_long_help().to_string();
    for words in [
        "Needs the role `write`",
        "[at most 255 characters]",
        "[repeatable, at most 100]",
        "[[{name, limit, window_seconds}, …], at most 10]",
        "[{remaining, refill_amount, refill_interval_seconds}]",
        "[1 to 3153600000]",
        "--role <WORD>",
    ] {
        assert!(help.contains(words), "{words} is not in {help}");
    }
    let verify = find(&program, &["verify".to_owned()]).unwrap();
    let help = verify.clone().render_long_help().to_string();
    assert!(help.contains("with 3 if it is not"), "{help}");
}

#[test]
fn what_a_secret_or_a_verdict_is_of_is_in_the_document() {
    let operations = operations();
    for id in ["key_verify", "introspect"] {
        let operation = operations.0.operation(id).unwrap();
        let member = flags::secret(id).unwrap();
        let inputs = operations.0.inputs(operation);
        assert!(
            inputs.iter().any(|input| input.name == member),
            "{id} {member}"
        );
    }
    for (id, member) in VERDICTS {
        let operation = operations.0.operation(id).unwrap();
        let answer = operations.0.answer(operation).unwrap();
        let results = answer.properties().find(|(name, _)| *name == "results");
        let told = results
            .and_then(|(_, results)| results.items())
            .unwrap_or(answer);
        assert!(
            told.properties().any(|(name, _)| name == *member),
            "{id} {member}"
        );
    }
    let secrets = |id| {
        show::secrets(
            operations
                .0
                .answer(operations.0.operation(id).unwrap())
                .unwrap(),
        )
    };
    for id in ["key_create", "key_rotate", "key_reveal"] {
        assert_eq!(secrets(id), ["secret"], "{id}");
    }
    assert!(secrets("key_list").is_empty());
}

#[test]
fn the_usual_columns_are_columns() {
    let operations = operations();
    for id in ["key_list", "audit_list", "key_verify_batch", "company_list"] {
        let operation = operations.0.operation(id).unwrap();
        let all = show::columns(operations.0.answer(operation).unwrap());
        let usual = show::usual(&all);
        assert!(
            usual.iter().all(|name| all.contains(name)),
            "{id}: {usual:?} of {all:?}"
        );
        assert!(usual.len() < 8, "{id}: {usual:?}");
    }
}

#[test]
fn arguments_are_held_to_the_bounds_of_the_document() {
    let operations = operations();
    let program = operations.add_to(Cli::command());
    program.clone().debug_assert();
    let kind = |line: &str| {
        let words = line.split(' ').map(|word| word.replace('_', " "));
        program
            .clone()
            .try_get_matches_from(words)
            .err()
            .map(|error| error.kind())
    };
    let id = "01913f2e-7a6c-7b4e-9d21-5c0f8e3a6b17";
    for (line, wrong) in [
        (
            "bitting keys create --name n --role read --scopes a --scopes b".to_owned(),
            None,
        ),
        (
            "bitting keys create".to_owned(),
            Some(ErrorKind::MissingRequiredArgument),
        ),
        ("bitting keys create --body -".to_owned(), None),
        (
            "bitting keys create --name n --body -".to_owned(),
            Some(ErrorKind::ArgumentConflict),
        ),
        (
            "bitting keys create --name n --role king".to_owned(),
            Some(ErrorKind::InvalidValue),
        ),
        (
            format!("bitting keys create --name {}", "n".repeat(256)),
            Some(ErrorKind::ValueValidation),
        ),
        (
            "bitting keys create --name n --metadata {".to_owned(),
            Some(ErrorKind::ValueValidation),
        ),
        ("bitting keys list --limit 1000".to_owned(), None),
        (
            "bitting keys list --limit 1001".to_owned(),
            Some(ErrorKind::ValueValidation),
        ),
        (
            "bitting keys list --limit 0".to_owned(),
            Some(ErrorKind::ValueValidation),
        ),
        ("bitting keys list --columns id,name".to_owned(), None),
        (
            "bitting keys list --columns secret".to_owned(),
            Some(ErrorKind::InvalidValue),
        ),
        (
            "bitting keys view".to_owned(),
            Some(ErrorKind::MissingRequiredArgument),
        ),
        (format!("bitting keys view {id}"), None),
        // Settings that are not named stay; limits are all replaced, and so all named.
        (format!("bitting keys update {id} --enabled false"), None),
        (format!("bitting keys update {id} --clear expires-at"), None),
        (
            format!("bitting keys update {id} --clear name"),
            Some(ErrorKind::InvalidValue),
        ),
        (
            format!("bitting keys limits {id}"),
            Some(ErrorKind::MissingRequiredArgument),
        ),
        (
            format!("bitting keys limits {id} --limits [] --quota null"),
            None,
        ),
        ("bitting member list --company 2".to_owned(), None),
        (
            "bitting member list".to_owned(),
            Some(ErrorKind::MissingRequiredArgument),
        ),
        ("bitting company view 2".to_owned(), None),
        ("bitting verify --scopes a".to_owned(), None),
        (
            "bitting verify --key k --key-file f".to_owned(),
            Some(ErrorKind::ArgumentConflict),
        ),
    ] {
        assert_eq!(kind(&line), wrong, "{line}");
    }
}
