import type { RunEnd } from "../../simulation.ts";
import type { TimedCommand } from "../commands.ts";
import type { LongAct } from "../world.ts";
import type { ById } from "./places.ts";

/** What delvers do over time, and how they grow by it. */
export type ActsEvents = {
  buffered: ById & { readonly seq: number; readonly command: TimedCommand };
  unbuffered: ById;
  spent: ById & { readonly amount: number };
  cooled: ById & { readonly slot: number; readonly until: number };
  /** An ability was used up on a floor. */
  exhausted: ById & { readonly slot: number; readonly floor: number };
  abilityUsed: ById & { readonly ability: string };
  mended: ById & { readonly hp: number; readonly nextAt: number };
  refreshed: ById & { readonly resource: number; readonly nextAt: number };
  learned: ById & { readonly xp: number };
  rose: ById & { readonly level: number };
  actBegan: ById & { readonly act: LongAct };
  actChanged: ById & { readonly act: LongAct };
  actEnded: ById & { readonly why: "done" | "stopped" | "hurt" };
  runEnded: { readonly outcome: RunEnd["outcome"] };
};
