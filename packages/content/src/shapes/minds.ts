import { z } from "zod";
import { Cells, Count, Id, kind, Light, Ms, Name, Percent, Positive } from "./plain.ts";

/** One group of forms a file of `packages/sim/src/content/minds/`. */
const beasts = [
  kind("pack", {}),
  kind("howler", { carries: Cells }),
  kind("ooze", { least: Positive }),
  kind("flutter", { stray: Percent }),
  kind("digger", { digMs: Ms, hears: Count }),
  kind("lurker", { dimmest: Light }),
] as const;

const folk = [
  kind("archer", { range: Cells, keep: Cells, shotMs: Ms }),
  kind("thief", { most: Positive, fleeMs: Ms }),
  kind("sapper", { fuseMs: Ms, damage: Positive, radius: Cells }),
] as const;

const spell = z.discriminatedUnion("kind", [
  kind("mends", { range: Cells, amount: Positive }),
  kind("hexes", { range: Cells, effect: Id, power: Positive, lastsMs: Ms }),
]);
const casters = [
  kind("caster", { keep: Cells, castMs: Ms, spells: z.array(spell).min(1) }),
] as const;

const oddities = [kind("mimic", { ambushPercent: Positive })] as const;

const phaseDeed = z.discriminatedUnion("kind", [
  kind("summons", { monster: Id, count: Positive }),
  kind("takes", { effect: Id, power: Positive, lastsMs: Ms }),
  kind("pours", { substance: Id, radius: Count }),
]);
const bosses = [
  kind("boss", {
    slamMs: Ms,
    slamEveryMs: Ms,
    slamDamage: Positive,
    phases: z
      .array(z.strictObject({ atPercent: Percent, cry: Name, does: z.array(phaseDeed) }))
      .min(1),
  }),
] as const;

export const mind = z.discriminatedUnion("kind", [
  ...beasts,
  ...folk,
  ...casters,
  ...oddities,
  ...bosses,
]);
