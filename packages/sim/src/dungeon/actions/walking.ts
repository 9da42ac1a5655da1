import type { Intent } from "../world.ts";

export type WalkingActions = {
  wait: Record<never, never>;
  search: Record<never, never>;
  walk: { readonly x: number; readonly y: number };
  swap: { readonly with: number };
  open: { readonly x: number; readonly y: number };
  close: { readonly x: number; readonly y: number };
  stairs: { readonly floor: number };
  dig: { readonly x: number; readonly y: number };
  interact: { readonly cell: number };
  intend: { readonly intent: Intent };
};
