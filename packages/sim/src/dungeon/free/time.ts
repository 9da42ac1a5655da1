import type { TimeCommand } from "../commands/time.ts";
import { present, ticks } from "../reads.ts";
import type { Turn } from "../turn.ts";
import type { Delver, Scene } from "../world.ts";
import type { Free } from "./free.ts";

/** R-TIME-3: the tactical pause. The world stands still until all who live are ready, or for 30 s. */
export const time: { [K in TimeCommand["do"]]: Free<K> } = {
  pause(turn, delver) {
    const { world } = turn;
    const { pauseMs, pauseGapMs } = world.book.content.rules;
    if (world.pause !== undefined) return "The world stands still already.";
    const { lastAt } = world.pauses;
    if (pausesLeft(world, delver) === 0) return "No pauses are left on this floor.";
    const gap = ticks(world, pauseGapMs);
    if (lastAt >= 0 && world.tick < lastAt + gap) return "It is too soon for another pause.";
    const from = world.tick + world.stood;
    turn.tell({ kind: "paused", actor: delver.id, from, until: from + ticks(world, pauseMs) });
    return undefined;
  },
  ready(turn, { id: actor }) {
    const { pause } = turn.world;
    if (pause === undefined) return "The world does not stand still.";
    if (!pause.ready.includes(actor)) turn.tell({ kind: "readied", actor });
    return undefined;
  },
};

/** How often a pause can still be called on a delver's floor. */
export function pausesLeft({ pauses, book }: Scene, { floor }: Delver): number {
  return Math.max(0, book.content.rules.pausesPerFloor - (pauses.counts[floor] ?? 0));
}

/** Whether nobody is waited for any more: companions and those who are away never are. */
export function allReady({ world }: Turn): boolean {
  const waited = [...world.delvers.values()].filter(
    (one) => present(one) && !one.away && !one.hired,
  );
  return waited.every((one) => world.pause?.ready.includes(one.id) === true);
}
