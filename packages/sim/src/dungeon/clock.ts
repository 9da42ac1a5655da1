import { isMinded, runMind } from "./companions/mind.ts";
import { isPrevented } from "./conditions.ts";
import { continueAct } from "./decide/acting.ts";
import { effectsDue, runEffects } from "./decide/afflicting.ts";
import { runFixtures } from "./decide/fixtures.ts";
import { perish } from "./decide/harm.ts";
import { giveUp } from "./decide/intending.ts";
import { promptsDue, runPrompts } from "./decide/prompts.ts";
import { stirFloor } from "./decide/terrain/stir.ts";
import { isUnwilling, unwilling } from "./decide/unwilling.ts";
import { runWanderers } from "./decide/wanderers.ts";
import { decide } from "./decide.ts";
import { pursue } from "./intents/intents.ts";
import { judge } from "./judge.ts";
import { think } from "./minds/mind.ts";
import { obeyed } from "./obeying.ts";
import { activeFloors, healMs, isUp, levelOf, ticks } from "./reads.ts";
import type { StepRecord, Turn } from "./turn.ts";
import type { Delver, Monster, Scene } from "./world.ts";

/** First tick of the host after its last at which something happens by itself. */
export function nextDue(world: Scene): number {
  if (world.end !== undefined) return Number.POSITIVE_INFINITY;
  return world.pause?.until ?? worldDue(world) + world.stood;
}

/** The same as the world counts, which stands still in a pause. */
export function worldDue(world: Scene): number {
  if (world.end !== undefined) return Number.POSITIVE_INFINITY;
  let due = Math.min(world.wanderAt, promptsDue(world));
  for (const delver of world.delvers.values()) due = Math.min(due, delverDue(world, delver));
  for (const floor of activeFloors(world)) {
    const level = levelOf(world, { floor });
    if (level.stirAt > 0) due = Math.min(due, level.stirAt);
    if (level.fixtureAt > 0) due = Math.min(due, level.fixtureAt);
    for (const monster of level.monsters.values()) {
      due = Math.min(due, monsterDue(monster));
      if (monster.effects.length > 0) due = Math.min(due, effectsDue(monster));
    }
  }
  return Math.max(due, world.tick + 1);
}

function delverDue(world: Scene, delver: Delver): number {
  const { condition, act } = delver;
  if (condition.is === "down") return condition.until;
  if (condition.is !== "up") return Number.POSITIVE_INFINITY;
  let due = Math.min(orNever(delver.healAt), orNever(delver.refreshAt));
  if (delver.effects.length > 0) due = Math.min(due, effectsDue(delver));
  if (act !== undefined) due = Math.min(due, act.until);
  if (act?.is === "mining") due = Math.min(due, act.noiseAt);
  if (isMinded(delver)) due = Math.min(due, Math.max(delver.readyAt, delver.thinkAt));
  if (delver.effects.length > 0 && isUnwilling(world, delver)) due = Math.min(due, delver.readyAt);
  const goesOn = act === undefined && delver.intent !== undefined;
  return delver.waiting !== undefined || goesOn ? Math.min(due, delver.readyAt) : due;
}

function monsterDue(monster: Monster): number {
  if (monster.loomsAt > 0) return Math.max(monster.loomsAt, monster.readyAt);
  return monster.mood.is === "asleep" ? Number.POSITIVE_INFINITY : monster.readyAt;
}

function orNever(tick: number): number {
  return tick === 0 ? Number.POSITIVE_INFINITY : tick;
}

/** Does all that is due at the world's tick: delvers first, then the floors they are on. */
export function runDue(turn: Turn, record: StepRecord): void {
  const { world } = turn;
  runPrompts(turn);
  if (world.end === undefined) runWanderers(turn);
  for (const delver of [...world.delvers.values()]) {
    if (world.end === undefined) runDelver(turn, record, delver);
  }
  for (const floor of activeFloors(world)) {
    const level = levelOf(world, { floor });
    if (level.stirAt > 0 && level.stirAt <= world.tick) stirFloor(turn, floor);
    if (level.fixtureAt > 0 && level.fixtureAt <= world.tick) runFixtures(turn, level);
    for (const id of [...level.monsters.keys()]) {
      const monster = level.monsters.get(id);
      if (world.end !== undefined || monster === undefined) continue;
      if (monster.effects.length > 0) runEffects(turn, monster);
      if (monster.hp > 0 && monsterDue(monster) <= world.tick) runMonster(turn, monster);
    }
  }
}

