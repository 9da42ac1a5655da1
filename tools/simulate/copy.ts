import {
  type Identity,
  journal,
  instance as subjects,
  type TickMessage,
} from "@underlode/contracts";
import type { Bus } from "@underlode/runtime";
import type { WebSocket } from "ws";
import { drainSockets } from "../../services/connection/src/drain.ts";
import { openHost } from "../../services/connection/src/host.ts";
import type { Sessions } from "../../services/connection/src/sessions.ts";
import { Socket, type SocketHost } from "../../services/connection/src/socket.ts";
import { Tickets } from "../../services/connection/src/tickets.ts";
import type { Server } from "./network.ts";
import { kill, newProcess, noMetrics, type Process } from "./process.ts";
import type { Actor } from "./scheduler.ts";
import { Line } from "./sim-socket.ts";

/** Milliseconds over which a copy that goes away moves its clients. */
const MOVE_MS = 200;
/** Time that a copy may take to learn what it missed while it was cut off, in ms. */
const BEHIND_MS = 1_000;

type Served = { readonly host: SocketHost; readonly tickets: Tickets; readonly sessions: Sessions };
/** Somebody was shown what an owner said that had been replaced. */
export type Stale = (words: string) => void;

/** One life of a copy of the connection service, without its sockets' network and its HTTP. */
export class Copy {
  readonly process: Process;
  readonly lines = new Set<Line>();
  private served: Served | undefined;
  private draining = false;
  private readonly sockets = new Set<Socket>();
  private readonly server: Server;
  /** Highest claim that reached this copy, and the message that it hears at this event. */
  private claimed = 0;
  private hearing = { epoch: 0, n: 0, event: -1 };
  private readonly stale: Stale;

  constructor(server: Server, name: string, decorate: (bus: Bus) => Bus, stale: Stale) {
    this.server = server;
    this.stale = stale;
    this.process = newProcess(server, name, decorate, {
      heard: (event, body) => {
        if (event === journal.tick) this.heard(body as TickMessage);
      },
      answered: (call, body) => {
        if (call === subjects.view) this.hears(body as { epoch: number; n: number });
      },
    });
    server.scheduler.call(this.process.actor, "start", () => {
      this.begin().catch(() => kill(this.process));
    });
  }

  get isOpen(): boolean {
    return this.process.actor.state !== "dead" && this.served !== undefined && !this.draining;
  }

  /** It cannot know the newest. */
  get isBehind(): boolean {
    return this.process.link.isBehind(BEHIND_MS);
  }

  private heard(message: TickMessage): void {
    if (message.kind === "claim") this.claimed = Math.max(this.claimed, message.epoch);
    this.hears(message);
  }

  private hears({ epoch, n }: { epoch: number; n: number }): void {
    this.hearing = { epoch, n, event: this.server.scheduler.events };
  }

  /** What is behind the sockets of `startConnection`. */
  private async begin(): Promise<void> {
    const { bus, log } = this.process;
    const tickets = await Tickets.open(bus);
    const draining = () => this.draining;
    const parts = { bus, log, metrics: noMetrics, tickets, build: "simulated", draining };
    const { host, sessions } = await openHost(parts);
    this.served = { host, tickets, sessions };
  }

  /** What a client gets over HTTP for its login. */
  ticket(identity: Identity): Promise<string> {
    if (this.served === undefined) throw new Error("not ready");
    return this.served.tickets.grant(identity);
  }

  /** A client's socket, open on both sides. */
  connect(client: Actor): Line {
    const { actor } = this.process;
    const line = new Line(this.server.scheduler, this.server.dice, actor, client);
    this.lines.add(line);
    line.server.onSend = (bytes) => this.watch(bytes, client.name);
    this.server.scheduler.call(actor, "accept", () => {
      if (this.served === undefined || this.draining) return line.cut();
      const ws = line.server as unknown as WebSocket;
      this.sockets.add(new Socket(ws, "msgpack", this.served.host));
    });
    return line;
  }

  private watch(bytes: Uint8Array, client: string): void {
    const { epoch, n, event } = this.hearing;
    if (event !== this.server.scheduler.events || epoch >= this.claimed || !isSight(bytes)) return;
    this.stale(
      `${this.process.actor.name} showed ${client} message ${n} of epoch ${epoch} after the claim of ${this.claimed}`,
    );
  }

  /** Goes away as on SIGTERM. */
  drain(): void {
    const { served } = this;
    if (served === undefined || this.draining) return;
    this.server.scheduler.call(this.process.actor, "drain", () => {
      this.draining = true;
      void drainSockets(served.sessions, this.sockets, MOVE_MS)
        .then(() => served.sessions.close())
        .then(() => this.process.bus.drain())
        .then(() => this.end());
    });
  }

  end(): void {
    kill(this.process);
    for (const line of this.lines) line.cut();
  }
}

/** Whether an encoded frame is a `tick` or a `picture`: `t` is its first key. */
const isSight = (bytes: Uint8Array): boolean => {
  const [, , , , first, second] = bytes;
  return (first === 0x74 || first === 0x70) && second === 0x69;
};
