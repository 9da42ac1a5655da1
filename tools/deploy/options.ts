import { parseArgs } from "node:util";
import { Trouble } from "../setup/say.mjs";

/** What the command line says. */
export interface RollingOptions {
  help: boolean;
  json: boolean;
  parties: number;
  seconds: number;
  rounds: number;
  seed: number;
}

/** The text of --help. */
export const help = `A rolling deploy of the connection service, as a drill: brings up a system of its own with two connection
copies behind a real nginx, lets players in, replaces the copies one after the other, and says what the players
noticed. Eight of them are watched closely; bots play besides.

  npm run deploy:rolling
  npm run deploy:rolling -- --parties 10 --rounds 3 --json

Options
  --parties N    parties of four bots (default: 2; 0: only the eight who are watched)
  --rounds N     how often both copies are replaced (default: 2)
  --seconds S    play before, between and after the rounds (default: 2)
  --seed K       decides the dungeons and what the bots do (default: 1)
  --json         one JSON object on stdout
  --help         this text

Environment
  UNDERLODE_NGINX        the nginx to run (default: PATH, /usr/sbin, the cache, the system's packages)
  UNDERLODE_NATS_SERVER  the nats-server to run

Exit codes
  0  nobody noticed more than a pause     1  a handshake failed, somebody was not back, or it could not start
  2  wrong options
`;

/** Reads the command line; mistakes are Trouble with exit code 2. */
export function readOptions(args: string[]): RollingOptions {
  const values = parse(args);
  return {
    help: values.help ?? false,
    json: values.json ?? false,
    parties: number("--parties", values.parties, { least: 0, most: 100, usual: 2 }),
    rounds: number("--rounds", values.rounds, { least: 1, most: 100, usual: 2 }),
    seconds: number("--seconds", values.seconds, { least: 0, most: 3_600, usual: 2 }),
    seed: number("--seed", values.seed, { least: 0, most: 2 ** 32 - 2, usual: 1 }),
  };
}

function parse(args: string[]) {
  const text = { type: "string" } as const;
  const flag = { type: "boolean" } as const;
  try {
    const options = { parties: text, rounds: text, seconds: text, seed: text, json: flag };
    return parseArgs({ args, options: { ...options, help: { ...flag, short: "h" } } }).values;
  } catch (error) {
    throw wrong((error as Error).message.split(". ")[0] ?? "");
  }
}

type Range = { least: number; most: number; usual: number };

function number(name: string, text: string | undefined, { least, most, usual }: Range): number {
  if (text === undefined) return usual;
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw wrong(`${name} takes a number from ${least} to ${most}, not "${text}"`);
}

function wrong(problem: string): Trouble {
  return new Trouble(`${problem}.`, "npm run deploy:rolling -- --help shows the options.", {
    exitCode: 2,
  });
}
