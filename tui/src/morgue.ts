import { mkdirSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

type Env = Readonly<Record<string, string | undefined>>;

/** Writes into `$XDG_DATA_HOME/underlode/`; a file of the same name is replaced. */
export const fileWriter = (env: Env): ((name: string, text: string) => string) => {
  const home = env.XDG_DATA_HOME || join(homedir(), ".local", "share");
  const folder = join(home, "underlode");
  return (name, text) => {
    mkdirSync(folder, { recursive: true });
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
};
