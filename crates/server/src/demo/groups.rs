//! One group of companies in the demo company: since this morning its calls and visits are owed once,
//! through the company that leads it.

use anyhow::Context as _;
use kehu_core::{AccountId, Door};
use kehu_customer::accounts::{GroupDraft, GroupKeeper, add_group};
use kehu_customer::duties::Books;
use kehu_platform::db::{Db, Lock};
use kehu_platform::{Error, directory};

use super::Day;
use super::cast::Cast;
use super::customers::Customer;

/// The leading company first; all of one team.
const TOGETHER: [&str; 3] = ["蜀岭建材", "渝岳重机", "汉岳轴承"];

/// The team's leader makes the group.
pub async fn enter(db: &Db, day: &Day, cast: &Cast, customers: &[Customer]) -> anyhow::Result<()> {
    let known = |short: &&str| {
        let found = customers.iter().find(|customer| customer.account.facts.short_name == **short)?;
        Some(found.account.id)
    };
    let accounts: Vec<AccountId> = TOGETHER.iter().filter_map(known).collect();
    let leader = directory::actor(db.read(), cast.leader(0), day.now, Door::Web).await?.context("the team's leader")?;
    let draft = GroupDraft { name: "蜀岭集团".to_owned(), once: true, lead: accounts.first().copied(), accounts };
    db.write::<_, Error, _>(Lock::company(), async |tx| {
        let books = Books::load(&**tx).await?;
        add_group(tx, GroupKeeper::of(&leader)?, day.now, &books, draft).await
    })
    .await?;
    Ok(())
}
