import type { SpellKind } from "../../content.ts";
import type { Mood } from "../world.ts";
import type { How } from "./how.ts";
import type { ById, Spot } from "./places.ts";

/** Where bodies are and how they fare. */
export type BodiesEvents = {
  arrived: ById & Spot;
  moved: ById & { readonly x: number; readonly y: number };
  swapped: ById & { readonly with: number };
  busied: ById & { readonly until: number };
  dug: ById;
  missed: ById & { readonly target: number };
  hit: ById & { readonly target: number; readonly amount: number; readonly how: How };
  healed: ById & { readonly target: number; readonly amount: number };
  slain: ById & { readonly monster: number };
  downed: ById & { readonly until: number };
  perished: ById;
  lifted: ById & { readonly by: number; readonly hp: number };
  spawned: Spot & {
    readonly monster: string;
    readonly hp: number;
    readonly mood: Mood;
    readonly from: number;
  };
  felt: ById & { readonly mood: Mood };
  noticed: ById & { readonly target: number };
  howled: ById;
  revealed: ById;
  loomed: ById & { readonly until: number };
  burst: ById;
  slammed: ById;
  /** A charger has run so far. */
  rushed: ById & { readonly x: number; readonly y: number };
  /** `until`: when it can cast again. */
  spellCast: ById & { readonly spell: SpellKind; readonly until: number };
  /** An egg is now what was in it. */
  hatched: ById & { readonly monster: string; readonly hp: number };
  /** What died in a cell cannot be raised any more. */
  bonesGone: { readonly floor: number; readonly cell: number };
  /** Called things go as they came. */
  vanished: ById;
  /** An ally came along to another floor. */
  followed: ById & Spot;
  dragged: ById & { readonly target: number };
  rusted: ById & { readonly item: number };
  ate: ById & { readonly spawn: number; readonly amount: number };
  phased: ById & { readonly phase: number };
  /** Adds to what a delver has drawn of a monster's wrath. */
  threatened: ById & { readonly target: number; readonly amount: number };
  fell: ById & Spot;
  /** A monster is another kind now. */
  changed: ById & { readonly monster: string };
  presence: ById & { readonly presence: "online" | "away" | "left" };
};
