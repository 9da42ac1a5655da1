import { adjacent, around, distance } from "../../geometry.ts";
import type { TimedCommand } from "../commands.ts";
import { isHarmless } from "../intents/ways.ts";
import { cellOf, free, isUp } from "../reads.ts";
import type { Delver } from "../world.ts";
import { worthwhile } from "./abilities.ts";
import { away, directionTo, health, nearer, type Sense, stepTo } from "./sense.ts";

/** Out of what burns, a draught when it is bad, and away from those whom others can hold. */
export function* survive(sense: Sense): Generator<TimedCommand> {
  const { world, me, level, foes, weak, allies } = sense;
  if (!isHarmless(world.book, level, cellOf(level, me))) yield* stepOut(sense);
  if (!weak) return;
  const pressed = foes.some((foe) => distance(foe, me) <= 6);
  if (pressed || health(me) <= 20) yield* drink(sense);
  yield* worthwhile(sense, "escape");
  const helped = allies.some((one) => isUp(one) && health(one) > health(me));
  const chased = foes.some((foe) => distance(foe, me) <= 2 && foe.kind.stepMs >= 200);
  if (helped && chased) yield* away(sense);
}

function* stepOut({ world, me, level }: Sense): Generator<TimedCommand> {
  for (const side of around(me)) {
    const safe = free(level, side) && isHarmless(world.book, level, cellOf(level, side));
    if (safe) yield stepTo(me, side);
  }
}

/** A draught that is known to heal; at the last gasp, any. */
function* drink({ world, me }: Sense): Generator<TimedCommand> {
  const potions = me.pack.flatMap(({ id, kind }) => {
    const spec = world.book.item(kind);
    return spec.use === "potion" ? [{ id, kind, spec }] : [];
  });
  const healing = potions.filter(
    ({ kind, spec }) => spec.does === "heals" && world.known.has(kind),
  );
  for (const { id } of healing.toSorted((a, b) => b.spec.power - a.spec.power)) {
    yield { do: "use", item: id };
  }
  if (health(me) > 20) return;
  for (const { id, kind } of potions) if (!world.known.has(kind)) yield { do: "use", item: id };
}

/** What heals and protects others. */
export function* tend(sense: Sense): Generator<TimedCommand> {
  yield* worthwhile(sense, "care");
}

/** Goes to the nearest who is down and kneels, unless an enemy is upon us or another kneels. */
export function* lift(sense: Sense): Generator<TimedCommand> {
  const { me, allies, foes, world } = sense;
  const fallen = allies
    .filter((one) => one.condition.is === "down" && !isTended(allies, one))
    .toSorted((a, b) => distance(a, me) - distance(b, me));
  for (const one of fallen) {
    const left = one.condition.is === "down" ? one.condition.until - world.tick : 0;
    const upon = foes.some((foe) => adjacent(foe, me));
    if (upon && left > 8 * world.tickRate) continue;
    if (adjacent(me, one)) yield { do: "revive", dir: directionTo(me, one) };
    else yield* nearer(sense, one);
  }
}

function isTended(allies: readonly Delver[], { id }: Delver): boolean {
  return allies.some(({ act }) => act?.is === "reviving" && act.target === id);
}
