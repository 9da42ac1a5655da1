import { type ServerFrame, SessionId } from "@underlode/contracts";
import { describe, expect, it } from "vitest";
import {
  type Core,
  CUT_WAIT_MS,
  type Effect,
  type Input,
  LOST_AFTER_MS,
  newCore,
  RETRY_MS_MAX,
  stateOf,
  step,
} from "../src/core.ts";

const session = SessionId.parse("s1");
const welcome = (over: object = {}) =>
  ({
    ...{ t: "welcome", protocol: 1, build: "b", session, key: "k1", player: "p1", name: "Ann" },
    ...{ guest: true, resumed: false, marks: { chat: 40, mail: 7 }, ...over },
  }) as ServerFrame;
const notice = (mark: number): ServerFrame => ({ t: "notice", mark, text: "!", tone: "info" });
const line = (mark: number, old = false): ServerFrame => ({
  ...{ t: "chat", mark },
  line: { channel: "global", from: "Bob", text: `${mark}`, at: 0, ...(old && { old }) },
});
const picture = (applied: number) => ({ t: "picture", applied }) as ServerFrame;

/** A core and everything that it asked for, without chance: the longest wait of each. */
const run = (inputs: readonly Input[], from: Core = newCore("test")) => {
  let core = from;
  const effects: Effect[] = [];
  for (const input of inputs) {
    const [next, asked] = step(core, input, () => 1);
    core = next;
    effects.push(...asked);
  }
  return { core, effects, state: stateOf(core) };
};
const frame = (one: ServerFrame): Input => ({ on: "frame", frame: one });
const online: readonly Input[] = [
  ...([{ on: "start" }, { on: "ticket", ticket: "t1" }, { on: "opened" }] satisfies Input[]),
  frame(welcome()),
];
const sent = (effects: readonly Effect[]) =>
  effects.flatMap((effect) => (effect.do === "send" ? [effect.frame] : []));
const wakes = (effects: readonly Effect[]) =>
  effects.flatMap((effect) => (effect.do === "wake" ? [effect.inMs] : []));
const lost = (close: number, reason = ""): Input => ({ on: "lost", close, reason });

describe("logging in", () => {
  it("fetches a ticket, opens, says hello with it, and is online at the welcome", () => {
    const { effects, state } = run(online);
    expect(effects.map((effect) => effect.do)).toEqual(["getTicket", "open", "send", "deliver"]);
    expect(sent(effects)).toEqual([{ t: "hello", protocol: 1, build: "test", ticket: "t1" }]);
    expect(state).toEqual({ at: "online", resumed: false, lost: 0 });
  });

  it("ends when the token is not good any more", () => {
    const { state } = run([
      { on: "start" },
      { on: "noTicket", code: "unauthorised", reason: "Log in." },
    ]);
    expect(state).toEqual({ at: "closed", code: "unauthorised", reason: "Log in." });
  });

  it("tries for ever, waiting twice as long each time up to the longest wait", () => {
    const failure: Input[] = [
      { on: "noTicket", code: "unavailable", reason: "Away." },
      { on: "woke" },
    ];
    const { effects, state } = run([{ on: "start" }, ...Array(8).fill(failure).flat()]);
    expect(wakes(effects)).toEqual([200, 400, 800, 1600, 3200, 6400, RETRY_MS_MAX, RETRY_MS_MAX]);
    expect(state.at).toBe("connecting");
  });

  it("takes a second ticket when one is refused, and gives up when that one is, too", () => {
    const refused: Input[] = [{ on: "opened" }, lost(4403), { on: "woke" }];
    const again: Input = { on: "ticket", ticket: "t2" };
    const once = run([{ on: "start" }, { on: "ticket", ticket: "t1" }, ...refused, again]);
    expect(once.effects.filter((effect) => effect.do === "getTicket")).toHaveLength(2);
    const twice = run(refused, once.core);
    expect(twice.state).toMatchObject({ at: "closed", code: "bad-ticket" });
  });

  it.each([
    [4426, "client-too-old"],
    [4427, "client-too-new"],
    [4409, "replaced"],
  ])("close %i is final: %s", (close, code) => {
    expect(run([...online, lost(close)]).state).toMatchObject({ at: "closed", code });
  });

  it("knows the reason from the error frame where a close code was lost on the way", () => {
    const error: ServerFrame = { t: "error", code: "client-too-old", reason: "Update." };
    const { state } = run([...online.slice(0, 3), frame(error), lost(1006)]);
    expect(state).toMatchObject({ at: "closed", code: "client-too-old" });
  });
});

