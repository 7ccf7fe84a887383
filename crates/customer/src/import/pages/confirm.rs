//! Takes the confirmed columns, words and managers.

use std::collections::BTreeMap;

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use kehu_core::{ImportId, MemberId};
use kehu_platform::Invalid;
use kehu_platform::web::{Answer, Form, Page};

use super::columns::{Shown, refused};
use crate::import::importer::Importer;
use crate::import::model::{Import, Options, State};
use crate::import::reading::Draft;
use crate::import::upload::{confirm, look_elsewhere, of_importer};
use crate::ledger::{AmountUnit, ColumnName, Field, MappingFile};
use crate::t;

pub(super) async fn submit(page: Page, Path(id): Path<ImportId>, form: Form) -> Answer {
    let importer = Importer::of(page.actor.clone())?;
    let import = of_importer(page.app.db.read(), &importer, id).await?;
    let (sheet, header_row) = place(&form);
    if form.text("action") == "again" {
        look_elsewhere(&page.app.db, &importer, id, sheet, header_row).await?;
        return Ok(Redirect::to(&format!("/import/{id}/columns")).into_response());
    }
    let mut shown = Shown::load(&page, import).await?;
    let Ok(draft) = &mut shown.draft else {
        return Ok(Redirect::to(&format!("/import/{id}/columns")).into_response());
    };
    let mut invalid = Invalid::default();
    let mapping = mapping(&form, draft, &mut invalid);
    let options = options(&form);
    if !invalid.is_empty() {
        shown.import = Import { options, state: State::Uploaded, ..shown.import };
        return Ok(refused(&page, &importer, &shown, &invalid).await);
    }
    let fingerprint = draft.fingerprint();
    confirm(&page.app.db, &importer, page.now, id, mapping, options, &fingerprint).await?;
    Ok(Redirect::to(&format!("/import/{id}")).into_response())
}

/// The sheet and the header's row as the form names them.
fn place(form: &Form) -> (Option<String>, Option<u32>) {
    (form.optional("sheet").map(str::to_owned), form.text("header_row").parse().ok())
}

/// The mapping as the form has it; the draft is changed along, so that it can be shown again.
fn mapping(form: &Form, draft: &mut Draft, invalid: &mut Invalid) -> MappingFile {
    let mut chosen: BTreeMap<Field, usize> = BTreeMap::new();
    for column in &mut draft.proposal.columns {
        column.field = Field::from_code(form.text(&format!("column-{}", column.index)));
        let Some(field) = column.field else { continue };
        if chosen.insert(field, column.index).is_some() {
            invalid.add("", "twice", move |l| t::import::field_twice(l, field.label(l)));
        }
    }
    if !chosen.contains_key(&Field::CompanyName) {
        invalid.add("", "no_company", t::ledger::no_company_column);
    }
    let proposal = &mut draft.proposal;
    proposal.mapping.columns = chosen;
    if let Some(unit) = AmountUnit::from_code(form.text("amount_unit")) {
        proposal.mapping.amount_unit = unit;
    }
    proposal.mapping.tiers = pairs(form, "tier_word", "tier_code");
    proposal.mapping.stages = pairs(form, "stage_word", "stage_code");
    let mut file = proposal.to_file();
    for field in Field::ALL {
        // What a person leaves out is not proposed again.
        file.columns.entry(field).or_insert_with(|| ColumnName::Heading(String::new()));
    }
    file.sheet.clone_from(&proposal.mapping.sheet);
    file.header_row = Some(proposal.mapping.header_row);
    file
}

fn pairs(form: &Form, words: &str, codes: &str) -> BTreeMap<String, String> {
    form.column(words).zip(form.column(codes)).map(|(word, code)| (word.to_owned(), code.to_owned())).collect()
}

fn options(form: &Form) -> Options {
    let members = form.column("manager_name").zip(form.column("manager_member"));
    let managers = members.filter_map(|(name, member)| Some((name.to_owned(), member.parse::<MemberId>().ok()?)));
    Options {
        create_managers: form.checked("create_managers"),
        update: form.checked("update"),
        managers: managers.collect(),
    }
}
