import {
  type InstanceId,
  type KeptOre,
  ok,
  type PlayerId,
  type Result,
  refuse,
  VAULT_PLACES,
  type Vault,
  type VaultOre,
  type Withdrawal,
} from "@underlode/contracts";
import { type Database, isTaken } from "./database.ts";
import { partyVaultId } from "./fellows.ts";

/** The ore and the badges of a character. */
export const vaultOf = async (
  db: Database,
  { player }: { readonly player: PlayerId },
): Promise<Result<Vault>> => {
  const ores = await db.run(
    (sql) => sql<(Omit<KeptOre, "legacy"> & { legacy: string | null })[]>`
      select id::double precision as id, ore, name, legacy, qualities as values, amount, instance,
        (extract(epoch from at) * 1000)::double precision as at, place > ${VAULT_PLACES} as waiting
      from vault_now where owner = ${player} order by vault_now.id`,
  );
  const badges = await db.run(
    (sql) => sql<Vault["badges"][number][]>`
      select badge, instance, (extract(epoch from at) * 1000)::double precision as at
      from badges where player = ${player} order by badges.at, badge`,
  );
  return ok({
    places: VAULT_PLACES,
    ores: ores.map(({ legacy, ...ore }) => ({ ...ore, ...(legacy !== null && { legacy }) })),
    given: await givenBy(db, player),
    badges: badges.map((badge) => ({ ...badge })),
  });
};

/** What a player gave to vaults of parties and can still take back. */
const givenBy = async (db: Database, player: PlayerId): Promise<Vault["given"]> => {
  const ores = await db.run(
    (sql) => sql<{ id: number; name: string; amount: number; fellows: string[] }[]>`
      select vault_now.id::double precision as id, name, amount, (
          select jsonb_agg(characters.name order by characters.name)
          from party_vault_members as fellow join characters on characters.id = fellow.player
          where fellow.vault = vault_now.party and fellow.player <> vault_now.player
        ) as fellows
      from vault_now where player = ${player} and party is not null order by vault_now.id`,
  );
  return ores.map((ore) => ({ ...ore }));
};

type Which = { readonly player: PlayerId; readonly id: number };

/** Throws ore away, for good; again is no mistake. */
export const dropOre = async (db: Database, { player, id }: Which): Promise<Result<Vault>> => {
  await unlessTaken(() => throwAway(db, { player, id }));
  const [gone] = await db.run(
    (sql) => sql`
      select from vault_takes join vault on vault.id = vault_takes.ore
      where vault.id = ${id} and owner = ${player} and vault_takes.instance is null and not moved`,
  );
  return gone === undefined
    ? refuse("not-found", "There is no such ore in your vault.")
    : vaultOf(db, { player });
};

const throwAway = (db: Database, { player, id }: Which) =>
  db.run(
    (sql) => sql`
      with there as (
        select *, 'vault-drop-' || id as key, coalesce(legacy, ore) as ware
        from vault_now where owner = ${player} and id = ${id}
      ), taken as (
        insert into vault_takes (ore, turn) select id, turns from there
      ), noted as (
        insert into facts (key, kind, instance, epoch, tick, player, data, at)
        select key, 'drop', instance, 0, 0, player, jsonb_build_object('ore', id), now() from there
      )
      insert into ledger (fact, account, player, ware, amount, at)
      select key, 'vault:' || player, player, ware, -amount, now() from there
      union all
      select key, 'dropped', null, ware, amount, now() from there`,
  );

type Wish = {
  readonly instance: InstanceId;
  readonly members: readonly {
    readonly player: PlayerId;
    /** Of their own vault. */
    readonly ids: readonly number[];
    /** Of the one that all members share. */
    readonly shared?: readonly number[] | undefined;
  }[];
};

/**
 * Takes what the members chose for a run that is to start: all of it or nothing, and whoever asks
 * again for the same run gets the same answer. It is spent when the run's first fact comes.
 */
export const withdraw = async (db: Database, wish: Wish): Promise<Result<Withdrawal>> => {
  const { instance, members } = wish;
  const theirs = partyVaultId(members.map((member) => member.player));
  const wanted = members.flatMap(({ player, ids, shared = [] }) => [
    ...[...new Set(ids)].map((id) => ({ player, id, owner: player as string })),
    ...[...new Set(shared)].map((id) => ({ player, id, owner: theirs })),
  ]);
  if (wanted.length > 0) await unlessTaken(() => take(db, instance, wanted));
  const taken = await takenFor(db, instance);
  if (wanted.length > 0 && taken === undefined)
    return refuse("not-found", "Some of the chosen ore is not in the vault any more.");
  const past = await pastOf(
    db,
    members.map((m) => m.player),
  );
  return ok({
    members: members.map(({ player }) => ({
      player,
      legacy: taken?.get(player) ?? [],
      past: past.get(player) ?? {},
    })),
  });
};

