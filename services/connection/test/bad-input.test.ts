import { request } from "node:http";
import {
  BAD_FRAMES_MAX,
  errors,
  FRAME_BYTES_MAX,
  FRAMES_BURST_MAX,
  PROTOCOL,
  PROTOCOL_MIN,
  SUBPROTOCOL_JSON,
  SUBPROTOCOL_MSGPACK,
} from "@underlode/contracts";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Copy, World } from "./world.ts";

let world: World;
let copy: Copy;

beforeEach(async () => {
  world = await World.make();
  copy = await world.copy();
});
afterEach(async () => {
  await world.close();
  expect(world.faults).toEqual([]);
});

describe.each(["msgpack", "json"] as const)("bad frames in %s", (encoding) => {
  it("B1: what is not valid in the encoding is malformed, and five of it end the socket", async () => {
    const wire = await world.player(copy, "Ann", encoding);
    for (let n = 1; n < BAD_FRAMES_MAX; n++) wire.raw(encoding === "json" ? "{not" : bytes(0xc1));
    await wire.settled();
    expect(wire.errors).toEqual(Array(BAD_FRAMES_MAX - 1).fill("malformed"));
    wire.raw(encoding === "json" ? "[" : bytes(0x81));
    expect(await wire.code()).toBe(errors["too-many-bad-frames"].close);
    expect(wire.errors.at(-1)).toBe("too-many-bad-frames");
  });

  it.each([
    ["an unknown key", { t: "ping", id: 1, more: 1 }],
    ["an unknown frame", { t: "fly", id: 1 }],
    ["no kind at all", { id: 1 }],
    ["a wrong type", { t: "ping", id: "one" }],
    ["a number that is none", { t: "ping", id: -1 }],
    ["an unknown key deep inside", { t: "act", seq: 1, act: { do: "wait", as: "p-bob" } }],
    ["an unknown act", { t: "act", seq: 1, act: { do: "win" } }],
    ["a direction beyond the rose", { t: "act", seq: 1, act: { do: "step", dir: 8 } }],
    ["a list", [1, 2]],
    ["nothing", null],
    ["text beyond all limits", { t: "chat", id: 1, channel: "global", text: "x".repeat(1_121) }],
    ["another's id for a command", { t: "act", seq: 1, act: { do: "wait" }, player: "p-bob" }],
  ])("B2: %s is malformed, in words with the field", async (_, frame) => {
    const wire = await world.player(copy, "Ann", encoding);
    wire.send(frame);
    const error = await wire.frame("error");
    expect(error).toMatchObject({ code: "malformed", reason: expect.stringMatching(/\w+: ./) });
    await wire.settled();
    expect(wire.closed).toBeUndefined();
  });

  it("B3: a frame above the limit is named and ends the socket, a huge one ends it at once", async () => {
    const wire = await world.player(copy, "Ann", encoding);
    wire.raw(encoding === "json" ? " ".repeat(FRAME_BYTES_MAX + 1) : Buffer.alloc(4_097));
    expect(await wire.code()).toBe(1009);
    expect(wire.errors).toEqual(["frame-too-large"]);
    const other = await world.player(copy, "Bob", encoding);
    other.raw(encoding === "json" ? " ".repeat(65_537) : Buffer.alloc(65_537));
    expect(await other.code()).toBe(1009);
  });

  it("B4: a frame of exactly the limit is read", async () => {
    const wire = await world.player(copy, "Ann", encoding);
    if (encoding === "json") wire.raw(`{"t":"ping","id":7}`.padEnd(FRAME_BYTES_MAX, " "));
    else wire.send({ t: "ping", id: 7 });
    expect(await wire.frame("pong")).toEqual({ t: "pong", id: 7 });
  });

  it("B5: a flood is cut off by name, and what comes after it is not even answered", async () => {
    const wire = await world.player(copy, "Ann", encoding);
    for (let id = 0; id < FRAMES_BURST_MAX * 3; id++) wire.send({ t: "ping", id });
    expect(await wire.code()).toBe(errors["rate-limited"].close);
    expect(wire.errors).toEqual(["rate-limited"]);
  });

  it("B5: where game time runs faster, a client is told so, and may say so much more", async () => {
    const fast = await world.copy({ timeScale: 4 });
    const wire = await world.player(fast, "Ann", encoding);
    expect([wire.welcome.timeScale, (await world.player(copy, "Bob", encoding)).welcome]).toEqual([
      4,
      expect.not.objectContaining({ timeScale: expect.anything() }),
    ]);
    for (let id = 0; id < FRAMES_BURST_MAX * 3; id++) wire.send({ t: "ping", id });
    await wire.frame("pong", (pong: { id: number }) => pong.id === FRAMES_BURST_MAX * 3 - 1);
    for (let id = 0; id < FRAMES_BURST_MAX * 12; id++) wire.send({ t: "ping", id });
    expect(await wire.code()).toBe(errors["rate-limited"].close);
  });
});

