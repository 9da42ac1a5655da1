import {
  type InstanceId,
  ok,
  PARTY_VAULT_MEMBERS_MIN,
  type Party,
  type PartyVault,
  type PlayerId,
  type Result,
  type RunStart,
  refuse,
  vault,
} from "@underlode/contracts";
import type { Bus, Log } from "@underlode/runtime";

/** Refuses what is not in a player's vault, so that they hear of it before the delve. */
export const heldBy = async (
  bus: Pick<Bus, "ask">,
  player: PlayerId,
  ids: readonly number[],
): Promise<Result<null>> => {
  if (ids.length === 0) return ok(null);
  const found = await bus.ask(vault.of, {}, { player });
  if (!found.ok) return found;
  const there = found.value.ores.filter((ore) => !ore.waiting).map((ore) => ore.id);
  return ids.every((id) => there.includes(id))
    ? ok(null)
    : refuse("not-found", "That ore is not in a place of your vault.");
};

/** What lies in the vault that the members of a party share. */
export const partyVaultOf = async (
  bus: Pick<Bus, "ask">,
  party: Party,
): Promise<Result<PartyVault>> => {
  if (party.members.length < PARTY_VAULT_MEMBERS_MIN) return refuse("party-vault-shut");
  return bus.ask(vault.ofParty, {}, { players: playersOf(party) });
};

/** Refuses what is not in the party's vault. */
export const sharedBy = async (
  bus: Pick<Bus, "ask">,
  party: Party,
  ids: readonly number[],
): Promise<Result<null>> => {
  if (ids.length === 0) return ok(null);
  const found = await partyVaultOf(bus, party);
  if (!found.ok) return found;
  const there = found.value.ores.filter((ore) => !ore.waiting).map((ore) => ore.id);
  return ids.every((id) => there.includes(id))
    ? ok(null)
    : refuse("not-found", "That ore is not in a place of the party's vault.");
};

/** Moves ore of a member into the vault that the party shares; not while it is in a dungeon. */
export const giveTo = async (
  bus: Pick<Bus, "ask">,
  party: Party,
  player: PlayerId,
  id: number,
): Promise<Result<Party>> => {
  if (party.at.phase !== "gathering") return refuse("already-delving");
  if (party.members.length < PARTY_VAULT_MEMBERS_MIN) return refuse("party-vault-shut");
  const given = await bus.ask(vault.give, {}, { player, id, players: playersOf(party) });
  return given.ok ? ok(party) : given;
};

const playersOf = (party: Party): PlayerId[] => party.members.map((member) => member.player);

export const isLegacy = (party: Party): boolean =>
  party.members.some(({ legacy = [], shared = [] }) => legacy.length + shared.length > 0);

/** A start with what the members take out of their vaults for it. Throws in words where that fails. */
export const withLegacy = async (
  { bus, log }: { readonly bus: Pick<Bus, "ask">; readonly log: Log },
  instance: InstanceId,
  party: Party,
  run: RunStart,
): Promise<RunStart> => {
  const members = party.members.map(({ player, legacy = [], shared = [] }) => ({
    ...{ player, ids: legacy },
    ...(shared.length > 0 && { shared }),
  }));
  const taken = await bus.ask(vault.withdraw, {}, { instance, members });
  if (!taken.ok && isLegacy(party)) throw new Error(`the vaults say: ${taken.error.reason}`);
  if (!taken.ok) {
    // Without ore from vaults a run needs nothing of the database; a badge may come a run later.
    log.warn({ instance, error: taken.error }, "a run begins without the counts of badges");
    return run;
  }
  const own = new Map(taken.value.members.map((member) => [member.player, member]));
  return {
    ...run,
    players: run.players.map((player) => {
      const { legacy = [], past = {} } = own.get(player.id) ?? {};
      const hasPast = Object.keys(past).length > 0;
      return { ...player, ...(legacy.length > 0 && { legacy }), ...(hasPast && { past }) };
    }),
  };
};

/** Gives back what was taken for a run that did not start, once no process can have it any more. */
export const restore = async (bus: Pick<Bus, "ask">, instance: InstanceId): Promise<void> => {
  const back = await bus.ask(vault.restore, {}, { instance });
  if (!back.ok) throw new Error(`the vaults say: ${back.error.reason}`);
};
