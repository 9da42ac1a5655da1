// First of all: Ink reads the environment when it is loaded.
import "./env.ts";

import { Command, Option } from "commander";
import { App } from "./app.ts";
import { userEnv } from "./env.ts";
import { fileMemory } from "./memory.ts";
import { fileWriter } from "./morgue.ts";
import { DEPTHS, detectDepth } from "./screen/depth.ts";
import { guard } from "./screen/guard.ts";

type Flags = {
  url?: string;
  local: boolean;
  name?: string;
  colour: string;
  encoding: "msgpack" | "json";
};

const BUILD = "underlode-tui/0.1.0";

const program = new Command("underlode")
  .description("Play Underlode in this terminal.")
  .addOption(
    new Option("--url <url>", "address of the server, ws://host:port/ws").env("UNDERLODE_URL"),
  )
  .addOption(
    new Option("--local", "the server is this machine's own").env("UNDERLODE_LOCAL").default(false),
  )
  .option("--name <name>", "name to ask for as a guest")
  .addOption(
    new Option("--colour <depth>", "colours of the terminal; auto asks its environment")
      .choices(["auto", ...DEPTHS])
      .default("auto"),
  )
  .addOption(
    new Option("--encoding <encoding>", "how frames are written")
      .choices(["msgpack", "json"])
      .default("msgpack"),
  )
  .addHelpText("after", "\nKeys are shown in the game by ?");

const fail = (words: string): never => {
  process.stderr.write(`underlode: ${words}\n`);
  process.exit(1);
};

const urlOf = (text: string | undefined): string => {
  if (!text) return fail("no server: name one with --url ws://host:port/ws or UNDERLODE_URL.");
  const url = URL.parse(text);
  if (!url || !/^wss?:$/.test(url.protocol)) {
    return fail(`${text} is no address of a server: it looks like ws://host:port/ws.`);
  }
  return text;
};

const play = (flags: Flags): void => {
  const url = urlOf(flags.url);
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    fail("this is a game for a terminal: run it where stdin and stdout are one.");
  }
  const app = new App({
    ...{ url, local: flags.local, name: flags.name, encoding: flags.encoding, build: BUILD },
    depth: detectDepth(flags.colour, userEnv),
    input: process.stdin,
    output: process.stdout,
    memory: fileMemory(url, userEnv),
    write: fileWriter(userEnv),
    onQuit: () => process.exit(0),
  });
  guard(() => app.restore());
  app.open();
};

play(program.parse().opts<Flags>());
