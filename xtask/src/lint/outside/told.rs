//! What each linter says, as findings of one form.

use bitting_api::operations::Surface;
use serde_json::Value;

use super::super::{
    finding::Finding,
    subject::{elements, escape},
};

/// What a linter wrote.
pub(super) struct Told {
    pub(super) out: String,
    pub(super) err: String,
}

impl Told {
    /// The JSON that standard output begins with; words may follow it.
    fn json(&self) -> Option<Value> {
        let mut values = serde_json::Deserializer::from_str(&self.out).into_iter();
        values.next()?.ok()
    }
}

pub(super) fn redocly(surface: Surface, told: &Told) -> Option<Vec<Finding>> {
    let told = told.json()?;
    let problems = elements(&told["problems"]);
    let finding = |(_, problem): (usize, &Value)| {
        let pointer = problem["location"][0]["pointer"].as_str();
        Finding {
            surface,
            rule: format!("redocly/{}", text(&problem["ruleId"])),
            place: pointer
                .unwrap_or_default()
                .trim_start_matches('#')
                .to_owned(),
            message: text(&problem["message"]).to_owned(),
        }
    };
    Some(problems.map(finding).collect())
}

pub(super) fn spectral(surface: Surface, told: &Told) -> Option<Vec<Finding>> {
    let told = told.json()?;
    let finding = |(_, problem): (usize, &Value)| {
        let parts = elements(&problem["path"]).map(|(_, part)| match part {
            Value::String(part) => escape(part),
            other => other.to_string(),
        });
        let parts: Vec<_> = std::iter::once(String::new()).chain(parts).collect();
        Finding {
            surface,
            rule: format!("spectral/{}", text(&problem["code"])),
            place: parts.join("/"),
            message: text(&problem["message"]).to_owned(),
        }
    };
    Some(elements(&told).map(finding).collect())
}

/// It writes that there is nothing, or two lists of what there is, one thing after a dash and over several lines, without
/// saying where.
pub(super) fn openapi_generator(surface: Surface, told: &Told) -> Option<Vec<Finding>> {
    if told.out.contains("No validation issues detected") {
        return Some(Vec::new());
    }
    let mut rule = None;
    let mut findings: Vec<Finding> = Vec::new();
    for line in told.err.lines().map(str::trim) {
        match (line, line.strip_prefix("- ")) {
            ("Errors:", _) => rule = Some("error"),
            ("Warnings:", _) => rule = Some("warning"),
            (_, Some(message)) => findings.push(Finding {
                surface,
                rule: format!("openapi-generator/{}", rule?),
                place: String::new(),
                message: message.to_owned(),
            }),
            ("", _) => rule = None,
            (more, None) if rule.is_some() => {
                let finding = findings.last_mut()?;
                finding.message = format!("{} {more}", finding.message);
            }
            _ => {}
        }
    }
    (!findings.is_empty()).then_some(findings)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn out(value: &Value) -> Told {
        Told {
            out: format!("{value}\nand some words"),
            err: String::new(),
        }
    }

    #[test]
    fn what_the_linters_tell_is_read_in_one_form() {
        let told = json!({ "problems": [{
            "ruleId": "info-license", "message": "no", "location": [{ "pointer": "#/info" }],
        }] });
        let found = redocly(Surface::Keys, &out(&told)).expect("findings");
        assert_eq!(found[0].rule, "redocly/info-license");
        assert_eq!(found[0].place, "/info");
        let told = json!([{ "code": "a:b", "message": "no", "path": ["paths", "/v1/x", 0] }]);
        let found = spectral(Surface::Keys, &out(&told)).expect("findings");
        assert_eq!(found[0].rule, "spectral/a:b");
        assert_eq!(found[0].place, "/paths/~1v1~1x/0");
    }

    #[test]
    fn what_openapi_generator_tells_is_read_too() {
        let told = Told {
            out: "Validating spec (keys.json)\n".to_owned(),
            err: "Errors:\n\t- attribute\n\t  paths.x\n\t  is missing\n\t- no title\nWarnings: \n\t- Unused model: X\n\n\
                [error] Spec has 2 errors.\n"
                .to_owned(),
        };
        let found = openapi_generator(Surface::Keys, &told).expect("findings");
        let found: Vec<_> = found
            .iter()
            .map(|finding| (finding.rule.as_str(), finding.message.as_str()))
            .collect();
        assert_eq!(
            found,
            [
                ("openapi-generator/error", "attribute paths.x is missing"),
                ("openapi-generator/error", "no title"),
                ("openapi-generator/warning", "Unused model: X"),
            ]
        );
        let fine = Told {
            out: "Validating spec (keys.json)\nNo validation issues detected.\n".to_owned(),
            err: String::new(),
        };
        assert_eq!(openapi_generator(Surface::Keys, &fine), Some(Vec::new()));
    }

    #[test]
    fn a_linter_that_says_something_else_has_not_looked() {
        let crashed = Told {
            out: "Validating spec (keys.json)\n".to_owned(),
            err: "java runtime is not found in PATH\n".to_owned(),
        };
        assert_eq!(openapi_generator(Surface::Keys, &crashed), None);
        assert_eq!(redocly(Surface::Keys, &crashed), None);
        assert_eq!(spectral(Surface::Keys, &crashed), None);
    }
}
