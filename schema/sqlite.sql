-- Made by the migrations; cargo xtask schema writes this file.
CREATE TABLE account_grades (
  kind text not null,
  code text not null,
  name text not null,
  position integer not null,
  archived_at text,
  primary key (kind, code)
);
CREATE TABLE account_groups (
  id blob primary key,
  name text not null,
  once boolean not null,
  lead_account_id blob,
  dissolved_at text,
  version bigint not null
);
CREATE TABLE account_members (
  account_id blob not null references accounts (id),
  member_id blob not null references members (id),
  role text not null,
  since text not null,
  primary key (account_id, member_id)
);
CREATE INDEX account_members_member on account_members (member_id);
CREATE TABLE account_tenures (
  id blob primary key,
  account_id blob not null references accounts (id),
  from_at text not null,
  to_at text,
  owner_id blob not null,
  team_id blob,
  key boolean not null,
  carrier_id blob not null
);
CREATE INDEX account_tenures_account on account_tenures (account_id, from_at);
CREATE INDEX account_tenures_carrier on account_tenures (carrier_id, from_at);
CREATE INDEX account_tenures_owner on account_tenures (owner_id, from_at);
CREATE TABLE accounts (
  id blob primary key,
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
  owner_id blob not null references members (id),
  team_id blob references teams (id),
  group_id blob references account_groups (id),
  first_signed_on text,
  annual_amount bigint,
  remark text not null,
  created_at text not null,
  created_by blob,
  changed_at text not null,
  archived_at text,
  version bigint not null
, name_sort text not null default '');
CREATE INDEX accounts_archived on accounts (archived_at) where archived_at is not null;
CREATE INDEX accounts_changed on accounts (changed_at);
CREATE INDEX accounts_group on accounts (group_id);
CREATE INDEX accounts_listed on accounts (tier, annual_amount, number) where archived_at is null;
CREATE INDEX accounts_name_key on accounts (name_key);
CREATE INDEX accounts_name_sort on accounts (name_sort, number);
CREATE INDEX accounts_owner on accounts (owner_id);
CREATE INDEX accounts_region on accounts (province);
CREATE INDEX accounts_team on accounts (team_id);
CREATE INDEX accounts_tier on accounts (tier);
CREATE TABLE agreements (
  id blob primary key,
  communication_id blob not null references communications (id),
  account_id blob not null references accounts (id),
  text text not null,
  due_on text,
  created_at text not null
);
CREATE INDEX agreements_account on agreements (account_id);
CREATE INDEX agreements_communication on agreements (communication_id);
CREATE TABLE api_answers (
  token_id blob not null references api_tokens (id),
  key text not null,
  request blob not null,
  status integer not null,
  location text,
  etag bigint,
  body text,
  at text not null,
  primary key (token_id, key)
);
CREATE INDEX api_answers_at on api_answers (at);
CREATE TABLE api_tokens (
  id blob primary key,
  member_id blob not null references members (id),
  name text not null,
  token_hash blob not null unique,
  read_only boolean not null,
  created_at text not null,
  used_at text,
  revoked_at text
);
CREATE INDEX api_tokens_member on api_tokens (member_id, created_at);
CREATE TABLE calendar_days (
  day text primary key,
  working boolean not null,
  name text not null,
  changed_at text not null
);
CREATE TABLE calendar_notices (
  year integer primary key,
  entered_at text not null,
  entered_by blob
);
CREATE TABLE communication_contacts (
  communication_id blob not null references communications (id),
  contact_id blob not null references contacts (id),
  primary key (communication_id, contact_id)
);
CREATE TABLE communications (
  id blob primary key,
  account_id blob not null references accounts (id),
  kind text not null,
  place text not null,
  connected boolean not null,
  occurred_at text not null,
  ended_at text not null,
  by_id blob not null references members (id),
  recorded_by blob,
  recorded_at text not null,
  established_at text not null,
  summary text not null,
  batch_id blob,
  deleted_at text,
  deleted_reason text,
  version bigint not null
);
CREATE INDEX communications_account on communications (account_id, occurred_at);
CREATE INDEX communications_by on communications (by_id, occurred_at);
CREATE INDEX communications_occurred on communications (occurred_at);
CREATE INDEX communications_reached on communications (account_id, occurred_at)
  where deleted_at is null and connected = true;
