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
  /** A monster turns to another delver whose threat is above so many percent of its target's. */
  readonly threatSwitchPercent: number;
  /** Percent of what is healed that counts as threat. */
  readonly healThreatPercent: number;
  readonly fallDamage: number;
  /** Chance of a step to find a secret door beside it. */
  readonly searchPercent: number;
  readonly pauseMs: number;
  readonly pauseGapMs: number;
  readonly pausesPerFloor: number;
  readonly craftMs: number;
  /** Percent of a crafted thing's quality that a field kit reaches. */
  readonly fieldKitPercent: number;
};
