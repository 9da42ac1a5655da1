import {
  AccountId,
  HostId,
  type Identity,
  InstanceId,
  OPTIONS_DEFAULT,
  type Party,
  PartyId,
  type PartyMember,
  PlayerId,
} from "@underlode/contracts";

/** Who plays: a party, and one who is in none. */
export const INSTANCE = InstanceId.parse("run1");
export const PARTY = PartyId.parse("party1");
export const HOST = HostId.parse("host1");
export const DELVERS = ["ana", "ben", "cleo"] as const;
export const STRANGER = "dan";
export const PLAYERS: readonly string[] = [...DELVERS, STRANGER];

export const playerOf = (name: string): PlayerId => PlayerId.parse(name);

export const identityOf = (name: string): Identity => ({
  account: AccountId.parse(`account-${name}`),
  player: playerOf(name),
  name,
  guest: true,
});

const memberOf = (name: string): PartyMember => ({
  ...{ player: playerOf(name), name, class: "warrior", ready: true, online: false },
});

export const newParty = (): Party => ({
  party: PARTY,
  code: "ABCDEF",
  leader: playerOf(DELVERS[0]),
  members: DELVERS.map(memberOf),
  at: { phase: "starting", instance: INSTANCE, host: HOST },
  watchDelayMs: 30_000,
  options: OPTIONS_DEFAULT,
  version: 1,
});
