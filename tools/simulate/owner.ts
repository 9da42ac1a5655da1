import type { Order, Report } from "@underlode/contracts";
import type { Bus } from "@underlode/runtime";
import { Host } from "../../services/game-instance/src/host.ts";
import { HOST } from "./cast.ts";
import { type GameName, watchedGame } from "./game.ts";
import type { Server } from "./network.ts";
import { kill, newProcess, type Process } from "./process.ts";

export type OwnerParts = {
  readonly server: Server;
  readonly name: string;
  readonly game: GameName;
  readonly decorate: (bus: Bus) => Bus;
  readonly isResting: () => boolean;
  readonly report: (owner: Owner, word: Report) => void;
};

/** As the real process: it ends itself when it cannot end in order. */
const DRAIN_MS_MAX = 8_000;

/** One life of an instance's process. */
export class Owner {
  readonly process: Process;
  /** The world it has, once it has one. */
  world: unknown;
  isGivenUp = false;
  private ending = false;
  private readonly host: Host;
  private readonly server: Server;

  constructor(parts: OwnerParts, order: Order) {
    const { server, name, game } = parts;
    this.server = server;
    this.process = newProcess(server, name, parts.decorate);
    const watch = {
      isResting: parts.isResting,
      onWorld: (world: unknown) => {
        this.world = world;
      },
    };
    this.host = new Host({
      ...{ bus: this.process.bus, log: this.process.log, host: HOST },
      games: { [game]: watchedGame(game, watch) },
      report: (word) => parts.report(this, word),
      exit: (why) => this.exit(why),
    });
    this.order(order);
  }

  /** Nobody need take its place; a frozen one is waited for until it is given up. */
  get isAlive(): boolean {
    return this.process.actor.state !== "dead" && !this.ending && !this.isGivenUp;
  }

  order(order: Order): void {
    this.server.scheduler.call(this.process.actor, order.order, () => void this.host.obey(order));
  }

  private exit(why: string): void {
    if (this.ending) return;
    this.ending = true;
    this.server.scheduler.trace.note(`${this.process.actor.name} ends: ${why}`);
    setTimeout(() => kill(this.process), DRAIN_MS_MAX);
    void this.host
      .close()
      .then(() => this.process.bus.drain())
      .then(() => kill(this.process));
  }

  kill(): void {
    kill(this.process);
  }
}
