import type { Intent } from "../world.ts";
import type { ById } from "./places.ts";

/** What the party agrees on, and what its members leave to themselves. */
export type PartyEvents = {
  paused: ById & { readonly from: number; readonly until: number };
  readied: ById;
  /** `stood`: ticks of the host that the pause took. */
  resumed: { readonly stood: number };
  intended: ById & { readonly intent: Intent };
  intentEnded: ById & { readonly why: string };
};
