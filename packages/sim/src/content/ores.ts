export const ORE_PROPERTIES = [
  "hardness",
  "conductivity",
  "malleability",
  "purity",
  "density",
] as const;
export type OreProperty = (typeof ORE_PROPERTIES)[number];
export type OreValues = Readonly<Record<OreProperty, number>>;

export type Wants = { readonly [P in OreProperty]?: number | undefined };

export type OreSpec = {
  readonly id: string;
  readonly name: string;
  readonly colour: string;
  readonly tile: string;
  readonly fromFloor: number;
  readonly toFloor: number;
  readonly min: number;
  readonly max: number;
};
