import fc from "fast-check";
import { expect, it } from "vitest";
import { Clock } from "../src/clock.ts";
import { FakeTime } from "./fake-time.ts";

it("C1: ticks lie on a fixed grid, however late each of them is looked at", async () => {
  const time = new FakeTime();
  const clock = new Clock(time, 50);
  for (const [ms, tick] of [
    [19, 1],
    [1, 1],
    [18.9, 1],
    [0.2, 2],
    [161, 10],
  ] as const) {
    await time.pass(ms);
    expect([clock.tick(), ms]).toEqual([tick, ms]);
  }
  expect(clock.timeOf(10)).toBe(200);
});

it("C2: a wake up to a millisecond early counts as on time, an earlier one does not", async () => {
  const time = new FakeTime();
  const clock = new Clock(time, 50);
  await time.pass(18.9);
  expect(clock.tick()).toBe(0);
  await time.pass(0.1);
  expect(clock.tick()).toBe(1);
});

it("C3: a clock may begin at any tick", async () => {
  const time = new FakeTime();
  await time.pass(12_345);
  const clock = new Clock(time, 20, 700);
  expect(clock.tick()).toBe(700);
  await time.pass(50);
  expect(clock.tick()).toBe(701);
});

it("C4: the time for which it stands still does not exist for the game", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ ms: fc.nat(5_000), stop: fc.boolean() }), { maxLength: 20 }),
      fc.integer({ min: 10, max: 60 }),
      async (phases, rate) => {
        const time = new FakeTime();
        const clock = new Clock(time, rate);
        let ran = 0;
        for (const { ms, stop } of phases) {
          if (stop) clock.stop();
          else clock.go();
          expect(clock.stopped).toBe(stop);
          await time.pass(ms);
          if (!stop) ran += ms;
          const exact = (ran * rate) / 1000;
          expect(clock.tick()).toBeGreaterThanOrEqual(Math.floor(exact - 1e-6));
          expect(clock.tick()).toBeLessThanOrEqual(Math.floor(exact + rate / 1000 + 1e-6));
        }
      },
    ),
    { numRuns: 50 },
  );
});

it("C5: up to a second is caught up with; beyond that game time slips", async () => {
  const time = new FakeTime();
  const clock = new Clock(time, 50);
  await time.pass(1_000);
  clock.forgive(5);
  expect(clock.tick()).toBe(50);
  await time.pass(60_000);
  clock.forgive(55);
  expect(clock.tick()).toBe(105);
  await time.pass(20);
  expect(clock.tick()).toBe(106);
});

it("C6: so many times as fast, the same ticks come so many times as early, and slip by the game's second", async () => {
  const time = new FakeTime();
  const clock = new Clock(time, 50, 0, 10);
  await time.pass(200);
  expect(clock.tick()).toBe(100);
  expect(clock.timeOf(150)).toBe(300);
  await time.pass(100);
  clock.forgive(100);
  expect(clock.tick()).toBe(150);
  await time.pass(5_000);
  clock.forgive(150);
  expect(clock.tick()).toBe(200);
});
