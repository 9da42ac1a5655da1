-- Up Migration

-- Who owned an instance from which number in the stream of facts on. What an earlier owner told
-- behind that number is refused; what it told before counts, however late it comes.
create table claims (
  instance text not null,
  epoch integer not null,
  seq bigint not null,
  owner text not null,
  saved_at timestamptz not null default now(),
  primary key (instance, epoch)
);

create trigger insert_only before update or delete or truncate on claims
  for each statement execute function insert_only();

-- Down Migration

drop table claims;
