import { expect, it } from "vitest";
import { detectDepth, to16, to256 } from "../../src/screen/depth.ts";

it.each([
  ["true", undefined, { COLORTERM: "truecolor" }],
  ["256", undefined, { TERM: "xterm-256color" }],
  ["16", undefined, { TERM: "xterm" }],
  ["none", undefined, { TERM: "dumb" }],
  ["none", undefined, { NO_COLOR: "1", COLORTERM: "truecolor" }],
  ["true", undefined, { FORCE_COLOR: "3", NO_COLOR: "1" }],
  ["none", undefined, { FORCE_COLOR: "0", COLORTERM: "truecolor" }],
  ["256", "256", { NO_COLOR: "1" }],
  ["16", "auto", { TERM: "linux" }],
] as const)("the depth is %s for the flag %s and %o", (depth, flag, env) => {
  expect(detectDepth(flag, env)).toBe(depth);
});

it("colours find their nearest", () => {
  expect(to256(0xff0000)).toBe(196);
  expect(to256(0x808080)).toBe(244);
  expect(to16(0x00ff00)).toBe(10);
  expect(to16(0x101010)).toBe(8);
});
