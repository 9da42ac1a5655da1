-- Up Migration

create index runs_ended_at on runs (ended_at desc);

-- Runs that have ended and whose journal is not archived yet.
create table replays_due (
  instance text primary key references runs on delete cascade,
  tries integer not null default 0,
  next_at timestamptz not null default now(),
  -- Why the last try failed.
  reason text
);
create index replays_due_next_at on replays_due (next_at);

-- How a run was started and what was put into it: enough to play it again.
create table replays (
  instance text primary key references runs on delete cascade,
  start jsonb not null,
  -- Of the game's content; a replay comes out the same with this content and a build that fits.
  content text not null,
  build text not null,
  ticks bigint not null,
  pages integer not null,
  saved_at timestamptz not null default now()
);

-- Steps in their order, a page a row: MessagePack under Brotli.
create table replay_pages (
  instance text not null references replays on delete cascade,
  page integer not null,
  bytes bytea not null,
  primary key (instance, page)
);

-- Down Migration

drop table replay_pages, replays, replays_due;
drop index runs_ended_at;
