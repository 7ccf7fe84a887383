//! The rulebook as a document: contents, chapters, sections and clauses, with what a page adds at their side.

use kehu_core::Locale;
use kehu_platform::web::kit::{self, ClauseLine, Tone};
use maud::{Markup, html};

use crate::clauses::{Chapter, Clause, Paragraph, Parameter, Rulebook, Section, Segment};
use crate::t::rulebook as t;
use crate::versions::responsible_name;

/// What a page puts at the side of a clause.
pub(super) type Margin<'a> = &'a dyn Fn(&Clause) -> (Tone, Markup);

/// A parameter as it stands in its sentence.
pub(super) type Marked<'a> = &'a dyn Fn(&Clause, &Parameter, &str) -> Markup;

/// Marks a parameter that cannot be changed here.
pub(super) fn marked(_: &Clause, _: &Parameter, shown: &str) -> Markup {
    kit::parameter(shown, None)
}

/// The whole document; without a margin the words take its room.
pub(super) fn document(l: Locale, rulebook: &Rulebook, margin: Option<Margin<'_>>, parameter: Marked<'_>) -> Markup {
    let body = html! {
        @for chapter in rulebook.outline() {
            section.k-doc-chapter aria-labelledby=(chapter_id(chapter.chapter)) {
                h2 id=(chapter_id(chapter.chapter)) { (chapter_title(l, chapter.chapter)) }
                @for section in &chapter.sections {
                    @if let Some(section) = section.section {
                        h3 id={ "s" (section.number) } { (section_title(l, section)) }
                    }
                    @for clause in &section.clauses { (line(l, clause, margin, parameter)) }
                }
            }
        }
    };
    html! { div.k-doc-plain[margin.is_none()] { (contents(l, rulebook)) (kit::document(body)) } }
}

fn line(l: Locale, clause: &Clause, margin: Option<Margin<'_>>, parameter: Marked<'_>) -> Markup {
    let number = clause.number.to_string();
    let id = format!("c{number}");
    let (tone, live) = margin.map_or_else(<(Tone, Markup)>::default, |margin| margin(clause));
    kit::clause_line(&ClauseLine {
        number: &number,
        id: &id,
        name: clause.title.get(l),
        words: html! { (words(l, clause, parameter)) (responsible(l, clause)) },
        live,
        tone,
        href: Some(&format!("#{id}")),
    })
}

/// The clause's paragraphs and lettered duties.
pub(super) fn words(l: Locale, clause: &Clause, parameter: Marked<'_>) -> Markup {
    html! {
        @for Paragraph { item, segments } in clause.paragraphs(l) {
            p.k-doc-item[item.is_some()] {
                @if let Some(letter) = item { span.k-doc-letter { "(" (letter) ")" } " " }
                span {
                    @for segment in segments {
                        @match segment {
                            Segment::Text(text) => (text),
                            Segment::Parameter { parameter: of, shown } => (parameter(clause, of, &shown)),
                        }
                    }
                }
            }
        }
    }
}

fn responsible(l: Locale, clause: &Clause) -> Markup {
    let names: Vec<&str> = clause.responsible.iter().map(|r| responsible_name(l, *r)).collect();
    html! {
        @if !names.is_empty() {
            p.k-doc-responsible { span { (t::responsible(l)) } " " (names.join(t::list_comma(l))) }
        }
    }
}

/// The chapters, always in reach, and all sections behind one more step.
fn contents(l: Locale, rulebook: &Rulebook) -> Markup {
    html! {
        nav.k-doc-contents aria-label=(t::contents(l)) {
            @for chapter in rulebook.chapters() {
                a href={ "#" (chapter_id(chapter)) } { (chapter_title(l, chapter)) }
            }
        }
        details.k-doc-sections {
            summary { (t::all_sections(l)) }
            div {
                @for chapter in rulebook.outline() {
                    section {
                        a href={ "#" (chapter_id(chapter.chapter)) } { strong { (chapter_title(l, chapter.chapter)) } }
                        ul {
                            @for section in &chapter.sections {
                                @match section.section {
                                    Some(section) => li { a href={ "#s" (section.number) } { (section_title(l, section)) } },
                                    None => @for clause in &section.clauses {
                                        li { a href={ "#c" (clause.number) } { (clause.number) " " (clause.title.get(l)) } }
                                    },
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn chapter_id(chapter: &Chapter) -> String {
    format!("chapter-{}", chapter.number)
}

/// "第四章 日常工作", "Chapter 4 Daily work".
pub(super) fn chapter_title(l: Locale, chapter: &Chapter) -> String {
    let number = match l {
        Locale::En => chapter.number.to_string(),
        _ => numeral(chapter.number),
    };
    t::chapter_title(l, number, chapter.title.get(l))
}

pub(super) fn section_title(l: Locale, section: &Section) -> String {
    format!("{} {}", section.number, section.title.get(l))
}

/// 1 to 99 as Chinese writes chapters: 四, 十二, 三十.
fn numeral(number: u8) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let (tens, ones) = (usize::from(number / 10 % 10), usize::from(number % 10));
    match tens {
        0 => DIGITS[ones].to_owned(),
        1 => format!("十{}", DIGITS[ones]),
        _ => format!("{}十{}", DIGITS[tens], DIGITS[ones]),
    }
}

#[cfg(test)]
mod tests {
    use kehu_core::Locale;

    use super::{document, marked, numeral};
    use crate::clauses::builtin;

    #[test]
    fn chapters_are_counted_as_chinese_counts() {
        assert_eq!([numeral(4), numeral(10), numeral(12), numeral(30)], ["四", "十", "十二", "三十"]);
    }

    #[test]
    fn every_clause_can_be_pointed_to_in_every_language() {
        for locale in Locale::ALL {
            let page = document(locale, builtin(), None, &marked).into_string();
            for clause in builtin().clauses() {
                assert!(page.contains(&format!("id=\"c{}\"", clause.number)), "{} {locale}", clause.number);
            }
        }
    }
}
