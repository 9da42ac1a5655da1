import { exposure, isWarded } from "../conditions.ts";
import type { How } from "../events.ts";
import { withdrawAll } from "../free/trade.ts";
import { actorById, freeNear, isShown, isUp, levelOf, present, ticks } from "../reads.ts";
import { spares } from "../sparing.ts";
import type { Turn } from "../turn.ts";
import type { Actor, Delver, Monster, Scene } from "../world.ts";
import { absorb, endOn } from "./afflicting.ts";
import { coverOf } from "./covering.ts";
import { eased, giftsAfterHurt, giftsAtDeath } from "./gifts.ts";
import { HEARTLODE } from "./heart.ts";
import { giveUp } from "./intending.ts";
import { releaseLifters, stopAct } from "./labour.ts";
import { learn } from "./learning.ts";
import { turnPhase } from "./phases.ts";
import { runicsAfterHarm, runicsBeforeHarm } from "./runics.ts";
import { storePurest } from "./smithing.ts";
import { afterHurt } from "./synergies.ts";

/** Takes health and brings about all that follows; `by` is 0 when nobody did it. */
export function hurt(turn: Turn, by: number, target: Actor, amount: number, how: How): void {
  if (target.hp <= 0 || (!GROUND.has(how) && spares(turn.world, by, target))) return;
  if (isWarded(turn.world, target, how)) return;
  const met =
    target.is === "delver"
      ? runicsBeforeHarm(turn, target, amount, how)
      : eased(turn, by, target, amount, how);
  const percent = (exposure(turn.world, target) * (100 - coverOf(turn.world, target))) / 100;
  const left = absorb(turn, target, Math.round((met * percent) / 100));
  if (left > 0) turn.tell({ kind: "hit", actor: by, target: target.id, amount: left, how });
  endOn(turn, target, "hurt");
  if (target.is === "delver" && target.intent !== undefined) giveUp(turn, target, "You are hurt.");
  if (target.is === "delver") delverHurt(turn, target, by, left, how);
  else if (target.hp <= 0) slay(turn, by, target);
  else monsterHurt(turn, by, target);
  if (target.is === "monster" && target.hp > 0 && left > 0) {
    giftsAfterHurt(turn, target, by, left, how);
  }
  afterHurt(turn, by, target, how);
}

/** What the ground does to whoever is in it is nobody's deed. */
const GROUND = new Set<How>(["fire", "poison", "fall", "trap"]);

function delverHurt(turn: Turn, delver: Delver, by: number, taken: number, how: How): void {
  const { rules } = turn.world.book.content;
  const { act } = delver;
  if (delver.hp <= 0) {
    if (act !== undefined) stopAct(turn, delver, "hurt");
    const until = turn.world.tick + ticks(turn.world, rules.bleedMs);
    turn.tell({ kind: "downed", actor: delver.id, until });
    judgeRun(turn);
    return;
  }
  if (act !== undefined && rules.hurtStops[act.is]) stopAct(turn, delver, "hurt");
  const from = actorById(turn.world, delver.floor, by);
  if (from !== undefined && STRIKES.has(how)) runicsAfterHarm(turn, from, delver, taken);
}

/** Harm that comes from the hand of whoever did it. */
const STRIKES: ReadonlySet<How> = new Set<How>(["blow", "shot", "slam"]);

/** Death of a delver whom nobody lifted. */
export function perish(turn: Turn, delver: Delver): void {
  layDown(turn, delver);
  storePurest(turn, delver, "death");
  turn.tell({ kind: "perished", actor: delver.id });
  releaseLifters(turn, delver.id);
  judgeRun(turn);
}

/** What all need stays where its bearer fell. */
export function layDown(turn: Turn, delver: Delver): void {
  for (const { id: item, kind } of delver.pack) {
    const { use } = turn.world.book.item(kind);
    if (use === "key" || use === "other") turn.tell({ kind: "dropped", actor: delver.id, item });
  }
  withdrawAll(turn, delver);
}

