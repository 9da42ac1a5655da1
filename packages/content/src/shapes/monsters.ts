import { TRAITS } from "@underlode/sim";
import { z } from "zod";
import { mind } from "./minds.ts";
import { Cells, Colour, Count, Glyph, Id, Ms, Name, Percent, Positive } from "./plain.ts";

export const monster = z.strictObject({
  id: Id,
  name: Name,
  glyph: Glyph,
  colour: Colour,
  verb: Name,
  hp: Positive,
  attack: Count,
  defence: Count,
  dodge: Percent,
  stepMs: Ms,
  strikeMs: Ms,
  sightCells: Cells,
  xp: Count,
  traits: z.array(z.enum(TRAITS)),
  asleepPercent: Percent,
  packMin: Positive,
  packMax: Positive,
  boss: z.boolean(),
  mind,
  lives: z.array(z.strictObject({ floor: Positive, weight: Positive })),
});
