import type { ItemSpec } from "../../content.ts";
import { at, distance } from "../../geometry.ts";
import type { TimedCommand } from "../commands.ts";
import { explore } from "../intents/explore.ts";
import { isFar, knownWays, rememberedTile } from "../intents/ways.ts";
import { cellOf, gear, isWorn } from "../reads.ts";
import { nearer, onto, type Sense } from "./sense.ts";

/** As near as this is near enough. */
const KEEP_CELLS = 3;

/** Keeps with the leader, over stairs too; without one, it stays where it is. */
export function* follow(sense: Sense): Generator<TimedCommand> {
  const { me, leader, world, level } = sense;
  if (leader === undefined) return;
  if (leader.floor === me.floor) {
    if (distance(leader, me) <= KEEP_CELLS) return;
    yield* nearer(sense, leader);
    // Behind others in a narrow place one waits; only where no way is known one looks for it.
    if (isFar(at(knownWays(world, me), cellOf(level, leader)))) yield* search(sense);
    return;
  }
  const down = leader.floor > me.floor;
  const cell = rememberedTile(level, world.book.roleTile(down ? "stairsDown" : "stairsUp"));
  if (cell === cellOf(level, me)) yield { do: "stairs" };
  if (cell >= 0) yield* onto(sense, cell);
  yield* search(sense);
}

/** Where no known way leads to the leader, it looks for one. */
function* search({ world, me }: Sense): Generator<TimedCommand> {
  const way = explore(world, me, { is: "explore" });
  if ("next" in way) yield way.next;
}

/** A companion puts on what it was given when that is better; a member's choice is their own. */
export function* gearUp(sense: Sense): Generator<TimedCommand> {
  const { world, me, foes } = sense;
  if (!me.hired || foes.length > 0) return;
  for (const { id, kind } of me.pack) {
    const { use } = world.book.item(kind);
    if (use !== "weapon" && use !== "armour") continue;
    if (!isWorn(me, id) && isBetter(sense, id)) yield { do: "use", item: id };
  }
}

/** More of what it is for than what is worn in its place; a bow is no answer to a blade. */
function isBetter({ world, me }: Sense, id: number): boolean {
  const one = gear(world, me, id);
  if (one.spec?.use === "armour") {
    const worn = gear(world, me, one.spec.slot === "body" ? me.armour : me.shield);
    return worth(one) > worth(worn);
  }
  const held = gear(world, me, me.weapon);
  const shoots = (spec: ItemSpec | undefined) => spec?.use === "weapon" && spec.range > 0;
  return shoots(one.spec) === shoots(held.spec) && worth(one) > worth(held);
}

function worth({ spec, stats }: ReturnType<typeof gear>): number {
  if (spec?.use === "weapon") return spec.damage + (stats?.damage ?? 0);
  return spec?.use === "armour" ? spec.defence + (stats?.defence ?? 0) : 0;
}
