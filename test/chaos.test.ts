import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inOrder, type TickMessage } from "@underlode/contracts";
import { PLANTS } from "@underlode/runtime";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chaos } from "../tools/chaos/chaos.ts";
import { check, type ViolationKind } from "../tools/chaos/check.ts";
import type { SightTruth } from "../tools/chaos/check-sight.ts";
import { FAULT_KINDS, type FaultKind, faultOf } from "../tools/chaos/faults.ts";
import { openGate } from "../tools/chaos/gate.ts";
import { RUNS_MAX, trialOf } from "../tools/chaos/prove.ts";
import { newRecord, type RunRecord, type Shown } from "../tools/chaos/record.ts";
import type { Report } from "../tools/chaos/report.ts";
import { inTurn, schedule, secondsOf } from "../tools/chaos/schedule.ts";

const root = join(import.meta.dirname, "..");
const OUTAGES_MS_MAX = 240_000;
/** Three seconds, and what looking takes on a busy machine. */
const NOTICED_MS_MAX = 3_500;

const shown = (more: Partial<Shown>): Shown => ({
  ...{ player: "p1", session: "s1", instance: "i1", kind: "tick", n: 3, of: 2, timeMs: 60 },
  ...{ sight: 3, applied: undefined, lines: [], atMs: 30 },
  ...more,
});

/** Two players who did and saw a little, and nothing went wrong. */
const cleanRecord = (): RunRecord => ({
  ...newRecord(),
  commands: ["p1", "p2"].map((player) => ({
    ...{ player, session: player === "p1" ? "s1" : "s2", seq: 1, instance: "i1", sentMs: 1 },
    ...{ doneMs: 2, outcome: "ok" as const, again: 0 },
  })),
  chat: [1, 2].map((i) => ({
    ...{ player: "p1", name: "Ann", party: "g1", text: `line ${i}`, sentMs: i * 10 },
    ...{ doneMs: i * 10 + 5, outcome: "ok" as const },
  })),
  heard: ["p1", "p2"].flatMap((player) =>
    [1, 2].map((i) => ({
      ...{ player, life: 1, from: "Ann", text: `line ${i}`, old: false, atMs: i * 10 + 5 },
    })),
  ),
  partyOps: [
    ...[{ player: "p1", what: "ready" as const, value: "true", sentMs: 1, doneMs: 2 }].map(
      (op) => ({
        ...op,
        outcome: "ok" as const,
      }),
    ),
  ],
  parties: [1, 2].map((version) => ({
    ...{ player: "p1", life: 1, party: "g1", version, atMs: version },
  })),
  shown: [
    shown({ kind: "picture", n: 2, of: 2, timeMs: 40, sight: 2, applied: 0 }),
    shown({ applied: 1, lines: [{ n: 1, text: "A rat." }] }),
  ],
  saved: [{ player: "p1", life: 1, what: "3 copper banked", atMs: 50, told: 1, stored: 1 }],
  players: ["p1", "p2"].map((player) => ({
    ...{ player, name: player === "p1" ? "Ann" : "Bea", party: "g1", finalCommands: 3 },
    ...{ stuck: undefined, last: undefined, class: "mage", ready: true },
  })),
  runs: [
    {
      ...{ instance: "i1", whole: true, epochs: 1, lastN: 3, faults: [] },
      facts: [{ instance: "i1", tick: 3, kind: "ore", player: "p1", data: "{}" }],
      commands: ["p1 s1 1", "p2 s2 1"],
    },
  ],
  facts: [{ key: "k", instance: "i1", tick: 3, kind: "ore", player: "p1", data: "{}" }],
});

const truth: SightTruth = {
  run: { whole: true, lastN: 3, faults: [] },
  sightOf: ({ n }) => (n === 2 || n === 3 ? n : undefined),
  timeOf: (n) => (n === 2 || n === 3 ? n * 20 : undefined),
  lineOf: (n) => (n === 1 ? "A rat." : undefined),
};
const kindsIn = (record: RunRecord): ViolationKind[] => [
  ...new Set(check(record, () => truth).map(({ kind }) => kind)),
];

