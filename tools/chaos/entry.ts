// The file that an instance process runs here: the real one, behind a gate and a clock of its own.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { bundle, root } from "../launch/bundle.ts";

/** Writes the entry; `env` is what the manager does not hand on. Test builds run from sources. */
export async function writeEntry(
  folder: string,
  env: Readonly<Record<string, string>>,
): Promise<string> {
  const isTestBuild = env.UNDERLODE_TEST_BUILD === "1";
  const real = isTestBuild
    ? join(root, "services/game-instance/src/main.ts")
    : await bundle("game-instance");
  const file = join(folder, "instance.mjs");
  const lines = [
    `Object.assign(process.env, ${JSON.stringify(env)});`,
    `await import(${JSON.stringify(clockUrl)});`,
    `await import(${JSON.stringify(pathToFileURL(real).href)});`,
  ];
  writeFileSync(file, `${lines.join("\n")}\n`);
  return file;
}

/** The preload that lets a service's wall clock be wrong. */
export const clockUrl = new URL("clock.mjs", import.meta.url).href;
