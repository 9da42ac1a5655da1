// The whole system for the nemesis to strike at: real processes, each behind a gate of its own on its way to NATS.
// The gates are here; a launcher, which can be killed too, keeps what is behind them.
import { writeFileSync } from "node:fs";
import { appendFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Child, startChild } from "../launch/child.ts";
import { type Home, openHome } from "../launch/home.ts";
import { endLeftovers, LAUNCH_VARIABLE } from "../launch/leftovers.ts";
import { readLock } from "../launch/lock.ts";
import { askJetStream } from "../launch/nats-probe.ts";
import { freePort } from "../launch/ports.ts";
import { childrenOf, isRunning, signal, withVariable } from "../launch/processes.ts";
import { type Disk, mountDisk } from "./disk.ts";
import { type Gate, openGate } from "./gate.ts";
import { writeRichGround } from "./ground.ts";
import {
  clockFile,
  type LaunchPlan,
  type NatsUser,
  SERVICES,
  type ServiceName,
  type Standing,
  serviceEnv,
} from "./plan.ts";
import { startRivals } from "./rival.ts";

export interface SystemOptions {
  home: string;
  /** A deliberate fault that a test build has. */
  plant?: string | undefined;
  signal?: AbortSignal | undefined;
}

/** A running system. What the harness reads by itself goes past the gates. */
export interface System {
  home: Home;
  /** Where players knock. */
  ws: string;
  /** The folder of the content that its dungeons are made of. */
  content: string;
  front: Gate;
  gates: ReadonlyMap<NatsUser, Gate>;
  postgresGate: Gate;
  disk: Disk | undefined;
  service(name: ServiceName): { pid: number; metrics: string };
  nats(): Standing["nats"];
  postgres(): Standing["postgres"];
  /** Sets a service's wall clock ahead by so many ms; "instances" are all of them. */
  setClock(name: NatsUser, aheadMs: number): void;
  /** Processes that all take up one run, whoever owns it. */
  rivals(instance: string, count: number): Promise<Child[]>;
  /** Waits until JetStream answers; ends it where it hangs, which counts as help. */
  mendNats(deadlineMs: number): Promise<"by itself" | "helped">;
  /** Kills who keeps everything running, outright. */
  killLauncher(): Promise<void>;
  /** How many services and instances of the last launch still run. */
  left(): number;
  /** Starts everything again on the same home, as an operator would. */
  launchAgain(): Promise<void>;
  log(text: string): void;
  stop(): Promise<void>;
}

const STEP_MS = 100;
const RIVAL = "rival";
const STOP_MS_MAX = 30_000;
const LAUNCHER = fileURLToPath(new URL("launcher.ts", import.meta.url));

export async function startSystem(options: SystemOptions): Promise<System> {
  const home = openHome(options.home);
  const ground = new Ground(home, writeRichGround(home.root), options);
  try {
    return await ground.build();
  } catch (error) {
    await ground.stop();
    throw error;
  }
}

/** All that outlives a launcher: gates, the disk, and the plan by which everything is started again. */
class Ground {
  readonly #options: SystemOptions;
  readonly #home: Home;
  readonly #content: string;
  readonly #gates = new Map<NatsUser, Gate>();
  readonly #otherGates: Gate[] = [];
  #plan: LaunchPlan | undefined;
  #launcher: Child | undefined;
  #standing: Standing | undefined;
  #disk: Disk | undefined;

  constructor(home: Home, content: string, options: SystemOptions) {
    this.#home = home;
    this.#content = content;
    this.#options = options;
  }

  async build(): Promise<System> {
    this.#disk = mountDisk(this.#home.nats);
    const ports = {
      ...{ nats: await freePort(), postgres: await freePort() },
      ...{ connection: await freePort(), "connection-2": await freePort() },
    };
    for (const user of [...SERVICES, "instances"] as const) {
      this.#gates.set(user, await openGate(() => [ports.nats]));
      this.#clock(user, 0);
    }
    const postgresGate = await this.#gate(() => [ports.postgres]);
    const front = await this.#gate(() => [ports.connection, ports["connection-2"]]);
    const gatePorts = [...this.#gates].map(([user, { port }]) => [user, port]);
    this.#plan = {
      ...{ home: this.#home.root, content: this.#content, plant: this.#options.plant, ports },
      ...{ gates: Object.fromEntries(gatePorts), postgresGate: postgresGate.port },
    };
    await this.#launch(this.#plan);
    return this.#system(front, postgresGate);
  }

  async #gate(targets: () => readonly number[]): Promise<Gate> {
    const gate = await openGate(targets);
    this.#otherGates.push(gate);
    return gate;
  }

