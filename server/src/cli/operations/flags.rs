//! The arguments of a command, from what its operation takes.

use std::path::PathBuf;

use clap::{
    Arg, ArgAction, Args as _, Command,
    builder::{BoolishValueParser, PossibleValuesParser, ValueParser},
    value_parser,
};
use serde::de::IgnoredAny;

use super::{
    ask::ServerArgs,
    document::{Document, Input, Operation, Place, Schema},
    names::kebab,
    show::columns,
};

/// Flags that every command has, or that stand for no single input. No input may be called the same.
pub(super) const JSON: &str = "json";
pub(super) const BODY: &str = "body";
pub(super) const CLEAR: &str = "clear";
pub(super) const ALL: &str = "all";
pub(super) const COLUMNS: &str = "columns";
/// The file with the key that is asked about.
pub(super) const KEY_FILE: &str = "key-file";
/// The query parameter that a list has which has pages.
pub(super) const PAGE_TOKEN: &str = "page_token";

/// Members of bodies that are keys of somebody: what is an argument can be seen by everybody on the machine.
const SECRETS: &[(&str, &str)] = &[("key_verify", "key"), ("introspect", "token")];

/// The member of the body of an operation that is a secret.
pub(super) fn secret(id: &str) -> Option<&'static str> {
    let named = SECRETS.iter().find(|(known, _)| *known == id);
    named.map(|(_, member)| *member)
}

/// What an input is called among the arguments: a parameter and a member of the body may have the same name.
pub(super) fn id(input: &Input<'_>) -> String {
    match input.place {
        Place::Body => format!("body.{}", input.name),
        _ => format!("parameter.{}", input.name),
    }
}

/// Whether settings that are not named stay as they are: whoever replaces all of them at once must know the others,
/// which the same path tells.
pub(super) fn keeps_others(document: &Document, operation: Operation<'_>) -> bool {
    let read = document
        .reader(operation.path)
        .filter(|_| operation.method == "put");
    let (Some(read), Some((_, body))) = (read, document.body(operation)) else {
        return false;
    };
    let known: Vec<_> = document
        .answer(read)
        .into_iter()
        .flat_map(Schema::properties)
        .collect();
    body.properties()
        .all(|(name, _)| known.iter().any(|(there, _)| *there == name))
}

/// `command` with the arguments of `operation`.
pub(super) fn add(mut command: Command, document: &Document, operation: Operation<'_>) -> Command {
    let inputs = document.inputs(operation);
    let keeps_others = keeps_others(document, operation);
    let secret = secret(operation.id());
    for input in &inputs {
        if input.place == Place::Body && Some(input.name) == secret {
            command = command.args(secret_arguments(input));
            continue;
        }
        let mut argument = argument(operation, input);
        if input.place == Place::Body {
            argument = argument.help_heading("Body").conflicts_with(BODY);
            if input.is_required && !keeps_others {
                let instead = [BODY, CLEAR];
                let nullable = input.schema.is_nullable();
                let instead = &instead[..if nullable { 2 } else { 1 }];
                argument = argument.required_unless_present_any(instead);
            }
        }
        command = command.arg(argument);
    }
    let members = || inputs.iter().filter(|input| input.place == Place::Body);
    let nullable = members().filter(|member| member.schema.is_nullable());
    let nullable: Vec<_> = nullable.map(|member| kebab(member.name)).collect();
    if !nullable.is_empty() {
        let clear = Arg::new(CLEAR)
            .long(CLEAR)
            .help_heading("Body")
            .value_name("MEMBER");
        let clear = clear
            .help("Say null of a member; repeatable")
            .action(ArgAction::Append);
        command = command.arg(
            clear
                .value_parser(PossibleValuesParser::new(nullable))
                .conflicts_with(BODY),
        );
    }
    if members().next().is_some() {
        let body = Arg::new(BODY)
            .long(BODY)
            .help_heading("Body")
            .value_name("FILE");
        let body = body.help(
            "The body as it is sent, in place of the flags of its members; - for standard input",
        );
        command = command.arg(body.value_parser(value_parser!(PathBuf)));
    }
    if keeps_others {
        command = command.after_help("What is not named stays as it is.");
    }
    if inputs.iter().any(|input| input.name == PAGE_TOKEN) {
        let all = Arg::new(ALL).long(ALL).action(ArgAction::SetTrue);
        command =
            command.arg(all.help("Every page, one after the other; with --json, each on a line"));
    }
    let columns: Vec<_> = document.answer(operation).map(columns).unwrap_or_default();
    if !columns.is_empty() {
        let flag = Arg::new(COLUMNS)
            .long(COLUMNS)
            .value_name("NAMES")
            .value_delimiter(',');
        let flag = flag.help("The columns of the table, with commas between them");
        let flag = flag
            .value_parser(PossibleValuesParser::new(columns))
            .hide_possible_values(true);
        command = command.arg(flag.conflicts_with(JSON));
    }
    if document.answer(operation).is_some() {
        let json = Arg::new(JSON).long(JSON).action(ArgAction::SetTrue);
        command = command.arg(json.help("The answer as it came, in place of a table"));
    }
    ServerArgs::augment_args(command.next_help_heading("Server"))
}

