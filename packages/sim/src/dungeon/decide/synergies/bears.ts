import type { Actor } from "../../world.ts";

/** Whether somebody is in the condition that a synergy needs. */
export function bears({ effects }: Actor, effect: string | undefined): boolean {
  return effects.some(({ kind }) => kind === effect);
}
