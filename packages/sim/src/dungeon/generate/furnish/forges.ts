import type { Site } from "../furnish.ts";
import { placeAmong, wanted } from "./placing.ts";
import { openCells } from "./sites.ts";

/** Forges, the better the deeper. */
export function forges(site: Site): void {
  const open = openCells(site);
  for (const kind of wanted(site, "forge")) placeAmong(site, kind, open);
}
