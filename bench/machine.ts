import { execFileSync } from "node:child_process";
import { cpus, loadavg, totalmem } from "node:os";

/** Where figures were taken and how busy it was there, to stand beside them. */
export const machine = () => ({
  cpu: cpus()[0]?.model ?? "unknown",
  cores: cpus().length,
  memoryGb: Math.round(totalmem() / 2 ** 30),
  /** Processes that ran or wanted to, as a mean of the last minute, this one among them. */
  load: Math.round((loadavg()[0] ?? 0) * 10) / 10,
  node: process.version,
  platform: `${process.platform}-${process.arch}`,
  commit: execFileSync("git", ["rev-parse", "--short", "HEAD"], {
    ...{ cwd: import.meta.dirname, encoding: "utf8" },
  }).trim(),
});
