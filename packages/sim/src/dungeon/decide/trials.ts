import type { TrialKind, TrialSpec } from "../../content.ts";
import { at, distance } from "../../geometry.ts";
import { actorAt, cellOf, delversOn, isUp, pointOf, ticks } from "../reads.ts";
import type { Turn } from "../turn.ts";
import type { Delver } from "../world.ts";
import { lay } from "./afflicting.ts";
import type { Place } from "./fixtures.ts";
import { bring, callHunters, residentsOf } from "./hunters.ts";
import { makeNoise } from "./noise.ts";
import { pour, put } from "./terrain/pour.ts";

/** What one kind of trial does when its key is taken, and with each beat after that. */
type Trial<K extends TrialKind> = {
  spring(turn: Turn, delver: Delver, place: Place<"altar">, trial: TrialSpec<K>): void;
  /** `left`: how many beats come after this one. */
  beat?(turn: Turn, place: Place<"altar">, trial: TrialSpec<K>, left: number): void;
};

const GUARD_CELLS = 3;

const trials: { [K in TrialKind]: Trial<K> } = {
  /** R-TRI-1: the roof comes down, rock by rock, on whoever stays near. */
  collapse: {
    spring: (turn, delver, place, { beats, everyMs }) =>
      arm(turn, delver.id, place, beats, everyMs),
    beat(turn, { level, cell }, { radius, rocks, damage, leaves }) {
      const { floor } = level;
      const centre = pointOf(level, cell);
      makeNoise(turn, floor, centre, turn.world.book.content.rules.noise.blast);
      for (let i = 0; i < rocks; i += 1) {
        const side = 2 * radius + 1;
        const x = centre.x - radius + turn.roll("terrain", side);
        const y = centre.y - radius + turn.roll("terrain", side);
        const under = cellOf(level, { x, y });
        if (at(level.flyable, under) === 0 || level.fixtures.has(under)) continue;
        put(turn, level, [under], leaves, 0);
        const hit = actorAt(turn.world, level, { x, y });
        if (hit !== undefined) turn.hurt(0, hit, damage, "rocks");
      }
    },
  },
  /** R-TRI-2: water rises around the altar, farther with each beat, and hunters come with it. */
  flood: {
    spring(turn, delver, place, { beats, everyMs, calls }) {
      arm(turn, delver.id, place, beats, everyMs);
      callHunters(turn, place.level.floor, delver, calls);
    },
    beat(turn, { level, cell }, { beats, substance, dose }, left) {
      const centre = pointOf(level, cell);
      const radius = beats - left;
      pour(turn, level.floor, centre, radius, substance, 0);
      for (const one of delversOn(turn.world, level.floor).filter(isUp)) {
        if (distance(one, centre) <= radius) lay(turn, one, dose);
      }
    },
  },
  /** R-TRI-3: the statues at the altar burst, and the worst that lives here steps out of each. */
  guardian: {
    spring(turn, _, { level, cell }) {
      const { floor } = level;
      const centre = pointOf(level, cell);
      const worst = residentsOf(turn.world, floor).toSorted((a, b) => b.xp - a.xp)[0];
      for (const [other, { kind }] of [...level.fixtures]) {
        const point = pointOf(level, other);
        if (kind.kind !== "statue" || distance(point, centre) > GUARD_CELLS) continue;
        turn.tell({ kind: "fixtureGone", floor, cell: other });
        if (worst !== undefined) bring(turn, floor, worst, point);
      }
    },
  },
  /** R-TRI-4: the light goes out for all who are near, and what hunts in the dark comes. */
  darkness: {
    spring(turn, delver, { level, cell }, { dose, radius, calls }) {
      const centre = pointOf(level, cell);
      for (const one of delversOn(turn.world, level.floor).filter(isUp)) {
        if (distance(one, centre) <= radius) lay(turn, one, dose);
      }
      callHunters(turn, level.floor, delver, calls);
    },
  },
  /** R-TRI-5: gas streams out of the altar, and goes on for some beats. */
  gas: {
    spring: (turn, delver, place, { beats, everyMs }) =>
      arm(turn, delver.id, place, beats, everyMs),
    beat(turn, { level, cell }, { substance, radius }) {
      pour(turn, level.floor, pointOf(level, cell), radius, substance, 0);
    },
  },
  /** R-TRI-6: the trial was to find the lever, and what its noise woke. */
  cage: { spring() {} },
};

export function springTrial<K extends TrialKind>(
  turn: Turn,
  delver: Delver,
  place: Place<"altar">,
  trial: TrialSpec<K>,
): void {
  trials[trial.kind].spring(turn, delver, place, trial);
}

/** One beat of a trial that goes on. */
export function goOnTrial<K extends TrialKind>(
  turn: Turn,
  place: Place<"altar">,
  trial: TrialSpec<K>,
): void {
  const left = Math.max(0, (place.row.left ?? 0) - 1);
  const everyMs = "everyMs" in trial ? trial.everyMs : 0;
  arm(turn, place.row.by ?? 0, place, left, everyMs);
  trials[trial.kind].beat?.(turn, place, trial, left);
}

/** So many beats are to come, the first after the time of one. */
function arm(
  turn: Turn,
  actor: number,
  { level: { floor }, cell }: Place<"altar">,
  left: number,
  everyMs: number,
): void {
  const dueAt = left === 0 ? 0 : turn.world.tick + ticks(turn.world, everyMs);
  turn.tell({ kind: "fixtureArmed", actor, floor, cell, dueAt, left });
}
