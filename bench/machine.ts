import { execFileSync } from "node:child_process";
import { cpus, totalmem } from "node:os";

/** Where figures were taken, to stand beside them. */
export const machine = () => ({
  cpu: cpus()[0]?.model ?? "unknown",
  cores: cpus().length,
  memoryGb: Math.round(totalmem() / 2 ** 30),
  node: process.version,
  platform: `${process.platform}-${process.arch}`,
  commit: execFileSync("git", ["rev-parse", "--short", "HEAD"], {
    ...{ cwd: import.meta.dirname, encoding: "utf8" },
  }).trim(),
});
