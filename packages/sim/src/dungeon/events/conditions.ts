import type { EffectRow } from "../world.ts";
import type { ById } from "./places.ts";

/** What conditions actors are in. */
export type ConditionsEvents = {
  effectBegan: ById & { readonly effect: EffectRow };
  /** It hurt, or part of it was used up; nothing is said of it. */
  effectChanged: ById & { readonly effect: EffectRow };
  effectEnded: ById & { readonly effect: string };
};
