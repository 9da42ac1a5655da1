import {
  type HostId,
  INSTANCES_MAX,
  InstanceId,
  instance as instanceSubjects,
  ok,
  type Party,
  type PartyId,
  PlayerId,
  type Result,
  type RunEnd,
  type RunStart,
  refuse,
} from "@underlode/contracts";
import { type Bus, type Log, type Metrics, newId } from "@underlode/runtime";
import { Absences } from "./absences.ts";
import { CrashLog } from "./crash-log.ts";
import type { Forsaken } from "./forsaken.ts";
import { type Ending, Refused, type Started } from "./instance-process.ts";
import { isLegacy, restore, withLegacy } from "./legacy.ts";
import type { Parties } from "./parties.ts";
import {
  arrived,
  delve,
  gather,
  instanceOf,
  recovering,
  suspended,
  withoutLegacy,
} from "./party-rules.ts";
import type { Processes } from "./processes.ts";
import { type DelveWish, type HostWish, runStart } from "./run-start.ts";
import { Turns } from "./turns.ts";
import { pause, RETRY_MS_FIRST, RETRY_MS_MAX, Words } from "./words.ts";

export type DelveParts = {
  readonly bus: Bus;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly parties: Parties;
  readonly forsaken: Forsaken;
  readonly host: HostId;
  /** Version of the software, written into runs. */
  readonly build: string;
  /** What this host settles of runs that begin; the usual unless told. */
  readonly runs?: HostWish | undefined;
};

/** Processes that start at the same time; more would only make each of them late. */
const STARTS_AT_ONCE_MAX = 2;

/** Sends parties into dungeons and receives them back, whatever became of the process. */
export class Delves {
  private readonly p: DelveParts;
  private readonly partyOf = new Map<InstanceId, PartyId>();
  /** Runs on their way into a process; with how those ended that are over nevertheless. */
  private readonly starting = new Map<InstanceId, Ending | undefined>();
  private readonly words: Words;
  private readonly absences: Absences;
  private readonly turns = new Turns(STARTS_AT_ONCE_MAX);
  private readonly crashes = new CrashLog();
  private closing = false;
  processes: Processes | undefined;

  constructor(parts: DelveParts) {
    this.p = parts;
    const { bus, log, parties } = parts;
    this.words = new Words({ bus, parties, closing: () => this.closing });
    const suspend = (instance: InstanceId) => this.processes?.suspend(instance);
    this.absences = new Absences({ parties, log, suspend });
  }

  /**
   * Sends a party on its way, or back to a run that was stored. Answers as soon as that is settled;
   * the party is told when its dungeon is there, or in words why it is not.
   */
  async start(id: PartyId, player: PlayerId, wish: DelveWish): Promise<Result<Party>> {
    if (this.full) return refuse("host-full");
    const fresh = InstanceId.parse(newId());
    const party = await this.p.parties.change(id, (p) => delve(p, player, fresh, this.p.host));
    if (!party.ok) return party;
    const instance = instanceOf(party.value) ?? fresh;
    this.partyOf.set(instance, id);
    const run = runStart(party.value, wish, this.p.build, Date.now(), this.p.runs);
    const work =
      instance === fresh ? this.begin(instance, party.value, run) : this.takeUp(instance, id);
    this.inBackground(instance, work);
    return party;
  }

  private inBackground(instance: InstanceId, work: Promise<void>): void {
    work.catch((err) => {
      if (!this.closing) this.p.log.error({ err, instance }, "a party was not told");
    });
  }

  private get full(): boolean {
    return this.processes === undefined || this.partyOf.size >= INSTANCES_MAX;
  }

  private async begin(instance: InstanceId, party: Party, run: RunStart): Promise<void> {
    const id = party.party;
    const began = performance.now();
    this.starting.set(instance, undefined);
    try {
      const started = await this.turns.take(async () =>
        this.launch(instance, await withLegacy(this.p, instance, party, run)),
      );
      if (started === undefined) throw new Error("everybody has gone");
      this.p.metrics.add("underlode_instances_started_total");
      const seconds = (performance.now() - began) / 1000;
      this.p.metrics.observe("underlode_instance_start_seconds", seconds);
      await this.inside(instance, id, started, false);
    } catch (error) {
      // Until its process is gone it counts as starting: its end is none of a run.
      await this.giveBack(instance, party);
      this.starting.delete(instance);
      await this.failed(instance, id, error as Error);
    }
    this.p.metrics.set("underlode_instances", this.processes?.count ?? 0);
  }

  /** Ore goes back into the vaults when no process can begin the run with it any more. */
  private async giveBack(instance: InstanceId, party: Party): Promise<void> {
    if (!isLegacy(party)) return;
    await this.processes?.gone(instance);
    this.inBackground(
      instance,
      this.words.persist(() => restore(this.p.bus, instance)),
    );
  }

