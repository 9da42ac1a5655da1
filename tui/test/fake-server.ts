import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { pathToFileURL } from "node:url";
import {
  type Act,
  ClientFrame,
  type Frame,
  OPTIONS_DEFAULT,
  type Party,
  PartyId,
  PlayerId,
  pack,
  type ServerFrame,
  SessionId,
  unpack,
} from "@underlode/contracts";
import { HEIGHT, isOpen, legend, look, OWN_THING, pictureAt, WIDTH } from "./fake-dungeon.ts";
import { FakeShowing } from "./fake-showing.ts";
import { accept, type TinySocket } from "./tiny-socket.ts";

/** A server with one player and one floor, in this process: for tests, and to look at screens. */
export type FakeServer = {
  readonly url: string;
  /** All that the client has said. */
  readonly said: ClientFrame[];
  /** Sends a frame to the client, as if something had happened. */
  send(frame: ServerFrame): void;
  /** Cuts the socket, as a server that falls over does. */
  cut(): void;
  close(): Promise<void>;
};

const ANA = PlayerId.parse("p1");
const PARTY = PartyId.parse("party1");
const STARTED = { floor: 1, x: 40, y: 10 };
const DX = [0, 1, 1, 1, 0, -1, -1, -1] as const;
const DY = [-1, -1, 0, 1, 1, 1, 0, -1] as const;

