use kehu_platform::db::Migration;

/// When each account was last reached is answered from an index alone.
pub const SPEED: Migration = Migration {
    name: "2026_11_25_05_customer_communications_speed",
    sql: "
create index communications_reached on communications (account_id, occurred_at)
  where deleted_at is null and connected = true;
",
};

pub const MIGRATION: Migration = Migration {
    name: "2026_11_24_07_customer_communications",
    sql: "
create table communications (
  id uuid primary key,
  account_id uuid not null references accounts (id),
  kind text not null,
  place text not null,
  connected boolean not null,
  occurred_at timestamp not null,
  ended_at timestamp not null,
  by_id uuid not null references members (id),
  recorded_by uuid,
  recorded_at timestamp not null,
  established_at timestamp not null,
  summary text not null,
  batch_id uuid,
  deleted_at timestamp,
  deleted_reason text,
  version bigint not null
);
create index communications_account on communications (account_id, occurred_at);
create index communications_by on communications (by_id, occurred_at);
create index communications_occurred on communications (occurred_at);
create table communication_contacts (
  communication_id uuid not null references communications (id),
  contact_id uuid not null references contacts (id),
  primary key (communication_id, contact_id)
);
create table minutes (
  communication_id uuid primary key references communications (id),
  text text not null,
  changed_at timestamp not null,
  sent_at timestamp,
  sent_by uuid,
  version bigint not null
);
create table minutes_recipients (
  communication_id uuid not null references communications (id),
  member_id uuid not null references members (id),
  department_id uuid,
  removed_reason text,
  read_at timestamp,
  primary key (communication_id, member_id)
);
create index minutes_recipients_member on minutes_recipients (member_id);
create table questions (
  id uuid primary key,
  communication_id uuid not null references communications (id),
  account_id uuid not null references accounts (id),
  text text not null,
  on_the_spot boolean not null,
  spot_answer text not null,
  reply_by date,
  solution text not null,
  owner_id uuid not null,
  follows_manager boolean not null,
  department_id uuid,
  told_at timestamp,
  told_by uuid,
  told_to uuid,
  told_how text,
  told_text text,
  told_recorded_at timestamp,
  created_at timestamp not null,
  version bigint not null
);
create index questions_communication on questions (communication_id);
create index questions_account on questions (account_id);
create table agreements (
  id uuid primary key,
  communication_id uuid not null references communications (id),
  account_id uuid not null references accounts (id),
  text text not null,
  due_on date,
  created_at timestamp not null
);
create index agreements_communication on agreements (communication_id);
create index agreements_account on agreements (account_id);
",
};
