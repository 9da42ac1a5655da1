import { CHAT_BURST_MAX, CHAT_PER_SECOND_MAX, PlayerId } from "@underlode/contracts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeTalkLimit } from "../src/talk-limit.ts";

const [ann, bob] = [PlayerId.parse("ann"), PlayerId.parse("bob")];

describe("how fast a player may talk", () => {
  it("R1: a burst is let through, the next line is not", () => {
    const limit = makeTalkLimit();
    const taken = Array.from({ length: CHAT_BURST_MAX + 2 }, () => limit.take(ann, 0));
    expect(taken.filter(Boolean)).toHaveLength(CHAT_BURST_MAX);
    expect(taken.at(-1)).toBe(false);
  });

  it("R2: one player's talking takes nothing from another's", () => {
    const limit = makeTalkLimit();
    while (limit.take(ann, 0));
    expect(limit.take(bob, 0)).toBe(true);
  });

  it("R3: lines come back with time, up to a burst", () => {
    const limit = makeTalkLimit();
    while (limit.take(ann, 0));
    const lineMs = 1_000 / CHAT_PER_SECOND_MAX;
    expect(limit.take(ann, lineMs - 1)).toBe(false);
    expect(limit.take(ann, lineMs)).toBe(true);
    expect(limit.take(ann, lineMs)).toBe(false);
    const rested = Array.from({ length: CHAT_BURST_MAX + 1 }, () => limit.take(ann, 3_600_000));
    expect(rested.filter(Boolean)).toHaveLength(CHAT_BURST_MAX);
  });

  it("R4: in no stretch of time are there more than a burst and the rate allow", () => {
    const steps = fc.array(fc.integer({ min: 0, max: 900 }), { maxLength: 200 });
    fc.assert(
      fc.property(steps, (waitsMs) => {
        const limit = makeTalkLimit();
        let nowMs = 0;
        let taken = 0;
        for (const ms of waitsMs) {
          nowMs += ms;
          if (limit.take(ann, nowMs)) taken += 1;
        }
        const most = CHAT_BURST_MAX + (nowMs / 1_000) * CHAT_PER_SECOND_MAX;
        expect(taken).toBeLessThanOrEqual(most + 1e-6);
      }),
    );
  });

  it("R5: a clock that is set back takes nothing away and gives nothing", () => {
    const limit = makeTalkLimit();
    expect(limit.take(ann, 10_000)).toBe(true);
    const later = Array.from({ length: CHAT_BURST_MAX }, () => limit.take(ann, 5_000));
    expect(later.filter(Boolean)).toHaveLength(CHAT_BURST_MAX - 1);
  });
});
