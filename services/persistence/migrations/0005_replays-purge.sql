-- Up Migration

-- When the journal and the snapshot behind a replay may go; null once they are gone. Until then
-- whoever still reads them, e.g. to look into a crash, finds them.
alter table replays add column purge_at timestamptz default now() + interval '1 hour';
create index replays_purge_at on replays (purge_at) where purge_at is not null;

-- Down Migration

alter table replays drop column purge_at;