describe("the greeting", () => {
  const refused = async (hello: object, code: keyof typeof errors): Promise<void> => {
    const wire = await world.wire(copy);
    wire.hello(hello);
    expect(await wire.code()).toBe(errors[code].close ?? 1011);
    expect(wire.errors).toEqual([code]);
  };

  it("B6: without a hello in time the socket ends by name", async () => {
    const hasty = await world.copy({ helloMs: 30 });
    const wire = await world.wire(hasty);
    expect(await wire.code()).toBe(errors["hello-late"].close);
    expect(wire.errors).toEqual(["hello-late"]);
  });

  it("B7: any frame before the hello ends the socket, and a hello after that takes no ticket", async () => {
    const wire = await world.wire(copy);
    const ticket = await world.ticket(copy, "Ann");
    wire.send({ t: "ping", id: 1 });
    wire.hello({ ticket });
    expect(await wire.code()).toBe(errors["hello-expected"].close);
    expect(wire.errors).toEqual(["hello-expected"]);
    const other = await world.wire(copy);
    other.hello({ ticket });
    expect((await other.frame("welcome")).name).toBe("Ann");
  });

  it("B8: frames while the greeting is under way end the socket", async () => {
    const wire = await world.wire(copy);
    wire.hello({ ticket: await world.ticket(copy, "Ann") });
    wire.send({ t: "ping", id: 1 });
    expect(await wire.code()).toBe(errors["hello-expected"].close);
  });

  it("B9: a second hello ends the socket", async () => {
    const wire = await world.player(copy, "Ann");
    wire.hello({ ticket: await world.ticket(copy, "Ann") });
    expect(await wire.code()).toBe(errors["hello-expected"].close);
  });

  it("B10: a protocol that is too old or too new is told so", async () => {
    const ticket = await world.ticket(copy, "Ann");
    await refused({ ticket, protocol: PROTOCOL_MIN - 1 }, "client-too-old");
    await refused({ ticket, protocol: PROTOCOL + 1 }, "client-too-new");
  });

  it("B11: a ticket is good once, and a made-up one never", async () => {
    const ticket = await world.ticket(copy, "Ann");
    const wire = await world.wire(copy);
    wire.hello({ ticket });
    await wire.frame("welcome");
    await refused({ ticket }, "bad-ticket");
    await refused({ ticket: "made-up" }, "bad-ticket");
  });

  it("B12: of two sockets with one ticket at the same time one is let in", async () => {
    const ticket = await world.ticket(copy, "Ann");
    const both = [await world.wire(copy), await world.wire(copy)];
    for (const wire of both) wire.hello({ ticket });
    const decided = (wire: (typeof both)[0]) =>
      wire.closed !== undefined || wire.all("welcome").length > 0;
    await both[0]!.until("both are decided", () => both.every(decided));
    expect(both.filter((wire) => wire.all("welcome").length > 0)).toHaveLength(1);
  });

  it("B13: a ticket that has expired is refused", async () => {
    const ticket = await world.ticket(copy, "Ann");
    for (const kept of world.broker.buckets.get("tickets")!.entries.values()) kept.until = 1;
    await refused({ ticket }, "bad-ticket");
  });

  it("B14: ticket and resume together, or neither, are malformed", async () => {
    const ann = await world.player(copy, "Ann");
    const { session, key } = ann.welcome;
    const ticket = await world.ticket(copy, "Bob");
    await refused({ ticket, resume: { session, key, marks } }, "malformed");
    await refused({}, "malformed");
    expect(ann.closed).toBeUndefined();
  });

  it("B15: nobody goes on with another's session without its key, here or on another copy", async () => {
    const ann = await world.player(copy, "Ann");
    const { session } = ann.welcome;
    await refused({ resume: { session, key: "guess", marks } }, "bad-resume");
    await refused({ resume: { session: "unknown", key: "guess", marks } }, "bad-resume");
    const other = await world.copy();
    const wire = await world.wire(other);
    wire.hello({ resume: { session, key: "guess", marks } });
    expect(await wire.code()).toBe(errors["bad-resume"].close);
    await ann.settled();
    expect(ann.closed).toBeUndefined();
  });

  it("B16: a client that goes away in the middle of its greeting leaves nothing behind for ever", async () => {
    const wire = await world.wire(copy);
    wire.hello({ ticket: await world.ticket(copy, "Ann") });
    wire.cut();
    await wire.until("it is told that she is away", () =>
      world.asked.some((ask) => ask.player === "p-ann" && !ask.online),
    );
    expect(await world.player(copy, "Ann")).toBeDefined();
  });
});

