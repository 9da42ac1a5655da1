import type { Line, Tone } from "../../simulation.ts";
import { itemName } from "../naming.ts";
import { inSight, levelOf, nameOf, showsItself } from "../reads.ts";
import type { Actor, Delver, Scene } from "../world.ts";

export function line(text: string, tone: Tone = "plain", only?: Delver): Line {
  return only === undefined ? { text, tone } : { text, tone, to: [only.player] };
}

/** A line about a monster that only a party that sees it may read. */
export function seen(world: Scene, id: number, does: string, tone: Tone): Line | undefined {
  const one = find(world, id);
  if (one === undefined || !inSight(levelOf(world, one), one)) return undefined;
  if (one.is === "monster" && !showsItself(world, levelOf(world, one), one)) return undefined;
  return line(`${cap(nameOf(one))} ${does}`, tone);
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

export function who(world: Scene, id: number): string {
  return nameOf(find(world, id));
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
