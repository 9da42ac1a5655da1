import type { Pursue } from "./intents.ts";
import { awakeInSight } from "./picking.ts";

/** R-INT-5: does the last thing again until it cannot be done, or one more enemy shows. */
export const repeat: Pursue<"repeat"> = (world, delver, { command, foes }) =>
  awakeInSight(world, delver).length > foes
    ? { over: "Another enemy comes into sight." }
    : { next: command };
