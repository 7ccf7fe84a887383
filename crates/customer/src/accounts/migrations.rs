use kehu_platform::db::Migration;

/// The list of accounts: counted, narrowed to a tier and sorted by amount, and the regions that occur.
pub const SPEED: Migration = Migration {
    name: "2026_11_25_04_customer_accounts_speed",
    sql: "
create index accounts_listed on accounts (tier, annual_amount, number) where archived_at is null;
create index accounts_region on accounts (province);
",
};

/// The list of people counts them from the index alone; the few archived accounts are found by theirs.
pub const PEOPLE: Migration = Migration {
    name: "2026_11_25_12_people_listed",
    sql: "
create index contacts_listed on contacts (account_id, archived_at);
create index accounts_archived on accounts (archived_at) where archived_at is not null;
",
};

pub const MIGRATION: Migration = Migration {
    name: "2026_11_24_06_customer_accounts",
    sql: "
create table account_grades (
  kind text not null,
  code text not null,
  name text not null,
  position integer not null,
  archived_at timestamp,
  primary key (kind, code)
);
create table account_groups (
  id uuid primary key,
  name text not null,
  once boolean not null,
  lead_account_id uuid,
  dissolved_at timestamp,
  version bigint not null
);
create table accounts (
  id uuid primary key,
  number bigint not null unique,
  name text not null,
  name_key text not null,
  short_name text not null,
  former_name text not null,
  english_name text not null,
  credit_code text unique,
  industry text not null,
  province text not null,
  city text not null,
  address text not null,
  website text not null,
  phone text not null,
  tier text not null,
  stage text not null,
  owner_id uuid not null references members (id),
  team_id uuid references teams (id),
  group_id uuid references account_groups (id),
  first_signed_on date,
  annual_amount bigint,
  remark text not null,
  created_at timestamp not null,
  created_by uuid,
  changed_at timestamp not null,
  archived_at timestamp,
  version bigint not null
);
create index accounts_name_key on accounts (name_key);
create index accounts_owner on accounts (owner_id);
create index accounts_team on accounts (team_id);
create index accounts_tier on accounts (tier);
create index accounts_group on accounts (group_id);
create index accounts_changed on accounts (changed_at);
create table account_members (
  account_id uuid not null references accounts (id),
  member_id uuid not null references members (id),
  role text not null,
  since timestamp not null,
  primary key (account_id, member_id)
);
create index account_members_member on account_members (member_id);
create table account_tenures (
  id uuid primary key,
  account_id uuid not null references accounts (id),
  from_at timestamp not null,
  to_at timestamp,
  owner_id uuid not null,
  team_id uuid,
  key boolean not null,
  carrier_id uuid not null
);
create index account_tenures_account on account_tenures (account_id, from_at);
create index account_tenures_carrier on account_tenures (carrier_id, from_at);
create index account_tenures_owner on account_tenures (owner_id, from_at);
create table contacts (
  id uuid primary key,
  account_id uuid not null references accounts (id),
  name text not null,
  title text not null,
  department text not null,
  mobile text not null,
  phone text not null,
  email text not null,
  wechat text not null,
  birthday text not null,
  remark text not null,
  created_at timestamp not null,
  archived_at timestamp,
  version bigint not null
);
create index contacts_account on contacts (account_id);
",
};

/// Names in the order of a Chinese dictionary; a page of the list walks the index.
pub const NAMES_IN_ORDER: Migration = Migration {
    name: "2026_11_25_10_account_names_in_order",
    sql: "
alter table accounts add column name_sort sort_key not null default '';
fill sort key accounts.name_sort from name;
create index accounts_name_sort on accounts (name_sort, number);
",
};
