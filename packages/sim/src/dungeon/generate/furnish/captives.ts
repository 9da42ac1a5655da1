import type { Site } from "../furnish.ts";
import { placeAmong, roomyCells, wanted } from "./placing.ts";

/** Captives are of those who live on the floor, and none that poses as a thing or steals. */
export function captives(site: Site): void {
  const { book, level, dice } = site;
  const folk = book.content.monsters.filter(
    ({ lives, boss, mind, traits }) =>
      lives.some(({ floor }) => floor === level.floor) &&
      !boss &&
      !UNFIT.has(mind.kind) &&
      !traits.includes("submerges"),
  );
  const cells = roomyCells(site, 5);
  for (const kind of wanted(site, "captive")) {
    if (folk.length > 0) placeAmong(site, kind, cells, { monster: dice.pick(folk).id });
  }
}

const UNFIT: ReadonlySet<string> = new Set(["mimic", "thief", "sapper", "ooze"]);
