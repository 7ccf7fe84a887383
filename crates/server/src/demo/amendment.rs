//! The rulebook of the demo company: read by nearly everybody, and with a change that waits for
//! company leadership.

use anyhow::Context as _;
use chrono::{Datelike as _, Duration, Months};
use kehu_core::{Clock, Door};
use kehu_platform::db::Db;
use kehu_platform::directory;
use kehu_platform::web::App;
use kehu_rulebook::clauses::known::Handle as _;
use kehu_rulebook::clauses::known::MINUTES_WITHIN_HOURS;
use kehu_rulebook::versions::{self, Drafter, Submission};

use super::Day;
use super::cast::Cast;
use super::chance::Chance;
use crate::compose;

/// Who has not confirmed having read the rulebook.
const NOT_READ: [&str; 4] = ["xuzhiqiang", "tianye", "panjun", "dingnan"];

/// Says that the members have read it, and submits a change.
pub async fn enter(db: &Db, day: &Day, cast: &Cast) -> anyhow::Result<()> {
    let app = compose::app(db.clone(), Clock::standing_at(day.now), false);
    let first = versions::in_force(db.read(), day.today).await?.id.context("the first version has been adopted")?;
    let mut chance = Chance::of("readings", 0);
    for member in &cast.members {
        let on = day.working_before(day.zone.local_date(member.joined_at + Duration::days(chance.between(1, 9))));
        let at = day.office_hour(on, &mut chance).clamp(member.joined_at, day.now);
        if let Some(actor) = directory::actor(db.read(), member.id, at, Door::Web).await?
            && !NOT_READ.contains(&member.draft.login.as_str())
        {
            versions::confirm_reading(&app, &actor, at, first).await?;
        }
    }
    submit(&app, day, cast).await
}

/// A leader wants more time for minutes in the busy months.
async fn submit(app: &App, day: &Day, cast: &Cast) -> anyhow::Result<()> {
    let on = app.db.read();
    let actor = directory::actor(on, cast.id("liangzhenyu"), day.now, Door::Web).await?.context("a leader")?;
    let drafter = Drafter::of(&actor)?;
    let place = MINUTES_WITHIN_HOURS.place();
    let written_at = day.now - Duration::hours(26);
    versions::change_parameter(app, drafter, written_at, place.clause, place.name, "24", "36").await?;
    let draft = versions::open(app.db.read()).await?.context("the draft")?;
    let next_month = (day.today + Months::new(1)).with_day(1).unwrap_or(day.today);
    let submission = Submission {
        summary: "年底拜访集中，出差路上写纪要质量不高。建议把纪要发送时限由 24 小时放宽到 36 小时，一季度末再评估。"
            .to_owned(),
        in_force_from: Some(next_month),
    };
    versions::submit(app, drafter, written_at + Duration::minutes(20), draft.id, draft.version, submission).await?;
    Ok(())
}
