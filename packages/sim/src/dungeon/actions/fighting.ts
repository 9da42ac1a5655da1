import type { AbilitySpec, MonsterSpell } from "../../content.ts";

export type FightingActions = {
  strike: { readonly target: number };
  shoot: { readonly target: number };
  ability: { readonly ability: AbilitySpec; readonly x: number; readonly y: number };
  cast: { readonly target: number; readonly spell: MonsterSpell };
  steal: { readonly target: number };
  /** Begins what comes off later: a fuse, a slam. */
  loom: { readonly ms: number };
  explode: Record<never, never>;
  slam: Record<never, never>;
  rush: Record<never, never>;
  hatch: Record<never, never>;
  vanish: Record<never, never>;
  cry: Record<never, never>;
  graze: { readonly vein: number };
  /** Steps to a cell and pulls its victim after it. */
  drag: { readonly target: number; readonly x: number; readonly y: number };
};