CREATE TABLE company (
  id integer primary key,
  name text not null,
  zone text not null,
  demo boolean not null,
  created_at text not null,
  version bigint not null default 1
);
CREATE TABLE contacts (
  id blob primary key,
  account_id blob not null references accounts (id),
  name text not null,
  title text not null,
  department text not null,
  mobile text not null,
  phone text not null,
  email text not null,
  wechat text not null,
  birthday text not null,
  remark text not null,
  created_at text not null,
  archived_at text,
  version bigint not null
);
CREATE INDEX contacts_account on contacts (account_id);
CREATE INDEX contacts_listed on contacts (account_id, archived_at);
CREATE TABLE departments (
  id blob primary key,
  name text not null unique,
  liaison_id blob,
  archived_at text,
  version bigint not null
);
CREATE TABLE explanation_answers (
  obligation_id blob primary key references obligations (id),
  told_id blob not null,
  answered_by blob not null,
  answered_at text not null,
  words text not null,
  read_at text
);
CREATE INDEX explanation_answers_unread on explanation_answers (told_id) where read_at is null;
CREATE TABLE import_changes (
  import_id blob not null references imports (id),
  record_kind text not null,
  record_id blob not null,
  before_values text,
  version bigint not null,
  primary key (import_id, record_kind, record_id)
);
CREATE TABLE import_files (
  import_id blob primary key references imports (id),
  content blob not null
);
CREATE TABLE import_mappings (
  fingerprint text primary key,
  mapping text not null,
  managers text not null,
  changed_at text not null
);
CREATE TABLE imports (
  id blob primary key,
  file_name text not null,
  by_id blob,
  by_name text not null,
  at text not null,
  state text not null,
  mapping text not null,
  options text not null,
  report text,
  problem text not null,
  finished_at text,
  undone_at text,
  undone_by text not null
);
CREATE INDEX imports_at on imports (at);
CREATE TABLE jobs (
  id blob primary key,
  kind text not null,
  payload text not null,
  state text not null,
  created_at text not null,
  run_at text not null,
  attempts integer not null,
  locked_until text,
  problem text not null,
  finished_at text
);
CREATE INDEX jobs_due on jobs (state, run_at);
CREATE TABLE journal (
  seq integer primary key autoincrement,
  id blob not null unique,
  at text not null,
  member_id blob,
  actor_name text not null,
  door text not null,
  verb text not null,
  record_kind text not null,
  record_id blob not null,
  account_id blob,
  before_values text,
  after_values text
);
CREATE INDEX journal_account on journal (account_id, seq);
CREATE INDEX journal_record on journal (record_kind, record_id, seq);
CREATE TABLE journal_seals (
  last_seq bigint not null primary key,
  first_seq bigint not null unique,
  entries bigint not null,
  digest text not null,
  sealed_at text not null
);
CREATE TABLE kept_revision (
  id integer primary key check (id = 1),
  revision bigint not null
);
CREATE TABLE leaves (
  id blob primary key,
  member_id blob not null references members (id),
  deputy_id blob not null references members (id),
  starts_on text not null,
  ends_on text not null,
  reason text not null,
  created_at text not null,
  cancelled_at text
);
CREATE INDEX leaves_ends on leaves (ends_on, starts_on);
CREATE INDEX leaves_member on leaves (member_id, starts_on);
CREATE TABLE members (
  id blob primary key,
  login text not null unique,
  name text not null,
  positions integer not null,
  team_id blob references teams (id),
  department_id blob references departments (id),
  specialties text not null,
  email text not null,
  mobile text not null,
  locale text not null,
  zone text not null,
  password_hash text,
  active boolean not null,
  left_on text,
  created_at text not null,
  version bigint not null
);
CREATE INDEX members_team on members (team_id);
CREATE TABLE minutes (
  communication_id blob primary key references communications (id),
  text text not null,
  changed_at text not null,
  sent_at text,
  sent_by blob,
  version bigint not null
);
CREATE TABLE minutes_recipients (
  communication_id blob not null references communications (id),
  member_id blob not null references members (id),
  department_id blob,
  removed_reason text,
  read_at text,
  primary key (communication_id, member_id)
);
CREATE INDEX minutes_recipients_member on minutes_recipients (member_id);
CREATE TABLE obligation_evidence (
  obligation_id blob not null references obligations (id),
  record_kind text not null,
  record_id blob not null,
  primary key (obligation_id, record_id)
);
CREATE INDEX obligation_evidence_record on obligation_evidence (record_id);
CREATE TABLE obligations (
  id blob primary key,
  rule text not null,
  clause text not null,
  rulebook_version bigint not null,
  subject_id blob not null,
  window_key text not null,
  account_id blob,
  team_id blob,
  owner_id blob not null,
  acting_id blob not null,
  about_kind text not null,
  about_id blob not null,
  title text not null,
  detail text not null,
  window_start text,
  window_end text,
  opened_at text not null,
  due_at text not null,
  record_by text not null,
  closes_at text not null,
  state text not null,
  excused boolean not null,
  needed integer not null,
  done integer not null,
  settled_at text,
  recorded_late boolean not null,
  to_confirm boolean not null,
  confirmed_at text,
  confirmed_by blob,
  waived_at text,
  explanation text,
  explained_at text,
  version bigint not null
);
CREATE INDEX obligations_about on obligations (about_id);
CREATE INDEX obligations_account on obligations (account_id, due_at);
CREATE INDEX obligations_acting on obligations (acting_id, state, due_at);
CREATE INDEX obligations_clause on obligations (clause, state, due_at);
CREATE INDEX obligations_clock on obligations (state, closes_at);
CREATE INDEX obligations_due on obligations (due_at, team_id, state);
CREATE INDEX obligations_explained on obligations (explained_at) where explained_at is not null;
CREATE INDEX obligations_grid on obligations
  (rule, team_id, window_key, account_id, owner_id, state, due_at, to_confirm, explained_at);
