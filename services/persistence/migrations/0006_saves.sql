-- Up Migration

-- Runs that came to rest and have not ended, as of the last time: the streams forget them.
create table saves (
  instance text primary key,
  -- Of the message that the snapshot shows the world after: the later one counts.
  epoch integer not null,
  n bigint not null,
  start jsonb not null,
  -- MessagePack under Brotli.
  snapshot bytea not null,
  -- Of the last message whose step is recorded: that of the snapshot, unless the journal was gone.
  steps_epoch integer not null,
  steps_n bigint not null,
  saved_at timestamptz not null default now()
);

-- The steps up to there, as in replay_pages; each time a run comes to rest adds some.
create table save_pages (
  instance text not null references saves on delete cascade,
  page integer not null,
  bytes bytea not null,
  primary key (instance, page)
);

-- Down Migration

drop table save_pages, saves;
