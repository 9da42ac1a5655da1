import {
  type InstanceId,
  ORPHAN_MS_MAX,
  type Order,
  ok,
  type Report,
  type RunStart,
  instance as subjects,
} from "@underlode/contracts";
import type { Bus, Log } from "@underlode/runtime";
import { realTime } from "./clock.ts";
import type { HostGame } from "./games.ts";
import { type Running, runInstance } from "./instance.ts";
import { Superseded } from "./journal.ts";
import { confirm } from "./playback/confirmation.ts";
import { Playback } from "./playback/playback.ts";
import { Gone, type Recalled, recall, Unfit } from "./recall.ts";

export type HostParts = {
  readonly bus: Bus;
  readonly log: Log;
  readonly games: Readonly<Record<string, HostGame>>;
  /** Name of this machine among managers. */
  readonly host: string;
  /** Times as fast as the wall's clock that a run goes on here; 1 where absent. */
  readonly timeScale?: number | undefined;
  readonly report: (word: Report) => void;
  /** The process has nothing more to do. */
  readonly exit: (why: string) => void;
};

/** Milliseconds between two reports of counters to the manager. */
const METRICS_MS = 2_000;
/** A claim that somebody's late message got ahead of is tried again. */
const CLAIMS_MAX = 3;

/** A process that is warm until it is told which run is its own. */
export class Host {
  private readonly p: HostParts;
  private running: Running | undefined;
  private playback: Playback | undefined;
  private instance: InstanceId | undefined;
  private orphan: NodeJS.Timeout | undefined;

  constructor(parts: HostParts) {
    this.p = parts;
  }

  /** Carries out an order; refuses in words what cannot be done. */
  async obey(order: Order): Promise<void> {
    try {
      if (order.order === "start") await this.begin(order.instance, order.start);
      else if (order.order === "recover") await this.recover(order.instance);
      else if (order.order === "show") this.show(order);
      else if (order.order === "confirm") await this.confirm(order.instance);
      else if (order.order === "suspend") await this.suspend();
      else if (this.running?.abandon() !== true) this.p.exit("ordered");
    } catch (fault) {
      this.p.log.error({ err: fault }, "an order failed");
      const final = order.order === "start" || fault instanceof Unfit;
      const kept = order.order === "recover" && !(fault instanceof Gone);
      this.p.report({ report: "refused", words: (fault as Error).message, final, kept });
    }
  }

  private show({ playback, instance, live }: Extract<Order, { order: "show" }>): void {
    const { bus, log, games, exit, timeScale } = this.p;
    const onIdle = () => exit("nobody watches");
    const parts = { bus, games, playback, instance, live, timeScale, onIdle, time: realTime };
    this.playback = new Playback({ ...parts, log: log.child({ playback, instance }) });
    this.playback.open();
    // A round trip behind the subscriptions: whoever is told of it now gets an answer.
    void bus.healthy().then(() => this.p.report({ report: "showing", playback }));
  }

  private async confirm(instance: InstanceId): Promise<void> {
    const { bus, log, games, exit, report } = this.p;
    report({ report: "confirming", instance });
    await confirm({ bus, log, games, instance }).catch((err) =>
      log.warn({ err, instance }, "a run could not be played again"),
    );
    exit("played again");
  }

  private async recover(instance: InstanceId): Promise<void> {
    for (let tries = 1; ; tries++) {
      const recalled = await recall(this.p.bus, instance);
      try {
        return await this.begin(instance, recalled.start, recalled);
      } catch (fault) {
        if (!(fault instanceof Superseded) || tries === CLAIMS_MAX) throw fault;
      }
    }
  }

  private async begin(instance: InstanceId, start: RunStart, recalled?: Recalled): Promise<void> {
    const game = this.p.games[start.game];
    if (game === undefined) throw new Unfit(`there is no game "${start.game}"`);
    const { bus, log, host, timeScale } = this.p;
    const running = await game((simulation) => {
      if (start.content !== "" && start.content !== simulation.contentHash)
        throw new Unfit(
          `it was begun with other rules (${start.content}) than this server's (${simulation.contentHash})`,
        );
      return runInstance({
        instance,
        start: { ...start, content: simulation.contentHash },
        ...(recalled && { recalled }),
        simulation,
        bus,
        log: log.child({ instance }),
        time: realTime,
        timeScale,
        owner: `${host}-${process.pid}`,
        onIdle: () => void this.suspend(),
        onOver: (end) => {
          if (end !== undefined) this.p.report({ report: "ended", instance, end });
          this.p.exit(end === undefined ? "superseded" : "run over");
        },
      });
    });
    this.running = running;
    this.instance = instance;
    this.answer(instance, running);
    // A round trip behind the subscriptions: from here on nothing that is told is missed.
    await bus.healthy();
    const { epoch, tick } = running;
    this.p.report({
      report: "started",
      instance,
      epoch,
      tick,
      replayed: recalled?.ticks.length ?? 0,
    });
  }

  private answer(instance: InstanceId, running: Running): void {
    const { bus, host } = this.p;
    bus.serve(subjects.health, { instance }, async (ask) => {
      if (ask.host === host) this.watched();
      return ok({ pid: process.pid, epoch: running.epoch, tick: running.tick });
    });
    bus.serve(subjects.order, { instance }, async (order) => {
      setImmediate(() => void this.obey(order));
      return ok({});
    });
    let last = -1;
    setInterval(() => {
      const { ticks } = running.counters;
      if (ticks === last) return;
      last = ticks;
      bus.tell(subjects.metrics, { instance }, { host, counters: { ...running.counters } });
    }, METRICS_MS).unref();
  }

  /** A manager is there: the run goes on for as long as it asks. */
  private watched(): void {
    if (this.orphan === undefined) return;
    clearTimeout(this.orphan);
    this.orphaned();
  }

  /** The manager that began this process is gone; another one may take it over. */
  orphaned(): void {
    if (this.running === undefined) return this.p.exit("manager gone");
    this.orphan = setTimeout(() => void this.suspend(), ORPHAN_MS_MAX);
  }

  private async suspend(): Promise<void> {
    const settled = (await this.running?.suspend()) ?? true;
    if (settled && this.instance !== undefined)
      this.p.report({ report: "suspended", instance: this.instance });
    this.p.exit(settled ? "suspended" : "suspended, but the journal does not answer");
  }

  async close(): Promise<void> {
    await this.playback?.close();
    await this.running?.stop();
  }
}
