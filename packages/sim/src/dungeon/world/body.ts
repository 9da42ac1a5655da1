/** One condition that an actor is in; what it does stands in content. */
export type EffectRow = {
  readonly kind: string;
  readonly power: number;
  readonly stacks: number;
  readonly until: number;
  /** Tick at which it next hurts; 0 for one that does not. */
  readonly nextAt: number;
  /** Who laid it on; 0 is nobody. */
  readonly by: number;
};

/** What delvers and monsters have in common. */
export type Body = {
  readonly id: number;
  floor: number;
  x: number;
  y: number;
  hp: number;
  maxHp: number;
  /** Tick from which the next act is possible. */
  readyAt: number;
  /** Tick of the last blow taken, or -1. */
  hurtAt: number;
  effects: EffectRow[];
  /** Ticks at which synergies that need a rest last fired on it. */
  fired: Record<string, number>;
};
