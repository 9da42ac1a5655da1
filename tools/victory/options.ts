import { CLASSES, type ClassName, TIME_SCALE_MAX } from "@underlode/contracts";
import { FLAG, optionsOf, TEXT } from "../options.ts";

/** What the command line says. */
export interface VictoryOptions {
  help: boolean;
  json: boolean;
  seed: number;
  botSeed: number;
  classes: ClassName[];
  speed: number;
  minutes: number;
  tries: number;
  url?: string;
  home?: string;
  content?: string;
  floors?: number;
}

/** The text of --help. */
export const help = `One whole run against the real system, by websocket, and its proof: brings a system of its own up (nats-server,
Postgres, all services as processes), sends a party of bots into the dungeon of one seed, lets them play until the
run is over, and waits until the server has played the run again, tick by tick, and has put it on the boards.

  npm run victory
  npm run victory -- --seed 7 --classes warrior,mage,ranger,healer --speed 12 --json
  npm run victory -- --url ws://127.0.0.1:7777/ws

Options
  --seed K       the dungeon (default: 115, which these four have won)
  --bots K       decides what the bots do by chance (default: 1); each further try takes the next
  --tries N      runs of the same dungeon at most, until one is won and confirmed (default: 5)
  --classes LIST one bot for each, 1 to 8 (default: mage,ranger,healer,rogue)
  --speed S      times as fast as the wall's clock that game time runs, 1 to ${TIME_SCALE_MAX} (default: 10)
  --minutes M    after so many minutes a party turns away (default: 30)
  --url URL      a system that runs already, with its own speed (UNDERLODE_TIME_SCALE)
  --home DIR     a folder for data and logs, which stays (default: one that is removed)
  --floors N     a dungeon of so many floors (default: all)
  --content DIR  content files instead of those built in
  --json         one JSON object on stdout
  --help         this text

Exit codes
  0  a victory, confirmed by its replay     1  anything else     2  wrong options
`;

const { parse, number, wrong } = optionsOf("npm run victory");

/** Reads the command line; mistakes are Trouble with exit code 2. */
export function readOptions(args: string[]): VictoryOptions {
  const values = parse(args, {
    ...{ seed: TEXT, bots: TEXT, classes: TEXT, speed: TEXT, minutes: TEXT },
    ...{ tries: TEXT, url: TEXT, home: TEXT, content: TEXT, floors: TEXT },
    ...{ json: FLAG, help: { ...FLAG, short: "h" } },
  });
  const { url, home, content, floors } = values;
  if (url !== undefined && values.speed !== undefined)
    throw wrong("--speed is the system's own: set UNDERLODE_TIME_SCALE where it is started");
  return {
    help: values.help ?? false,
    json: values.json ?? false,
    seed: number("--seed", values.seed, { least: 0, most: 2 ** 32 - 1, usual: 115 }),
    botSeed: number("--bots", values.bots, { least: 0, most: 2 ** 32 - 1, usual: 1 }),
    classes: classesIn(values.classes ?? "mage,ranger,healer,rogue"),
    speed: number("--speed", values.speed, { least: 1, most: TIME_SCALE_MAX, usual: 10 }),
    tries: number("--tries", values.tries, { least: 1, most: 100, usual: 5 }),
    minutes: number("--minutes", values.minutes, { least: 1, most: 1_440, usual: 30 }),
    ...(url !== undefined && { url }),
    ...(home !== undefined && { home }),
    ...(content !== undefined && { content }),
    ...(floors !== undefined && {
      floors: number("--floors", floors, { least: 1, most: 100, usual: 1 }),
    }),
  };
}

function classesIn(list: string): ClassName[] {
  const names = list.split(",");
  if (names.length > 8) throw wrong("--classes takes 1 to 8 classes");
  return names.map((name) => {
    const found = CLASSES.find((one) => one === name);
    if (found) return found;
    throw wrong(`--classes takes some of ${CLASSES.join(", ")}, not "${name}"`);
  });
}
