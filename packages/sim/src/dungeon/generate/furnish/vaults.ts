import type { FixtureSpec, TrialSpec } from "../../../content.ts";
import { at, distance } from "../../../geometry.ts";
import { pointOf, setTile } from "../../terrain.ts";
import type { Site } from "../furnish.ts";
import { only, placeAmong, roomyCells, stand, wanted } from "./placing.ts";
import { openCells } from "./sites.ts";
import { riches } from "./wares.ts";

const TRIES = 300;
/** A key lies so far from its lock, and from the arrival, that it is a way to walk. */
const KEY_CELLS = 12;

type Room = { readonly door: number; readonly heart: number; readonly cells: readonly number[] };

/**
 * R-FIX-13: locked rooms in the rock, each with its treasure, and for each a key behind a trial
 * elsewhere on the floor. Where no place is left for the trial, the room is not dug.
 */
export function vaults(site: Site): void {
  const { book, level } = site;
  const region = book.region(book.floor(level.floor).region);
  const altars = region.fixtures.flatMap(({ fixture }) => {
    const spec = book.fixture(fixture);
    return spec.kind === "altar" ? [spec] : [];
  });
  for (const treasure of wanted(site, "treasure")) {
    const room = findRock(site);
    if (room === undefined || altars.length === 0) return;
    if (!layKey(site, site.dice.pick(altars), room)) continue;
    for (const cell of room.cells) setTile(book, level, cell, book.tileNumber(region.floor));
    setTile(book, level, room.door, book.roleTile("door"));
    stand(site, only(site, "lock"), room.door);
    const { least, most, deeper } = treasure;
    const wares = riches(site, site.dice.between(least, most), level.floor + deeper);
    stand(site, treasure, room.heart, { wares });
  }
}

/** The altar, and what its trial needs; answers whether there was a place. */
function layKey(site: Site, altar: FixtureSpec<"altar">, room: Room): boolean {
  const { level } = site;
  const far = roomyCells(site, 8).filter((cell) => {
    const point = pointOf(level, cell);
    const away = Math.min(
      distance(point, level.arrival),
      distance(point, level.exit),
      distance(point, pointOf(level, room.door)),
    );
    return away >= KEY_CELLS;
  });
  const cell = placeAmong(site, altar, far);
  if (cell === undefined) return false;
  if (prepare(site, altar.trial, cell)) return true;
  level.fixtures.delete(cell);
  return false;
}

function prepare(site: Site, trial: TrialSpec, altar: number): boolean {
  const { level } = site;
  if (trial.kind === "cage") {
    const away = openCells(site).filter(
      (cell) => distance(pointOf(level, cell), pointOf(level, altar)) >= KEY_CELLS,
    );
    return placeAmong(site, only(site, "lever"), away) !== undefined;
  }
  if (trial.kind !== "guardian") return true;
  const { width } = level;
  const corners = [-width - 1, width + 1, width - 1, 1 - width].map((side) => altar + side);
  for (const corner of corners.slice(0, trial.statues)) {
    placeAmong(site, only(site, "statue"), [corner]);
  }
  return corners.some((corner) => level.fixtures.get(corner)?.kind.kind === "statue");
}

/** Solid rock for a small room beside a cell that can be walked. */
function findRock(site: Site): Room | undefined {
  const { level, dice } = site;
  const { width, height } = level;
  const starts = openCells(site);
  for (let tries = 0; tries < TRIES && starts.length > 0; tries += 1) {
    const start = dice.pick(starts);
    const side = dice.pick([1, -1, width, -width]);
    const { x, y } = pointOf(level, start);
    const [w, h] = [dice.between(3, 5), 3];
    const left = side === 1 ? x + 2 : side === -1 ? x - 1 - w : x - 1;
    const top = side === width ? y + 2 : side === -width ? y - 1 - h : y - 1;
    const inside = left > 1 && top > 1 && left + w < width - 2 && top + h < height - 2;
    if (!inside || !isSolid(site, left, top, w, h)) continue;
    const cells: number[] = [];
    for (let row = top; row < top + h; row += 1) {
      for (let column = left; column < left + w; column += 1) cells.push(row * width + column);
    }
    const heart = (top + 1) * width + left + Math.floor(w / 2);
    return { door: start + side, heart, cells };
  }
  return undefined;
}

/** A room and one cell around it are plain wall. */
function isSolid({ book, level }: Site, left: number, top: number, w: number, h: number): boolean {
  const wall = book.tileNumber(book.region(book.floor(level.floor).region).wall);
  for (let y = top - 1; y <= top + h; y += 1) {
    for (let x = left - 1; x <= left + w; x += 1) {
      if (at(level.tiles, y * level.width + x) !== wall) return false;
    }
  }
  return true;
}
