export type GoodsActions = {
  pickup: Record<never, never>;
  consume: { readonly item: number };
  zap: { readonly item: number; readonly target: number };
  equip: { readonly item: number };
  takeOff: { readonly item: number };
  drop: { readonly item: number };
  dropOre: { readonly stack: number; readonly amount: number };
  hurl: { readonly item: number; readonly x: number; readonly y: number };
};
