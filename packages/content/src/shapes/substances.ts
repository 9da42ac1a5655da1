import { LAYERS } from "@underlode/sim";
import { z } from "zod";
import { Colour, Count, Glyph, Id, kind, Light, Ms, Name, Percent, Positive } from "./plain.ts";

export const substance = z.strictObject({
  id: Id,
  layer: z.enum(LAYERS),
  glyph: Glyph,
  name: Name,
  colour: Colour,
  priority: Positive,
  blocks: z.boolean(),
  bears: z.boolean(),
  clear: z.boolean(),
  light: Light,
  burnPercent: Percent,
  swims: z.boolean(),
  stepPercent: Positive,
  loud: Count,
  coverPercent: Percent,
  conducts: z.boolean(),
  becomes: z.union([Id, z.literal("")]),
  lastsMs: Ms,
  everyMs: Ms,
  does: z.array(
    z.discriminatedUnion("kind", [
      kind("spreads", {}),
      kind("drifts", { thins: Positive }),
      kind("sweeps", { percent: Percent, damage: Positive }),
      kind("swallows", { damage: Positive }),
      kind("arcs", { damage: Positive, cells: Positive }),
      kind("afflicts", { effect: Id, power: Positive, lastsMs: Ms }),
    ]),
  ),
});

export const reaction = z.strictObject({
  id: Id,
  one: Id,
  other: Id,
  leaves: z.array(Id),
  blast: Count,
  synergy: z.union([Id, z.literal("")]),
});
