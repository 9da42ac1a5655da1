import {
  type Core,
  decodeFrame,
  type Effect,
  encodeFrame,
  fold,
  HANDSHAKE_MS_MAX,
  type Input,
  newCore,
  newSeen,
  type Question,
  SILENCE_MS_MAX,
  stateOf,
  step,
} from "@underlode/client";
import type { Act, ClientFrame, Result, ServerFrame } from "@underlode/contracts";
import { newAsks } from "../../packages/client/src/asks.ts";
import { identityOf } from "./cast.ts";
import type { Copy } from "./copy.ts";
import type { Plant } from "./plants.ts";
import type { Actor, Scheduler } from "./scheduler.ts";
import type { SimSocket } from "./sim-socket.ts";
import { Witness } from "./witness.ts";

export type ClientParts = {
  readonly scheduler: Scheduler;
  readonly name: string;
  /** A copy that takes connections now, as the proxy finds one. */
  readonly copy: () => Copy | undefined;
  readonly plant: Plant | undefined;
};

/** Milliseconds until a proxy says that nobody takes connections. */
const REFUSED_MS = 3;

/** A player's program: the protocol's core, its effects, and what it sees. */
export class SimClient {
  readonly actor: Actor;
  readonly name: string;
  readonly seen = newSeen();
  readonly witness: Witness;
  private readonly p: ClientParts;
  private core: Core = newCore("simulated");
  private copy: Copy | undefined;
  private socket: SimSocket | undefined;
  private silence: NodeJS.Timeout | undefined;
  private count: NodeJS.Timeout | undefined;
  private online = false;
  private readonly asks = newAsks((frame) => this.sendOnline(frame));

  constructor(parts: ClientParts) {
    this.p = parts;
    this.name = parts.name;
    this.actor = parts.scheduler.actor(parts.name);
    this.witness = new Witness(parts.name, (line) => parts.scheduler.trace.note(line));
    this.does("start", () => this.input({ on: "start" }));
  }

  get isOnline(): boolean {
    return this.online;
  }

  get acted(): number {
    return this.core.acted;
  }

  get state(): string {
    return stateOf(this.core).at;
  }

  does(label: string, run: () => void): void {
    this.p.scheduler.call(this.actor, label, run);
  }

  act(act: Act): void {
    this.does("act", () => {
      if (this.online) this.input({ on: "act", act });
    });
  }

  ask(question: Question, answered: (result: Result<void>) => void): void {
    this.does("ask", () => void this.asks.ask(question).then(answered));
  }

  look(): void {
    this.does("look", () => this.sendOnline({ t: "look" }));
  }

  private input(input: Input): void {
    const [core, effects] = step(this.core, input, Math.random);
    this.core = core;
    for (const effect of effects) this.perform(effect);
    this.tellState();
  }

  private tellState(): void {
    const { at } = stateOf(this.core);
    const was = this.online;
    this.online = at === "online";
    if (was && !this.online) this.asks.refuseAll();
    if (was !== this.online) this.p.scheduler.trace.note(`${this.name} ${at}`);
  }

  private perform(effect: Effect): void {
    switch (effect.do) {
      case "getTicket":
        return void this.getTicket();
      case "open":
        return this.open();
      case "send":
        return this.write(effect.frame);
      case "deliver":
        return this.deliver(effect.frame);
      case "wake":
        return void setTimeout(() => this.input({ on: "woke" }), effect.inMs);
      case "count":
        clearTimeout(this.count);
        this.count = setTimeout(() => this.input({ on: "countDue" }), effect.inMs);
        return;
      case "shut":
        return this.shut();
    }
  }

  /** A request of HTTP: it may be lost on both ways, with the copy that has it. */
  private getTicket(): void {
    const copy = this.p.copy();
    const answer = (input: Input): void => this.does("http", () => settle(input));
    let isSettled = false;
    const settle = (input: Input): void => {
      if (isSettled) return;
      isSettled = true;
      this.input(input);
    };
    const none = { on: "noTicket", code: "unavailable", reason: "no answer" } as const;
    setTimeout(() => settle(none), copy === undefined ? REFUSED_MS : HANDSHAKE_MS_MAX);
    if (copy === undefined) return;
    this.p.scheduler.call(copy.process.actor, "http", () => {
      copy.ticket(identityOf(this.name)).then(
        (ticket) => answer({ on: "ticket", ticket }),
        () => answer(none),
      );
    });
  }

  private open(): void {
    const copy = this.p.copy();
    if (copy === undefined) return void setTimeout(() => this.lost(1006, "refused"), REFUSED_MS);
    this.copy = copy;
    const { client } = copy.connect(this.actor);
    this.socket = client;
    const mine = (hear: () => void) => {
      if (this.socket === client) hear();
    };
    client.on("ping", () => mine(() => this.heard()));
    client.on("message", (data: Buffer) => mine(() => this.message(data)));
    client.on("close", (code: number, reason: Buffer) =>
      mine(() => this.lost(code, reason.toString())),
    );
    this.heard();
    this.input({ on: "opened" });
  }

  private message(data: Buffer): void {
    this.heard();
    const frame = decodeFrame(data, "msgpack");
    if (frame) this.input({ on: "frame", frame });
  }

  private lost(code: number, reason: string): void {
    this.stopListening();
    this.socket = undefined;
    this.input({ on: "lost", close: code, reason });
  }

  private heard(): void {
    if (this.silence) this.silence.refresh();
    else this.silence = setTimeout(() => this.socket?.terminate(), SILENCE_MS_MAX);
  }

  private deliver(frame: ServerFrame): void {
    this.tellState();
    if (fold(this.seen, frame) === "look") this.write({ t: "look" });
    this.asks.hear(frame);
    this.witness.hear(frame, this.seen, this.copy?.isBehind === true);
  }

  private sendOnline(frame: ClientFrame): boolean {
    if (this.online) this.write(frame);
    return this.online;
  }

  private write(frame: ClientFrame): void {
    this.socket?.send(encodeFrame(this.bent(frame), "msgpack"));
  }

  private bent(frame: ClientFrame): ClientFrame {
    const marks = this.p.plant?.marks;
    if (frame.t !== "hello" || frame.resume === undefined || marks === undefined) return frame;
    return { ...frame, resume: { ...frame.resume, marks: marks(frame.resume.marks) } };
  }

  private shut(): void {
    this.stopListening();
    this.socket?.close(1000);
    this.socket = undefined;
  }

  private stopListening(): void {
    clearTimeout(this.silence);
    this.silence = undefined;
  }
}