  /** Undefined where nobody is left to play it. */
  private async launch(instance: InstanceId, run?: RunStart): Promise<Started | undefined> {
    if (!this.partyOf.has(instance)) return undefined;
    return run === undefined
      ? this.processes?.recover(instance)
      : this.processes?.start(instance, run);
  }

  /** The run goes on: its party is told, and what happened to it meanwhile is seen to. */
  private async inside(
    instance: InstanceId,
    id: PartyId,
    { tick }: Started,
    again: boolean,
  ): Promise<void> {
    this.crashes.wentOn(instance, tick);
    const party = await this.words.persist(() =>
      this.p.parties.change(id, (p) => ok(instanceOf(p) === instance ? arrived(p) : p)),
    );
    if (!party.ok && party.error.code === "not-in-party") this.processes?.stop(instance);
    else if (party.ok && again) {
      this.tellPresences(instance, party.value);
      this.inBackground(instance, this.tellLeft(instance, party.value));
    }
    const over = this.starting.get(instance);
    this.starting.delete(instance);
    if (over !== undefined) await this.ended(instance, over);
  }

  /** What came and went while no process had the run reached nobody. */
  private tellPresences(instance: InstanceId, party: Party): void {
    for (const { player, online } of party.members) {
      const presence = online ? "online" : "away";
      const word = { presence, version: party.version } as const;
      this.p.bus.tell(instanceSubjects.presence, { instance, player }, word);
    }
  }

  /** Who left the party while no process had its run has left the run, too. */
  private async tellLeft(instance: InstanceId, { members, version }: Party): Promise<void> {
    const view = await this.p.bus.ask(instanceSubjects.view, { instance }, {});
    if (!view.ok) return;
    const word = { presence: "left", version } as const;
    for (const { player: id, state, hired } of view.value.crew) {
      const isIn = members.some(({ player }) => player === id);
      if (isIn || hired === true || state === "left") continue;
      this.p.bus.tell(instanceSubjects.presence, { instance, player: PlayerId.parse(id) }, word);
    }
  }

  private async failed(instance: InstanceId, id: PartyId, error: Error): Promise<void> {
    this.p.log.error({ instance, err: error }, "a dungeon did not start");
    this.partyOf.delete(instance);
    await this.words.warn(
      id,
      instance,
      `The dungeon could not be started: ${error.message}. Try again.`,
    );
    await this.p.parties
      .change(id, (p) => ok(instanceOf(p) === instance ? gather(p) : p))
      .catch((err) => this.p.log.error({ err, instance }, "a party could not be gathered"));
  }

  /** Has another process take a run up; tries for as long as that may help. */
  private async takeUp(instance: InstanceId, id: PartyId): Promise<void> {
    const began = performance.now();
    for (let pauseMs = RETRY_MS_FIRST; !this.closing; ) {
      this.starting.set(instance, undefined);
      try {
        const started = await this.turns.take(() => this.launch(instance));
        if (started === undefined) return void this.starting.delete(instance);
        const seconds = (performance.now() - began) / 1000;
        this.p.metrics.add("underlode_recoveries_total");
        this.p.metrics.observe("underlode_recovery_seconds", seconds);
        this.p.log.info({ instance, seconds, replayed: started.replayed }, "a run was taken up");
        return await this.inside(instance, id, started, true);
      } catch (error) {
        this.starting.delete(instance);
        this.p.log.error({ instance, err: error }, "a run could not be taken up");
        if (error instanceof Refused && error.final)
          return error.kept
            ? this.unfit(instance, id, error.message)
            : this.lost(instance, id, error.message);
      }
      await pause(pauseMs);
      pauseMs = Math.min(pauseMs * 2, RETRY_MS_MAX);
    }
  }

  /** A run that this server cannot go on with: it stays as it is stored. */
  private async unfit(instance: InstanceId, id: PartyId, words: string): Promise<void> {
    await this.rest(instance);
    const text = `Your run cannot go on here: ${words}. It stays saved; leave the party to delve anew.`;
    await this.words.warn(id, instance, text);
  }

  /** A run that nothing can take up again. */
  private async lost(instance: InstanceId, id: PartyId, words: string): Promise<void> {
    await this.words.persist(() => this.p.forsaken.forget(instance));
    const text = `Your run is lost: ${words}. What was banked is kept; you can delve again at once.`;
    await this.words.warn(id, instance, text);
    this.inBackground(
      instance,
      this.words.persist(() => restore(this.p.bus, instance)),
    );
    await this.over(instance, { instance, outcome: "crashed", summary: {} });
  }

