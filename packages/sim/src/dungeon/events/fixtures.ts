import type { ById } from "./places.ts";

/** What becomes of the things that belong to a place. */
export type FixturesEvents = {
  fixtureFound: ById & { readonly floor: number; readonly cell: number };
  fixtureUsed: ById & { readonly floor: number; readonly cell: number };
  fixtureSet: ById & { readonly floor: number; readonly cell: number; readonly fixture: string };
  fixtureDisarmed: ById & { readonly floor: number; readonly cell: number };
  /** It goes on at a tick by itself, so many times; with 0 it is over. */
  fixtureArmed: ById & {
    readonly floor: number;
    readonly cell: number;
    readonly dueAt: number;
    readonly left: number;
  };
  cageOpened: { readonly floor: number; readonly cell: number };
  /** A member had their share of it, or so many of a ware are gone. */
  fixtureShared: ById & { readonly floor: number; readonly cell: number };
  wareSold: { readonly floor: number; readonly cell: number; readonly option: number };
  fixtureGone: { readonly floor: number; readonly cell: number };
};
