//! One question of a verification, as a part of a body (K70).

use std::{borrow::Cow, fmt, net::IpAddr};

use bitting_core::{Field, Scope, Violation, bounds};
use serde::de::{MapAccess, SeqAccess};

use super::{
    reading::{Any, Name, Reading},
    values::{NAMED_MAX, SCOPE_FORM},
};
use crate::decode::excerpt;

/// A question: whether a key is good.
#[derive(Clone, PartialEq, Eq)]
pub struct Question<'b> {
    /// What was presented. Any text, and not to be shown.
    pub key: Cow<'b, str>,
    /// What it is to be good for; empty for nothing in particular.
    pub scopes: Vec<Scope>,
    /// From where it was presented, if that is known.
    pub client: Option<IpAddr>,
}

/// Without what was presented: it may be good.
impl fmt::Debug for Question<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { scopes, client, .. } = self;
        write!(f, "Question({scopes:?}, {client:?})")
    }
}

pub(super) const KEYS: &str = "keys";
const KEY: &str = "key";
const SCOPES: &str = "scopes";
const CLIENT: &str = "client_ip";
const MEMBERS: &[&str] = &[KEY, SCOPES, CLIENT];

/// What is wrong with questions.
#[derive(Debug, Default)]
pub(super) struct Faults {
    /// The place in its batch of the question that is read, if it is in one.
    pub(super) place: Option<usize>,
    pub(super) found: Vec<Violation>,
}

impl Faults {
    /// What is wrong with the one question, in the order of the rule, whichever way its members were sent (K10).
    pub(super) fn in_order(mut self) -> Vec<Violation> {
        self.found.sort_by_key(|violation| {
            match violation.field {
                Field::Parameter(name) => MEMBERS.iter().position(|member| *member == name),
                _ => None,
            }
            .map_or(0, |place| place + 1)
        });
        self.found
    }

    /// Notes what is wrong with a member of the question, or with the whole. In a batch, the first few are named.
    fn blame(&mut self, member: Option<&'static str>, reason: &str) {
        let violation = match (self.place, member) {
            (None, None) => Violation::new(Field::Body, reason.to_owned()),
            (None, Some(member)) => Violation::new(Field::Parameter(member), reason.to_owned()),
            (Some(_), _) if self.found.len() >= NAMED_MAX => return,
            (Some(place), member) => {
                let dot = if member.is_some() { "." } else { "" };
                let member = member.unwrap_or_default();
                let reason = format!("{KEYS}[{place}]{dot}{member} {reason}");
                Violation::new(Field::Parameter(KEYS), reason)
            }
        };
        self.found.push(violation);
    }

    /// Notes a member that is none of `known`.
    pub(super) fn unknown(&mut self, name: &str, known: &[&str]) {
        let (name, known) = (excerpt(name), known.join(", "));
        let reason = format!("must not have the member `{name}`: there are {known}");
        self.blame(None, &reason);
    }

    pub(super) fn twice(&mut self) {
        self.blame(None, "must not name a member twice");
    }
}

/// Reads a question. What it is read as means something only if nothing was wrong.
pub(super) struct Asked<'f>(pub(super) &'f mut Faults);

impl<'b> Reading<'b> for Asked<'_> {
    type Value = Question<'b>;

    fn other(self) -> Question<'b> {
        self.0.blame(None, "must be a JSON object");
        nothing()
    }

    fn object<A: MapAccess<'b>>(self, mut object: A) -> Result<Question<'b>, A::Error> {
        let Self(faults) = self;
        let mut question = nothing();
        let (mut key, mut scopes, mut client) = (false, false, false);
        let mut twice = false;
        let mut given = false;
        let mut unknown = None;
        while let Some(name) = object.next_key_seed(Name(MEMBERS))? {
            match name {
                Ok(KEY) => {
                    twice |= std::mem::replace(&mut key, true);
                    if let Some(text) = object.next_value_seed(Any::new(Text(faults, KEY)))? {
                        question.key = text.unwrap_or_default();
                        given = true;
                    }
                }
                Ok(SCOPES) => {
                    twice |= std::mem::replace(&mut scopes, true);
                    question.scopes = object.next_value_seed(Any::new(Wanted(faults)))?;
                }
                Ok(_) => {
                    twice |= std::mem::replace(&mut client, true);
                    let text = object.next_value_seed(Any::new(Text(faults, CLIENT)))?;
                    question.client = text.flatten().and_then(|text| address(&text, faults));
                }
                Err(name) => {
                    unknown.get_or_insert(name);
                    object.next_value::<serde::de::IgnoredAny>()?;
                }
            }
        }
        if let Some(name) = unknown {
            faults.unknown(&name, MEMBERS);
        }
        if twice {
            faults.twice();
        }
        if !given {
            faults.blame(Some(KEY), "is required");
        }
        Ok(question)
    }
}

fn nothing<'b>() -> Question<'b> {
    Question {
        key: Cow::Borrowed(""),
        scopes: Vec::new(),
        client: None,
    }
}

fn address(text: &str, faults: &mut Faults) -> Option<IpAddr> {
    let address = text.parse().ok();
    if address.is_none() {
        faults.blame(Some(CLIENT), "must be an IPv4 or IPv6 address");
    }
    address
}

/// Reads a string: nothing for null, and nothing within for anything else.
struct Text<'f>(&'f mut Faults, &'static str);

impl<'b> Reading<'b> for Text<'_> {
    type Value = Option<Option<Cow<'b, str>>>;

    fn null(self) -> Self::Value {
        None
    }

    fn text(self, text: Cow<'b, str>) -> Self::Value {
        Some(Some(text))
    }

    fn other(self) -> Self::Value {
        self.0.blame(Some(self.1), "must be a string");
        Some(None)
    }
}

/// Reads the scopes that are asked for.
struct Wanted<'f>(&'f mut Faults);

impl<'b> Reading<'b> for Wanted<'_> {
    type Value = Vec<Scope>;

    fn null(self) -> Vec<Scope> {
        Vec::new()
    }

    fn other(self) -> Vec<Scope> {
        self.0.blame(Some(SCOPES), "must be an array");
        Vec::new()
    }

    fn array<A: SeqAccess<'b>>(self, mut array: A) -> Result<Vec<Scope>, A::Error> {
        let mut scopes = Vec::new();
        let mut wrong = None;
        let mut count = 0;
        while let Some(scope) = array.next_element_seed(Any::new(OneScope))? {
            match scope {
                Some(scope) if count < bounds::SCOPES_MAX => scopes.push(scope),
                Some(_) => {}
                None => drop(wrong.get_or_insert(count)),
            }
            count += 1;
        }
        if count > bounds::SCOPES_MAX {
            let reason = format!("must have at most {} elements", bounds::SCOPES_MAX);
            self.0.blame(Some(SCOPES), &reason);
        } else if let Some(place) = wrong {
            let reason = format!("must be scopes: {SCOPES}[{place}] {SCOPE_FORM}");
            self.0.blame(Some(SCOPES), &reason);
        }
        Ok(scopes)
    }
}

/// Reads a scope, if it is one.
struct OneScope;

impl<'b> Reading<'b> for OneScope {
    type Value = Option<Scope>;

    fn other(self) -> Option<Scope> {
        None
    }

    fn text(self, text: Cow<'b, str>) -> Option<Scope> {
        // Looked at before it is copied, however long it is.
        (text.len() <= bounds::SCOPE_MAX)
            .then(|| Scope::new(text.into_owned()).ok())
            .flatten()
    }
}
