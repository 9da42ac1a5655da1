import type { ById } from "./places.ts";

/** What becomes of the things that belong to a place. */
export type FixturesEvents = {
  fixtureFound: ById & { readonly floor: number; readonly cell: number };
  fixtureUsed: ById & { readonly floor: number; readonly cell: number };
  fixtureSet: ById & { readonly floor: number; readonly cell: number; readonly fixture: string };
  fixtureDisarmed: ById & { readonly floor: number; readonly cell: number };
  fixtureGone: { readonly floor: number; readonly cell: number };
};
