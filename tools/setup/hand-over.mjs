// The last act of every entry point: another program takes over terminal, signals and exit code.
import { spawn } from "node:child_process";
import { constants } from "node:os";
import process from "node:process";
import { explainNode } from "./node24.mjs";
import { Trouble } from "./say.mjs";
import { PARENT_VARIABLE, watchNpm } from "./watch-parent.mjs";

/**
 * Runs `file` with this process's terminal and environment, passes signals on, ends as it ends.
 * If npm, which started us, is killed outright, the program is asked to stop: nobody else could.
 */
export function handOver(file, args, { env = process.env, cwd } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      stdio: "inherit",
      env: { ...env, [PARENT_VARIABLE]: String(process.pid) },
      cwd,
    });
    const forward = (signal) => child.kill(signal);
    // A terminal's Ctrl-C reaches the child by itself; a second copy would mean "hurry".
    const ignore = () => {
      if (!process.stdin.isTTY) child.kill("SIGINT");
    };
    process.on("SIGINT", ignore);
    for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, forward);
    const unwatch = watchNpm(() => child.kill("SIGTERM"));
    child.once("error", async (error) => {
      unwatch();
      reject(
        (await explainNode(file)) ?? new Trouble(`${file} cannot be started: ${error.message}`),
      );
    });
    child.once("close", (code, signal) => {
      unwatch();
      process.exitCode = code ?? 128 + (constants.signals[signal] ?? 0);
      resolve();
      process.exit();
    });
  });
}
