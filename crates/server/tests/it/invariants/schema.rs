//! The schema that the migrations make, in words of each database.

use std::fmt::Write as _;

use kehu_platform::db::{Db, rows};
use kehu_platform::sea_orm::FromQueryResult;
use kehu_testkit::{Backend, TestDatabase, both_databases};

use super::committed::equals_committed;

both_databases!(crate::demo::migrated => the_schema_is_the_committed_one);

/// SQLite keeps the statements themselves; shadow tables of the search index are its own affair.
const SQLITE: &str = "select name, sql as text from sqlite_master
    where sql is not null and name not like 'sqlite_%' and name not like '%migrations%'
    and (type <> 'table' or name not like 'search_%' or sql like 'CREATE VIRTUAL%')
    order by tbl_name, type desc, name";

const POSTGRES: &str = "
    select c.table_name || '.' || lpad(cast(c.ordinal_position as text), 3, '0') as name,
        c.table_name || '.' || c.column_name || ' ' || c.data_type
        || case when c.is_nullable = 'NO' then ' not null' else '' end
        || coalesce(' default ' || c.column_default, '') as text
    from information_schema.columns c where c.table_schema = 'public' and c.table_name not like '%migrations%'
    union all
    select t.relname || '.~1' || k.conname, t.relname || ' ' || k.conname || ' ' || pg_get_constraintdef(k.oid)
    from pg_constraint k join pg_class t on t.oid = k.conrelid join pg_namespace n on n.oid = t.relnamespace
    where n.nspname = 'public' and t.relname not like '%migrations%' and k.contype <> 'n'
    union all
    select i.tablename || '.~2' || i.indexname, i.indexdef from pg_indexes i
    where i.schemaname = 'public' and i.tablename not like '%migrations%'
    order by 1";

#[derive(FromQueryResult)]
struct Line {
    text: String,
}

async fn the_schema_is_the_committed_one(database: &TestDatabase) {
    let db = Db::connect(database.url()).await.unwrap();
    let (file, sql) = match database.backend() {
        Backend::Sqlite => ("schema/sqlite.sql", SQLITE),
        Backend::Postgres => ("schema/postgres.sql", POSTGRES),
    };
    let mut text = String::from("-- Made by the migrations; cargo xtask schema writes this file.\n");
    for line in rows::<Line>(db.read(), sql, vec![]).await.unwrap() {
        writeln!(text, "{};", line.text.trim()).unwrap();
    }
    equals_committed(file, &text);
}
