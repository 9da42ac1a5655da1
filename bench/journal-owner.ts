// The process of bench/journal.ts that owns the runs: the real instances on the real bus. With the journal off, what
// an instance asks of the store is answered here, and its ticks go out all the same, to no stream.
import { InstanceId, journal, type TickMessage } from "@underlode/contracts";
import { type Bus, connectBus, type Log } from "@underlode/runtime";
import { realTime } from "../services/game-instance/src/clock.ts";
import { runInstance } from "../services/game-instance/src/instance.ts";
import { game, type Recorded } from "./headless.ts";

/** What the parent orders first. */
export type Setting = {
  nats: { url: string; user: string; password: string };
  isOn: boolean;
  runs: { instance: string; start: Recorded["start"] }[];
};
/** When a message went out, by its run and number. */
export type SentAt = Record<string, number>;
export const keyOf = (instance: string, n: number): string => `${instance} ${n}`;
/** Ms of a clock that all processes share. */
export const nowMs = (): number => Number(process.hrtime.bigint()) / 1e6;

const silent = { info() {}, warn() {}, error() {} } as unknown as Log;

const own = async ({ nats, isOn, runs }: Setting): Promise<void> => {
  const real = await connectBus({ ...nats, name: "bench-owner" });
  const sent: SentAt = {};
  const bus = timed(isOn ? real : withoutStore(real), sent);
  for (const { instance, start } of runs)
    await runInstance({
      ...{ instance: InstanceId.parse(instance), start, simulation: game, bus, log: silent },
      ...{ time: realTime, owner: "bench", onOver: () => {} },
    });
  await real.healthy();
  process.on("message", () => process.send?.(sent));
  process.send?.("ready");
};

/** Notes when each tick goes out. */
const timed = (bus: Bus, sent: SentAt): Bus => {
  const note = (event: object, { instance }: { instance?: string }, body: { n?: number }): void => {
    if (event === journal.tick) sent[keyOf(instance ?? "", body.n ?? 0)] = nowMs();
  };
  return layered(bus, {
    post: (event, ids, body) => {
      note(event, ids, body as TickMessage);
      return bus.post(event, ids, body);
    },
    append: (event, ids, body, options) => {
      note(event, ids, body as TickMessage);
      return bus.append(event, ids, body, options);
    },
  });
};

const unheard: readonly string[] = [journal.fact.pattern, journal.snapshot.pattern];

/** Everything is stored at once, and nowhere. */
const withoutStore = (bus: Bus): Bus => {
  let seq = 0;
  // biome-ignore lint/suspicious/noExplicitAny: whatever was appended comes back as it was
  const newest = new Map<string, any>();
  return layered(bus, {
    post: (event, ids, body) => {
      newest.set(JSON.stringify(ids), { seq: ++seq, body });
      return bus.post(event, ids, body);
    },
    append: async (event, ids, body) => {
      newest.set(JSON.stringify(ids), { seq: ++seq, body });
      if (event.pattern === journal.tick.pattern) bus.post(event, ids, body);
      return { ok: true, seq };
    },
    last: async (_, ids) => newest.get(JSON.stringify(ids)),
    read: async () => [],
    tell: (event, ids, body, options) => {
      if (!unheard.includes(event.pattern)) bus.tell(event, ids, body, options);
    },
  });
};

const layered = (bus: Bus, over: Partial<Bus>): Bus =>
  new Proxy(bus, {
    get: (target, name) => {
      if (name in over) return over[name as keyof Bus];
      const value = target[name as keyof Bus];
      return typeof value === "function" ? value.bind(target) : value;
    },
  });

if (process.send) process.once("message", (setting: Setting) => void own(setting));
