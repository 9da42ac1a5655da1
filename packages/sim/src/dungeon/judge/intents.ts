import type { IntentCommand } from "../commands/intents.ts";
import { pursue } from "../intents/intents.ts";
import { rememberedTile } from "../intents/ways.ts";
import type { Judge, Judgement } from "../judge.ts";
import { cellOf, inside, levelOf, pointOf } from "../reads.ts";
import type { Delver, Intent, Scene } from "../world.ts";

export const intents: { [K in Exclude<IntentCommand["do"], "repeat">]: Judge<K> } = {
  explore: (world, delver) => begun(world, delver, { is: "explore" }),
  rest: (world, delver) => begun(world, delver, { is: "rest" }),
  travel(world, delver, { x, y }) {
    if (!inside(levelOf(world, delver), { x, y })) return "That is beyond the dungeon's walls.";
    return begun(world, delver, { is: "travel", x, y });
  },
  travelStairs(world, delver, { down }) {
    const level = levelOf(world, delver);
    const tile = world.book.roleTile(down ? "stairsDown" : "stairsUp");
    const cell = rememberedTile(level, tile);
    if (cell < 0) return "You have not found those stairs yet.";
    const { x, y } = pointOf(level, cell);
    if (cell === cellOf(level, delver)) return "You are there.";
    return begun(world, delver, { is: "travel", x, y });
  },
};

/** An intent that would be over at once is refused with the reason. */
function begun(world: Scene, delver: Delver, intent: Intent): Judgement {
  const pursuit = pursue(world, delver, intent);
  return "over" in pursuit ? pursuit.over : { kind: "intend", actor: delver.id, intent };
}
