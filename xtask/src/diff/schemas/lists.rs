//! Items of lists, and schemas that are made of others.

use openapiv3::{ReferenceOr, Schema};

use super::{
    super::{change::Class, direction::Effect, place::Place, walk::Walk},
    Side,
    flat::Flat,
};

impl<'a> Walk<'a> {
    pub(super) fn members(&mut self, place: &Place, old: &Flat<'a>, new: &Flat<'a>) {
        let at = place.part("each item", &["items"]);
        match (old.items, new.items) {
            (None, None) => {}
            (Some(old), Some(new)) => self.schema(&at, old, new),
            _ => self.note_effect(
                &at,
                "items",
                Effect::Other,
                "what an item is was not described on one side",
            ),
        }
        self.alternatives(place, "oneOf", &old.one_of, &new.one_of);
        self.alternatives(place, "anyOf", &old.any_of, &new.any_of);
        self.parts(place, &old.all_of, &new.all_of);
        self.not(place, old.not, new.not);
    }

    /// Forms, any of which will do. Those with a name are known by it, and the others by where they stand.
    fn alternatives(&mut self, place: &Place, keyword: &str, old: &[Side<'a>], new: &[Side<'a>]) {
        if old.is_empty() != new.is_empty() {
            let sentence = "it has several forms on one side and one on the other";
            return self.note_effect(&place.keyword(&[keyword]), "forms", Effect::Other, sentence);
        }
        let (old, new) = (identified(old), identified(new));
        for (word, token, before) in &old {
            let at = place.part(word.clone(), &[keyword, token]);
            match new.iter().find(|(_, other, _)| other == token) {
                Some((.., now)) => self.schema(&at, *before, *now),
                None => self.note_effect(
                    &at,
                    "forms.removed",
                    Effect::Narrower,
                    "is no possible form any more",
                ),
            }
        }
        for (word, token, _) in new
            .iter()
            .filter(|(_, token, _)| !old.iter().any(|(_, other, _)| other == token))
        {
            let at = place.part(word.clone(), &[keyword, token]);
            self.note_effect(&at, "forms.added", Effect::Wider, "is a possible form too");
        }
    }

    /// Parts, all of which hold.
    fn parts(&mut self, place: &Place, old: &[Side<'a>], new: &[Side<'a>]) {
        let (old, new) = (identified(old), identified(new));
        let same = old.len() == new.len()
            && old
                .iter()
                .all(|(_, token, _)| new.iter().any(|(_, other, _)| other == token));
        if !same {
            let sentence = "is made of other parts";
            return self.note_effect(&place.keyword(&["allOf"]), "parts", Effect::Other, sentence);
        }
        for (word, token, before) in &old {
            if let Some((.., now)) = new.iter().find(|(_, other, _)| other == token) {
                self.schema(&place.part(word.clone(), &["allOf", token]), *before, *now);
            }
        }
    }

    fn not(
        &mut self,
        place: &Place,
        old: Option<&ReferenceOr<Schema>>,
        new: Option<&ReferenceOr<Schema>>,
    ) {
        if old != new {
            let place = place.keyword(&["not"]);
            self.note(
                &place,
                "not",
                Class::Breaking,
                "what it must not be changed",
            );
        }
    }
}

/// Each with a word for it, and what tells it from the others.
fn identified<'a>(sides: &[Side<'a>]) -> Vec<(String, String, Side<'a>)> {
    let identified = sides.iter().enumerate().map(|(at, side)| match side {
        Side::Named(name, _) => (
            format!("form `{name}`"),
            format!("#/components/schemas/{name}"),
            *side,
        ),
        _ => (format!("form {}", at + 1), at.to_string(), *side),
    });
    identified.collect()
}
