import fc from "fast-check";
import { expect, test } from "vitest";
import { emptyView, look } from "../src/sight.ts";

const WIDTH = 24;
const HEIGHT = 16;

const ground = fc
  .array(fc.integer({ min: 0, max: 9 }), { minLength: WIDTH * HEIGHT, maxLength: WIDTH * HEIGHT })
  .map((cells) => ({
    width: WIDTH,
    height: HEIGHT,
    clear: Uint8Array.from(cells, (n) => (n < 7 ? 1 : 0)),
  }));
const cell = fc.nat(WIDTH * HEIGHT - 1);

test("sight is symmetric: between two clear cells, who sees is seen", () => {
  fc.assert(
    fc.property(ground, cell, (map, from) => {
      map.clear[from] = 1;
      const view = emptyView(WIDTH * HEIGHT);
      look(map, from % WIDTH, Math.floor(from / WIDTH), 9, view);
      const back = emptyView(WIDTH * HEIGHT);
      for (let to = 0; to < WIDTH * HEIGHT; to += 1) {
        if (map.clear[to] === 0) continue;
        look(map, to % WIDTH, Math.floor(to / WIDTH), 9, back);
        expect(back.bits[from]).toBe(view.bits[to]);
      }
    }),
    { seed: 3, numRuns: 60 },
  );
});

test("an empty room is seen to its walls, and nothing behind them", () => {
  const clear = new Uint8Array(WIDTH * HEIGHT);
  for (let y = 3; y <= 7; y += 1) clear.fill(1, y * WIDTH + 4, y * WIDTH + 11);
  const view = emptyView(WIDTH * HEIGHT);
  look({ width: WIDTH, height: HEIGHT, clear }, 6, 5, 20, view);
  expect(view.count).toBe(9 * 7);
  expect(view.bits[5 * WIDTH + 2]).toBe(0);
});
