import type { AbilitySpec, SynergySpec } from "../content.ts";
import type { Book } from "./book.ts";

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

function seconds(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : ms / 1000;
}

/** A word that stands for nothing stays as it is; a test looks for those. */
function filled(note: string, words: Words): string {
  return note.replace(/\{(\w+)\}/g, (whole, word: string) => String(words[word] ?? whole));
}
