//! The three languages that every screen is written in.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A language of the interface, named by its BCP 47 tag (`zh-Hans`, `zh-Hant`, `en`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Locale {
    #[default]
    #[serde(rename = "zh-Hans")]
    ZhHans,
    #[serde(rename = "zh-Hant")]
    ZhHant,
    #[serde(rename = "en")]
    En,
}

impl Locale {
    pub const ALL: [Locale; 3] = [Locale::ZhHans, Locale::ZhHant, Locale::En];

    /// The BCP 47 tag, as written in `lang` attributes and folder names.
    pub const fn tag(self) -> &'static str {
        match self {
            Locale::ZhHans => "zh-Hans",
            Locale::ZhHant => "zh-Hant",
            Locale::En => "en",
        }
    }

    /// The best match for an `Accept-Language` header; the first language listed that we speak,
    /// else simplified Chinese.
    pub fn from_accept_language(header: &str) -> Locale {
        header
            .split(',')
            .filter_map(|part| part.split(';').next())
            .find_map(|tag| {
                let tag = tag.trim().to_ascii_lowercase();
                match tag.as_str() {
                    t if t.starts_with("zh-hant") || t == "zh-tw" || t == "zh-hk" || t == "zh-mo" => {
                        Some(Locale::ZhHant)
                    }
                    t if t.starts_with("zh") => Some(Locale::ZhHans),
                    t if t.starts_with("en") => Some(Locale::En),
                    _ => None,
                }
            })
            .unwrap_or_default()
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

/// The text is not one of the three language tags.
#[derive(Debug, thiserror::Error)]
#[error("unknown language {0:?}; known are zh-Hans, zh-Hant and en")]
pub struct UnknownLocale(String);

impl FromStr for Locale {
    type Err = UnknownLocale;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Locale::ALL.into_iter().find(|l| l.tag() == text).ok_or_else(|| UnknownLocale(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::Locale;

    #[test]
    fn browsers_in_taiwan_and_hong_kong_get_traditional_chinese() {
        assert_eq!(Locale::from_accept_language("zh-TW,zh;q=0.9"), Locale::ZhHant);
        assert_eq!(Locale::from_accept_language("fr, zh-HK;q=0.8"), Locale::ZhHant);
        assert_eq!(Locale::from_accept_language("zh-CN"), Locale::ZhHans);
        assert_eq!(Locale::from_accept_language("en-GB,en"), Locale::En);
        assert_eq!(Locale::from_accept_language("fr"), Locale::ZhHans);
    }
}
