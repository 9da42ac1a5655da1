import { type ServerFrame, SessionId } from "@underlode/contracts";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Client, type ConnectOptions, connect } from "../src/connect.ts";
import type { ConnectionState } from "../src/core.ts";
import { newSeen } from "../src/seen.ts";
import type { Encoding } from "../src/wire.ts";
import { type FakeServer, fakeServer, type Line, queue } from "./fake-server.ts";

const session = SessionId.parse("s1");
const welcome = (over: object = {}) =>
  ({
    ...{ t: "welcome", protocol: 1, build: "b", session, key: "k1", player: "p1", name: "Ann" },
    ...{ guest: true, resumed: false, marks: { chat: 0, mail: 0 }, ...over },
  }) as ServerFrame;

let server: FakeServer;
const clients: Client[] = [];
beforeEach(async () => {
  server = await fakeServer();
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  await server.stop();
});

const join = (over: Partial<ConnectOptions> = {}) => {
  const frames = queue<ServerFrame>();
  const states = queue<ConnectionState>();
  const client = connect({
    ...{ url: server.url, token: "tok", build: "test/1", random: () => 0 },
    ...{ onFrame: frames.put, onState: states.put, ...over },
  });
  clients.push(client);
  return { client, frames, states };
};

/** A client that has been welcomed, with the server's side of its socket. */
const joined = async (over: Partial<ConnectOptions> = {}) => {
  const parts = join(over);
  const line = await welcomed(parts.frames);
  await parts.states.take();
  return { ...parts, line };
};
const welcomed = async (frames: { take(): Promise<ServerFrame> }, over: object = {}) => {
  const line = await server.line();
  await line.next();
  line.send(welcome(over));
  await frames.take();
  return line;
};

describe.each<Encoding>(["msgpack", "json"])("in %s", (encoding) => {
  it("a client says hello with a ticket and hears the welcome", async () => {
    const { client, frames, states } = join({ encoding });
    const line = await server.line();
    expect(line.subprotocol).toBe(encoding === "json" ? "underlode.v1.json" : "underlode.v1");
    const hello = { t: "hello", protocol: 1, build: "test/1", ticket: "ticket-1" };
    expect(await line.next()).toEqual(hello);
    line.send(welcome());
    expect(await states.take()).toEqual({ at: "online", resumed: false, lost: 0 });
    expect(await frames.take()).toEqual(welcome());
    expect(client.traffic).toMatchObject({ sockets: 1, frames: 1, sent: 1 });
    expect(client.traffic.bytes).toBeGreaterThan(20);
  });

  it("commands are numbered from the welcome on", async () => {
    const { client, line } = await joined({ encoding });
    expect([client.act({ do: "wait" }), client.act({ do: "step", dir: 3 })]).toEqual([1, 2]);
    expect(await line.next()).toEqual({ t: "act", seq: 1, act: { do: "wait" } });
    expect(await line.next()).toEqual({ t: "act", seq: 2, act: { do: "step", dir: 3 } });
  });

  it("what must not be lost is passed on once", async () => {
    const { frames, line } = await joined({ encoding });
    for (const mark of [4, 4, 9]) line.send({ t: "notice", mark, text: "hi", tone: "info" });
    expect([await frames.take(), await frames.take()]).toMatchObject([{ mark: 4 }, { mark: 9 }]);
  });
});

describe("questions", () => {
  const numberOf = async (line: Line) => {
    const frame = await line.next();
    return "id" in frame ? frame.id : -1;
  };

  it("are answered by their number, in any order", async () => {
    const { client, line } = await joined();
    const first = client.ask({ t: "party.create" });
    const second = client.ask({ t: "party.join", code: "ABCDEF" });
    const [one, two] = [await numberOf(line), await numberOf(line)];
    line.send({ t: "error", id: two, code: "no-such-party", reason: "No." }, { t: "ok", id: one });
    expect(await second).toEqual({ ok: false, error: { code: "no-such-party", reason: "No." } });
    expect(await first).toEqual({ ok: true, value: undefined });
  });

  it("are refused when the socket is lost, and while away", async () => {
    const { client, line, states } = await joined();
    const asked = client.ask({ t: "ping" });
    await line.next();
    line.cut();
    expect(await asked).toMatchObject({ error: { code: "unavailable" } });
    expect(await states.take()).toMatchObject({ at: "waiting" });
    expect(await client.ask({ t: "ping" })).toMatchObject({ error: { code: "unavailable" } });
    expect(client.act({ do: "wait" })).toBeUndefined();
  });
});

