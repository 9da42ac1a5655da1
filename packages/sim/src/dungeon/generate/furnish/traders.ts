import type { Site } from "../furnish.ts";
import { placeAmong, roomyCells, wanted } from "./placing.ts";
import { goods } from "./wares.ts";

/** Traders wait in the open, with wares of all families. */
export function traders(site: Site): void {
  const cells = roomyCells(site, 5);
  for (const kind of wanted(site, "trader")) {
    placeAmong(site, kind, cells, { wares: goods(site, kind.wares, site.level.floor) });
  }
}
