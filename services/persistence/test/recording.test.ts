import { ReplayStep, RunStart, TickMessage } from "@underlode/contracts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PAGE_BYTES_MAX, pagesOf, recordingOf, stepsOf } from "../src/recording.ts";

const start = RunStart.parse({
  ...{ game: "dungeon", content: "c1", build: "b1", seed: 7, tickRate: 50 },
  players: [{ id: "ann", name: "Ann", class: "mage" }],
});
const claim = (epoch: number, n: number, from?: RunStart): TickMessage =>
  TickMessage.parse({ kind: "claim", epoch, n, owner: "o", ...(from && { start: from }) });
const tick = (epoch: number, n: number, over: object = {}): TickMessage =>
  TickMessage.parse({ kind: "tick", epoch, n, tick: n * 10, timeMs: n, check: n * 7, ...over });
const step = (n: number): ReplayStep => ReplayStep.parse({ n, tick: n * 10, check: n * 7 });

describe("recordings", () => {
  it("R1: the start and what was put into each step remain, the pictures do not", () => {
    const inputs = [{ kind: "presence", player: "ann", presence: "away" }];
    const end = { instance: "i1", outcome: "victory", summary: {} };
    const journal = [
      claim(1, 1, start),
      tick(1, 2, { floorOf: { ann: 1 }, log: [{ n: 1, text: "hi", tone: "plain" }] }),
      tick(1, 3, { inputs, end }),
    ];
    expect(recordingOf(journal)).toEqual({
      start,
      steps: [step(2), { ...step(3), inputs }],
      ended: true,
      at: { epoch: 1, n: 3 },
    });
  });

  it("R2: what a replaced owner stored, or stored twice, is not part of it", () => {
    const journal = [
      claim(1, 1, start),
      tick(1, 2),
      tick(1, 2, { check: 1 }),
      claim(2, 3),
      tick(1, 3, { check: 2 }),
      tick(1, 4, { check: 3 }),
      tick(2, 4),
    ];
    const at = { epoch: 2, n: 4 };
    expect(recordingOf(journal)).toEqual({ start, steps: [step(2), step(4)], ended: false, at });
  });

  it("R3: without the beginning there is none", () => {
    expect(recordingOf([])).toBeUndefined();
    expect(recordingOf([tick(1, 2), claim(2, 3), tick(2, 4)])).toBeUndefined();
  });

  it("R11: a journal goes on from what was recorded before, wherever it begins", () => {
    const journal = [
      claim(1, 1, start),
      tick(1, 2),
      tick(1, 3),
      claim(2, 4),
      tick(1, 4),
      tick(2, 5),
    ];
    const whole = recordingOf(journal);
    for (const [i] of journal.entries()) {
      const recorded = recordingOf(journal.slice(0, i + 1));
      for (let from = 0; from <= i + 1; from++)
        expect(recordingOf(journal.slice(from), recorded)).toEqual(whole);
    }
  });

  it("R4: steps come out of their pages as they went in", async () => {
    const steps = fc.array(
      fc.record({
        n: fc.nat(),
        tick: fc.nat(),
        check: fc.integer(),
        inputs: fc.array(
          fc.record({
            kind: fc.constant("presence" as const),
            player: fc.stringMatching(/^[a-z]{3}$/),
            presence: fc.constantFrom("online" as const, "away" as const),
          }),
        ),
      }),
      { maxLength: 30 },
    );
    const roundTrip = async (all: object[]): Promise<void> => {
      const pages = await pagesOf(all as ReplayStep[]);
      expect((await Promise.all(pages.map(stepsOf))).flat()).toEqual(all);
    };
    await fc.assert(fc.asyncProperty(steps, roundTrip), { numRuns: 40 });
  });

  it("R5: an hour of eight players is small, and no page is too large for the bus", async () => {
    const command = (n: number) => ({
      ...{ kind: "command", player: `player${n % 8}`, seq: n },
      command: n % 3 ? { do: "step", dir: n % 8 } : { do: "wait" },
    });
    const hour = Array.from(
      { length: 20_000 },
      (_, n) =>
        ({ ...step(n), check: (n * 2_654_435_761) % 2 ** 32, inputs: [command(n)] }) as never,
    );
    const pages = await pagesOf(hour);
    expect(pages.length).toBeGreaterThan(3);
    for (const page of pages) expect(page.length).toBeLessThan(PAGE_BYTES_MAX / 2);
    const bytes = pages.reduce((sum, page) => sum + page.length, 0);
    expect(bytes).toBeLessThan(20_000 * 20);
  });
});
