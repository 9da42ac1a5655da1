import type { MindKind } from "../../../content.ts";
import { staysPut } from "../../homebodies.ts";
import type { Site } from "../furnish.ts";
import { placeAmong, roomyCells, wanted } from "./placing.ts";

/** R-FIX-8: captives are of those who live on the floor and would follow and fight. */
export function captives(site: Site): void {
  const { book, level, dice } = site;
  const folk = book.content.monsters.filter(
    (kind) =>
      kind.lives.some(({ floor }) => floor === level.floor) &&
      !kind.boss &&
      !UNFIT.has(kind.mind.kind) &&
      !staysPut(kind),
  );
  const cells = roomyCells(site, 5);
  for (const kind of wanted(site, "captive")) {
    if (folk.length > 0) placeAmong(site, kind, cells, { monster: dice.pick(folk).id });
  }
}

/** They steal, blow themselves up, split, eat the ore, or keep out of reach. */
const UNFIT: ReadonlySet<MindKind> = new Set<MindKind>([
  ...(["thief", "sapper", "ooze", "grazer", "lure"] as const),
]);
