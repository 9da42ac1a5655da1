import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pack, unpack } from "../src/codec.ts";
import { ClientFrame, ServerFrame } from "../src/frames.ts";

const hello = { t: "hello", protocol: 1, build: "b" };
const good = [
  { ...hello, ticket: "t" },
  { ...hello, resume: { session: "s1", key: "k", marks: { chat: 0, mail: 7 } } },
  { t: "ping", id: 1 },
  { t: "party.create", id: 1 },
  { t: "party.join", id: 1, code: "ABCDEF" },
  { t: "party.class", id: 1, class: "mage" },
  { t: "party.ready", id: 1, ready: true },
  { t: "party.delve", id: 1, seed: 7, game: "dungeon" },
  { t: "party.legacy", id: 1, ids: [7, 2 ** 40] },
  { t: "party.shared", id: 1, ids: [7] },
  { t: "party.give", id: 1, ore: 7 },
  { t: "party.leave", id: 1 },
  { t: "party.invite", id: 1, name: "Ann" },
  { t: "party.kick", id: 1, name: "Ann" },
  { t: "party.watch", id: 1, delayMs: null },
  { t: "party.options", id: 1, options: { hardcore: true, seed: "daily" } },
  { t: "watch", id: 1, instance: "i1", party: "p1", follow: "Ann" },
  { t: "watch.set", id: 1, atMs: 60_000, speed: 0.5, paused: true },
  { t: "watch.stop", id: 1 },
  { t: "chat", id: 1, channel: "party", text: "hi" },
  { t: "whisper", id: 1, to: "Ann", text: "hi" },
  { t: "act", seq: 1, act: { do: "step", dir: 0 } },
  { t: "look" },
] as const;
const isFrame = (frame: unknown): boolean => ClientFrame.safeParse(frame).success;

describe("frames from clients", () => {
  it.each(good.map((frame) => [frame.t, frame] as const))(
    "W1: %s is taken as it is",
    (_, frame) => {
      expect(ClientFrame.parse(unpack(pack(frame)))).toEqual(frame);
      expect(ClientFrame.parse(JSON.parse(JSON.stringify(frame)))).toEqual(frame);
    },
  );

  it("W2: each kind of frame is tried here", () => {
    const kinds = ClientFrame.def.options.map((o) => [...o.shape.t.def.values][0]);
    expect(new Set(good.map((frame) => frame.t))).toEqual(new Set(kinds));
  });

  it.each(good.map((frame) => [frame.t, frame] as const))(
    "W3: %s with a key too many is refused",
    (_, frame) => {
      fc.assert(
        fc.property(fc.string({ minLength: 1 }), fc.anything(), (key, value) => {
          if (key in frame || ["ticket", "resume", "seed", "game"].includes(key)) return;
          expect(
            isFrame(Object.defineProperty({ ...frame }, key, { value, enumerable: true })),
          ).toBe(false);
        }),
        { numRuns: 30 },
      );
    },
  );

  it.each(good.map((frame) => [frame.t, frame] as const))(
    "W4: %s without one of its keys is refused",
    (_, frame) => {
      const optional = [
        ...["ticket", "resume", "seed", "game", "party", "follow", "atMs", "speed", "paused"],
      ];
      for (const key of Object.keys(frame).filter((k) => !optional.includes(k))) {
        const { [key]: _left, ...rest } = frame as Record<string, unknown>;
        expect(isFrame(rest), key).toBe(false);
      }
    },
  );

  it.each([
    ["nothing", undefined],
    ["an unknown kind", { t: "give", id: 1 }],
    ["a list", [1, 2]],
    ["a number that is none", { t: "ping", id: Number.NaN }],
    ["a negative number", { t: "ping", id: -1 }],
    ["half a number", { t: "ping", id: 0.5 }],
    ["a number too large", { t: "act", seq: 2 ** 32, act: { do: "wait" } }],
    ["an unknown command", { t: "act", seq: 1, act: { do: "win" } }],
    ["a command with a key too many", { t: "act", seq: 1, act: { do: "wait", x: 1 } }],
    ["a direction that is none", { t: "act", seq: 1, act: { do: "step", dir: 8 } }],
    ["an unknown class", { t: "party.class", id: 1, class: "king" }],
    ["a code too long", { t: "party.join", id: 1, code: "x".repeat(50) }],
    ["a channel that is somebody's", { t: "chat", id: 1, channel: "whisper-x", text: "hi" }],
    ["a text far too long", { t: "chat", id: 1, channel: "global", text: "x".repeat(5_000) }],
    [
      "a session that is a wildcard",
      { ...hello, resume: { session: "*", key: "k", marks: { chat: 0, mail: 0 } } },
    ],
    ["a resume without marks", { ...hello, resume: { session: "s1", key: "k" } }],
    ["half the marks", { ...hello, resume: { session: "s1", key: "k", marks: { chat: 0 } } }],
    ["a ticket too long", { ...hello, ticket: "x".repeat(129) }],
  ])("W5: %s is refused", (_, frame) => {
    expect(isFrame(frame)).toBe(false);
  });

  it("W6: whatever comes is a frame or refused, never thrown", () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(typeof isFrame(value)).toBe("boolean");
      }),
    );
  });
});

describe("frames from the server", () => {
  it("W7: a key that a client does not know does not stop it", () => {
    const frame = { t: "pong", id: 1, later: true };
    expect(ServerFrame.parse(frame)).toEqual({ t: "pong", id: 1 });
  });
});
