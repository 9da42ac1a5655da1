import type { FolkMinds } from "../../../content/minds/folk.ts";
import { adjacent, distance } from "../../../geometry.ts";
import { sees } from "../../reads.ts";
import type { Mind } from "../mind.ts";
import { flee, retreat } from "../moves.ts";
import { blocked, closeIn } from "./closing.ts";

/** Archers shoot from afar and give ground to whoever comes near. */
const archer: Mind<"archer"> = (turn, monster, prey, { range, keep }) => {
  const away = distance(monster, prey);
  const back = away < keep ? retreat(turn, monster, prey) : undefined;
  if (back !== undefined) return back;
  const clear = away <= range && sees(turn.world, prey, monster) && !blocked(turn, monster, prey);
  if (clear && away > 1) return { kind: "shoot", actor: monster.id, target: prey.id };
  return closeIn(turn, monster, prey);
};

/** Thieves want gold, not blood, and run when they have it. */
const thief: Mind<"thief"> = (turn, monster, prey) => {
  if (monster.gold > 0) return flee(turn, monster);
  if (adjacent(monster, prey) && prey.gold > 0) {
    return { kind: "steal", actor: monster.id, target: prey.id };
  }
  return closeIn(turn, monster, prey);
};

/** Sappers run up and light the fuse; who sees it burn can step away or be quick. */
const sapper: Mind<"sapper"> = (turn, monster, prey, { fuseMs }) =>
  adjacent(monster, prey)
    ? { kind: "loom", actor: monster.id, ms: fuseMs }
    : closeIn(turn, monster, prey);

export const folk: { [K in keyof FolkMinds]: Mind<K> } = { archer, thief, sapper };
