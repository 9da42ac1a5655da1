import { at } from "../../../geometry.ts";
import { setTile } from "../../terrain.ts";
import type { LevelRow } from "../../world.ts";
import type { Site } from "../furnish.ts";
import { reach } from "./sites.ts";

const SPAN_MAX = 9;
const SPANS_TRIED = 10;

/**
 * Lays bridges over a gap until all can be reached that could be before; answers whether they do.
 * Where they cannot, none is laid.
 */
export function spanGap(site: Site, gap: readonly number[], before: number): boolean {
  const { book, level } = site;
  const bridge = book.roleTile("bridge");
  const old = new Map<number, number>();
  let now = reach(level);
  for (const span of spans(level, gap).slice(0, SPANS_TRIED)) {
    if (span.some((cell) => old.has(cell))) continue;
    const under = span.map((cell) => at(level.tiles, cell));
    for (const cell of span) setTile(book, level, cell, bridge);
    const then = reach(level);
    if (then > now + span.length) {
      span.forEach((cell, index) => {
        old.set(cell, under[index] ?? 0);
      });
      now = then;
      if (now === before - (gap.length - old.size)) return true;
    } else {
      span.forEach((cell, index) => {
        setTile(book, level, cell, under[index] ?? 0);
      });
    }
  }
  for (const [cell, tile] of old) setTile(book, level, cell, tile);
  return false;
}

/** Straight lines of gap from firm ground to firm ground, the shortest first. */
function spans({ passable, width }: LevelRow, gap: readonly number[]): number[][] {
  const inGap = new Set(gap);
  const found: number[][] = [];
  for (const cell of gap) {
    for (const step of [1, width]) {
      if (at(passable, cell - step) === 0) continue;
      const span: number[] = [];
      let end = cell;
      for (; inGap.has(end) && span.length <= SPAN_MAX; end += step) span.push(end);
      if (span.length <= SPAN_MAX && at(passable, end) === 1) found.push(span);
    }
  }
  return found.toSorted((a, b) => a.length - b.length);
}
