/** How the bare ground of a floor is laid out; one file each in `generate/plans/`. */
export const GENERATORS = ["rooms", "caves", "mines", "ruins"] as const;
export type Generator = (typeof GENERATORS)[number];

/** What furnishes a floor, in this order; one file each in `generate/furnish/`. */
export const FURNISHERS = [
  "patches",
  "forges",
  "shrines",
  "vaults",
  "traders",
  "captives",
  "traps",
] as const;
export type Furnisher = (typeof FURNISHERS)[number];

export type RegionSpec = {
  readonly id: string;
  readonly name: string;
  readonly generator: Generator;
  /** 0 to 7: light of the region itself. */
  readonly light: number;
  readonly floor: string;
  readonly track: string;
  readonly wall: string;
  readonly pillar: string;
  readonly roomsMin: number;
  readonly roomsMax: number;
  readonly loops: number;
  readonly doorPercent: number;
  readonly trackPercent: number;
  /** Of the doors that no way needs, so many are secret. */
  readonly secretPercent: number;
  /** Small rooms behind a secret door. */
  readonly closets: number;
  /** Of the rooms, so many have a light of their own. */
  readonly litPercent: number;
  readonly chasms: { readonly count: number; readonly percent: number; readonly cells: number };
  /** Pools, thickets and the like: so many of them, each of so many cells. */
  readonly patches: readonly {
    readonly substance: string;
    readonly count: number;
    readonly cells: number;
    /** What lies around it. */
    readonly ring?: string | undefined;
  }[];
  /** So many of each, each with this chance; altars are drawn from for each locked room. */
  readonly fixtures: readonly {
    readonly fixture: string;
    readonly count: number;
    readonly percent?: number | undefined;
  }[];
};

export type FloorSpec = {
  readonly floor: number;
  readonly name: string;
  readonly region: string;
  /** Groups of monsters for a party of four. */
  readonly groups: number;
  readonly items: number;
  readonly gold: number;
  readonly veins: number;
  readonly boss?: string | undefined;
};
