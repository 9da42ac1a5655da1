import { spawn } from "node:child_process";

/**
 * Runs a program to its end and returns its exit code and everything it printed, in order.
 * Never throws: a program that cannot be started is code 127 with the reason as output.
 * @param {string} file @param {string[]} args
 * @param {{ cwd?: string, env?: object, timeoutMs?: number, onLine?: (line: string) => void }} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export function runCommand(file, args, { cwd, env, timeoutMs, onLine } = {}) {
  return new Promise((resolve) => {
    const child = spawn(file, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    let rest = "";
    const take = (chunk) => {
      output += chunk;
      if (!onLine) return;
      const lines = (rest + chunk).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) onLine(line);
    };
    const timer = timeoutMs && setTimeout(() => child.kill("SIGKILL"), timeoutMs);
    const end = (code) => {
      clearTimeout(timer);
      resolve({ code, output });
    };
    child.stdout.setEncoding("utf8").on("data", take);
    child.stderr.setEncoding("utf8").on("data", take);
    child.once("error", (error) => {
      output += error.message;
      end(127);
    });
    child.once("close", (code) => end(code ?? 1));
  });
}

/** The last lines of a text, for a message that should stay short. */
export function tail(text, lines = 15) {
  return text.trimEnd().split("\n").slice(-lines).join("\n");
}
