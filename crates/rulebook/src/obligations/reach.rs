//! How far into the ledger somebody sees. Members see what they owe and what is owed for the
//! accounts they work on, a leader the whole team; company leadership sees every customer's
//! obligations but nobody's cells, human resources every person's but no customer's. Everybody
//! else, administrators among them, sees nothing that is not their own.

use kehu_core::{AccountId, Actor, MemberId, Position, TeamId};
use kehu_platform::db::placeholders;
use kehu_platform::sea_orm::Value;
use uuid::Uuid;

use super::store::Obligation;

/// What one actor may see. Made anew for every request.
#[derive(Clone, Debug, Default)]
pub struct Reach {
    /// The clock and the command line.
    everything: bool,
    member: Option<MemberId>,
    led: Vec<TeamId>,
    accounts: Vec<AccountId>,
    /// Company leadership: all customers, without people's cells.
    every_customer: bool,
    /// Human resources: all people, without customers' names.
    every_person: bool,
    /// Of an administrator who looks through the actor's eyes: it must reach as far as well.
    onlooker: Option<Box<Reach>>,
}

/// How an obligation is shown to somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    Full,
    /// Which customer and which clause, but not who owes it.
    WithoutPeople,
    /// Who owes what by when, but not for which customer.
    WithoutCustomers,
}

impl Sight {
    /// What two people see who look together.
    fn and(self, other: Sight) -> Option<Sight> {
        match (self, other) {
            (Sight::Full, sight) | (sight, Sight::Full) => Some(sight),
            (one, other) => (one == other).then_some(one),
        }
    }
}

/// What a question to the ledger names, and so what must not be hidden from the asker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Naming {
    /// Clauses, teams, dates and states.
    Nothing,
    People,
    Customers,
}

/// A condition on `obligations` with its values numbered from where the caller said.
#[derive(Clone, Debug)]
pub struct Condition {
    pub sql: String,
    pub values: Vec<Value>,
}

impl Condition {
    pub(super) fn any_of(column: &str, ids: Vec<Uuid>, after: usize) -> Condition {
        if ids.is_empty() {
            return Condition { sql: "1 = 0".to_owned(), values: Vec::new() };
        }
        Condition {
            sql: format!("{column} in ({})", placeholders(after, ids.len())),
            values: ids.into_iter().map(Value::from).collect(),
        }
    }
}

impl Reach {
    /// What the actor sees by themselves and as a leader of teams.
    pub fn of(actor: &Actor) -> Self {
        Self {
            everything: actor.is_system(),
            member: actor.member,
            led: actor.leads.clone(),
            accounts: Vec::new(),
            every_customer: actor.holds(Position::CompanyLeadership),
            every_person: actor.holds(Position::HumanResources),
            onlooker: actor.onlooker.as_deref().map(|onlooker| Box::new(Reach::of(onlooker))),
        }
    }

    /// Adds the accounts whose team the actor belongs to.
    pub fn with_accounts(self, accounts: Vec<AccountId>) -> Self {
        Self { accounts, ..self }
    }

    /// Whether people may be told apart over the whole company.
    pub fn names_people(&self) -> bool {
        (self.everything || self.every_person) && self.onlooker.as_ref().is_none_or(|other| other.names_people())
    }

    /// Whether customers may be told apart over the whole company.
    pub fn names_customers(&self) -> bool {
        (self.everything || self.every_customer) && self.onlooker.as_ref().is_none_or(|other| other.names_customers())
    }

    /// The teams that the actor leads.
    pub fn led(&self) -> &[TeamId] {
        &self.led
    }

    /// What the teams that the actor leads owe, or one of them; nothing of any other team.
    pub fn of_teams(&self, team: Option<TeamId>, after: usize) -> Condition {
        let teams: Vec<TeamId> = self.led.iter().copied().filter(|led| team.is_none_or(|team| team == *led)).collect();
        let own = Condition::any_of("team_id", teams.iter().map(|team| team.uuid()).collect(), after);
        self.narrowed(after, own)
    }

    /// What is told apart by person and by customer at once is for an onlooker who may do either.
    fn narrowed(&self, after: usize, own: Condition) -> Condition {
        let own = self.and_onlookers(Naming::People, after, own);
        self.and_onlookers(Naming::Customers, after, own)
    }

