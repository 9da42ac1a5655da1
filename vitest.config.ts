import { defineConfig } from "vitest/config";

/** Whole-system tests start real processes; they wait for conditions, with deadlines of their own. */
const SYSTEM_MS_MAX = 120_000;

export default defineConfig({
  test: {
    include: [
      "{packages,services}/*/test/**/*.test.{ts,tsx}",
      "{tui,bots,tools,test}/**/*.test.{ts,tsx}",
    ],
    pool: "forks",
    maxWorkers: 2,
    testTimeout: SYSTEM_MS_MAX,
    hookTimeout: SYSTEM_MS_MAX,
    reporters: process.stdout.isTTY ? ["default"] : [["default", { summary: false }]],
  },
});