  async #launch(plan: LaunchPlan): Promise<void> {
    this.#options.signal?.throwIfAborted();
    const child = await startChild({
      ...{ file: process.execPath, args: [LAUNCHER], env: process.env, ipc: true },
      log: join(this.#home.logs, "launcher.log"),
    });
    this.#launcher = child;
    const ready = new Promise<void>((done, fail) => {
      child.process.on("message", (word: { standing: Standing } | { failed: string }) => {
        if ("failed" in word) return fail(new Error(word.failed));
        this.#standing = word.standing;
        if (word.standing.isReady) done();
      });
      void child.ended.then(() => fail(new Error("the launcher ended")));
      const abort = () => fail(this.#options.signal?.reason as Error);
      this.#options.signal?.addEventListener("abort", abort, { once: true });
    });
    ready.catch(() => {});
    child.process.send(plan);
    await ready;
  }

  #now(): Standing {
    if (this.#standing === undefined) throw new Error("nothing stands yet");
    return this.#standing;
  }

  async #killLauncher(): Promise<void> {
    const launcher = this.#launcher;
    if (launcher === undefined) return;
    signal(launcher.pid, "SIGKILL");
    await launcher.ended;
  }

  /** But for nats-server, Postgres and its helpers, which nobody tells that their launcher is gone. */
  #left(): number {
    const { launch, nats, postgres } = this.#now();
    const ground = [nats.pid, postgres.pid, ...childrenOf(postgres.pid)];
    return withVariable(LAUNCH_VARIABLE, launch).filter(({ pid }) => !ground.includes(pid)).length;
  }

  #rivals(instance: string, count: number): Promise<Child[]> {
    const { launch, nats, entry } = this.#now();
    const own = serviceEnv(this.#plan as LaunchPlan, nats, RIVAL);
    const env = { ...process.env, ...own, [LAUNCH_VARIABLE]: launch };
    return startRivals({ entry, env, log: join(this.#home.logs, "rival.out") }, instance, count);
  }

  #clock(user: NatsUser, aheadMs: number): void {
    writeFileSync(clockFile(this.#home.root, user), String(aheadMs));
  }

  #log(text: string): void {
    const line = `${new Date().toISOString()} ${text}\n`;
    appendFile(join(this.#home.logs, "chaos.log"), line).catch(() => {});
  }

  #system(front: Gate, postgresGate: Gate): System {
    const nats = () => this.#now().nats;
    return {
      home: this.#home,
      ws: `ws://127.0.0.1:${front.port}/ws`,
      content: this.#content,
      front,
      gates: this.#gates,
      postgresGate,
      disk: this.#disk,
      service: (name) => this.#now().services[name] as { pid: number; metrics: string },
      nats,
      postgres: () => this.#now().postgres,
      setClock: (name, aheadMs) => this.#clock(name, aheadMs),
      rivals: (instance, count) => this.#rivals(instance, count),
      mendNats: (deadlineMs) => mend(nats, deadlineMs),
      killLauncher: () => this.#killLauncher(),
      left: () => this.#left(),
      launchAgain: () => this.#launch(this.#plan as LaunchPlan),
      log: (text) => this.#log(text),
      stop: () => this.stop(),
    };
  }

  async stop(): Promise<void> {
    this.#disk?.free();
    for (const gate of [...this.#gates.values(), ...this.#otherGates]) gate.open();
    await this.#launcher?.stop("SIGTERM", STOP_MS_MAX);
    const lock = readLock(join(this.#home.run, "launcher.lock"));
    if (lock !== undefined && !isRunning(lock)) await endLeftovers(lock, (text) => this.#log(text));
    await Promise.all([...this.#gates.values(), ...this.#otherGates].map((gate) => gate.stop()));
    this.#disk?.unmount();
  }
}

async function mend(
  nats: () => Standing["nats"],
  deadlineMs: number,
): Promise<"by itself" | "helped"> {
  const until = performance.now() + deadlineMs;
  while (performance.now() < until) {
    if (await answers(nats())) return "by itself";
    await new Promise((done) => setTimeout(done, STEP_MS));
  }
  signal(nats().pid, "SIGKILL");
  while (!(await answers(nats()))) await new Promise((done) => setTimeout(done, STEP_MS));
  return "helped";
}

async function answers({ port, user, password }: Standing["nats"]): Promise<boolean> {
  return askJetStream({ port, user, password }, 500).then(
    () => true,
    () => false,
  );
}
