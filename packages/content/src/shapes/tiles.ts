import { z } from "zod";
import { Colour, Glyph, Id, Name } from "./plain.ts";

export const tile = z.strictObject({
  id: Id,
  glyph: Glyph,
  name: Name,
  colour: Colour,
  role: z.enum([
    "floor",
    "track",
    "wall",
    "pillar",
    "door",
    "openDoor",
    "stairsDown",
    "stairsUp",
    "vein",
    "chasm",
    "bridge",
    "secretDoor",
  ]),
  walk: z.boolean(),
  clear: z.boolean(),
});
