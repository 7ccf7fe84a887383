//! The repeated groups of the log form: questions raised and agreements reached. Without scripts a
//! button asks the server for one more row; with them a template is copied in place.

use kehu_core::Locale;
use kehu_platform::Invalid;
use kehu_platform::web::kit::{self, Choice, Field, Icon, icon};
use maud::{Markup, html};

use super::desk::Desk;
use super::draft::{AgreementDraft, Draft, QuestionDraft};
use crate::t::communications as t;

/// Stands for the row's number in a template.
const ROW: &str = "__row__";

pub(super) fn questions(l: Locale, desk: &Desk, draft: &Draft, invalid: &Invalid, more: bool) -> Markup {
    let fresh = QuestionDraft { reply_by: desk.reply_by.to_string(), ..QuestionDraft::default() };
    let typed = draft.questions.len();
    let mut rows: Vec<&QuestionDraft> = draft.questions.iter().collect();
    if more || rows.is_empty() {
        rows.push(&fresh);
    }
    let body = html! {
        @for (n, question) in rows.iter().enumerate() { (question_row(l, desk, &n.to_string(), question, invalid)) }
    };
    group(
        l,
        "question",
        (t::questions_raised(l), typed),
        more || typed > 0,
        body,
        question_row(l, desk, ROW, &fresh, &Invalid::default()),
        t::add_question(l),
    )
}

pub(super) fn agreements(l: Locale, draft: &Draft, invalid: &Invalid, more: bool) -> Markup {
    let fresh = AgreementDraft::default();
    let typed = draft.agreements.len();
    let mut rows: Vec<&AgreementDraft> = draft.agreements.iter().collect();
    if more || rows.is_empty() {
        rows.push(&fresh);
    }
    let body = html! {
        @for (n, agreement) in rows.iter().enumerate() { (agreement_row(l, &n.to_string(), agreement, invalid)) }
    };
    group(
        l,
        "agreement",
        (t::agreements_reached(l), typed),
        more || typed > 0,
        body,
        agreement_row(l, ROW, &fresh, &Invalid::default()),
        t::add_agreement(l),
    )
}

fn group(
    l: Locale,
    name: &str,
    (title, typed): (&str, usize),
    open: bool,
    rows: Markup,
    template: Markup,
    add: &str,
) -> Markup {
    html! {
        details.k-fold.k-log-fold open[open] data-group=(name) {
            summary {
                (icon(Icon::ChevronRight)) span { (title) }
                @if typed > 0 { span.k-count { (typed) } } @else { span.k-log-optional { (t::if_any(l)) } }
            }
            div.k-log-rows data-rows { (rows) }
            template { (template) }
            button.btn.btn-sm type="submit" name="more" value=(name) formnovalidate data-add { (icon(Icon::Plus)) (add) }
        }
    }
}

fn remove(l: Locale) -> Markup {
    html! {
        button.k-iconlink.k-log-remove type="button" data-remove aria-label=(t::remove_row(l)) title=(t::remove_row(l)) {
            (icon(Icon::X))
        }
    }
}

fn question_row(l: Locale, desk: &Desk, n: &str, question: &QuestionDraft, invalid: &Invalid) -> Markup {
    let names = [
        format!("question-{n}"),
        format!("answer-{n}"),
        format!("reply-by-{n}"),
        format!("owner-{n}"),
        format!("department-{n}"),
    ];
    let [text, answer, reply_by, owner, department] = &names;
    let spot = format!("spot-{n}");
    let owners: Vec<Choice> = desk
        .team
        .iter()
        .filter(|mate| mate.id != desk.account.owner)
        .map(|mate| Choice::new(mate.id.to_string(), &mate.name))
        .collect();
    let departments: Vec<Choice> = desk.departments.iter().map(|d| Choice::new(d.id.to_string(), &d.name)).collect();
    let field = |name, label, value| Field::new(name, label).value(value).error(invalid.of(name, l));
    html! {
        div.k-log-row.k-fields data-row {
            (remove(l))
            (kit::textarea(l, &field(text, t::question(l), question.text.as_str()).max_length(1000).wide(), 2))
            fieldset.k-field.k-field-wide {
                legend.visually-hidden { (t::question_how(l)) }
                div.k-pills.k-pills-tight {
                    @for (value, label) in [("no", t::question_later(l)), ("yes", t::question_spot(l))] {
                        label.k-pill {
                            input type="radio" name=(spot) value=(value) checked[question.on_the_spot == (value == "yes")];
                            span { (label) }
                        }
                    }
                }
            }
            div.k-log-open.k-field { (kit::date(l, &field(reply_by, t::reply_by(l), question.reply_by.as_str()))) }
            div.k-log-open.k-field {
                (kit::select(l, &field(owner, t::question_owner(l), question.owner.as_str()), &owners, Some(&t::owner_manager(l, desk.manager()))))
            }
            div.k-log-open.k-field.k-field-wide {
                (kit::select(
                    l,
                    &field(department, t::question_department(l), question.department.as_str())
                        .hint(t::question_department_hint(l)),
                    &departments,
                    Some(t::no_department(l)),
                ))
            }
            div.k-field.k-field-wide {
                label.form-label for=(Field::new(answer, "").id()) {
                    span.k-log-spot { (t::question_answer(l)) }
                    span.k-log-open { (t::question_solution(l)) }
                }
                textarea.form-control id=(Field::new(answer, "").id()) name=(answer) rows="2" maxlength="4000" data-grow {
                    (question.answer)
                }
            }
        }
    }
}

fn agreement_row(l: Locale, n: &str, agreement: &AgreementDraft, invalid: &Invalid) -> Markup {
    let (text, due) = (format!("agreement-{n}"), format!("agreed-by-{n}"));
    html! {
        div.k-log-row.k-fields data-row {
            (remove(l))
            (kit::textarea(
                l,
                &Field::new(&text, t::agreement(l))
                    .value(agreement.text.as_str())
                    .error(invalid.of(&text, l))
                    .max_length(1000)
                    .wide(),
                2,
            ))
            (kit::date(
                l,
                &Field::new(&due, t::agreed_by(l)).value(agreement.due_on.as_str()).error(invalid.of(&due, l)),
            ))
        }
    }
}