export const fakeServer = async (port = 0): Promise<FakeServer> => {
  const said: ClientFrame[] = [];
  let player: FakePlayer | undefined;
  const server = createServer(answer);
  server.on("upgrade", (request, stream) => {
    const json = request.headers["sec-websocket-protocol"]?.includes("json") ?? false;
    const one = new FakePlayer(() => socket, json);
    player = one;
    const socket: TinySocket = accept(request, stream, (message) => {
      const frame = ClientFrame.parse(
        json ? JSON.parse(Buffer.from(message).toString()) : unpack(message),
      );
      said.push(frame);
      one.hear(frame);
    });
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const address = server.address() as AddressInfo;
  return {
    url: `ws://127.0.0.1:${address.port}/ws`,
    said,
    send: (frame) => player?.send(frame),
    cut: () => player?.cut(),
    close: () =>
      new Promise((resolve) => {
        player?.cut();
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
};

const identity = { account: "a1", player: ANA, name: "Ana", guest: true };

const answers: Readonly<Record<string, unknown>> = {
  "/api/guest": { token: "token-of-ana", identity },
  "/api/auth": { token: "token-of-ana", identity: { ...identity, guest: false } },
  "/api/register": { token: "token-of-ana", identity: { ...identity, guest: false } },
  "/api/keep": { identity: { ...identity, guest: false } },
  "/api/ticket": { ticket: "ticket", expiresInMs: 30_000 },
  "/api/logout": {},
  "/api/world-stats": { characters: 1234, runs: 512, victories: 7, deaths: 498, deepestFloor: 9 },
  "/api/me": {
    ...{ player: ANA, name: "Ana", guest: true },
    ...{ runs: 3, victories: 0, deaths: 3, deepestFloor: 2, oreBanked: 0 },
  },
};

const head = { game: "dungeon", content: "c", build: "b" };
const HOUR_MS = 3_600_000;
/** Lists of runs, as of now. */
const lists: Readonly<Record<string, () => unknown>> = {
  "/api/watchable": () => [
    {
      ...{ party: "party7", instance: "run7", names: ["Cy", "Di-of-the-Deep"] },
      ...{ classes: ["mage", "healer"], delayMs: 30_000 },
    },
  ],
  "/api/replays": () =>
    [
      { outcome: "defeat", floors: 3, names: ["Ana", "Bo-the-Unbreakable"], lengthMs: 754_000 },
      { outcome: "victory", floors: 9, names: ["Cy"], lengthMs: 4_369_000 },
      { outcome: "abandoned", floors: 1, names: ["Di-of-the-Deep"], lengthMs: 80_200 },
    ].map((run, i) => ({
      ...{ ...head, ...run, instance: `run${i + 1}` },
      endedAt: Date.now() - (1 + 9 * i) * HOUR_MS,
    })),
  "/api/replays/mine": () => [],
};

const answer = (request: IncomingMessage, response: ServerResponse): void => {
  const body = answers[request.url ?? ""] ?? lists[request.url ?? ""]?.();
  response.writeHead(body ? 200 : 404, { "content-type": "application/json" });
  response.end(JSON.stringify(body ?? { error: { code: "not-found", reason: "No such thing." } }));
};

class FakePlayer {
  readonly #socket: () => TinySocket;
  readonly #json: boolean;
  #mark = 0;
  #n = 1;
  #timeMs = 1000;
  #x = STARTED.x;
  #y = STARTED.y;
  #cells: Uint16Array = new Uint16Array(WIDTH * HEIGHT);
  #party: Party | null = null;
  readonly #showing = new FakeShowing((frame) => this.send(frame));

  constructor(socket: () => TinySocket, json: boolean) {
    this.#socket = socket;
    this.#json = json;
  }

  send(frame: ServerFrame): void {
    this.#socket().send(this.#json ? JSON.stringify(frame) : pack(frame));
  }

  cut(): void {
    this.#showing.stop();
    this.#socket().close(1011);
  }

  hear(frame: ClientFrame): void {
    if (frame.t === "hello") this.#welcome();
    else if (frame.t === "act") this.#act(frame.seq, frame.act);
    else if (frame.t === "look") this.#look();
    else {
      this.#change(frame);
      this.send({ t: frame.t === "ping" ? "pong" : "ok", id: frame.id });
    }
  }

  #welcome(): void {
    this.send({
      ...{ t: "welcome", protocol: 1, build: "fake", session: SessionId.parse("s1"), key: "k" },
      ...{ player: ANA, name: "Ana", guest: true, resumed: false, marks: { chat: 0, mail: 0 } },
    });
    this.#tellParty();
  }

  #change(frame: ClientFrame): void {
    if (frame.t === "party.create" || frame.t === "party.join") this.#party = freshParty();
    else if (frame.t === "party.leave") this.#party = null;
    else if (frame.t === "party.class") this.#changeMe({ class: frame.class });
    else if (frame.t === "party.ready") this.#changeMe({ ready: frame.ready });
    else if (frame.t === "party.watch") this.#watchable(frame.delayMs);
    else if (frame.t === "party.delve") return this.#delve();
    else if (frame.t === "watch" || frame.t === "watch.set" || frame.t === "watch.stop")
      return this.#showing.hear(frame);
    else if (frame.t === "chat") return this.#chat(frame.channel, frame.text);
    else if (frame.t === "whisper") return this.#chat("whisper", frame.text);
    this.#tellParty();
  }

  #changeMe(change: Partial<Party["members"][number]>): void {
    if (!this.#party) return;
    const [me, ...others] = this.#party.members;
    this.#party = { ...this.#party, members: [{ ...me!, ...change }, ...others] };
  }

  #watchable(watchDelayMs: number | null): void {
    if (this.#party) this.#party = { ...this.#party, watchDelayMs };
  }

  #tellParty(): void {
    this.send({ t: "party", party: this.#party });
  }

  #chat(channel: "party" | "global" | "whisper", text: string): void {
    const line = { channel, from: "Ana", text, at: 0 };
    this.send({ t: "chat", mark: ++this.#mark, line });
  }

  #delve(): void {
    if (this.#party) this.#party = { ...this.#party, at: DELVING };
    this.#tellParty();
    this.send({ t: "legend", legend });
    this.#look();
  }

  #look(): void {
    const picture = pictureAt(this.#x, this.#y, PARTY);
    this.#cells = look(this.#cells, this.#x, this.#y);
    this.send({ ...picture, n: this.#n, timeMs: this.#timeMs });
  }

  #act(seq: number, act: Act): void {
    this.#timeMs += 100;
    const base = {
      t: "tick",
      n: this.#n + 1,
      of: this.#n,
      timeMs: this.#timeMs,
      applied: seq,
    } as const;
    this.#n += 1;
    if (act.do !== "step") {
      return this.send({ ...base, refused: [[seq, `Nothing comes of it: ${act.do}.`]] });
    }
    const x = this.#x + DX[act.dir]!;
    const y = this.#y + DY[act.dir]!;
    if (!isOpen(x, y)) return this.send({ ...base, refused: [[seq, "There is a wall."]] });
    this.#x = x;
    this.#y = y;
    this.send({ ...base, delta: this.#delta() });
  }

  #delta(): Frame<"tick">["delta"] {
    const next = look(this.#cells, this.#x, this.#y);
    const cells: number[] = [];
    for (const [at, cell] of next.entries()) if (cell !== this.#cells[at]) cells.push(at, cell);
    this.#cells = next;
    return { floor: 1, cells, things: [[OWN_THING, 0, this.#x, this.#y, -1, 1, "Ana"]] };
  }
}

const DELVING = { phase: "delving", instance: "i1", host: "h1" } as unknown as Party["at"];

const freshParty = (): Party => ({
  party: PARTY,
  code: "K7QX2M",
  leader: ANA,
  members: [{ player: ANA, name: "Ana", class: null, ready: false, online: true }],
  at: { phase: "gathering" },
  watchDelayMs: 30_000,
  options: OPTIONS_DEFAULT,
  version: 1,
});

// Run by itself it serves until it is stopped, to look at the client by hand.
if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { url } = await fakeServer(Number(process.env.PORT ?? 0));
  process.stdout.write(`${url}\n`);
}
