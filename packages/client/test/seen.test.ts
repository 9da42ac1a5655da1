import { type Frame, PartyId, PlayerId, type ServerFrame, SessionId } from "@underlode/contracts";
import { describe, expect, it } from "vitest";
import { decodeCells, hasFlag, inSight, lightOf, tileOf } from "../src/cells.ts";
import { fold, LOG_LINES_KEPT, newSeen, type Seen, settle } from "../src/seen.ts";

const line = (n: number) => ({ n, text: `line ${n}`, tone: "plain" as const });
const picture = (over: Partial<Frame<"picture">> = {}): Frame<"picture"> => ({
  ...{ t: "picture", party: PartyId.parse("p"), n: 5, timeMs: 1000, applied: 2 },
  picture: {
    ...{ floor: 1, name: "Copper workings", width: 4, height: 2 },
    ...{ cells: [3, 0, 5, 0x101], things: [[9, 2, 1, 1, 50, 2 | 64, ""]] },
  },
  ...{ crew: [], self: { busy: null }, log: [line(1), line(2)] },
  ...over,
});
const tick = (over: Partial<Frame<"tick">> = {}): Frame<"tick"> => ({
  ...{ t: "tick", n: 6, of: 5, timeMs: 1020, ...over },
});
const seenAfter = (...frames: ServerFrame[]): Seen => {
  const seen = newSeen();
  for (const frame of frames) fold(seen, frame);
  return seen;
};

describe("cells", () => {
  it("are decoded from runs that fill the floor exactly", () => {
    expect([...decodeCells([3, 0, 1, 7], 2, 2)!]).toEqual([0, 0, 0, 7]);
  });

  it.each([
    ["too short", [3, 0], 2, 2],
    ["too long", [5, 0], 2, 2],
    ["of odd length", [4, 0, 1], 2, 2],
    ["with an empty run", [0, 1, 4, 0], 2, 2],
    ["with a cell of more than 16 bits", [4, 0x10000], 2, 2],
    ["on a floor without cells", [], 0, 0],
    ["on a floor larger than any", [1_000_000, 1], 1000, 1000],
  ])("runs %s are refused", (_, runs, width, height) => {
    expect(decodeCells(runs, width, height)).toBeUndefined();
  });

  it("carry tile, sight and light", () => {
    const cell = 12 | 0x100 | (5 << 9);
    expect([tileOf(cell), inSight(cell), lightOf(cell)]).toEqual([12, true, 5]);
  });
});

describe("a welcome", () => {
  const { session, player } = { session: SessionId.parse("s"), player: PlayerId.parse("p") };
  const welcome: Frame<"welcome"> = {
    ...{ t: "welcome", protocol: 1, build: "b", session, key: "k", player, name: "Ann" },
    ...{ guest: true, resumed: false, marks: { chat: 0, mail: 0 } },
  };

  it("says how fast game time goes on between two frames", () => {
    expect(seenAfter({ ...welcome, timeScale: 8 }).timeScale).toBe(8);
    expect(seenAfter({ ...welcome, timeScale: 8 }, welcome).timeScale).toBe(1);
  });
});

describe("a picture", () => {
  it("replaces what was known", () => {
    const seen = seenAfter(picture());
    expect([...seen.cells]).toEqual([0, 0, 0, 257, 257, 257, 257, 257]);
    const thing = seen.things.get(9)!;
    expect(thing).toMatchObject({ kind: 2, x: 1, y: 1, health: 50 });
    expect([hasFlag(thing, "monster"), hasFlag(thing, "player")]).toEqual([true, false]);
    expect(seen).toMatchObject({ n: 5, applied: 2, floor: 1, width: 4, height: 2 });
    expect(settle(seen)).toMatchObject({ floor: true, things: true, log: true });
    expect(settle(seen)).toMatchObject({ floor: false, things: false, log: false, cells: [] });
  });

  it("keeps older lines of the log, and drops those of an older run", () => {
    const later = picture({ timeMs: 2000, log: [line(2), line(3)] });
    expect(seenAfter(picture(), later).log.map((one) => one.n)).toEqual([1, 2, 3]);
    const other = picture({ timeMs: 0, log: [line(2), line(3)] });
    expect(seenAfter(picture(), other).log.map((one) => one.n)).toEqual([2, 3]);
  });

  it("that makes no sense is asked for again, once", () => {
    const seen = newSeen();
    const broken = picture({ picture: { ...picture().picture, cells: [1, 0] } });
    expect([fold(seen, broken), fold(seen, broken)]).toEqual(["look", "ignored"]);
  });
});

