// A harness that has never failed proves nothing: every bug that can be planted is planted, and must be found.
import type { Plant } from "@underlode/runtime";
import { chaos } from "./chaos.ts";
import type { FaultKind } from "./faults.ts";
import { commandOf } from "./options.ts";
import type { Report } from "./report.ts";

interface Trial {
  kinds: readonly FaultKind[];
  seconds: number;
}

/** The faults under which each bug shows itself, and for how long at most. */
export const TRIALS = {
  "no-epoch-check": { kinds: ["rival-owners", "replace-instance"], seconds: 25 },
  "ack-before-commit": {
    kinds: ["postgres-away-persistence-killed", "kill-persistence"],
    seconds: 20,
  },
  "no-dedupe-key": { kinds: ["kill-instance"], seconds: 20 },
  "resume-off-by-one": { kinds: ["cut-links", "kill-both-connections"], seconds: 20 },
  "stale-snapshot": { kinds: ["kill-instance"], seconds: 20 },
  "frame-outside-journal": { kinds: ["cut-links"], seconds: 10 },
  "skip-replay-last": { kinds: ["kill-instance"], seconds: 20 },
  "door-forgets": { kinds: ["kill-instance", "kill-both-connections"], seconds: 30 },
  "outbox-drops": { kinds: ["part-instances", "kill-nats"], seconds: 30 },
  "resend-skips-one": { kinds: ["lose-in-flight"], seconds: 20 },
  "claim-without-expect": { kinds: ["rival-owners"], seconds: 20 },
  "chat-dup-on-follow": { kinds: ["cut-links"], seconds: 10 },
  "picture-without-things": { kinds: ["cut-links"], seconds: 10 },
  "party-update-without-revision": { kinds: ["cut-links"], seconds: 15 },
  "saved-before-commit": {
    kinds: ["refuse-postgres", "postgres-away-persistence-killed"],
    seconds: 20,
  },
  "chat-ok-before-stored": { kinds: ["kill-chat"], seconds: 20 },
} as const satisfies Record<Plant, Trial>;

/** A bug that shows itself by chance gets so many runs, each of another seed: the rarest does in one of four. */
export const RUNS_MAX = 8;
const CAST = { parties: 2, size: 2 } as const;

export interface Proof {
  plant: Plant;
  caught: boolean;
  /** The run that caught it, or the last that did not. */
  by: string;
  violations: Report["violations"] | undefined;
  example: string | undefined;
}

export interface ProveOptions {
  seed: number;
  /** Makes a folder for a run, and gets it back. */
  folder: <T>(use: (home: string) => Promise<T>) => Promise<T>;
  plants?: readonly Plant[] | undefined;
  signal?: AbortSignal | undefined;
  say?: (text: string) => void;
}

/** Plants every bug in turn. */
export async function proveAll(options: ProveOptions): Promise<Proof[]> {
  const plants = options.plants ?? (Object.keys(TRIALS) as Plant[]);
  const proofs: Proof[] = [];
  for (const plant of plants) {
    options.signal?.throwIfAborted();
    const proof = await prove(options, plant);
    proofs.push(proof);
    options.say?.(proofLine(proof));
  }
  return proofs;
}

/** One run with a bug; CONTRIBUTING.md has the command for each. */
export function trialOf(plant: Plant, seed: number) {
  const { seconds, kinds } = TRIALS[plant];
  const plan = { ...CAST, seconds, kinds: [...kinds], plant, seed };
  return { plan, again: commandOf(plan) };
}

async function prove({ seed, folder, signal }: ProveOptions, plant: Plant): Promise<Proof> {
  for (let run = 0; ; run++) {
    const { plan, again } = trialOf(plant, seed + run);
    const report = await folder((home) => chaos({ ...plan, home, again, signal })).catch(
      (error: Error) => error,
    );
    signal?.throwIfAborted();
    const proof = proofOf(plant, again, report);
    if (proof.caught || run + 1 === RUNS_MAX) return proof;
  }
}

/** A system that does not even get its parties together is no proof: that is another bug. */
const proofOf = (plant: Plant, by: string, report: Report | Error): Proof =>
  report instanceof Error
    ? { plant, by, caught: false, violations: undefined, example: report.message }
    : {
        ...{ plant, by, caught: !report.ok, violations: report.violations },
        example: report.examples[0],
      };

/** A proof in one line for people. */
export const proofLine = ({ plant, caught, by, example }: Proof): string =>
  `${plant.padEnd(30)}${caught ? "caught" : "MISSED"}  ${example ?? ""}\n    ${by}`;
