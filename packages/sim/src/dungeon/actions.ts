import type { AbilitySpec } from "../content.ts";

/**
 * What an actor does next, already proved possible. Players' commands and monsters' minds end in
 * the same actions, so that both obey the same rules.
 */
export type ActionParts = {
  wait: Record<never, never>;
  walk: { readonly x: number; readonly y: number };
  swap: { readonly with: number };
  strike: { readonly target: number };
  shoot: { readonly target: number };
  open: { readonly x: number; readonly y: number };
  close: { readonly x: number; readonly y: number };
  stairs: { readonly floor: number };
  pickup: Record<never, never>;
  drink: { readonly item: number };
  equip: { readonly item: number };
  takeOff: { readonly item: number };
  drop: { readonly item: number };
  hurl: { readonly item: number; readonly x: number; readonly y: number };
  ability: { readonly ability: AbilitySpec; readonly target: number };
  survey: { readonly vein: number };
  mine: { readonly vein: number };
  revive: { readonly target: number };
  steal: { readonly target: number };
  dig: { readonly x: number; readonly y: number };
  /** Begins what comes off later: a fuse, a slam. */
  loom: { readonly ms: number };
  explode: Record<never, never>;
  slam: Record<never, never>;
};
export type ActionKind = keyof ActionParts;
export type Action<K extends ActionKind = ActionKind> = {
  [P in K]: { readonly kind: P; readonly actor: number } & ActionParts[P];
}[K];
