import type { EffectDeedParts, EffectDose } from "../../content.ts";
import { doing } from "../conditions.ts";
import { hasTrait, isUp, ticks } from "../reads.ts";
import type { Turn } from "../turn.ts";
import type { Actor, EffectRow } from "../world.ts";

/** R-EFF-3: lays a condition on an actor; what stacks adds up, what does not begins anew. */
export function lay(turn: Turn, target: Actor, dose: EffectDose, by = 0): void {
  if (target.hp <= 0 || (target.is === "delver" && !isUp(target))) return;
  const { world } = turn;
  if (isProof(turn, target, dose.effect)) return;
  const { stackMax, does } = world.book.effect(dose.effect);
  const old = target.effects.find(({ kind }) => kind === dose.effect);
  const stacks = Math.min(stackMax, (old?.stacks ?? 0) + 1);
  const until = Math.max(old?.until ?? 0, world.tick + ticks(world, dose.lastsMs));
  const hurts = does.find((deed) => deed.kind === "hurts");
  const first = hurts === undefined ? 0 : world.tick + ticks(world, hurts.everyMs);
  const nextAt = old?.nextAt ?? first;
  const power = Math.max(old?.power ?? 0, dose.power);
  const effect = { kind: dose.effect, power, stacks, until, nextAt, by };
  const renewed = old !== undefined && stackMax === 1;
  turn.tell({ kind: renewed ? "effectChanged" : "effectBegan", actor: target.id, effect });
  for (const deed of does) {
    if (deed.kind === "cures" || deed.kind === "bars") end(turn, target, deed.effect);
  }
}

/** Whether another condition keeps this one off, or the mindless know no fear. */
function isProof(turn: Turn, target: Actor, effect: string): boolean {
  if (doing(turn.world, target, "bars").some(({ deed }) => deed.effect === effect)) return true;
  const { does } = turn.world.book.effect(effect);
  return hasTrait(target, "mindless") && does.some((deed) => deed.kind === "scares");
}

/** Ends a condition; what it leaves behind is laid on. */
export function lift(turn: Turn, target: Actor, effect: string): void {
  const row = end(turn, target, effect);
  if (row === undefined) return;
  for (const deed of turn.world.book.effect(effect).does) {
    if (deed.kind !== "leaves") continue;
    lay(turn, target, { effect: deed.effect, power: 1, lastsMs: deed.lastsMs }, row.by);
  }
}

function end(turn: Turn, target: Actor, effect: string): EffectRow | undefined {
  const row = target.effects.find(({ kind }) => kind === effect);
  if (row !== undefined) turn.tell({ kind: "effectEnded", actor: target.id, effect });
  return row;
}

/** Ends what a thing done or suffered ends. */
export function endOn(turn: Turn, actor: Actor, what: EffectDeedParts["endsOn"]["what"]): void {
  for (const { row, deed } of doing(turn.world, actor, "endsOn")) {
    if (deed.what === what) lift(turn, actor, row.kind);
  }
}

/** What of a blow gets through the shields of an actor. */
export function absorb(turn: Turn, target: Actor, amount: number): number {
  let left = amount;
  for (const { row } of doing(turn.world, target, "absorbs")) {
    const taken = Math.min(left, row.power);
    left -= taken;
    const effect = { ...row, power: row.power - taken };
    if (effect.power === 0) lift(turn, target, row.kind);
    else turn.tell({ kind: "effectChanged", actor: target.id, effect });
  }
  return left;
}

/** First tick at which a condition of an actor does something or ends. */
export function effectsDue(actor: { readonly effects: readonly EffectRow[] }): number {
  let due = Number.POSITIVE_INFINITY;
  for (const { until, nextAt } of actor.effects) {
    due = Math.min(due, until, nextAt === 0 ? until : nextAt);
  }
  return due;
}

/** Does what is due of an actor's conditions: they hurt, and they end. */
export function runEffects(turn: Turn, actor: Actor): void {
  const { world } = turn;
  for (const { kind } of actor.effects) {
    // What an earlier one brought about may have ended or changed this one.
    const row = actor.effects.find((one) => one.kind === kind);
    if (row === undefined) continue;
    if (row.nextAt > 0 && row.nextAt <= world.tick && actor.hp > 0) smart(turn, actor, row);
    if (row.until <= world.tick && actor.hp > 0) lift(turn, actor, row.kind);
  }
}

function smart(turn: Turn, actor: Actor, row: EffectRow): void {
  for (const deed of turn.world.book.effect(row.kind).does) {
    if (deed.kind !== "hurts") continue;
    const effect = { ...row, nextAt: row.nextAt + ticks(turn.world, deed.everyMs) };
    turn.tell({ kind: "effectChanged", actor: actor.id, effect });
    turn.hurt(row.by, actor, row.power * row.stacks, deed.how);
  }
}
