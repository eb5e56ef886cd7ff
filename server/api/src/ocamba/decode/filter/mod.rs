//! Filters: `param=[op:]value` (O44), as core's ranges and sets.

mod notation;
mod number;

use std::borrow::Cow;

use bitting_core::{
    Phase, bounds,
    query::{Filter, IntTest, TextTest},
};

use self::notation::{Notation, Operator};
use crate::ocamba::{Member, member::Filterable};

/// Why there is no such filter.
pub(super) type Reason = Cow<'static, str>;

const NOT_FOR_THIS: Reason = Cow::Borrowed("has an operator that is not for this member");
const VALUE_AFTER_NULL: Reason = Cow::Borrowed("must have nothing after is: and isn:");

/// The filter that `value` asks for on `member`.
pub(super) fn filter(member: Member, value: &str) -> Result<Filter, Reason> {
    let filterable = member.filterable();
    if filterable == Filterable::Not {
        return Err("is not a member that keys can be filtered by".into());
    }
    let notation = Notation::read(value);
    if notation.values().len() > bounds::FILTER_VALUES_MAX {
        let reason = format!(
            "must have at most {} values in one list",
            bounds::FILTER_VALUES_MAX
        );
        return Err(reason.into());
    }
    match filterable {
        Filterable::Number(field) => {
            number::test(&notation, number::id).map(|test| Filter::Int(field, test))
        }
        Filterable::Time(field) => {
            number::test(&notation, number::time).map(|test| Filter::Int(field, test))
        }
        Filterable::Name => name(&notation).map(Filter::Name),
        Filterable::Status => status(&notation).map(Filter::Phase),
        Filterable::Not => Err(NOT_FOR_THIS),
    }
}

fn name(notation: &Notation<'_>) -> Result<TextTest, Reason> {
    let texts = || notation.values().iter().map(|&text| text.to_owned());
    match notation.operator() {
        Operator::Eq | Operator::In => Ok(TextTest::In(texts().collect())),
        Operator::Neq | Operator::Nin => Ok(TextTest::NotIn(texts().collect())),
        Operator::Is if notation.is_bare() => Ok(TextTest::NotNull),
        Operator::Isn if notation.is_bare() => Ok(TextTest::Null),
        Operator::Is | Operator::Isn => Err(VALUE_AFTER_NULL),
        _ => Err(NOT_FOR_THIS),
    }
}

fn status(notation: &Notation<'_>) -> Result<Vec<Phase>, Reason> {
    let named = || -> Result<Vec<_>, Reason> {
        let read = |&text: &&str| Phase::ALL.into_iter().find(|phase| phase.name() == text);
        let phases: Option<Vec<_>> = notation.values().iter().map(read).collect();
        phases.ok_or_else(|| "must be active, pending or expired".into())
    };
    // In the order of all phases and none twice, whatever the list was.
    let those = |wanted: &dyn Fn(&Phase) -> bool| Phase::ALL.into_iter().filter(wanted).collect();
    match notation.operator() {
        Operator::Eq | Operator::In => named().map(|list| those(&|phase| list.contains(phase))),
        Operator::Neq | Operator::Nin => named().map(|list| those(&|phase| !list.contains(phase))),
        Operator::Is if notation.is_bare() => Ok(Phase::ALL.to_vec()),
        Operator::Isn if notation.is_bare() => Ok(Vec::new()),
        Operator::Is | Operator::Isn => Err(VALUE_AFTER_NULL),
        _ => Err(NOT_FOR_THIS),
    }
}

/// The null tests, which are the same for everything that is an integer.
fn null_test(notation: &Notation<'_>, test: IntTest) -> Result<IntTest, Reason> {
    if notation.is_bare() {
        Ok(test)
    } else {
        Err(VALUE_AFTER_NULL)
    }
}

#[cfg(test)]
mod tests;
