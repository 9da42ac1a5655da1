// The whole system on one machine: nats-server, Postgres, the services, in order up and in order down.
import { appendFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { findNatsServer } from "../setup/nats-server.mjs";
import { step, Trouble } from "../setup/say.mjs";
import { bundle, root } from "./bundle.ts";
import type { Child } from "./child.ts";
import { type Home, openHome, secret } from "./home.ts";
import { type Kept, keep, type Runs } from "./keep.ts";
import { LAUNCH_VARIABLE } from "./leftovers.ts";
import { type Lock, takeLock } from "./lock.ts";
import { type Nats, startNats } from "./nats.ts";
import { publicPort } from "./ports.ts";
import { type Postgres, startPostgres } from "./postgres.ts";
import { type Service, startService } from "./service.ts";

/** What to start; only the home must be said. */
export interface StackOptions {
  home: string;
  /** Copies of the connection service; the first has the public port. */
  connections?: number;
  /** The public port; 0 or nothing takes a free one. */
  port?: number;
  /** Added to the environment of every service. */
  env?: NodeJS.ProcessEnv;
  /** Where `NAME/src/main.ts` of each service is. */
  servicesRoot?: string;
  /** Aborting stops what was started so far. */
  signal?: AbortSignal;
  /** What ran for so long has its next end as a first one; less is for those who kill again and again. */
  healthyMs?: number;
  /** Says nothing on stderr. */
  quiet?: boolean;
}

/** A running system. The lists are those of this moment: services that crashed have new processes. */
export interface Stack {
  home: Home;
  ws: string;
  http: string;
  readonly metrics: string[];
  readonly services: Service[];
  readonly nats: Nats;
  readonly postgres: Postgres;
  /** Drains the services, then stops the ground. Safe to call again. */
  stop(): Promise<void>;
  /** For the impatient: kills the services that still drain. */
  hurry(): void;
}

/** Starts everything and waits until every service is ready. What fails stops the rest again. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const home = openHome(options.home);
  const log = logger(home);
  const say = options.quiet ? log : (text: string) => process.stderr.write(`  ${text}\n`);
  const lock = await takeLock(home, say);
  log(`launch ${lock.launch}, process ${process.pid}`);
  const run = new Run(home, lock, log, options);
  const abort = () => void run.stop();
  options.signal?.addEventListener("abort", abort, { once: true });
  try {
    if (options.signal?.aborted) throw new Trouble("stopped before it was ready.");
    return await run.start();
  } catch (error) {
    log(`start failed: ${(error as Error).message}`);
    await run.stop();
    throw options.signal?.aborted ? new Trouble("stopped before it was ready.") : error;
  } finally {
    options.signal?.removeEventListener("abort", abort);
  }
}

const STARTING_STOP_MS = 3_000;

class Run {
  #nats: Kept<Nats> | undefined;
  #postgres: Kept<Postgres> | undefined;
  #services = new Map<string, Kept<Service>>();
  #children = new Set<Child>();
  #stopping: Promise<void> | undefined;
  #started: Promise<unknown> | undefined;
  #isReady = false;
  readonly #home: Home;
  readonly #lock: Lock;
  readonly #log: (text: string) => void;
  readonly #options: StackOptions;

  constructor(home: Home, lock: Lock, log: (text: string) => void, options: StackOptions) {
    this.#home = home;
    this.#lock = lock;
    this.#log = log;
    this.#options = options;
  }

  start(): Promise<Stack> {
    const started = this.#start();
    this.#started = started.catch(() => {});
    return started;
  }

  async #start(): Promise<Stack> {
    const port = await publicPort(this.#options.port ?? 0);
    const [instance] = await allEnded([
      this.#instanceEntry(),
      this.#startNats(),
      this.#startPostgres(),
    ]);
    await this.#step("services", async () => {
      const shared = this.#serviceEnv({ UNDERLODE_INSTANCE_ENTRY: instance });
      // The one with the migrations first: the others may ask it at once.
      await this.#startService("persistence", {
        ...shared,
        UNDERLODE_POSTGRES_URL: this.#postgres?.current().url,
      });
      const connections = this.#connectionPorts(port);
      await allEnded([
        this.#startService("chat", shared),
        this.#startService("instance-manager", shared),
        ...connections.map(({ name, port }) =>
          this.#startService(name, { ...shared, UNDERLODE_HTTP_PORT: String(port) }, "connection"),
        ),
      ]);
    });
    const http = this.#services.get("connection")?.current().http ?? `http://127.0.0.1:${port}`;
    const endpoints = { ws: `${http.replace("http", "ws")}/ws`, http };
    this.#lock.publish(endpoints);
    this.#isReady = true;
    this.#log(`ready: ${endpoints.ws}`);
    return this.#stack(endpoints);
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stopAll();
    return this.#stopping;
  }

  async #stopAll(): Promise<void> {
    this.#lock.leave();
    // While it still starts, ending what is there makes the start fail, and whatever comes later ends at once.
    await this.#stopServices();
    if (!this.#isReady)
      for (const child of this.#children) void child.stop("SIGTERM", STARTING_STOP_MS);
    await this.#started;
    await this.#stopServices();
    await Promise.all([this.#postgres?.stop(), this.#nats?.stop()]);
    await Promise.all([...this.#children].map((child) => child.stop("SIGTERM", STARTING_STOP_MS)));
    this.#log("stopped");
    this.#lock.release();
  }

  async #stopServices(): Promise<void> {
    const stopAll = (isDoor: boolean) =>
      [...this.#services]
        .filter(([name]) => name.startsWith("connection") === isDoor)
        .map(([, it]) => it.stop());
    await Promise.all(stopAll(true));
    await Promise.all(stopAll(false));
  }

  #stack(endpoints: { ws: string; http: string }): Stack {
    const services = () => [...this.#services.values()].map((it) => it.current());
    const run = this;
    return {
      home: this.#home,
      ...endpoints,
      get metrics() {
        return services().flatMap(({ metrics }) => (metrics ? [metrics] : []));
      },
      get services() {
        return services();
      },
      get nats() {
        return (run.#nats as Kept<Nats>).current();
      },
      get postgres() {
        return (run.#postgres as Kept<Postgres>).current();
      },
      stop: () => this.stop(),
      hurry: () => {
        for (const service of this.#services.values()) void service.kill();
      },
    };
  }

  async #startNats(): Promise<void> {
    const server = await findNatsServer();
    await this.#step(`nats-server ${server.version} (${server.source})`, async () => {
      let port: number | undefined;
      const start = async () => {
        const nats = await startNats({
          dir: this.#home.nats,
          runDir: this.#home.run,
          log: join(this.#home.logs, "nats-server.log"),
          password: secret(this.#home.secrets, "nats").value,
          env: this.#env(),
          server,
          ...(port === undefined ? {} : { port }),
        });
        port = nats.port;
        return this.#adopted("nats", nats);
      };
      this.#nats = await this.#keep("nats-server", start);
    });
  }

  async #startPostgres(): Promise<void> {
    await this.#step("Postgres", async () => {
      let port: number | undefined;
      const start = async () => {
        const postgres = await startPostgres({
          dir: this.#home.postgres,
          secretsDir: this.#home.secrets,
          log: join(this.#home.logs, "postgres.log"),
          env: this.#env(),
          ...(port === undefined ? {} : { port }),
        });
        port = postgres.port;
        return this.#adopted("postgres", postgres);
      };
      this.#postgres = await this.#keep("Postgres", start);
    });
  }

  async #startService(name: string, env: NodeJS.ProcessEnv, folder = name): Promise<void> {
    const servicesRoot = this.#options.servicesRoot ?? join(root, "services");
    const plan = {
      name,
      entry: join(servicesRoot, folder, "src", "main.ts"),
      env: {
        ...env,
        UNDERLODE_LOG_FILE: join(this.#home.logs, `${name}.log`),
      } as NodeJS.ProcessEnv,
      logDir: this.#home.logs,
    };
    const start = async () => {
      const service = await startService(plan, (child) => this.#adopt(name, child));
      // A port that the service chose stays its own when it is started again.
      if (service.http) plan.env.UNDERLODE_HTTP_PORT = new URL(service.http).port;
      return service;
    };
    this.#services.set(name, await this.#keep(name, start));
  }

  #keep<T extends Runs>(name: string, start: () => Promise<T>): Promise<Kept<T>> {
    return keep(name, start, this.#log, this.#options.healthyMs);
  }

  #connectionPorts(port: number): { name: string; port: number }[] {
    return Array.from({ length: this.#options.connections ?? 1 }, (_, index) =>
      index ? { name: `connection-${index + 1}`, port: 0 } : { name: "connection", port },
    );
  }

  async #instanceEntry(): Promise<string | undefined> {
    if (this.#options.servicesRoot || !existsSync(join(root, "services/game-instance/src/main.ts")))
      return undefined;
    return bundle("game-instance");
  }

  /** The environment of everything started here; the mark is how leftovers are known. */
  #env(): NodeJS.ProcessEnv {
    return { ...process.env, [LAUNCH_VARIABLE]: this.#lock.launch };
  }

  #serviceEnv(more: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
    const nats = this.#nats?.current();
    return {
      ...this.#env(),
      NODE_ENV: "production",
      UNDERLODE_HOST: "local",
      UNDERLODE_HOME: this.#home.root,
      UNDERLODE_NATS_URL: nats?.url,
      UNDERLODE_NATS_USER: nats?.user,
      UNDERLODE_NATS_PASSWORD: nats?.password,
      UNDERLODE_METRICS_PORT: "0",
      UNDERLODE_LOG_LEVEL: process.env.UNDERLODE_LOG_LEVEL ?? "info",
      ...more,
      ...this.#options.env,
    };
  }

  async #adopted<T extends { child: Child }>(name: string, it: T): Promise<T> {
    this.#adopt(name, it.child);
    if (this.#stopping) await it.child.ended;
    return it;
  }

  /** Enters a process in the lock, so that it is found even if this launcher is killed the next moment. */
  #adopt(name: string, child: Child): void {
    this.#children.add(child);
    this.#lock.add(name, child.pid);
    void child.ended.then(() => {
      this.#children.delete(child);
      if (!this.#stopping) this.#lock.remove(child.pid);
    });
    if (this.#stopping) void child.stop("SIGTERM", 2_000);
  }

  #step<T>(title: string, work: () => Promise<T>): Promise<T> {
    return this.#options.quiet ? work() : step(title, work, { always: true });
  }
}

/** As Promise.all, but a failure is told only when all have ended: what is still starting cannot be stopped. */
async function allEnded<T extends unknown[]>(
  work: readonly [...{ [K in keyof T]: Promise<T[K]> }],
): Promise<T> {
  await Promise.allSettled(work);
  return Promise.all(work) as Promise<T>;
}

function logger(home: Home): (text: string) => void {
  const file = join(home.logs, "launcher.log");
  return (text) => {
    try {
      appendFileSync(file, `${new Date().toISOString()} ${text}\n`);
    } catch {
      // A full disk must not stop the launcher from stopping everything else.
    }
  };
}
