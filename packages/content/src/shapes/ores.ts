import { CRAFT_LINES } from "@underlode/sim";
import { z } from "zod";
import { Colour, Count, Id, Name, Percent, Positive, Wants } from "./plain.ts";

export const ore = z.strictObject({
  id: Id,
  name: Name,
  colour: Colour,
  tile: Id,
  fromFloor: Positive,
  toFloor: Positive,
  min: Percent,
  max: Percent,
});

export const schematic = z.strictObject({
  id: Id,
  name: Name,
  makes: Id,
  source: z.enum(["start", "found", "boss"]),
  ores: z.array(Id).min(1),
  amount: Positive,
  grade: z.number().int().min(1).max(3),
  legendary: z.boolean(),
  lines: z.array(z.strictObject({ line: z.enum(CRAFT_LINES), base: Count, weights: Wants })).min(1),
  bonus: z.array(z.strictObject({ class: Id, percent: Percent })),
});
