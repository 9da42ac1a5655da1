import type { Line, Tone } from "../../simulation.ts";
import { itemName } from "../naming.ts";
import { isShown, levelOf, nameOf } from "../reads.ts";
import type { Actor, Delver, Scene } from "../world.ts";

export function line(text: string, tone: Tone = "plain", only?: Delver): Line {
  return only === undefined ? { text, tone } : { text, tone, to: [only.player] };
}

/** A line about a monster that only a party that sees it may read. */
export function seen(world: Scene, id: number, does: string, tone: Tone): Line | undefined {
  const one = find(world, id);
  return one === undefined || isUnseen(world, one)
    ? undefined
    : line(`${cap(who(world, id))} ${does}`, tone);
}

/** A line about two, of whom the party sees one at least; the other is something to it. */
export function seenOf(world: Scene, ids: readonly number[], text: string, tone: Tone = "plain") {
  const seenBy = ids.map((id) => find(world, id)).some((one) => one && !isUnseen(world, one));
  return seenBy ? line(text, tone) : undefined;
}

/** Whether somebody is a monster that no member sees: it has no name in the log. */
function isUnseen(world: Scene, one: Actor): boolean {
  return one.is === "monster" && !isShown(world, levelOf(world, one), one);
}

export function find(world: Scene, id: number): Actor | undefined {
  const one = world.delvers.get(id);
  if (one !== undefined) return one;
  for (const level of world.levels.values()) {
    const monster = level.monsters.get(id);
    if (monster !== undefined) return monster;
  }
  return undefined;
}

export function delver(world: Scene, id: number): Delver | undefined {
  return world.delvers.get(id);
}

/** What the party calls somebody, as far as it sees them. */
export function who(world: Scene, id: number): string {
  const one = find(world, id);
  if (one === undefined || isUnseen(world, one)) return "something";
  return one.is === "monster" && one.hidden ? "the chest" : nameOf(one);
}

export function carried(world: Scene, actor: number, item: number): string {
  const row = world.delvers.get(actor)?.pack.find((one) => one.id === item);
  return row === undefined ? "something" : itemName(world, row.kind, row.stats);
}

export function cap(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function a(name: string): string {
  const bare = name.replace(/^the /, "");
  return `${/^[aeiou]/i.test(bare) ? "an" : "a"} ${bare}`;
}
