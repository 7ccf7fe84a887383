//! The rulebook that a company starts from, in our own words and in all three languages. It is an ordinary
//! rulebook file, `builtin.toml`, in exactly the form that `to_toml` writes.

use std::sync::OnceLock;

use super::model::Rulebook;
use super::read_toml;

const SOURCE: &str = include_str!("builtin.toml");

/// The built-in rulebook: the default for new companies and for parameters that a company's rulebook lacks.
///
/// # Panics
/// When the file inside the program is not a valid rulebook, which the tests of this module exclude.
pub fn builtin() -> &'static Rulebook {
    static BUILTIN: OnceLock<Rulebook> = OnceLock::new();
    BUILTIN.get_or_init(|| {
        read_toml::read(SOURCE, None).unwrap_or_else(|problems| {
            let problems: Vec<_> = problems.iter().map(ToString::to_string).collect();
            panic!("the built-in rulebook:\n{}", problems.join("\n"))
        })
    })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use std::collections::BTreeSet;

    use kehu_core::Locale;

    use super::{SOURCE, builtin};
    use crate::clauses::ClauseNumber;
    use crate::clauses::parameter::Kind;
    use crate::clauses::sentence::{Piece, pieces};

    /// Every clause that the team's work is built on.
    const INDEX: &str = "1.1 1.2 1.3.1 1.3.2 1.3.3 1.3.4 2.1 2.2.1 2.2.2 2.2.3 2.2.4 2.2.5 3.1.1 3.1.2 3.2.1 3.2.2 3.2.3 \
        3.2.4 4.1.1 4.1.2 4.1.3 4.2.1 4.2.2 4.2.3 4.2.4 4.3.1 4.3.2 4.3.3 4.4.1 4.4.2 4.4.3 5.1.1 5.1.2 5.1.3 5.1.4 5.2 \
        5.3.1 5.3.2 5.3.3 5.3.4 5.3.5";

    fn number(text: &str) -> ClauseNumber {
        text.parse().unwrap()
    }

    #[test]
    fn every_clause_of_the_index_is_there() {
        for clause in INDEX.split_whitespace() {
            assert!(builtin().clause(number(clause)).is_some(), "{clause}");
        }
    }

    #[test]
    fn only_the_continuation_is_inferred() {
        let last_known = number("5.3.5");
        for clause in builtin().clauses() {
            assert_eq!(clause.inferred, clause.number >= last_known, "{}", clause.number);
        }
        for clause in "5.4.1 5.4.2 5.4.3 5.5.1 5.6 6.1 7.4 8.1 8.2 8.3".split_whitespace() {
            assert!(builtin().clause(number(clause)).is_some(), "{clause}");
        }
    }

    #[test]
    fn the_lettered_duties_of_the_positions_are_items() {
        for (clause, last) in
            [("2.2.1", 'd'), ("2.2.2", 'e'), ("2.2.3", 'd'), ("2.2.4", 'd'), ("2.2.5", 'd'), ("3.1.2", 'e')]
        {
            for locale in Locale::ALL {
                let paragraphs = builtin().clause(number(clause)).unwrap().paragraphs(locale);
                let letters: String = paragraphs.iter().filter_map(|paragraph| paragraph.item).collect();
                assert_eq!(letters, ('a'..=last).collect::<String>(), "{clause} {locale}");
            }
        }
    }

    #[test]
    fn every_word_is_written_in_every_language() {
        let book = builtin();
        let headings = book.chapters().iter().map(|c| &c.title).chain(book.sections().iter().map(|s| &s.title));
        let clauses = book.clauses().iter().flat_map(|clause| [&clause.title, &clause.text]);
        let parameters = book.clauses().iter().flat_map(|clause| &clause.parameters).flat_map(|parameter| {
            let flag = match &parameter.kind {
                Kind::Flag { yes, no } => vec![yes, no],
                _ => vec![],
            };
            let unit = parameter.unit.as_ref().map(|unit| &unit.words);
            let options = parameter.kind.options().iter().map(|option| &option.label);
            [&parameter.label].into_iter().chain(unit).chain(options).chain(flag)
        });
        for words in headings.chain(clauses).chain(parameters).chain([&book.title]) {
            assert_eq!(words.all().count(), 3, "{words:?}");
        }
    }

    #[test]
    fn every_parameter_stands_in_the_sentence_of_every_language() {
        for clause in builtin().clauses() {
            let parameters: BTreeSet<&str> = clause.parameters.iter().map(|p| p.name.as_str()).collect();
            for (locale, text) in clause.text.all() {
                let markers = pieces(text).filter_map(|piece| match piece {
                    Piece::Marker { name, .. } => Some(name),
                    Piece::Text(_) => None,
                });
                assert_eq!(markers.collect::<BTreeSet<_>>(), parameters, "{} {locale}", clause.number);
            }
        }
    }

    #[test]
    fn every_number_that_counts_something_has_a_unit() {
        for parameter in builtin().clauses().iter().flat_map(|clause| &clause.parameters) {
            let speaks_for_itself = match parameter.kind {
                // The day of a month reads without a unit ("10 日").
                Kind::Count => parameter.name.ends_with("_by_day"),
                Kind::HourOfDay | Kind::Percent => true,
                _ => !parameter.kind.is_number(),
            };
            assert_eq!(parameter.unit.is_none(), speaks_for_itself, "{}", parameter.name);
        }
    }

    #[test]
    fn traditional_chinese_is_written_with_taiwan_terms() {
        let converted =
            ["質量", "項目", "信息", "培訓", "簡歷", "短信", "軟件", "默認", "反饋", "投訴", "審批", "領導", "短訊"];
        for clause in builtin().clauses() {
            let text = format!("{}\n{}", clause.title.get(Locale::ZhHant), clause.text.get(Locale::ZhHant));
            let text = text.replace("交付項目", "").replace("營業項目", "");
            for term in converted {
                assert!(!text.contains(term), "{}: {term}", clause.number);
            }
        }
    }

    #[test]
    fn the_file_is_what_an_export_writes() {
        let body = SOURCE.split_once("\n\n").unwrap().1;
        assert!(builtin().to_toml() == body, "write the file anew from to_toml and keep its opening comment");
    }
}
