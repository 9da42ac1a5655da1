import type { Pursue } from "./intents.ts";

/** R-INT-3: waits until health and resource are full. */
export const rest: Pursue<"rest"> = (_, delver) => {
  const { hp, maxHp, resource } = delver;
  const well = hp >= maxHp && resource >= delver.class.resource.max;
  return well ? { over: "You are rested." } : { next: { do: "wait" } };
};
