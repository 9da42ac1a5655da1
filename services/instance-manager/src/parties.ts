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
import { type Bucket, type Bus, newId } from "@underlode/runtime";
import { found, leave, type Who } from "./party-rules.ts";

/** Tries of a change that others keep getting ahead of. */
const TRIES_MAX = 20;

/**
 * Parties in the shared buckets, so that every manager serves every party: a change is read, judged
 * and written against the revision read, and told to all who listen.
 */
export class Parties {
  private readonly bus: Bus;
  private readonly parties: Bucket<Party>;
  private readonly members: Bucket<{ party: PartyId }>;
  private readonly codes: Bucket<{ party: PartyId }>;

  private constructor(
    bus: Bus,
    parties: Bucket<Party>,
    members: Bucket<{ party: PartyId }>,
    codes: Bucket<{ party: PartyId }>,
  ) {
    this.bus = bus;
    this.parties = parties;
    this.members = members;
    this.codes = codes;
  }

  static async open(bus: Bus): Promise<Parties> {
    return new Parties(
      bus,
      await bus.bucket(buckets.parties),
      await bus.bucket(buckets.members),
      await bus.bucket(buckets.codes),
    );
  }

  async create(who: Who): Promise<Result<Party>> {
    const id = PartyId.parse(newId());
    if (!(await this.enlist(who.player, id))) return refuse("already-in-party");
    const party = found(id, await this.freshCode(id), who);
    await this.parties.put(id, party);
    this.tell(party, []);
    return ok(party);
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
    if (joined.ok) return joined;
    if (member) await this.dismiss(who.player, id);
    return joined.error.code === "not-in-party" ? refuse("no-such-party") : joined;
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

  /** Drops the note of a player's party, unless it names another one by now. */
  private async dismiss(player: PlayerId, party: PartyId): Promise<void> {
    const note = await this.members.get(player);
    if (note?.value.party === party) await this.members.delete(player, note.revision);
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
      if (await this.parties.update(id, next.value, now.revision)) {
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
      if (now === undefined || !now.value.members.some((m) => m.player === player)) {
        await this.dismiss(player, id);
        return ok(now?.value ?? null);
      }
      const next = leave(now.value, player);
      const done =
        next === undefined
          ? await this.parties.delete(id, now.revision)
          : await this.parties.update(id, next, now.revision);
      if (!done) continue;
      await this.dismiss(player, id);
      if (next === undefined) await this.codes.delete(now.value.code);
      this.tell(next ?? now.value, [player]);
      return ok(next ?? null);
    }
    return refuse("unavailable");
  }

  /** Ends a party whose members have all gone for good; not one to which somebody came back. */
  async disband(id: PartyId): Promise<void> {
    for (let tries = 0; tries < TRIES_MAX; tries++) {
      const now = await this.parties.get(id);
      if (now === undefined || now.value.members.some((m) => m.online)) return;
      if (!(await this.parties.delete(id, now.revision))) continue;
      const players = now.value.members.map((m) => m.player);
      await this.codes.delete(now.value.code);
      await Promise.all(players.map((player) => this.dismiss(player, id)));
      return this.tell(now.value, players);
    }
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
