use kehu_platform::db::Migration;

/// The leader's board reads one cadence of a team from the index alone; compliance counts the company
/// by clause and by member along the others.
pub const GRID: Migration = Migration {
    name: "2026_11_25_01_obligations_grid",
    sql: "
create index obligations_grid on obligations
  (rule, team_id, window_key, account_id, owner_id, state, due_at, to_confirm, explained_at);
create index obligations_clause on obligations (clause, state, due_at);
create index obligations_owned on obligations (owner_id, state, due_at);
",
};

/// What the pages of every day ask for is answered from an index alone: the figures of a period, and what an account owes.
pub const SPEED: Migration = Migration {
    name: "2026_11_25_03_obligations_speed",
    sql: "
drop index obligations_due;
create index obligations_due on obligations (due_at, team_id, state);
create index obligations_open on obligations (account_id, due_at) where state = 'open';
",
};

pub const MIGRATION: Migration = Migration {
    name: "2026_11_24_05_obligations",
    sql: "
create table obligations (
  id uuid primary key,
  rule text not null,
  clause text not null,
  rulebook_version bigint not null,
  subject_id uuid not null,
  window_key text not null,
  account_id uuid,
  team_id uuid,
  owner_id uuid not null,
  acting_id uuid not null,
  about_kind text not null,
  about_id uuid not null,
  title text not null,
  detail text not null,
  window_start timestamp,
  window_end timestamp,
  opened_at timestamp not null,
  due_at timestamp not null,
  record_by timestamp not null,
  closes_at timestamp not null,
  state text not null,
  excused boolean not null,
  needed integer not null,
  done integer not null,
  settled_at timestamp,
  recorded_late boolean not null,
  to_confirm boolean not null,
  confirmed_at timestamp,
  confirmed_by uuid,
  waived_at timestamp,
  explanation text,
  explained_at timestamp,
  version bigint not null
);
create unique index obligations_key on obligations (rule, subject_id, window_key);
create index obligations_acting on obligations (acting_id, state, due_at);
create index obligations_owner on obligations (owner_id, due_at);
create index obligations_account on obligations (account_id, due_at);
create index obligations_about on obligations (about_id);
create index obligations_clock on obligations (state, closes_at);
create index obligations_window on obligations (rule, window_key);
create index obligations_due on obligations (due_at);
create index obligations_team on obligations (team_id, state, due_at);
create index obligations_standing on obligations (state, due_at);
create index obligations_to_confirm on obligations (due_at) where to_confirm = true;
create table obligation_evidence (
  obligation_id uuid not null references obligations (id),
  record_kind text not null,
  record_id uuid not null,
  primary key (obligation_id, record_id)
);
create index obligation_evidence_record on obligation_evidence (record_id);
create table waivers (
  id uuid primary key,
  obligation_id uuid not null references obligations (id),
  asked_by uuid not null,
  asked_at timestamp not null,
  reason text not null,
  approver_id uuid,
  decided_by uuid,
  decided_at timestamp,
  approved boolean,
  note text
);
create index waivers_obligation on waivers (obligation_id);
create index waivers_pending on waivers (asked_at) where decided_at is null;
create table rule_clocks (
  rule text primary key,
  opened_through date not null
);
",
};
