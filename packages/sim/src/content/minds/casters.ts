import type { MonsterSpell } from "../spells.ts";

/** Minds that cast: they keep a distance, and use the first of their spells that can be of use. */
export type CasterMinds = {
  caster: {
    readonly keep: number;
    readonly castMs: number;
    readonly spells: readonly MonsterSpell[];
  };
};
