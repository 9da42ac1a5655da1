import type { ItemUse } from "../../content.ts";
import type { RepeatableCommand } from "../commands.ts";
import type { Intent, OfferRow, PromptRow } from "../world.ts";
import type { ById } from "./places.ts";

/** What the party agrees on, and what its members leave to themselves. */
export type PartyEvents = {
  paused: ById & { readonly from: number; readonly until: number };
  readied: ById;
  /** `stood`: ticks of the host that the pause took. */
  resumed: { readonly stood: number };
  intended: ById & { readonly intent: Intent };
  intentEnded: ById & { readonly why: string };
  /** Remembered for `repeat`; nothing is said of it. */
  did: ById & { readonly command: RepeatableCommand };
  /** A companion found nothing to do until then. */
  pondered: ById & { readonly until: number };
  picksSet: ById & { readonly kinds: readonly ItemUse[] };
  prompted: { readonly prompt: Omit<PromptRow, "id" | "answers"> };
  answered: ById & { readonly prompt: number; readonly option: number };
  promptEnded: { readonly prompt: number };
  /** A thing at stake goes to a delver, or back to where it lay when `to` is 0. */
  awarded: { readonly prompt: number; readonly to: number };
  /** It was this delver's turn to get what was found. */
  lootTurned: ById & { readonly item: number };
  offered: ById & Omit<OfferRow, "id" | "from">;
  traded: { readonly offer: number };
  offerEnded: { readonly offer: number; readonly why: string };
  hired: ById & { readonly class: string; readonly name: string; readonly gold: number };
  /** The Heartlode is taken for the first time; the victory is certain. */
  heartTaken: ById;
  /** It is carried up: from now on the party is hunted. */
  heartCarried: ById;
  /** It came up through the gate. */
  heartHome: ById;
  /** When the next wanderers come. */
  wandersSet: { readonly at: number };
};
