import type { RunicSpec } from "../../content.ts";
import type { How } from "../events.ts";
import { gear, isBroken, isUp } from "../reads.ts";
import type { Turn } from "../turn.ts";
import type { Actor, Delver, ItemStats } from "../world.ts";
import { armourRunicAfter, armourRunicBefore } from "./runics/armours.ts";
import { weaponRunic } from "./runics/weapons.ts";

/** A runic on something that a delver holds or wears, whole enough to work. */
type Borne = { readonly item: number; readonly stats: ItemStats; readonly runic: RunicSpec };

/** What the runic of the weapon in hand does to whom it struck; the party knows it by that. */
export function runicsAfterHit(
  turn: Turn,
  by: Actor,
  target: Actor,
  how: How,
  dealt: number,
): void {
  if (by.is !== "delver" || target.is !== "monster" || !OF_THE_WEAPON.has(how)) return;
  for (const { item, stats, runic } of borne(turn, by, [by.weapon])) {
    if (runic.on !== "weapon") continue;
    if (weaponRunic(turn, { by, target, dealt }, runic.does)) learn(turn, by, item, stats);
  }
}

const OF_THE_WEAPON: ReadonlySet<How> = new Set<How>(["blow", "shot"]);

/** What runics of armour leave of harm that is about to reach its wearer. */
export function runicsBeforeHarm(turn: Turn, wearer: Delver, amount: number, how: How): number {
  let left = amount;
  if (how === "runic") return left;
  for (const { item, stats, runic } of borne(turn, wearer, [wearer.armour, wearer.shield])) {
    if (runic.on !== "armour") continue;
    const after = armourRunicBefore(turn, { wearer, amount: left, how }, runic.does);
    if (after !== left) learn(turn, wearer, item, stats);
    left = after;
  }
  return left;
}

/** What they do once a monster's hit has come through. */
export function runicsAfterHarm(turn: Turn, by: Actor, wearer: Delver, taken: number): void {
  if (by.is !== "monster" || taken <= 0) return;
  for (const { item, stats, runic } of borne(turn, wearer, [wearer.armour, wearer.shield])) {
    if (runic.on !== "armour" || by.hp <= 0 || !isUp(wearer)) continue;
    if (armourRunicAfter(turn, { wearer, from: by, taken }, runic.does)) {
      learn(turn, wearer, item, stats);
    }
  }
}

function borne(turn: Turn, delver: Delver, items: readonly number[]): Borne[] {
  const found: Borne[] = [];
  for (const item of items) {
    const { stats } = gear(turn.world, delver, item);
    if (stats === undefined || stats.runic === "" || isBroken(stats)) continue;
    found.push({ item, stats, runic: turn.world.book.runic(stats.runic) });
  }
  return found;
}

function learn(turn: Turn, { id: actor }: Delver, item: number, stats: ItemStats): void {
  if (stats.known) return;
  turn.tell({ kind: "worn", actor, item, stats: { ...stats, known: true, felt: true } });
}
