import { flags, inSight, type Seen, type SeenThing, tileOf } from "@underlode/client";
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

const CANDIDATE_TILES: Readonly<Record<Exclude<Directed, "revive">, RegExp>> = {
  survey: /vein|\bore\b|lode/i,
  mine: /vein|\bore\b|lode/i,
  close: /open door/i,
};

/** The direction of the only neighbour that an act can be meant for; undefined when none or many. */
export const onlyDirection = (seen: Seen, what: Directed): number | undefined => {
  const here = ownPlace(seen);
  if (!here) return undefined;
  const fits = DX.map((_, dir) => dir).filter((dir) => {
    const x = here.x + DX[dir]!;
    const y = here.y + DY[dir]!;
    return what === "revive"
      ? isFallen(seen, x, y)
      : CANDIDATE_TILES[what].test(tileName(seen, x, y));
  });
  return fits.length === 1 ? fits[0] : undefined;
};

const isFallen = ({ things }: Seen, x: number, y: number): boolean => {
  for (const thing of things.values()) {
    if (thing.x === x && thing.y === y && thing.flags & flags.player && thing.flags & flags.down) {
      return true;
    }
  }
  return false;
};

const tileName = ({ cells, width, height, legend }: Seen, x: number, y: number): string => {
  if (x < 0 || y < 0 || x >= width || y >= height) return "";
  return legend.tiles[tileOf(cells[y * width + x]!)]?.name ?? "";
};

export const distance = (a: Place, b: Place): number =>
  Math.max(Math.abs(a.x - b.x), Math.abs(a.y - b.y));

/** Monsters in sight, nearest first. */
export const enemies = (seen: Seen): SeenThing[] => {
  const here = ownPlace(seen) ?? { x: 0, y: 0 };
  return [...seen.things.values()]
    .filter((thing) => thing.flags & flags.monster && isLit(seen, thing))
    .sort((a, b) => distance(a, here) - distance(b, here) || a.id - b.id);
};

const isLit = ({ cells, width }: Seen, { x, y }: Place): boolean =>
  inSight(cells[y * width + x] ?? 0);
