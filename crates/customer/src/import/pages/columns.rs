//! What the columns, words and managers of a file mean: proposed, and corrected by a person.

use std::sync::Arc;

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use kehu_core::{ImportId, Locale};
use kehu_platform::directory::Roster;
use kehu_platform::web::kit::{self, Choice, Column, Crumb, Field as Input, Icon, Look, PageHead, TableRow, Tone};
use kehu_platform::web::{Answer, Page};
use kehu_platform::{Error, Invalid};
use maud::{Markup, html};

use super::steps;
use crate::accounts::{self, Grade, GradeKind, grade_name};
use crate::import::importer::Importer;
use crate::import::managers::{Known, Manager, Managers};
use crate::import::model::{Import, State};
use crate::import::propose::read;
use crate::import::reading::Draft;
use crate::import::store;
use crate::import::upload::of_importer;
use crate::ledger::{AmountUnit, Field, ReadError, Table, assemble, columns_of_later_persons};
use crate::t::import as t;

/// Everything that the page shows.
pub(super) struct Shown {
    pub import: Import,
    pub draft: Result<Draft, ReadError>,
    roster: Arc<Roster>,
    tiers: Vec<Grade>,
    stages: Vec<Grade>,
}

impl Shown {
    pub async fn load(page: &Page, import: Import) -> Result<Shown, Error> {
        let on = page.app.db.read();
        let content = store::content(on, import.id).await?.ok_or(Error::NotFound)?;
        let draft = read(content, import.mapping.clone()).await.map(|(_, draft)| draft);
        Ok(Shown {
            import,
            draft,
            roster: page.roster().clone(),
            tiers: accounts::grades(on, GradeKind::Tier).await?,
            stages: accounts::grades(on, GradeKind::Stage).await?,
        })
    }
}

pub(super) async fn form(page: Page, Path(id): Path<ImportId>) -> Answer {
    let importer = Importer::of(page.actor.clone())?;
    let import = of_importer(page.app.db.read(), &importer, id).await?;
    if !matches!(import.state, State::Uploaded | State::Mapped) {
        return Ok(Redirect::to(&format!("/import/{id}")).into_response());
    }
    let shown = Shown::load(&page, import).await?;
    let body = body(&page, &importer, &shown, &Invalid::default());
    Ok(page.html(&shown.import.file_name, body).await)
}

/// The form again, with what is wrong in it.
pub(super) async fn refused(page: &Page, importer: &Importer, shown: &Shown, invalid: &Invalid) -> Response {
    let body = body(page, importer, shown, invalid);
    page.refused(&shown.import.file_name, body).await
}

fn body(page: &Page, importer: &Importer, shown: &Shown, invalid: &Invalid) -> Markup {
    let l = page.locale;
    let crumbs = [Crumb::new("/import", t::title(l))];
    let head = PageHead {
        title: &shown.import.file_name,
        sub: html! { (t::columns_intro(l)) },
        crumbs: &crumbs,
        ..PageHead::default()
    };
    let parts = match &shown.draft {
        Err(error) => html! {
            div.k-flash.(Tone::Bad.class()) role="alert" {
                (kit::icon(Icon::AlertTriangle)) span { (error.message(l)) }
            }
            (sheet(l, shown, None))
        },
        Ok(draft) => html! {
            (sheet(l, shown, Some(draft)))
            (fields(l, draft))
            (grades(l, "tier", t::tiers_title(l), &shown.tiers, &words(&draft.proposal.mapping.tiers, &draft.proposal.unmapped_tiers)))
            (grades(l, "stage", t::stages_title(l), &shown.stages, &words(&draft.proposal.mapping.stages, &draft.proposal.unmapped_stages)))
            (managers(l, importer, shown, draft))
            (options(l, shown))
            div.k-actions {
                (kit::button(Look::Primary, "action", "look", t::look(l), None))
                (kit::button_link(Look::Plain, "/import", t::another_file(l), None))
            }
        },
    };
    html! {
        (kit::page_head(&head))
        (steps(page, 1))
        form.k-stack method="post" action={ "/import/" (shown.import.id) "/columns" } data-once {
            (kit::csrf_field(&page.csrf))
            (kit::form_errors(l, "", invalid))
            (parts)
        }
    }
}

/// The sheet and the row of the headings.
fn sheet(l: Locale, shown: &Shown, draft: Option<&Draft>) -> Markup {
    let table = draft.map(|draft| &draft.table);
    let sheets: &[String] = table.map_or(&[], |table: &Table| &table.sheets);
    let chosen = table.and_then(|table| table.sheet.clone()).or(shown.import.mapping.sheet.clone()).unwrap_or_default();
    let header = draft
        .map(|draft| draft.proposal.mapping.header_row)
        .or(shown.import.mapping.header_row)
        .map(|row| row.to_string())
        .unwrap_or_default();
    let choices: Vec<Choice> = sheets.iter().map(|sheet| Choice::new(sheet.as_str(), sheet.as_str())).collect();
    let label = t::header_row(l);
    let body = html! {
        div.k-import-sheet {
            @if sheets.len() > 1 {
                (kit::select(l, &Input::new("sheet", t::sheet(l)).value(chosen), &choices, None))
            } @else {
                (kit::hidden("sheet", &chosen))
            }
            (kit::number(l, &Input::new("header_row", label).value(header), Some(1), None, None))
            (kit::button(Look::Plain, "action", "again", t::read_again(l), Some(Icon::Refresh)))
        }
    };
    kit::panel(t::sheet_title(l), html! {}, body)
}

