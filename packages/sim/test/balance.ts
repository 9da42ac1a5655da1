import { playRun } from "./play.ts";

/**
 * How parties of competent bots fare: `node packages/sim/test/balance.ts [runs] [size] [first seed]`.
 * Not a test; run it after changing numbers in the content.
 */
const [runs = 20, size = 4, first = 100] = process.argv.slice(2).map(Number);
let won = 0;
for (let seed = first; seed < first + runs; seed += 1) {
  let firstDownMs = 0;
  const { world, end } = playRun(seed, size, 1_500_000, (text, ms) => {
    if (firstDownMs === 0 && text.includes("goes down")) firstDownMs = ms;
  });
  if (end?.outcome === "victory") won += 1;
  const deepest = Math.max(...world.levels.keys());
  const seconds = Math.round(world.tick / world.tickRate);
  const down = firstDownMs === 0 ? "never" : `${Math.round(firstDownMs / 1000)} s`;
  console.log(
    `seed ${seed}: ${end?.outcome ?? "no end"}, floor ${deepest}, ${seconds} s, first down ${down}`,
  );
}
console.log(`won ${won} of ${runs}`);
