//! Where the keys of a page are looked for.

use bitting_core::{CompanyId, Origin};
use sea_query::{Condition, Expr, ExprTrait};

use super::super::origin_code;
use crate::PageQuery;

/// That what is asked for lies nowhere within reach.
pub(super) struct Nowhere;

/// Where keys are looked for, as the indexes have them.
pub(super) struct Place {
    area: Area,
    /// What else of the place has to be looked at: the company, or the surface.
    pub(super) besides: Vec<(&'static str, i64)>,
}

enum Area {
    /// Everywhere.
    All,
    /// In a company.
    Company(i64),
    /// Among what a member owns, made on these surfaces.
    Owner(i64, Vec<i64>),
}

/// What `wide` and `narrow` have in common; `None` of either is no limit.
fn meet<T: PartialEq>(wide: Option<T>, narrow: Option<T>) -> Result<Option<T>, Nowhere> {
    match (wide, narrow) {
        (Some(wide), Some(narrow)) if wide != narrow => Err(Nowhere),
        (wide, narrow) => Ok(wide.or(narrow)),
    }
}

impl Place {
    pub(super) fn of(query: &PageQuery) -> Result<Self, Nowhere> {
        let within = query.within;
        let company = meet(within.company, query.company)?.map(CompanyId::get);
        let owner = meet(within.owner, query.owner)?;
        let origin = meet(within.origin, query.origin)?.map(origin_code);
        let Some(owner) = owner else {
            return Ok(Self {
                area: company.map_or(Area::All, Area::Company),
                besides: origin
                    .map(|origin| ("origin", origin))
                    .into_iter()
                    .collect(),
            });
        };
        let every = || Origin::ALL.into_iter().map(origin_code).collect();
        let origins = origin.map_or_else(every, |origin| vec![origin]);
        Ok(Self {
            area: Area::Owner(owner.get(), origins),
            besides: company
                .map(|company| ("company", company))
                .into_iter()
                .collect(),
        })
    }

    /// The columns that say where keys are, and what they may have.
    pub(super) fn columns(&self) -> Vec<(&'static str, Vec<i64>)> {
        match &self.area {
            Area::All => vec![],
            Area::Company(company) => vec![("company", vec![*company])],
            Area::Owner(owner, origins) => {
                vec![("owner", vec![*owner]), ("origin", origins.clone())]
            }
        }
    }

    /// The place as one condition, for an index that finds keys and has no order of them.
    pub(super) fn whole(&self) -> Condition {
        let mut whole = Condition::all();
        for (name, values) in self.columns() {
            whole = whole.add(match values.as_slice() {
                [value] => Expr::col(name).eq(*value),
                _ => Expr::col(name).is_in(values),
            });
        }
        whole
    }

    /// The place in parts, each of which an index has in order: what a member owns lies in one index per surface.
    pub(super) fn parts(&self) -> Vec<Condition> {
        match &self.area {
            Area::All | Area::Company(_) => vec![self.whole()],
            Area::Owner(owner, origins) => origins
                .iter()
                .map(|origin| {
                    Condition::all()
                        .add(Expr::col("owner").eq(*owner))
                        .add(Expr::col("origin").eq(*origin))
                })
                .collect(),
        }
    }
}