describe("upgrades", () => {
  const upgrade = (path: string, headers: Record<string, string>): Promise<number> =>
    new Promise((done, fail) => {
      const { hostname, port } = new URL(copy.http);
      const asked = request({
        ...{ hostname, port, path },
        headers: {
          ...{ connection: "Upgrade", upgrade: "websocket", "sec-websocket-version": "13" },
          "sec-websocket-key": Buffer.alloc(16, 1).toString("base64"),
          ...headers,
        },
      });
      asked.on("response", (res) => done(res.resume().statusCode ?? 0));
      asked.on("upgrade", (res, socket) => {
        socket.destroy();
        done(res.statusCode ?? 0);
      });
      asked.on("error", fail);
      asked.end();
    });
  const offering = (protocol: string) => ({ "sec-websocket-protocol": protocol });

  it("B17: a known subprotocol is taken, wherever it stands among those offered", async () => {
    expect(await upgrade("/ws", offering(SUBPROTOCOL_MSGPACK))).toBe(101);
    expect(await upgrade("/ws", offering(`other, ${SUBPROTOCOL_JSON}`))).toBe(101);
  });

  it.each(["underlode.v9", "constructor", "toString", "__proto__", "hasOwnProperty"])(
    "B18: the subprotocol %s is refused",
    async (name) => expect(await upgrade("/ws", offering(name))).toBe(400),
  );

  it("B19: no subprotocol, another path and a strange web page are refused, each by its status", async () => {
    expect(await upgrade("/ws", {})).toBe(400);
    expect(await upgrade("/", offering(SUBPROTOCOL_JSON))).toBe(404);
    expect(await upgrade("/ws/more", offering(SUBPROTOCOL_JSON))).toBe(404);
    const evil = { ...offering(SUBPROTOCOL_JSON), origin: "https://evil.example" };
    expect(await upgrade("/ws", evil)).toBe(403);
  });

  it("B20: a web page that the operator named may connect", async () => {
    copy = await world.copy({ origins: ["https://game.example"] });
    const page = { ...offering(SUBPROTOCOL_JSON), origin: "https://game.example" };
    expect(await upgrade("/ws", page)).toBe(101);
  });
});

const marks = { chat: 0, mail: 0 };
const bytes = (...list: number[]): Uint8Array => Uint8Array.from(list);
