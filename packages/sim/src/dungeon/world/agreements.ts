import type { Frozen } from "../frozen.ts";
import type { GroundRow } from "./level.ts";

/** A question to members that waits for answers and never blocks play. */
export type PromptRow = {
  readonly id: number;
  readonly about: PromptAbout;
  readonly text: string;
  readonly options: readonly string[];
  /** Delvers who may answer. */
  readonly asked: readonly number[];
  /** Tick at which it is settled with the answers there are; 0 waits for all. */
  readonly until: number;
  /** Option by delver. */
  readonly answers: Readonly<Record<number, number>>;
};
export type Prompt = Frozen<PromptRow>;

/** What a prompt settles; one function each in `decide/prompts.ts`. */
export type PromptAbout =
  /** Who gets a thing that `by` took up; it is nobody's until then. */
  | { is: "loot"; by: number; floor: number; item: GroundRow }
  /** Whether the bearer of the Heartlode claims the victory or carries it up. */
  | { is: "heart" };
export type PromptKind = PromptAbout["is"];

/** What one member would give another; nothing changes hands until it is accepted. */
export type OfferRow = {
  readonly id: number;
  readonly from: number;
  readonly to: number;
  readonly items: readonly number[];
  readonly ore: readonly { readonly stack: number; readonly amount: number }[];
  readonly gold: number;
};
export type Offer = Frozen<OfferRow>;

/** What became of the Heartlode once it was taken: the victory is certain from then on. */
export type HeartRow = {
  /** Tick at which it was first taken. */
  readonly takenAt: number;
  readonly by: number;
  /** The party carries it up, hunted. */
  readonly hunted: boolean;
  /** It came through the gate of floor 1. */
  readonly home: boolean;
};
