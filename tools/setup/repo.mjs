// Where things are: the repository, its modules, the cache that outlives both.
import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { Trouble } from "./say.mjs";

/** The repository's folder. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** `linux-x64` and the like, as npm's platform packages are named. */
export const platformKey = `${process.platform}-${process.arch}`;

/** A path inside the repository. */
export function inRepo(...parts) {
  return join(root, ...parts);
}

/** The user's cache folder for programs fetched by the set-up; nothing in it is irreplaceable. */
export function cacheDir(...parts) {
  const xdg = process.env.XDG_CACHE_HOME;
  return join(xdg?.startsWith("/") ? xdg : join(homedir(), ".cache"), "underlode", ...parts);
}

/** The root package.json. */
export function manifest() {
  return JSON.parse(readFileSync(inRepo("package.json"), "utf8"));
}

/** Refuses systems that nothing here was made for. */
export function checkPlatform() {
  const known = Object.keys(manifest().optionalDependencies ?? {});
  if (process.platform !== "win32" && known.includes(`node-${platformKey}`)) return;
  throw new Trouble(
    `this system (${platformKey}) is not supported.`,
    "Linux and macOS on x64 or arm64 are; on Windows use WSL, or `docker compose up`.",
  );
}

/** The full path of a program: on PATH, or where system packages put their servers. */
export function which(name) {
  const folders = [
    ...(process.env.PATH ?? "").split(":").filter((folder) => folder.startsWith("/")),
    ...(process.env.UNDERLODE_ONLY_PATH
      ? []
      : ["/usr/local/sbin", "/usr/sbin", "/sbin", "/opt/homebrew/bin"]),
  ];
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}
