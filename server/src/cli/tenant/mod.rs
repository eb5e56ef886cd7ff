//! `company create` and `member create`: on a store at rest, or through the server that has it.

mod api;
mod rest;

use std::{
    fs,
    path::{Path, PathBuf},
};

use bitting_core::{CompanyId, DisplayName, Role, TextError};
use clap::Args;

use super::{
    Failure,
    config::DataArgs,
    open::{Missing, URL, data_path, open_unless_in_use},
    remote::Remote,
};

/// Where a command finds the store.
#[derive(Debug, Args)]
pub(super) struct PlaceArgs {
    #[command(flatten)]
    data: DataArgs,
    /// The server to ask in place of opening the store [default, if the store is in use: the one that has it]
    #[arg(long, env = "BITTING_URL", hide_env_values = true, value_name = "URL")]
    url: Option<String>,
    /// The CA of a server with https, PEM; no other is trusted then [default: those that the system trusts]
    #[arg(long, env = "BITTING_CA_CERT", value_name = "FILE")]
    ca_cert: Option<PathBuf>,
}

/// What `company create` takes.
#[derive(Debug, Args)]
#[command(after_help = TOKEN)]
pub(super) struct CompanyCreateArgs {
    /// What to call the company
    #[arg(value_parser = name)]
    name: DisplayName,
    /// What to call its first member, who gets a key of the role admin
    #[arg(long, value_name = "NAME", default_value = "Administrator", value_parser = name)]
    member_name: DisplayName,
    #[command(flatten)]
    place: PlaceArgs,
}

/// What `member create` takes.
#[derive(Debug, Args)]
#[command(after_help = TOKEN)]
pub(super) struct MemberCreateArgs {
    /// The id of the company
    #[arg(long, value_name = "ID")]
    company: CompanyId,
    /// What to call the member
    #[arg(value_parser = name)]
    name: DisplayName,
    /// What its key may do: none, verify, read, write, admin or root
    #[arg(long, value_name = "ROLE", default_value = "write")]
    role: Role,
    #[command(flatten)]
    place: PlaceArgs,
}

/// A token is no flag: everybody on the machine can read those.
pub(super) const TOKEN: &str = "A server is asked with the key in the environment variable BITTING_TOKEN [default: the content of DIR/root.key]";

fn name(text: &str) -> Result<DisplayName, TextError> {
    DisplayName::new(text.to_owned())
}

pub(super) async fn create_company(args: CompanyCreateArgs) -> Result<(), Failure> {
    let CompanyCreateArgs {
        name, member_name, ..
    } = args;
    match place(&args.place).await? {
        Place::Rest(opened) => rest::create_company(opened, name, member_name).await,
        Place::Remote(remote) => remote.create_company(&name, &member_name).await,
    }
}

pub(super) async fn create_member(args: MemberCreateArgs) -> Result<(), Failure> {
    let MemberCreateArgs {
        company,
        name,
        role,
        ..
    } = args;
    match place(&args.place).await? {
        Place::Rest(opened) => rest::create_member(opened, company, name, role).await,
        Place::Remote(remote) => remote.create_member(company, &name, role).await,
    }
}

/// Where the store was found.
pub(super) enum Place {
    /// In its directory, where nobody else has it.
    Rest(super::open::Opened),
    /// Behind a server.
    Remote(Remote),
}

/// Whoever names a server means it. Where nobody does, the store is opened, unless a server has it, which has then
/// left word of where it is: to guess would be to hand the root key to whoever listens there.
pub(super) async fn place(args: &PlaceArgs) -> Result<Place, Failure> {
    let data = data_path(&args.data);
    let (url, is_named) = match &args.url {
        Some(url) => (url.clone(), true),
        None => match open_unless_in_use(&args.data, Missing::Refuse)? {
            Some(opened) => {
                rest::check(&opened).await?;
                return Ok(Place::Rest(opened));
            }
            None => (url_of(&data)?, false),
        },
    };
    let remote = Remote::new(&url, is_named, &data, args.ca_cert.as_deref())?;
    Ok(Place::Remote(remote))
}

/// Where the server says it is that has the store at `data`.
pub(super) fn served_at(data: &Path) -> Option<String> {
    let told = fs::read_to_string(data.join(URL)).ok()?;
    Some(told.trim().to_owned())
}

/// Where the server is that has the store at `data`.
fn url_of(data: &Path) -> Result<String, Failure> {
    served_at(data).ok_or_else(|| {
        let data = data.display();
        Failure(format!(
            "{data} is in use by another process, which is no server that is ready; name the server with --url, or \
             try again"
        ))
    })
}

/// What to do when a company was made and the secret of its first key is lost.
fn another_admin(company: impl std::fmt::Display) -> String {
    format!("make another with `bitting member create --company {company} --role admin NAME`")
}

/// What to do when a member was made and the secret of its key is lost.
const ANOTHER_MEMBER: &str = "run the command again, which makes another member with a key";
