use kehu_platform::db::Migration;

/// A version has its number from the moment it is approved, so that withdrawn drafts leave no gaps.
pub const MIGRATION: Migration = Migration {
    name: "2026_11_24_04_rulebook_versions",
    sql: "
create table rulebook_versions (
  id uuid primary key,
  number bigint unique,
  state text not null,
  document json not null,
  in_force_from date,
  summary text not null,
  drafted_by uuid,
  drafted_at timestamp not null,
  submitted_by uuid,
  submitted_at timestamp,
  decided_by uuid,
  decided_at timestamp,
  note text not null,
  version bigint not null
);
create index rulebook_versions_state on rulebook_versions (state);
create table rulebook_readings (
  version_id uuid not null references rulebook_versions (id),
  member_id uuid not null,
  at timestamp not null,
  primary key (version_id, member_id)
);
",
};
