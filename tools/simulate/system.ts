import { streams, TickMessage, unpack } from "@underlode/contracts";
import type { Bus } from "@underlode/runtime";
import { PLAYERS, STRANGER } from "./cast.ts";
import { startChat } from "./chatter.ts";
import type { StoredBytes } from "./consumers.ts";
import { Copy } from "./copy.ts";
import { FactTable, startPersistence } from "./fact-table.ts";
import type { GameName } from "./game.ts";
import { Manager } from "./manager.ts";
import { Server } from "./network.ts";
import type { Plant, Role } from "./plants.ts";
import { simulateOn } from "./platform.ts";
import type { Process } from "./process.ts";
import { Scheduler } from "./scheduler.ts";
import { SimClient } from "./sim-client.ts";

const COPIES = ["c1", "c2"];

/** Everything that takes part in one run, and how each part is started again. */
export class System {
  readonly scheduler: Scheduler;
  readonly server: Server;
  readonly game: GameName;
  readonly table: FactTable;
  readonly manager: Manager;
  readonly copies: Copy[] = [];
  readonly clients: SimClient[] = [];
  chat: Process;
  persistence: Process;
  /** Nothing happens by itself any more: the worlds stand still until somebody acts. */
  isResting = false;
  readonly wrong: string[] = [];
  /** What the streams have forgotten of the journal: it happened nevertheless. */
  readonly forgotten: StoredBytes[] = [];
  private readonly plant: Plant | undefined;

  constructor(seed: number, game: GameName, plant: Plant | undefined) {
    this.scheduler = new Scheduler(seed);
    // Whatever is made from here on takes time and chance from this run.
    simulateOn(this.scheduler);
    this.server = new Server(this.scheduler, seed);
    this.game = game;
    this.plant = plant;
    this.makeStreams();
    this.table = new FactTable(plant);
    this.manager = new Manager({
      ...{ server: this.server, game, decorate: this.as("instance") },
      isResting: () => this.isResting,
    });
    this.chat = startChat(this.server, this.as("chat"));
    this.persistence = startPersistence(this.server, this.table, this.as("persistence"));
    for (const slot of COPIES.keys()) this.startCopy(slot);
    for (const name of PLAYERS) this.clients.push(this.client(name));
  }

  private makeStreams(): void {
    for (const spec of Object.values(streams))
      this.server.broker.streams.set(spec.name, {
        ...{ spec, messages: [], lastSeq: 0, ids: new Map() },
      });
  }

  private as(role: Role): (bus: Bus) => Bus {
    return (bus) => this.plant?.bus?.(role, bus) ?? bus;
  }

  private client(name: string): SimClient {
    const copy = () => this.server.dice.pick(this.copies.filter((c) => c.isOpen));
    return new SimClient({ scheduler: this.scheduler, name, copy, plant: this.plant });
  }

  startCopy(slot: number): void {
    const name = COPIES[slot] ?? "c";
    this.copies[slot] = new Copy(this.server, name, this.as("connection"), (words) => {
      this.wrong.push(words);
      this.scheduler.trace.note(`! ${words}`);
    });
  }

  startChat(): void {
    this.chat = startChat(this.server, this.as("chat"));
  }

  startPersistence(): void {
    this.persistence = startPersistence(this.server, this.table, this.as("persistence"));
  }

  get delvers(): SimClient[] {
    return this.clients.filter((client) => client.name !== STRANGER);
  }

  /** Every process there is now. */
  get processes(): Process[] {
    const owners = this.manager.owners.map((owner) => owner.process);
    const copies = this.copies.map((copy) => copy.process);
    return [...owners, ...copies, this.chat, this.persistence];
  }

  /** As after a month at rest: nothing is left of the run but what the database has. */
  forget(): boolean {
    const { streams: stored } = this.server.broker;
    const last = stored.get("TICKS")?.messages.at(-1);
    const isAtRest = this.manager.owners.every((o) => o.process.actor.state === "dead");
    if (last === undefined || !isAtRest || !this.isCopied(last)) return false;
    this.scheduler.trace.note("* the streams forget the run");
    for (const name of ["TICKS", "SNAPSHOTS", "SAVES"]) {
      const messages = stored.get(name)?.messages.splice(0) ?? [];
      if (name === "TICKS") this.forgotten.push(...messages);
    }
    return true;
  }

  /** Whether the database has the run as of a message. */
  private isCopied({ bytes }: StoredBytes): boolean {
    const { epoch, n } = TickMessage.parse(unpack(bytes));
    const { snapshot } = this.table.saved;
    return snapshot?.epoch === epoch && snapshot.n === n;
  }

  /** Starts whatever is dead. */
  tend(): void {
    for (const [slot, copy] of this.copies.entries())
      if (copy.process.actor.state === "dead") this.startCopy(slot);
    if (this.chat.actor.state === "dead") this.startChat();
    if (this.persistence.actor.state === "dead") this.startPersistence();
    this.manager.tend();
  }
}
