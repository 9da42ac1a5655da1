// `npm run chaos`: one run, its report, and nothing left behind.
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { program, say, Trouble } from "../setup/say.mjs";
import { chaos } from "./chaos.ts";
import { commandOf, help, type Options, readOptions } from "./options.ts";
import { proofLine, proveAll } from "./prove.ts";
import { type Report, table } from "./report.ts";

await program(async () => {
  const options = readOptions(process.argv.slice(2));
  if (options.help) return void process.stdout.write(help);
  const asked = new AbortController();
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.on(name, () => asked.abort(new Trouble("stopped before the end.")));
  await (options.prove ? prove : once)(options, asked.signal).catch((error) => {
    throw asked.signal.aborted ? asked.signal.reason : error;
  });
});
process.exit();

async function once(options: Options, signal: AbortSignal): Promise<void> {
  const again = commandOf(options);
  say(`  ${again}`);
  const home = newHome();
  let isWanted = false;
  try {
    const plan = { ...options, home, again, signal };
    const report = await chaos({ ...plan, say: (text) => say(`  ${text}`) });
    process.stdout.write(`${options.json ? JSON.stringify(report) : table(report)}\n`);
    isWanted = options.keep || !report.ok;
    if (isWanted) say(`  the logs: ${home}/logs`);
    if (!report.ok) throw broken(report);
  } finally {
    if (!isWanted) rmSync(home, { recursive: true, force: true });
  }
}

async function prove({ seed, json, plant }: Options, signal: AbortSignal): Promise<void> {
  const folder = async <T>(use: (home: string) => Promise<T>): Promise<T> => {
    const home = newHome();
    try {
      return await use(home);
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  };
  const plants = plant === undefined ? undefined : [plant];
  const proofs = await proveAll({ seed, folder, plants, signal, say: (text) => say(`  ${text}`) });
  const missed = proofs.filter(({ caught }) => !caught).map((one) => one.plant);
  process.stdout.write(`${json ? JSON.stringify(proofs) : proofs.map(proofLine).join("\n")}\n`);
  if (missed.length > 0) throw new Trouble(`not found: ${missed.join(", ")}.`);
}

function newHome(): string {
  const home = mkdtempSync(join(tmpdir(), "underlode-chaos-"));
  // Postgres never runs as root, and must get in.
  chmodSync(home, 0o755);
  return home;
}

function broken({ violations, errors, again }: Report): Trouble {
  const wrong = Object.entries(violations).filter(([, count]) => count > 0);
  const words = wrong.map(([kind, count]) => `${kind} ${count}`).join(", ");
  return new Trouble(`the promise was broken: ${words || errors.join("; ")}.`, again);
}