/** What can be wrong, as a change of a record in which nothing is. */
const wrongs: readonly [string, ViolationKind, (record: RunRecord) => void][] = [
  ["an applied command that is in no journal", "lost", ({ runs }) => runs[0]!.commands.shift()],
  ["a command that was taken twice", "duplicated", ({ runs }) => runs[0]!.commands.push("p1 s1 1")],
  ["a command of nobody", "phantom", ({ runs }) => runs[0]!.commands.push("p1 s1 9")],
  [
    "a command that was refused and taken nevertheless",
    "phantom",
    ({ commands }) => Object.assign(commands[0]!, { outcome: "failed" }),
  ],
  ["an acknowledged line that a member never hears", "lost", ({ heard }) => heard.pop()],
  ["a line that comes twice", "duplicated", ({ heard }) => heard.push({ ...heard[3]! })],
  ["a line that nobody said", "phantom", ({ heard }) => heard.push({ ...heard[3]!, text: "boo" })],
  [
    "a line that its speaker was told had failed",
    "phantom",
    ({ chat }) => Object.assign(chat[1]!, { outcome: "failed" }),
  ],
  ["lines in another order than they were said", "takenBack", ({ heard }) => heard.reverse()],
  [
    "an older party after a newer one",
    "takenBack",
    ({ parties }) => parties.push({ ...parties[0]! }),
  ],
  [
    "a change of the party that was acknowledged and does not stand",
    "lost",
    ({ players }) => Object.assign(players[0]!, { ready: false }),
  ],
  [
    "a change of the party that somebody wrote over",
    "lost",
    ({ parties }) => parties.push({ ...parties[1]!, version: 3, ready: false, atMs: 3 }),
  ],
  ["a fact that the database lacks", "lost", ({ facts }) => facts.splice(0, 1)],
  [
    "a fact that is there under two keys",
    "duplicated",
    ({ facts }) => facts.push({ ...facts[0]!, key: "k2" }),
  ],
  [
    "a fact that no journal has",
    "phantom",
    ({ facts }) => facts.push({ ...facts[0]!, key: "k2", tick: 9 }),
  ],
  ["a book that does not balance", "lost", ({ ledger }) => ledger.push("k: 3 mined, 0 booked")],
  [
    "being told that a fact is saved before it is",
    "phantom",
    ({ saved }) => Object.assign(saved[0]!, { stored: 0 }),
  ],
  ["being told twice that it is saved", "duplicated", ({ saved }) => saved.push({ ...saved[0]! })],
  ["never being told that it is saved", "lost", ({ saved }) => saved.splice(0, 1)],
  ["a tick older than the one before", "takenBack", ({ shown }) => shown.push({ ...shown[0]! })],
  [
    "a tick that builds on another than the one before",
    "takenBack",
    ({ shown }) => Object.assign(shown[1]!, { of: 1 }),
  ],
  [
    "a command that is applied no more",
    "takenBack",
    ({ shown: all }) => all.push(shown({ kind: "picture", n: 3, of: 3, timeMs: 60, applied: 0 })),
  ],
  [
    "a frame of a message that is in no journal",
    "takenBack",
    ({ shown: all }) => all.push(shown({ n: 4, of: 3, timeMs: 80, sight: 4 })),
  ],
  [
    "a frame with another content than the journal's",
    "takenBack",
    ({ shown }) => Object.assign(shown[1]!, { sight: 7 }),
  ],
  [
    "another game time than the journal's",
    "takenBack",
    ({ shown }) => Object.assign(shown[1]!, { timeMs: 61 }),
  ],
  [
    "a line of the log that says something else afterwards",
    "takenBack",
    ({ shown }) => Object.assign(shown[1]!, { lines: [{ n: 1, text: "A bat." }] }),
  ],
  [
    "a journal that replays otherwise",
    "takenBack",
    ({ runs }) => runs[0]!.faults.push("3 replays otherwise"),
  ],
  [
    "a last picture that is not the journal's",
    "lost",
    ({ players }) => Object.assign(players[0]!, { last: { instance: "i1", n: 3, sight: 9 } }),
  ],
  [
    "a player who cannot go on",
    "stuck",
    ({ players }) => Object.assign(players[0]!, { stuck: "no picture" }),
  ],
];

