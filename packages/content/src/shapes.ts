import type { Content } from "@underlode/sim";
import { z } from "zod";

/** What each data file holds, field by field; what it refers to is proved in `references.ts`. */
const Id = z.string().regex(/^[a-z][a-z0-9-]*$/, "ids are lower-case words with hyphens");
const Name = z.string().min(1);
const Glyph = z.string().refine((text) => [...text].length === 1, "one character");
const Colour = z.string().regex(/^#[0-9a-f]{6}$/, "a colour is #rrggbb in lower case");
const Percent = z.number().int().min(0).max(100);
const Count = z.number().int().min(0);
const Positive = z.number().int().min(1);
const Ms = z.number().int().min(0).max(600_000);
const Cells = z.number().int().min(1).max(40);

const rules = z.strictObject({
  width: z.number().int().min(60).max(255),
  height: z.number().int().min(30).max(255),
  floors: Positive,
  sightCells: Cells,
  packPlaces: Positive,
  walkMs: Ms,
  doorMs: Ms,
  handMs: Ms,
  fistMs: Ms,
  stairsMs: Ms,
  throwCells: Cells,
  bleedMs: Ms,
  reviveMs: Ms,
  reviveHpPercent: Percent,
  mineBaseMs: Ms,
  mineHardnessMs: Ms,
  mineEveryNoiseMs: Ms,
  missPercent: Percent,
  jackpotPercent: Percent,
  xpStep: Positive,
  levelMax: Positive,
  levelHp: Count,
  levelAttack: Count,
  levelsPerDefence: Positive,
  hurtStops: z.strictObject({ mining: z.boolean(), reviving: z.boolean() }),
  noise: z.strictObject({ walk: Count, door: Count, fight: Count, mine: Count, blast: Count }),
  wakePercent: Percent,
});

const tile = z.strictObject({
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
  ]),
  walk: z.boolean(),
  clear: z.boolean(),
});

const Want = z.number().int().min(-5).max(5).optional();

const playerClass = z.strictObject({
  id: Id,
  name: Name,
  colour: Colour,
  hp: Positive,
  attack: Count,
  defence: Count,
  resource: z.strictObject({
    name: z.enum(["stamina", "mana", "focus", "energy"]),
    max: Positive,
    everyMs: Ms,
  }),
  healEveryMs: Ms,
  starts: z.array(Id),
  wants: z.strictObject({
    hardness: Want,
    conductivity: Want,
    malleability: Want,
    purity: Want,
    density: Want,
  }),
});

const ability = z.strictObject({
  id: Id,
  class: Id,
  slot: z.number().int().min(1).max(4),
  name: Name,
  does: z.enum(["cleave", "firebolt", "aimedShot", "mend"]),
  cost: Count,
  cooldownMs: Ms,
  timeMs: Ms,
  target: z.enum(["self", "cell"]),
  range: Cells,
  power: Positive,
  note: Name,
});

const kind = <K extends string, S extends z.core.$ZodLooseShape>(name: K, parts: S) =>
  z.strictObject({ kind: z.literal(name), ...parts });

const mind = z.discriminatedUnion("kind", [
  kind("pack", {}),
  kind("howler", { carries: Cells }),
  kind("archer", { range: Cells, keep: Cells, shotMs: Ms }),
  kind("thief", { most: Positive, fleeMs: Ms }),
  kind("ooze", { least: Positive }),
  kind("flutter", { stray: Percent }),
  kind("mimic", { ambushPercent: Positive }),
  kind("sapper", { fuseMs: Ms, damage: Positive, radius: Cells }),
  kind("digger", { digMs: Ms, hears: Count }),
  kind("foreman", {
    calls: Id,
    callCount: Positive,
    callAtPercent: Percent,
    rageAtPercent: Percent,
    ragePercent: Count,
    slamMs: Ms,
    slamEveryMs: Ms,
    slamDamage: Positive,
  }),
]);

const monster = z.strictObject({
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
  opensDoors: z.boolean(),
  asleepPercent: Percent,
  packMin: Positive,
  packMax: Positive,
  boss: z.boolean(),
  mind,
});

const itemBase = { id: Id, name: Name, note: Name, weight: Count, fromFloor: Positive };
const item = z.discriminatedUnion("use", [
  z.strictObject({
    use: z.literal("potion"),
    ...itemBase,
    effect: z.enum(["healing", "haste", "might", "stoneskin", "clarity", "fire"]),
    power: Positive,
    lastsMs: Ms,
  }),
  z.strictObject({
    use: z.literal("weapon"),
    ...itemBase,
    damage: Count,
    swingMs: Ms,
    range: z.number().int().min(0).max(40),
  }),
  z.strictObject({ use: z.literal("armour"), ...itemBase, defence: Count }),
]);

const ore = z.strictObject({
  id: Id,
  name: Name,
  colour: Colour,
  tile: Id,
  fromFloor: Positive,
  toFloor: Positive,
  min: Percent,
  max: Percent,
});

const region = z.strictObject({
  id: Id,
  name: Name,
  floor: Id,
  track: Id,
  wall: Id,
  pillar: Id,
  roomsMin: z.number().int().min(4).max(40),
  roomsMax: z.number().int().min(4).max(40),
  loops: Count,
  doorPercent: Percent,
  trackPercent: Percent,
});

const floor = z.strictObject({
  floor: Positive,
  name: Name,
  region: Id,
  groups: Positive,
  items: Positive,
  gold: Count,
  veins: Count,
  boss: Id.optional(),
  monsters: z.array(z.strictObject({ monster: Id, weight: Positive })).min(1),
});

/** Shape of each data file by its name without `.json`. */
export const shapes = {
  rules,
  tiles: z.array(tile).min(1),
  classes: z.array(playerClass).min(1),
  abilities: z.array(ability).min(1),
  monsters: z.array(monster).min(1),
  items: z.array(item).min(1),
  ores: z.array(ore).min(1),
  regions: z.array(region).min(1),
  floors: z.array(floor).min(1),
};

export const Data = z.object(shapes);
export type Data = Omit<Content, "hash">;
export type FileName = keyof typeof shapes;
