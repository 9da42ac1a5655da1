// `node tools/setup/run.mjs FILE args…`: the set-up (instant when done before), then FILE on Node 24.
import process from "node:process";
import { ensureDependencies } from "./dependencies.mjs";
import { handOver } from "./hand-over.mjs";
import { findNode } from "./node24.mjs";
import { checkPlatform, inRepo } from "./repo.mjs";
import { program, Trouble } from "./say.mjs";

await program(async () => {
  const [file, ...args] = process.argv.slice(2);
  if (!file) throw new Trouble("which file?", "Usage: node tools/setup/run.mjs FILE [arguments]");
  checkPlatform();
  await ensureDependencies();
  await handOver(await findNode(), [inRepo(file), ...args]);
});
