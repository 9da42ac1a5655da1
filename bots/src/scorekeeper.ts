import type { Seen } from "@underlode/client";
import type { RunEnd } from "@underlode/contracts";
import { count, type Progress, type Tally } from "./tally.ts";

/** Where a player's own thing is, or -1. */
const ownCell = (seen: Seen, player: string): number => {
  const me = seen.crew.find((one) => one.player === player);
  const body = me && seen.things.get(me.thing);
  return body ? body.y * seen.width + body.x : -1;
};

/** Counts a bot's steps, and for one bot of each party what the party gets done. */
export class Scorekeeper {
  readonly #tally: Tally;
  readonly #progress: Progress;
  readonly #player: string;
  readonly #forParty: boolean;
  readonly #floorCells = new Map<number, number>();
  #cellBefore = -1;

  constructor(tally: Tally, progress: Progress, player: string, forParty: boolean) {
    this.#tally = tally;
    this.#progress = progress;
    this.#player = player;
    this.#forParty = forParty;
  }

  frame(seen: Seen, run: number): void {
    const cell = ownCell(seen, this.#player);
    if (cell !== this.#cellBefore && cell >= 0 && this.#cellBefore >= 0) this.#progress.steps += 1;
    this.#cellBefore = cell;
    if (!this.#forParty || seen.n < 0) return;
    this.#progress.runs = Math.max(this.#progress.runs, run + 1);
    this.#progress.floors = Math.max(this.#progress.floors, seen.floor);
    this.#progress.xp = Math.max(this.#progress.xp, seen.self.vitals?.xp ?? 0);
  }

  /** Counts what is known of the floor; costs a pass over it, so not for every frame. */
  cells(seen: Seen): void {
    if (!this.#forParty || seen.n < 0) return;
    const known = seen.cells.reduce((sum, cell) => sum + (cell === 0 ? 0 : 1), 0);
    const before = this.#floorCells.get(seen.floor) ?? 0;
    if (known <= before) return;
    this.#floorCells.set(seen.floor, known);
    this.#progress.cells += known - before;
  }

  ended({ outcome, summary }: RunEnd): void {
    if (!this.#forParty) return;
    count(this.#tally.runsEnded, outcome);
    this.#progress.outcomes.push(outcome);
    if (typeof summary.kills === "number") this.#progress.kills += summary.kills;
    this.#floorCells.clear();
  }
}
