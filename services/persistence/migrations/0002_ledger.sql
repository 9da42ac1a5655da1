-- Up Migration

create function insert_only() returns trigger language plpgsql as $$
begin
  raise exception '% takes new rows only', tg_table_name using errcode = 'restrict_violation';
end $$;

create trigger insert_only before update or delete or truncate on facts
  for each statement execute function insert_only();

-- Double entry: what a fact gives to one account it takes from another, so all of it sums to zero.
-- What an account has is the sum of its entries. A character with entries cannot be deleted, only
-- made nameless.
create table ledger (
  fact text not null references facts,
  -- `bank:{character}`, or where it comes from: `vein:{instance}`.
  account text not null,
  -- The owner of a bank.
  player text references characters,
  ware text not null,
  amount bigint not null check (amount <> 0),
  at timestamptz not null,
  primary key (fact, account, ware)
);
create index ledger_account on ledger (account, ware) include (amount);

create trigger insert_only before update or delete or truncate on ledger
  for each statement execute function insert_only();

create function balanced() returns trigger language plpgsql as $$
declare
  unbalanced text;
begin
  select fact into unbalanced from inserted group by fact, ware having sum(amount) <> 0 limit 1;
  if found then
    raise exception 'the entries of % do not sum to zero', unbalanced
      using errcode = 'check_violation';
  end if;
  return null;
end $$;

create trigger balanced after insert on ledger referencing new table as inserted
  for each statement execute function balanced();

create view balances as
  select account, ware, sum(amount)::bigint as amount from ledger group by account, ware;

insert into ledger (fact, account, player, ware, amount, at)
  select fact, 'vein:' || facts.instance, null, ore, -amount, ore_ledger.at
  from ore_ledger join facts on facts.key = ore_ledger.fact
  union all
  select fact, 'bank:' || player, player, ore, amount, at from ore_ledger;
drop table ore_ledger;

-- Down Migration

create table ore_ledger (
  fact text primary key references facts,
  player text not null references characters on delete cascade,
  ore text not null,
  amount integer not null check (amount > 0),
  qualities jsonb not null,
  at timestamptz not null
);
create index ore_ledger_player on ore_ledger (player);
insert into ore_ledger (fact, player, ore, amount, qualities, at)
  select fact, ledger.player, ware, amount, facts.data, ledger.at
  from ledger join facts on facts.key = ledger.fact where ledger.player is not null;

drop view balances;
drop table ledger;
drop trigger insert_only on facts;
drop function balanced, insert_only;
