import { TRAITS } from "@underlode/sim";
import { z } from "zod";
import { gift, mind, spell } from "./minds.ts";
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
  spells: z.array(spell),
  gifts: z.array(gift),
  lives: z.array(z.strictObject({ floor: Positive, weight: Positive })),
});
