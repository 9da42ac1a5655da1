import type { BossMinds } from "../../../content/minds/bosses.ts";
import { distance } from "../../../geometry.ts";
import { ticks } from "../../reads.ts";
import type { Mind, Minds } from "../mind.ts";
import { closeIn } from "./closing.ts";

/** A boss strikes, and every so often raises its weapon against all who stand around it. */
const boss: Mind<"boss"> = (turn, monster, prey, { slamMs, slamEveryMs, slamRadius }) => {
  const rested = turn.world.tick - monster.loomedAt >= ticks(turn.world, slamEveryMs);
  const near = distance(monster, prey) <= slamRadius;
  if (near && rested) return { kind: "loom", actor: monster.id, ms: slamMs };
  return closeIn(turn, monster, prey);
};

export const bosses: Minds<BossMinds> = { boss: { hunts: boss } };
