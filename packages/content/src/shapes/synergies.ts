import { SYNERGY_DEEDS } from "@underlode/sim";
import { z } from "zod";
import { Count, Id, Ms, Name } from "./plain.ts";

export const synergy = z.strictObject({
  id: Id,
  name: Name,
  does: z.enum(SYNERGY_DEEDS),
  power: Count,
  lastsMs: Ms,
  radius: Count,
  sharePercent: Count,
  count: Count,
  windowMs: Ms,
  gapMs: Ms,
  needs: Id.optional(),
  lays: Id.optional(),
  note: Name,
});
