//! The JSON door of the directory: who is who, and who the caller is.

use axum::Json;
use axum::response::IntoResponse as _;
use kehu_core::{MemberId, Position};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::model::Member;
use super::roster::Roster;
use crate::search::{fold, pinyin_initials};
use crate::t::directory as t;
use crate::web::api::{Answer, Asked, Caller, Cursor, Id, Limit, List, Problem, page_of};
use crate::web::{App, OperationWords};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(me)).routes(routes!(list)).routes(routes!(one))
}

/// What the operations do, in the reader's words.
pub fn words() -> Vec<OperationWords> {
    vec![("me", t::api_me), ("list_members", t::api_list_members), ("read_member", t::api_read_member)]
}

/// A member of the company.
#[derive(Serialize, ToSchema)]
#[schema(as = Member)]
struct MemberView {
    id: Uuid,
    name: String,
    /// Codes such as `account_manager` and `team_lead`.
    positions: Vec<&'static str>,
    team: Option<Named>,
    department: Option<Named>,
    specialties: String,
    email: String,
    mobile: String,
    /// False for those who left.
    active: bool,
    /// Only for administrators and the member.
    login: Option<String>,
}

#[derive(Serialize, ToSchema)]
struct Named {
    id: Uuid,
    name: String,
}

/// Who the token acts for.
#[derive(Serialize, ToSchema)]
struct Me {
    member: MemberView,
    /// The teams that the member leads.
    leads: Vec<Named>,
    token: TokenView,
    /// The company's time zone, in which its days are counted.
    #[schema(example = "Asia/Shanghai")]
    zone: String,
}

#[derive(Serialize, ToSchema)]
#[schema(as = Token)]
struct TokenView {
    id: Uuid,
    name: String,
    read_only: bool,
}

fn view(caller: &Caller, roster: &Roster, member: &Member) -> MemberView {
    let named = |id: Option<Uuid>, name: &str| id.map(|id| Named { id, name: name.to_owned() });
    let shows_login = caller.actor.is(member.id) || caller.actor.holds(Position::Administrator);
    MemberView {
        id: member.id.uuid(),
        name: member.name.clone(),
        positions: member.positions.iter().map(Position::code).collect(),
        team: named(member.team.map(|t| t.uuid()), roster.team_name(member.team)),
        department: named(member.department.map(|d| d.uuid()), roster.department_name(member.department)),
        specialties: member.specialties.clone(),
        email: member.email.clone(),
        mobile: member.mobile.clone(),
        active: member.active,
        login: shows_login.then(|| member.login.clone()),
    }
}

/// Who am I
///
/// The member for whom the token acts, and the token itself.
#[utoipa::path(get, path = "/api/v1/me", tag = "me", operation_id = "me", responses((status = 200, description = "The member and the token", body = Me)))]
async fn me(caller: Caller) -> Answer {
    let roster = caller.roster();
    let member = roster.member(caller.member).ok_or_else(Problem::not_found)?;
    let leads = roster.led_by(member.id).map(|team| Named { id: team.id.uuid(), name: team.name.clone() }).collect();
    let token = TokenView { id: caller.token.uuid(), name: caller.token_name.clone(), read_only: caller.read_only };
    let me = Me { member: view(&caller, roster, member), leads, token, zone: caller.zone.name().to_owned() };
    Ok(Json(me).into_response())
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Wanted {
    /// Part of a name or a login, or the first letters of a name in pinyin.
    #[serde(default)]
    search: String,
    /// Only members of this team.
    team: Option<Uuid>,
    /// Also those who left.
    #[serde(default)]
    left: bool,
    /// How many at once.
    #[serde(default)]
    #[param(value_type = Option<u16>, minimum = 1, maximum = 200, default = 50)]
    limit: Limit,
    /// `next` of the part before.
    #[param(value_type = Option<String>)]
    cursor: Option<Cursor>,
}

/// List members
///
/// Everybody in the company's directory, as every member may see it.
#[utoipa::path(get, path = "/api/v1/members", tag = "members", operation_id = "list_members", params(Wanted),
    responses((status = 200, description = "A part of the list", body = List<MemberView>)))]
async fn list(caller: Caller, Asked(wanted): Asked<Wanted>) -> Answer {
    let after = Cursor::read(wanted.cursor.as_ref(), |place| place.parse::<Uuid>().ok())?;
    let roster = caller.roster();
    let search = fold(&wanted.search);
    let fits = |m: &&Member| {
        (m.active || wanted.left)
            && wanted.team.is_none_or(|team| m.team.is_some_and(|t| t.uuid() == team))
            && (search.is_empty()
                || fold(&m.name).contains(&search)
                || m.login.contains(&search)
                || pinyin_initials(&m.name).iter().any(|initials| initials.starts_with(&search)))
    };
    let found: Vec<MemberView> = roster.members.iter().filter(fits).map(|m| view(&caller, roster, m)).collect();
    let part = page_of(found, wanted.limit, after.as_ref(), |m| m.id, |m| m.id.to_string());
    Ok(Json(part).into_response())
}

/// Read a member
#[utoipa::path(get, path = "/api/v1/members/{id}", tag = "members", operation_id = "read_member", params(("id" = Uuid, Path, description = "The member")),
    responses((status = 200, description = "The member", body = MemberView)))]
async fn one(caller: Caller, Id(id): Id<MemberId>) -> Answer {
    let roster = caller.roster();
    let member = roster.member(id).ok_or_else(Problem::not_found)?;
    Ok(Json(view(&caller, roster, member)).into_response())
}
