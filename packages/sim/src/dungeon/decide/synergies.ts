import type { AbilityDeed, SynergyDeed, SynergySpec } from "../../content.ts";
import type { How } from "../events.ts";
import { ticks } from "../reads.ts";
import type { Turn } from "../turn.ts";
import type { Actor, Delver } from "../world.ts";
import { ambush } from "./synergies/ambush.ts";
import { anvil } from "./synergies/anvil.ts";
import { bulwark } from "./synergies/bulwark.ts";
import { conduct } from "./synergies/conduct.ts";
import { deathMark } from "./synergies/death-mark.ts";
import { openGuard } from "./synergies/open-guard.ts";
import { overflow } from "./synergies/overflow.ts";
import { shatter } from "./synergies/shatter.ts";
import { toxicBurst } from "./synergies/toxic-burst.ts";
import { wildfire } from "./synergies/wildfire.ts";

/** A blow at one of the points where synergies look at it; `power` is percent of the attack. */
export type Blow = {
  readonly by: Actor;
  readonly target: Actor;
  readonly how: How;
  readonly power: number;
};
/** Damage of any kind after it was done; `by` is 0 when nobody did it. */
export type Harm = { readonly by: number; readonly target: Actor; readonly how: How };
/** An ability that did somebody good; `over` is how much of what it healed was too much. */
export type Favour = {
  readonly by: Actor;
  readonly target: Actor;
  readonly does: AbilityDeed;
  readonly over: number;
};
/** Somebody was pushed into rock, or onto ice. */
export type Shove = { readonly by: Delver; readonly target: Actor; readonly against: string };

/** What a synergy brings once it was named; undefined when it does not fire. */
export type Follows = (() => void) | undefined;
/** What it makes of a blow: its power in percent (100 is no change), and what comes after it. */
export type Turned = {
  readonly percent: number;
  readonly now?: () => void;
  readonly after?: () => void;
};

/** What a synergy does at each point where one may fire; one file each in `synergies/`. */
export type Synergy = {
  beforeHit?(turn: Turn, blow: Blow, spec: SynergySpec): Turned | undefined;
  afterHit?(turn: Turn, blow: Blow, spec: SynergySpec): Follows;
  /** Answers also whose synergy it is. */
  afterHurt?(
    turn: Turn,
    harm: Harm,
    spec: SynergySpec,
  ): { readonly by: Delver; readonly follows: () => void } | undefined;
  afterFavour?(turn: Turn, favour: Favour, spec: SynergySpec): Follows;
  afterShove?(turn: Turn, shove: Shove, spec: SynergySpec): Follows;
  /** Two substances reacted in a cell by a delver's deed; `reaction` names the synergy itself. */
  onReaction?: true;
};

const synergies: { [K in SynergyDeed]: Synergy } = {
  shatter,
  openGuard,
  conduct,
  wildfire,
  deathMark,
  bulwark,
  overflow,
  toxicBurst,
  anvil,
  ambush,
};

/** Percent of power after all synergies that look at a blow before it lands, and what is to come. */
export function beforeHit(turn: Turn, blow: Blow): { power: number; after: (() => void)[] } {
  let { power } = blow;
  const after: (() => void)[] = [];
  for (const spec of turn.world.book.content.synergies) {
    if (!isRested(turn, blow.target, spec)) continue;
    const turned = synergies[spec.does].beforeHit?.(turn, blow, spec);
    if (turned === undefined) continue;
    power = (power * turned.percent) / 100;
    fire(turn, blow.by, blow.target, spec, turned.now);
    if (turned.after !== undefined) after.push(turned.after);
  }
  return { power, after };
}

export function afterHit(turn: Turn, blow: Blow): void {
  for (const spec of turn.world.book.content.synergies) {
    if (!isRested(turn, blow.target, spec)) continue;
    const follows = synergies[spec.does].afterHit?.(turn, blow, spec);
    if (follows !== undefined) fire(turn, blow.by, blow.target, spec, follows);
  }
}

export function afterHurt(turn: Turn, by: number, target: Actor, how: How): void {
  if (target.effects.length === 0 || turn.world.end !== undefined) return;
  for (const spec of turn.world.book.content.synergies) {
    const found = synergies[spec.does].afterHurt?.(turn, { by, target, how }, spec);
    if (found !== undefined) fire(turn, found.by, target, spec, found.follows);
  }
}

export function afterFavour(turn: Turn, favour: Favour): void {
  for (const spec of turn.world.book.content.synergies) {
    const follows = synergies[spec.does].afterFavour?.(turn, favour, spec);
    if (follows !== undefined) fire(turn, favour.by, favour.target, spec, follows);
  }
}

export function afterShove(turn: Turn, shove: Shove): void {
  for (const spec of turn.world.book.content.synergies) {
    const follows = synergies[spec.does].afterShove?.(turn, shove, spec);
    if (follows !== undefined) fire(turn, shove.by, shove.target, spec, follows);
  }
}

/** Once for each deed of a delver, however many cells react and however long it goes on. */
export function onReaction(turn: Turn, by: number, synergy: string): void {
  const one = turn.world.delvers.get(by);
  if (one === undefined || synergy === "") return;
  const spec = turn.world.book.synergy(synergy);
  if (synergies[spec.does].onReaction && isRested(turn, one, spec)) fire(turn, one, one, spec);
}

/** Whether it is long enough ago that a synergy last fired on somebody. */
function isRested({ world }: Turn, target: Actor, { id, gapMs }: SynergySpec): boolean {
  const last = target.fired[id];
  return gapMs === 0 || last === undefined || world.tick >= last + ticks(world, gapMs);
}

/** The log names it and the summary counts it, then it does what it does. */
function fire(
  turn: Turn,
  by: Actor,
  target: Actor,
  { id }: SynergySpec,
  follows?: () => void,
): void {
  turn.tell({ kind: "synergyFired", actor: by.id, synergy: id, target: target.id });
  follows?.();
}
