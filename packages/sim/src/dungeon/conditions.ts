import type { EffectDeed, EffectDeedKind, EffectDeedParts } from "../content.ts";
import type { Book } from "./book.ts";
import type { EffectRow } from "./world.ts";

type Bearer = { readonly effects: readonly EffectRow[] };
type Placed = { readonly book: Book };

/** Each of an actor's conditions that does a thing, with what content says of it. */
export function doing<K extends EffectDeedKind>(
  world: Placed,
  { effects }: Bearer,
  kind: K,
): readonly { row: EffectRow; deed: EffectDeed<K> }[] {
  if (effects.length === 0) return NONE;
  const found: { row: EffectRow; deed: EffectDeed<K> }[] = [];
  for (const row of effects) {
    for (const deed of world.book.effect(row.kind).does) {
      if (isOf(deed, kind)) found.push({ row, deed });
    }
  }
  return found;
}

const NONE: never[] = [];

function isOf<K extends EffectDeedKind>(deed: EffectDeed, kind: K): deed is EffectDeed<K> {
  return deed.kind === kind;
}

export function has(world: Placed, actor: Bearer, kind: EffectDeedKind): boolean {
  for (const row of actor.effects) {
    for (const deed of world.book.effect(row.kind).does) if (deed.kind === kind) return true;
  }
  return false;
}

/** Sum of what conditions add to a number of an actor. */
export function added(world: Placed, actor: Bearer, to: EffectDeedParts["adds"]["to"]): number {
  let sum = 0;
  for (const { row, deed } of doing(world, actor, "adds")) {
    if (deed.to === to) sum += row.power * row.stacks;
  }
  return sum;
}

/** Percent of its own time that an act takes the actor: 50 is twice as fast. */
export function pacePercent(world: Placed, actor: Bearer): number {
  let percent = 100;
  for (const { row, deed } of doing(world, actor, "speeds")) {
    const by = deed.percent ?? row.power;
    percent = deed.slower ? (percent * (100 + by)) / 100 : (percent * 100) / (100 + by);
  }
  return percent;
}

/** Percent of damage that reaches the actor. */
export function exposure(world: Placed, actor: Bearer): number {
  let percent = 100;
  for (const { row, deed } of doing(world, actor, "exposes")) {
    percent = (percent * (deed.less ? 100 - row.power : 100 + row.power)) / 100;
  }
  return percent;
}

export function isPrevented(
  world: Placed,
  actor: Bearer,
  what: EffectDeedParts["prevents"]["what"],
): EffectRow | undefined {
  const found = doing(world, actor, "prevents").find(
    ({ deed }) => deed.what === what || deed.what === "acting",
  );
  return found?.row;
}

/** Whether some condition keeps harm of a sort off the actor. */
export function isWarded(world: Placed, actor: Bearer, how: string): boolean {
  return doing(world, actor, "wards").some(({ deed }) => deed.how === how);
}

/** Whether a condition shows an actor all things or monsters of its floor. */
export function senses(
  world: Placed,
  actor: Bearer,
  what: EffectDeedParts["senses"]["what"],
): boolean {
  return doing(world, actor, "senses").some(({ deed }) => deed.what === what);
}

/** Cells that a delver sees. */
export function sightOf(world: Placed, actor: Bearer): number {
  return has(world, actor, "blinds") ? 1 : world.book.content.rules.sightCells;
}