describe("coming back", () => {
  it("resumes with the session, the key and how far it has come in each stream", () => {
    const heard = [line(39, true), line(41), notice(9), notice(12)].map(frame);
    const { core } = run([...online, ...heard, lost(1006)]);
    const { effects } = run([{ on: "woke" }, { on: "opened" }], core);
    const resume = { session, key: "k1", marks: { chat: 41, mail: 12 } };
    expect(sent(effects)).toEqual([{ t: "hello", protocol: 1, build: "test", resume }]);
  });

  it("resumes after the time that a moving server named", () => {
    const moving = frame({ t: "moving", retryMs: 400 });
    expect(wakes(run([...online, moving, lost(1012)]).effects)).toEqual([400]);
  });

  it("resumes at once after a restart that was not announced", () => {
    const [waitMs] = wakes(run([...online, lost(1012)]).effects);
    expect(waitMs).toBeLessThanOrEqual(50);
  });

  it("takes a new ticket when the session is gone, and begins its numbers anew", () => {
    const { core } = run([...online, frame(notice(70)), { on: "act", act: { do: "wait" } }]);
    const back: Input[] = [lost(1006), { on: "woke" }, { on: "opened" }, lost(4404)];
    const gone = run(back, core);
    expect(gone.effects.at(-1)).toEqual({ do: "getTicket" });
    const anew = run(
      [{ on: "ticket", ticket: "t2" }, { on: "opened" }, frame(welcome({ session: "s2" }))],
      gone.core,
    );
    const begun = { marks: { chat: 40, mail: 7 }, acted: 0, session: { session: "s2" } };
    expect(anew.core).toMatchObject(begun);
  });

  it("waits a while after being cut for doing too much", () => {
    expect(wakes(run([...online, lost(4429)]).effects)).toEqual([CUT_WAIT_MS]);
  });

  const act: Input = { on: "act", act: { do: "wait" } };
  const back: readonly Input[] = [
    ...([lost(1006), { on: "woke" }, { on: "opened" }] satisfies Input[]),
    frame(welcome({ resumed: true })),
  ];

  it("goes on with its own numbers", () => {
    expect(sent(run([...online, act, act, ...back, act]).effects).at(-1)).toMatchObject({ seq: 3 });
  });

  it("counts commands that were never taken, once, some time after the picture", () => {
    const { core, effects, state } = run([...online, act, act, act, ...back, frame(picture(1))]);
    expect(effects.at(-1)).toEqual({ do: "count", inMs: LOST_AFTER_MS });
    expect(state).toEqual({ at: "online", resumed: true, lost: 0 });
    const counted = run([{ on: "countDue" }, { on: "countDue" }], core);
    expect(counted.state).toEqual({ at: "online", resumed: true, lost: 2 });
    const again = run([...back, frame(picture(1)), { on: "countDue" }], counted.core);
    expect(again.state).toEqual({ at: "online", resumed: true, lost: 0 });
  });

  it("counts none that a picture, a later tick or a refusal speaks of, nor those sent since", () => {
    const settled: ServerFrame[] = [
      picture(2),
      { t: "tick", n: 1, of: 0, timeMs: 0, applied: 2 },
      { t: "error", seq: 2, code: "not-delving", reason: "No." },
    ];
    for (const one of settled) {
      const inputs = [...online, act, act, ...back, act, frame(picture(1)), frame(one)];
      expect(run([...inputs, { on: "countDue" }]).state).toMatchObject({ lost: 0 });
    }
  });

  it("counts none of an earlier run, whose numbers the picture of a new one does not have", () => {
    const inputs = [...online, act, frame(picture(1)), ...back, frame(picture(0))];
    expect(run([...inputs, { on: "countDue" }]).state).toMatchObject({ lost: 0 });
  });
});

describe("a dungeon that died", () => {
  const party = (phase: string) => frame({ t: "party", party: { at: { phase } } } as ServerFrame);
  const acts: readonly Input[] = [1, 2, 3].map(() => ({ on: "act", act: { do: "wait" } }));
  const died = [...online, ...acts, frame(picture(1)), party("recovering")];

  it("counts what it never took as lost, a moment after it is back", () => {
    const back = run([...died, party("delving")]);
    expect(back.effects.at(-1)).toEqual({ do: "count", inMs: LOST_AFTER_MS });
    expect(run([{ on: "countDue" }], back.core).state).toMatchObject({ lost: 2 });
  });

  it("counts nothing that was taken after all, was refused, or was sent since", () => {
    for (const end of [frame(picture(3)), frame({ t: "error", seq: 3 } as ServerFrame)]) {
      const inputs = [...died, party("delving"), end, ...acts, { on: "countDue" } as const];
      expect(run(inputs).state).toMatchObject({ lost: 0 });
    }
  });
});

describe("what must not be lost", () => {
  const delivered = (effects: readonly Effect[]) =>
    effects.flatMap((one) => (one.do === "deliver" ? [one.frame] : [])).slice(1);

  it("is delivered once, each stream by its own numbers", () => {
    const twice = [notice(8), line(41), notice(9), line(42), notice(8), line(41), notice(10)];
    const { core, effects } = run([...online, ...twice.map(frame)]);
    const once = [notice(8), line(41), notice(9), line(42), notice(10)];
    expect(delivered(effects)).toEqual(once);
    const back: Input[] = [lost(1006), { on: "woke" }, { on: "opened" }];
    const marks = { chat: 42, mail: 10 };
    const again = [frame(welcome({ resumed: true, marks })), ...[...once, line(44)].map(frame)];
    expect(delivered(run([...back, ...again], core).effects)).toEqual([line(44)]);
  });

  it("has lines of a history delivered in any case, and words of the moment too", () => {
    const moment: ServerFrame = { t: "notice", text: "Moment!", tone: "info" };
    const all = [line(3, true), line(39, true), line(41, true), line(41), moment, moment];
    const { core, effects } = run([...online, ...all.map(frame)]);
    expect(delivered(effects)).toEqual(all.filter((_, i) => i !== 3));
    expect(core.marks).toEqual({ chat: 41, mail: 7 });
  });
});

describe("commands", () => {
  it("are not sent, and not kept, while away", () => {
    const { effects, core } = run([...online, lost(1006), { on: "act", act: { do: "wait" } }]);
    expect(sent(effects)).toHaveLength(1);
    expect(core.acted).toBe(0);
  });

  it("nothing is asked for after the end", () => {
    const { core } = run([...online, { on: "stop" }]);
    expect(run([{ on: "woke" }, lost(1000), { on: "countDue" }], core).effects).toEqual([]);
  });
});
