import type { Wants } from "./ores.ts";

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
  /** Heft of gear that does not slow it down. */
  readonly bears: number;
  /** Weights by which an ore is judged; negative where the class wants little of it. */
  readonly wants: Wants;
};
