import { type InstanceId, type Mail, mail, type Party, type PartyId } from "@underlode/contracts";
import { type Bus, newId } from "@underlode/runtime";
import type { Parties } from "./parties.ts";

/** Pauses between tries: doubling from the first to the longest, in ms. */
export const RETRY_MS_FIRST = 100;
export const RETRY_MS_MAX = 5_000;

export const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

type WordParts = {
  readonly bus: Pick<Bus, "append">;
  readonly parties: Pick<Parties, "get">;
  /** The service ends: nothing is tried again. */
  readonly closing: () => boolean;
};

/** What the members of a party are told of their run, for as long as it takes to reach them. */
export class Words {
  private readonly p: WordParts;

  constructor(parts: WordParts) {
    this.p = parts;
  }

  async warn(id: PartyId, instance: InstanceId, text: string): Promise<void> {
    const party = await this.p.parties.get(id).catch(() => undefined);
    if (party !== undefined)
      await this.tell(party, instance, { kind: "notice", text, tone: "warning" });
  }

  /** One word to every member, stored before anything that follows from it; told twice, stored once. */
  async tell(party: Party, instance: InstanceId, word: Mail): Promise<void> {
    const what = word.kind === "notice" ? `${word.kind}-${newId()}` : word.kind;
    await this.persist(async () => {
      for (const { player } of party.members) {
        const id = `${instance}-${what}-${player}`;
        const stored = await this.p.bus.append(mail.told, { player }, word, { id });
        if (!stored.ok) throw new Error("a word to a member could not be stored");
      }
    });
  }

  /** Tries until it works: what happened to a process must reach its party, however long NATS is away. */
  async persist<T>(work: () => Promise<T>): Promise<T> {
    for (let pauseMs = RETRY_MS_FIRST; ; pauseMs = Math.min(pauseMs * 2, RETRY_MS_MAX)) {
      try {
        return await work();
      } catch (error) {
        if (this.p.closing()) throw error;
        await pause(pauseMs);
      }
    }
  }
}
