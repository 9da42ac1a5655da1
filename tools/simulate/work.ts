// A process that plays seeds, one after the other, and says what came of each.
import "./platform.ts";
import type { Task, Word } from "./seeds.ts";

const { simulate } = await import("./simulate.ts");
const { Trouble } = await import("./trouble.ts");

const say = (word: Word): void => {
  process.send?.(word);
};
const trouble = new Trouble();

process.on("message", async ({ seed, steps, plant, isTold }: Task) => {
  const onLine = (line: string): void => say({ word: "line", line });
  const verdict = await simulate({ seed, steps, plant, ...(isTold && { onLine }) });
  const broken = [...verdict.broken, ...trouble.taken()];
  say({ word: "verdict", verdict: { ...verdict, broken } });
});
say({ word: "ready" });
