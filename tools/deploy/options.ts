import { FLAG, optionsOf, TEXT } from "../options.ts";

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

const { parse, number } = optionsOf("npm run deploy:rolling");

/** Reads the command line; mistakes are Trouble with exit code 2. */
export function readOptions(args: string[]): RollingOptions {
  const values = parse(args, {
    ...{ parties: TEXT, rounds: TEXT, seconds: TEXT, seed: TEXT },
    ...{ json: FLAG, help: { ...FLAG, short: "h" } },
  });
  return {
    help: values.help ?? false,
    json: values.json ?? false,
    parties: number("--parties", values.parties, { least: 0, most: 100, usual: 2 }),
    rounds: number("--rounds", values.rounds, { least: 1, most: 100, usual: 2 }),
    seconds: number("--seconds", values.seconds, { least: 0, most: 3_600, usual: 2 }),
    seed: number("--seed", values.seed, { least: 0, most: 2 ** 32 - 2, usual: 1 }),
  };
}
