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
    void this.begin(instance, id, runOf(party.value, wish, this.p.build));
    return party;
  }

  private get full(): boolean {
    return this.processes === undefined || this.partyOf.size >= INSTANCES_MAX;
  }

  private async begin(instance: InstanceId, id: PartyId, run: RunStart): Promise<void> {
    const began = performance.now();
    try {
      await this.turns.take(() => this.processes?.start(instance, run));
      this.p.metrics.add("underlode_instances_started_total");
      const seconds = (performance.now() - began) / 1000;
      this.p.metrics.observe("underlode_instance_start_seconds", seconds);
      await this.p.parties.change(id, (p) => ok(instanceOf(p) === instance ? arrived(p) : p));
    } catch (error) {
      await this.failed(instance, id, error as Error);
    }
    this.p.metrics.set("underlode_instances", this.processes?.count ?? 0);
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
    this.processes?.stop(instance);
  }

  /** Watches over a party's dungeon while nobody is online. */
  presence(party: Party): void {
    clearTimeout(this.leaving.get(party.party));
    this.leaving.delete(party.party);
    const instance = instanceOf(party);
    if (instance === undefined || party.members.some((m) => m.online)) return;
    const timer = setTimeout(() => this.stop(instance), ABANDONED_MS);
    this.leaving.set(party.party, timer.unref());
  }

  async ended(instance: InstanceId, ending: Ending): Promise<void> {
    this.p.metrics.set("underlode_instances", this.processes?.count ?? 0);
    this.p.metrics.add("underlode_instances_ended_total", { how: ending.how });
    const id = this.partyOf.get(instance);
    this.partyOf.delete(instance);
    if (id === undefined) return;
    const party = await this.p.parties.get(id);
    if (party === undefined || instanceOf(party) !== instance) return;
    this.tellEnding(id, instance, ending);
    await this.p.parties.change(id, (p) => ok(gather(p)));
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
      if (party.at.phase === "gathering" || party.at.host !== this.p.host) continue;
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
