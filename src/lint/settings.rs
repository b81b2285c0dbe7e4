use std::{collections::BTreeMap, sync::Arc};

use super::{Known, Rule, Severity, rule::UnknownRule};

/// How much each rule matters to a curator, and what is known beyond the text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// What differs from the rules' own severities; `None` is off.
    levels: BTreeMap<Rule, Option<Severity>>,
    known: Arc<Known>,
}

/// Why settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The text is no TOML, or has other tables than `[rules]`.
    #[error("not valid settings")]
    Syntax(#[source] Box<toml::de::Error>),
    /// A rule that does not exist.
    #[error(transparent)]
    Rule(#[from] UnknownRule),
    /// A level that does not exist.
    #[error("{level:?} is no level for the rule {}", rule.name())]
    Level {
        /// Which rule.
        rule: Rule,
        /// The level.
        level: String,
    },
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    rules: BTreeMap<String, String>,
}

impl Settings {
    /// Reads the text of a settings file: below `[rules]`, `name = "off"`, `"note"`, `"warning"` or `"error"`.
    ///
    /// # Errors
    ///
    /// If it is no such file or names what does not exist.
    pub fn parse(text: &str) -> Result<Self, SettingsError> {
        let file: File = toml::from_str(text).map_err(|error| SettingsError::Syntax(Box::new(error)))?;
        let mut levels = BTreeMap::new();
        for (name, level) in file.rules {
            let rule: Rule = name.parse()?;
            let severity = match level.parse::<Severity>() {
                Ok(severity) => Some(severity),
                Err(_) if level == "off" => None,
                Err(_) => return Err(SettingsError::Level { rule, level }),
            };
            levels.insert(rule, severity);
        }
        Ok(Self { levels, known: Arc::default() })
    }

    /// Switches a rule off.
    pub fn allow(&mut self, rule: Rule) {
        self.levels.insert(rule, None);
    }

    /// Judges the list also by what is known of its links and papers.
    pub fn know(&mut self, known: Arc<Known>) {
        self.known = known;
    }

    pub(super) fn known(&self) -> &Known {
        &self.known
    }

    /// How much a rule matters; `None` if it is off.
    pub(super) fn severity(&self, rule: Rule) -> Option<Severity> {
        self.levels.get(&rule).copied().unwrap_or(Some(rule.severity()))
    }
}
