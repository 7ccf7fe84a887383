//! The JSON door of the rulebook: the version in force, every approved one, their clauses and
//! parameters, in the language that is asked for.

use axum::Json;
use axum::response::IntoResponse as _;
use chrono::NaiveDate;
use kehu_core::Locale;
use kehu_platform::web::api::{Answer, Asked, Caller, Cursor, Id, Limit, List, Problem, page_of};
use kehu_platform::web::{App, OperationWords};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::clauses::{self, ClauseNumber};
use crate::t::rulebook as t;
use crate::versions::{self, InForce, Version};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(in_force))
        .routes(routes!(list))
        .routes(routes!(one))
        .routes(routes!(list_clauses))
        .routes(routes!(clause))
        .routes(routes!(parameters))
}

/// What the operations do, in the reader's words.
pub fn words() -> Vec<OperationWords> {
    vec![
        ("read_rulebook", t::api_read_rulebook),
        ("list_rulebook_versions", t::api_list_rulebook_versions),
        ("read_rulebook_version", t::api_read_rulebook_version),
        ("list_clauses", t::api_list_clauses),
        ("read_clause", t::api_read_clause),
        ("list_parameters", t::api_list_parameters),
    ]
}

/// An approved version of the rulebook.
#[derive(Serialize, ToSchema)]
#[schema(as = RulebookVersion)]
struct VersionView {
    /// 0 is the built-in rulebook of an installation that has adopted none.
    number: i64,
    /// The first day on which it counts; null when it has always counted.
    in_force_from: Option<NaiveDate>,
    /// Whether it is the one that counts today.
    in_force: bool,
    /// What is new in it.
    summary: String,
}

/// A version with its clauses.
#[derive(Serialize, ToSchema)]
#[schema(as = Rulebook)]
struct RulebookView {
    number: i64,
    in_force_from: Option<NaiveDate>,
    title: String,
    chapters: Vec<Chapter>,
    clauses: Vec<ClauseView>,
}

#[derive(Serialize, ToSchema)]
struct Chapter {
    number: u8,
    title: String,
}

/// One numbered paragraph.
#[derive(Serialize, ToSchema)]
#[schema(as = Clause)]
struct ClauseView {
    #[schema(example = "4.4.1")]
    number: String,
    title: String,
    /// With the parameters' values in it.
    text: String,
    /// Who answers for it, as codes.
    responsible: Vec<&'static str>,
    parameters: Vec<ParameterView>,
}

/// A setting of a clause.
#[derive(Serialize, ToSchema)]
#[schema(as = Parameter)]
struct ParameterView {
    #[schema(example = "4.4.1")]
    clause: String,
    #[schema(example = "calls_per_week")]
    name: String,
    label: String,
    /// Such as `count`, `hours`, `working_days`, `choice`, `code_list`, `flag`.
    #[schema(example = "count")]
    kind: &'static str,
    /// A number, a code, a list of codes or a yes or no, as the kind says.
    #[schema(value_type = Value)]
    value: clauses::Value,
    /// As it reads in the sentence.
    shown: String,
    min: Option<i64>,
    max: Option<i64>,
}

/// What a parameter holds.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "describes the values of clauses::Value")]
enum Value {
    Number(i64),
    Choice(String),
    Codes(Vec<String>),
    Flag(bool),
}

fn parameter_view(l: Locale, clause: ClauseNumber, p: &clauses::Parameter) -> ParameterView {
    ParameterView {
        clause: clause.to_string(),
        name: p.name.clone(),
        label: p.label.get(l).to_owned(),
        kind: p.kind.code(),
        value: p.value.clone(),
        shown: p.shown(l),
        min: p.min,
        max: p.max,
    }
}

fn clause_view(l: Locale, clause: &clauses::Clause) -> ClauseView {
    ClauseView {
        number: clause.number.to_string(),
        title: clause.title.get(l).to_owned(),
        text: clause.plain_text(l),
        responsible: clause.responsible.iter().map(|r| r.code()).collect(),
        parameters: clause.parameters.iter().map(|p| parameter_view(l, clause.number, p)).collect(),
    }
}

fn rulebook_view(l: Locale, version: &InForce) -> RulebookView {
    let book = &version.rulebook;
    let title = |c: &clauses::Chapter| Chapter { number: c.number, title: c.title.get(l).to_owned() };
    RulebookView {
        number: version.number,
        in_force_from: begins(version.from),
        title: book.title.get(l).to_owned(),
        chapters: book.chapters().iter().map(title).collect(),
        clauses: book.clauses().iter().map(|c| clause_view(l, c)).collect(),
    }
}

/// The built-in rulebook has always counted.
fn begins(from: NaiveDate) -> Option<NaiveDate> {
    (from != NaiveDate::MIN).then_some(from)
}

async fn current(caller: &Caller) -> Result<InForce, Problem> {
    Ok(caller.kept::<versions::Timeline>().await?.on(caller.zone.local_date(caller.now)).clone())
}

/// Read the rulebook in force
#[utoipa::path(get, path = "/api/v1/rulebook", tag = "rulebook", operation_id = "read_rulebook",
    responses((status = 200, description = "The version in force today", body = RulebookView)))]
