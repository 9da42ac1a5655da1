// Postgres refuses to run as root. Then it runs as the user postgres, who must be able to reach its programs
// and its data, even if the clone and the home lie in /root, which nobody else may enter.
import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { Trouble } from "../setup/say.mjs";

const ROOT_STATE = "/var/lib/underlode";

/** Whom Postgres runs as; nobody special unless we are root. */
export interface Account {
  uid?: number;
  gid?: number;
}

/** The account for Postgres: our own, or for root the user postgres, created if it does not exist. */
export function postgresAccount(): Account {
  if (process.getuid?.() !== 0) return {};
  const account = lookUp("postgres");
  if (account) return account;
  try {
    execFileSync(
      "useradd",
      ["--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", "postgres"],
      { stdio: "pipe" },
    );
  } catch (error) {
    throw new Trouble(
      `Postgres does not run as root, and the user postgres could not be created: ${(error as Error).message.trim()}`,
      "Create one (`useradd --system postgres`), or start as an ordinary user.",
    );
  }
  const created = lookUp("postgres");
  if (!created)
    throw new Trouble(
      "Postgres does not run as root, and there is no user postgres.",
      "Start as an ordinary user.",
    );
  return created;
}

/** The folder with Postgres' programs, where the account can run them: in place, or a copy. */
export function reachablePrograms(native: string, version: string, account: Account): string {
  if (canReach(native, account)) return native;
  const copy = join(ROOT_STATE, `postgres-${version}`);
  if (existsSync(copy)) return copy;
  const fresh = `${copy}.${process.pid}`;
  mkdirSync(ROOT_STATE, { recursive: true, mode: 0o755 });
  // Links stay as they are written: relative, so that the copy is complete in itself.
  cpSync(native, fresh, { recursive: true, verbatimSymlinks: true });
  try {
    renameSync(fresh, copy);
  } catch {
    rmSync(fresh, { recursive: true, force: true });
  }
  return copy;
}

/** The data folder, where the account can write: `dir` itself, or a place of its own that `dir` links to. */
export function reachableData(dir: string, account: Account): string {
  if (lstatSync(dir, { throwIfNoEntry: false })?.isSymbolicLink())
    return own(readlinkSync(dir), account);
  if (existsSync(dir)) return own(dir, account);
  lendEntry(dirname(dir), account);
  if (canReach(dirname(dir), account)) return own(dir, account);
  const place = join(ROOT_STATE, "homes", homeId(dirname(dir)), "postgres");
  own(place, account);
  symlinkSync(place, dir);
  return place;
}

/** Lets the account's group, and nobody else, pass through a folder of ours that is closed to all others. */
function lendEntry(folder: string, { uid, gid }: Account): void {
  if (uid === undefined || gid === undefined || canReach(folder, { uid, gid })) return;
  const { mode, uid: owner } = statSync(folder);
  if (owner !== 0 || !canReach(dirname(folder), { uid, gid }) || (mode & 0o077) !== 0) return;
  chownSync(folder, owner, gid);
  chmodSync(folder, (mode & 0o777) | 0o010);
}

/** Names a home for good: a home that was deleted and made again is another one. */
function homeId(home: string): string {
  const file = join(home, "id");
  if (!existsSync(file)) writeFileSync(file, `${randomUUID()}\n`);
  return readFileSync(file, "utf8").trim();
}

function own(dir: string, { uid, gid }: Account): string {
  mkdirSync(dir, { recursive: true });
  if (uid !== undefined && gid !== undefined && statSync(dir).uid !== uid) chownSync(dir, uid, gid);
  return dir;
}

/** Whether the account may pass through every folder down to `path`. */
function canReach(path: string, { uid, gid }: Account): boolean {
  if (uid === undefined) return true;
  const stat = statSync(path);
  const bit = stat.uid === uid ? 0o100 : stat.gid === gid ? 0o010 : 0o001;
  return (
    (stat.mode & bit) !== 0 &&
    (path === "/" || canReach(dirname(path), { uid, ...(gid === undefined ? {} : { gid }) }))
  );
}

function lookUp(name: string): { uid: number; gid: number } | undefined {
  try {
    const ask = (flag: string) =>
      Number(execFileSync("id", [flag, name], { encoding: "utf8", stdio: "pipe" }));
    return { uid: ask("-u"), gid: ask("-g") };
  } catch {
    return undefined;
  }
}