/// A parameter, or a member of the body.
fn argument(operation: Operation<'_>, input: &Input<'_>) -> Arg {
    let mut argument = typed(Arg::new(id(input)), input.schema).help(help(input));
    if input.place == Place::Path && !is_parent(operation, input.name) {
        return argument
            .required(true)
            .value_name(input.name.to_uppercase());
    }
    argument = argument.long(kebab(input.name));
    match input.place {
        Place::Body => argument,
        _ => argument.required(input.is_required),
    }
}

/// Whether a parameter of the path names what the operation's group belongs to: the company of a member.
fn is_parent(operation: Operation<'_>, name: &str) -> bool {
    let place = |what: &str| {
        operation
            .path
            .split('/')
            .position(|segment| segment == what)
    };
    let group = place(operation.tag());
    let own = place(&format!("{{{name}}}"));
    group.zip(own).is_some_and(|(group, own)| own < group)
}

/// A secret: an argument if it must be, a file, or what standard input says.
fn secret_arguments(member: &Input<'_>) -> [Arg; 2] {
    let long = kebab(member.name);
    let text = Arg::new(id(member))
        .long(long)
        .value_name("TEXT")
        .help_heading("Body");
    let text = text.help(format!(
        "{} Everybody on the machine can see it there: better name a file, or write it to standard input, which is read \
         where neither is given",
        first_sentence(member.description)
    ));
    let path = Arg::new(KEY_FILE)
        .long(KEY_FILE)
        .value_name("FILE")
        .help_heading("Body");
    let path = path
        .help("The file that has it; - for standard input")
        .value_parser(value_parser!(PathBuf));
    [
        text.conflicts_with_all([BODY, KEY_FILE]),
        path.conflicts_with(BODY),
    ]
}

/// What the document says of an input, and its bounds.
fn help(input: &Input<'_>) -> String {
    let said = input
        .description
        .split("\n\n")
        .next()
        .unwrap_or_default()
        .replace('\n', " ");
    let said = said.trim_end_matches('.');
    match bounds(input.schema) {
        Some(bounds) => format!("{said} [{bounds}]"),
        None => said.to_owned(),
    }
}

fn first_sentence(text: &str) -> &str {
    text.find(". ").map_or(text, |end| &text[..=end])
}

fn bounds(schema: Schema<'_>) -> Option<String> {
    match schema.kind() {
        "integer" => {
            let (least, most) = (schema.bound("minimum")?, schema.bound("maximum")?);
            Some(format!("{least} to {most}"))
        }
        "array" if schema.items().is_some_and(Schema::is_scalar) => {
            let most = schema.bound("maxItems")?;
            Some(format!("repeatable, at most {most}"))
        }
        "array" => {
            let (shape, most) = (shape(schema.items()?), schema.bound("maxItems")?);
            Some(format!("[{shape}, …], at most {most}"))
        }
        "object" if schema.properties().next().is_some() => Some(shape(schema)),
        "string" if schema.format().is_empty() => {
            let most = schema.bound("maxLength")?;
            Some(format!("at most {most} characters"))
        }
        _ => None,
    }
}

/// The members that JSON is to have.
fn shape(schema: Schema<'_>) -> String {
    let names: Vec<_> = schema.properties().map(|(name, _)| name).collect();
    format!("{{{}}}", names.join(", "))
}

/// The argument with the type of the schema.
fn typed(argument: Arg, schema: Schema<'_>) -> Arg {
    match schema.items() {
        Some(items) if items.is_scalar() => typed(argument, items).action(ArgAction::Append),
        _ => argument
            .value_name(value_name(schema))
            .value_parser(parser(schema)),
    }
}

fn value_name(schema: Schema<'_>) -> &'static str {
    if schema.words().next().is_some() {
        return "WORD";
    }
    match (schema.kind(), schema.format()) {
        ("integer", _) => "N",
        ("boolean", _) => "BOOL",
        ("string", "date-time") => "TIME",
        ("string", "uuid") => "ID",
        ("string", _) => "TEXT",
        _ => "JSON",
    }
}

fn parser(schema: Schema<'_>) -> ValueParser {
    let words: Vec<_> = schema.words().map(str::to_owned).collect();
    if !words.is_empty() {
        return PossibleValuesParser::new(words).into();
    }
    let bound = |name| {
        schema
            .bound(name)
            .and_then(|bound| i64::try_from(bound).ok())
    };
    match schema.kind() {
        "integer" => {
            let (least, most) = (bound("minimum"), bound("maximum"));
            let range = least.unwrap_or(i64::MIN)..=most.unwrap_or(i64::MAX);
            value_parser!(i64).range(range).into()
        }
        "boolean" => BoolishValueParser::new().into(),
        "string" => {
            let (least, most) = (bound("minLength"), bound("maxLength"));
            ValueParser::new(move |text: &str| length(text, least, most))
        }
        _ => ValueParser::new(json),
    }
}

fn length(text: &str, least: Option<i64>, most: Option<i64>) -> Result<String, String> {
    let length = i64::try_from(text.chars().count()).unwrap_or(i64::MAX);
    match (least, most) {
        (Some(least), _) if length < least => Err(format!("it has less than {least} characters")),
        (_, Some(most)) if length > most => Err(format!("it has more than {most} characters")),
        _ => Ok(text.to_owned()),
    }
}

/// JSON is sent as it was written: what reads numbers and writes them again changes how they are spelt.
fn json(text: &str) -> Result<String, String> {
    let read = serde_json::from_str::<IgnoredAny>(text);
    read.map(|_| text.to_owned())
        .map_err(|error| format!("it is no JSON: {error}"))
}
