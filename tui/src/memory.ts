import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { CLASSES, type ClassName } from "@underlode/contracts";

/** What this machine remembers of one server: the guest's token and the class last played. */
export type Memory = {
  token(): string | undefined;
  keep(token: string): void;
  forget(): void;
  favourite(): ClassName;
  favour(name: ClassName): void;
};

type Kept = { token?: string; favourite?: string };
type Env = Readonly<Record<string, string | undefined>>;

/** In `$XDG_STATE_HOME/underlode/`, a file for each server, readable by its owner only. */
export const fileMemory = (url: string, env: Env): Memory => {
  const home = env.XDG_STATE_HOME || join(homedir(), ".local", "state");
  const name = createHash("sha256").update(url).digest("hex").slice(0, 16);
  const folder = join(home, "underlode");
  const file = join(folder, `${name}.json`);
  let kept = read(file);
  // A disk that takes nothing costs the memory, not the game.
  const write = (next: Kept): void => {
    kept = next;
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      rmSync(file, { force: true });
      writeFileSync(file, JSON.stringify(next), { mode: 0o600 });
    } catch {}
  };
  return {
    token: () => kept.token,
    keep: (token) => write({ ...kept, token }),
    forget: () => {
      const { token: _, ...rest } = kept;
      write(rest);
    },
    favourite: () => CLASSES.find((one) => one === kept.favourite) ?? "warrior",
    favour: (favourite) => write({ ...kept, favourite }),
  };
};

const read = (file: string): Kept => {
  try {
    const json: unknown = JSON.parse(readFileSync(file, "utf8"));
    if (typeof json !== "object" || json === null) return {};
    const { token, favourite } = json as Record<string, unknown>;
    return {
      ...(typeof token === "string" && { token }),
      ...(typeof favourite === "string" && { favourite }),
    };
  } catch {
    return {};
  }
};
