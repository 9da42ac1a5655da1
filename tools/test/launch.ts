// Runs the launcher as a process, with services that keep to the contract and do nothing else.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

const main = fileURLToPath(new URL("../launch/main.ts", import.meta.url));
const fake = new URL("./fake-service.ts", import.meta.url).href;

/** A started launcher and everything it has said. */
export interface Launch {
  process: ChildProcess;
  /** The one line of a headless launcher, or a rejection with what it said instead. */
  ready: Promise<ReadyLine>;
  ended: Promise<{ code: number | null; stderr: string; stdout: string }>;
}

/** The line that programs wait for. */
export interface ReadyLine {
  ready: true;
  ws: string;
  http: string;
  metrics: string[];
  home: string;
}

/** An empty folder that is gone when the test is. */
export function temporaryDir(): string {
  const dir = mkdtempSync(join(tmpdir(), "underlode-test-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** Starts `npm start -- --headless` without npm. What still runs when the test ends is ended. */
export function launch(home: string, args: string[] = [], env: NodeJS.ProcessEnv = {}): Launch {
  const child = spawn(process.execPath, [main, "--headless", "--home", home, ...args], {
    env: { ...process.env, UNDERLODE_SERVICES_ROOT: fakeServices(), ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const ended = new Promise<{ code: number | null; stderr: string; stdout: string }>((resolve) => {
    child.once("close", (code) => resolve({ code, stderr, stdout }));
  });
  const ready = new Promise<ReadyLine>((resolve, reject) => {
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
      if (stdout.includes("\n")) resolve(JSON.parse(stdout) as ReadyLine);
    });
    child.once("close", () => reject(new Error(stderr)));
  });
  ready.catch(() => {});
  onTestFinished(async () => {
    child.kill("SIGTERM");
    await ended;
  });
  return { process: child, ready, ended };
}

/** Polls until `check` holds; a test that waits for a condition names it here. */
export async function until(
  what: string,
  check: () => boolean | Promise<boolean>,
  deadlineMs = 15_000,
): Promise<void> {
  const end = Date.now() + deadlineMs;
  while (!(await check())) {
    if (Date.now() > end) throw new Error(`not within ${deadlineMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function fakeServices(): string {
  const dir = temporaryDir();
  for (const name of ["connection", "instance-manager", "persistence", "chat"]) {
    mkdirSync(join(dir, name, "src"), { recursive: true });
    writeFileSync(join(dir, name, "src", "main.ts"), `import ${JSON.stringify(fake)};\n`);
  }
  return dir;
}
