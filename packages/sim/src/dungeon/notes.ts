import type { AbilitySpec, ItemSpec, RunicSpec, SynergySpec } from "../content.ts";
import type { Book } from "./book.ts";
import { rechargeMs } from "./packing.ts";
import type { ItemStats } from "./world.ts";

type Words = Readonly<Record<string, number | undefined>>;

/** What an ability does, in one line, with the numbers that its rule uses. */
export function abilityNote({ book }: { readonly book: Book }, spec: AbilitySpec): string {
  const { power, range, count, reach, dose } = spec;
  const effect = dose === undefined ? undefined : book.effect(dose.effect);
  const covers = effect?.does.find((deed) => deed.kind === "covers")?.percent;
  const faster = effect?.does.find((deed) => deed.kind === "speeds")?.percent;
  const words = { power, range, count, reach, covers, faster };
  const laid = { dose: dose?.power, seconds: seconds(dose?.lastsMs), stacks: effect?.stackMax };
  return filled(spec.note, { ...words, ...laid });
}

/** What a synergy does, in one line, with the numbers that its rule uses. */
export function synergyNote(spec: SynergySpec): string {
  const { power, radius, count, sharePercent: share } = spec;
  const [lasts, window] = [seconds(spec.lastsMs), seconds(spec.windowMs)];
  return filled(spec.note, { power, radius, count, share, seconds: lasts, window });
}

/** What a thing does, in one line, with the numbers that its rule uses; a charm rests by its plus. */
export function thingNote(spec: ItemSpec, stats?: ItemStats): string {
  const power = "power" in spec ? spec.power : undefined;
  const dose = "dose" in spec ? spec.dose : undefined;
  const damage = spec.use === "weapon" ? spec.damage : undefined;
  const defence = spec.use === "armour" ? spec.defence : undefined;
  const range = "range" in spec ? spec.range : undefined;
  const known = stats?.felt === true ? stats : undefined;
  const every = spec.use === "charm" ? seconds(rechargeMs(spec, known)) : undefined;
  const laid = { dose: dose?.power, seconds: seconds(dose?.lastsMs) };
  return filled(spec.note, { power, damage, defence, range, every, ...laid });
}

export function runicNote({ note, does }: RunicSpec): string {
  return filled(note, { most: "most" in does ? does.most : undefined });
}

function seconds(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : Math.round(ms / 100) / 10;
}

/** A word that stands for nothing stays as it is; a test looks for those. */
function filled(note: string, words: Words): string {
  return note.replace(/\{(\w+)\}/g, (whole, word: string) => String(words[word] ?? whole));
}
