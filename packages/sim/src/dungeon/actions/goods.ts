export type GoodsActions = {
  pickup: Record<never, never>;
  /** `on`: the thing that another is used on. */
  consume: { readonly item: number; readonly on?: number | undefined };
  zap: { readonly item: number; readonly x: number; readonly y: number };
  equip: { readonly item: number };
  takeOff: { readonly item: number };
  drop: { readonly item: number };
  dropOre: { readonly stack: number; readonly amount: number };
  hurl: { readonly item: number; readonly x: number; readonly y: number };
};
