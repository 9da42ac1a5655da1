import { loadContent } from "@underlode/content";
import { dungeon } from "@underlode/sim";
import { describe, expect, it } from "vitest";
import type { HostGame } from "../src/games.ts";
import { rehearse } from "../src/rehearsal.ts";

/** The dungeon, with a count of its steps. */
const counted = (): { game: HostGame; steps: () => number } => {
  const real = dungeon(loadContent());
  let steps = 0;
  const step: typeof real.step = (...given) => {
    steps += 1;
    return real.step(...given);
  };
  return { game: (use) => use({ ...real, step }), steps: () => steps };
};

describe("a process that waits warm", () => {
  it("plays a run by itself, whose messages fit their contract, and comes to an end", async () => {
    const { game, steps } = counted();
    await rehearse(game, () => true);
    expect(steps()).toBe(300);
  });

  it("hears an order between two steps, and plays no further", async () => {
    const { game, steps } = counted();
    let isIdle = true;
    setImmediate(() => {
      isIdle = false;
    });
    await rehearse(game, () => isIdle);
    expect(steps()).toBeLessThan(3);
  });
});