describe("coming back", () => {
  it("a moving server is left and the session resumed", async () => {
    const { frames, line, states } = await joined();
    line.send({ t: "chat", mark: 1, line: chatLine }, { t: "moving", retryMs: 20 });
    line.close(1012);
    const again = await server.line();
    const marks = { chat: 1, mail: 0 };
    expect(await again.next()).toMatchObject({ resume: { session, key: "k1", marks } });
    again.send(welcome({ resumed: true, marks }), { t: "chat", mark: 1, line: chatLine });
    again.send({ t: "chat", mark: 2, line: { ...chatLine, text: "two" } });
    const heard = [await frames.take(), await frames.take(), await frames.take()];
    expect(heard.map((frame) => frame.t)).toEqual(["chat", "moving", "welcome"]);
    expect(await frames.take()).toMatchObject({ t: "chat", mark: 2 });
    const went = [await states.take(), await states.take(), await states.take()];
    expect(went.map((state) => state.at)).toEqual(["waiting", "connecting", "online"]);
  });

  it("commands that were lost with a socket are told of when that is sure", async () => {
    const { client, frames, line, states } = await joined();
    for (let n = 0; n < 3; n++) client.act({ do: "wait" });
    line.close(1012);
    const again = await welcomed(frames, { resumed: true });
    again.send({ t: "tick", n: 9, of: 8, timeMs: 0, applied: 1 }, picture);
    const went = [await states.take(), await states.take(), await states.take()];
    expect(went.at(-1)).toEqual({ at: "online", resumed: true, lost: 0 });
    expect(await states.take()).toEqual({ at: "online", resumed: true, lost: 2 });
  });

  it("a lost session begins anew with a new ticket", async () => {
    const { frames, line } = await joined();
    line.cut();
    const again = await server.line();
    await again.next();
    again.close(4404, "The session is gone.");
    const anew = await server.line();
    expect(await anew.next()).toMatchObject({ ticket: "ticket-2" });
    anew.send(welcome({ session: "s2" }));
    expect(await frames.take()).toMatchObject({ t: "welcome", session: "s2" });
  });

  it("a client that was replaced stays away and says why", async () => {
    const { client, line, states } = await joined();
    line.close(4409, "You came in from elsewhere.");
    const closed = { at: "closed", code: "replaced", reason: "You came in from elsewhere." };
    expect(await states.take()).toEqual(closed);
    expect(client.send({ t: "look" })).toBe(false);
  });

  it("a token that is not good any more ends it", async () => {
    server.api["POST /api/ticket"] = () => ({
      ...{ status: 401, json: { error: { code: "unauthorised", reason: "Log in." } } },
    });
    const { states } = join();
    expect(await states.take()).toMatchObject({ at: "closed", code: "unauthorised" });
  });

  it("a server that cannot be reached is tried again", async () => {
    const { states } = join({ url: "ws://127.0.0.1:1/ws" });
    expect(await states.take()).toMatchObject({ at: "waiting", attempt: 1 });
  });
});

describe("frames", () => {
  it("of a kind that the client does not know are passed over", async () => {
    const { frames, line } = await joined();
    line.sendRaw({ t: "brand-new", x: 1 });
    line.sendRaw("nonsense");
    line.send({ t: "notice", mark: 1, text: "hi", tone: "info" });
    expect(await frames.take()).toMatchObject({ t: "notice" });
  });

  it("with a gap before them make the client ask for the picture", async () => {
    const seen = newSeen();
    const { frames, line } = await joined({ seen });
    line.send({ t: "tick", n: 9, of: 8, timeMs: 100 });
    expect(await line.next()).toEqual({ t: "look" });
    await frames.take();
    expect(seen.n).toBe(-1);
  });
});

const chatLine = { channel: "party" as const, from: "Bob", text: "one", at: 0 };
const picture = {
  ...{ t: "picture", party: "x1", n: 9, timeMs: 0, crew: [], self: {}, log: [], applied: 0 },
  picture: { floor: 1, name: "", width: 1, height: 1, cells: [1, 0], things: [] },
} as unknown as ServerFrame;
