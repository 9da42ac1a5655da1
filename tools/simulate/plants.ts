import {
  type Applied,
  journal,
  type Marks,
  pack,
  records,
  instance as subjects,
  type TickMessage,
  unpack,
} from "@underlode/contracts";
import type { Bus } from "@underlode/runtime";

export type Role = "connection" | "instance" | "chat" | "persistence" | "manager";

/** A mistake that is put into the system on purpose, to see that the checks find it. */
export type Plant = {
  readonly about: string;
  /** Rules of which at least one must be found broken. */
  readonly finds: readonly string[];
  readonly bus?: (role: Role, bus: Bus) => Bus;
  /** What a client says of how far it has come. */
  readonly marks?: (marks: Marks) => Marks;
  readonly factsTwice?: boolean;
};

// biome-ignore lint/suspicious/noExplicitAny: a decorator passes on what it does not know
type Any = any;

/** A bus of which some methods are other ones. */
const changed = (bus: Bus, other: (bus: Bus) => Partial<Record<keyof Bus, unknown>>): Bus => {
  const methods = other(bus) as Record<string | symbol, unknown>;
  return new Proxy(bus, {
    get: (target, name) => {
      if (name in methods) return methods[name];
      const value = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
};

const only =
  (role: Role, other: (bus: Bus) => Partial<Record<keyof Bus, unknown>>) =>
  (of: Role, bus: Bus): Bus =>
    of === role ? changed(bus, other) : bus;

const isTick = (event: unknown): boolean => event === journal.tick;
const copyOf = <T>(value: T): T => unpack(pack(value)) as T;

/** Readers take whatever any owner says for the word of the last one. */
const noEpochs = (bus: Bus) => {
  let newest = 0;
  const raised = (message: TickMessage): TickMessage => {
    newest = Math.max(newest, message.epoch);
    return { ...message, epoch: newest };
  };
  return {
    hear: (event: Any, ids: Any, handler: Any, options: Any) =>
      isTick(event)
        ? bus.hear(event, ids, (body: Any, of: Any) => handler(raised(body), of), options)
        : bus.hear(event, ids, handler, options),
  };
};

const forgotten = <T extends { body: { applied?: Applied } }>(stored: T): T => {
  const copy = copyOf(stored);
  if (copy.body.applied !== undefined) copy.body.applied = {};
  return copy;
};

/** An owner that takes a run up does not know which commands the one before had taken. */
const forgetfulDoor = (bus: Bus) => ({
  read: async (event: Any, ids: Any, from: Any) =>
    ((await bus.read(event, ids, from)) as Any[]).map(forgotten),
  last: async (event: Any, ids: Any) => {
    const last: Any = await bus.last(event, ids);
    return last === undefined || isTick(event) ? last : forgotten(last);
  },
});

/** A claim goes behind whatever is there: two can win. */
const noLock = (bus: Bus) => ({
  append: (event: Any, ids: Any, body: TickMessage, options: Any) =>
    isTick(event) && body.kind === "claim"
      ? bus.append(event, ids, body as Any, {})
      : bus.append(event, ids, body as Any, options),
});

/** A line is acknowledged first, and stored when there is time. */
const STORED_LATER_MS = 100;
const saidUnstored = (bus: Bus) => ({
  append: async (event: Any, ids: Any, body: Any) => {
    setTimeout(() => void bus.append(event, ids, body), STORED_LATER_MS);
    return { ok: true, seq: 1 };
  },
});

/** Mail has no key by which the store knows it again. */
const mailUnkeyed = (bus: Bus) => ({
  append: (event: Any, ids: Any, body: Any) => bus.append(event, ids, body),
});

/** A reader that takes the next message for the one it waits for, whatever its number. */
const gapsUnseen = (bus: Bus) => {
  let [last, skipped] = [0, 0];
  const closed = (message: TickMessage): TickMessage => {
    skipped += Math.max(0, message.n - skipped - last - 1);
    last = Math.max(last, message.n - skipped);
    return { ...message, n: message.n - skipped };
  };
  return {
    hear: (event: Any, ids: Any, handler: Any, options: Any) =>
      isTick(event)
        ? bus.hear(event, ids, (body: Any, of: Any) => handler(closed(body), of), options)
        : bus.hear(event, ids, handler, options),
    ask: async (call: Any, ids: Any, body: Any) => {
      const answer: Any = await bus.ask(call, ids, body);
      if (call === subjects.view && answer.ok) [last, skipped] = [answer.value.n, 0];
      return answer;
    },
  };
};

/** Of a run that the streams have forgotten, nobody asks how often it was claimed. */
const epochsAnew = (bus: Bus) => ({
  ask: async (call: Any, ids: Any, body: Any) => {
    const answer: Any = await bus.ask(call, ids, body);
    if (call !== records.save || !answer.ok) return answer;
    const { snapshot } = answer.value;
    const value = { claimed: 0, ...(snapshot && { snapshot: { ...snapshot, epoch: 0 } }) };
    return { ok: true, value };
  },
});

export const plants: Readonly<Record<string, Plant>> = {
  "no-epoch-check": {
    about: "the connection service takes ticks of owners that were replaced",
    finds: ["stale", "picture", "taken back"],
    bus: only("connection", noEpochs),
  },
  "resume-off-by-one": {
    about: "a client that comes back says it has had one line more than it had",
    finds: ["chat"],
    marks: ({ chat, mail }) => ({ chat: chat + 1, mail }),
  },
  "facts-twice": { about: "the database has no key for facts", finds: ["facts"], factsTwice: true },
  "door-forgets": {
    about: "a new owner takes commands again that the one before had taken",
    finds: ["commands", "taken back"],
    bus: only("instance", forgetfulDoor),
  },
  "claim-without-lock": {
    about: "a claim does not say behind which message it belongs",
    finds: ["journal", "facts"],
    bus: only("instance", noLock),
  },
  "epochs-anew": {
    about: "a run that the streams have forgotten is claimed as if for the first time",
    finds: ["stale", "picture", "taken back", "healed", "journal", "facts"],
    bus: only("instance", epochsAnew),
  },
  "gaps-unseen": {
    about: "the connection service does not notice that a tick is missing",
    finds: ["picture", "taken back"],
    bus: only("connection", gapsUnseen),
  },
  "said-unstored": {
    about: "chat says ok before a line is stored",
    finds: ["chat"],
    bus: only("chat", saidUnstored),
  },
  "mail-unkeyed": {
    about: "what is saved is told as often as it is delivered",
    finds: ["saved"],
    bus: only("persistence", mailUnkeyed),
  },
};
