//! The JSON door of imports: a ledger comes in and its columns are proposed, a dry run tells what
//! would happen, the run does it beside the requests, and the result names every bad row.

use axum::Json;
use axum::response::IntoResponse as _;
use chrono::{DateTime, Utc};
use kehu_core::{ImportId, Locale};
use kehu_platform::db::Lock;
use kehu_platform::t::app;
use kehu_platform::web::api::{
    Answer, Asked, Caller, FileBody, Id, Json as Body, MadeBy, Once, Problem, Reply, Upload, tidy,
};
use kehu_platform::web::{App, OperationWords};
use kehu_platform::{Error, Invalid};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::importer::Importer;
use super::model::{Fate, Import, Options, Report, State, Tally};
use super::propose::read;
use super::reading::Reading;
use super::run::dry_run;
use super::{store, upload};
use crate::ledger::RowIssue;
use crate::t::import as t;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(bring)).routes(routes!(one)).routes(routes!(look)).routes(routes!(start))
}

/// What the operations do, in the reader's words.
pub fn words() -> Vec<OperationWords> {
    vec![
        ("upload_ledger", t::api_upload_ledger),
        ("read_import", t::api_read_import),
        ("dry_run_import", t::api_dry_run_import),
        ("run_import", t::api_run_import),
    ]
}

/// An import and how far it has come.
#[derive(Serialize, ToSchema)]
#[schema(as = Import)]
struct ImportView {
    id: Uuid,
    file_name: String,
    /// `uploaded`, `mapped`, `queued`, `done`, `failed` or `undone`.
    #[schema(example = "uploaded")]
    state: &'static str,
    at: DateTime<Utc>,
    finished_at: Option<DateTime<Utc>>,
    /// Why it failed.
    problem: Option<String>,
    /// What it has done, once it is done.
    report: Option<ReportView>,
    made_by: Option<MadeBy>,
}

/// What an import has done, or would do.
#[derive(Serialize, ToSchema)]
#[schema(as = ImportReport)]
struct ReportView {
    /// Rows that hold data.
    rows: usize,
    /// Rows that are kept out.
    bad_rows: usize,
    /// Rows that repeat a company which an earlier row names.
    duplicates: usize,
    accounts: Counts,
    contacts: Counts,
    /// What keeps rows out.
    errors: Vec<Issue>,
    /// What was left out or decided in rows that are taken.
    notes: Vec<Issue>,
    companies: Vec<Company>,
}

#[derive(Serialize, ToSchema)]
struct Counts {
    created: usize,
    updated: usize,
    unchanged: usize,
}

/// A finding in one row.
#[derive(Serialize, ToSchema)]
struct Issue {
    row: u32,
    /// The heading of the column.
    column: String,
    #[schema(example = "credit_code_length")]
    code: &'static str,
    /// What stands in the cell.
    value: String,
    message: String,
}

/// What became of one company.
#[derive(Serialize, ToSchema)]
struct Company {
    /// The rows that name it.
    rows: Vec<u32>,
    name: String,
    account_id: Option<Uuid>,
    /// `created`, `updated`, `unchanged` or `skipped`.
    fate: &'static str,
}

fn counts(tally: Tally) -> Counts {
    Counts { created: tally.created, updated: tally.updated, unchanged: tally.unchanged }
}

fn report_view(l: Locale, report: Report) -> ReportView {
    let issue = |issue: &RowIssue| Issue {
        row: issue.row,
        column: issue.column.clone(),
        code: issue.code.code(),
        value: issue.value.clone(),
        message: issue.message(l),
    };
    ReportView {
        rows: report.rows,
        bad_rows: report.bad_rows(),
        duplicates: report.duplicates,
        accounts: counts(report.accounts),
        contacts: counts(report.contacts),
        errors: report.errors.iter().map(issue).collect(),
        notes: report.notes.iter().map(issue).collect(),
        companies: report
            .lines
            .into_iter()
            .map(|line| Company {
                rows: line.rows,
                name: line.name,
                account_id: line.account.map(|id| id.uuid()),
                fate: match line.fate {
                    Fate::Created => "created",
                    Fate::Updated => "updated",
                    Fate::Unchanged => "unchanged",
                    Fate::Skipped => "skipped",
                },
            })
            .collect(),
    }
}

fn view(l: Locale, import: Import, made_by: Option<MadeBy>) -> ImportView {
    ImportView {
        id: import.id.uuid(),
        file_name: import.file_name,
        state: import.state.code(),
        at: import.at,
        finished_at: import.finished_at,
        problem: Some(import.problem).filter(|problem| !problem.is_empty()),
        report: import.report.map(|report| report_view(l, report)),
        made_by,
    }
}

const LONGEST_NAME: usize = 200;

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Named {
    /// What the file is called; a form names it itself.
    #[param(max_length = 200, example = "ledger.xlsx")]
    file_name: Option<String>,
}

/// Upload a ledger
///
/// CSV in UTF-8 or GB18030, XLSX or XLS; as the body itself or as the part `file` of a form. What its columns mean is
/// proposed from their headings, and from what was confirmed about such ledgers before.
#[utoipa::path(post, path = "/api/v1/imports", tag = "import", operation_id = "upload_ledger", params(Named),
    request_body(content((Vec<u8> = "application/octet-stream"), (FileBody = "multipart/form-data"))),
    responses((status = 201, description = "The import", body = ImportView)))]
