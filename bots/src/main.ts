import { Command, InvalidArgumentError, Option } from "commander";
import { playCrowd } from "./crowd.ts";
import { table } from "./report.ts";

type Flags = {
  url: string;
  parties: number;
  players: number;
  seconds: number;
  seed: number;
  encoding: "msgpack" | "json";
  game: "dungeon" | "grid";
  ramp: number;
  json: boolean;
};

const whole =
  (least: number, most: number) =>
  (text: string): number => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`A whole number from ${least} to ${most} is needed.`);
  };

const program = new Command("bots")
  .description("Parties of bots that play by the public protocol, with counts and latencies.")
  .requiredOption("--url <url>", "the server, e.g. ws://127.0.0.1:7100/ws")
  .option("--parties <n>", "parties", whole(1, 250), 1)
  .option("--players <n>", "players in a party", whole(1, 8), 4)
  .option("--seconds <s>", "how long to play", whole(1, 86_400), 30)
  .option(
    "--seed <k>",
    "decides what the bots do by chance, and the dungeons",
    whole(0, 2 ** 32 - 1),
    1,
  )
  .addOption(new Option("--encoding <name>").choices(["msgpack", "json"]).default("msgpack"))
  .addOption(new Option("--game <name>").choices(["dungeon", "grid"]).default("dungeon"))
  .option("--ramp <ms>", "time between the beginnings of two parties", whole(0, 60_000), 50)
  .option("--json", "one JSON object instead of a table", false)
  .parse();

const { json, ramp: rampMs, ...flags } = program.opts<Flags>();
const interrupted = new AbortController();
process.once("SIGINT", () => interrupted.abort());
process.once("SIGTERM", () => interrupted.abort());
const report = await playCrowd({ ...flags, rampMs, signal: interrupted.signal });
process.stdout.write(`${json ? JSON.stringify(report) : table(report)}\n`);
process.exitCode = report.ok ? 0 : 1;
