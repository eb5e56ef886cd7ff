//! The commands of the operations of the `keys` surface.
//!
//! They are made when the program starts, from the document that it serves: what an operation is called, takes and
//! answers is written there, with its words and its bounds. An operation that is added has its command with that. A
//! generator of code (progenitor has one) was weighed: its commands take nested members only as files, and it would
//! make some thousand lines that say what the document says already.

mod ask;
mod document;
mod flags;
mod names;
mod request;
mod show;
#[cfg(test)]
mod tests;

use std::process::ExitCode;

use clap::{ArgMatches, Command, FromArgMatches as _};
use serde_json::Value;

use super::{Failure, tell};
use ask::{Question, ServerArgs};
use document::{Document, Operation};
use flags::{ALL, COLUMNS, JSON};

/// How the program ends that asked about a key which is not good.
const NOT_GOOD: u8 = 3;

/// The members of answers that tell whether a key is good.
const VERDICTS: &[(&str, &str)] = &[
    ("key_verify", "valid"),
    ("key_verify_batch", "valid"),
    ("introspect", "active"),
];

/// The commands of the document.
pub(super) struct Operations(Document);

impl Operations {
    pub(super) fn read() -> Result<Self, Failure> {
        Document::read().map(Self)
    }

    /// Those that have a command.
    fn commanded(&self) -> impl Iterator<Item = Operation<'_>> {
        self.0
            .operations()
            .filter(|operation| names::without(operation.id()).is_none())
    }

    /// Adds the commands to those that there are.
    pub(super) fn add_to(&self, mut program: Command) -> Command {
        for operation in self.commanded() {
            let words = names::command(operation);
            let Some((name, groups)) = words.split_last() else {
                continue;
            };
            let about = operation.summary().to_owned();
            let mut long = format!("{about}.\n\n{}", operation.description());
            if verdict_member(operation).is_some() {
                long.push_str("\n\nEnds with 0 if the key is good, and with 3 if it is not.");
            }
            let command = flags::add(Command::new(name.clone()), &self.0, operation);
            // After the arguments, of which those that all have bring words of their own.
            let command = command.about(about).long_about(long);
            let Some(group) = groups.first() else {
                program = program.subcommand(command);
                continue;
            };
            let is_there = program
                .get_subcommands()
                .any(|there| there.get_name() == group);
            if !is_there {
                let about = self.0.tag(operation.tag()).trim_end_matches('.').to_owned();
                let group = Command::new(group.clone()).about(about);
                program = program
                    .subcommand(group.subcommand_required(true).arg_required_else_help(true));
            }
            program = program.mut_subcommand(group, |group| group.subcommand(command));
        }
        program
    }

    /// Does what `matches` say, if they are of one of these commands.
    pub(super) async fn run(&self, matches: &ArgMatches) -> Option<Result<ExitCode, Failure>> {
        let (mut words, mut inner) = (Vec::new(), matches);
        while let Some((name, matches)) = inner.subcommand() {
            words.push(name);
            inner = matches;
        }
        let mut all = self.commanded();
        let operation = all.find(|operation| names::command(*operation) == words)?;
        Some(self.ask(operation, inner).await)
    }

    async fn ask(
        &self,
        operation: Operation<'_>,
        matches: &ArgMatches,
    ) -> Result<ExitCode, Failure> {
        let server = ServerArgs::from_arg_matches(matches)?;
        let said = request::said(&self.0, operation, matches)?;
        let mut question = Question::new(&self.0, operation, said, &server)?;
        let is = |flag: &str| matches.try_get_one::<bool>(flag).ok().flatten() == Some(&true);
        let mut is_first = true;
        loop {
            let answer = question.ask().await?;
            if answer.body.is_empty() {
                return Ok(ExitCode::SUCCESS);
            }
            let value: Value = serde_json::from_str(&answer.body)?;
            if is(JSON) {
                show::print(&format!("{}\n", answer.body.trim_end()))?;
            } else {
                self.show(operation, matches, &value, is_first)?;
            }
            is_first = false;
            match value["next_page"].as_str() {
                Some(next) if is(ALL) => question.turn_to(next),
                Some(next) if !is(JSON) => {
                    tell(format_args!("there is more: --page-token {next}, or --all"));
                    return Ok(ExitCode::SUCCESS);
                }
                _ => return Ok(verdict(operation, &value)),
            }
        }
    }

    /// Shows an answer to people. A secret is alone on standard output, and the rest beside it, so that both a person
    /// and `$(…)` get what they want.
    fn show(
        &self,
        operation: Operation<'_>,
        matches: &ArgMatches,
        value: &Value,
        is_first: bool,
    ) -> Result<(), Failure> {
        let Some(schema) = self.0.answer(operation) else {
            return Ok(());
        };
        let all = show::columns(schema);
        if !all.is_empty() {
            let named = matches.get_many::<String>(COLUMNS);
            let named = named.map(|named| named.cloned().collect::<Vec<_>>());
            let columns = named.unwrap_or_else(|| show::usual(&all));
            return Ok(show::print(&show::table(
                &columns,
                show::rows(value),
                is_first,
            ))?);
        }
        let secrets = show::secrets(schema);
        let record = show::record(value, &secrets);
        let told = secrets
            .iter()
            .filter_map(|path| show::at(value, path).as_str());
        let mut told = told.peekable();
        if told.peek().is_none() {
            return Ok(show::print(&record)?);
        }
        tell(format_args!("{}", record.trim_end()));
        for secret in told {
            show::print(&format!("{secret}\n")).map_err(|cause| {
                Failure(format!(
                    "it was done, but the secret could not be printed and is lost ({cause}); rotate the key for another"
                ))
            })?;
        }
        Ok(())
    }
}

fn verdict_member(operation: Operation<'_>) -> Option<&'static str> {
    let named = VERDICTS.iter().find(|(id, _)| *id == operation.id());
    named.map(|(_, member)| *member)
}

/// How the program ends with an answer.
fn verdict(operation: Operation<'_>, answer: &Value) -> ExitCode {
    let Some(member) = verdict_member(operation) else {
        return ExitCode::SUCCESS;
    };
    let is_good = |answer: &Value| answer[member] == true;
    let good = match answer["results"].as_array() {
        Some(results) => results.iter().all(is_good),
        None => is_good(answer),
    };
    if good {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(NOT_GOOD)
    }
}
