//! Types, formats, patterns and lists of values.

use serde_json::Value;

use super::{
    super::{
        change::Class,
        direction::{Direction, Effect},
        place::Place,
        walk::Walk,
        words,
    },
    flat::Flat,
};

impl Walk<'_> {
    pub(super) fn values(
        &mut self,
        place: &Place,
        old: &Flat<'_>,
        new: &Flat<'_>,
        extensible: bool,
    ) {
        let shown = |text: Option<&str>| text.map_or("none".to_owned(), words::text);
        if old.kind != new.kind {
            let sentence = format!("the type is {} (was {})", shown(new.kind), shown(old.kind));
            self.note_effect(&place.keyword(&["type"]), "type", Effect::Other, &sentence);
        }
        if old.format != new.format {
            let (now, was) = (new.format.as_deref(), old.format.as_deref());
            let sentence = format!("the format is {} (was {})", shown(now), shown(was));
            self.note_effect(
                &place.keyword(&["format"]),
                "format",
                Effect::Other,
                &sentence,
            );
        }
        let at = place.keyword(&["pattern"]);
        match (old.pattern, new.pattern) {
            (before, now) if before == now => {}
            (None, Some(now)) => {
                let sentence = format!("has to match {}", words::text(now));
                self.note_effect(&at, "pattern", Effect::Narrower, &sentence);
            }
            (Some(before), None) => {
                let sentence = format!("need not match {} any more", words::text(before));
                self.note_effect(&at, "pattern", Effect::Wider, &sentence);
            }
            (before, now) => {
                let sentence = format!("has to match {} (was {})", shown(now), shown(before));
                self.note_effect(&at, "pattern", Effect::Other, &sentence);
            }
        }
        self.list_of_values(
            &place.keyword(&["enum"]),
            &old.values,
            &new.values,
            extensible,
        );
    }

    fn list_of_values(&mut self, place: &Place, old: &[Value], new: &[Value], extensible: bool) {
        match (old, new) {
            ([], []) => return,
            ([], _) => {
                return self.note_effect(
                    place,
                    "enum",
                    Effect::Other,
                    "only some values are possible (any was)",
                );
            }
            (_, []) => {
                return self.note_effect(
                    place,
                    "enum",
                    Effect::Other,
                    "any value is possible (only some were)",
                );
            }
            _ => {}
        }
        let (gone, more) = (words::without(old, new), words::without(new, old));
        if !gone.is_empty() {
            let sentence = format!("{} is no possible value any more", words::some_of(&gone));
            self.note_effect(place, "enum.removed", Effect::Narrower, &sentence);
        }
        if more.is_empty() {
            return;
        }
        let sentence = format!("{} is a possible value too", words::some_of(&more));
        if extensible && place.direction != Direction::Both {
            let sentence = format!("{sentence}: clients were told that the list may grow");
            self.note(place, "enum.added", Class::Additive, sentence);
        } else {
            self.note_effect(place, "enum.added", Effect::Wider, &sentence);
        }
    }
}
