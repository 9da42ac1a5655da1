import {
  ACK_EVERY_MESSAGES,
  ACK_EVERY_MS,
  ACK_TIMEOUT_MS,
  InstanceId,
  TICKS_UNACKED_MAX,
  type Tick,
} from "@underlode/contracts";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Journal, Superseded } from "../src/journal.ts";
import { ScriptedBus } from "./scripted-bus.ts";

const instance = InstanceId.parse("i1");
const start = { epoch: 0, n: 0, seq: 0 };
let script: ScriptedBus;
let journal: Journal;
let events: string[];
let stored: number;

const open = async (): Promise<void> => {
  script = new ScriptedBus();
  events = [];
  stored = 0;
  journal = new Journal(script.bus, instance, {
    blocked: () => events.push("blocked"),
    clear: () => events.push("clear"),
    superseded: () => events.push("superseded"),
    stored: (n) => {
      stored = n;
    },
  });
  await journal.claim("me", start);
  script.asked.length = 0;
};
const tick = (n: number): Tick => ({
  ...{ kind: "tick", epoch: journal.epoch, n, tick: n, timeMs: n, check: n },
});
const send = (count = 1): void => {
  for (let i = 0; i < count; i++) journal.send(tick(journal.n + 1));
};
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  await pass(10_000);
  await open();
});
afterEach(() => {
  journal.close();
  vi.useRealTimers();
});

describe("the journal", () => {
  it("J1: sends at once and asks for an acknowledgement every eighth message", async () => {
    send();
    await pass(0);
    expect(script.asked).toEqual([2]);
    for (let i = 0; i < 3 * ACK_EVERY_MESSAGES; i++) {
      send();
      await pass(0);
    }
    expect(script.asked).toEqual([2, 10, 18, 26]);
    expect(script.numbers).toEqual(upTo(26));
    expect(stored).toBe(26);
  });

  it("J2: asks after 100 ms, and looks after the last of a burst", async () => {
    send(3);
    await pass(ACK_EVERY_MS);
    expect(stored).toBe(4);
    send();
    await pass(0);
    expect(script.asked.at(-1)).toBe(5);
    send(2);
    await pass(ACK_EVERY_MS - 1);
    expect(stored).toBe(5);
    await pass(1);
    expect(stored).toBe(7);
    expect(script.numbers).toEqual(upTo(7));
    expect(events).toEqual([]);
  });

  it("J3: stops the clock with so many messages open, and goes on when they are stored", async () => {
    script.store = "silent";
    send(TICKS_UNACKED_MAX - 1);
    expect(events).toEqual([]);
    send();
    expect(events).toEqual(["blocked"]);
    script.store = "answers";
    await pass(500);
    expect(events).toEqual(["blocked", "clear"]);
    expect(script.numbers).toEqual(upTo(TICKS_UNACKED_MAX + 1));
  });

  it("J4: stops the clock without an answer for a second, not before", async () => {
    script.store = "silent";
    send();
    await pass(ACK_TIMEOUT_MS - 1);
    expect(events).toEqual([]);
    await pass(1);
    expect(events).toEqual(["blocked"]);
    script.store = "answers";
    await pass(200);
    expect(events).toEqual(["blocked", "clear"]);
    expect(script.numbers).toEqual([1, 2]);
  });

  it("J5: stops the clock when the connection is lost, and sends what was lost with it, in order", async () => {
    send(3);
    await pass(0);
    script.store = "lost";
    send(5);
    script.become("down");
    expect(events).toEqual(["blocked"]);
    send(2);
    await pass(3_000);
    script.store = "answers";
    script.become("up");
    await pass(300);
    expect(events).toEqual(["blocked", "clear"]);
    expect(script.numbers).toEqual(upTo(11));
    send(8);
    await pass(200);
    expect(script.numbers).toEqual(upTo(19));
    expect(stored).toBe(19);
  });

  it("J11: what arrives late, after it was sent again, is not stored twice", async () => {
    script.store = "slow";
    send(3);
    await pass(ACK_TIMEOUT_MS);
    expect(events).toEqual(["blocked"]);
    await pass(300);
    script.store = "answers";
    script.arrive();
    await pass(300);
    expect(events).toEqual(["blocked", "clear"]);
    expect(script.numbers).toEqual(upTo(4));
    expect(stored).toBe(4);
  });

  it("J6: of two who claim a run one gets it", async () => {
    const events = { blocked() {}, clear() {}, stored() {}, superseded() {} };
    const two = [1, 2].map(() => new Journal(script.bus, instance, events));
    const at = { epoch: 1, n: 1, seq: 1 };
    const claims = await Promise.allSettled(two.map((one) => one.claim("other", at)));
    expect(claims.map((c) => c.status)).toEqual(["fulfilled", "rejected"]);
    expect((claims[1] as PromiseRejectedResult).reason).toBeInstanceOf(Superseded);
    expect(script.stored.at(-1)?.body).toMatchObject({ kind: "claim", epoch: 2, n: 2 });
    for (const one of two) one.close();
  });

  it("J7: who hears of a higher epoch is over, once, and repairs nothing any more", async () => {
    script.keep({ kind: "claim", epoch: 2, n: 2, owner: "other" });
    script.become("down");
    script.become("up");
    await pass(1_000);
    expect(events).toEqual(["superseded"]);
    expect(script.stored).toHaveLength(2);
  });

  it("J8: who was away while another claimed finds that out before sending anything", async () => {
    script.become("down");
    send(3);
    script.stored.push({ seq: 2, body: { kind: "claim", epoch: 2, n: 2, owner: "other" } });
    script.become("up");
    await pass(1_000);
    expect(events).toEqual(["blocked", "superseded"]);
    expect(script.stored).toHaveLength(2);
  });

  it("J9: settles when all is stored, and says so when it is not within a second", async () => {
    script.store = "silent";
    send(3);
    const late = journal.settle();
    await pass(ACK_TIMEOUT_MS + 200);
    expect(await late).toBe(false);
    script.store = "answers";
    await pass(500);
    const done = journal.settle();
    await pass(200);
    expect(await done).toBe(true);
    expect(script.numbers).toEqual(upTo(4));
  });
});

type Step = { do: "send" | "pass" | "silent" | "cut" | "mend"; by: number };
const steps = fc.array(
  fc.record({
    do: fc.constantFrom<Step["do"][]>("send", "send", "send", "pass", "silent", "cut", "mend"),
    by: fc.integer({ min: 1, max: 12 }),
  }),
  { maxLength: 40 },
);

it("J10: whatever happens to the connection, all messages are stored once, in order", async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (list) => {
      journal.close();
      await open();
      const act: Record<Step["do"], (by: number) => unknown> = {
        // A stopped clock sends nothing more than what is under way.
        send: (by) => (events.at(-1) === "blocked" ? undefined : send(by)),
        pass: (by) => pass(by * 60),
        silent: () => {
          if (script.state === "up") script.store = "silent";
        },
        // What was just sent goes down with the connection.
        cut: (by) => {
          if (script.state === "down") return;
          script.store = "lost";
          if (events.at(-1) !== "blocked") send(by % 3);
          script.become("down");
        },
        mend: () => {
          script.store = "answers";
          script.become("up");
        },
      };
      for (const step of list) await act[step.do](step.by);
      await act.mend(0);
      await pass(3_000);
      expect(script.numbers).toEqual(upTo(journal.n));
      expect(stored).toBe(journal.n === 1 ? stored : journal.n);
      expect(events.filter((e) => e === "blocked")).toHaveLength(events.length / 2);
    }),
    { numRuns: 200 },
  );
});