/// Each column with its samples and its meaning.
fn fields(l: Locale, draft: &Draft) -> Markup {
    let columns = [Column::new(t::column(l)), Column::new(t::samples(l)), Column::new(t::meaning(l))];
    // A column without a meaning of its own is left out, or tells of a second person.
    let later = columns_of_later_persons(&draft.table, &draft.proposal.mapping);
    let rows: Vec<TableRow> = draft
        .proposal
        .columns
        .iter()
        .filter(|column| !column.heading.is_empty() || !column.samples.is_empty())
        .map(|column| {
            let heading = match column.heading.as_str() {
                "" => t::column_number(l, column.index + 1),
                heading => heading.to_owned(),
            };
            let left_out = match later.get(&column.index) {
                Some((nth, field)) => t::of_person(l, field.label(l), *nth),
                None => t::not_imported(l).to_owned(),
            };
            let label = t::meaning_of(l, heading.as_str());
            TableRow::new(vec![
                html! { (heading) },
                html! { span.k-import-samples { (column.samples.join(" · ")) } },
                html! {
                    select.form-select name={ "column-" (column.index) } aria-label=(label) {
                        option value="" selected[column.field.is_none()] { (left_out) }
                        @for field in Field::ALL {
                            option value=(field.code()) selected[column.field == Some(field)] { (field.label(l)) }
                        }
                    }
                },
            ])
        })
        .collect();
    let units: Vec<Choice> = AmountUnit::ALL.into_iter().map(|unit| Choice::new(unit.code(), unit.label(l))).collect();
    let unit = draft.proposal.mapping.amount_unit;
    kit::panel(
        t::columns_title(l),
        html! {},
        html! {
            div.k-import-columns { (kit::table(l, t::columns_title(l), &columns, &rows)) }
            @if draft.proposal.mapping.columns.contains_key(&Field::AnnualAmount) {
                div.k-import-unit {
                    (kit::select(l, &Input::new("amount_unit", t::amount_unit(l)).value(unit.code()), &units, None))
                }
            }
        },
    )
}

/// The ledger's words for tiers or stages and ours, those that are not known first.
fn words(known: &std::collections::BTreeMap<String, String>, unknown: &[String]) -> Vec<(String, String)> {
    let mut words: Vec<(String, String)> = unknown.iter().map(|word| (word.clone(), String::new())).collect();
    words.extend(known.iter().map(|(word, code)| (word.clone(), code.clone())));
    words
}

fn grades(l: Locale, kind: &str, title: &str, ours: &[Grade], words: &[(String, String)]) -> Markup {
    let choices = || ours.iter().filter(|grade| !grade.archived);
    html! {
        @if !words.is_empty() {
            (kit::panel(title, html! {}, html! {
                div.k-import-pairs {
                    @for (place, (word, code)) in words.iter().enumerate() {
                        @let id = format!("{kind}-{place}");
                        div.k-import-pair {
                            (kit::hidden(&format!("{kind}_word"), word))
                            label for=(id) { (word) }
                            select.form-select id=(id) name={ (kind) "_code" } {
                                option value="" selected[code.is_empty()] { (t::no_match(l)) }
                                @for grade in choices() {
                                    option value=(grade.code) selected[grade.code == *code] { (grade_name(l, ours, &grade.code)) }
                                }
                            }
                        }
                    }
                }
            }))
        }
    }
}

/// Who the ledger's managers are here.
fn managers(l: Locale, importer: &Importer, shown: &Shown, draft: &Draft) -> Markup {
    let Ok(ledger) = assemble(&draft.table, &draft.proposal.mapping) else { return html! {} };
    let names = draft.proposal.mapping.columns.contains_key(&Field::Manager);
    let options = &shown.import.options;
    let managers = Managers::of(&ledger, names, &shown.roster, importer, options).into_list();
    if managers.is_empty() {
        return html! {};
    }
    let members: Vec<(String, String)> = shown
        .roster
        .active()
        .filter(|member| importer.may_give_to(member.id, member.team))
        .map(|member| (member.id.to_string(), format!("{}（{}）", member.name, member.login)))
        .collect();
    let chosen = |manager: &Manager| match manager.is {
        Known::Member(id) => id.to_string(),
        _ => String::new(),
    };
    html! {
        div id="managers" {
            (kit::panel(t::managers_title(l), html! {}, html! {
                p.k-hint { (t::managers_intro(l)) }
                div.k-import-pairs {
                    @for (place, manager) in managers.iter().enumerate() {
                        @let id = format!("manager-{place}");
                        div.k-import-pair {
                            (kit::hidden("manager_name", &manager.name))
                            label for=(id) {
                                @if manager.name.is_empty() { (t::nameless(l)) } @else { (manager.name) }
                                small { (t::companies_count(l, manager.companies)) }
                            }
                            select.form-select id=(id) name="manager_member" {
                                option value="" selected[chosen(manager).is_empty()] { (t::no_member(l)) }
                                @for (value, label) in &members {
                                    option value=(value) selected[*value == chosen(manager)] { (label) }
                                }
                            }
                        }
                    }
                }
                @if importer.may_create_managers() {
                    (kit::check(l, &Input::new("create_managers", t::create_managers(l)).hint(t::create_managers_hint(l)),
                        options.create_managers))
                }
            }))
        }
    }
}

fn options(l: Locale, shown: &Shown) -> Markup {
    let update = Input::new("update", t::update(l)).hint(t::update_hint(l));
    kit::panel(t::options_title(l), html! {}, kit::check(l, &update, shown.import.options.update))
}
