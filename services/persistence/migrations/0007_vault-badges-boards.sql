-- Up Migration

-- Ore that outlives runs, a row per deposit. Insert only: whether it is still there follows from
-- what was taken. Of what is there the first 50 by `id` have places, and the rest waits.
create table vault (
  id bigint generated always as identity primary key,
  -- What put it there; the key makes it happen once.
  fact text not null unique references facts,
  player text not null references characters,
  ore text not null,
  name text not null,
  -- Id of the Legacy ore that it is.
  legacy text,
  -- The five values.
  qualities jsonb not null,
  amount integer not null check (amount > 0),
  instance text not null,
  at timestamptz not null
);
create index vault_player on vault (player);
create trigger insert_only before update or delete or truncate on vault
  for each statement execute function insert_only();

-- Runs that ore was taken for: `held` until the run has begun, which its first fact says; then
-- `spent`. `restored` where it never began: then what was taken for it counts as not taken, and
-- nothing can be taken for it any more.
create table vault_runs (
  instance text primary key,
  state text not null check (state in ('held', 'spent', 'restored')),
  at timestamptz not null default now()
);
create index vault_runs_held on vault_runs (at) where state = 'held';

-- What was taken out, for a run or, without one, thrown away. `turn` counts how often the ore had
-- been taken before: of two that take it at the same time one fails.
create table vault_takes (
  ore bigint not null references vault,
  turn integer not null,
  instance text references vault_runs,
  at timestamptz not null default now(),
  primary key (ore, turn)
);
create index vault_takes_instance on vault_takes (instance);
create trigger insert_only before update or delete or truncate on vault_takes
  for each statement execute function insert_only();

create view vault_now as
  select *, row_number() over (partition by player order by id) as place
  from (
    select vault.*, (select count(*)::int from vault_takes where ore = vault.id) as turns
    from vault
    where not exists (
      select from vault_takes left join vault_runs using (instance)
      where vault_takes.ore = vault.id and state is distinct from 'restored'
    )
  ) as there;

-- What the run adds to the member's counts of badges, by metric.
alter table run_members add column earned jsonb not null default '{}';

create table badges (
  player text not null references characters,
  badge text not null,
  instance text not null,
  at timestamptz not null,
  primary key (player, badge)
);
create trigger insert_only before update or delete or truncate on badges
  for each statement execute function insert_only();

-- Runs that may stand on boards. Only what a replay has confirmed is shown.
create table boards (
  instance text primary key references runs on delete cascade,
  outcome text not null,
  purity text not null,
  score bigint not null,
  floor integer not null,
  ms bigint not null,
  size integer not null,
  season text not null,
  -- Of the daily dungeon, where it was that.
  day text,
  ended_at timestamptz not null,
  confirmed_at timestamptz,
  -- Set where a replay says otherwise, with the reason: never shown.
  refused_at timestamptz,
  reason text,
  tries integer not null default 0,
  next_at timestamptz not null default now()
);
create index boards_due on boards (next_at) where confirmed_at is null and refused_at is null;
create index boards_score on boards (score desc) where confirmed_at is not null;

-- Down Migration

drop table boards, badges;
alter table run_members drop column earned;
drop view vault_now;
drop table vault_takes, vault_runs, vault;
