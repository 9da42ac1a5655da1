import type { Action } from "./actions.ts";
import type { CommandOf, TimedName } from "./commands.ts";
import { has, isPrevented } from "./conditions.ts";
import { AFRAID } from "./decide/abilities.ts";
import { awakeInSight } from "./intents/picking.ts";
import { crafting } from "./judge/crafting.ts";
import { goods } from "./judge/goods.ts";
import { intents } from "./judge/intents.ts";
import { labour } from "./judge/labour.ts";
import { moving } from "./judge/moving.ts";
import type { Delver, Scene } from "./world.ts";

/** An action that can be done now, or why not, in words for the player. */
export type Judgement = Action | string;
export type Judge<K extends TimedName> = (
  world: Scene,
  delver: Delver,
  command: CommandOf<K>,
) => Judgement;

const table: { [K in TimedName]: Judge<K> } = {
  ...moving,
  ...goods,
  ...labour,
  ...crafting,
  ...intents,
  /** R-INT-5: what cannot be done once is not repeated. */
  repeat(world, delver) {
    const { last: command } = delver;
    if (command === undefined) return "There is nothing to repeat.";
    const first = judge(world, delver, command);
    if (typeof first === "string") return first;
    const foes = awakeInSight(world, delver).length;
    return { kind: "intend", actor: delver.id, intent: { is: "repeat", command, foes } };
  },
};

export function judge<K extends TimedName>(
  world: Scene,
  delver: Delver,
  command: CommandOf<K>,
): Judgement {
  const known: Partial<typeof table> = table;
  const held = isPrevented(world, delver, "acting");
  if (held !== undefined) return `You are ${world.book.effect(held.kind).name}.`;
  const judgement = known[command.do]?.(world, delver, command);
  if (judgement === undefined) return "Nobody here knows how to do that.";
  const strikes = typeof judgement !== "string" && judgement.kind === "strike";
  return strikes && has(world, delver, "scares") ? AFRAID : judgement;
}