/**
 * The run is over when no member stands any more and no companion is left to lift one, or, in a
 * hardcore run, at the first death of a member. Once the Heartlode was taken it is a victory.
 */
export function judgeRun(turn: Turn): void {
  const { world, tell } = turn;
  if (world.end !== undefined) return;
  const delvers = [...world.delvers.values()];
  const members = delvers.filter((one) => !one.hired);
  const lost = world.options.hardcore && members.some((one) => one.condition.is === "dead");
  const helped = delvers.some(isUp) && members.some(present);
  if ((members.some(isUp) || helped) && !lost) return;
  for (const delver of members.filter(present)) {
    storePurest(turn, delver, "death");
    tell({ kind: "perished", actor: delver.id });
  }
  const abandoned = members.every((one) => one.condition.is === "left");
  const otherwise = abandoned ? "abandoned" : "defeat";
  tell({ kind: "runEnded", outcome: world.heart === undefined ? otherwise : "victory" });
}

export function slay(turn: Turn, by: number, monster: Monster): void {
  const { world, tell } = turn;
  const { floor, x, y, gold, kind } = monster;
  const learned = isLearnedOf(world, by, monster);
  tell({ kind: "slain", actor: by, monster: monster.id });
  if (gold > 0) tell({ kind: "laid", floor, x, y, item: "gold", count: gold });
  for (const delver of world.delvers.values()) {
    if (learned && !monster.called && present(delver)) learn(turn, delver, kind.xp);
  }
  if (kind.boss) dropPlans(turn, monster);
  giftsAtDeath(turn, by, monster, learned);
  if (kind.boss && floor === world.lastFloor && !hasBoss(world, floor)) {
    tell({ kind: "laid", floor, x, y, item: HEARTLODE, count: 1 });
  }
}

/** R-PAR-6: nobody learns from a death that none of them brought about or saw. */
function isLearnedOf(world: Scene, by: number, monster: Monster): boolean {
  return world.delvers.has(by) || isShown(world, levelOf(world, monster), monster);
}

/** R-CRA-4: bosses carry the plans of what is made by their pattern. */
function dropPlans({ world, tell }: Turn, { floor, x, y, kind }: Monster): void {
  for (const { boss, id } of world.book.content.schematics) {
    if (boss === kind.id) tell({ kind: "laid", floor, x, y, item: `plan-${id}`, count: 1 });
  }
}

function hasBoss(world: Scene, floor: number): boolean {
  return [...levelOf(world, { floor }).monsters.values()].some(({ kind }) => kind.boss);
}

/** A monster that lives wakes, turns on whoever hurt it, and does what its kind does when hurt. */
function monsterHurt(turn: Turn, by: number, monster: Monster): void {
  const attacker = turn.world.delvers.get(by) ?? levelOf(turn.world, monster).monsters.get(by);
  const calm = monster.mood.is === "asleep" || monster.mood.is === "wandering";
  if (attacker !== undefined && calm) {
    const { id, x, y } = attacker;
    const mood = { is: "hunting" as const, target: id, x, y, lostAt: turn.world.tick + 1 };
    turn.tell({ kind: "felt", actor: monster.id, mood });
  }
  const { mind } = monster.kind;
  if (mind.kind === "ooze") split(turn, monster, mind.least);
  if (mind.kind === "boss") turnPhase(turn, monster, mind.phases);
}

/** Half of what is left becomes another ooze beside it. */
function split(turn: Turn, monster: Monster, least: number): void {
  const half = Math.floor(monster.hp / 2);
  const { floor, mood } = monster;
  if (half < least) return;
  for (const { x, y } of freeNear(levelOf(turn.world, monster), monster, 1).slice(0, 1)) {
    const from = monster.id;
    turn.tell({ kind: "hit", actor: 0, target: from, amount: half, how: "split" });
    turn.tell({ kind: "spawned", floor, x, y, monster: monster.kind.id, hp: half, mood, from });
  }
}
