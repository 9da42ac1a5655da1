import { distance } from "../../geometry.ts";
import type { TimedCommand } from "../commands.ts";
import { explore } from "../intents/explore.ts";
import { rememberedTile } from "../intents/ways.ts";
import { cellOf, gear } from "../reads.ts";
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
    yield* search(sense);
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
export function* gearUp({ world, me, foes }: Sense): Generator<TimedCommand> {
  if (!me.hired || foes.length > 0) return;
  const weapon = gear(world, me, me.weapon);
  const armour = gear(world, me, me.armour);
  for (const { id, kind, stats } of me.pack) {
    if (id === me.weapon || id === me.armour) continue;
    const spec = world.book.item(kind);
    if (spec.use === "weapon") {
      const held = weapon.spec?.use === "weapon" ? weapon.spec : undefined;
      const far = (held?.range ?? 0) > 0;
      const gain = spec.damage + (stats?.damage ?? 0);
      const has = (held?.damage ?? 0) + (weapon.stats?.damage ?? 0);
      if (spec.range > 0 === far && gain > has) yield { do: "use", item: id };
    } else if (spec.use === "armour") {
      const worn = armour.spec?.use === "armour" ? armour.spec.defence : 0;
      const has = worn + (armour.stats?.defence ?? 0);
      if (spec.defence + (stats?.defence ?? 0) > has) yield { do: "use", item: id };
    }
  }
}
