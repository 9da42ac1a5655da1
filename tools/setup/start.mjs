// `npm start`: the set-up, then the launcher on Node 24.
import process from "node:process";
import { ensureDependencies } from "./dependencies.mjs";
import { handOver } from "./hand-over.mjs";
import { findNode } from "./node24.mjs";
import { checkPlatform, inRepo } from "./repo.mjs";
import { program } from "./say.mjs";

await program(async () => {
  checkPlatform();
  await ensureDependencies();
  await handOver(await findNode(), [inRepo("tools/launch/main.ts"), ...process.argv.slice(2)]);
});
