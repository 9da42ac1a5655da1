import { BADGE_METRICS, CRAFT_LINES } from "@underlode/sim";
import { z } from "zod";
import { Colour, Count, Id, Name, Percent, Positive, Wants } from "./plain.ts";

const Grade = z.number().int().min(1).max(3);

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
  fromFloor: Positive,
  boss: Id.optional(),
  needs: z.array(z.strictObject({ ores: z.array(Id).min(1), amount: Positive })).min(1),
  grade: Grade,
  legendary: z.boolean(),
  lines: z.array(z.strictObject({ line: z.enum(CRAFT_LINES), base: Count, weights: Wants })).min(1),
  bonus: z.array(z.strictObject({ class: Id, percent: Percent })),
});

export const legacy = z.strictObject({
  id: Id,
  name: Name,
  ore: Id,
  fromFloor: Positive,
  values: z.strictObject({
    hardness: Percent,
    conductivity: Percent,
    malleability: Percent,
    purity: Percent,
    density: Percent,
  }),
  lore: Name,
});

export const badge = z.strictObject({
  id: Id,
  name: Name,
  note: Name,
  metric: z.enum(BADGE_METRICS),
  least: Positive,
  span: z.enum(["run", "life"]),
});

export const oreRules = z.strictObject({
  spawns: Positive,
  veinMin: Positive,
  veinMax: Positive,
  depthGain: Count,
  jackpotMin: Percent,
  jackpotMax: Percent,
  legacyPerMille: z.number().int().min(0).max(1000),
  legacyAmount: Positive,
  legacyTile: Id,
  keptPurity: Percent,
});

export const forgeRules = z.strictObject({
  points: z.array(Count).length(3),
  gainPercent: Percent,
  purityPercent: Percent,
  flawPercent: Percent,
  tiresPercent: Percent,
  stepPercent: Percent,
  kitGrade: Grade,
  kitMalleability: Percent,
  mendsPerOre: Positive,
  salvagePercent: Percent,
  plansPerFloor: Count,
  heftPercent: Percent,
});
