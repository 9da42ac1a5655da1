import { type ServerFrame, SessionId } from "@underlode/contracts";
import { describe, expect, it } from "vitest";
import {
  type Core,
  CUT_WAIT_MS,
  type Effect,
  type Input,
  newCore,
  RETRY_MS_MAX,
  stateOf,
  step,
} from "../src/core.ts";

const session = SessionId.parse("s1");
const welcome = (over: object = {}) =>
  ({
    ...{ t: "welcome", protocol: 1, build: "b", session, key: "k1", player: "p1", name: "Ann" },
    ...{ guest: true, resumed: false, acted: 0, ...over },
  }) as ServerFrame;
const notice = (seq: number): ServerFrame => ({ t: "notice", seq, text: "!", tone: "info" });

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
  it("resumes with the session, the key and what has arrived", () => {
    const { core } = run([...online, frame(notice(1)), frame(notice(2)), lost(1006)]);
    const { effects } = run([{ on: "woke" }, { on: "opened" }], core);
    expect(sent(effects)).toEqual([
      { t: "hello", protocol: 1, build: "test", resume: { session, key: "k1", ack: 2 } },
    ]);
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
    const { core } = run([...online, frame(notice(7)), { on: "act", act: { do: "wait" } }]);
    const back: Input[] = [lost(1006), { on: "woke" }, { on: "opened" }, lost(4404)];
    const gone = run(back, core);
    expect(gone.effects.at(-1)).toEqual({ do: "getTicket" });
    const anew = run(
      [{ on: "ticket", ticket: "t2" }, { on: "opened" }, frame(welcome({ session: "s2" }))],
      gone.core,
    );
    expect(anew.core).toMatchObject({ got: 0, acted: 0, session: { session: "s2" } });
  });

  it("waits a while after being cut for doing too much", () => {
    expect(wakes(run([...online, lost(4429)]).effects)).toEqual([CUT_WAIT_MS]);
  });

  it("counts commands that the server never took, and does not use their numbers again", () => {
    const act: Input = { on: "act", act: { do: "wait" } };
    const { core } = run([...online, act, act, act, lost(1006), { on: "woke" }, { on: "opened" }]);
    const back = run([frame(welcome({ resumed: true, acted: 1 })), act], core);
    expect(back.state).toEqual({ at: "online", resumed: true, lost: 2 });
    expect(sent(back.effects)).toEqual([{ t: "act", seq: 4, act: { do: "wait" } }]);
  });
});

describe("kept frames", () => {
  it("are delivered once and acknowledged together", () => {
    const twice = [notice(1), notice(2), notice(1), notice(2), notice(3)].map(frame);
    const { effects } = run([...online, ...twice, { on: "ackDue" }]);
    const delivered = effects.flatMap((one) => (one.do === "deliver" ? [one.frame] : []));
    expect(delivered.slice(1)).toEqual([notice(1), notice(2), notice(3)]);
    expect(sent(effects).slice(1)).toEqual([{ t: "ack", seq: 3 }]);
    expect(effects.filter((effect) => effect.do === "ack")).toHaveLength(1);
  });

  it("are acknowledged again when they come again", () => {
    const first = run([...online, frame(notice(1)), { on: "ackDue" }]);
    const { effects } = run([frame(notice(1)), { on: "ackDue" }], first.core);
    expect(sent(effects)).toEqual([{ t: "ack", seq: 1 }]);
  });
});

describe("commands", () => {
  it("go on from the number that the server has", () => {
    const inputs: Input[] = [
      ...online.slice(0, 3),
      frame(welcome({ acted: 41 })),
      { on: "act", act: { do: "wait" } },
    ];
    expect(sent(run(inputs).effects).at(-1)).toMatchObject({ seq: 42 });
  });

  it("are not sent, and not kept, while away", () => {
    const { effects, core } = run([...online, lost(1006), { on: "act", act: { do: "wait" } }]);
    expect(sent(effects)).toHaveLength(1);
    expect(core.acted).toBe(0);
  });

  it("nothing is asked for after the end", () => {
    const { core } = run([...online, { on: "stop" }]);
    expect(run([{ on: "woke" }, lost(1000), { on: "ackDue" }], core).effects).toEqual([]);
  });
});