describe("the checker of a run of chaos", () => {
  test("finds nothing wrong with a record in which nothing is", () => {
    expect(check(cleanRecord(), () => truth)).toEqual([]);
  });

  test.each(wrongs)("finds %s (%s)", (_, kind, spoil) => {
    const record = cleanRecord();
    spoil(record);
    expect(kindsIn(record)).toContain(kind);
  });

  test("takes what is unknown for neither done nor undone", () => {
    const record = cleanRecord();
    record.runs[0]!.commands.shift();
    Object.assign(record.commands[0]!, { outcome: "unknown" });
    for (const op of record.chat) Object.assign(op, { outcome: "unknown" });
    record.heard.splice(2, 1);
    expect(check(record, () => truth)).toEqual([]);
  });

  test.each(["legacy", "vault"])(
    "holds ore for a vault (%s) to journal, database and word",
    (kind) => {
      const record = cleanRecord();
      const fact = { instance: "i1", tick: 4, kind, player: "p1", data: '{"amount":3}' };
      record.runs[0]!.facts.push(fact);
      expect(check(record, () => truth)).toMatchObject([{ kind: "lost" }]);
      record.facts.push({ ...fact, key: "k2" });
      record.saved.push({ ...record.saved[0]!, told: 2, stored: 2 });
      expect(check(record, () => truth)).toEqual([]);
    },
  );

  test("lets a new session hear the history again, once", () => {
    const record = cleanRecord();
    record.heard.push(...record.heard.slice(0, 2).map((line) => ({ ...line, life: 2, old: true })));
    expect(check(record, () => truth)).toEqual([]);
  });
});

describe("a journal, as every reader takes it", () => {
  const claim = (epoch: number, n: number): TickMessage => ({
    ...{ kind: "claim", epoch, n, owner: `o${epoch}` },
  });
  const tick = (epoch: number, n: number): TickMessage => ({
    ...{ kind: "tick", epoch, n, tick: n, timeMs: n, check: 0 },
  });

  test("has no messages of an owner that had been replaced, and none twice", () => {
    const stored = [
      claim(1, 1),
      tick(1, 2),
      tick(1, 2),
      claim(2, 3),
      tick(1, 3),
      tick(1, 4),
      tick(2, 4),
    ];
    expect(inOrder(stored).map(({ epoch, n }) => [epoch, n])).toEqual([
      [1, 1],
      [1, 2],
      [2, 3],
      [2, 4],
    ]);
  });
});

describe("the schedule of faults", () => {
  test("is a function of the seed", () => {
    expect(schedule({ seed: 3, seconds: 120 })).toEqual(schedule({ seed: 3, seconds: 120 }));
    expect(schedule({ seed: 3, seconds: 120 })).not.toEqual(schedule({ seed: 4, seconds: 120 }));
  });

  test("has in ten minutes at least 60 faults of every kind there is, of which there are 14 and more", () => {
    expect(FAULT_KINDS.length).toBeGreaterThanOrEqual(14);
    for (const seed of [1, 2, 3]) {
      const planned = schedule({ seed, seconds: 600 });
      expect(planned.length).toBeGreaterThanOrEqual(60);
      expect(new Set(planned.map(({ kind }) => kind)).size).toBe(FAULT_KINDS.length);
    }
  });

  test("strikes two at once, but never one thing twice, and heals in time", () => {
    const planned = schedule({ seed: 1, seconds: 600 });
    const pairs = planned.flatMap((one, i) => {
      const next = planned[i + 1];
      return next !== undefined && next.atMs <= one.atMs + one.heldMs ? [[one, next] as const] : [];
    });
    expect(pairs.length).toBeGreaterThan(3);
    for (const [a, b] of pairs) expect(faultOf(a.kind).of).not.toBe(faultOf(b.kind).of);
    for (const { atMs, heldMs } of planned) expect(atMs + heldMs).toBeLessThan(600_000);
  });

  test("that has each in turn has no chance in it, and one at a time", () => {
    const planned = inTurn(FAULT_KINDS);
    expect(planned.map(({ kind }) => kind)).toEqual(FAULT_KINDS);
    for (const [i, { atMs, heldMs }] of planned.entries())
      expect(planned[i + 1]?.atMs ?? Infinity).toBeGreaterThan(atMs + heldMs);
    expect(secondsOf(planned) * 1_000).toBeGreaterThan(planned.at(-1)?.atMs ?? Infinity);
  });
});

