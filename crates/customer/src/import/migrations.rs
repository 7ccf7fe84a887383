use kehu_platform::db::Migration;

pub const MIGRATION: Migration = Migration {
    name: "2026_11_24_09_customer_imports",
    sql: "
create table imports (
  id uuid primary key,
  file_name text not null,
  by_id uuid,
  by_name text not null,
  at timestamp not null,
  state text not null,
  mapping json not null,
  options json not null,
  report json,
  problem text not null,
  finished_at timestamp,
  undone_at timestamp,
  undone_by text not null
);
create index imports_at on imports (at);
create table import_files (
  import_id uuid primary key references imports (id),
  content bytes not null
);
create table import_changes (
  import_id uuid not null references imports (id),
  record_kind text not null,
  record_id uuid not null,
  before_values json,
  version bigint not null,
  primary key (import_id, record_kind, record_id)
);
create table import_mappings (
  fingerprint text primary key,
  mapping json not null,
  managers json not null,
  changed_at timestamp not null
);
",
};
