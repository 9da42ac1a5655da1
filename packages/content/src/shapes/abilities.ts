import { HEALER_DEEDS, MAGE_DEEDS, RANGER_DEEDS, ROGUE_DEEDS, WARRIOR_DEEDS } from "@underlode/sim";
import { z } from "zod";
import { Cells, Count, Dose, Id, Ms, Name, Positive } from "./plain.ts";

export const ability = z.strictObject({
  id: Id,
  class: Id,
  slot: z.number().int().min(1).max(4),
  name: Name,
  does: z.enum([...WARRIOR_DEEDS, ...MAGE_DEEDS, ...RANGER_DEEDS, ...HEALER_DEEDS, ...ROGUE_DEEDS]),
  cost: Count,
  cooldownMs: Ms,
  timeMs: Ms,
  target: z.enum(["self", "cell"]),
  range: Cells,
  power: Positive,
  dose: Dose.optional(),
  spell: z.boolean(),
  count: Positive.optional(),
  reach: Cells.optional(),
  substance: Id.optional(),
  fixture: Id.optional(),
  note: Name,
});
