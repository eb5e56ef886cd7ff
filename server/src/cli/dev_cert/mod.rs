//! `dev-cert`: a CA and a certificate of its making, for development.
//!
//! Two certificates, because clients that check as they should (rustls among them) refuse a CA's own certificate
//! from a server: what they are told to trust, and what the server shows, have to be different ones.

mod hosts;
mod install;
mod issue;
#[cfg(test)]
mod tests;

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
};

use bitting_core::Clock;
use clap::Args;

use super::{Failure, curl::quoted};
use crate::system::SystemClock;
use hosts::Host;
use install::File;

/// What `dev-cert` takes.
#[derive(Debug, Args)]
pub(super) struct DevCertArgs {
    /// The directory to write ca.pem, cert.pem and key.pem to; made if there is none
    #[arg(long, value_name = "DIR")]
    dir: PathBuf,
    /// A host name or IP address of the server; repeatable [default: localhost and its addresses]
    #[arg(long, value_name = "NAME", num_args = 1..)]
    host: Vec<String>,
    /// Replace files that are there
    #[arg(long)]
    force: bool,
}

const CA: &str = "ca.pem";
const CERT: &str = "cert.pem";
const KEY: &str = "key.pem";
const DEFAULT_HOSTS: [&str; 3] = ["localhost", "127.0.0.1", "::1"];

pub(super) fn dev_cert(args: &DevCertArgs) -> Result<(), Failure> {
    let told = make(args)?;
    io::stdout().lock().write_all(told.as_bytes())?;
    Ok(())
}

/// Makes the files; what to say about them.
fn make(args: &DevCertArgs) -> Result<String, Failure> {
    let hosts = if args.host.is_empty() {
        hosts::read(DEFAULT_HOSTS)?
    } else {
        hosts::read(args.host.iter().map(String::as_str))?
    };
    let issued = issue::issue(&hosts, SystemClock.now())?;
    // The key first: without it the others are of no use, and with it alone nothing is served.
    let files = [
        File::private(KEY, &issued.key),
        File::public(CERT, &issued.cert),
        File::public(CA, &issued.ca),
    ];
    install::install(&args.dir, &files, args.force)?;
    Ok(told(&args.dir, &hosts, &issued.last_day))
}

/// What was written, and how it is used and trusted.
fn told(directory: &Path, hosts: &[Host], last_day: &str) -> String {
    let path = |name: &str| quoted(&directory.join(name).display().to_string());
    let (ca, cert, key) = (path(CA), path(CERT), path(KEY));
    let names: Vec<_> = hosts.iter().map(ToString::to_string).collect();
    let names = names.join(", ");
    let host = hosts.first().map(Host::in_url).unwrap_or_default();
    let url = |path: &str| quoted(&format!("https://{host}:8080{path}"));
    let (base, healthz) = (url(""), url("/healthz"));
    format!(
        "{cert}  the certificate, for {names} until {last_day}\n\
         {key}  its private key\n\
         {ca}  the CA that clients are to trust\n\
         \n\
         The CA's own key was written nowhere and is gone: nobody can make another certificate that those\n\
         who trust this CA would accept.\n\
         \n\
         Serve with it:\n  \
         bitting serve --tls-cert {cert} --tls-key {key}\n\
         \n\
         Trust it, in one program:\n  \
         curl --cacert {ca} {healthz}\n  \
         bitting company create NAME --url {base} --ca-cert {ca}\n  \
         NODE_EXTRA_CA_CERTS={ca} node PROGRAM\n  \
         SSL_CERT_FILE={ca} PROGRAM\n    \
         (OpenSSL, Python, Go, the Rust client: they then trust nothing else)\n  \
         the Rust client, in code: Options::ca_certificate\n\
         \n\
         Trust it, on all of a Debian or Ubuntu machine:\n  \
         sudo cp {ca} /usr/local/share/ca-certificates/bitting-development.crt\n  \
         sudo update-ca-certificates\n"
    )
}