  /** Nobody of the party is left: its dungeon need not go on. */
  stop({ party, at }: Party): void {
    if (at.phase === "gathering") return;
    const { instance } = at;
    if (this.processes?.has(instance)) this.processes.stop(instance);
    // Still waiting for its turn.
    else if (at.phase === "starting") this.partyOf.delete(instance);
    // Taken up, it finds nobody and ends; what is being taken up does so by itself.
    else if (at.phase === "suspended") this.forsake(instance, party);
  }

  /** A run at rest that everybody has left is taken up to end by the game's own rules. */
  private forsake(instance: InstanceId, id: PartyId): void {
    this.partyOf.set(instance, id);
    this.inBackground(instance, this.takeUp(instance, id));
  }

  /** Watches over a party and its dungeon while nobody is online. */
  presence(party: Party): void {
    this.absences.presence(party);
  }

  /** A process is gone: what that means for its party. */
  async ended(instance: InstanceId, ending: Ending): Promise<void> {
    if (this.starting.has(instance)) {
      // Its start fails, or has just been told: one of both speaks to the party.
      this.starting.set(instance, ending);
      return;
    }
    this.p.metrics.set("underlode_instances", this.processes?.count ?? 0);
    this.p.metrics.add("underlode_instances_ended_total", { how: ending.how });
    if (ending.how === "ended") await this.words.persist(() => this.p.forsaken.forget(instance));
    if (ending.how === "crashed") return this.crashed(instance, ending.words);
    if (ending.how === "suspended") return this.rest(instance);
    const abandoned: RunEnd = { instance, outcome: "abandoned", summary: {} };
    await this.over(instance, ending.how === "ended" ? ending.end : abandoned);
  }

  private async crashed(instance: InstanceId, words: string): Promise<void> {
    const id = this.partyOf.get(instance);
    if (id === undefined) return;
    this.p.log.error({ instance, words }, "an instance died");
    const isLoop = this.crashes.add(instance, Date.now());
    const party = await this.words.persist(() =>
      this.p.parties.change(id, (p) =>
        ok(instanceOf(p) !== instance ? p : isLoop ? suspended(p) : recovering(p, this.p.host)),
      ),
    );
    if (!party.ok || instanceOf(party.value) !== instance)
      return void this.partyOf.delete(instance);
    if (!isLoop) return this.takeUp(instance, id);
    this.partyOf.delete(instance);
    const text =
      "Your dungeon fails again and again at the same moment. It is saved, and somebody must look at it.";
    await this.words.warn(id, instance, text);
  }

  /** The run is stored and without a process. */
  private async rest(instance: InstanceId): Promise<void> {
    const id = this.partyOf.get(instance);
    this.partyOf.delete(instance);
    if (id === undefined) return;
    await this.words.persist(() =>
      this.p.parties.change(id, (p) => ok(instanceOf(p) === instance ? suspended(p) : p)),
    );
  }

  /** The run is over for good. */
  private async over(instance: InstanceId, end: RunEnd): Promise<void> {
    const id = this.partyOf.get(instance);
    this.partyOf.delete(instance);
    this.crashes.forget(instance);
    if (id === undefined) return;
    const party = await this.words.persist(() => this.p.parties.get(id));
    if (party === undefined || instanceOf(party) !== instance) return;
    await this.words.tell(party, instance, { kind: "end", end });
    await this.words.persist(() =>
      this.p.parties.change(id, (p) =>
        ok(instanceOf(p) === instance ? withoutLegacy(gather(p)) : p),
      ),
    );
    await this.p.parties.disband(id);
  }

  /** What a former process of any host left unfinished. */
  private async sweepForsaken(): Promise<void> {
    for (const { instance, party } of await this.p.forsaken.all()) {
      const left = (await this.p.parties.get(party)) === undefined;
      if (left) this.forsake(instance, party);
      else await this.p.forsaken.forget(instance);
    }
  }

  /** Parties of this host whose dungeon a former process of ours had: adopted, or taken up again. */
  async sweep(): Promise<void> {
    for (const party of await this.p.parties.all()) {
      this.presence(party);
      if (!("host" in party.at) || party.at.host !== this.p.host) continue;
      const { instance } = party.at;
      this.partyOf.set(instance, party.party);
      const alive = await this.p.bus.ask(
        instanceSubjects.health,
        { instance },
        { host: this.p.host },
      );
      if (!alive.ok) {
        this.inBackground(instance, this.crashed(instance, "the host was restarted"));
        continue;
      }
      this.p.log.info({ instance, pid: alive.value.pid }, "a run was adopted");
      this.processes?.adopt(this.p.bus, instance, alive.value.pid);
      await this.p.parties.change(party.party, (p) => ok(arrived(p)));
    }
    await this.sweepForsaken();
  }

  close(): void {
    this.closing = true;
  }
}
