import {
  buckets,
  instance as instances,
  type Order,
  ok,
  type Party,
  type PlayerId,
  party as parties,
  type Report,
  type RunStart,
} from "@underlode/contracts";
import type { Bus } from "@underlode/runtime";
import { DELVERS, HOST, INSTANCE, newParty, PARTY, playerOf } from "./cast.ts";
import { Owner, type OwnerParts } from "./owner.ts";
import { newProcess, type Process } from "./process.ts";

export type ManagerParts = Omit<OwnerParts, "name" | "report">;

const TICK_RATE = 50;

/**
 * The party service and the watch over processes, in small: always there and always right, since
 * it is not what is being simulated.
 */
export class Manager {
  readonly process: Process;
  readonly owners: Owner[] = [];
  party: Party = newParty();
  /** The run is over for good. */
  ended = false;
  suspended = false;
  /** Nobody wants the run to go on for now. */
  isLeftAlone = false;
  private stored: Promise<void> = Promise.resolve();
  private readonly p: ManagerParts;

  constructor(parts: ManagerParts) {
    this.p = parts;
    this.process = newProcess(parts.server, "manager", (bus: Bus) => bus);
    this.does("start", () =>
      this.process.bus.serve(parties.of, {}, async ({ player, online }) =>
        ok(this.came(player, online)),
      ),
    );
  }

  private does(label: string, run: () => void): void {
    this.p.server.scheduler.call(this.process.actor, label, run);
  }

  private came(player: PlayerId, online: boolean): Party | null {
    const member = this.party.members.find((m) => m.player === player);
    if (member === undefined) return null;
    if (member.online !== online)
      this.change({
        members: this.party.members.map((m) => (m === member ? { ...m, online } : m)),
      });
    return this.party;
  }

  private change(what: Partial<Party>): void {
    this.party = { ...this.party, ...what, version: this.party.version + 1 };
    const { party } = this;
    this.process.bus.tell(parties.changed, { party: PARTY }, { party, gone: [] });
    this.stored = this.store();
  }

  private async store(): Promise<void> {
    const { bus } = this.process;
    await (await bus.bucket(buckets.parties)).put(PARTY, this.party);
    const members = await bus.bucket(buckets.members);
    for (const { player } of this.party.members) await members.put(player, { party: PARTY });
  }

  begin(seed: number, monsters: number): void {
    const start: RunStart = {
      ...{ game: this.p.game, content: "", build: "simulated", seed, tickRate: TICK_RATE },
      players: DELVERS.map((name) => ({ id: playerOf(name), name, class: "warrior" })),
      ...(this.p.game === "grid" && { rules: { monsters } }),
    };
    this.launch({ order: "start", instance: INSTANCE, start });
  }

  /** Somebody who takes the run up, whatever became of those before. */
  takeUp(isTold: boolean): void {
    this.suspended = false;
    if (isTold)
      this.does("recovering", () =>
        this.change({ at: { phase: "recovering", instance: INSTANCE, host: HOST } }),
      );
    this.launch({ order: "recover", instance: INSTANCE });
  }

  private launch(order: Order): void {
    const name = `owner${this.owners.length + 1}`;
    const report = (owner: Owner, word: Report) =>
      this.p.server.scheduler.call(this.process.actor, "report", () => this.hear(owner, word));
    this.owners.push(new Owner({ ...this.p, name, report }, order));
  }

  private hear(owner: Owner, word: Report): void {
    this.p.server.scheduler.trace.note(`${owner.process.actor.name} reports ${word.report}`);
    if (word.report === "started") void this.inside();
    else if (word.report === "refused") owner.kill();
    else if (word.report === "ended") this.ended = true;
    // One that was given up is ended at once: what it still says is of no use to the party.
    else if (word.report === "suspended" && !owner.isGivenUp) this.rests();
  }

  private async inside(): Promise<void> {
    this.change({ at: { phase: "delving", instance: INSTANCE, host: HOST } });
    // As the real one: by then the new owner is heard of and hears.
    await this.stored;
    for (const { player, online } of this.party.members) {
      const presence = online ? "online" : "away";
      const body = { presence, version: this.party.version } as const;
      this.process.bus.tell(instances.presence, { instance: INSTANCE, player }, body);
    }
  }

  private rests(): void {
    this.suspended = true;
    this.change({ at: { phase: "suspended", instance: INSTANCE } });
  }

  get alive(): Owner[] {
    return this.owners.filter((owner) => owner.isAlive);
  }

  /** Sees to it that somebody has the run. */
  tend(): void {
    if (this.alive.length === 0 && !this.ended && !this.isLeftAlone) this.takeUp(true);
  }
}