    /// What the cadences of the accounts owe on whose team the actor is.
    pub fn of_own_accounts(&self, after: usize) -> Condition {
        let own = Condition::any_of("subject_id", self.accounts.iter().map(|account| account.uuid()).collect(), after);
        self.narrowed(after, own)
    }

    /// How the obligation may be shown; `None` when it may not.
    pub fn sight(&self, obligation: &Obligation) -> Option<Sight> {
        let own = self.own_sight(obligation)?;
        match &self.onlooker {
            None => Some(own),
            Some(onlooker) => own.and(onlooker.sight(obligation)?),
        }
    }

    /// How far an onlooker sees, whatever the actor is to decide.
    pub fn onlookers_sight(&self, obligation: &Obligation) -> Option<Sight> {
        self.onlooker.as_ref().map_or(Some(Sight::Full), |onlooker| onlooker.sight(obligation))
    }

    fn own_sight(&self, obligation: &Obligation) -> Option<Sight> {
        let near = self.member.is_some_and(|member| obligation.owner == member || obligation.acting == member)
            || obligation.team.is_some_and(|team| self.led.contains(&team))
            || obligation.account.is_some_and(|account| self.accounts.contains(&account));
        let customers = self.everything || self.every_customer;
        match (customers, self.everything || self.every_person) {
            _ if near => Some(Sight::Full),
            (true, true) => Some(Sight::Full),
            (true, false) => Some(Sight::WithoutPeople),
            (false, true) => Some(Sight::WithoutCustomers),
            (false, false) => None,
        }
    }

    /// Leaves the obligations that may be counted or shown in an answer that names what `naming`
    /// says; the values are numbered after the first `after`.
    pub fn condition(&self, naming: Naming, after: usize) -> Condition {
        let own = self.own_condition(naming, after);
        self.and_onlookers(naming, after, own)
    }

    /// Adds to a condition what the actor may be told; asking for one person's or one customer's
    /// obligations names them.
    pub fn narrow(&self, named: &[(bool, Naming)], sql: &mut String, values: &mut Vec<Value>) {
        let asked = named.iter().filter(|(asked, _)| *asked).map(|(_, naming)| *naming);
        for naming in std::iter::once(Naming::Nothing).chain(asked) {
            let within = self.condition(naming, values.len());
            sql.push_str(&format!(" and {}", within.sql));
            values.extend(within.values);
        }
    }

    /// Whether an answer that names what `naming` says may be about the whole company.
    pub fn is_whole(&self, naming: Naming) -> bool {
        let own = match naming {
            Naming::Nothing => self.everything || self.every_customer || self.every_person,
            Naming::People => self.everything || self.every_person,
            Naming::Customers => self.everything || self.every_customer,
        };
        own && self.onlooker.as_ref().is_none_or(|onlooker| onlooker.is_whole(naming))
    }

    /// An onlooker must be let see it as well.
    fn and_onlookers(&self, naming: Naming, after: usize, own: Condition) -> Condition {
        let Some(onlooker) = &self.onlooker else { return own };
        let other = onlooker.condition(naming, after + own.values.len());
        let values = own.values.into_iter().chain(other.values).collect();
        Condition { sql: format!("{} and {}", own.sql, other.sql), values }
    }

    fn own_condition(&self, naming: Naming, after: usize) -> Condition {
        let all = match naming {
            Naming::Nothing => self.everything || self.every_customer || self.every_person,
            Naming::People => self.everything || self.every_person,
            Naming::Customers => self.everything || self.every_customer,
        };
        if all {
            return Condition { sql: "1 = 1".to_owned(), values: Vec::new() };
        }
        let mut parts = Vec::new();
        let mut values: Vec<Value> = Vec::new();
        if let Some(member) = self.member {
            let here = after + values.len() + 1;
            parts.push(format!("owner_id = ${here} or acting_id = ${here}"));
            values.push(member.uuid().into());
        }
        if !self.led.is_empty() {
            parts.push(format!("team_id in ({})", placeholders(after + values.len(), self.led.len())));
            values.extend(self.led.iter().map(|team| Value::from(team.uuid())));
        }
        if !self.accounts.is_empty() {
            parts.push(format!("account_id in ({})", placeholders(after + values.len(), self.accounts.len())));
            values.extend(self.accounts.iter().map(|account| Value::from(account.uuid())));
        }
        if parts.is_empty() {
            return Condition { sql: "1 = 0".to_owned(), values };
        }
        Condition { sql: format!("({})", parts.join(" or ")), values }
    }
}