CREATE UNIQUE INDEX obligations_key on obligations (rule, subject_id, window_key);
CREATE INDEX obligations_open on obligations (account_id, due_at) where state = 'open';
CREATE INDEX obligations_owned on obligations (owner_id, state, due_at);
CREATE INDEX obligations_owner on obligations (owner_id, due_at);
CREATE INDEX obligations_standing on obligations (state, due_at);
CREATE INDEX obligations_team on obligations (team_id, state, due_at);
CREATE INDEX obligations_to_confirm on obligations (due_at) where to_confirm = true;
CREATE INDEX obligations_window on obligations (rule, window_key);
CREATE TABLE questions (
  id blob primary key,
  communication_id blob not null references communications (id),
  account_id blob not null references accounts (id),
  text text not null,
  on_the_spot boolean not null,
  spot_answer text not null,
  reply_by text,
  solution text not null,
  owner_id blob not null,
  follows_manager boolean not null,
  department_id blob,
  told_at text,
  told_by blob,
  told_to blob,
  told_how text,
  told_text text,
  told_recorded_at text,
  created_at text not null,
  version bigint not null
);
CREATE INDEX questions_account on questions (account_id);
CREATE INDEX questions_communication on questions (communication_id);
CREATE TABLE rule_clocks (
  rule text primary key,
  opened_through text not null
);
CREATE TABLE rulebook_readings (
  version_id blob not null references rulebook_versions (id),
  member_id blob not null,
  at text not null,
  primary key (version_id, member_id)
);
CREATE TABLE rulebook_versions (
  id blob primary key,
  number bigint unique,
  state text not null,
  document text not null,
  in_force_from text,
  summary text not null,
  drafted_by blob,
  drafted_at text not null,
  submitted_by blob,
  submitted_at text,
  decided_by blob,
  decided_at text,
  note text not null,
  version bigint not null
);
CREATE INDEX rulebook_versions_state on rulebook_versions (state);
CREATE VIRTUAL TABLE search_words using fts5(words, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0');
CREATE TABLE sessions (
  id blob primary key,
  token_hash blob not null unique,
  member_id blob not null references members (id),
  csrf text not null,
  created_at text not null,
  seen_at text not null,
  user_agent text not null,
  address text not null
, viewing_id blob);
CREATE INDEX sessions_member on sessions (member_id);
CREATE TABLE sign_in_attempts (
  seq integer primary key autoincrement,
  login text not null,
  address text not null,
  at text not null
);
CREATE INDEX sign_in_attempts_address on sign_in_attempts (address, at);
CREATE INDEX sign_in_attempts_login on sign_in_attempts (login, at);
CREATE TABLE teams (
  id blob primary key,
  name text not null unique,
  leader_id blob,
  archived_at text,
  version bigint not null
);
CREATE TABLE waivers (
  id blob primary key,
  obligation_id blob not null references obligations (id),
  asked_by blob not null,
  asked_at text not null,
  reason text not null,
  approver_id blob,
  decided_by blob,
  decided_at text,
  approved boolean,
  note text
);
CREATE INDEX waivers_obligation on waivers (obligation_id);
CREATE INDEX waivers_pending on waivers (asked_at) where decided_at is null;
