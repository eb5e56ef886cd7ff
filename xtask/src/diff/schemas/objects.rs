//! Objects: their members, which of them have to be there, and what else may be.

use openapiv3::AdditionalProperties;

use super::{
    super::{
        change::Class,
        direction::{Direction, Effect},
        place::Place,
        walk::Walk,
    },
    flat::Flat,
    side,
};

impl<'a> Walk<'a> {
    pub(super) fn objects(&mut self, place: &Place, old: &Flat<'a>, new: &Flat<'a>) {
        let before: Vec<_> = old.properties.into_iter().flatten().collect();
        let now: Vec<_> = new.properties.into_iter().flatten().collect();
        for (name, was) in &before {
            let at = member(place, name);
            if let Some((_, is)) = now.iter().find(|(other, _)| other == name) {
                self.required_member(place, name, old, new);
                self.schema(&at, side(*was), side(*is));
            } else {
                let sentence = match place.direction {
                    Direction::Request => {
                        "is gone: what was sent in it is refused or not looked at"
                    }
                    _ => "is gone",
                };
                self.note(&at, "member.removed", Class::Breaking, sentence);
            }
        }
        for (name, _) in now
            .iter()
            .filter(|(name, _)| !before.iter().any(|(other, _)| other == name))
        {
            self.new_member(place, name, old, new);
        }
        // What is required without being described.
        let described = |name: &str| before.iter().chain(&now).any(|(other, _)| *other == name);
        let mut names: Vec<_> = old
            .required
            .iter()
            .chain(new.required)
            .filter(|name| !described(name))
            .collect();
        names.sort();
        names.dedup();
        for name in names {
            self.required_member(place, name, old, new);
        }
        self.additional(place, old.additional, new.additional);
    }

    fn required_member(&mut self, place: &Place, name: &str, old: &Flat<'a>, new: &Flat<'a>) {
        let is_required = |flat: &Flat<'_>| flat.required.iter().any(|other| other == name);
        // It is told of the member, and stands in the list of its owner.
        let at = place.part(format!("`{name}`"), &["required", name]);
        match (is_required(old), is_required(new)) {
            (false, true) => self.note_effect(
                &at,
                "required",
                Effect::Narrower,
                "is required (was optional)",
            ),
            (true, false) => {
                self.note_effect(&at, "required", Effect::Wider, "is optional (was required)");
            }
            _ => {}
        }
    }

    fn new_member(&mut self, place: &Place, name: &str, old: &Flat<'a>, new: &Flat<'a>) {
        let at = member(place, name);
        let required = new.required.iter().any(|other| other == name);
        let closed = matches!(old.additional, Some(AdditionalProperties::Any(false)));
        let (class, sentence) = match (place.direction, required, closed) {
            (Direction::Request, true, _) => (Class::Breaking, "is new, and has to be sent"),
            (Direction::Request, false, _) => (Class::Additive, "is new, and can be left out"),
            (Direction::Response, _, true) => (
                Class::Breaking,
                "is new, where clients were told that nothing else comes",
            ),
            (Direction::Both, true, _) => (Class::Breaking, "is new and required"),
            (Direction::Response | Direction::Both, ..) => (Class::Additive, "is new"),
        };
        self.note(&at, "member.added", class, sentence);
        // The list of what is required has grown by it, which goes without saying.
        if required {
            let place = place.part(format!("`{name}`"), &["required", name]);
            self.note(&place, "member.added", class, sentence);
        }
    }

    fn additional(
        &mut self,
        place: &Place,
        old: Option<&'a AdditionalProperties>,
        new: Option<&'a AdditionalProperties>,
    ) {
        use AdditionalProperties::{Any, Schema};
        let at = place.keyword(&["additionalProperties"]);
        match (old, new) {
            (Some(Schema(old)), Some(Schema(new))) => {
                let at = place.part("each other member", &["additionalProperties"]);
                self.schema(&at, side(old.as_ref()), side(new.as_ref()));
            }
            (old, new) if old == new => {}
            (None | Some(Any(true)), Some(Any(false))) => {
                self.note_effect(
                    &at,
                    "additional",
                    Effect::Narrower,
                    "no other members are possible (any were)",
                );
            }
            (Some(Any(false)), None | Some(Any(true))) => {
                self.note_effect(
                    &at,
                    "additional",
                    Effect::Wider,
                    "other members are possible (none were)",
                );
            }
            _ => {
                let sentence = "what other members can be is described in another way";
                self.note_effect(&at, "additional", Effect::Other, sentence);
            }
        }
    }
}

fn member(place: &Place, name: &str) -> Place {
    place.part(format!("`{name}`"), &["properties", name])
}
