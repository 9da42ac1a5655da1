-- Up Migration

create table accounts (
  id text primary key,
  name text not null,
  name_lower text not null unique generated always as (lower(name)) stored,
  -- Argon2id; null for guests.
  password_hash text,
  created_at timestamptz not null default now(),
  registered_at timestamptz
);

create table tokens (
  -- SHA-256: the token itself is known to its owner alone.
  hash bytea primary key,
  account text not null references accounts on delete cascade,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index tokens_account on tokens (account);
create index tokens_expires_at on tokens (expires_at);

create table characters (
  -- The PlayerId of all messages.
  id text primary key,
  account text not null references accounts on delete cascade,
  name text not null,
  name_lower text not null unique generated always as (lower(name)) stored,
  runs integer not null default 0,
  victories integer not null default 0,
  deaths integer not null default 0,
  deepest_floor integer not null default 0,
  created_at timestamptz not null default now()
);
create index characters_account on characters (account);

create table runs (
  instance text primary key,
  seed bigint,
  outcome text not null,
  floors integer not null,
  summary jsonb not null,
  started_at timestamptz,
  ended_at timestamptz not null
);

create table run_members (
  instance text not null references runs on delete cascade,
  player text not null references characters on delete cascade,
  primary key (instance, player)
);
create index run_members_player on run_members (player);

-- Insert only. The key makes every effect of a fact happen once.
create table facts (
  key text primary key,
  kind text not null,
  instance text not null,
  epoch integer not null,
  tick bigint not null,
  player text,
  data jsonb not null,
  at timestamptz not null,
  saved_at timestamptz not null default now()
);
create index facts_instance on facts (instance);

-- Insert only: what a character owns is the sum.
create table ore_ledger (
  fact text primary key references facts,
  player text not null references characters on delete cascade,
  ore text not null,
  amount integer not null check (amount > 0),
  qualities jsonb not null,
  at timestamptz not null
);
create index ore_ledger_player on ore_ledger (player);

-- Facts that could not be applied, for people to look at; `body` is JSON as text, since what is
-- wrong with it may be that jsonb does not take it.
create table facts_refused (
  key text primary key,
  kind text not null,
  instance text not null,
  reason text not null,
  body text not null,
  refused_at timestamptz not null default now()
);

-- Down Migration

drop table facts_refused, ore_ledger, facts, run_members, runs, characters, tokens, accounts;
