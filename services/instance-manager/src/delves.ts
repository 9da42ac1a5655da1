import { randomInt } from "node:crypto";
import {
  type HostId,
  INSTANCES_MAX,
  InstanceId,
  ok,
  type Party,
  type PartyId,
  type PlayerId,
  type Result,
  type RunEnd,
  type RunStart,
  refuse,
  party as subjects,
  TICK_RATE_DEFAULT,
} from "@underlode/contracts";
import { type Bus, type Log, type Metrics, newId } from "@underlode/runtime";
import type { Ending } from "./instance-process.ts";
import type { Parties } from "./parties.ts";
import { arrived, delve, gather, instanceOf } from "./party-rules.ts";
import type { Processes } from "./processes.ts";
import { Turns } from "./turns.ts";

export type DelveParts = {
  readonly bus: Bus;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly parties: Parties;
  readonly host: HostId;
  /** Version of the software, written into runs. */
  readonly build: string;
};

export type DelveWish = { readonly seed?: number | undefined; readonly game?: string | undefined };

/** Processes that start at the same time; more would only make each of them late. */
const STARTS_AT_ONCE_MAX = 2;
/** Milliseconds after which a party with nobody online loses its dungeon. */
const ABANDONED_MS = 10 * 60_000;

/** Sends parties into dungeons and receives them back, whatever became of the process. */
export class Delves {
  private readonly p: DelveParts;
  private readonly partyOf = new Map<InstanceId, PartyId>();
  /** Runs that have not begun; with how those ended that are over nevertheless. */
  private readonly starting = new Map<InstanceId, Ending | undefined>();
  private readonly leaving = new Map<PartyId, NodeJS.Timeout>();
  private readonly turns = new Turns(STARTS_AT_ONCE_MAX);
  processes: Processes | undefined;

  constructor(parts: DelveParts) {
    this.p = parts;
  }

  /**
   * Sends a party on its way. Answers as soon as that is settled; the party is told when its dungeon
   * is there, or in words why it is not.
   */
  async start(id: PartyId, player: PlayerId, wish: DelveWish): Promise<Result<Party>> {
    if (this.full) return refuse("host-full");
    const instance = InstanceId.parse(newId());
    const party = await this.p.parties.change(id, (p) => delve(p, player, instance, this.p.host));
    if (!party.ok) return party;
    this.partyOf.set(instance, id);
    this.starting.set(instance, undefined);
    void this.begin(instance, id, runOf(party.value, wish, this.p.build));
    return party;
  }

  private get full(): boolean {
    return this.processes === undefined || this.partyOf.size >= INSTANCES_MAX;
  }

  private async begin(instance: InstanceId, id: PartyId, run: RunStart): Promise<void> {
    const began = performance.now();
    try {
      const wanted = await this.turns.take(() => this.launch(instance, run));
      if (!wanted) throw new Error("everybody has gone");
      this.p.metrics.add("underlode_instances_started_total");
      const seconds = (performance.now() - began) / 1000;
      this.p.metrics.observe("underlode_instance_start_seconds", seconds);
      const party = await this.p.parties.change(id, (p) =>
        ok(instanceOf(p) === instance ? arrived(p) : p),
      );
      if (!party.ok && party.error.code === "not-in-party") this.processes?.stop(instance);
      const over = this.starting.get(instance);
      this.starting.delete(instance);
      if (over !== undefined) await this.ended(instance, over);
    } catch (error) {
      this.starting.delete(instance);
      await this.failed(instance, id, error as Error);
    }
    this.p.metrics.set("underlode_instances", this.processes?.count ?? 0);
  }

  /** False where nobody is left to play it. */
  private async launch(instance: InstanceId, run: RunStart): Promise<boolean> {
    if (!this.partyOf.has(instance)) return false;
    await this.processes?.start(instance, run);
    return true;
  }

  private async failed(instance: InstanceId, id: PartyId, error: Error): Promise<void> {
    this.p.log.error({ instance, err: error }, "a dungeon did not start");
    this.partyOf.delete(instance);
    const text = `The dungeon could not be started: ${error.message}. Try again.`;
    this.p.bus.tell(subjects.notice, { party: id }, { text, tone: "warning" });
    await this.p.parties
      .change(id, (p) => ok(instanceOf(p) === instance ? gather(p) : p))
      .catch((err) => this.p.log.error({ err, instance }, "a party could not be gathered"));
  }

  /** Nobody of the party is left: its dungeon need not go on. */
  stop(instance: InstanceId): void {
    if (this.processes?.has(instance)) this.processes.stop(instance);
    // Still waiting for its turn.
    else this.partyOf.delete(instance);
  }

  /** Watches over a party and its dungeon while nobody is online. */
  presence(party: Party): void {
    clearTimeout(this.leaving.get(party.party));
    this.leaving.delete(party.party);
    if (party.members.some((m) => m.online)) return;
    const timer = setTimeout(() => void this.abandoned(party.party), ABANDONED_MS);
    this.leaving.set(party.party, timer.unref());
  }

  private async abandoned(id: PartyId): Promise<void> {
    this.leaving.delete(id);
    try {
      const party = await this.p.parties.get(id);
      if (party === undefined || party.members.some((m) => m.online)) return;
      const instance = instanceOf(party);
      if (instance === undefined) await this.p.parties.disband(id);
      else this.stop(instance);
    } catch (err) {
      this.p.log.error({ err, party: id }, "an abandoned party was not ended");
    }
  }

  async ended(instance: InstanceId, ending: Ending): Promise<void> {
    if (this.starting.has(instance)) {
      // Its start fails, or has just been told: one of both speaks to the party.
      this.starting.set(instance, ending);
      return;
    }
    this.p.metrics.set("underlode_instances", this.processes?.count ?? 0);
    this.p.metrics.add("underlode_instances_ended_total", { how: ending.how });
    const id = this.partyOf.get(instance);
    this.partyOf.delete(instance);
    if (id === undefined) return;
    const party = await this.p.parties.get(id);
    if (party === undefined || instanceOf(party) !== instance) return;
    this.tellEnding(id, instance, ending);
    await this.p.parties.change(id, (p) => ok(instanceOf(p) === instance ? gather(p) : p));
    await this.p.parties.disband(id);
  }

  private tellEnding(party: PartyId, instance: InstanceId, ending: Ending): void {
    const { bus } = this.p;
    if (ending.how === "crashed") {
      const text = `Your dungeon's process died (${ending.words}) and the run is lost. What was banked is kept; you can delve again at once.`;
      bus.tell(subjects.notice, { party }, { text, tone: "warning" });
    }
    const end: RunEnd =
      ending.how === "ended"
        ? ending.end
        : { instance, outcome: ending.how === "crashed" ? "crashed" : "abandoned", summary: {} };
    bus.tell(subjects.ended, { party }, end);
  }

  /** Parties of this host whose dungeon a former process of ours took along. */
  async sweep(): Promise<void> {
    for (const party of await this.p.parties.all()) {
      this.presence(party);
      if (!("host" in party.at) || party.at.host !== this.p.host) continue;
      const { instance } = party.at;
      this.partyOf.set(instance, party.party);
      await this.ended(instance, { how: "crashed", words: "the host was restarted" });
    }
  }
}

const runOf = (party: Party, wish: DelveWish, build: string): RunStart => ({
  game: wish.game ?? "dungeon",
  content: "",
  build,
  seed: wish.seed ?? randomInt(2 ** 32),
  tickRate: TICK_RATE_DEFAULT,
  players: party.members.map((m) => ({ id: m.player, name: m.name, class: m.class ?? "warrior" })),
});
