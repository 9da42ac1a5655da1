// A TCP gate in front of a program: what passes can be held up, slowed down, cut and refused, without a right to
// change the machine's own network.
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** Ports behind a gate; of several, each newcomer gets the next one that answers. */
export type Targets = () => readonly number[];

export interface Gate {
  readonly port: number;
  /** Everything passes again, what was held up first. */
  open(): void;
  /** Nothing passes and nobody is told: a partition. */
  hold(): void;
  /** Who knocks is turned away, who is inside is thrown out. */
  refuse(): void;
  /** Adds so many ms to each way. */
  slow(ms: number): void;
  /** Ends every connection at once, without a word. */
  cut(): void;
  stop(): Promise<void>;
}

interface State {
  mode: "open" | "held" | "refusing";
  delayMs: number;
  lanes: Set<Lane>;
}

export async function openGate(targets: Targets): Promise<Gate> {
  const state: State = { mode: "open", delayMs: 0, lanes: new Set() };
  let turn = 0;
  const server = createServer({ pauseOnConnect: true }, (near) => {
    near.on("error", () => {});
    if (state.mode === "refusing") return near.destroy();
    const ports = targets();
    const order = ports.map((_, i) => ports[(turn + i) % ports.length] as number);
    turn++;
    void join(state, near, order);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const cut = () => {
    for (const lane of [...state.lanes]) lane.end();
  };
  const become = (mode: State["mode"]) => {
    state.mode = mode;
    for (const lane of state.lanes) lane.look();
  };
  return {
    port: (server.address() as AddressInfo).port,
    open: () => {
      state.delayMs = 0;
      become("open");
    },
    hold: () => become("held"),
    refuse: () => {
      become("refusing");
      cut();
    },
    slow: (ms) => {
      state.delayMs = ms;
    },
    cut,
    stop: async () => {
      cut();
      const closed = once(server, "close");
      server.close();
      await closed;
    },
  };
}

async function join(state: State, near: Socket, ports: readonly number[]): Promise<void> {
  for (const port of ports) {
    const far = await reach(port);
    if (far === undefined) continue;
    // Held up together: one way of a connection never gets ahead of the gate.
    const there = new Lane(state, near, far);
    const back = new Lane(state, far, near);
    return void [there, back].map((lane) => lane.look());
  }
  near.destroy();
}

function reach(port: number): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const far = connect({ port, host: "127.0.0.1" });
    far.pause();
    far.once("connect", () => resolve(far));
    far.on("error", () => resolve(undefined));
  });
}

/** One direction of one connection. */
class Lane {
  readonly #state: State;
  readonly #from: Socket;
  readonly #to: Socket;
  #waiting: { chunk: Buffer; dueMs: number }[] = [];
  #timer: NodeJS.Timeout | undefined;
  #over = false;

  constructor(state: State, from: Socket, to: Socket) {
    this.#state = state;
    this.#from = from;
    this.#to = to;
    state.lanes.add(this);
    from.setNoDelay(true);
    from.on("data", (chunk: Buffer) => this.#take(chunk));
    from.on("close", () => {
      this.#over = true;
      this.#pass();
    });
  }

  look(): void {
    if (this.#state.mode === "held") this.#from.pause();
    else this.#from.resume();
    this.#pass();
  }

  end(): void {
    this.#waiting = [];
    this.#from.destroy();
    this.#to.destroy();
    this.#leave();
  }

  #take(chunk: Buffer): void {
    const dueMs = performance.now() + this.#state.delayMs;
    this.#waiting.push({ chunk, dueMs: Math.max(dueMs, this.#waiting.at(-1)?.dueMs ?? 0) });
    this.#pass();
  }

  /** Sends what is due, in order; the end of a connection is the last to arrive. */
  #pass(): void {
    clearTimeout(this.#timer);
    if (this.#state.mode === "held") return;
    for (let head = this.#waiting[0]; head !== undefined; head = this.#waiting[0]) {
      const inMs = head.dueMs - performance.now();
      if (inMs > 0.5) {
        this.#timer = setTimeout(() => this.#pass(), inMs);
        return;
      }
      this.#waiting.shift();
      if (!this.#to.destroyed) this.#to.write(head.chunk);
    }
    if (!this.#over) return;
    this.#to.destroySoon();
    this.#leave();
  }

  #leave(): void {
    clearTimeout(this.#timer);
    this.#state.lanes.delete(this);
  }
}
