import type { ItemUse } from "./items.ts";
import type { OreRules } from "./ores.ts";
import type { ForgeRules } from "./schematics.ts";

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
  readonly hurtStops: {
    readonly mining: boolean;
    readonly reviving: boolean;
    readonly crafting: boolean;
    readonly repairing: boolean;
    readonly reading: boolean;
  };
  readonly noise: {
    readonly walk: number;
    readonly door: number;
    readonly fight: number;
    readonly mine: number;
    readonly blast: number;
  };
  /** Chance that a noise wakes a sleeper, for each cell by which it carries beyond it. */
  readonly wakePercent: number;
  /** So long a trail can be smelt, by any monster and by those with a keen nose. */
  readonly scentMs: number;
  readonly keenScentMs: number;
  /** A monster turns to another delver whose threat is above so many percent of its target's. */
  readonly threatSwitchPercent: number;
  /** Percent of what is healed that counts as threat. */
  readonly healThreatPercent: number;
  readonly fallDamage: number;
  /** Chance of a step to find a secret door beside it. */
  readonly searchPercent: number;
  /** Percent of its sight at which a monster notices who stands in the dark, and more for each light. */
  readonly darkSightPercent: number;
  readonly lightSightPercent: number;
  /** Chance of one who looks for hidden things on purpose, and how long that takes. */
  readonly searchWellPercent: number;
  readonly searchMs: number;
  /** So near to its floor's stairs a boss lets nobody down them. */
  readonly guardCells: number;
  readonly pauseMs: number;
  readonly pauseGapMs: number;
  readonly pausesPerFloor: number;
  /** Chance that a blow wears the weapon that dealt it, or what is worn by whom it hit. */
  readonly wearPercent: number;
  readonly ore: OreRules;
  readonly forge: ForgeRules;
  readonly craftMs: number;
  readonly readMs: number;
  /** Percent of a crafted thing's quality that a field kit reaches. */
  readonly fieldKitPercent: number;
  /** Time to answer who needs a thing, and the families of things that are asked about. */
  readonly lootMs: number;
  readonly lootAsks: readonly ItemUse[];
  readonly tradeCells: number;
  readonly companionsMax: number;
  /** Companions that bring a party to so many come for nothing, at the gate. */
  readonly hireFreeUpTo: number;
  readonly hireGold: number;
  /** Added for each floor below the first. */
  readonly hireFloorGold: number;
  /** How near the gate of floor 1 one hires. */
  readonly hireCells: number;
  /** Time to say whether the Heartlode is carried up. */
  readonly heartMs: number;
  /** Between two bands that wander in, and while the party is hunted. */
  readonly wanderMs: number;
  readonly huntMs: number;
  /** No more wander in while so many on the floor are awake. */
  readonly wanderersMax: number;
  readonly score: {
    readonly floor: number;
    readonly kill: number;
    readonly ore: number;
    readonly win: number;
    readonly greaterWin: number;
    /** Taken off for each second. */
    readonly second: number;
  };
};
