import { hasFlag, inSight, type Seen, type SeenThing } from "@underlode/client";
import type { CrewMember } from "@underlode/contracts";
import type { Chance } from "../chance.ts";
import type { Notes } from "./notes.ts";
import { cellAt, reach, type Ways, waysFrom } from "./ways.ts";

/** What a mind has before it when it decides: all from the picture and its own notes. */
export type Scene = {
  readonly seen: Seen;
  readonly notes: Notes;
  /** Game time as it must be by now. */
  readonly nowMs: number;
  readonly chance: Chance;
  readonly me: CrewMember;
  readonly body: SeenThing;
  readonly cell: number;
  /** Health from 0 to 1. */
  readonly health: number;
  /** Monsters in sight, nearest first; asleep ones too. */
  readonly enemies: readonly SeenThing[];
  /** Other members on this floor that are up or down, in the order of the party. */
  readonly friends: readonly Friend[];
  readonly items: readonly SeenThing[];
  /** Ways that do not lead through monsters. */
  readonly ways: Ways;
};
export type Friend = { readonly member: CrewMember; readonly body: SeenThing };

/** The scene for a player, or undefined while there is none to act in. */
export const sceneFor = (
  seen: Seen,
  player: string,
  notes: Notes,
  nowMs: number,
  chance: Chance,
): Scene | undefined => {
  const me = seen.crew.find((member) => member.player === player);
  const body = me && seen.things.get(me.thing);
  if (!me || !body || me.state !== "up" || seen.stale) return undefined;
  const cell = cellAt(seen, body);
  const things = [...seen.things.values()];
  const byReach = (a: SeenThing, b: SeenThing) => reach(body, a) - reach(body, b) || a.id - b.id;
  const enemies = things.filter((thing) => isEnemy(seen, thing)).sort(byReach);
  return {
    ...{ seen, notes, nowMs, chance, me, body, cell, enemies },
    health: me.maxHp > 0 ? me.hp / me.maxHp : 1,
    friends: friendsOf(seen, me),
    items: things.filter((thing) => hasFlag(thing, "item")).sort(byReach),
    ways: waysFrom(seen, cell, closedCells(seen, enemies, notes, nowMs)),
  };
};

const isEnemy = (seen: Seen, thing: SeenThing): boolean =>
  hasFlag(thing, "monster") && inSight(seen.cells[cellAt(seen, thing)] ?? 0);

const friendsOf = (seen: Seen, me: CrewMember): Friend[] =>
  seen.crew.flatMap((member) => {
    const body = seen.things.get(member.thing);
    const here = member.state !== "dead" && member.state !== "left";
    return body && here && member.player !== me.player ? [{ member, body }] : [];
  });

const closedCells = (
  seen: Seen,
  enemies: readonly SeenThing[],
  notes: Notes,
  nowMs: number,
): ReadonlySet<number> => {
  const closed = new Set(enemies.map((enemy) => cellAt(seen, enemy)));
  for (const thing of seen.things.values())
    if (hasFlag(thing, "down")) closed.add(cellAt(seen, thing));
  for (const [cell, untilMs] of notes.avoid) if (untilMs > nowMs) closed.add(cell);
  return closed;
};
