// One folder holds everything a local Underlode leaves on disk.
import { randomBytes } from "node:crypto";
import { accessSync, constants, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { Trouble } from "../setup/say.mjs";

/** The layout of a home: data, logs, secrets, and what only lives while something runs. */
export interface Home {
  root: string;
  postgres: string;
  nats: string;
  run: string;
  logs: string;
  secrets: string;
}

/** Where data live unless told otherwise: UNDERLODE_HOME, or the XDG data folder. */
export function defaultHome(env: NodeJS.ProcessEnv = process.env): string {
  if (env.UNDERLODE_HOME) return resolve(env.UNDERLODE_HOME);
  const xdg = env.XDG_DATA_HOME;
  return join(xdg?.startsWith("/") ? xdg : join(homedir(), ".local", "share"), "underlode");
}

/** Creates the folders of a home, readable by their owner alone where it matters. */
export function openHome(path: string): Home {
  const root = resolve(path);
  const home: Home = {
    root,
    postgres: join(root, "postgres"),
    nats: join(root, "nats"),
    run: join(root, "run"),
    logs: join(root, "logs"),
    secrets: join(root, "secrets"),
  };
  try {
    mkdirSync(root, { recursive: true });
    for (const folder of [home.nats, home.run, home.logs]) mkdirSync(folder, { recursive: true });
    mkdirSync(home.secrets, { recursive: true, mode: 0o700 });
    accessSync(home.run, constants.W_OK);
  } catch (error) {
    throw new Trouble(
      `the home ${root} cannot be used: ${(error as Error).message}.`,
      "Choose another with --home DIR or UNDERLODE_HOME, or make that folder yours.",
    );
  }
  return home;
}

/** A random secret kept in a file of its own (0600); made on first use. `isNew` says whether it was. */
export function secret(folder: string, name: string): { value: string; isNew: boolean } {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, name);
  try {
    return { value: readFileSync(file, "utf8").trim(), isNew: false };
  } catch {
    const value = randomBytes(24).toString("base64url");
    writeFileSync(file, `${value}\n`, { mode: 0o600 });
    return { value, isNew: true };
  }
}
