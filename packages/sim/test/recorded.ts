import type { DungeonCommand, DungeonWorld, Input, StartOptions } from "@underlode/sim";
import { goDown } from "./deep.ts";
import { game } from "./play.ts";

/** A run as it was once played: what came in at which tick, and what the world was after it. */
export type RecordedRun = {
  /** What is worth keeping about it. */
  readonly shows: string;
  /** Identifies rules and numbers it was recorded under. */
  readonly content: string;
  /** The floor on which it begins, see `goDown`. */
  readonly from: number;
  readonly options: StartOptions;
  /** Every act that was sent, once. */
  readonly acts: readonly DungeonCommand[];
  /** `tick player:act player:act = check value`; a player and an act by their places. */
  readonly moments: readonly string[];
};

export type Moment = {
  readonly tick: number;
  readonly inputs: readonly Input<DungeonCommand>[];
  readonly check: string;
};

export const RECORD = "If rules or numbers were meant to change: npm run record-runs";

/** Plays a recorded run again; answers how its first difference reads, undefined for none. */
export function differenceOf(run: RecordedRun): string | undefined {
  const world = begin(run);
  let last = 0;
  for (const { tick, inputs, check } of run.moments.map((text) => momentOf(run, text))) {
    game.step(world, tick, inputs);
    const now = checkText(world);
    if (now !== check) {
      const content = run.content === game.contentHash ? "the same content" : "other content";
      const where = `between tick ${last} (still the same) and tick ${tick}`;
      return `${run.shows}: goes on otherwise ${where}, with ${content}. ${RECORD}`;
    }
    last = tick;
  }
  return undefined;
}

export function begin({ from, options }: Pick<RecordedRun, "from" | "options">): DungeonWorld {
  const world = game.start(options);
  return from > 1 ? goDown(world, from) : world;
}

export function checkText(world: DungeonWorld): string {
  return game.check(world).toString(16).padStart(8, "0");
}

/** `presence` of a player is an act as well: `online`, `away` or `left`. */
export function momentOf({ acts, options }: RecordedRun, text: string): Moment {
  const [before = "", check = ""] = text.split(" = ");
  const [tick, ...parts] = before.split(" ");
  const inputs = parts.map((part, place): Input<DungeonCommand> => {
    const [who = "", what = ""] = part.split(":");
    const player = options.players[Number(who)]?.id ?? "";
    if (isPresence(what)) return { kind: "presence", player, presence: what };
    const command = acts[Number(what)] ?? { do: "wait" };
    return { kind: "command", player, seq: Number(tick) * 8 + place, command };
  });
  return { tick: Number(tick), inputs, check };
}

function isPresence(text: string): text is "online" | "away" | "left" {
  return text === "online" || text === "away" || text === "left";
}
