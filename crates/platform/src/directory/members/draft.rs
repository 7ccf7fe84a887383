//! What a form or a command says about a member, and whether it can be accepted.

use kehu_core::calendar::Zone;
use kehu_core::{DepartmentId, Locale, MemberId, Positions, TeamId};
use serde_json::{Value as Json, json};

use crate::db::{DbFault, Tx};
use crate::directory::model::Member;
use crate::directory::store;
use crate::error::Invalid;
use crate::t;

/// A member as an administrator wants them.
#[derive(Clone, Debug, Default)]
pub struct MemberDraft {
    pub login: String,
    pub name: String,
    pub positions: Positions,
    pub team: Option<TeamId>,
    pub department: Option<DepartmentId>,
    pub specialties: String,
    pub email: String,
    pub mobile: String,
    pub locale: Locale,
    pub zone: String,
}

impl MemberDraft {
    /// Logins are lower case: nobody remembers how they once capitalised theirs.
    pub(in crate::directory) fn tidied(mut self) -> Self {
        self.login = self.login.trim().to_lowercase();
        self.name = self.name.trim().to_owned();
        self
    }

    /// What cannot be accepted, for a new member or for a change of a known one.
    pub(in crate::directory) async fn check(&self, tx: &Tx, of: Option<&Member>) -> Result<Invalid, DbFault> {
        let mut invalid = Invalid::default();
        self.check_words(&mut invalid);
        let known = store::member_by_login(&**tx, &self.login).await?;
        if known.is_some_and(|known| of.is_none_or(|of| of.id != known.id)) {
            invalid.add("login", "taken", t::directory::login_taken);
        }
        // A team that was archived since keeps those who are in it.
        if let Some(id) = self.team.filter(|id| of.is_none_or(|of| of.team != Some(*id)))
            && store::team(&**tx, id).await?.is_none_or(|team| team.archived)
        {
            invalid.add("team", "unknown", t::directory::team_unknown);
        }
        if let Some(id) = self.department.filter(|id| of.is_none_or(|of| of.department != Some(*id)))
            && store::department(&**tx, id).await?.is_none_or(|department| department.archived)
        {
            invalid.add("department", "unknown", t::directory::department_unknown);
        }
        Ok(invalid)
    }

    fn check_words(&self, invalid: &mut Invalid) {
        if !is_login(&self.login) {
            invalid.add("login", "malformed", t::directory::login_malformed);
        }
        required(invalid, "name", &self.name, 60);
        if self.positions == Positions::default() {
            invalid.add("positions", "required", t::directory::positions_required);
        }
        limited(invalid, "specialties", &self.specialties, 300);
        check_reach(invalid, &self.email, &self.mobile, &self.zone);
    }

    /// The values as the journal keeps them.
    pub(super) fn values(&self) -> Json {
        json!({
            "login": self.login,
            "name": self.name,
            "positions": self.positions.iter().map(|p| p.code()).collect::<Vec<_>>(),
            "team": self.team.map(|t| t.uuid()),
            "department": self.department.map(|d| d.uuid()),
            "specialties": self.specialties,
            "email": self.email,
            "mobile": self.mobile,
            "locale": self.locale.tag(),
            "zone": self.zone,
        })
    }
}

impl From<&Member> for MemberDraft {
    fn from(member: &Member) -> Self {
        Self {
            login: member.login.clone(),
            name: member.name.clone(),
            positions: member.positions,
            team: member.team,
            department: member.department,
            specialties: member.specialties.clone(),
            email: member.email.clone(),
            mobile: member.mobile.clone(),
            locale: member.locale.parse().unwrap_or_default(),
            zone: member.zone.clone(),
        }
    }
}

/// The ways to reach a member and the zone they read times in; members change these themselves.
pub(super) fn check_reach(invalid: &mut Invalid, email: &str, mobile: &str, zone: &str) {
    limited(invalid, "email", email, 120);
    let is_address = email.contains('@') && !email.contains(char::is_whitespace);
    if !email.is_empty() && !is_address {
        invalid.add("email", "malformed", t::directory::email_malformed);
    }
    limited(invalid, "mobile", mobile, 40);
    if zone.parse::<Zone>().is_err() {
        invalid.add("zone", "unknown", t::directory::zone_unknown);
    }
}

pub(in crate::directory) fn required(invalid: &mut Invalid, field: &'static str, text: &str, longest: usize) {
    if text.trim().is_empty() {
        invalid.add(field, "required", t::app::required);
    }
    limited(invalid, field, text, longest);
}

pub(in crate::directory) fn limited(invalid: &mut Invalid, field: &'static str, text: &str, longest: usize) {
    if text.chars().count() > longest {
        invalid.add(field, "too_long", move |l| t::app::too_long(l, longest));
    }
}

fn is_login(login: &str) -> bool {
    (2..=40).contains(&login.len())
        && login.starts_with(|c: char| c.is_ascii_alphanumeric())
        && login.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '_' | '-'))
}

/// The id of an active member, or a refusal on the field.
pub(in crate::directory) async fn active(
    tx: &Tx,
    field: &'static str,
    id: MemberId,
    invalid: &mut Invalid,
) -> Result<Option<Member>, DbFault> {
    let found = store::member(&**tx, id).await?.filter(|m| m.active);
    if found.is_none() {
        invalid.add(field, "unknown", t::directory::member_unknown);
    }
    Ok(found)
}
