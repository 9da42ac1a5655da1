import { type InstanceId, type Party, type PartyId, SUSPEND_AFTER_MS } from "@underlode/contracts";
import type { Log } from "@underlode/runtime";
import type { Parties } from "./parties.ts";
import { instanceOf } from "./party-rules.ts";

/** Milliseconds after which a party that gathers with nobody online is no more. */
const ABANDONED_MS = 10 * 60_000;

type AbsenceParts = {
  readonly parties: Pick<Parties, "get" | "disband">;
  readonly log: Log;
  readonly suspend: (instance: InstanceId) => void;
};

/** Parties of which nobody is online: after a while their run is stored, or the party is no more. */
export class Absences {
  private readonly p: AbsenceParts;
  private readonly leaving = new Map<PartyId, NodeJS.Timeout>();

  constructor(parts: AbsenceParts) {
    this.p = parts;
  }

  /** How a party stands now. */
  presence(party: Party): void {
    clearTimeout(this.leaving.get(party.party));
    this.leaving.delete(party.party);
    if (party.members.some((m) => m.online)) return;
    const afterMs = instanceOf(party) === undefined ? ABANDONED_MS : SUSPEND_AFTER_MS;
    const timer = setTimeout(() => void this.abandoned(party.party), afterMs);
    this.leaving.set(party.party, timer.unref());
  }

  private async abandoned(id: PartyId): Promise<void> {
    this.leaving.delete(id);
    try {
      const party = await this.p.parties.get(id);
      if (party === undefined || party.members.some((m) => m.online)) return;
      const instance = instanceOf(party);
      if (instance === undefined) await this.p.parties.disband(id);
      else this.p.suspend(instance);
    } catch (err) {
      this.p.log.error({ err, party: id }, "an abandoned party was not seen to");
    }
  }
}
