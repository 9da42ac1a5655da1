// nginx and promtool, found where the tests find them: a variable, PATH, the cache, the system's packages.
import { existsSync } from "node:fs";

const setup = new URL("../setup/test-programs.mjs", import.meta.url).href;

/** The path of a program, or Trouble with the next step. */
export async function findProgram(name: "nginx" | "promtool"): Promise<string> {
  // Debian keeps it where an ordinary user's PATH does not look.
  const usual = `/usr/sbin/${name}`;
  if (!process.env[`UNDERLODE_${name.toUpperCase()}`] && existsSync(usual)) return usual;
  const { findTestProgram } = (await import(setup)) as {
    findTestProgram: (name: string) => Promise<string>;
  };
  return findTestProgram(name);
}