describe("what lies or stands somewhere", () => {
  const forge: [number, number, number, number, number, number, string] = [
    ...([20, 4, 0, 0, -1, 128, "forge"] as const),
  ];
  const rat: typeof forge = [21, 2, 1, 0, 50, 2, ""];
  const withForge = picture({
    picture: { ...picture().picture, cells: [8, 0x101], things: [forge, rat] },
  });
  const dark = { floor: 1, cells: [0, 1, 1, 1], gone: [20, 21] };

  it("is remembered out of sight, unlike what moves", () => {
    const seen = seenAfter(withForge, tick({ delta: dark }));
    expect([...seen.remembered.keys()]).toEqual([20]);
    expect(seen.things.size).toBe(0);
  });

  it("is forgotten where one sees that it is gone, and seen again where it is not", () => {
    const gone = seenAfter(withForge, tick({ delta: { floor: 1, gone: [20] } }));
    expect(gone.remembered.size).toBe(0);
    const back = tick({ n: 7, of: 6, delta: { floor: 1, cells: [0, 0x101], things: [forge] } });
    const seen = seenAfter(withForge, tick({ delta: dark }), back);
    expect([seen.remembered.size, seen.things.has(20)]).toEqual([0, true]);
  });

  it("is remembered on the way back from another floor, but not in another run", () => {
    const below = picture({
      timeMs: 1100,
      picture: { ...picture().picture, floor: 2, cells: [8, 1], things: [] },
    });
    const again = { ...below.picture, floor: 1 };
    const seen = seenAfter(withForge, below, picture({ timeMs: 1200, picture: again }));
    expect([...seen.remembered.keys()]).toEqual([20]);
    const other = picture({ timeMs: 1200, party: PartyId.parse("q"), picture: again });
    expect(seenAfter(withForge, below, other).remembered.size).toBe(0);
  });
});

describe("a tick", () => {
  it("changes what it names", () => {
    const seen = seenAfter(picture());
    settle(seen);
    const frame = tick({
      delta: { floor: 1, cells: [0, 0x102], things: [[10, 3, 2, 0, -1, 4, "ale"]], gone: [9] },
      ...{ applied: 3, log: [line(3)], self: { ore: [] } },
    });
    expect(fold(seen, frame)).toBe("folded");
    expect(seen.cells[0]).toBe(0x102);
    expect([...seen.things.keys()]).toEqual([10]);
    expect(seen.self).toEqual({ busy: null, ore: [] });
    expect(seen).toMatchObject({ n: 6, timeMs: 1020, applied: 3 });
    expect(settle(seen)).toMatchObject({ cells: [0], things: true, self: true, crew: false });
  });

  it("after a gap asks for the picture once, and waits for it", () => {
    const seen = seenAfter(picture());
    const far = tick({ of: 9, n: 10, applied: 8 });
    expect([fold(seen, far), fold(seen, far), fold(seen, tick())]).toEqual([
      ...["look", "ignored", "ignored"],
    ]);
    expect(seen.applied).toBe(2);
    fold(seen, picture({ n: 10 }));
    expect(fold(seen, tick({ of: 10, n: 11 }))).toBe("folded");
  });

  it.each([
    ["of another floor", { floor: 2 }],
    ["with a cell outside", { floor: 1, cells: [8, 1] }],
    ["with half a pair", { floor: 1, cells: [1] }],
  ])("%s changes nothing and asks for the picture", (_, delta) => {
    const seen = seenAfter(picture());
    expect(fold(seen, tick({ delta }))).toBe("look");
    expect(seen.n).toBe(5);
  });

  it("is not asked about between a legend and its picture", () => {
    const legend: ServerFrame = { t: "legend", legend: { content: "c", tiles: [], kinds: [] } };
    const seen = seenAfter(picture(), legend);
    expect(fold(seen, tick())).toBe("ignored");
    expect(fold(seen, picture({ n: 0, timeMs: 0 }))).toBe("folded");
  });

  it("never lets the log grow without end", () => {
    const seen = seenAfter(picture());
    const many = Array.from({ length: 1000 }, (_, i) => line(i + 3));
    fold(seen, tick({ log: many }));
    expect(seen.log).toHaveLength(LOG_LINES_KEPT);
  });
});
