import { spawn } from "node:child_process";

const LEAVE_MS = 3_000;

/** Runs the bundled client on this terminal until it ends; `signal` asks it to leave. Returns its exit code. */
export function runClient(file: string, args: string[], signal: AbortSignal): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [file, ...args], {
      stdio: "inherit",
      env: { ...process.env, NODE_ENV: "production" },
    });
    let kill: NodeJS.Timeout | undefined;
    const leave = () => {
      child.kill("SIGTERM");
      kill = setTimeout(() => child.kill("SIGKILL"), LEAVE_MS);
    };
    signal.addEventListener("abort", leave, { once: true });
    const end = (code: number) => {
      clearTimeout(kill);
      signal.removeEventListener("abort", leave);
      resolve(code);
    };
    child.once("error", () => end(1));
    child.once("exit", (code) => end(code ?? (signal.aborted ? 0 : 1)));
  });
}
