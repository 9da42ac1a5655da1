import { randomInt } from "node:crypto";
import {
  buckets,
  CODE_ALPHABET,
  CODE_CHARS,
  ok,
  type Party,
  PartyId,
  type PlayerId,
  type Result,
  refuse,
  party as subjects,
} from "@underlode/contracts";
import { type Bucket, type Bus, type Entry, newId, planted } from "@underlode/runtime";
import { found, leave, type Who } from "./party-rules.ts";

/** Tries of a change that others keep getting ahead of. */
const TRIES_MAX = 20;

type PartyBus = Pick<Bus, "bucket" | "tell">;

/**
 * Parties in the shared buckets, so that every manager serves every party: a change is read, judged
 * and written against the revision read, and told to all who listen.
 */
export class Parties {
  private readonly bus: PartyBus;
  private readonly parties: Bucket<Party>;
  private readonly members: Bucket<{ party: PartyId }>;
  private readonly codes: Bucket<{ party: PartyId }>;

  private constructor(
    bus: PartyBus,
    parties: Bucket<Party>,
    members: Bucket<{ party: PartyId }>,
    codes: Bucket<{ party: PartyId }>,
  ) {
    this.bus = bus;
    this.parties = parties;
    this.members = members;
    this.codes = codes;
  }

  static async open(bus: PartyBus): Promise<Parties> {
    return new Parties(
      bus,
      await bus.bucket(buckets.parties),
      await bus.bucket(buckets.members),
      await bus.bucket(buckets.codes),
    );
  }

  async create(who: Who): Promise<Result<Party>> {
    const id = PartyId.parse(newId());
    const party = found(id, await this.freshCode(id), who);
    // The party before the member's note: a note always names a party that is, or was.
    await this.parties.put(id, party);
    if (await this.enlist(who.player, id)) {
      this.tell(party, []);
      return ok(party);
    }
    await this.remove(id, who.player);
    return refuse("already-in-party");
  }

  private async freshCode(party: PartyId): Promise<string> {
    for (;;) {
      const code = drawCode();
      if (await this.codes.create(code, { party })) return code;
    }
  }

  async byCode(code: string): Promise<PartyId | undefined> {
    const wanted = code.trim().toUpperCase();
    if (!/^[A-Z0-9]+$/.test(wanted)) return undefined;
    return (await this.codes.get(wanted))?.value.party;
  }

  async join(id: PartyId, who: Who, rule: (party: Party) => Result<Party>): Promise<Result<Party>> {
    const member = await this.enlist(who.player, id);
    if (!member && (await this.idOf(who.player)) !== id) return refuse("already-in-party");
    const joined = await this.change(id, rule);
    await this.settle(id, who.player);
    if (joined.ok)
      return (await this.idOf(who.player)) === id ? joined : refuse("already-in-party");
    return joined.error.code === "not-in-party" ? refuse("no-such-party") : joined;
  }

  /**
   * Makes a party's list and a player's note agree, whoever changes both at the same time: who is
   * listed is noted, unless noted elsewhere, and who is not listed is not noted.
   */
  private async settle(id: PartyId, player: PlayerId): Promise<void> {
    for (let tries = 0; tries < TRIES_MAX; tries++) {
      const party = await this.parties.get(id);
      const note = await this.members.get(player);
      const isListed = party?.value.members.some((m) => m.player === player) === true;
      const isNoted = note?.value.party === id;
      if (isListed === isNoted) return;
      if (!isListed && note !== undefined) await this.members.delete(player, note.revision);
      else if (note === undefined) await this.members.create(player, { party: id });
      else if (party !== undefined) await this.strike(party, player);
    }
  }

  /** Notes the party of a player who has none; false for one who has. */
  private async enlist(player: PlayerId, party: PartyId): Promise<boolean> {
    if (await this.members.create(player, { party })) return true;
    const old = await this.members.get(player);
    if (old === undefined) return this.members.create(player, { party });
    // A manager that died half-way may have left a record of a party that is no more.
    if ((await this.get(old.value.party)) !== undefined) return false;
    return this.members.update(player, { party }, old.revision);
  }

  async idOf(player: PlayerId): Promise<PartyId | undefined> {
    return (await this.members.get(player))?.value.party;
  }

  async get(id: PartyId): Promise<Party | undefined> {
    return (await this.parties.get(id))?.value;
  }

  async of(player: PlayerId): Promise<Party | undefined> {
    const id = await this.idOf(player);
    return id === undefined ? undefined : this.get(id);
  }

  /** Judges and writes; on a write that came in between, judges anew. */
  async change(id: PartyId, rule: (party: Party) => Result<Party>): Promise<Result<Party>> {
    for (let tries = 0; tries < TRIES_MAX; tries++) {
      const now = await this.parties.get(id);
      if (now === undefined) return refuse("not-in-party");
      const next = rule(now.value);
      if (!next.ok || next.value === now.value) return next;
      const isWritten = planted("party-update-without-revision")
        ? await this.parties.put(id, next.value).then(() => true)
        : await this.parties.update(id, next.value, now.revision);
      if (isWritten) {
        this.tell(next.value, []);
        return next;
      }
    }
    return refuse("unavailable");
  }

  /** The party without the member; null when it was the last one. */
  async remove(id: PartyId, player: PlayerId): Promise<Result<Party | null>> {
    for (let tries = 0; tries < TRIES_MAX; tries++) {
      const now = await this.parties.get(id);
      if (now?.value.members.some((m) => m.player === player) !== true) {
        await this.settle(id, player);
        return ok(now?.value ?? null);
      }
      const next = await this.strike(now, player);
      if (next === undefined) continue;
      await this.settle(id, player);
      this.tell(next ?? now.value, [player]);
      return ok(next);
    }
    return refuse("unavailable");
  }

  /** Takes a member off the list; null without anybody left, undefined where others were first. */
  private async strike(now: Entry<Party>, player: PlayerId): Promise<Party | null | undefined> {
    const { party, code } = now.value;
    const next = leave(now.value, player);
    if (next !== undefined)
      return (await this.parties.update(party, next, now.revision)) ? next : undefined;
    if (!(await this.parties.delete(party, now.revision))) return undefined;
    await this.codes.delete(code);
    return null;
  }

  /** Ends a party whose members have all gone for good; not one to which somebody came back. */
  async disband(id: PartyId): Promise<void> {
    for (let tries = 0; tries < TRIES_MAX; tries++) {
      const now = await this.parties.get(id);
      if (now === undefined || now.value.members.some((m) => m.online)) return;
      if (!(await this.parties.delete(id, now.revision))) continue;
      const players = now.value.members.map((m) => m.player);
      await this.codes.delete(now.value.code);
      await Promise.all(players.map((player) => this.settle(id, player)));
      return this.tell(now.value, players);
    }
  }

  async count(): Promise<number> {
    return (await this.parties.keys()).length;
  }

  async all(): Promise<Party[]> {
    const ids = await this.parties.keys();
    const found = await Promise.all(ids.map((id) => this.parties.get(id)));
    return found.flatMap((entry) => (entry === undefined ? [] : [entry.value]));
  }

  private tell(party: Party, gone: PlayerId[]): void {
    this.bus.tell(subjects.changed, { party: party.party }, { party, gone });
  }
}

const drawCode = (): string =>
  Array.from({ length: CODE_CHARS }, () => CODE_ALPHABET[randomInt(CODE_ALPHABET.length)]).join("");
