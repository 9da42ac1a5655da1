/**
 * What the data files say, proved sound by the loader in `packages/content`. Durations are in
 * milliseconds, chances in percent.
 */
export type Content = {
  /** First 16 hexadecimal digits of the SHA-256 of the canonical data. */
  readonly hash: string;
  readonly rules: Rules;
  readonly tiles: readonly TileSpec[];
  readonly classes: readonly ClassSpec[];
  readonly abilities: readonly AbilitySpec[];
  readonly monsters: readonly MonsterSpec[];
  readonly items: readonly ItemSpec[];
  readonly ores: readonly OreSpec[];
  readonly regions: readonly RegionSpec[];
  readonly floors: readonly FloorSpec[];
};

export type Rules = {
  readonly width: number;
  readonly height: number;
  /** Floors of a run unless the instance says otherwise. */
  readonly floors: number;
  readonly sightCells: number;
  readonly packPlaces: number;
  readonly walkMs: number;
  readonly doorMs: number;
  readonly handMs: number;
  readonly fistMs: number;
  readonly stairsMs: number;
  readonly throwCells: number;
  readonly bleedMs: number;
  readonly reviveMs: number;
  readonly reviveHpPercent: number;
  readonly mineBaseMs: number;
  /** Added to the base for each point of hardness. */
  readonly mineHardnessMs: number;
  readonly mineEveryNoiseMs: number;
  readonly missPercent: number;
  readonly jackpotPercent: number;
  readonly xpStep: number;
  readonly levelMax: number;
  readonly levelHp: number;
  readonly levelAttack: number;
  /** One point of defence every so many levels. */
  readonly levelsPerDefence: number;
  /** Long acts that a blow interrupts; moving interrupts all. */
  readonly hurtStops: { readonly mining: boolean; readonly reviving: boolean };
  readonly noise: {
    readonly walk: number;
    readonly door: number;
    readonly fight: number;
    readonly mine: number;
    readonly blast: number;
  };
  /** Chance that a noise wakes a sleeper, for each cell by which it carries beyond it. */
  readonly wakePercent: number;
};

export type TileRole =
  | "floor"
  | "track"
  | "wall"
  | "pillar"
  | "door"
  | "openDoor"
  | "stairsDown"
  | "stairsUp"
  | "vein";

export type TileSpec = {
  readonly id: string;
  readonly glyph: string;
  readonly name: string;
  readonly colour: string;
  readonly role: TileRole;
  readonly walk: boolean;
  readonly clear: boolean;
};

export type OreProperty = "hardness" | "conductivity" | "malleability" | "purity" | "density";
export type OreValues = Readonly<Record<OreProperty, number>>;

export type Wants = { readonly [P in OreProperty]?: number | undefined };

export type ClassSpec = {
  readonly id: string;
  readonly name: string;
  readonly colour: string;
  readonly hp: number;
  readonly attack: number;
  readonly defence: number;
  readonly resource: {
    readonly name: "stamina" | "mana" | "focus" | "energy";
    readonly max: number;
    readonly everyMs: number;
  };
  /** A point of health comes back each time this has passed. */
  readonly healEveryMs: number;
  readonly starts: readonly string[];
  /** Weights by which an ore is judged; negative where the class wants little of it. */
  readonly wants: Wants;
};

export type AbilityDeed = "cleave" | "firebolt" | "aimedShot" | "mend";

export type AbilitySpec = {
  readonly id: string;
  readonly class: string;
  readonly slot: number;
  readonly name: string;
  readonly does: AbilityDeed;
  readonly cost: number;
  readonly cooldownMs: number;
  readonly timeMs: number;
  readonly target: "self" | "cell";
  readonly range: number;
  /** Percent of the user's attack that a blow has or that is healed. */
  readonly power: number;
  readonly note: string;
};

/** Minds and what each needs to know; the behaviour itself is one function a mind. */
export type MindParts = {
  /** Surrounds: prefers the free cell farthest from its fellows. */
  pack: Record<never, never>;
  /** Cries out when it notices, and all of its kind that hear it come. */
  howler: { readonly carries: number };
  archer: { readonly range: number; readonly keep: number; readonly shotMs: number };
  thief: { readonly most: number; readonly fleeMs: number };
  ooze: { readonly least: number };
  flutter: { readonly stray: number };
  mimic: { readonly ambushPercent: number };
  sapper: { readonly fuseMs: number; readonly damage: number; readonly radius: number };
  digger: { readonly digMs: number; readonly hears: number };
  foreman: {
    readonly calls: string;
    readonly callCount: number;
    readonly callAtPercent: number;
    readonly rageAtPercent: number;
    readonly ragePercent: number;
    readonly slamMs: number;
    readonly slamEveryMs: number;
    readonly slamDamage: number;
  };
};
export type MindKind = keyof MindParts;
export type MindSpec<K extends MindKind = MindKind> = {
  [P in K]: { readonly kind: P } & MindParts[P];
}[K];

export type MonsterSpec = {
  readonly id: string;
  readonly name: string;
  readonly glyph: string;
  readonly colour: string;
  readonly hp: number;
  readonly attack: number;
  readonly defence: number;
  readonly dodge: number;
  readonly stepMs: number;
  readonly strikeMs: number;
  readonly sightCells: number;
  readonly xp: number;
  readonly opensDoors: boolean;
  readonly asleepPercent: number;
  readonly packMin: number;
  readonly packMax: number;
  readonly boss: boolean;
  readonly mind: MindSpec;
  /** How a blow of it reads: "bites", "stabs". */
  readonly verb: string;
};

export type PotionEffect = "healing" | "haste" | "might" | "stoneskin" | "clarity" | "fire";

export type ItemParts = {
  potion: {
    readonly effect: PotionEffect;
    readonly power: number;
    readonly lastsMs: number;
  };
  weapon: {
    readonly damage: number;
    readonly swingMs: number;
    /** 0 for a weapon of the hand, else how far it shoots in cells. */
    readonly range: number;
  };
  armour: { readonly defence: number };
};
export type ItemUse = keyof ItemParts;
export type ItemSpec<K extends ItemUse = ItemUse> = {
  [P in K]: {
    readonly use: P;
    readonly id: string;
    readonly name: string;
    readonly note: string;
    readonly weight: number;
    readonly fromFloor: number;
  } & ItemParts[P];
}[K];

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

export type RegionSpec = {
  readonly id: string;
  readonly name: string;
  readonly floor: string;
  readonly track: string;
  readonly wall: string;
  readonly pillar: string;
  readonly roomsMin: number;
  readonly roomsMax: number;
  readonly loops: number;
  readonly doorPercent: number;
  readonly trackPercent: number;
};

export type FloorSpec = {
  readonly floor: number;
  readonly name: string;
  readonly region: string;
  /** Groups of monsters for a party of four. */
  readonly groups: number;
  readonly monsters: readonly { readonly monster: string; readonly weight: number }[];
  readonly items: number;
  readonly gold: number;
  readonly veins: number;
  readonly boss?: string | undefined;
};
