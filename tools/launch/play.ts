// `npm run play -- --url ws://host/ws`: the client alone, bundled, on this terminal.
import { program } from "../setup/say.mjs";
import { bundle } from "./bundle.ts";
import { runClient } from "./client.ts";

await program(async () => {
  const asked = new AbortController();
  for (const name of ["SIGTERM", "SIGHUP"] as const) process.on(name, () => asked.abort());
  // Ctrl-C goes to the client by itself, whatever mode the terminal is in.
  process.on("SIGINT", () => {});
  process.exitCode = await runClient(await bundle("tui"), process.argv.slice(2), asked.signal);
});
process.exit();
