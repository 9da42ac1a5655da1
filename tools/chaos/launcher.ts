// The launcher of a system that is to be struck at: a process of its own, so that it can be killed like any other. It
// takes a home as `npm start` does, with what another one left behind, and keeps everything running behind the gates.
import { join } from "node:path";
import { root } from "../launch/bundle.ts";
import { openHome, secret } from "../launch/home.ts";
import { type Kept, keep, type Runs } from "../launch/keep.ts";
import { LAUNCH_VARIABLE } from "../launch/leftovers.ts";
import { takeLock } from "../launch/lock.ts";
import { type Nats, startNats } from "../launch/nats.ts";
import { type Postgres, startPostgres } from "../launch/postgres.ts";
import { startService } from "../launch/service.ts";
import { findNatsServer } from "../setup/nats-server.mjs";
import { writeEntry } from "./entry.ts";
import { type LaunchPlan, ownEnv, type ServiceName, type Standing, serviceEnv } from "./plan.ts";

class Launcher {
  readonly #plan: LaunchPlan;
  readonly #log: (text: string) => void;
  readonly #services: Kept<Runs>[] = [];
  readonly #ground: Kept<Runs>[] = [];
  readonly #standing: Partial<Standing> & Pick<Standing, "services">;
  readonly #launch: string;

  constructor(plan: LaunchPlan, launch: string, log: (text: string) => void) {
    this.#plan = plan;
    this.#launch = launch;
    this.#log = log;
    this.#standing = { launch, services: {} };
  }

  async start(adopt: (name: string, pid: number) => void): Promise<void> {
    await Promise.all([this.#startNats(adopt), this.#startPostgres(adopt)]);
    const { gates, postgresGate, ports } = this.#plan;
    const entry = await writeEntry(join(this.#plan.home, "run"), this.#ownEnv("instances"));
    this.#tell({ entry });
    const url = this.#standing.postgres?.url.replace(/:\d+\//, `:${postgresGate}/`);
    await this.#startService("persistence", { UNDERLODE_POSTGRES_URL: url });
    await Promise.all([
      this.#startService("chat", {}),
      this.#startService("instance-manager", { UNDERLODE_INSTANCE_ENTRY: entry }),
      ...(["connection", "connection-2"] as const).map((name) =>
        this.#startService(name, { UNDERLODE_HTTP_PORT: String(ports[name]) }),
      ),
    ]);
    this.#log(`all behind the gates ${JSON.stringify(gates)}`);
    this.#tell({ isReady: true });
  }

  async stop(): Promise<void> {
    await Promise.all(this.#services.map((it) => it.stop()));
    await Promise.all(this.#ground.map((it) => it.stop()));
  }

  async #startNats(adopt: (name: string, pid: number) => void): Promise<void> {
    const home = openHome(this.#plan.home);
    const server = await findNatsServer();
    const start = async (): Promise<Nats> => {
      const nats = await startNats({
        ...{ dir: home.nats, runDir: home.run, log: join(home.logs, "nats-server.log") },
        ...{ password: secret(home.secrets, "nats").value, env: this.#env(), server },
        port: this.#plan.ports.nats,
      });
      adopt("nats", nats.pid);
      const { pid, port, url, user, password } = nats;
      this.#tell({ nats: { pid, port, url, user, password } });
      return nats;
    };
    this.#ground.push((await keep("nats-server", start, this.#log)) as unknown as Kept<Runs>);
  }

  async #startPostgres(adopt: (name: string, pid: number) => void): Promise<void> {
    const home = openHome(this.#plan.home);
    const start = async (): Promise<Postgres> => {
      const postgres = await startPostgres({
        ...{ dir: home.postgres, secretsDir: home.secrets, log: join(home.logs, "postgres.log") },
        ...{ env: this.#env(), port: this.#plan.ports.postgres },
      });
      adopt("postgres", postgres.pid);
      const { pid, url } = postgres;
      this.#tell({ postgres: { pid, url } });
      return postgres;
    };
    this.#ground.push((await keep("Postgres", start, this.#log)) as unknown as Kept<Runs>);
  }

  async #startService(name: ServiceName, more: NodeJS.ProcessEnv): Promise<void> {
    const folder = name.startsWith("connection") ? "connection" : name;
    const { nats } = this.#standing;
    const plan = {
      name,
      entry: join(root, "services", folder, "src", "main.ts"),
      env: {
        ...this.#env(),
        ...serviceEnv(this.#plan, nats, name),
        ...this.#ownEnv(name),
        ...more,
      },
      logDir: join(this.#plan.home, "logs"),
    };
    const start = async () => {
      const service = await startService(plan);
      const { pid, metrics = "" } = service;
      this.#tell({ services: { ...this.#standing.services, [name]: { pid, metrics } } });
      return service;
    };
    this.#services.push((await keep(name, start, this.#log)) as unknown as Kept<Runs>);
  }

  /** The environment of everything started here; the mark is how leftovers are known. */
  #env(): NodeJS.ProcessEnv {
    return { ...process.env, [LAUNCH_VARIABLE]: this.#launch };
  }

  #ownEnv(user: ServiceName | "instances"): Record<string, string> {
    return { ...ownEnv(this.#plan, user), [LAUNCH_VARIABLE]: this.#launch };
  }

  #tell(more: Partial<Standing>): void {
    Object.assign(this.#standing, more);
    if (process.connected) process.send?.({ standing: this.#standing }, () => {});
  }
}

process.once("message", async (plan: LaunchPlan) => {
  const home = openHome(plan.home);
  const log = (text: string) => process.stdout.write(`${new Date().toISOString()} ${text}\n`);
  const lock = await takeLock(home, log);
  const launcher = new Launcher(plan, lock.launch, log);
  let isStopping = false;
  const stop = async () => {
    if (isStopping) return;
    isStopping = true;
    lock.leave();
    await launcher.stop();
    lock.release();
    process.exit(0);
  };
  process.on("SIGTERM", () => void stop());
  // The harness is gone, and with it the gates.
  process.on("disconnect", () => void stop());
  await launcher
    .start((name, pid) => lock.add(name, pid))
    .catch((error: Error) => {
      process.send?.({ failed: error.message }, () => {});
      void stop();
    });
});
