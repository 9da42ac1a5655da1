export type ById = { readonly actor: number };
export type Spot = { readonly floor: number; readonly x: number; readonly y: number };
