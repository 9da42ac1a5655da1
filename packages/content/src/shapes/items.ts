import {
  ARMOUR_SLOTS,
  CHARM_DEEDS,
  POTION_DEEDS,
  SCROLL_DEEDS,
  WAND_AIMS,
  WAND_DEEDS,
  WAND_HOWS,
  WEAPON_TRAITS,
} from "@underlode/sim";
import { z } from "zod";
import { Cells, Count, Dose, Id, Ms, Name, Percent, Positive } from "./plain.ts";

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
  dose: Dose.optional(),
});

export const wand = z.strictObject({
  use: z.literal("wand"),
  ...base,
  does: z.enum(WAND_DEEDS),
  aims: z.enum(WAND_AIMS),
  charges: Positive,
  range: Cells,
  power: Positive,
  dose: Dose.optional(),
  substance: Id.optional(),
  how: z.enum(WAND_HOWS).optional(),
});

export const charm = z.strictObject({
  use: z.literal("charm"),
  ...base,
  does: z.enum(CHARM_DEEDS),
  rechargeMs: Ms,
  power: Positive,
  dose: Dose.optional(),
  substance: Id.optional(),
});

export const weapon = z.strictObject({
  use: z.literal("weapon"),
  ...base,
  damage: Count,
  swingMs: Ms,
  range: z.number().int().min(0).max(40),
  reach: z.number().int().min(1).max(2),
  spell: Count,
  traits: z.array(z.enum(WEAPON_TRAITS)),
  durability: Positive,
  mines: Percent.optional(),
});

export const armour = z.strictObject({
  use: z.literal("armour"),
  ...base,
  slot: z.enum(ARMOUR_SLOTS),
  defence: Count,
  spell: Count,
  durability: Positive,
  metal: z.boolean(),
});

export const key = z.strictObject({ use: z.literal("key"), ...base });

/** What the run is about: laid by its own rule, never found. */
export const relic = z.strictObject({ use: z.literal("other"), ...base });
