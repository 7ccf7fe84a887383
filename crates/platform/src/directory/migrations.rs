use crate::db::Migration;

pub const MIGRATION: Migration = Migration {
    name: "2026_11_24_01_directory",
    sql: "
create table company (
  id integer primary key,
  name text not null,
  zone text not null,
  demo boolean not null,
  created_at timestamp not null,
  version bigint not null default 1
);
create table departments (
  id uuid primary key,
  name text not null unique,
  liaison_id uuid,
  archived_at timestamp,
  version bigint not null
);
create table teams (
  id uuid primary key,
  name text not null unique,
  leader_id uuid,
  archived_at timestamp,
  version bigint not null
);
create table members (
  id uuid primary key,
  login text not null unique,
  name text not null,
  positions integer not null,
  team_id uuid references teams (id),
  department_id uuid references departments (id),
  specialties text not null,
  email text not null,
  mobile text not null,
  locale text not null,
  zone text not null,
  password_hash text,
  active boolean not null,
  left_on date,
  created_at timestamp not null,
  version bigint not null
);
create index members_team on members (team_id);
create table leaves (
  id uuid primary key,
  member_id uuid not null references members (id),
  deputy_id uuid not null references members (id),
  starts_on date not null,
  ends_on date not null,
  reason text not null,
  created_at timestamp not null,
  cancelled_at timestamp
);
create index leaves_member on leaves (member_id, starts_on);
create index leaves_ends on leaves (ends_on, starts_on);
create table calendar_days (
  day date primary key,
  working boolean not null,
  name text not null,
  changed_at timestamp not null
);
create table calendar_notices (
  year integer primary key,
  entered_at timestamp not null,
  entered_by uuid
);
create table sessions (
  id uuid primary key,
  token_hash bytes not null unique,
  member_id uuid not null references members (id),
  csrf text not null,
  created_at timestamp not null,
  seen_at timestamp not null,
  user_agent text not null,
  address text not null
);
create index sessions_member on sessions (member_id);
create table sign_in_attempts (
  seq serial_key,
  login text not null,
  address text not null,
  at timestamp not null
);
create index sign_in_attempts_login on sign_in_attempts (login, at);
create index sign_in_attempts_address on sign_in_attempts (address, at);
",
};

/// Through whose eyes the administrator of a session looks at the moment.
pub const VIEWING: Migration = Migration {
    name: "2026_11_25_02_sessions_viewing",
    sql: "
alter table sessions add column viewing_id uuid;
",
};
