import type { MindKind, MonsterSpec } from "../content.ts";

/** Minds that wait where they are: nobody of them comes to a call or wanders in. */
const STAYS: ReadonlySet<MindKind> = new Set<MindKind>(["rooted", "egg", "mimic", "ambusher"]);

export function staysPut({ mind, traits }: MonsterSpec): boolean {
  return STAYS.has(mind.kind) || traits.includes("submerges");
}