function runMonster(turn: Turn, monster: Monster): void {
  const { tick } = turn.world;
  const held = isPrevented(turn.world, monster, "acting");
  if (held !== undefined) {
    turn.tell({ kind: "busied", actor: monster.id, until: Math.max(held.until, tick + 1) });
    return;
  }
  decide(turn, think(turn, monster));
  const lives = levelOf(turn.world, monster).monsters.get(monster.id) === monster;
  if (lives && monster.loomsAt === 0 && monster.readyAt <= tick) {
    turn.tell({ kind: "busied", actor: monster.id, until: tick + 1 });
  }
}

function runDelver(turn: Turn, record: StepRecord, delver: Delver): void {
  const { tick } = turn.world;
  const { condition } = delver;
  if (condition.is === "down" && condition.until <= tick) perish(turn, delver);
  if (!isUp(delver)) return;
  recover(turn, delver);
  runEffects(turn, delver);
  if (!isUp(delver)) return;
  const { act } = delver;
  if (act !== undefined && (act.until <= tick || (act.is === "mining" && act.noiseAt <= tick))) {
    continueAct(turn, delver);
  }
  if (delver.readyAt > tick) return;
  if (delver.effects.length > 0 && isUnwilling(turn.world, delver)) {
    const action = unwilling(turn, delver);
    if (action !== undefined) decide(turn, action);
  } else if (delver.waiting !== undefined) runWaiting(turn, record, delver, delver.waiting);
  else if (isMinded(delver)) {
    if (delver.thinkAt <= tick) runMind(turn, delver);
  } else if (delver.intent !== undefined && delver.act === undefined) {
    goOn(turn, delver, delver.intent);
  }
}

function recover(turn: Turn, delver: Delver): void {
  const { world, tell } = turn;
  const { id: actor, class: kind } = delver;
  const again = (full: boolean, ms: number) => (full ? 0 : world.tick + ticks(world, ms));
  if (delver.healAt > 0 && delver.healAt <= world.tick) {
    const hp = Math.min(delver.maxHp, delver.hp + 1);
    tell({ kind: "mended", actor, hp, nextAt: again(hp === delver.maxHp, healMs(delver)) });
  }
  if (delver.refreshAt > 0 && delver.refreshAt <= world.tick) {
    const { max, everyMs } = kind.resource;
    const resource = Math.min(max, delver.resource + 1);
    tell({ kind: "refreshed", actor, resource, nextAt: again(resource === max, everyMs) });
  }
}

function runWaiting(
  turn: Turn,
  record: StepRecord,
  delver: Delver,
  { seq, command }: NonNullable<Delver["waiting"]>,
): void {
  turn.tell({ kind: "unbuffered", actor: delver.id });
  const action = judge(turn.world, delver, command);
  if (typeof action !== "string") obeyed(turn, delver, command, action);
  else record.refusals.push({ player: delver.player, seq, reason: action });
}

/** Does the next thing that an intent comes to. */
function goOn(turn: Turn, delver: Delver, intent: NonNullable<Delver["intent"]>): void {
  const pursuit = pursue(turn.world, delver, intent);
  if ("over" in pursuit) return giveUp(turn, delver, pursuit.over);
  if (intent.is === "rest") {
    const until = turn.world.tick + ticks(turn.world, REST_LOOK_MS);
    turn.tell({ kind: "busied", actor: delver.id, until });
    return;
  }
  const action = judge(turn.world, delver, pursuit.next);
  if (typeof action === "string") giveUp(turn, delver, action);
  else decide(turn, action);
}

const REST_LOOK_MS = 500;
