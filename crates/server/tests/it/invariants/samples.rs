//! The demo company's records that stand for the placeholders of a route: those of 林晓, her account, her team.
//! Where a route needs a field before it looks at who asks, the field is here as well.

use std::collections::BTreeMap;

use kehu_platform::db::{Db, row};
use kehu_platform::sea_orm::FromQueryResult;
use uuid::Uuid;

/// Her first account that the team's expert is on.
const ACCOUNT: &str = "select a.id from accounts a join members m on m.id = a.owner_id
    join account_members t on t.account_id = a.id join members e on e.id = t.member_id
    where m.login = 'linxiao' and e.login = 'duanmingzhe' order by a.number limit 1";

/// What a route's beginning, up to a placeholder, stands for; the first that fits counts.
fn queries() -> Vec<(&'static str, String)> {
    let hers =
        |table: &str, more: &str| format!("select id from {table} where account_id = ({ACCOUNT}) {more} limit 1");
    let login = |login: &str| format!("select id from members where login = '{login}'");
    let team = "team_id = (select team_id from members where login = 'linxiao')";
    vec![
        ("/accounts/{id}/team/", login("duanmingzhe")),
        ("/accounts/", ACCOUNT.to_owned()),
        ("/board/", ACCOUNT.to_owned()),
        ("/communications/{id}/restore", hers("communications", "and deleted_at is not null")),
        (
            "/communications/",
            hers("communications", "and kind = 'visit' and deleted_at is null order by occurred_at desc"),
        ),
        (
            "/questions/",
            "select q.id from questions q join members m on m.id = q.owner_id
            where m.login = 'linxiao' and q.told_at is null limit 1"
                .to_owned(),
        ),
        ("/contacts/", hers("contacts", "order by created_at")),
        ("/members/{id}/return", login("hejianguo")),
        ("/members/{id}/leaves/{leave}/cancel", login("luowei")),
        (
            "/members/{id}/leaves/",
            "select l.id from leaves l join members m on m.id = l.member_id
            where m.login = 'luowei' and l.cancelled_at is null limit 1"
                .to_owned(),
        ),
        ("/members/", login("linxiao")),
        ("/teams/", "select team_id as id from members where login = 'linxiao'".to_owned()),
        ("/departments/", "select department_id as id from members where login = 'baiyuxuan'".to_owned()),
        (
            "/obligations/{id}/confirmation",
            format!("select id from obligations where to_confirm = true and {team} limit 1"),
        ),
        (
            "/obligations/{id}/answer",
            "select o.id from obligations o join members m on m.id = o.owner_id
            where m.login = 'linxiao' and o.explanation is not null limit 1"
                .to_owned(),
        ),
        (
            "/obligations/{id}/answer/read",
            "select x.obligation_id as id from explanation_answers x join members m on m.id = x.told_id
            where m.login = 'linxiao' limit 1"
                .to_owned(),
        ),
        ("/obligations/", hers("obligations", "and state = 'open' and rule = 'weekly_call'")),
        (
            "/waivers/",
            format!(
                "select w.id from waivers w join obligations o on o.id = w.obligation_id
            where w.decided_at is null and o.{team} limit 1"
            ),
        ),
        ("/settings/groups/", "select id from account_groups limit 1".to_owned()),
        ("/jobs/", "select id from jobs limit 1".to_owned()),
        ("/import/", "select id from imports limit 1".to_owned()),
        ("/rulebook/draft", "select id from rulebook_versions where state = 'submitted'".to_owned()),
    ]
}

#[derive(FromQueryResult)]
struct Found {
    id: Uuid,
}

/// The records found, by the beginning of the routes that ask for them.
pub struct Samples(BTreeMap<&'static str, Uuid>);

impl Samples {
    pub async fn account(db: &Db) -> Uuid {
        row::<Found>(db.read(), ACCOUNT, vec![]).await.unwrap().unwrap().id
    }

    /// One of her calls, to be deleted so that it can be restored.
    pub async fn communication(db: &Db) -> Uuid {
        let sql =
            format!("select id from communications where account_id = ({ACCOUNT}) and kind = 'phone_call' limit 1");
        row::<Found>(db.read(), &sql, vec![]).await.unwrap().unwrap().id
    }

    pub async fn find(db: &Db) -> Self {
        let mut samples = BTreeMap::new();
        for (beginning, sql) in queries() {
            let found: Option<Found> = row(db.read(), &sql, vec![]).await.unwrap();
            samples.insert(beginning, found.unwrap_or_else(|| panic!("the demo has no record for {beginning}")).id);
        }
        Self(samples)
    }

    /// The path with records in place of placeholders and the query it needs, and the fields of the form.
    pub fn fill(&self, path: &str) -> (String, Vec<(&'static str, String)>) {
        let mut parts: Vec<String> = Vec::new();
        for part in path.split('/') {
            let so_far = format!("{}/", path.split('/').take(parts.len()).collect::<Vec<_>>().join("/"));
            parts.push(match part.strip_prefix('{') {
                None => part.to_owned(),
                Some("week}") => "2026-11-23".to_owned(),
                Some("number}") => "4.4.1".to_owned(),
                Some("key}") if path.ends_with("/difference") => self.record("/rulebook/draft", "").to_string(),
                Some("key}") => "1".to_owned(),
                Some(_) => self.record(&so_far, path).to_string(),
            });
        }
        let (account, draft) =
            (self.record("/accounts/", "").to_string(), self.record("/rulebook/draft", "").to_string());
        let mut filled = parts.join("/");
        if path == "/record/quick" {
            filled.push_str(&format!("?account={account}"));
        }
        let fields = match path {
            "/calendar/notice" => vec![("year", "2027".to_owned())],
            "/calendar/days/reset" => vec![("day", "2026-12-25".to_owned())],
            "/record/quick" => vec![("account", account)],
            "/waivers/{id}/decision" => vec![("decision", "approve".to_owned())],
            "/rulebook/parameters" => vec![("clause", "4.4.1".to_owned()), ("parameter", "calls_per_week".to_owned())],
            path if path.starts_with("/rulebook/draft/") => vec![("id", draft)],
            _ => vec![],
        };
        (filled, fields)
    }

    /// The record for this very path when there is one, else for where it begins.
    fn record(&self, so_far: &str, path: &str) -> Uuid {
        let first = path.split('{').next() == Some(so_far);
        let found = self.0.get(path).filter(|_| first).or_else(|| self.0.get(so_far)).or_else(|| {
            self.0.iter().find(|(beginning, _)| so_far.starts_with(**beginning) && first).map(|(_, id)| id)
        });
        *found.unwrap_or_else(|| panic!("say in samples.rs which record stands for {so_far}… in {path}"))
    }
}
