// What the system says of processes; Linux only.
import { readdirSync, readFileSync } from "node:fs";

/** Ticks of the processor's clock in a second, as /proc counts them. */
const TICKS_PER_SECOND = 100;

export type ProcessFigures = { pid: number; cpuMs: number; pssKb: number; rssKb: number };

/** The process and all below it. */
export const treeOf = (pid: number): number[] => {
  const parents = parentsOfAll();
  const tree = [pid];
  for (const one of tree)
    for (const [child, parent] of parents) if (parent === one) tree.push(child);
  return tree;
};

/** Processor time and memory of a process; undefined when it has ended. */
export const figuresOf = (pid: number): ProcessFigures | undefined => {
  try {
    const stat = statOf(pid);
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
    const kb = (name: string): number =>
      Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(rollup)?.[1]);
    return { pid, cpuMs: stat.cpuMs, pssKb: kb("Pss"), rssKb: kb("Rss") };
  } catch {
    return undefined;
  }
};

const parentsOfAll = (): Map<number, number> => {
  const parents = new Map<number, number>();
  for (const name of readdirSync("/proc").filter((entry) => /^\d+$/.test(entry))) {
    try {
      parents.set(Number(name), statOf(Number(name)).parent);
    } catch {
      // It ended while we looked.
    }
  }
  return parents;
};

/** Fields of /proc/PID/stat, counted after the name, which may hold anything. */
const statOf = (pid: number): { parent: number; cpuMs: number } => {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const ticks = Number(fields[11]) + Number(fields[12]);
  return { parent: Number(fields[1]), cpuMs: (ticks * 1_000) / TICKS_PER_SECOND };
};
