//! A clause's text cut for rendering: paragraphs and lettered duties, and within them the words and the
//! parameters, so that a page can mark the values a company may change.

use kehu_core::Locale;

use super::model::Clause;
use super::parameter::Parameter;

/// A paragraph of a clause, or one of its lettered duties.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph<'a> {
    /// The letter of a duty, `'a'` for a line that begins with `(a) `.
    pub item: Option<char>,
    pub segments: Vec<Segment<'a>>,
}

/// Words, or a parameter's value in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment<'a> {
    Text(&'a str),
    /// The parameter and its value as it reads here: "1 次", "24 hours".
    Parameter {
        parameter: &'a Parameter,
        shown: String,
    },
}

impl Clause {
    /// The text in the reader's language, ready to render.
    pub fn paragraphs(&self, locale: Locale) -> Vec<Paragraph<'_>> {
        let lines = self.text.get(locale).lines().filter(|line| !line.is_empty());
        lines
            .map(|line| {
                let (item, line) = lettered(line);
                let segments = pieces(line).map(|piece| self.segment(piece, locale)).collect();
                Paragraph { item, segments }
            })
            .collect()
    }

    /// The text in the reader's language with every value in its place, one line a paragraph.
    pub fn plain_text(&self, locale: Locale) -> String {
        let text = self.text.get(locale);
        pieces(text)
            .map(|piece| match self.segment(piece, locale) {
                Segment::Text(text) => text.to_owned(),
                Segment::Parameter { shown, .. } => shown,
            })
            .collect()
    }

    fn segment<'a>(&'a self, piece: Piece<'a>, locale: Locale) -> Segment<'a> {
        match piece {
            Piece::Text(text) => Segment::Text(text),
            Piece::Marker { name, whole } => self.parameter(name).map_or(Segment::Text(whole), |parameter| {
                Segment::Parameter { parameter, shown: parameter.shown(locale) }
            }),
        }
    }
}

/// A run of words or a `{marker}`.
pub(super) enum Piece<'a> {
    Text(&'a str),
    Marker { name: &'a str, whole: &'a str },
}

/// Cuts a text at its markers. A brace without its partner is an ordinary character.
pub(super) fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let open = rest.find('{').filter(|&open| rest[open..].contains('}'));
        let (piece, after) = match open {
            Some(0) => {
                let close = rest.find('}')?;
                let (whole, after) = rest.split_at(close + 1);
                (Piece::Marker { name: &whole[1..close], whole }, after)
            }
            Some(open) => {
                let (words, after) = rest.split_at(open);
                (Piece::Text(words), after)
            }
            None if rest.is_empty() => return None,
            None => (Piece::Text(rest), ""),
        };
        rest = after;
        Some(piece)
    })
}

fn lettered(line: &str) -> (Option<char>, &str) {
    let mut chars = line.chars();
    match (chars.next(), chars.next(), chars.next(), chars.next()) {
        (Some('('), Some(letter @ 'a'..='z'), Some(')'), Some(' ')) => (Some(letter), chars.as_str()),
        _ => (None, line),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use kehu_core::Locale::{self, En, ZhHans, ZhHant};

    use super::{Clause, Paragraph, Segment};
    use crate::clauses::builtin;

    fn clause_4_4_1(text: &str) -> Clause {
        let mut clause = builtin().clause("4.4.1".parse().unwrap()).unwrap().clone();
        clause.text = [(En, text)].into();
        clause
    }

    fn spoken(paragraph: &Paragraph<'_>) -> String {
        let words = paragraph.segments.iter().map(|segment| match segment {
            Segment::Text(text) => (*text).to_owned(),
            Segment::Parameter { shown, .. } => format!("[{shown}]"),
        });
        words.collect()
    }

    #[test]
    fn parameters_are_shown_in_their_place() {
        let clause =
            clause_4_4_1("At least {calls_per_week} a week.\n\n(a) by phone; {visits_per_month} in person\n(b) so");
        let paragraphs = clause.paragraphs(En);
        let shown: Vec<_> = paragraphs.iter().map(|p| (p.item, spoken(p))).collect();
        assert_eq!(
            shown,
            [
                (None, "At least [1 call] a week.".to_owned()),
                (Some('a'), "by phone; [1 visit] in person".to_owned()),
                (Some('b'), "so".to_owned()),
            ]
        );
    }

    #[test]
    fn braces_that_mark_no_parameter_stay_as_they_are() {
        for text in ["{no_such}", "a { b", "a } b", "}{", "{"] {
            let clause = clause_4_4_1(text);
            assert_eq!(clause.plain_text(En), text);
        }
    }

    #[test]
    fn the_weekly_call_reads_in_every_language() {
        let clause = builtin().clause("4.4.1".parse().unwrap()).unwrap();
        let read = |locale: Locale| clause.plain_text(locale);
        assert!(read(ZhHans).contains("1 次"), "{}", read(ZhHans));
        assert!(read(ZhHant).contains("1 次"), "{}", read(ZhHant));
        assert!(read(En).contains("1 call"), "{}", read(En));
        assert!(!Locale::ALL.into_iter().any(|locale| read(locale).contains('{')));
    }
}
