export type Size = { readonly width: number; readonly height: number };
export type Rect = Size & { readonly x: number; readonly y: number };

/** Below this there is no room to play; a sentence says so. */
export const SIZE_MIN: Size = { width: 64, height: 18 };
/** A floor has 100 x 40 cells; more room than that is worth nothing to the map. */
const MAP_WIDTH_MAX = 100;

export type Layout = {
  readonly map: Rect;
  readonly side: Rect;
  readonly log: Rect;
  /** Row of prompts, progress and notes. */
  readonly promptY: number;
};

/** Rows that watching takes for its bar. */
export const WATCH_ROWS = 1;

/**
 * Where the parts of the dungeon screen are: a head, map and side, a rule, log, rows for other
 * things, prompt.
 */
export const layout = ({ width, height }: Size, otherRows = 0): Layout => {
  const least = width >= 110 ? 31 : 25;
  const sideWidth = Math.max(least, Math.min(40, width - 1 - MAP_WIDTH_MAX));
  const mapWidth = width - sideWidth - 1;
  const logRows = height >= 50 ? 12 : height >= 40 ? 8 : height >= 30 ? 6 : 4;
  const mapHeight = height - 3 - logRows - otherRows;
  return {
    map: { x: 0, y: 1, width: mapWidth, height: mapHeight },
    side: { x: mapWidth + 1, y: 1, width: sideWidth, height: mapHeight },
    log: { x: 0, y: mapHeight + 2, width, height: logRows },
    promptY: height - 1,
  };
};

/** Cells from the edge at which the map scrolls. */
const MARGIN_SHARE = 5;

/** First cell to show of `length` in a view of `room`: as before while `at` is well inside. */
export const scroll = (before: number, at: number, room: number, length: number): number => {
  if (length <= room) return -((room - length) >> 1);
  const margin = Math.floor(room / MARGIN_SHARE);
  const inside = at >= before + margin && at < before + room - margin;
  const wanted = inside ? before : at - (room >> 1);
  return Math.max(0, Math.min(length - room, wanted));
};
