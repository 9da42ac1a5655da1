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
  phased: ById & { readonly phase: number };
  /** Adds to what a delver has drawn of a monster's wrath. */
  threatened: ById & { readonly target: number; readonly amount: number };
  fell: ById & Spot;
  /** A monster is another kind now. */
  changed: ById & { readonly monster: string };
  presence: ById & { readonly presence: "online" | "away" | "left" };
};
