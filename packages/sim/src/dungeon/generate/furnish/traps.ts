import type { Site } from "../furnish.ts";
import { placeAmong, roomyCells, wanted } from "./placing.ts";

/** One can step around a trap: so many of the cells beside it can be walked. */
const SIDES_MIN = 6;

/** R-FIX-11: traps lie in the open, never in a passage; what opens the ground only over a floor. */
export function traps(site: Site): void {
  const { book, level, wish } = site;
  const open = roomyCells(site, SIDES_MIN);
  const isOpenBelow = level.floor < wish.lastFloor && book.floor(level.floor).boss === undefined;
  for (const kind of wanted(site, "trap")) {
    if (isOpenBelow || kind.does.every((deed) => deed.kind !== "drops")) {
      placeAmong(site, kind, open);
    }
  }
}