describe("a gate", () => {
  test("holds up, lets go in order, refuses and cuts", async () => {
    const echo = createServer((socket) => socket.on("error", () => {}).pipe(socket));
    echo.listen(0, "127.0.0.1");
    await once(echo, "listening");
    const gate = await openGate(() => [(echo.address() as { port: number }).port]);
    let heard = "";
    const client = connect(gate.port, "127.0.0.1");
    client
      .on("error", () => {})
      .on("data", (chunk) => {
        heard += chunk;
      });
    client.write("a");
    await expect.poll(() => heard).toBe("a");
    gate.hold();
    client.write("b");
    await new Promise((done) => setTimeout(done, 50));
    expect(heard).toBe("a");
    gate.open();
    gate.slow(30);
    client.write("c");
    await expect.poll(() => heard).toBe("abc");
    gate.refuse();
    await once(client, "close");
    const turned = connect(gate.port, "127.0.0.1").on("error", () => {});
    await once(turned, "close");
    await gate.stop();
    echo.close();
  });
});

/** What `docs/operations.md` has a row for, in the order in which it is done to one system. */
const OUTAGES = [
  "kill-instance",
  "kill-both-connections",
  "kill-nats",
  "kill-manager",
  "freeze-postgres",
  "kill-chat",
  "kill-postgres",
  "kill-persistence",
  "refuse-postgres",
  "jump-clocks",
  "part-nats",
  "replace-instance",
  "fill-disk",
  "kill-launcher",
  "kill-launcher-and-services",
] as const satisfies readonly FaultKind[];

describe("every outage in turn", () => {
  const home = mkdtempSync(join(tmpdir(), "underlode-chaos-test-"));
  chmodSync(home, 0o755);
  let report: Report;
  beforeAll(async () => {
    report = await chaos({
      ...{ home, seconds: 0, seed: 7, parties: 2, size: 2, again: "npm test" },
      ...{ kinds: OUTAGES, each: true },
    });
  }, OUTAGES_MS_MAX);
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  test.for(OUTAGES)("%s: it was done, and whom it concerned played on", (kind, { skip }) => {
    if (report.faults.skipped.includes(kind)) return skip("it takes root on Linux");
    expect(report.faults.byKind[kind]).toBe(1);
    expect(report.recoveryMs[kind]?.count).toBeGreaterThan(0);
  });

  test("loses nothing, doubles nothing, makes nothing up, takes nothing back, and leaves nobody stuck", () => {
    expect(report.examples).toEqual([]);
    expect(report.errors).toEqual([]);
    expect(report.ok).toBe(true);
  });

  test("part-nats: every service notices within 3 s that nothing passes any more", () => {
    const note = report.notes.find((one) => one.startsWith("part-nats"));
    const [, services, ms] =
      note?.match(/(\d of \d) services noticed, the last after (\d+) ms/) ?? [];
    expect(services).toBe("5 of 5");
    expect(Number(ms)).toBeLessThan(NOTICED_MS_MAX);
  });

  test("was no silence: commands were applied, lines said, facts saved, all through it", () => {
    const { operations, seen } = report;
    expect(operations.commands?.ok).toBeGreaterThan(100);
    expect(operations.lines?.ok).toBeGreaterThan(10);
    expect(operations.partyChanges?.ok).toBeGreaterThan(10);
    expect(seen.saved).toBeGreaterThan(0);
  });
});

describe("the bugs that can be planted", () => {
  const page = readFileSync(join(root, "CONTRIBUTING.md"), "utf8");

  test.each(PLANTS)("%s: the page names the run that found it, which is still tried", (plant) => {
    const row = page.split("\n").find((line) => line.startsWith(`| \`${plant}\` |`)) ?? "";
    const found = /`(--seconds [^`]+)`/.exec(row)?.[1];
    const seeds = Array.from({ length: RUNS_MAX }, (_, i) => i + 1);
    const tried = seeds.map((seed) => trialOf(plant, seed).again);
    expect(tried).toContain(`npm run chaos -- ${found}`);
  });
});

describe("npm run chaos", () => {
  const run = (...args: string[]) => {
    const done = spawnSync(process.execPath, [join(root, "tools/chaos/main.ts"), ...args]);
    return { code: done.status, out: done.stdout.toString(), err: done.stderr.toString() };
  };

  test("says with --help what it does, and names every fault and every bug", () => {
    const { code, out } = run("--help");
    expect(code).toBe(0);
    for (const word of ["--seconds", "--seed", "--plant", ...FAULT_KINDS, "no-epoch-check"])
      expect(out).toContain(word);
  });

  test("refuses what it does not know by name, with exit code 2", () => {
    expect(run("--plant", "moss")).toMatchObject({ code: 2, err: expect.stringContaining("moss") });
    expect(run("--faults", "rain")).toMatchObject({
      code: 2,
      err: expect.stringContaining("rain"),
    });
  });
});
