// The whole system for the nemesis to strike at: real processes, each behind a gate of its own on its way to NATS.
import { randomUUID } from "node:crypto";
import { writeFileSync } from "node:fs";
import { appendFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../launch/bundle.ts";
import type { Child } from "../launch/child.ts";
import { type Home, openHome, secret } from "../launch/home.ts";
import { type Kept, keep, type Runs } from "../launch/keep.ts";
import { LAUNCH_VARIABLE } from "../launch/leftovers.ts";
import { type Nats, startNats } from "../launch/nats.ts";
import { askJetStream } from "../launch/nats-probe.ts";
import { freePort } from "../launch/ports.ts";
import { type Postgres, startPostgres } from "../launch/postgres.ts";
import { end, withVariable } from "../launch/processes.ts";
import { type Service, startService } from "../launch/service.ts";
import { findNatsServer } from "../setup/nats-server.mjs";
import { type Disk, mountDisk } from "./disk.ts";
import { clockUrl, writeEntry } from "./entry.ts";
import { type Gate, openGate } from "./gate.ts";
import { writeRichGround } from "./ground.ts";
import { startRivals } from "./rival.ts";

/** The services as they are struck at; the two copies of the connection service are two. */
export const SERVICES = [
  "persistence",
  "chat",
  "instance-manager",
  "connection",
  "connection-2",
] as const;
export type ServiceName = (typeof SERVICES)[number];
/** Whoever reaches NATS through a gate: the services, and all game instances together. */
export type NatsUser = ServiceName | "instances";

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
  service(name: ServiceName): Service;
  nats(): Nats;
  postgres(): Postgres;
  /** Sets a service's wall clock ahead by so many ms; "instances" are all of them. */
  setClock(name: NatsUser, aheadMs: number): void;
  /** Processes that all take up one run, whoever owns it. */
  rivals(instance: string, count: number): Promise<Child[]>;
  /** Waits until JetStream answers; ends it where it hangs, which counts as help. */
  mendNats(deadlineMs: number): Promise<"by itself" | "helped">;
  log(text: string): void;
  stop(): Promise<void>;
}

const HOST = "chaos";
const STEP_MS = 100;
const LEFTOVER_MS = 2_000;

export async function startSystem(options: SystemOptions): Promise<System> {
  const building = new Building(options);
  try {
    return await building.build();
  } catch (error) {
    await building.stop();
    throw error;
  }
}

class Building {
  readonly #options: SystemOptions;
  readonly #home: Home;
  readonly #launch = randomUUID();
  readonly #content: string;
  readonly #kept: Kept<Runs>[] = [];
  readonly #services = new Map<ServiceName, Kept<Service>>();
  readonly #gates = new Map<NatsUser, Gate>();
  readonly #otherGates: Gate[] = [];
  #nats: Kept<Nats> | undefined;
  #postgres: Kept<Postgres> | undefined;
  #disk: Disk | undefined;
  #entry = "";

  constructor(options: SystemOptions) {
    this.#options = options;
    this.#home = openHome(options.home);
    this.#content = writeRichGround(this.#home.root);
  }

  async build(): Promise<System> {
    this.#disk = mountDisk(this.#home.nats);
    await Promise.all([this.#startNats(), this.#startPostgres()]);
    for (const user of [...SERVICES, "instances"] as const) {
      this.#gates.set(user, await openGate(() => [this.#nats?.current().port ?? 0]));
      this.#clock(user, 0);
    }
    const postgresGate = await this.#gate(() => [this.#postgres?.current().port ?? 0]);
    const ports = await this.#startServices(postgresGate);
    const front = await this.#gate(() => ports);
    return this.#system(front, postgresGate);
  }

  async #gate(targets: () => readonly number[]): Promise<Gate> {
    const gate = await openGate(targets);
    this.#otherGates.push(gate);
    return gate;
  }

  async #startServices(postgresGate: Gate): Promise<number[]> {
    this.#entry = await writeEntry(this.#home.run, this.#ownEnv("instances"));
    const url = this.#postgres?.current().url.replace(/:\d+\//, `:${postgresGate.port}/`);
    await this.#startService("persistence", { UNDERLODE_POSTGRES_URL: url });
    const ports = [await freePort(), await freePort()];
    await Promise.all([
      this.#startService("chat", {}),
      this.#startService("instance-manager", { UNDERLODE_INSTANCE_ENTRY: this.#entry }),
      ...(["connection", "connection-2"] as const).map((name, i) =>
        this.#startService(name, { UNDERLODE_HTTP_PORT: String(ports[i]) }),
      ),
    ]);
    return ports;
  }

