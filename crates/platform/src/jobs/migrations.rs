use crate::db::Migration;

pub const MIGRATION: Migration = Migration {
    name: "2026_11_24_08_jobs",
    sql: "
create table jobs (
  id uuid primary key,
  kind text not null,
  payload json not null,
  state text not null,
  created_at timestamp not null,
  run_at timestamp not null,
  attempts integer not null,
  locked_until timestamp,
  problem text not null,
  finished_at timestamp
);
create index jobs_due on jobs (state, run_at);
",
};
