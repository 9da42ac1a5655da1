import type { Action } from "../actions.ts";
import { added, isPrevented } from "../conditions.ts";
import { isMagic } from "../events/how.ts";
import type { How } from "../events.ts";
import { actorAt, attackOf, levelOf, packed, spellOf } from "../reads.ts";
import type { Turn } from "../turn.ts";
import type { Actor, Delver, Monster } from "../world.ts";
import { actorOf, busy } from "./actors.ts";
import { endOn } from "./afflicting.ts";
import { giftsAfterStrike, swarmPercent } from "./gifts.ts";
import { makeNoise } from "./noise.ts";
import { runicsAfterHit } from "./runics.ts";
import { afterHit, beforeHit } from "./synergies.ts";
import { unmask } from "./unmasking.ts";
import { alsoStruck, guardOf, onSleeper } from "./weapons.ts";
import { wearByBlow } from "./wearing.ts";

export function strike(turn: Turn, { actor, target }: Action<"strike">): void {
  const who = actorOf(turn, actor);
  const whom = actorOf(turn, target);
  busy(turn, who, swingMs(turn, who));
  if (whom.is === "monster" && whom.hidden && who.is === "delver") unmask(turn, whom.id, who);
  const also = alsoStruck(turn.world, who, whom);
  blow(turn, who, whom, powerAgainst(turn, who, whom), "blow");
  for (const [other, power] of also) if (other.hp > 0) blow(turn, who, other, power, "blow");
}

export function shoot(turn: Turn, { actor, target }: Action<"shoot">): void {
  const who = actorOf(turn, actor);
  const { mind } = who.is === "monster" ? who.kind : { mind: undefined };
  busy(turn, who, mind?.kind === "archer" ? mind.shotMs : swingMs(turn, who));
  blow(turn, who, actorOf(turn, target), 100, "shot");
}

/**
 * One blow with its chance to miss; `power` in percent of the attack. Synergies have their say
 * before and after it, runics after.
 */
export function blow(turn: Turn, by: Actor, target: Actor, power: number, how: How): boolean {
  const { world } = turn;
  const { rules } = world.book.content;
  if (target.hp <= 0) return false;
  // Who sleeps is struck asleep, though the noise of it may be what wakes them.
  const helpless = isHelpless(turn, target);
  const asleep = target.is === "monster" && target.mood.is === "asleep";
  makeNoise(turn, by.floor, target, rules.noise.fight);
  endOn(turn, by, "striking");
  if (!helpless && turn.roll("combat", 100) < rules.missPercent + dodgeOf(turn, target)) {
    turn.tell({ kind: "missed", actor: by.id, target: target.id });
    return false;
  }
  const spread = 75 + turn.roll("combat", 51);
  const { power: sum, after } = beforeHit(turn, { by, target, how, power });
  const attack = attackOf(world, by) + (isMagic(how) ? spellOf(world, by) : 0);
  const force = (attack * spread * sum * (asleep ? onSleeper(world, by) : 1)) / 10_000;
  const soaked = turn.roll("combat", guardOf(world, by, target) + 1);
  const amount = Math.max(1, Math.round(force) - soaked);
  const before = target.hp;
  turn.hurt(by.id, target, amount, how);
  if (by.is === "monster" && by.hp > 0 && (how === "blow" || how === "rush")) {
    giftsAfterStrike(turn, by, target, amount);
  }
  wearByBlow(turn, by, target, how);
  for (const follow of after) follow();
  afterHit(turn, { by, target, how, power: sum });
  runicsAfterHit(turn, by, target, how, Math.min(amount, before - target.hp));
  return true;
}

function isHelpless(turn: Turn, target: Actor): boolean {
  const asleep = target.is === "monster" && target.mood.is === "asleep";
  return asleep || isPrevented(turn.world, target, "acting") !== undefined;
}

function dodgeOf(turn: Turn, target: Actor): number {
  const own = target.is === "monster" ? target.kind.dodge : 0;
  return own + added(turn.world, target, "dodge");
}

export function swingMs(turn: Turn, who: Actor): number {
  if (who.is === "monster") return who.kind.strikeMs;
  const weapon = packed(who, who.weapon);
  const spec = weapon === undefined ? undefined : turn.world.book.item(weapon.kind);
  return spec?.use === "weapon" ? spec.swingMs : turn.world.book.content.rules.fistMs;
}

/** An ambush hits harder, and so does a pack that has its prey between two of its own. */
function powerAgainst(turn: Turn, who: Actor, whom: Actor): number {
  if (who.is === "delver") return handPower(turn, who);
  const { mind } = who.kind;
  if (mind.kind === "mimic" && who.hp === who.maxHp) return mind.ambushPercent;
  if (mind.kind === "pack" && flanked(turn, who, whom)) return 150;
  return swarmPercent(turn, who, whom);
}

/** A bow swung as a club is a poor club. */
function handPower(turn: Turn, who: Delver): number {
  const weapon = packed(who, who.weapon);
  const spec = weapon === undefined ? undefined : turn.world.book.item(weapon.kind);
  return spec?.use === "weapon" && spec.range > 0 ? 60 : 100;
}

function flanked(turn: Turn, who: Monster, whom: Actor): boolean {
  const opposite = { x: 2 * whom.x - who.x, y: 2 * whom.y - who.y };
  const other = actorAt(turn.world, levelOf(turn.world, who), opposite);
  return other?.is === "monster" && other.kind.mind.kind === "pack";
}
