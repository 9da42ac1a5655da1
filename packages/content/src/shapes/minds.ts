import { RESISTS } from "@underlode/sim";
import { z } from "zod";
import { Cells, Count, Dose, Id, kind, Light, Ms, Name, Percent, Positive } from "./plain.ts";

/** One group of forms a file of `packages/sim/src/content/minds/`. */
const beasts = [
  kind("brute", {}),
  kind("pack", {}),
  kind("howler", { carries: Cells }),
  kind("ooze", { least: Positive }),
  kind("flutter", { stray: Percent }),
  kind("digger", { digMs: Ms, hears: Count }),
  kind("lurker", { dimmest: Light }),
  kind("skirmisher", { awayMs: Ms }),
  kind("ambusher", { within: Cells }),
  kind("charger", { range: Cells, windMs: Ms, percent: Positive }),
  kind("grazer", { eatMs: Ms, smells: Cells }),
  kind("rooted", {}),
  kind("scavenger", { percent: Percent }),
] as const;

const folk = [
  kind("archer", { range: Cells, keep: Cells, shotMs: Ms }),
  kind("thief", { most: Positive, fleeMs: Ms }),
  kind("sapper", { fuseMs: Ms, damage: Positive, radius: Cells }),
  kind("guard", {}),
  kind("jailer", { dragMs: Ms }),
  kind("crier", { carries: Cells }),
  kind("assassin", {}),
] as const;

const casters = [kind("caster", { keep: Cells })] as const;

const oddities = [
  kind("mimic", { ambushPercent: Positive }),
  kind("ghost", {}),
  kind("egg", { monster: Id, ripeMs: Ms }),
  kind("lure", { near: Cells, far: Cells }),
] as const;

const timed = { castMs: Ms, everyMs: Ms };
export const spell = z.discriminatedUnion("kind", [
  kind("mends", { ...timed, range: Cells, amount: Positive }),
  kind("hexes", { ...timed, range: Cells, ...Dose.shape }),
  kind("rouses", { ...timed, range: Cells, ...Dose.shape }),
  kind("summons", { ...timed, monster: Id, count: Positive, most: Positive }),
  kind("raises", { ...timed, range: Cells, monster: Id }),
  kind("spits", { ...timed, range: Cells, substance: Id, radius: Count }),
  kind("bolts", { ...timed, range: Cells, percent: Positive }),
  kind("leaps", { ...timed, range: Cells }),
  kind("burrows", { ...timed, range: Cells }),
  kind("blinks", { ...timed, within: Cells, cells: Cells }),
  kind("pulls", { ...timed, range: Cells }),
  kind("swaps", { ...timed, range: Cells }),
  kind("regrows", { ...timed, amount: Positive }),
]);

export const gift = z.discriminatedUnion("kind", [
  kind("touches", { ...Dose.shape, percent: Percent }),
  kind("rusts", { wear: Positive }),
  kind("drains", { percent: Percent }),
  kind("saps", { amount: Positive }),
  kind("shoves", {}),
  kind("thorns", { percent: Percent }),
  kind("reflects", { percent: Percent }),
  kind("resists", { from: z.enum(RESISTS), percent: Percent }),
  kind("bursts", { substance: Id, radius: Count }),
  kind("detonates", { damage: Positive, radius: Cells }),
  kind("litters", { monster: Id, count: Positive }),
  kind("enrages", { atPercent: Percent, ...Dose.shape }),
  kind("jaunts", { cells: Cells }),
  kind("trails", { substance: Id }),
  kind("covers", { percent: Percent }),
  kind("swarms", { percent: Percent }),
]);

const phaseDeed = z.discriminatedUnion("kind", [
  kind("summons", { monster: Id, count: Positive }),
  kind("takes", Dose.shape),
  kind("lays", Dose.shape),
  kind("pours", { substance: Id, radius: Count }),
  kind("rains", { substance: Id, radius: Count }),
  kind("calls", {}),
  kind("shakes", { damage: Positive }),
  kind("mends", { percent: Percent }),
  kind("leaves", { cells: Cells }),
]);
const phase = z.strictObject({
  atPercent: Percent,
  cry: Name,
  does: z.array(phaseDeed),
  spells: z.array(spell),
});
const bosses = [
  kind("boss", {
    slamMs: Ms,
    slamEveryMs: Ms,
    slamDamage: Positive,
    slamRadius: Cells,
    raises: Name,
    slams: Name,
    // Three phases at least: the fight before the first of these is one more.
    phases: z.array(phase).min(2),
  }),
] as const;

export const mind = z.discriminatedUnion("kind", [
  ...beasts,
  ...folk,
  ...casters,
  ...oddities,
  ...bosses,
]);
