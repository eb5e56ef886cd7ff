//! Bounds of numbers, and of how long texts and lists are.

use super::{
    super::{direction::Effect, place::Place, walk::Walk, words},
    flat::Flat,
};

/// Every bound: its keyword, whether it is the lower one, and what it bounds.
const BOUNDS: [(&str, bool, &str); 8] = [
    ("minimum", true, "the value"),
    ("maximum", false, "the value"),
    ("minLength", true, "the number of characters"),
    ("maxLength", false, "the number of characters"),
    ("minItems", true, "the number of items"),
    ("maxItems", false, "the number of items"),
    ("minProperties", true, "the number of members"),
    ("maxProperties", false, "the number of members"),
];

const FLAGS: [(&str, &str); 3] = [
    ("exclusiveMinimum", "the least value itself is not possible"),
    (
        "exclusiveMaximum",
        "the greatest value itself is not possible",
    ),
    ("uniqueItems", "no item may be there twice"),
];

impl Walk<'_> {
    pub(super) fn bounds(&mut self, place: &Place, old: &Flat<'_>, new: &Flat<'_>) {
        for (keyword, is_lower, what) in BOUNDS {
            let bound = |flat: &Flat<'_>| {
                flat.bounds
                    .iter()
                    .find(|(name, _)| *name == keyword)
                    .map(|(_, bound)| *bound)
            };
            let (before, now) = (bound(old), bound(new));
            let tighter = match (before, now) {
                (None, None) => continue,
                (None, Some(_)) => true,
                (Some(_), None) => false,
                (Some(before), Some(now)) if before.total_cmp(&now).is_eq() => continue,
                (Some(before), Some(now)) => (now > before) == is_lower,
            };
            let effect = if tighter {
                Effect::Narrower
            } else {
                Effect::Wider
            };
            let shown =
                |bound: Option<f64>| bound.map_or("without bound".to_owned(), words::number);
            let most = if is_lower { "least" } else { "greatest" };
            let sentence = format!("{what} is at {most} {} (was {})", shown(now), shown(before));
            let sentence = sentence
                .replace("at greatest", "at most")
                .replace("at most without", "without");
            let sentence = sentence.replace("at least without", "without");
            self.note_effect(&place.keyword(&[keyword]), "bound", effect, &sentence);
        }
        for (keyword, what) in FLAGS {
            let place = place.keyword(&[keyword]);
            match (old.flags.contains(&keyword), new.flags.contains(&keyword)) {
                (false, true) => self.note_effect(&place, "bound", Effect::Narrower, what),
                (true, false) => {
                    let sentence = format!("it is not so any more that {what}");
                    self.note_effect(&place, "bound", Effect::Wider, &sentence);
                }
                _ => {}
            }
        }
        if old.multiple_of != new.multiple_of {
            let shown = |step: Option<f64>| step.map_or("anything".to_owned(), words::number);
            let sentence = format!(
                "is a multiple of {} (was {})",
                shown(new.multiple_of),
                shown(old.multiple_of)
            );
            let effect = match (old.multiple_of, new.multiple_of) {
                (None, _) => Effect::Narrower,
                (_, None) => Effect::Wider,
                _ => Effect::Other,
            };
            self.note_effect(&place.keyword(&["multipleOf"]), "bound", effect, &sentence);
        }
    }
}