type Wanted = Which & { readonly owner: string };

const take = (db: Database, instance: InstanceId, wanted: readonly Wanted[]) =>
  db.run(
    (sql) => sql`
      with wanted as (
        select * from jsonb_to_recordset(${JSON.stringify(wanted)}::text::jsonb) as w (
          player text, id bigint, owner text)
      ), there as (
        select id, turns, wanted.player from vault_now join wanted using (owner, id)
        where owner = any (string_to_array(${distinct(wanted.map((w) => w.owner))}, ','))
          and place <= ${VAULT_PLACES}
      ), opened as (
        insert into vault_runs (instance, state)
        select ${instance}, 'held' where (select count(*) from there) = ${wanted.length}
        on conflict (instance) do nothing
        returning instance
      )
      insert into vault_takes (ore, turn, instance, player)
      select id, turns, instance, player from there cross join opened`,
  );

/** Ids hold no commas. */
const distinct = (ids: readonly string[]): string => [...new Set(ids)].join(",");

/** Of two that take the same ore at the same time the later one gets none of what it wanted. */
export const unlessTaken = async (work: () => Promise<unknown>): Promise<void> => {
  try {
    await work();
  } catch (fault) {
    if (!isTaken(fault)) throw fault;
  }
};

type TakenRow = Omit<VaultOre, "legacy"> & { legacy: string | null; player: PlayerId };

/** What was taken for a run; undefined where nothing was, or all was given back. */
const takenFor = async (
  db: Database,
  instance: InstanceId,
): Promise<ReadonlyMap<PlayerId, VaultOre[]> | undefined> => {
  const rows = await db.run(
    (sql) => sql<TakenRow[]>`
      select coalesce(vault_takes.player, vault.player) as player, vault.ore, name, legacy,
        qualities as values, amount
      from vault_takes join vault_runs using (instance) join vault on vault.id = vault_takes.ore
      where vault_takes.instance = ${instance} and state <> 'restored' order by vault.id`,
  );
  if (rows.length === 0) return undefined;
  const ores = ({ player: _, legacy, ...ore }: TakenRow): VaultOre => ({
    ...ore,
    ...(legacy !== null && { legacy }),
  });
  return new Map([...Map.groupBy(rows, (row) => row.player)].map(([p, own]) => [p, own.map(ores)]));
};

/** What the earlier runs of players add up to, by metric. */
const pastOf = async (
  db: Database,
  players: readonly PlayerId[],
): Promise<ReadonlyMap<PlayerId, Record<string, number>>> => {
  const ids = distinct(players);
  const rows = await db.run(
    (sql) => sql<{ player: PlayerId; metric: string; sum: number }[]>`
      select player, metric, sum(count::bigint)::double precision as sum
      from run_members cross join jsonb_each_text(earned) as own (metric, count)
      where player = any (string_to_array(${ids}, ','))
      group by player, metric order by player, metric`,
  );
  const entries = Map.groupBy(rows, (row) => row.player);
  return new Map(
    [...entries].map(([p, own]) => [p, Object.fromEntries(own.map((r) => [r.metric, r.sum]))]),
  );
};

/**
 * Gives back what was taken for a run that has not begun, and sees to it that nothing is taken for
 * it later. False where the run has begun: then its ore is spent.
 */
export const restore = async (
  db: Database,
  { instance }: { readonly instance: InstanceId },
): Promise<Result<{ restored: boolean }>> => {
  const [row] = await db.run(
    (sql) => sql`
      insert into vault_runs (instance, state) values (${instance}, 'restored')
      on conflict (instance) do update set state = 'restored' where vault_runs.state <> 'spent'
      returning instance`,
  );
  return ok({ restored: row !== undefined });
};

/** Runs that never began and that no manager has given back, e.g. since its host is gone. */
export const forgottenRuns = async (db: Database): Promise<InstanceId[]> => {
  const rows = await db.run(
    (sql) => sql<{ instance: InstanceId }[]>`
      select instance from vault_runs
      where state = 'held' and at < now() - ${FORGOTTEN_MINUTES} * interval '1 minute' limit 20`,
  );
  return rows.map((row) => row.instance);
};

/** A start takes seconds; what is held so long without a word of the run will not begin. */
const FORGOTTEN_MINUTES = 60;
