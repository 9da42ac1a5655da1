import type { ItemSpec } from "../content.ts";
import type { Frozen } from "./frozen.ts";
import { sharesPlace } from "./item-stats.ts";
import { gear, isWorn } from "./reads.ts";
import type { Delver, GroundRow, ItemStats, Scene } from "./world.ts";

export const PACK_FULL = "Your pack is full: drop something first.";

/** Whether a delver can take up a thing: gold, ore and more of what they have need no place. */
export function roomFor(world: Scene, delver: Delver, row: Frozen<GroundRow>): boolean {
  if (row.kind === "gold" || row.ore !== undefined) return true;
  if (delver.pack.length < world.book.content.rules.packPlaces) return true;
  const shares = sharesPlace(world.book.item(row.kind));
  return shares && delver.pack.some(({ kind }) => kind === row.kind);
}

/** Why a delver cannot wield or wear a thing now; undefined when they can. */
export function refuseEquip(world: Scene, delver: Delver, item: number): string | undefined {
  const { spec } = gear(world, delver, item);
  if (spec?.use === "weapon") {
    const bothHands = spec.traits.includes("twoHanded") && delver.shield !== 0;
    if (bothHands) return "You need both hands for that: put the shield away first.";
    return refuseTakeOff(world, delver, delver.weapon);
  }
  if (spec?.use !== "armour") return "That is nothing to wear.";
  if (spec.slot === "body") return refuseTakeOff(world, delver, delver.armour);
  if (isTwoHanded(gear(world, delver, delver.weapon).spec)) return "Your weapon takes both hands.";
  return refuseTakeOff(world, delver, delver.shield);
}

/** Why a thing cannot leave its bearer; undefined when it can. */
export function refuseTakeOff(world: Scene, delver: Delver, item: number): string | undefined {
  const { spec, stats } = gear(world, delver, item);
  if (spec === undefined || !isWorn(delver, item) || !clings(world, stats)) return undefined;
  return `The ${spec.name} clings to you and does not come off.`;
}

export function clings(world: Scene, stats: ItemStats | undefined): boolean {
  if (stats === undefined || stats.runic === "") return false;
  return world.book.runic(stats.runic).does.kind === "clings";
}

/** Time that a charm takes to be ready again; each plus takes a fifth off. */
export function rechargeMs(spec: ItemSpec<"charm">, stats: ItemStats | undefined): number {
  return Math.round(spec.rechargeMs * 0.8 ** Math.max(0, stats?.enchant ?? 0));
}

function isTwoHanded(spec: ItemSpec | undefined): boolean {
  return spec?.use === "weapon" && spec.traits.includes("twoHanded");
}
