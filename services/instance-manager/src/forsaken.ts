import { buckets, InstanceId, type Party, type PartyId, type PlayerId } from "@underlode/contracts";
import type { Bucket, Bus } from "@underlode/runtime";

/**
 * Runs at rest that everybody has left, noted before the party is no more: each is taken up once
 * more, to end by the game's own rules, by whichever manager comes to it.
 */
export class Forsaken {
  private readonly notes: Bucket<{ party: PartyId }>;

  private constructor(notes: Bucket<{ party: PartyId }>) {
    this.notes = notes;
  }

  static async open(bus: Pick<Bus, "bucket">): Promise<Forsaken> {
    return new Forsaken(await bus.bucket(buckets.forsaken));
  }

  /** Before the last member of a party leaves: what it leaves behind at rest. */
  async note(party: Party, player: PlayerId): Promise<void> {
    const isLast = party.members.every((one) => one.player === player);
    if (isLast && party.at.phase === "suspended") {
      await this.notes.put(party.at.instance, { party: party.party });
    }
  }

  /** It has ended, or nothing is left of it to end. */
  async forget(instance: InstanceId): Promise<void> {
    // Of most runs there is no note, and a deletion is a message of its own.
    if ((await this.notes.get(instance)) !== undefined) await this.notes.delete(instance);
  }

  async all(): Promise<{ instance: InstanceId; party: PartyId }[]> {
    const found = await Promise.all(
      (await this.notes.keys()).map(async (key) => ({ key, note: await this.notes.get(key) })),
    );
    return found.flatMap(({ key, note }) =>
      note === undefined ? [] : [{ instance: InstanceId.parse(key), party: note.value.party }],
    );
  }
}
