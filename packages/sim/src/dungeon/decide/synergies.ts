import type { SynergyDeed, SynergySpec } from "../../content.ts";
import type { How } from "../events.ts";
import type { Turn } from "../turn.ts";
import type { Actor } from "../world.ts";
import { shatter } from "./synergies/shatter.ts";
import { wildfire } from "./synergies/wildfire.ts";

/** A blow at one of the points where synergies look at it. */
export type Blow = {
  readonly by: Actor;
  readonly target: Actor;
  readonly how: How;
  readonly power: number;
};

/** What a synergy does at each point; one file each in `synergies/`. */
export type Synergy = {
  /** Percent of the power that the blow has then; 100 is no change. Undefined does not fire. */
  beforeHit?(turn: Turn, blow: Blow, spec: SynergySpec): number | undefined;
  /** Answers whether it fired. */
  afterHit?(turn: Turn, blow: Blow, spec: SynergySpec): boolean;
  /** How much of what was healed was too much. */
  afterHeal?(turn: Turn, by: Actor, target: Actor, over: number, spec: SynergySpec): boolean;
  /** Two substances reacted in a cell by a delver's deed; `reaction` names the synergy itself. */
  onReaction?: true;
};

const synergies: { [K in SynergyDeed]: Synergy } = { shatter, wildfire };

/** Percent of power after all synergies that look at a blow before it lands. */
export function beforeHit(turn: Turn, blow: Blow): number {
  let { power } = blow;
  for (const spec of turn.world.book.content.synergies) {
    const percent = synergies[spec.does].beforeHit?.(turn, { ...blow, power }, spec);
    if (percent === undefined) continue;
    power = (power * percent) / 100;
    fired(turn, blow.by, spec.id);
  }
  return power;
}

export function afterHit(turn: Turn, blow: Blow): void {
  for (const spec of turn.world.book.content.synergies) {
    if (synergies[spec.does].afterHit?.(turn, blow, spec) === true) fired(turn, blow.by, spec.id);
  }
}

export function afterHeal(turn: Turn, by: Actor, target: Actor, over: number): void {
  for (const spec of turn.world.book.content.synergies) {
    const did = synergies[spec.does].afterHeal?.(turn, by, target, over, spec);
    if (did === true) fired(turn, by, spec.id);
  }
}

/** Once for each deed of a delver, however many cells react. */
export function onReaction(turn: Turn, by: number, synergy: string): void {
  const one = turn.world.delvers.get(by);
  if (one === undefined || synergy === "") return;
  if (synergies[turn.world.book.synergy(synergy).does].onReaction) fired(turn, one, synergy);
}

/** The log names it and the summary counts it. */
function fired(turn: Turn, by: Actor, synergy: string): void {
  turn.tell({ kind: "synergyFired", actor: by.id, synergy });
}
