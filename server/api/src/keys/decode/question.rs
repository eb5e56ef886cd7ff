//! One question of a verification, as a part of a body (K70).

use std::{borrow::Cow, fmt, net::IpAddr};

use bitting_core::{Field, LimitName, Scope, Violation, bounds};
use serde::de::{MapAccess, SeqAccess};

use super::{
    limits::NAME_FORM,
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
    /// The limits that count it; `None` for all that the key has.
    pub limits: Option<Vec<LimitName>>,
    /// What it costs.
    pub cost: u32,
}

/// Without what was presented: it may be good.
impl fmt::Debug for Question<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            key: _,
            scopes,
            client,
            limits,
            cost,
        } = self;
        write!(f, "Question({scopes:?}, {client:?}, {limits:?}, {cost})")
    }
}

pub(super) const KEYS: &str = "keys";
const KEY: &str = "key";
const SCOPES: &str = "scopes";
const CLIENT: &str = "client_ip";
const LIMITS: &str = "limits";
const COST: &str = "cost";
const MEMBERS: &[&str] = &[KEY, SCOPES, CLIENT, LIMITS, COST];

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
        let (mut seen, mut twice) = (Vec::new(), false);
        let mut given = false;
        let mut unknown = None;
        while let Some(name) = object.next_key_seed(Name(MEMBERS))? {
            if let Ok(name) = name {
                twice |= seen.contains(&name);
                seen.push(name);
            }
            match name {
                Ok(KEY) => {
                    if let Some(text) = object.next_value_seed(Any::new(Text(faults, KEY)))? {
                        question.key = text.unwrap_or_default();
                        given = true;
                    }
                }
                Ok(SCOPES) => {
                    question.scopes = object.next_value_seed(Any::new(Wanted(faults)))?;
                }
                Ok(LIMITS) => {
                    question.limits = object.next_value_seed(Any::new(Counting(faults)))?;
                }
                Ok(COST) => {
                    question.cost = object.next_value_seed(Any::new(Costing(faults)))?;
                }
                Ok(_) => {
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
        limits: None,
        cost: 1,
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

/// Reads the limits that count a question: all of them for null.
struct Counting<'f>(&'f mut Faults);

impl<'b> Reading<'b> for Counting<'_> {
    type Value = Option<Vec<LimitName>>;

    fn null(self) -> Self::Value {
        None
    }

    fn other(self) -> Self::Value {
        self.0.blame(Some(LIMITS), "must be an array");
        None
    }

    fn array<A: SeqAccess<'b>>(self, mut array: A) -> Result<Self::Value, A::Error> {
        let mut names = Vec::new();
        let mut wrong = None;
        let mut count = 0;
        while let Some(name) = array.next_element_seed(Any::new(OneLimit))? {
            match name {
                Some(name) if count < bounds::LIMITS_MAX => names.push(name),
                Some(_) => {}
                None => drop(wrong.get_or_insert(count)),
            }
            count += 1;
        }
        if count > bounds::LIMITS_MAX {
            let reason = format!("must have at most {} elements", bounds::LIMITS_MAX);
            self.0.blame(Some(LIMITS), &reason);
        } else if let Some(place) = wrong {
            let reason = format!("must be names of limits: {LIMITS}[{place}] {NAME_FORM}");
            self.0.blame(Some(LIMITS), &reason);
        }
        Ok(Some(names))
    }
}

/// Reads the name of a limit, if it is one.
struct OneLimit;

impl<'b> Reading<'b> for OneLimit {
    type Value = Option<LimitName>;

    fn other(self) -> Option<LimitName> {
        None
    }

    fn text(self, text: Cow<'b, str>) -> Option<LimitName> {
        LimitName::new(&text).ok()
    }
}

/// Reads what a question costs: 1 for null.
struct Costing<'f>(&'f mut Faults);

impl Reading<'_> for Costing<'_> {
    type Value = u32;

    fn null(self) -> u32 {
        1
    }

    fn other(self) -> u32 {
        let reason = format!("must be a whole number from 0 to {}", bounds::COST_MAX);
        self.0.blame(Some(COST), &reason);
        0
    }

    fn number(self, number: u64) -> u32 {
        match u32::try_from(number) {
            Ok(cost) if cost <= bounds::COST_MAX => cost,
            _ => self.other(),
        }
    }
}
