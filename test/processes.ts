import { readFileSync } from "node:fs";

export { childrenOf } from "../tools/launch/processes.ts";

/** Whether a process is there and not a zombie. */
export const isAlive = (pid: number): boolean => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2)[0] !== "Z";
  } catch {
    return false;
  }
};
