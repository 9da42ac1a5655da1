import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { drill } from "../tools/deploy/drill.ts";
import type { Report } from "../tools/deploy/report.ts";

const root = join(import.meta.dirname, "..");

/** Command lines of processes that have something in this folder. */
const processesIn = (dir: string): string[] =>
  (existsSync("/proc") ? readdirSync("/proc") : [])
    .filter((entry) => /^\d+$/.test(entry) && Number(entry) !== process.pid)
    .flatMap((pid) => {
      try {
        const of = (file: string) => readFileSync(`/proc/${pid}/${file}`, "utf8");
        return (of("cmdline") + of("environ")).includes(dir) ? [of("cmdline")] : [];
      } catch {
        return [];
      }
    });

describe("a rolling deploy of both connection copies, with eight players in two dungeons", () => {
  const home = mkdtempSync(join(tmpdir(), "underlode-rolling-test-"));
  let report: Report;
  beforeAll(async () => {
    report = await drill({ home, botParties: 0, rounds: 1, seconds: 0, seed: 11, quiet: true });
  });
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  test("costs no handshake, though one is tried every 20 ms", () => {
    expect(report.handshakes.tried).toBeGreaterThan(50);
    expect(report.handshakes.byReason).toEqual({});
  });

  test("ends each copy by its own drain and has a new one in its place", () => {
    expect(report.rolls.map(({ copy, clean }) => [copy, clean])).toEqual([
      ["connection", true],
      ["connection-2", true],
    ]);
  });

  test("moves every player at least once, and loses no socket without a word", () => {
    expect(report.moved).toBeGreaterThanOrEqual(8);
    expect(report.lost).toBe(0);
  });

  test("has everybody back in the same picture, and nobody sees an error", () => {
    expect(report.errors).toEqual([]);
    expect(report.failures).toEqual([]);
    expect([report.back, report.clients]).toEqual([8, 8]);
  });

  test("leaves no process behind", () => {
    expect(processesIn(home)).toEqual([]);
  });
});

describe("npm run deploy:rolling", () => {
  const run = (...args: string[]) => {
    const done = spawnSync(process.execPath, [join(root, "tools/deploy/rolling.ts"), ...args]);
    return { code: done.status, out: done.stdout.toString(), err: done.stderr.toString() };
  };

  test("says with --help what it does and which options it has", () => {
    const { code, out } = run("--help");
    expect(code).toBe(0);
    for (const option of ["--parties", "--rounds", "--seconds", "--seed", "--json"])
      expect(out).toContain(option);
  });

  test("refuses an unknown option and a wrong number by name, with exit code 2", () => {
    expect(run("--fast")).toMatchObject({ code: 2, err: expect.stringContaining("--fast") });
    expect(run("--rounds", "0")).toMatchObject({
      code: 2,
      err: expect.stringContaining('--rounds takes a number from 1 to 100, not "0"'),
    });
  });
});
