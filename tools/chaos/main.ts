// `npm run chaos`: one run, its report, and nothing left behind.
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { program, say, Trouble } from "../setup/say.mjs";
import { chaos } from "./chaos.ts";
import { commandOf, help, readOptions } from "./options.ts";
import { type Report, table } from "./report.ts";

await program(async () => {
  const options = readOptions(process.argv.slice(2));
  if (options.help) return void process.stdout.write(help);
  const asked = new AbortController();
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.on(name, () => asked.abort(new Trouble("stopped before the end.")));
  const home = mkdtempSync(join(tmpdir(), "underlode-chaos-"));
  // Postgres never runs as root, and must get in.
  chmodSync(home, 0o755);
  const again = commandOf(options);
  say(`  ${again}`);
  const plan = { ...options, home, again, signal: asked.signal };
  const report = await chaos({ ...plan, say: (text) => say(`  ${text}`) }).catch((error) => {
    if (!asked.signal.aborted) throw error;
    rmSync(home, { recursive: true, force: true });
    throw asked.signal.reason;
  });
  process.stdout.write(`${options.json ? JSON.stringify(report) : table(report)}\n`);
  conclude(report, home, options.keep);
});
process.exit();

/** The logs stay only where they are of use. */
function conclude(report: Report, home: string, isKept: boolean): void {
  if (report.ok && !isKept) return rmSync(home, { recursive: true, force: true });
  if (report.ok) return say(`  the logs: ${home}/logs`);
  const wrong = Object.entries(report.violations).filter(([, count]) => count > 0);
  const words = wrong.map(([kind, count]) => `${kind} ${count}`).join(", ");
  throw new Trouble(
    `the promise was broken: ${words || report.errors.join("; ")}.`,
    `The logs: ${home}/logs`,
  );
}
