//! Everybody, every team and every department at once: what lists and forms look names up in.

use kehu_core::{DepartmentId, MemberId, Position, TeamId};
use sea_orm::ConnectionTrait;

use super::model::{Department, Member, Team};
use super::store;
use crate::db::DbFault;

/// The directory as it stands, in the order in which it is listed.
#[derive(Clone, Debug, Default)]
pub struct Roster {
    pub members: Vec<Member>,
    pub teams: Vec<Team>,
    pub departments: Vec<Department>,
}

impl Roster {
    pub async fn load(on: &impl ConnectionTrait) -> Result<Self, DbFault> {
        Ok(Self {
            members: store::members(on).await?,
            teams: store::teams(on).await?,
            departments: store::departments(on).await?,
        })
    }

    pub fn member(&self, id: MemberId) -> Option<&Member> {
        self.members.iter().find(|m| m.id == id)
    }

    /// The member's name; empty for an id that is in no record.
    pub fn name(&self, id: MemberId) -> &str {
        self.member(id).map_or("", |m| &m.name)
    }

    pub fn team(&self, id: TeamId) -> Option<&Team> {
        self.teams.iter().find(|t| t.id == id)
    }

    pub fn department(&self, id: DepartmentId) -> Option<&Department> {
        self.departments.iter().find(|d| d.id == id)
    }

    pub fn team_name(&self, id: Option<TeamId>) -> &str {
        id.and_then(|id| self.team(id)).map_or("", |t| &t.name)
    }

    pub fn department_name(&self, id: Option<DepartmentId>) -> &str {
        id.and_then(|id| self.department(id)).map_or("", |d| &d.name)
    }

    pub fn active(&self) -> impl Iterator<Item = &Member> {
        self.members.iter().filter(|m| m.active)
    }

    pub fn of_team(&self, team: TeamId) -> impl Iterator<Item = &Member> {
        self.active().filter(move |m| m.team == Some(team))
    }

    pub fn of_department(&self, department: DepartmentId) -> impl Iterator<Item = &Member> {
        self.active().filter(move |m| m.department == Some(department))
    }

    /// The teams that the member leads at present.
    pub fn led_by(&self, member: MemberId) -> impl Iterator<Item = &Team> {
        self.teams.iter().filter(move |t| t.leader == Some(member) && !t.archived)
    }

    /// Those who can lead a team.
    pub fn leaders(&self) -> impl Iterator<Item = &Member> {
        self.active().filter(|m| m.positions.holds(Position::TeamLead))
    }
}