async fn bring(caller: Caller, Asked(named): Asked<Named>, once: Once, file: Upload) -> Answer {
    let importer = Importer::of(caller.actor.clone())?;
    if named.file_name.as_ref().is_some_and(|name| name.chars().count() > LONGEST_NAME) {
        return Err(Invalid::one("?file_name", "too_long", |l| app::too_long(l, LONGEST_NAME)).into());
    }
    let name = named.file_name.or(file.name).map(|name| tidy(&name)).filter(|name| !name.is_empty());
    let name: String = name.unwrap_or_else(|| "ledger".to_owned()).chars().take(LONGEST_NAME).collect();
    // Reading a large file takes a second, which no other writer shall wait for.
    let import = upload::proposed(&caller.app.db, &importer, caller.now, name, &file.content).await?;
    let content = file.content;
    let reply = caller
        .write(&once, Lock::default(), async |tx| {
            upload::keep(tx, &importer, caller.now, &import, &content).await?;
            let view = view(caller.locale, import.clone(), Some(MadeBy::caller(&caller)));
            Reply::created(format!("/api/v1/imports/{}", import.id), view)
        })
        .await?;
    Ok(reply.into_response())
}

async fn find(caller: &Caller, id: ImportId) -> Result<(Importer, Import), Error> {
    let importer = Importer::of(caller.actor.clone())?;
    let import = upload::of_importer(caller.app.db.read(), &importer, id).await?;
    Ok((importer, import))
}

/// Read an import
///
/// How far it has come, and what it has done with every bad row.
#[utoipa::path(get, path = "/api/v1/imports/{id}", tag = "import", operation_id = "read_import",
    params(("id" = Uuid, Path, description = "The import")),
    responses((status = 200, description = "The import", body = ImportView), (status = 403, description = "Not permitted")))]
async fn one(caller: Caller, Id(id): Id<ImportId>) -> Answer {
    let (_, import) = find(&caller, id).await?;
    let made_by = MadeBy::of_one(caller.app.db.read(), "import", id.uuid()).await?;
    Ok(Json(view(caller.locale, import, made_by)).into_response())
}

/// What a run is asked to do.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ImportOptions {
    /// Managers who are no members become members without sign-in.
    #[serde(default)]
    create_managers: bool,
    /// What the ledger says is written over what is known.
    #[serde(default)]
    update: bool,
}

fn options(import: &Import, asked: &ImportOptions) -> Options {
    Options { create_managers: asked.create_managers, update: asked.update, ..import.options.clone() }
}

/// Dry run
///
/// What the run would make, change and keep out; writes nothing.
#[utoipa::path(post, path = "/api/v1/imports/{id}/dry-run", tag = "import", operation_id = "dry_run_import", request_body = ImportOptions,
    params(("id" = Uuid, Path, description = "The import")),
    responses((status = 200, description = "What would happen", body = ReportView)))]
async fn look(caller: Caller, Id(id): Id<ImportId>, once: Once, Body(asked): Body<ImportOptions>) -> Answer {
    let (importer, import) = find(&caller, id).await?;
    let reading = reading(&caller, &import).await?;
    let report = dry_run(&caller.app.db, &importer, &reading, &options(&import, &asked)).await?;
    let reply =
        caller.write(&once, Lock::default(), async |_| Reply::ok(report_view(caller.locale, report.clone()))).await?;
    Ok(reply.into_response())
}

async fn reading(caller: &Caller, import: &Import) -> Result<Reading, Problem> {
    let content = store::content(caller.app.db.read(), import.id).await?.ok_or_else(Problem::not_found)?;
    let unreadable = |code: &'static str, words: String| {
        Problem::from(Error::from(Invalid::one("file", code, move |_| words.clone())))
    };
    let (_, draft) = read(content, import.mapping.clone())
        .await
        .map_err(|error| unreadable(error.code(), error.message(caller.locale)))?;
    draft.assemble().map_err(|error| unreadable("no_company_column", error.message(caller.locale).to_owned()))
}

/// Run
///
/// Asked for here, it goes on beside the requests; the import tells what became of it.
#[utoipa::path(post, path = "/api/v1/imports/{id}/run", tag = "import", operation_id = "run_import", request_body = ImportOptions,
    params(("id" = Uuid, Path, description = "The import")),
    responses((status = 202, description = "It will be done", body = ImportView)))]
async fn start(caller: Caller, Id(id): Id<ImportId>, once: Once, Body(asked): Body<ImportOptions>) -> Answer {
    let (importer, import) = find(&caller, id).await?;
    // Repeated under its key it is answered as before, and otherwise refused by the verb.
    if matches!(import.state, State::Uploaded | State::Mapped) {
        reading(&caller, &import).await?;
    }
    let reply = caller
        .write(&once, Lock::default(), async |tx| {
            let queued = upload::queue(tx, &importer, caller.now, id, Some(options(&import, &asked))).await?;
            Reply::accepted(view(caller.locale, queued, Some(MadeBy::caller(&caller))))
        })
        .await?;
    Ok(reply.into_response())
}
