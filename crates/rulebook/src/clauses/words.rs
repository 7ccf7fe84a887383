//! Words of the rulebook in the three languages of the interface. The built-in rulebook has all three; a
//! company may write one, and readers of another language then see that one.

use kehu_core::Locale;
use serde::{Deserialize, Serialize};

/// A title, label or clause text. A language that is not written is empty here and left out of files.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    #[serde(rename = "zh-Hans", default, skip_serializing_if = "String::is_empty")]
    zh_hans: String,
    #[serde(rename = "zh-Hant", default, skip_serializing_if = "String::is_empty")]
    zh_hant: String,
    #[serde(rename = "en", default, skip_serializing_if = "String::is_empty")]
    en: String,
}

impl Words {
    /// What a reader of `locale` sees: that language, else simplified Chinese, else whatever is written.
    pub fn get(&self, locale: Locale) -> &str {
        [locale, Locale::ZhHans, Locale::ZhHant, Locale::En].into_iter().find_map(|l| self.written(l)).unwrap_or("")
    }

    /// The words in exactly this language, if the company wrote them.
    pub fn written(&self, locale: Locale) -> Option<&str> {
        let text = match locale {
            Locale::ZhHans => &self.zh_hans,
            Locale::ZhHant => &self.zh_hant,
            Locale::En => &self.en,
        };
        (!text.is_empty()).then_some(text)
    }

    /// Writes one language. Space around the text and at line ends means nothing and is dropped; an empty
    /// text removes the language.
    pub fn set(&mut self, locale: Locale, text: &str) {
        let tidy = text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n").trim().to_owned();
        match locale {
            Locale::ZhHans => self.zh_hans = tidy,
            Locale::ZhHant => self.zh_hant = tidy,
            Locale::En => self.en = tidy,
        }
    }

    /// The languages that are written, with their words.
    pub fn all(&self) -> impl Iterator<Item = (Locale, &str)> {
        Locale::ALL.into_iter().filter_map(|locale| Some((locale, self.written(locale)?)))
    }

    /// True when no language is written.
    pub fn is_empty(&self) -> bool {
        self.all().next().is_none()
    }
}

impl<const N: usize> From<[(Locale, &str); N]> for Words {
    fn from(entries: [(Locale, &str); N]) -> Words {
        let mut words = Words::default();
        for (locale, text) in entries {
            words.set(locale, text);
        }
        words
    }
}

#[cfg(test)]
mod tests {
    use kehu_core::Locale::{En, ZhHans, ZhHant};

    use super::Words;

    #[test]
    fn a_missing_language_falls_back_to_simplified_chinese() {
        let words = Words::from([(ZhHans, "沟通机制"), (En, "Communication")]);
        assert_eq!(words.get(ZhHant), "沟通机制");
        assert_eq!(words.get(En), "Communication");
        assert_eq!(words.written(ZhHant), None);
    }

    #[test]
    fn a_company_that_writes_one_language_shows_it_to_everyone() {
        assert_eq!(Words::from([(En, "Visits")]).get(ZhHans), "Visits");
        assert_eq!(Words::default().get(ZhHans), "");
    }

    #[test]
    fn an_empty_text_removes_the_language_and_stray_space_is_dropped() {
        let mut words = Words::from([(ZhHans, "  甲 \n乙  \n"), (En, "A")]);
        assert_eq!(words.get(ZhHans), "甲\n乙");
        words.set(En, "  ");
        assert_eq!(words.all().count(), 1);
    }
}
