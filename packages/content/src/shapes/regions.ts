import { GENERATORS } from "@underlode/sim";
import { z } from "zod";
import {
  Cells,
  Colour,
  Count,
  Dose,
  Glyph,
  Id,
  kind,
  Light,
  Ms,
  Name,
  Percent,
  Positive,
} from "./plain.ts";

const fixtureBase = {
  id: Id,
  name: Name,
  glyph: Glyph,
  colour: Colour,
  blocks: z.boolean(),
  hidden: z.boolean(),
};
const trapDeed = z.discriminatedUnion("kind", [
  kind("pours", { substance: Id, radius: Count }),
  kind("lays", { dose: Dose, radius: Count }),
  kind("alarms", { loudness: Positive }),
  kind("teleports", {}),
  kind("drops", {}),
  kind("calls", { count: Positive }),
]);
const beats = { beats: Positive, everyMs: Ms };
const trial = z.discriminatedUnion("kind", [
  kind("collapse", { ...beats, radius: Cells, rocks: Positive, damage: Positive, leaves: Id }),
  kind("flood", { ...beats, substance: Id, dose: Dose, calls: Count }),
  kind("guardian", { statues: z.number().int().min(1).max(4) }),
  kind("darkness", { dose: Dose, radius: Cells, calls: Count }),
  kind("gas", { ...beats, substance: Id, radius: Count }),
  kind("cage", { loudness: Positive }),
]);
const prices = z.strictObject({
  ...{ potion: Positive, scroll: Positive, wand: Positive, charm: Positive },
  ...{ gear: Positive, point: Positive },
});
export const fixture = z.discriminatedUnion("kind", [
  kind("forge", { ...fixtureBase, grade: z.number().int().min(1).max(3) }),
  kind("shrine", { ...fixtureBase, uses: Positive, hpPercent: Percent }),
  kind("trap", { ...fixtureBase, damage: Count, does: z.array(trapDeed) }),
  kind("snare", { ...fixtureBase, effect: Id, power: Positive, lastsMs: Ms }),
  kind("altar", { ...fixtureBase, trial, item: Id, says: Name }),
  kind("lever", fixtureBase),
  kind("lock", fixtureBase),
  kind("statue", fixtureBase),
  kind("treasure", { ...fixtureBase, least: Positive, most: Positive, deeper: Count }),
  kind("captive", { ...fixtureBase, freeMs: Ms }),
  kind("trader", { ...fixtureBase, wares: Positive, buysPercent: Percent, prices }),
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
  fixtures: z.array(z.strictObject({ fixture: Id, count: Positive, percent: Percent.optional() })),
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
