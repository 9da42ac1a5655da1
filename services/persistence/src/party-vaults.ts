import {
  type Given,
  ok,
  PARTY_VAULT_MEMBERS_MIN,
  PARTY_VAULT_PLACES,
  type PartyVault,
  type PlayerId,
  type Result,
  refuse,
  type Vault,
} from "@underlode/contracts";
import type { Database } from "./database.ts";
import { joined, partyVaultId } from "./fellows.ts";
import { unlessTaken, vaultOf } from "./vault.ts";

type Members = { readonly players: readonly PlayerId[] };

/** What lies in the vault that these characters share. */
export const partyVaultOf = async (
  db: Database,
  { players }: Members,
): Promise<Result<PartyVault>> => {
  const ores = await db.run(
    (sql) => sql<(Omit<Given, "legacy"> & { legacy: string | null })[]>`
      select vault_now.id::double precision as id, ore, vault_now.name, legacy,
        qualities as values, amount, instance, place > ${PARTY_VAULT_PLACES} as waiting,
        (extract(epoch from at) * 1000)::double precision as at, player, characters.name as giver
      from vault_now join characters on characters.id = vault_now.player
      where owner = ${partyVaultId(players)} order by vault_now.id`,
  );
  return ok({
    places: PARTY_VAULT_PLACES,
    ores: ores.map(({ legacy, ...ore }) => ({ ...ore, ...(legacy !== null && { legacy }) })),
  });
};

type Gift = Members & { readonly player: PlayerId; readonly id: number };

/** Moves ore from a member's vault into the one that the members share; again is no mistake. */
export const give = async (db: Database, gift: Gift): Promise<Result<PartyVault>> => {
  const { player, id, players } = gift;
  if (new Set(players).size < PARTY_VAULT_MEMBERS_MIN || !players.includes(player))
    return refuse("party-vault-shut");
  await unlessTaken(() => move(db, gift));
  const shared = await partyVaultOf(db, { players });
  if (!shared.ok || (await isMoved(db, { player, id, into: partyVaultId(players) }))) return shared;
  return shared.value.ores.length >= PARTY_VAULT_PLACES
    ? refuse("vault-full")
    : refuse("not-found", "There is no such ore in your vault.");
};

const move = (db: Database, { player, id, players }: Gift) => {
  const into = partyVaultId(players);
  return db.run(
    (sql) => sql`
      with there as (
        select *, 'vault-give-' || id as key from vault_now
        where owner = ${player} and id = ${id}
          and (select count(*) from vault_now where owner = ${into}) < ${PARTY_VAULT_PLACES}
      ), opened as (
        insert into party_vaults (id) select ${into} from there on conflict (id) do nothing
      ), shared as (
        insert into party_vault_members (vault, player)
        select ${into}, member
        from there cross join unnest(string_to_array(${joined(players)}, ',')) as member
        on conflict (vault, player) do nothing
      ), taken as (
        insert into vault_takes (ore, turn, moved) select id, turns, true from there
      ), noted as (
        insert into facts (key, kind, instance, epoch, tick, player, data, at)
        select key, 'give', instance, 0, 0, player,
          jsonb_build_object('ore', id, 'into', ${into}::text), now() from there
      ), kept as (
        insert into vault (fact, player, ore, name, legacy, qualities, amount, instance, at, party)
        select key, player, ore, name, legacy, qualities, amount, instance, now(), ${into}
        from there
      )
      insert into ledger (fact, account, player, ware, amount, at)
      select key, 'vault:' || player, player, coalesce(legacy, ore), -amount, now() from there
      union all
      select key, 'party-vault:' || ${into}::text, null, coalesce(legacy, ore), amount, now()
      from there`,
  );
};

type Moved = { readonly player: PlayerId; readonly id: number; readonly into: string };

const isMoved = async (db: Database, { player, id, into }: Moved): Promise<boolean> => {
  const rows = await db.run(
    (sql) => sql`
      select from facts where key = ${`vault-give-${id}`} and player = ${player}
        and data->>'into' = ${into}`,
  );
  return rows.length > 0;
};

type Which = { readonly player: PlayerId; readonly id: number };

/**
 * Moves ore that a player gave to a party's vault back into their own, as long as nobody has taken
 * it along; with whomever they are now. Again is no mistake.
 */
export const takeBack = async (db: Database, { player, id }: Which): Promise<Result<Vault>> => {
  await unlessTaken(() => moveBack(db, { player, id }));
  const rows = await db.run(
    (sql) => sql`select from facts where key = ${`vault-back-${id}`} and player = ${player}`,
  );
  return rows.length === 0
    ? refuse("not-found", "There is no such ore of yours in a party's vault any more.")
    : vaultOf(db, { player });
};

const moveBack = (db: Database, { player, id }: Which) =>
  db.run(
    (sql) => sql`
      with there as (
        select *, 'vault-back-' || id as key from vault_now
        where id = ${id} and player = ${player} and party is not null
      ), taken as (
        insert into vault_takes (ore, turn, moved) select id, turns, true from there
      ), noted as (
        insert into facts (key, kind, instance, epoch, tick, player, data, at)
        select key, 'back', instance, 0, 0, player,
          jsonb_build_object('ore', id, 'from', party), now() from there
      ), kept as (
        insert into vault (fact, player, ore, name, legacy, qualities, amount, instance, at)
        select key, player, ore, name, legacy, qualities, amount, instance, now() from there
      )
      insert into ledger (fact, account, player, ware, amount, at)
      select key, 'party-vault:' || party, null, coalesce(legacy, ore), -amount, now() from there
      union all
      select key, 'vault:' || player, player, coalesce(legacy, ore), amount, now() from there`,
  );
