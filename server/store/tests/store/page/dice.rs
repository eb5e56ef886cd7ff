//! Random keys and random questions.

use bitting_core::{
    Description, KeyName, MemberId, Origin, Reach, Revoked, Scope, Scopes, SecretId, Status,
    query::Search,
};
use bitting_store::{Create, Order, OrderField, PageQuery};
use uuid::Uuid;

use crate::changes::{NOW, at, company, create};

/// A sequence of numbers that is the same in every run.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn roll(&mut self, sides: u64) -> u64 {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % sides
    }

    pub(crate) fn one_in(&mut self, sides: u64) -> bool {
        self.roll(sides) == 0
    }

    pub(crate) fn pick<T: Clone>(&mut self, among: &[T]) -> T {
        let index = self.roll(among.len() as u64);
        among[usize::try_from(index).unwrap()].clone()
    }

    pub(crate) fn time(&mut self) -> i64 {
        NOW + i64::try_from(self.roll(40)).unwrap() - 20
    }
}

const NAMES: [&str; 9] = [
    "alpha", "Alpha", "beta", "ÄLPHA", "a", "z", "alphabet", "be", "Beta 2",
];

pub(crate) fn any_key(dice: &mut Dice, index: u128, members: &[(i64, MemberId)]) -> Create {
    let mut new = create(index, &index.to_string());
    new.secret.id = SecretId(Uuid::from_u128(index));
    let (of, owner) = dice.pick(members);
    let key = &mut new.key;
    (key.company, key.owner) = (company(of), owner);
    key.origin = dice.pick(&Origin::ALL);
    key.name = if key.origin == Origin::Feldera {
        KeyName::plain(format!("a{}-{index}", dice.roll(5))).unwrap()
    } else {
        KeyName::new(dice.pick(&NAMES).into()).unwrap()
    };
    let description = dice.pick(&[None, None, Some("Of BETA"), Some("zebra")]);
    key.description = description.map(|text| Description::new(text.into()).unwrap());
    key.start = at(dice.time());
    key.end = (!dice.one_in(3)).then(|| at(key.start.seconds() + 1 + dice.time() % 20));
    key.updated = at(dice.time());
    key.enabled = !dice.one_in(4);
    key.revoked = dice.one_in(5).then(|| Revoked {
        at: at(NOW),
        reason: None,
    });
    let scopes = ["a", "a:b", "b"].map(|scope| Scope::new(scope.into()).unwrap());
    key.scopes = Scopes::new(scopes.into_iter().filter(|_| dice.one_in(2))).unwrap();
    new
}

pub(crate) fn any_query(dice: &mut Dice, members: &[(i64, MemberId)]) -> PageQuery {
    let mut some = |sides| !dice.one_in(sides);
    let (in_company, in_owner, in_origin) = (some(3), some(2), some(3));
    let (status, scope, search) = (some(4), some(4), some(4));
    let (expires, used) = (some(4), some(4));
    let (company_too, owner_too) = (some(4), some(4));
    let (of, owner) = dice.pick(members);
    let needle = dice.pick(&["alpha", "a", "BET", "zebra", "nothing", "lph", "é"]);
    PageQuery {
        within: Reach {
            company: in_company.then(|| company(of)),
            owner: (!in_owner).then_some(owner),
            origin: (!in_origin).then(|| dice.pick(&Origin::ALL)),
        },
        company: (!company_too).then(|| company(dice.pick(&[1, 2, of]))),
        owner: (!owner_too).then(|| dice.pick(members).1),
        origin: dice.one_in(4).then(|| dice.pick(&Origin::ALL)),
        status: (!status).then(|| dice.pick(&Status::ALL)),
        scope: (!scope).then(|| Scope::new(dice.pick(&["a", "b", "c"]).into()).unwrap()),
        search: (!search).then(|| Search::new(needle, true, true).unwrap()),
        expires_before: (!expires).then(|| at(dice.time())),
        last_used_before: (!used).then(|| at(dice.time())),
        order: Order {
            field: dice.pick(&[
                OrderField::Created,
                OrderField::Updated,
                OrderField::Name,
                OrderField::Expires,
            ]),
            descending: dice.one_in(2),
        },
        after: None,
        limit: usize::try_from(1 + dice.roll(9)).unwrap(),
    }
}
