/** What reading a scroll does; the functions stand in `decide/items/scrolls.ts`. */
export const SCROLL_DEEDS = ["teleports"] as const;
export type ScrollDeed = (typeof SCROLL_DEEDS)[number];

export type ScrollParts = { readonly does: ScrollDeed; readonly power: number };
