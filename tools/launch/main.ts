// What `npm start` runs once Node 24 is there: everything up, then the game, or one JSON line for a program.
import { once } from "node:events";
import { program, say, step, Trouble } from "../setup/say.mjs";
import { watchSetUp } from "../setup/watch-parent.mjs";
import { bundle } from "./bundle.ts";
import { runClient } from "./client.ts";
import { help, readOptions } from "./options.ts";
import { usualPort } from "./ports.ts";
import { type Stack, startStack } from "./stack.ts";

await program(async () => {
  const options = readOptions(process.argv.slice(2));
  if (options.help) return void process.stdout.write(help);
  // A reader that went away is no reason to leave processes behind.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
  const isHeadless = options.headless || !process.stdout.isTTY || !process.stdin.isTTY;
  const asked = new AbortController();
  let stack: Stack | undefined;
  const ask = () => (asked.signal.aborted ? stack?.hurry() : asked.abort());
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, ask);
  watchSetUp(() => asked.abort());
  try {
    const client = isHeadless ? undefined : bundle("tui");
    // Its failure is heard below, where it is needed.
    client?.catch(() => {});
    const servicesRoot = process.env.UNDERLODE_SERVICES_ROOT;
    stack = await startStack({
      ...options,
      port: options.port ?? (await usualPort()),
      signal: asked.signal,
      // For tests of the launcher itself.
      ...(servicesRoot ? { servicesRoot } : {}),
    });
    if (client) await play(stack, await client, asked.signal);
    else await serve(stack, asked.signal);
  } finally {
    await (stack && step("stopping", () => stack?.stop(), { always: isHeadless }));
  }
});
process.exit();

async function serve({ ws, http, metrics, home }: Stack, asked: AbortSignal): Promise<void> {
  process.stdout.write(`${JSON.stringify({ ready: true, ws, http, metrics, home: home.root })}\n`);
  if (!asked.aborted) await once(asked, "abort");
}

async function play({ ws, home }: Stack, client: string, asked: AbortSignal): Promise<void> {
  const code = await runClient(client, ["--url", ws, "--local"], asked);
  if (code === 0 || asked.aborted) return;
  say("");
  throw new Trouble(`the client ended with code ${code}.`, `The logs are in ${home.logs}`);
}
