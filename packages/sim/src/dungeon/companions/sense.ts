import { around, at, distance, type Point } from "../../geometry.ts";
import type { TimedCommand } from "../commands.ts";
import { firstStep, isFar, isHarmless, knownWays } from "../intents/ways.ts";
import {
  cellOf,
  delversOn,
  free,
  inSight,
  inside,
  isFoe,
  isUp,
  levelOf,
  showsItself,
} from "../reads.ts";
import type { Delver, Level, Monster, Scene } from "../world.ts";

/** What a mind that plays a delver knows: what the party sees on its floor, and nothing else. */
export type Sense = {
  readonly world: Scene;
  readonly me: Delver;
  readonly level: Level;
  /** Awake, in the party's sight, and near enough to matter; the nearest first. */
  readonly foes: readonly Monster[];
  /** Others with a body on the floor. */
  readonly allies: readonly Delver[];
  /** The first member who plays; a mind keeps with them. */
  readonly leader: Delver | undefined;
  readonly weak: boolean;
  /** Steps to what it knows, worked out when asked for. */
  readonly ways: () => Uint16Array;
};

const NEAR_CELLS = 12;
const WEAK_PERCENT = 35;

export function senseOf(world: Scene, me: Delver): Sense {
  const level = levelOf(world, me);
  const foes = [...level.monsters.values()]
    .filter((one) => isFoe(one) && one.mood.is !== "asleep" && distance(one, me) <= NEAR_CELLS)
    .filter((one) => inSight(level, one) && showsItself(world, level, one))
    .toSorted((a, b) => distance(a, me) - distance(b, me));
  let ways: Uint16Array | undefined;
  return {
    ...{ world, me, level, foes, weak: health(me) <= WEAK_PERCENT },
    allies: delversOn(world, me.floor).filter(({ id }) => id !== me.id),
    leader: [...world.delvers.values()].find((one) => isUp(one) && !one.away && !one.hired),
    ways: () => {
      ways ??= knownWays(world, me, true);
      return ways;
    },
  };
}

/** Health in percent. */
export function health({ hp, maxHp }: Delver): number {
  return (hp * 100) / maxHp;
}

export function gapTo({ me }: Sense, point: Point): number {
  return distance(me, point);
}

/** Whether this delver fights at arm's length by trade. */
export function isFront({ class: kind }: Delver): boolean {
  return kind.resource.name === "stamina" || kind.resource.name === "energy";
}

export function stepTo(from: Point, to: Point): TimedCommand {
  return { do: "step", dir: directionTo(from, to) };
}

export function directionTo(from: Point, to: Point): number {
  const dx = Math.sign(to.x - from.x);
  const dy = Math.sign(to.y - from.y);
  return Math.max(0, ROSE.indexOf(`${dx},${dy}`));
}

const ROSE = ["0,-1", "1,-1", "1,0", "1,1", "0,1", "-1,1", "-1,0", "-1,-1"];

/** One step on the way to a cell beside a point. */
export function* nearer(sense: Sense, point: Point): Generator<TimedCommand> {
  const { level, me } = sense;
  const steps = sense.ways();
  const goals = around(point)
    .filter((side) => inside(level, side))
    .map((side) => cellOf(level, side))
    .filter((cell) => !isFar(at(steps, cell)));
  const best = goals.toSorted((a, b) => at(steps, a) - at(steps, b))[0];
  const dir = best === undefined ? undefined : firstStep(level, steps, me, best);
  if (dir !== undefined) yield { do: "step", dir };
}

/** One step on the way to a cell. */
export function* onto(sense: Sense, cell: number): Generator<TimedCommand> {
  const steps = sense.ways();
  const dir = isFar(at(steps, cell)) ? undefined : firstStep(sense.level, steps, sense.me, cell);
  if (dir !== undefined) yield { do: "step", dir };
}

/** The free, harmless cell beside one that lies farthest from the nearest foe. */
export function* away({ world, level, me, foes, leader }: Sense): Generator<TimedCommand> {
  const room = (point: Point) => Math.min(...foes.map((foe) => distance(foe, point)));
  const home = (point: Point) => (leader?.floor === me.floor ? distance(leader, point) : 0);
  const sides = around(me)
    .filter((point) => free(level, point) && isHarmless(world.book, level, cellOf(level, point)))
    .filter((point) => room(point) > room(me))
    .toSorted((a, b) => room(b) - room(a) || home(a) - home(b));
  for (const side of sides.slice(0, 1)) yield stepTo(me, side);
}
