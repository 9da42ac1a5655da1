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

/** A one-of-a-kind ore that outlives the run in which it was found. */
export type LegacySpec = {
  readonly id: string;
  readonly name: string;
  /** The kind as which a schematic takes it. */
  readonly ore: string;
  readonly fromFloor: number;
  readonly values: OreValues;
  readonly lore: string;
};

/** Numbers of veins and of the vault. */
export type OreRules = {
  /** Named spawns of a floor. */
  readonly spawns: number;
  readonly veinMin: number;
  readonly veinMax: number;
  /** Added a floor to all properties but density. */
  readonly depthGain: number;
  readonly jackpotMin: number;
  readonly jackpotMax: number;
  /** Chance of a floor to hold a Legacy ore, in thousandths; how much of it; how its vein looks. */
  readonly legacyPerMille: number;
  readonly legacyAmount: number;
  readonly legacyTile: string;
  /** Ordinary ore of so much purity outlives its bearer. */
  readonly keptPurity: number;
};

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
