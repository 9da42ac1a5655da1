import type { FightingActions } from "./actions/fighting.ts";
import type { GoodsActions } from "./actions/goods.ts";
import type { LabourActions } from "./actions/labour.ts";
import type { WalkingActions } from "./actions/walking.ts";

/**
 * What an actor does next, already proved possible. Players' commands and monsters' minds end in
 * the same actions, so that both obey the same rules.
 */
export type ActionParts = WalkingActions & FightingActions & GoodsActions & LabourActions;
export type ActionKind = keyof ActionParts;
export type Action<K extends ActionKind = ActionKind> = {
  [P in K]: { readonly kind: P; readonly actor: number } & ActionParts[P];
}[K];
