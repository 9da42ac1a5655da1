import { adjacent, distance } from "../../geometry.ts";
import type { TimedCommand } from "../commands.ts";
import { friendBetween } from "../judge/reach.ts";
import { gear, isUp } from "../reads.ts";
import type { Monster } from "../world.ts";
import { worthwhile } from "./abilities.ts";
import { away, health, isFront, nearer, type Sense, stepTo } from "./sense.ts";

/** How far from the leader a mind goes for an enemy. */
const LEASH_CELLS = 9;

/** Abilities first, then the bow, then the blade; who is no fighter keeps behind those who are. */
export function* fight(sense: Sense): Generator<TimedCommand> {
  const prey = targets(sense);
  const [first] = prey;
  if (first === undefined) return;
  yield* worthwhile(sense, "fight");
  const { me, world } = sense;
  const range = rangeOf(sense);
  const hasFront = sense.allies.some((one) => isUp(one) && isFront(one));
  const beside = prey.filter((foe) => adjacent(foe, me));
  const shy = !isFront(me) && hasFront;
  if (shy && beside.length > 0 && health(me) < 70) yield* away(sense);
  if (range > 1) {
    for (const foe of prey) {
      const gap = distance(foe, me);
      const risky = world.options.friendlyFire && friendBetween(world, me, foe) !== undefined;
      if (gap > 1 && gap <= range && !risky) yield { do: "shoot", x: foe.x, y: foe.y };
    }
  }
  for (const foe of beside) yield stepTo(me, foe);
  if (shy && range <= 1 && sense.leader?.floor === me.floor) return;
  if (range > 1 && distance(first, me) <= range && shy) return;
  yield* nearer(sense, first);
}

/** The weakest of those beside, then the nearest; none that lies beyond the leash. */
function targets({ me, foes, leader, allies }: Sense): Monster[] {
  const together = leader?.floor === me.floor;
  const apart = leader !== undefined && !together;
  const near = foes.filter((foe) => {
    if (adjacent(foe, me)) return true;
    if (apart) return false;
    const friends = allies.some((one) => distance(one, foe) <= 2);
    return friends || distance(foe, together ? leader : me) <= LEASH_CELLS;
  });
  const rank = (foe: Monster) => Math.max(1, distance(foe, me)) * 1000 + foe.hp;
  return near.toSorted((a, b) => rank(a) - rank(b));
}

function rangeOf({ world, me }: Sense): number {
  const { spec } = gear(world, me, me.weapon);
  return spec?.use === "weapon" ? spec.range : 0;
}
