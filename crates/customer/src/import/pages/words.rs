//! What imports, rows and counts are called and how they look.

use kehu_core::Locale;
use kehu_platform::web::kit::{self, Column, TableRow, Tone};
use maud::{Markup, html};

use crate::import::model::{Fate, Line, Report, State, Tally};
use crate::ledger::RowIssue;
use crate::t::import as t;

pub(super) fn state(l: Locale, state: State) -> Markup {
    let (tone, word) = match state {
        State::Uploaded | State::Mapped => (Tone::Quiet, t::state_draft(l)),
        State::Queued => (Tone::Accent, t::state_running(l)),
        State::Done => (Tone::Good, t::state_done(l)),
        State::Failed => (Tone::Bad, t::state_failed(l)),
        State::Undone => (Tone::Warn, t::state_undone(l)),
    };
    kit::tag(tone, word)
}

pub(super) fn fate(l: Locale, fate: Fate) -> Markup {
    let (tone, word) = match fate {
        Fate::Created => (Tone::Good, t::created(l)),
        Fate::Updated => (Tone::Accent, t::updated(l)),
        Fate::Unchanged => (Tone::Quiet, t::unchanged(l)),
        Fate::Skipped => (Tone::Bad, t::skipped(l)),
    };
    kit::tag(tone, word)
}

/// The parts of a tally that are not zero: "2 created, 40 unchanged".
pub(super) fn counts(l: Locale, tally: Tally) -> String {
    let parts: Vec<String> = [
        (tally.created, t::created_count as fn(Locale, usize) -> String),
        (tally.updated, t::updated_count),
        (tally.unchanged, t::unchanged_count),
    ]
    .into_iter()
    .filter(|(count, _)| *count > 0)
    .map(|(count, word)| word(l, count))
    .collect();
    parts.join(kehu_platform::t::app::list_comma(l))
}

/// The figures of a dry run or of a run.
pub(super) fn figures(l: Locale, report: &Report) -> Markup {
    let figure = |label: &str, count: usize, rest: String, tone: Tone| {
        html! {
            div.k-import-figure.(tone.class()) {
                dt { (label) }
                dd { strong { (count) } @if !rest.is_empty() { small { (rest) } } }
            }
        }
    };
    let rest = |tally: Tally| counts(l, Tally { created: 0, ..tally });
    html! {
        dl.k-import-figures {
            (figure(t::new_accounts(l), report.accounts.created, rest(report.accounts), Tone::Good))
            (figure(t::new_contacts(l), report.contacts.created, rest(report.contacts), Tone::Good))
            (figure(t::rows_figure(l), report.rows, t::duplicates_count(l, report.duplicates), Tone::Quiet))
            (figure(t::bad_figure(l), report.bad_rows(), String::new(),
                if report.errors.is_empty() { Tone::Quiet } else { Tone::Bad }))
        }
    }
}

/// What becomes of each company.
pub(super) fn lines(l: Locale, lines: &[Line]) -> Markup {
    let columns = [
        Column::new(t::company(l)),
        Column::new(t::outcome(l)),
        Column::new(t::manager(l)),
        Column::new(t::contacts(l)),
        Column::new(t::rows_column(l)),
    ];
    let rows: Vec<TableRow> = lines
        .iter()
        .map(|line| {
            TableRow::new(vec![
                match line.account {
                    Some(id) => html! { a href={ "/accounts/" (id) } { (line.name) } },
                    None => html! { (line.name) },
                },
                fate(l, line.fate),
                html! { (line.manager) },
                html! { (counts(l, line.contacts)) },
                html! { (row_numbers(&line.rows)) },
            ])
            .tone(if line.fate == Fate::Skipped { Tone::Bad } else { Tone::Quiet })
        })
        .collect();
    kit::table(l, t::companies(l), &columns, &rows)
}

/// `2, 3, 7 …`
fn row_numbers(rows: &[u32]) -> String {
    let first: Vec<String> = rows.iter().take(4).map(u32::to_string).collect();
    let more = if rows.len() > first.len() { " …" } else { "" };
    format!("{}{more}", first.join(", "))
}

/// Findings row by row.
pub(super) fn issues(l: Locale, caption: &str, issues: &[RowIssue]) -> Markup {
    let columns = [Column::new(t::row_column(l)), Column::new(t::column(l)), Column::new(t::reason(l))];
    let rows: Vec<TableRow> = issues
        .iter()
        .map(|issue| {
            TableRow::new(vec![
                html! { (t::row(l, issue.row)) },
                html! { (issue.column) },
                html! { (issue.message(l)) },
            ])
        })
        .collect();
    kit::table(l, caption, &columns, &rows)
}
