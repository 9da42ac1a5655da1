import { GENERATORS } from "@underlode/sim";
import { z } from "zod";
import { Colour, Count, Glyph, Id, kind, Light, Ms, Name, Percent, Positive } from "./plain.ts";

const fixtureBase = {
  id: Id,
  name: Name,
  glyph: Glyph,
  colour: Colour,
  blocks: z.boolean(),
  hidden: z.boolean(),
};
export const fixture = z.discriminatedUnion("kind", [
  kind("forge", { ...fixtureBase, grade: z.number().int().min(1).max(3) }),
  kind("shrine", { ...fixtureBase, uses: Positive, hpPercent: Percent }),
  kind("trap", { ...fixtureBase, damage: Count, substance: Id, radius: Count }),
  kind("snare", { ...fixtureBase, effect: Id, power: Positive, lastsMs: Ms }),
]);

export const region = z.strictObject({
  id: Id,
  name: Name,
  generator: z.enum(GENERATORS),
  light: Light,
  floor: Id,
  track: Id,
  wall: Id,
  pillar: Id,
  roomsMin: z.number().int().min(4).max(40),
  roomsMax: z.number().int().min(4).max(40),
  loops: Count,
  doorPercent: Percent,
  trackPercent: Percent,
  secretPercent: Percent,
  closets: Count,
  litPercent: Percent,
  chasms: z.strictObject({ count: Count, percent: Percent, cells: Positive }),
  patches: z.array(
    z.strictObject({ substance: Id, count: Count, cells: Positive, ring: Id.optional() }),
  ),
  fixtures: z.array(z.strictObject({ fixture: Id, count: Positive })),
});

export const floor = z.strictObject({
  floor: Positive,
  name: Name,
  region: Id,
  groups: Positive,
  items: Positive,
  gold: Count,
  veins: Count,
  boss: Id.optional(),
});
