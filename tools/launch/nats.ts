// A nats-server of our own: loopback, a random password, JetStream on disk.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { findNatsServer, isOlder, type NatsServer } from "../setup/nats-server.mjs";
import { Trouble } from "../setup/say.mjs";
import { type Child, lastLines, startChild } from "./child.ts";
import { secret } from "./home.ts";
import { askJetStream } from "./nats-probe.ts";

const READY_MS = 20_000;
const STOP_MS = 5_000;

/** What to start; everything but `dir` has a default. */
export interface NatsOptions {
  /** Holds the JetStream store, the config and the log, unless `runDir` and `log` say otherwise. */
  dir: string;
  port?: number;
  server?: NatsServer;
  user?: string;
  password?: string;
  /** A whole `authorization { … }` block, for users with permissions of their own. Must include `user`. */
  authorization?: string;
  runDir?: string;
  log?: string;
  env?: NodeJS.ProcessEnv;
}

/** A running nats-server. `stop` is TERM, then KILL: 2.9 can hang on a full disk. */
export interface Nats {
  url: string;
  port: number;
  user: string;
  password: string;
  pid: number;
  version: string;
  server: NatsServer;
  child: Child;
  stop(): Promise<void>;
  kill(): Promise<void>;
}

/** Starts nats-server and waits until it answers a JetStream request. */
export async function startNats(options: NatsOptions): Promise<Nats> {
  const server = options.server ?? (await findNatsServer());
  const runDir = options.runDir ?? join(options.dir, "run");
  for (const folder of [options.dir, runDir]) mkdirSync(folder, { recursive: true });
  const user = options.user ?? "underlode";
  const password = options.password ?? secret(join(runDir, "secrets"), "nats").value;
  const config = join(runDir, "nats-server.conf");
  writeFileSync(config, natsConfig({ ...options, user, password, runDir }, server.version), {
    mode: 0o600,
  });
  const child = await startChild({
    file: server.path,
    args: ["-c", config],
    env: options.env ?? process.env,
    log: options.log ?? join(runDir, "nats-server.log"),
  });
  try {
    const port = await whenReady(child, runDir, { user, password }, options.port);
    const stop = () => child.stop("SIGTERM", STOP_MS);
    const kill = () => child.stop("SIGKILL", STOP_MS);
    const url = `nats://127.0.0.1:${port}`;
    return {
      url,
      port,
      user,
      password,
      pid: child.pid,
      version: server.version,
      server,
      child,
      stop,
      kill,
    };
  } catch (error) {
    await child.stop("SIGKILL", STOP_MS);
    throw new Trouble(
      `nats-server ${server.version} (${server.path}) did not start: ${(error as Error).message}.`,
      nextStep(child.output()),
      { details: lastLines(child.output()) },
    );
  }
}

/** The server's config file, in the words that its version knows. */
export function natsConfig(
  options: NatsOptions & { user: string; password: string; runDir: string },
  version: string,
): string {
  const quoted = (text: string) => JSON.stringify(text);
  const { user, password } = options;
  return [
    `server_name: underlode`,
    `host: "127.0.0.1"`,
    `port: ${options.port ?? -1}`,
    `ports_file_dir: ${quoted(options.runDir)}`,
    `max_payload: 1MB`,
    // A silent partition is noticed within seconds by both ends.
    `ping_interval: "10s"`,
    `lame_duck_duration: "30s"`,
    `jetstream {`,
    `  store_dir: ${quoted(options.dir)}`,
    // 2.9 refuses the setting; there the default of two minutes stands.
    ...(isOlder(version, "2.10.0") ? [] : [`  sync_interval: "10s"`]),
    `}`,
    options.authorization ??
      `authorization { user: ${quoted(user)}, password: ${quoted(password)} }`,
    ``,
  ].join("\n");
}

async function whenReady(
  child: Child,
  runDir: string,
  login: { user: string; password: string },
  fixed: number | undefined,
): Promise<number> {
  const portsFile = join(runDir, `nats-server_${child.pid}.ports`);
  const until = Date.now() + READY_MS;
  let reason = "it did not open its port";
  while (Date.now() < until && !child.isEnded()) {
    const port = fixed ?? portFrom(portsFile);
    if (port) {
      try {
        await askJetStream({ port, ...login }, 1_000);
        rmSync(portsFile, { force: true });
        return port;
      } catch (error) {
        reason = (error as Error).message;
      }
    }
    await wait(10);
  }
  throw new Error(child.isEnded() ? "it ended at once" : reason);
}

function portFrom(file: string): number | undefined {
  if (!existsSync(file)) return undefined;
  return Number(readFileSync(file, "utf8").match(/"nats:\/\/[^"]*:(\d+)"/)?.[1]) || undefined;
}

function nextStep(output: string): string {
  if (/no space left/i.test(output))
    return "The disk is full: make room, or choose another place with --home DIR.";
  if (/address already in use/i.test(output))
    return "Its port is taken: leave the port out and a free one is used.";
  return "Its last lines are above. UNDERLODE_NATS_SERVER chooses another nats-server.";
}
