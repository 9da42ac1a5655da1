import type { Site } from "../furnish.ts";
import { placeAmong, wanted } from "./placing.ts";
import { openCells } from "./sites.ts";

export function shrines(site: Site): void {
  const open = openCells(site);
  for (const kind of wanted(site, "shrine")) placeAmong(site, kind, open);
}
