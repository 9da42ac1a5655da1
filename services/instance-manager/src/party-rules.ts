import {
  type ClassName,
  type HostId,
  type InstanceId,
  OPTIONS_DEFAULT,
  ok,
  PARTY_SIZE_MAX,
  type Party,
  type PartyId,
  type PartyMember,
  type PartyOptions,
  type PlayerId,
  type Result,
  refuse,
  WATCH_DELAY_MS_DEFAULT,
} from "@underlode/contracts";

/** What may happen to a party: values in, values out. Every change raises the version. */

export type Who = { readonly player: PlayerId; readonly name: string };

const newMember = ({ player, name }: Who): PartyMember => ({
  player,
  name,
  class: null,
  ready: false,
  online: true,
});

export const found = (party: PartyId, code: string, leader: Who): Party => ({
  party,
  code,
  leader: leader.player,
  members: [newMember(leader)],
  at: { phase: "gathering" },
  watchDelayMs: WATCH_DELAY_MS_DEFAULT,
  options: OPTIONS_DEFAULT,
  version: 1,
});

const changed = (party: Party, change: Partial<Party>): Party => ({
  ...party,
  ...change,
  version: party.version + 1,
});

const withMember = (party: Party, player: PlayerId, change: Partial<PartyMember>): Party =>
  changed(party, {
    members: party.members.map((m) => (m.player === player ? { ...m, ...change } : m)),
  });

const has = (party: Party, player: PlayerId): boolean =>
  party.members.some((m) => m.player === player);

export const join = (party: Party, who: Who): Result<Party> => {
  if (has(party, who.player)) return ok(party);
  const closed = whyNoRoom(party);
  if (closed !== undefined) return refuse(closed);
  return ok(changed(party, { members: [...withoutShared(party.members), newMember(who)] }));
};

/** Why nobody can join now; undefined when somebody can. */
export const whyNoRoom = (party: Party): "already-delving" | "party-full" | undefined => {
  if (party.at.phase !== "gathering") return "already-delving";
  return party.members.length >= PARTY_SIZE_MAX ? "party-full" : undefined;
};

/** Undefined when the last member left: the party is no more. */
export const leave = (party: Party, player: PlayerId): Party | undefined => {
  const members = withoutShared(party.members.filter((m) => m.player !== player));
  const heir = members.find((m) => m.online) ?? members[0];
  if (heir === undefined) return undefined;
  return changed(party, {
    members,
    leader: party.leader === player ? heir.player : party.leader,
  });
};

export const kick = (party: Party, leader: PlayerId, name: string): Result<PlayerId> => {
  if (party.leader !== leader) return refuse("not-leader");
  const member = party.members.find((m) => m.name.toLowerCase() === name.toLowerCase());
  if (member === undefined || member.player === leader) return refuse("no-such-member");
  return ok(member.player);
};

export const chooseClass = (party: Party, player: PlayerId, name: ClassName): Result<Party> =>
  party.at.phase === "gathering"
    ? ok(withMember(party, player, { class: name }))
    : refuse("already-delving");

/** What a member takes along from their vault; nothing is a Pure start. */
export const chooseLegacy = (
  party: Party,
  player: PlayerId,
  ids: readonly number[],
): Result<Party> =>
  party.at.phase === "gathering"
    ? ok(withMember(party, player, { legacy: [...new Set(ids)] }))
    : refuse("already-delving");

/** What a member takes along from the vault of the party; each ore goes with one of them. */
export const chooseShared = (
  party: Party,
  player: PlayerId,
  ids: readonly number[],
): Result<Party> => {
  if (party.at.phase !== "gathering") return refuse("already-delving");
  const other = party.members.find(
    (m) => m.player !== player && m.shared?.some((id) => ids.includes(id)),
  );
  if (other !== undefined) return refuse("not-found", `${other.name} takes that along already.`);
  return ok(withMember(party, player, { shared: [...new Set(ids)] }));
};

/** With other members it is another vault. */
const withoutShared = (members: readonly PartyMember[]): PartyMember[] =>
  members.map(({ shared: _, ...member }) => member);

export const setReady = (party: Party, player: PlayerId, ready: boolean): Result<Party> => {
  if (party.at.phase !== "gathering") return refuse("already-delving");
  const member = party.members.find((m) => m.player === player);
  if (ready && member?.class === null) return refuse("not-ready", "Choose a class first.");
  return ok(withMember(party, player, { ready }));
};

/** How the party wants its next run; while it is in one, that is settled. */
export const setOptions = (
  party: Party,
  player: PlayerId,
  options: { readonly [K in keyof PartyOptions]?: PartyOptions[K] | undefined },
): Result<Party> => {
  if (party.at.phase !== "gathering") return refuse("already-delving");
  if (party.leader !== player) return refuse("not-leader");
  const told = Object.entries(options).filter(([, value]) => value !== undefined);
  return ok(changed(party, { options: { ...party.options, ...Object.fromEntries(told) } }));
};

/** How much behind those are who watch the party, or that nobody may; also during a run. */
export const setWatchDelay = (
  party: Party,
  player: PlayerId,
  watchDelayMs: number | null,
): Result<Party> =>
  party.leader === player ? ok(changed(party, { watchDelayMs })) : refuse("not-leader");

/** Leadership passes to the first one online when the leader goes away before the delve. */
export const setOnline = (party: Party, player: PlayerId, online: boolean): Party => {
  const member = party.members.find((m) => m.player === player);
  if (member === undefined || member.online === online) return party;
  const now = withMember(party, player, { online });
  const heir = now.members.find((m) => m.online);
  const leaderAway = now.members.find((m) => m.player === now.leader)?.online === false;
  return leaderAway && heir !== undefined ? { ...now, leader: heir.player } : now;
};

/** The party on its way into a dungeon; the leader's call, and all must be ready. */
export const delve = (
  party: Party,
  player: PlayerId,
  instance: InstanceId,
  host: HostId,
): Result<Party> => {
  // A run that was stored is everybody's: any member may have it taken up again.
  if (party.at.phase === "suspended") return ok(recovering(party, host));
  if (party.at.phase !== "gathering") return refuse("already-delving");
  if (party.leader !== player) return refuse("not-leader");
  if (party.members.some((m) => m.class === null || !m.ready)) return refuse("not-ready");
  return ok(changed(party, { at: { phase: "starting", instance, host } }));
};

export const arrived = (party: Party): Party =>
  party.at.phase === "starting" || party.at.phase === "recovering"
    ? changed(party, { at: { ...party.at, phase: "delving" } })
    : party;

/** Its process is gone, and another one on this host takes the run up. */
export const recovering = (party: Party, host: HostId): Party =>
  party.at.phase === "gathering"
    ? party
    : changed(party, { at: { phase: "recovering", instance: party.at.instance, host } });

/** Its run is stored, and no process has it. */
export const suspended = (party: Party): Party =>
  party.at.phase === "gathering" || party.at.phase === "suspended"
    ? party
    : changed(party, { at: { phase: "suspended", instance: party.at.instance } });

/** Back together after a run or a failed start; everyone says anew that they are ready. */
export const gather = (party: Party): Party =>
  changed(party, {
    at: { phase: "gathering" },
    members: party.members.map((m) => ({ ...m, ready: false })),
  });

/** What was taken along is spent: who wants more of it says so anew. */
export const withoutLegacy = (party: Party): Party => ({
  ...party,
  members: withoutShared(party.members).map(({ legacy: _, ...member }) => member),
});

export const instanceOf = (party: Party): InstanceId | undefined =>
  party.at.phase === "gathering" ? undefined : party.at.instance;