  async #startNats(): Promise<void> {
    const server = await findNatsServer();
    const port = await freePort();
    const start = () =>
      startNats({
        dir: this.#home.nats,
        runDir: this.#home.run,
        log: join(this.#home.logs, "nats-server.log"),
        password: secret(this.#home.secrets, "nats").value,
        env: this.#env(),
        server,
        port,
      });
    this.#nats = await this.#keep("nats-server", start);
  }

  async #startPostgres(): Promise<void> {
    const port = await freePort();
    const start = () =>
      startPostgres({
        dir: this.#home.postgres,
        secretsDir: this.#home.secrets,
        log: join(this.#home.logs, "postgres.log"),
        env: this.#env(),
        port,
      });
    this.#postgres = await this.#keep("Postgres", start);
  }

  async #startService(name: ServiceName, more: NodeJS.ProcessEnv): Promise<void> {
    const folder = name.startsWith("connection") ? "connection" : name;
    const plan = {
      name,
      entry: join(root, "services", folder, "src", "main.ts"),
      env: { ...this.#env(), ...this.#ownEnv(name), ...this.#serviceEnv(name), ...more },
      logDir: this.#home.logs,
    };
    this.#services.set(name, await this.#keep(name, () => startService(plan)));
  }

  async #keep<T extends Runs>(name: string, start: () => Promise<T>): Promise<Kept<T>> {
    if (this.#options.signal?.aborted) throw this.#options.signal.reason;
    const kept = await keep(name, start, (text) => this.#log(text));
    this.#kept.push(kept as unknown as Kept<Runs>);
    return kept;
  }

  /** The environment of everything started here; the mark is how leftovers are known. */
  #env(): NodeJS.ProcessEnv {
    return { ...process.env, [LAUNCH_VARIABLE]: this.#launch };
  }

  #ownEnv(user: NatsUser): Record<string, string> {
    const { plant } = this.#options;
    return {
      [LAUNCH_VARIABLE]: this.#launch,
      UNDERLODE_NATS_URL: `nats://127.0.0.1:${this.#gates.get(user)?.port}`,
      UNDERLODE_CHAOS_CLOCK: this.#clockFile(user),
      ...(plant !== undefined && { UNDERLODE_TEST_BUILD: "1", UNDERLODE_PLANT: plant }),
    };
  }

  #serviceEnv(name: string): NodeJS.ProcessEnv {
    const nats = this.#nats?.current();
    return {
      NODE_ENV: "production",
      NODE_OPTIONS: `--import=${clockUrl}`,
      UNDERLODE_HOST: HOST,
      UNDERLODE_CONTENT: this.#content,
      UNDERLODE_HOME: this.#home.root,
      UNDERLODE_NATS_USER: nats?.user,
      UNDERLODE_NATS_PASSWORD: nats?.password,
      UNDERLODE_METRICS_PORT: "0",
      UNDERLODE_LOG_LEVEL: process.env.UNDERLODE_LOG_LEVEL ?? "info",
      UNDERLODE_LOG_FILE: join(this.#home.logs, `${name}.log`),
      UNDERLODE_MOVE_MS: "500",
    };
  }

  #rivals(instance: string, count: number): Promise<Child[]> {
    const env = { ...this.#env(), ...this.#serviceEnv("rival") };
    const log = join(this.#home.logs, "rival.out");
    return startRivals({ entry: this.#entry, env, log }, instance, count);
  }

  #clockFile(user: NatsUser): string {
    return join(this.#home.run, `clock-${user}`);
  }

  #clock(user: NatsUser, aheadMs: number): void {
    writeFileSync(this.#clockFile(user), String(aheadMs));
  }

  #log(text: string): void {
    const line = `${new Date().toISOString()} ${text}\n`;
    appendFile(join(this.#home.logs, "chaos.log"), line).catch(() => {});
  }

  #system(front: Gate, postgresGate: Gate): System {
    const nats = () => (this.#nats as Kept<Nats>).current();
    return {
      home: this.#home,
      ws: `ws://127.0.0.1:${front.port}/ws`,
      content: this.#content,
      front,
      gates: this.#gates,
      postgresGate,
      disk: this.#disk,
      service: (name) => (this.#services.get(name) as Kept<Service>).current(),
      nats,
      postgres: () => (this.#postgres as Kept<Postgres>).current(),
      setClock: (name, aheadMs) => this.#clock(name, aheadMs),
      rivals: (instance, count) => this.#rivals(instance, count),
      mendNats: (deadlineMs) => mend(nats, deadlineMs),
      log: (text) => this.#log(text),
      stop: () => this.stop(),
    };
  }

  /** In the order of a launcher: who needs others goes first. */
  async stop(): Promise<void> {
    this.#disk?.free();
    for (const gate of [...this.#gates.values(), ...this.#otherGates]) gate.open();
    await Promise.all([...this.#services.values()].map((it) => it.stop()));
    await Promise.all([this.#postgres?.stop(), this.#nats?.stop()]);
    await Promise.all([...this.#gates.values(), ...this.#otherGates].map((gate) => gate.stop()));
    const left = withVariable(LAUNCH_VARIABLE, this.#launch);
    await Promise.all(left.map((id) => end(id, "SIGTERM", LEFTOVER_MS)));
    this.#disk?.unmount();
  }
}

async function mend(nats: () => Nats, deadlineMs: number): Promise<"by itself" | "helped"> {
  const until = performance.now() + deadlineMs;
  while (performance.now() < until) {
    if (await answers(nats())) return "by itself";
    await new Promise((done) => setTimeout(done, STEP_MS));
  }
  await nats().kill();
  while (!(await answers(nats()))) await new Promise((done) => setTimeout(done, STEP_MS));
  return "helped";
}

async function answers({ port, user, password }: Nats): Promise<boolean> {
  return askJetStream({ port, user, password }, 500).then(
    () => true,
    () => false,
  );
}
