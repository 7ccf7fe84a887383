//! Managers who are not members are never dropped; what was confirmed is remembered.

use kehu_testkit::TestDatabase;

use super::world::{MANAGER, World};
use crate::import::{Known, Options, confirm, propose, upload};
use crate::ledger::{ColumnName, Field, IssueCode, MappingFile};

kehu_testkit::both_databases!(crate::import::tests::world::migrated =>
    a_manager_who_is_no_member_is_listed_and_their_rows_stay_out,
    managers_become_members_without_sign_in_when_asked_for,
    a_manager_is_matched_by_hand,
    of_two_managers_in_one_cell_the_first_is_taken,
    confirmed_columns_are_proposed_for_the_next_ledger_of_the_kind,
);

const LEDGER: &str = "客户名称,客户经理\n众云水务有限公司,林小满\n恒智光电有限公司,郑斌\n丰信半导体有限公司,郑 斌\n";

async fn a_manager_who_is_no_member_is_listed_and_their_rows_stay_out(database: &TestDatabase) {
    let world = World::new(database).await;
    let report = world.take(LEDGER).await;
    assert_eq!(report.accounts.created, 1);
    assert!(report.errors.iter().all(|error| error.code == IssueCode::UnknownManager && error.column == "客户经理"));
    assert_eq!(report.errors.iter().map(|error| error.row).collect::<Vec<_>>(), [3, 4]);
    let unknown = report.managers.iter().filter(|manager| manager.is == Known::Unknown);
    assert_eq!(unknown.map(|manager| manager.companies).sum::<usize>(), 2);
}

async fn managers_become_members_without_sign_in_when_asked_for(database: &TestDatabase) {
    let world = World::new(database).await;
    let report = world.import(LEDGER, Options { create_managers: true, ..Options::default() }).await.report.unwrap();
    assert_eq!((report.accounts.created, report.errors.len()), (3, 0));
    let members = kehu_platform::directory::members(world.app.db.read()).await.unwrap();
    let made: Vec<_> = members.iter().filter(|member| member.name != MANAGER).collect();
    assert_eq!(made.len(), 1, "one name is one person, however it is spaced");
    assert_eq!(made[0].login, "zhengbin");
    assert_eq!(world.accounts().await.iter().filter(|account| account.owner == made[0].id).count(), 2);
}

async fn a_manager_is_matched_by_hand(database: &TestDatabase) {
    let world = World::new(database).await;
    let managers = [("郑斌", world.manager), ("郑 斌", world.manager)].map(|(name, member)| (name.to_owned(), member));
    let options = Options { managers: managers.into(), ..Options::default() };
    let report = world.import(LEDGER, options).await.report.unwrap();
    assert_eq!((report.accounts.created, report.errors.len()), (3, 0));
    assert!(world.accounts().await.iter().all(|account| account.owner == world.manager));
}

async fn of_two_managers_in_one_cell_the_first_is_taken(database: &TestDatabase) {
    let world = World::new(database).await;
    let report = world.take("客户名称,客户经理\n众云水务有限公司,林小满、郑斌\n").await;
    assert_eq!((report.accounts.created, report.errors.len()), (1, 0));
    assert_eq!(world.accounts().await[0].owner, world.manager);
    let told: Vec<_> = report.notes.iter().map(|note| (note.row, note.code, note.value.as_str())).collect();
    assert_eq!(told, [(2, IssueCode::OtherManager, "林小满、郑斌")]);
}

async fn confirmed_columns_are_proposed_for_the_next_ledger_of_the_kind(database: &TestDatabase) {
    let world = World::new(database).await;
    let (db, importer, now) = (&world.app.db, World::importer(), world.app.clock.now());
    let ledger = "客户名称,对口人,客户经理\n众云水务有限公司,钱多,林小满\n".as_bytes().to_vec();
    let draft = propose(db.read(), ledger.clone(), MappingFile::default()).await.unwrap().draft;
    assert!(!draft.proposal.mapping.columns.contains_key(&Field::ContactName));
    let import = upload(db, &importer, now, "台账.csv".to_owned(), ledger.clone()).await.unwrap();
    let mut mapping = draft.proposal.to_file();
    mapping.columns.insert(Field::ContactName, ColumnName::Heading("对口人".to_owned()));
    confirm(db, &importer, now, import.id, mapping, Options::default(), &draft.fingerprint()).await.unwrap();
    let next = "客户名称,对口人,客户经理\n恒智光电有限公司,王建国,林小满\n".as_bytes().to_vec();
    let again = propose(db.read(), next, MappingFile::default()).await.unwrap().draft;
    assert_eq!(again.proposal.mapping.columns.get(&Field::ContactName), Some(&1));
}
