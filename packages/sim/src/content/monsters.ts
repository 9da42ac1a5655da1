import type { Gift } from "./gifts.ts";
import type { BeastMinds } from "./minds/beasts.ts";
import type { BossMinds } from "./minds/bosses.ts";
import type { CasterMinds } from "./minds/casters.ts";
import type { FolkMinds } from "./minds/folk.ts";
import type { OddMinds } from "./minds/oddities.ts";
import type { MonsterSpell } from "./spells.ts";

/** Minds and what each needs to know; the behaviour itself is one function a mind. */
export type MindParts = BeastMinds & FolkMinds & CasterMinds & OddMinds & BossMinds;
export type MindKind = keyof MindParts;
export type MindSpec<K extends MindKind = MindKind> = {
  [P in K]: { readonly kind: P } & MindParts[P];
}[K];

/** What a body can do or not, whatever its mind. */
export const TRAITS = [
  "opensDoors",
  "flies",
  "swims",
  "fearsLight",
  "followsSound",
  "mindless",
  "fireproof",
  "metal",
  /** Walks through rock. */
  "phases",
  /** Follows a scent for long, and is woken by it. */
  "keenNose",
  /** Seen only by who stands beside it. */
  "unseen",
  /** Lives in water or lava, and is not seen in it until prey is near. */
  "submerges",
] as const;
export type Trait = (typeof TRAITS)[number];

export type MonsterSpec = {
  readonly id: string;
  readonly name: string;
  readonly glyph: string;
  readonly colour: string;
  readonly hp: number;
  readonly attack: number;
  readonly defence: number;
  readonly dodge: number;
  readonly stepMs: number;
  readonly strikeMs: number;
  readonly sightCells: number;
  readonly xp: number;
  readonly traits: readonly Trait[];
  readonly asleepPercent: number;
  readonly packMin: number;
  readonly packMax: number;
  readonly boss: boolean;
  readonly mind: MindSpec;
  /** The first that is of use is cast. */
  readonly spells: readonly MonsterSpell[];
  readonly gifts: readonly Gift[];
  /** How a blow of it reads: "bites", "stabs". */
  readonly verb: string;
  /** Floors on which groups of it are met, by weight against the others there. */
  readonly lives: readonly { readonly floor: number; readonly weight: number }[];
};
