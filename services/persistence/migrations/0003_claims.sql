-- Up Migration

-- Who owned an instance from which message of its journal on. What earlier owners tell of that
-- message or later ones is refused; what they tell of earlier ones counts, however late it comes.
create table claims (
  instance text not null,
  epoch integer not null,
  -- The claim's number in the journal; where it is not known, that in the stream of facts decides.
  n bigint,
  seq bigint not null,
  owner text not null,
  saved_at timestamptz not null default now(),
  primary key (instance, epoch)
);

create trigger insert_only before update or delete or truncate on claims
  for each statement execute function insert_only();

-- Down Migration

drop table claims;
