import { flags, hasFlag, inSight, type Seen, type SeenThing, tileOf } from "@underlode/client";
import type { Directed } from "../model.ts";

/** Steps to the neighbours by direction, clockwise from north. */
export const DX = [0, 1, 1, 1, 0, -1, -1, -1] as const;
export const DY = [-1, -1, 0, 1, 1, 1, 0, -1] as const;
export const directions = {
  north: 0,
  northeast: 1,
  east: 2,
  southeast: 3,
  south: 4,
  southwest: 5,
  west: 6,
  northwest: 7,
} as const;

export type Place = { readonly x: number; readonly y: number };

/** Where the player stands, or undefined before the first picture. */
export const ownPlace = ({ self, things }: Seen): Place | undefined => {
  const { vitals } = self;
  if (!vitals) return undefined;
  return things.get(vitals.thing) ?? vitals;
};

/** Ore in the rock; not rock that only has its name from ore. */
export const VEIN = /\bvein\b/i;

const CANDIDATE_TILES: Readonly<Record<Exclude<Directed, "revive" | "interact">, RegExp>> = {
  survey: VEIN,
  mine: VEIN,
  close: /open door/i,
};

/** The directions of the neighbours that an act can be meant for. */
export const directionsFor = (seen: Seen, what: Directed): number[] => {
  const here = ownPlace(seen);
  if (!here) return [];
  return DX.map((_, dir) => dir).filter((dir) => {
    const x = here.x + DX[dir]!;
    const y = here.y + DY[dir]!;
    if (what === "revive") return isFallen(seen, x, y);
    if (what === "interact") return isFixture(seen, x, y);
    return CANDIDATE_TILES[what].test(tileName(seen, x, y));
  });
};

const isFallen = ({ things }: Seen, x: number, y: number): boolean => {
  for (const thing of things.values()) {
    if (thing.x === x && thing.y === y && thing.flags & flags.player && thing.flags & flags.down) {
      return true;
    }
  }
  return false;
};

/** What is neither alive nor to be taken up belongs to the place. */
export const isFixture = ({ things }: Seen, x: number, y: number): boolean => {
  const mobile = flags.player | flags.monster | flags.item;
  for (const thing of things.values()) {
    if (thing.x === x && thing.y === y && (thing.flags & mobile) === 0) return true;
  }
  return false;
};

/** Where tiles of such a name are known. */
export const knownTiles = (seen: Seen, name: RegExp): Place[] => {
  const fits = seen.legend.tiles.map((tile) => name.test(tile.name));
  const places: Place[] = [];
  seen.cells.forEach((cell, i) => {
    if (fits[tileOf(cell)]) places.push({ x: i % seen.width, y: Math.floor(i / seen.width) });
  });
  return places;
};

/** The one nearest to the player. */
export const knownTile = (seen: Seen, name: RegExp): Place | undefined => {
  const here = ownPlace(seen) ?? { x: 0, y: 0 };
  return knownTiles(seen, name).sort((a, b) => distance(a, here) - distance(b, here))[0];
};

const CHASM = /chasm/i;

/** Whether a step leads over an edge that can be seen, and not into somebody who stands there. */
export const isFall = (seen: Seen, dir: number): boolean => {
  const here = ownPlace(seen);
  if (!here) return false;
  const x = here.x + DX[dir]!;
  const y = here.y + DY[dir]!;
  if (!CHASM.test(tileName(seen, x, y))) return false;
  const alive = flags.player | flags.monster;
  return ![...seen.things.values()].some(
    (thing) => thing.x === x && thing.y === y && thing.flags & alive,
  );
};

export const tileName = ({ cells, width, height, legend }: Seen, x: number, y: number): string => {
  if (x < 0 || y < 0 || x >= width || y >= height) return "";
  return legend.tiles[tileOf(cells[y * width + x]!)]?.name ?? "";
};

export const distance = (a: Place, b: Place): number =>
  Math.max(Math.abs(a.x - b.x), Math.abs(a.y - b.y));

const nearestFirst = (seen: Seen, fits: (thing: SeenThing) => boolean): SeenThing[] => {
  const here = ownPlace(seen) ?? { x: 0, y: 0 };
  return [...seen.things.values()]
    .filter(fits)
    .sort((a, b) => distance(a, here) - distance(b, here) || a.id - b.id);
};

/** Monsters in sight that are nobody's friends, nearest first. */
export const enemies = (seen: Seen): SeenThing[] =>
  nearestFirst(
    seen,
    (thing) => hasFlag(thing, "monster") && !hasFlag(thing, "ally") && isLit(seen, thing),
  );

/** The player, then other members in sight, nearest first. */
export const friends = (seen: Seen): SeenThing[] =>
  nearestFirst(seen, (thing) => hasFlag(thing, "player"));

/** As `friends`, and freed captives and others who fight for the party. */
export const allies = (seen: Seen): SeenThing[] =>
  nearestFirst(
    seen,
    (thing) => (hasFlag(thing, "player") || hasFlag(thing, "ally")) && !hasFlag(thing, "down"),
  );

/** What a thing is called. */
export const thingName = ({ legend }: Seen, { name, kind }: SeenThing): string =>
  name || legend.kinds[kind]?.name || "something";

/** What there is at a place, in a few words: the living, what lies there, the ground. */
export const describe = (seen: Seen, { x, y }: Place): string => {
  const all = [...seen.things.values(), ...seen.remembered.values()];
  const there = all.filter((thing) => thing.x === x && thing.y === y);
  const words = there
    .sort((a, b) => rank(a) - rank(b))
    .map((thing) => `${thingName(seen, thing)}${stateOf(seen, thing)}`);
  const ground = tileName(seen, x, y);
  if (words.length > 0) return words.join(", ");
  return tileOf(seen.cells[y * seen.width + x] ?? 0) === 0 ? "nothing you know of" : ground;
};

const rank = ({ flags: has }: SeenThing): number =>
  has & (flags.player | flags.monster) ? 0 : has & flags.fixture ? 1 : 2;

const stateOf = ({ self }: Seen, { id, health, flags: has }: SeenThing): string => {
  if (id === self.vitals?.thing) return " (you)";
  if (has & flags.down) return " (down)";
  const hurt = health >= 0 && health < 100 ? `, ${health}%` : "";
  if (has & flags.asleep) return ` (asleep${hurt})`;
  if (has & flags.ally) return ` (ally${hurt})`;
  return hurt ? ` (${health}%)` : "";
};

const isLit = ({ cells, width }: Seen, { x, y }: Place): boolean =>
  inSight(cells[y * width + x] ?? 0);
