// `npm run deploy:rolling`: the drill, its report, and nothing left behind.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { program, say, Trouble } from "../setup/say.mjs";
import { drill } from "./drill.ts";
import { help, readOptions } from "./options.ts";
import { type Report, table } from "./report.ts";

await program(async () => {
  const options = readOptions(process.argv.slice(2));
  if (options.help) return void process.stdout.write(help);
  const asked = new AbortController();
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.on(name, () => asked.abort(new Trouble("stopped before the end.")));
  const home = mkdtempSync(join(tmpdir(), "underlode-rolling-"));
  const { parties: botParties, rounds, seconds, seed } = options;
  const plan = { home, botParties, rounds, seconds, seed, signal: asked.signal };
  const report = await drill({ ...plan, say: (text) => say(`  ${text}`) }).catch((error) => {
    if (!asked.signal.aborted) throw error;
    rmSync(home, { recursive: true, force: true });
    throw asked.signal.reason;
  });
  process.stdout.write(`${options.json ? JSON.stringify(report) : table(report)}\n`);
  conclude(report, home);
});
process.exit();

/** The logs stay only where they are of use. */
function conclude(report: Report, home: string): void {
  if (report.ok) return rmSync(home, { recursive: true, force: true });
  throw new Trouble(
    `the players noticed: ${report.failures.join("; ")}.`,
    `The logs: ${home}/logs`,
  );
}
