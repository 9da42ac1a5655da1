import type { FolkMinds } from "../../../content/minds/folk.ts";
import { adjacent, distance, type Point } from "../../../geometry.ts";
import { delversOn, isUp } from "../../reads.ts";
import type { Mind, Minds } from "../mind.ts";
import { approach, flee, idle, retreat } from "../moves.ts";
import { isSeen } from "../notice.ts";
import { enemiesOf, fellowsOf, nearestTo, spots } from "../sides.ts";
import { blocked, closeIn, strike } from "./closing.ts";

/** Archers shoot from afar and give ground to whoever comes near. */
const archer: Mind<"archer"> = (turn, monster, prey, { range, keep }) => {
  const away = distance(monster, prey);
  const back = away < keep ? retreat(turn, monster, prey) : undefined;
  if (back !== undefined) return back;
  const clear = away <= range && spots(turn, monster, prey) && !blocked(turn, monster, prey);
  if (clear && away > 1) return { kind: "shoot", actor: monster.id, target: prey.id };
  return closeIn(turn, monster, prey);
};

/** Thieves want gold, not blood, and run when they have it. */
const thief: Mind<"thief"> = (turn, monster, prey) => {
  if (monster.gold > 0) return flee(turn, monster);
  if (adjacent(monster, prey) && prey.is === "delver" && prey.gold > 0) {
    return { kind: "steal", actor: monster.id, target: prey.id };
  }
  return closeIn(turn, monster, prey);
};

/** Sappers run up and light the fuse; who sees it burn can step away or be quick. */
const sapper: Mind<"sapper"> = (turn, monster, prey, { fuseMs }) =>
  adjacent(monster, prey)
    ? { kind: "loom", actor: monster.id, ms: fuseMs }
    : closeIn(turn, monster, prey);

/** A guard looks after fellows within so many cells. */
const WARD_CELLS = 8;

/** R-MON-30: a guard puts itself between its prey and the fellow nearest to it. */
const guard: Mind<"guard"> = (turn, monster, prey) => {
  if (adjacent(monster, prey)) return strike(monster, prey);
  const wards = fellowsOf(turn.world, monster).filter(
    (one) =>
      one.kind.mind.kind !== "guard" &&
      one.mood.is !== "asleep" &&
      distance(one, monster) <= WARD_CELLS,
  );
  const ward = nearestTo(prey, wards);
  if (ward === undefined || distance(ward, prey) <= 2) return closeIn(turn, monster, prey);
  const before = {
    x: ward.x + Math.sign(prey.x - ward.x),
    y: ward.y + Math.sign(prey.y - ward.y),
  };
  return distance(before, monster) === 0 ? idle(monster) : approach(turn, monster, before);
};

/** R-MON-31: a jailer drags whom it has gripped away from the others. */
const jailer: Mind<"jailer"> = (turn, monster, prey) => {
  if (!adjacent(monster, prey)) return approach(turn, monster, prey);
  const gripped = prey.effects.some(({ kind, by }) => kind === "gripped" && by === monster.id);
  if (!gripped || prey.is !== "delver") return strike(monster, prey);
  const others = delversOn(turn.world, prey.floor).filter((one) => isUp(one) && one.id !== prey.id);
  const rescue: Point | undefined = nearestTo(monster, others);
  const away = rescue === undefined ? undefined : retreat(turn, monster, rescue);
  if (away?.kind !== "walk") return strike(monster, prey);
  return { kind: "drag", actor: monster.id, target: prey.id, x: away.x, y: away.y };
};

const HEARS_CELLS = 40;

/** R-MON-32: a crier runs for help before it fights. */
const crier: Mind<"crier"> = (turn, monster, prey, { carries }) => {
  const idlers = fellowsOf(turn.world, monster).filter(
    ({ mood }) => mood.is === "asleep" || mood.is === "wandering",
  );
  const help = nearestTo(monster, idlers);
  if (help === undefined || distance(help, monster) > HEARS_CELLS) {
    return closeIn(turn, monster, prey);
  }
  if (distance(help, monster) <= carries) return { kind: "cry", actor: monster.id };
  const step = approach(turn, monster, help);
  return step.kind === "wait" ? { kind: "cry", actor: monster.id } : step;
};

/** R-MON-33: an assassin goes for the weakest in sight, whoever stands in front. */
const assassin: Mind<"assassin"> = (turn, monster, prey) => {
  const seen = enemiesOf(turn.world, monster).filter((one) => isSeen(turn, monster, one));
  return closeIn(turn, monster, seen.toSorted((a, b) => a.hp - b.hp)[0] ?? prey);
};

export const folk: Minds<FolkMinds> = {
  archer: { hunts: archer },
  thief: { hunts: thief },
  sapper: { hunts: sapper },
  guard: { hunts: guard },
  jailer: { hunts: jailer },
  crier: { hunts: crier },
  assassin: { hunts: assassin },
};
