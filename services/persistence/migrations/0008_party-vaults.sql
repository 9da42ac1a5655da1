-- Up Migration

-- A vault that the same characters share whenever they are a party: `id` is made from who they are.
create table party_vaults (
  id text primary key,
  at timestamptz not null default now()
);
create trigger insert_only before update or delete or truncate on party_vaults
  for each statement execute function insert_only();

create table party_vault_members (
  vault text not null references party_vaults,
  player text not null references characters,
  primary key (vault, player)
);
create trigger insert_only before update or delete or truncate on party_vault_members
  for each statement execute function insert_only();

drop view vault_now;

-- Ore in a party's vault; `player` is who gave it, and may take it back.
alter table vault add column party text references party_vaults;
-- Whose places it takes.
alter table vault add column owner text not null generated always as (coalesce(party, player)) stored;
drop index vault_player;
create index vault_owner on vault (owner);
create index vault_given on vault (player) where party is not null;

-- Who took it, where that is another than its owner.
alter table vault_takes add column player text references characters;
-- It went from a player's vault into the party's or back: it is there again as a row of its own.
alter table vault_takes add column moved boolean not null default false check (not moved or instance is null);

create view vault_now as
  select *, row_number() over (partition by owner order by id) as place
  from (
    select vault.*, (select count(*)::int from vault_takes where ore = vault.id) as turns
    from vault
    where not exists (
      select from vault_takes left join vault_runs using (instance)
      where vault_takes.ore = vault.id and state is distinct from 'restored'
    )
  ) as there;

-- Down Migration

drop view vault_now;
alter table vault_takes drop column moved, drop column player;
drop index vault_given, vault_owner;
alter table vault drop column owner, drop column party;
create index vault_player on vault (player);
drop table party_vault_members, party_vaults;

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
