import { CHARM_DEEDS, POTION_DEEDS, SCROLL_DEEDS, WAND_DEEDS } from "@underlode/sim";
import { z } from "zod";
import { Cells, Count, Dose, Id, kind, Ms, Name, Percent, Positive } from "./plain.ts";

const base = { id: Id, name: Name, note: Name, weight: Count, fromFloor: Positive };

export const potion = z.strictObject({
  use: z.literal("potion"),
  ...base,
  does: z.enum(POTION_DEEDS),
  power: Positive,
  dose: Dose.optional(),
  substance: Id.optional(),
});

export const scroll = z.strictObject({
  use: z.literal("scroll"),
  ...base,
  does: z.enum(SCROLL_DEEDS),
  power: Positive,
});

export const wand = z.strictObject({
  use: z.literal("wand"),
  ...base,
  does: z.enum(WAND_DEEDS),
  charges: Positive,
  range: Cells,
  power: Positive,
  dose: Dose.optional(),
});

export const charm = z.strictObject({
  use: z.literal("charm"),
  ...base,
  does: z.enum(CHARM_DEEDS),
  rechargeMs: Ms,
  power: Positive,
  dose: Dose.optional(),
});

export const weapon = z.strictObject({
  use: z.literal("weapon"),
  ...base,
  damage: Count,
  swingMs: Ms,
  range: z.number().int().min(0).max(40),
  durability: Positive,
});

export const armour = z.strictObject({
  use: z.literal("armour"),
  ...base,
  defence: Count,
  durability: Positive,
  metal: z.boolean(),
});

/** What the run is about: laid by its own rule, never found. */
export const relic = z.strictObject({ use: z.literal("other"), ...base });

export const runic = z.strictObject({
  id: Id,
  name: Name,
  on: z.enum(["weapon", "armour"]),
  good: z.boolean(),
  weight: Count,
  does: z.discriminatedUnion("kind", [
    kind("laysOnHit", { percent: Percent, effect: Id, power: Positive, lastsMs: Ms }),
  ]),
  note: Name,
});