async fn in_force(caller: Caller) -> Answer {
    Ok(Json(rulebook_view(caller.locale, &current(&caller).await?)).into_response())
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Wanted {
    /// How many at once.
    #[serde(default)]
    #[param(value_type = Option<u16>, minimum = 1, maximum = 200, default = 50)]
    limit: Limit,
    /// `next` of the part before.
    #[param(value_type = Option<String>)]
    cursor: Option<Cursor>,
}

/// List versions
///
/// Every approved version, in the order of their numbers.
#[utoipa::path(get, path = "/api/v1/rulebook/versions", tag = "rulebook", operation_id = "list_rulebook_versions", params(Wanted),
    responses((status = 200, description = "A part of the list", body = List<VersionView>)))]
async fn list(caller: Caller, Asked(wanted): Asked<Wanted>) -> Answer {
    let after = Cursor::read(wanted.cursor.as_ref(), |place| place.parse::<i64>().ok())?;
    let current = current(&caller).await?;
    let approved: Vec<Version> = versions::approved(caller.app.db.read()).await?;
    let views: Vec<VersionView> = approved
        .into_iter()
        .map(|version| VersionView {
            number: version.number.unwrap_or_default(),
            in_force_from: version.in_force_from,
            in_force: current.id == Some(version.id),
            summary: version.summary,
        })
        .collect();
    Ok(Json(page_of(views, wanted.limit, after.as_ref(), |v| v.number, |v| v.number.to_string())).into_response())
}

/// Read a version
#[utoipa::path(get, path = "/api/v1/rulebook/versions/{number}", tag = "rulebook", operation_id = "read_rulebook_version",
    params(("number" = i64, Path, description = "Number of an approved version", minimum = 0, maximum = 1_000_000)),
    responses((status = 200, description = "The version", body = RulebookView)))]
async fn one(caller: Caller, Id(number): Id<i64>) -> Answer {
    let timeline = caller.kept::<versions::Timeline>().await?;
    let version = timeline.all().find(|version| version.number == number).ok_or_else(Problem::not_found)?;
    Ok(Json(rulebook_view(caller.locale, version)).into_response())
}

/// List clauses
///
/// Those of the version in force.
#[utoipa::path(get, path = "/api/v1/rulebook/clauses", tag = "rulebook", operation_id = "list_clauses", params(Wanted),
    responses((status = 200, description = "A part of the list", body = List<ClauseView>)))]
async fn list_clauses(caller: Caller, Asked(wanted): Asked<Wanted>) -> Answer {
    let after = Cursor::read(wanted.cursor.as_ref(), |place| place.parse::<ClauseNumber>().ok())?;
    let current = current(&caller).await?;
    let clauses: Vec<&clauses::Clause> = current.rulebook.clauses().iter().collect();
    let part = page_of(clauses, wanted.limit, after.as_ref(), |c| c.number, |c| c.number.to_string());
    let items = part.items.into_iter().map(|c| clause_view(caller.locale, c)).collect();
    Ok(Json(List { items, next: part.next, total: part.total }).into_response())
}

/// Read a clause
///
/// As it is in force.
#[utoipa::path(get, path = "/api/v1/rulebook/clauses/{number}", tag = "rulebook", operation_id = "read_clause",
    params(("number" = String, Path, description = "Number of the clause", example = "4.4.1")),
    responses((status = 200, description = "The clause", body = ClauseView)))]
async fn clause(caller: Caller, Id(number): Id<ClauseNumber>) -> Answer {
    let current = current(&caller).await?;
    let clause = current.rulebook.clause(number).ok_or_else(Problem::not_found)?;
    Ok(Json(clause_view(caller.locale, clause)).into_response())
}

/// List parameters
///
/// What the company has set in the clauses in force.
#[utoipa::path(get, path = "/api/v1/rulebook/parameters", tag = "rulebook", operation_id = "list_parameters", params(Wanted),
    responses((status = 200, description = "A part of the list", body = List<ParameterView>)))]
async fn parameters(caller: Caller, Asked(wanted): Asked<Wanted>) -> Answer {
    let place = |text: &str| {
        let (clause, name) = text.split_once('|')?;
        Some((clause.parse::<ClauseNumber>().ok()?, name.to_owned()))
    };
    let after = Cursor::read(wanted.cursor.as_ref(), place)?;
    let current = current(&caller).await?;
    let all: Vec<(ClauseNumber, &clauses::Parameter)> =
        current.rulebook.clauses().iter().flat_map(|c| c.parameters.iter().map(|p| (c.number, p))).collect();
    let key = |(clause, p): &(ClauseNumber, &clauses::Parameter)| (*clause, p.name.clone());
    let part = page_of(all, wanted.limit, after.as_ref(), key, |(clause, p)| format!("{clause}|{}", p.name));
    let items = part.items.into_iter().map(|(clause, p)| parameter_view(caller.locale, clause, p)).collect();
    Ok(Json(List { items, next: part.next, total: part.total }).into_response())
}
