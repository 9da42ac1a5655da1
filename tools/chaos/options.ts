import { PLANTS, type Plant } from "@underlode/runtime";
import { FLAG, optionsOf, TEXT } from "../options.ts";
import { FAULT_KINDS, type FaultKind } from "./faults.ts";

/** What the command line says. */
export interface Options {
  help: boolean;
  json: boolean;
  keep: boolean;
  seconds: number;
  seed: number;
  parties: number;
  size: number;
  kinds: FaultKind[] | undefined;
  /** Each kind once, in the order of the list. */
  each: boolean;
  plant: Plant | undefined;
  /** Plant every bug in turn instead. */
  prove: boolean;
}

/** The text of --help. */
export const help = `Chaos: brings up a system of its own, lets parties play in it, and breaks it in every way it knows, by a
seed; then heals everything and compares what players did and saw with what is left.

  npm run chaos -- --seconds 60 --seed 1
  npm run chaos -- --seconds 30 --seed 7 --faults kill-nats,kill-instance --json

Options
  --seconds S    time for faults (default: 60)
  --seed K       decides faults, dungeons and players (default: 1)
  --parties N    parties that play; one more only gathers (default: 3)
  --players N    players in each (default: 3)
  --faults LIST  only these kinds, separated by commas (default: all)
  --each         each of them once, in the order of the list, for as long as that takes
  --plant BUG    a deliberate fault in a test build, which must be found
  --prove        plants every bug in turn, and says which run found it (or only that of --plant)
  --keep         the folder with data and logs stays, also when all is well
  --json         one JSON object on stdout
  --help         this text

Kinds of faults
${lines(FAULT_KINDS)}

Bugs to plant
${lines(PLANTS)}

Exit codes
  0  nothing lost, duplicated, made up, taken back or stuck; with --prove: every bug was found
  1  something was, or one was not, or it could not start
  2  wrong options
`;

const { parse, number, wrong } = optionsOf("npm run chaos");

/** Reads the command line; mistakes are Trouble with exit code 2. */
export function readOptions(args: string[]): Options {
  const values = parse(args, {
    ...{ seconds: TEXT, seed: TEXT, parties: TEXT, players: TEXT, faults: TEXT, plant: TEXT },
    ...{ help: FLAG, json: FLAG, keep: FLAG, prove: FLAG, each: FLAG },
  });
  return {
    help: values.help ?? false,
    json: values.json ?? false,
    keep: values.keep ?? false,
    prove: values.prove ?? false,
    each: values.each ?? false,
    seconds: number("--seconds", values.seconds, { least: 5, most: 86_400, usual: 60 }),
    seed: number("--seed", values.seed, { least: 0, most: 2 ** 32 - 1, usual: 1 }),
    parties: number("--parties", values.parties, { least: 1, most: 50, usual: 3 }),
    size: number("--players", values.players, { least: 1, most: 8, usual: 3 }),
    kinds: values.faults === undefined ? undefined : kindsOf(values.faults),
    plant: values.plant === undefined ? undefined : plantOf(values.plant),
  };
}

type Which = Pick<Options, "seconds" | "seed" | "parties" | "size" | "kinds" | "plant"> & {
  each?: boolean;
};

/** The command that repeats a run. */
export function commandOf({ seconds, seed, parties, size, kinds, each, plant }: Which): string {
  const parts = [
    `npm run chaos -- ${each ? "--each" : `--seconds ${seconds}`} --seed ${seed} --parties ${parties} --players ${size}`,
    ...(kinds === undefined ? [] : [`--faults ${kinds.join(",")}`]),
    ...(plant === undefined ? [] : [`--plant ${plant}`]),
  ];
  return parts.join(" ");
}

function kindsOf(text: string): FaultKind[] {
  return text.split(",").map((name) => {
    const kind = FAULT_KINDS.find((one) => one === name);
    if (kind === undefined) throw wrong(`--faults does not know "${name}"`);
    return kind;
  });
}

function plantOf(text: string): Plant {
  const plant = PLANTS.find((one) => one === text);
  if (plant === undefined) throw wrong(`--plant does not know "${text}"`);
  return plant;
}

function lines(names: readonly string[]): string {
  const rows = [];
  for (let i = 0; i < names.length; i += 4) rows.push(`  ${names.slice(i, i + 4).join("  ")}`);
  return rows.join("\n");
}
