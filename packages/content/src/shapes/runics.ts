import { z } from "zod";
import { Count, Dose, Id, kind, Name, Percent, Positive } from "./plain.ts";

const base = { id: Id, name: Name, good: z.boolean(), weight: Count, note: Name };
const dose = Dose.shape;

const ofWeapon = z.discriminatedUnion("kind", [
  kind("laysOnHit", { percent: Percent, ...dose }),
  kind("quickens", { percent: Percent }),
  kind("slays", { percent: Percent }),
  kind("drinks", { percent: Percent }),
  kind("arcs", { percent: Percent, damage: Positive, radius: Positive }),
  kind("throwsBack", { percent: Percent, cells: Positive }),
  kind("mends", { percent: Percent, heals: Percent }),
  kind("doubles", { percent: Percent }),
  kind("clings", {}),
  kind("screams", { percent: Percent, loudness: Positive }),
]);
const ofArmour = z.discriminatedUnion("kind", [
  kind("reflects", { percent: Percent }),
  kind("soaks", { most: Positive }),
  kind("wards", { how: z.enum(["fire", "poison"]) }),
  kind("sidesteps", { percent: Percent, cells: Positive }),
  kind("shares", { percent: Percent, radius: Positive }),
  kind("weakens", { percent: Percent }),
  kind("ignites", { percent: Percent, substance: Id }),
  kind("laysOnWearer", { percent: Percent, ...dose }),
  kind("draws", { wrath: Positive }),
]);

export const runic = z.discriminatedUnion("on", [
  z.strictObject({ on: z.literal("weapon"), ...base, does: ofWeapon }),
  z.strictObject({ on: z.literal("armour"), ...base, does: ofArmour }),
]);
