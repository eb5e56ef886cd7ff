//! Making the certificates.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use bitting_core::Timestamp;
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, CidrSubnet, DistinguishedName, DnType,
    ExtendedKeyUsagePurpose, GeneralSubtree, IsCa, KeyPair, KeyUsagePurpose, NameConstraints,
    PKCS_ECDSA_P256_SHA256, SanType, date_time_ymd,
};
use zeroize::Zeroizing;

use super::hosts::Host;

const DAY: i64 = 24 * 60 * 60;
/// From the day before the first, because clocks differ, these make 396: browsers refuse more than 397.
const DAYS: i64 = 395;

/// What was made, all of it PEM.
pub(super) struct Issued {
    /// The CA's certificate.
    pub(super) ca: String,
    /// The server's certificate. It stands alone: clients have the CA's, and a server need not send what they
    /// must have already.
    pub(super) cert: String,
    /// The server's private key.
    pub(super) key: Zeroizing<String>,
    /// The last day that it is good on, GMT.
    pub(super) last_day: String,
}

/// A CA that can sign.
type Ca = CertifiedIssuer<'static, KeyPair>;

/// Makes a CA, and with it one certificate for `hosts`. The CA's private key is dropped here: what could make
/// another certificate that clients accept exists for this one signature, and is written nowhere.
pub(super) fn issue(hosts: &[Host], now: Timestamp) -> Result<Issued, rcgen::Error> {
    let ca = ca(hosts, now)?;
    let key = KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256)?;
    let leaf = leaf(hosts, now)?.signed_by(&key, &ca)?;
    // It ends as that day begins.
    let last = day(now, DAYS - 1).civil();
    Ok(Issued {
        ca: ca.pem(),
        cert: leaf.pem(),
        key: Zeroizing::new(key.serialize_pem()),
        last_day: format!("{:04}-{:02}-{:02}", last.year, last.month, last.day),
    })
}

/// A CA that is good for as long as what it signs, and can make no other CAs.
pub(super) fn ca(hosts: &[Host], now: Timestamp) -> Result<Ca, rcgen::Error> {
    let mut ca = params("Bitting development CA", now);
    // Two CAs of one name are mistaken for each other, and clients then complain of a bad signature.
    let made = format!("made {now:?}");
    ca.distinguished_name
        .push(DnType::OrganizationalUnitName, made);
    ca.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    ca.key_usages = vec![KeyUsagePurpose::KeyCertSign];
    ca.name_constraints = Some(constraints(hosts));
    CertifiedIssuer::self_signed(ca, KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256)?)
}

/// What the certificate of a server says.
pub(super) fn leaf(hosts: &[Host], now: Timestamp) -> Result<CertificateParams, rcgen::Error> {
    let mut leaf = params("Bitting development server", now);
    leaf.is_ca = IsCa::ExplicitNoCa;
    leaf.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    leaf.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    leaf.use_authority_key_identifier_extension = true;
    leaf.subject_alt_names = hosts.iter().map(alternative).collect::<Result<_, _>>()?;
    Ok(leaf)
}

fn params(name: &str, now: Timestamp) -> CertificateParams {
    let date = |at: Timestamp| {
        let at = at.civil();
        date_time_ymd(at.year.into(), at.month, at.day)
    };
    let mut params = CertificateParams::default();
    params.not_before = date(day(now, -1));
    params.not_after = date(day(now, DAYS));
    // What stands there by default is another name.
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, name);
    params
}

/// The time `days` after `at`, held at the edges of the calendar.
fn day(at: Timestamp, days: i64) -> Timestamp {
    let edge = if days < 0 {
        Timestamp::MIN
    } else {
        Timestamp::MAX
    };
    Timestamp::from_seconds(at.seconds() + days * DAY).unwrap_or(edge)
}

fn alternative(host: &Host) -> Result<SanType, rcgen::Error> {
    Ok(match host {
        Host::Name(name) => SanType::DnsName(name.as_str().try_into()?),
        Host::Address(address) => SanType::IpAddress(*address),
    })
}

/// Lets the CA vouch for `hosts` and nothing else, so that whoever trusts it sees how little that is.
fn constraints(hosts: &[Host]) -> NameConstraints {
    let mut permitted = Vec::new();
    for host in hosts {
        permitted.push(match host {
            // Constraints know no wildcards: a name stands for itself and all below it.
            Host::Name(name) => {
                GeneralSubtree::DnsName(name.strip_prefix("*.").unwrap_or(name).to_owned())
            }
            Host::Address(IpAddr::V4(address)) => {
                subnet(CidrSubnet::V4(address.octets(), [255; 4]))
            }
            Host::Address(IpAddr::V6(address)) => {
                subnet(CidrSubnet::V6(address.octets(), [255; 16]))
            }
        });
    }
    // A form of name that is not mentioned is not constrained.
    let mut excluded = Vec::new();
    if !hosts.iter().any(|host| matches!(host, Host::Name(_))) {
        excluded.push(GeneralSubtree::DnsName(String::new()));
    }
    if !hosts.iter().any(|host| matches!(host, Host::Address(_))) {
        let (four, six) = (
            Ipv4Addr::UNSPECIFIED.octets(),
            Ipv6Addr::UNSPECIFIED.octets(),
        );
        excluded.push(subnet(CidrSubnet::V4(four, four)));
        excluded.push(subnet(CidrSubnet::V6(six, six)));
    }
    NameConstraints {
        permitted_subtrees: permitted,
        excluded_subtrees: excluded,
    }
}

fn subnet(subnet: CidrSubnet) -> GeneralSubtree {
    GeneralSubtree::IpAddress(subnet)
}
