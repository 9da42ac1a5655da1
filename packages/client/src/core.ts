import {
  type Act,
  type ClientFrame,
  type ErrorCode,
  errors,
  type Frame,
  type Marks,
  PROTOCOL,
  type ServerFrame,
} from "@underlode/contracts";

/** Waits between attempts: doubling from the first to the longest, less up to half by chance. */
export const RETRY_MS_FIRST = 200;
export const RETRY_MS_MAX = 10_000;
/** Spread of the first attempt after a copy of the server went away in an orderly way. */
export const MOVED_SPREAD_MS = 50;
/** Least wait after the server cut this client for doing too much. */
export const CUT_WAIT_MS = 2_000;
/** A command that the first picture after a loss does not have, nor a tick until then, was lost. */
export const LOST_AFTER_MS = 1_000;

const WS_RESTART = 1012;

type Session = { session: Frame<"welcome">["session"]; key: string };

/** What the outside sees of a connection. */
export type ConnectionState =
  | { at: "connecting" }
  /**
   * `lost`: commands sent before the last loss of the socket, or of the dungeon since, that were never
   * taken. It is known some time after a picture has come; then the state is told again.
   */
  | { at: "online"; resumed: boolean; lost: number }
  /** `planned`: the server is being replaced and said so; the session goes on in a moment. */
  | { at: "waiting"; retryInMs: number; attempt: number; planned: boolean; reason: string }
  | { at: "closed"; code: ErrorCode | "bye"; reason: string };

type Phase =
  | { at: "ticketing" }
  | { at: "opening"; as: { ticket: string } | Session }
  | { at: "greeting" }
  | { at: "online"; resumed: boolean; lost: number; movingMs?: number }
  | Extract<ConnectionState, { at: "waiting" | "closed" }>;

/** The protocol's memory, without socket, clock or timer. */
export type Core = {
  readonly build: string;
  readonly phase: Phase;
  readonly session: Session | undefined;
  /** How far this client has come in the streams of the server. */
  readonly marks: Marks;
  /** Last number given to a command, and the last of those sent before socket or dungeon was lost. */
  readonly acted: number;
  readonly doubtful: number;
  /** Up to this one, it is known of all commands what became of them. */
  readonly settled: number;
  /** Failures in a row, and whether the last one was a refused ticket. */
  readonly attempt: number;
  readonly ticketRefused: boolean;
  /** The error frame that came before a close, which may say why. */
  readonly refusal: ErrorCode | undefined;
};

export type Input =
  | { on: "start" }
  | { on: "ticket"; ticket: string }
  | { on: "noTicket"; code: ErrorCode; reason: string }
  | { on: "opened" }
  | { on: "frame"; frame: ServerFrame }
  | { on: "act"; act: Act }
  | { on: "lost"; close: number; reason: string }
  /** The wait asked for by `wake` is over. */
  | { on: "woke" }
  /** The wait asked for by `count` is over. */
  | { on: "countDue" }
  | { on: "stop" };

export type Effect =
  | { do: "getTicket" }
  | { do: "open" }
  | { do: "send"; frame: ClientFrame }
  | { do: "deliver"; frame: ServerFrame }
  | { do: "wake"; inMs: number }
  | { do: "count"; inMs: number }
  | { do: "shut" };

type Step = readonly [Core, readonly Effect[]];
type Handler<K extends Input["on"]> = (
  core: Core,
  input: Extract<Input, { on: K }>,
  random: () => number,
) => Step;

export const newCore = (build: string): Core => ({
  build,
  phase: { at: "ticketing" },
  session: undefined,
  marks: { chat: 0, mail: 0 },
  ...{ acted: 0, doubtful: 0, settled: 0 },
  attempt: 0,
  ticketRefused: false,
  refusal: undefined,
});

/** What the protocol asks to be done when something happens; `random` gives 0 to 1. */
export const step = (core: Core, input: Input, random: () => number): Step => {
  if (core.phase.at === "closed") return [core, []];
  return (handlers[input.on] as Handler<typeof input.on>)(core, input as never, random);
};

export const stateOf = ({ phase }: Core): ConnectionState => {
  if (phase.at === "waiting" || phase.at === "closed") return phase;
  if (phase.at !== "online") return { at: "connecting" };
  return { at: "online", resumed: phase.resumed, lost: phase.lost };
};

const handlers: { [K in Input["on"]]: Handler<K> } = {
  start: (core) => reach(core),
  ticket: (core, { ticket }) => [
    { ...core, phase: { at: "opening", as: { ticket } } },
    [{ do: "open" }],
  ],
  noTicket: (core, { code, reason }, random) =>
    code === "unauthorised" ? close(core, code, reason) : retry(core, reason, random),
  opened: (core) => greet(core),
  frame: (core, { frame }) => hear(core, frame),
  act: (core, { act }) => {
    if (core.phase.at !== "online") return [core, []];
    const seq = core.acted + 1;
    return [{ ...core, acted: seq }, [{ do: "send", frame: { t: "act", seq, act } }]];
  },
  lost: (core, input, random) => lost(core, input.close, input.reason, random),
  woke: (core) => (core.phase.at === "waiting" ? reach(core) : [core, []]),
  countDue: (core) => countLost(core),
  stop: (core) => close(core, "bye", "Closed by this client."),
};

/** With a session, straight to the socket; else a ticket first. */
const reach = (core: Core): Step =>
  core.session
    ? [{ ...core, phase: { at: "opening", as: core.session } }, [{ do: "open" }]]
    : [{ ...core, phase: { at: "ticketing" } }, [{ do: "getTicket" }]];

const greet = (core: Core): Step => {
  if (core.phase.at !== "opening") return [core, []];
  const { as } = core.phase;
  const how = "ticket" in as ? as : { resume: { ...as, marks: core.marks } };
  const frame: ClientFrame = { t: "hello", protocol: PROTOCOL, build: core.build, ...how };
  return [{ ...core, phase: { at: "greeting" }, refusal: undefined }, [{ do: "send", frame }]];
};

const hear = (core: Core, frame: ServerFrame): Step => {
  if (frame.t === "welcome") return welcomed(core, frame);
  if (frame.t === "error") {
    const settled = Math.max(core.settled, frame.seq ?? 0);
    return [{ ...core, settled, refusal: frame.code }, [{ do: "deliver", frame }]];
  }
  if (frame.t === "moving" && core.phase.at === "online") {
    const phase = { ...core.phase, movingMs: frame.retryMs };
    return [{ ...core, phase }, [{ do: "deliver", frame }]];
  }
  if ("mark" in frame && frame.mark !== undefined) return hearMarked(core, frame, frame.mark);
  if (frame.t === "picture" || frame.t === "tick") return hearOfCommands(core, frame);
  if (frame.t === "party") return hearOfParty(core, frame);
  return [core, [{ do: "deliver", frame }]];
};

const welcomed = (core: Core, frame: Frame<"welcome">): Step => {
  const { session, key, resumed, marks } = frame;
  const next: Core = {
    ...core,
    session: { session, key },
    phase: { at: "online", resumed, lost: 0 },
    marks,
    // A number that was once sent is never used for another command of the same session.
    ...(resumed ? { doubtful: core.acted } : { acted: 0, doubtful: 0, settled: 0 }),
    attempt: 0,
    ticketRefused: false,
    refusal: undefined,
  };
  return [next, [{ do: "deliver", frame }]];
};

/** What was received before is passed over; lines of a history come in any case. */
const hearMarked = (core: Core, frame: ServerFrame, mark: number): Step => {
  const stream = frame.t === "chat" ? "chat" : "mail";
  const isOld = frame.t === "chat" && frame.line.old === true;
  if (mark <= core.marks[stream]) return [core, isOld ? [{ do: "deliver", frame }] : []];
  return [{ ...core, marks: { ...core.marks, [stream]: mark } }, [{ do: "deliver", frame }]];
};

const hearOfCommands = (core: Core, frame: Frame<"picture"> | Frame<"tick">): Step => {
  const settled = Math.max(core.settled, frame.applied ?? 0);
  const isDoubtful = frame.t === "picture" && core.doubtful > settled;
  const count: readonly Effect[] = isDoubtful ? [{ do: "count", inMs: LOST_AFTER_MS }] : [];
  return [{ ...core, settled }, [{ do: "deliver", frame }, ...count]];
};

/** What was sent to a dungeon that died since may be lost; it is known soon after it is back. */
const hearOfParty = (core: Core, frame: Frame<"party">): Step => {
  const phase = frame.party?.at.phase;
  const next = phase === "recovering" ? { ...core, doubtful: core.acted } : core;
  const isDue = phase === "delving" && core.doubtful > core.settled;
  const count: readonly Effect[] = isDue ? [{ do: "count", inMs: LOST_AFTER_MS }] : [];
  return [next, [{ do: "deliver", frame }, ...count]];
};

const countLost = (core: Core): Step => {
  const { phase, doubtful, settled } = core;
  if (phase.at !== "online" || doubtful <= settled) return [core, []];
  const lost = phase.lost + doubtful - settled;
  return [{ ...core, settled: doubtful, phase: { ...phase, lost } }, []];
};

/** Where a copy cut this client off, by the close code or the error frame before it. */
const codeOf = (core: Core, closed: number): ErrorCode | undefined => {
  const byClose = Object.entries(errors).find(([, error]) => error.close === closed);
  if (byClose) return byClose[0] as ErrorCode;
  return core.refusal !== undefined && errors[core.refusal].close ? core.refusal : undefined;
};

const FATAL: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  "client-too-old",
  "client-too-new",
  "replaced",
  "unauthorised",
]);
const CUT: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  "rate-limited",
  "too-slow",
  "too-many-bad-frames",
  "frame-too-large",
]);

const lost = (core: Core, closed: number, reason: string, random: () => number): Step => {
  const { phase } = core;
  if (phase.at === "waiting" || phase.at === "ticketing") return [core, []];
  const code = codeOf(core, closed);
  const words = reason || (code ? errors[code].about : "The connection was lost.");
  if (code && FATAL.has(code)) return close(core, code, words);
  if (code === "bad-ticket") return ticketRefused(core, words, random);
  if (code === "bad-resume") return reach({ ...core, session: undefined, refusal: undefined });
  if (code && CUT.has(code)) return retry(core, words, random, CUT_WAIT_MS);
  if (phase.at !== "online") return retry(core, words, random);
  if (phase.movingMs !== undefined)
    return wait(core, words, jittered(phase.movingMs, random), true);
  if (closed === WS_RESTART) return wait(core, words, random() * MOVED_SPREAD_MS, true);
  return retry(core, words, random);
};

const ticketRefused = (core: Core, words: string, random: () => number): Step =>
  core.ticketRefused
    ? close(core, "bad-ticket", words)
    : retry({ ...core, session: undefined, ticketRefused: true }, words, random);

const retry = (core: Core, reason: string, random: () => number, leastMs = 0): Step => {
  const fullMs = Math.min(RETRY_MS_FIRST * 2 ** core.attempt, RETRY_MS_MAX);
  const inMs = Math.max(leastMs, jittered(fullMs, random));
  return wait({ ...core, attempt: core.attempt + 1 }, reason, inMs, false);
};

const jittered = (ms: number, random: () => number): number => ms * (0.5 + random() / 2);

const wait = (core: Core, reason: string, retryInMs: number, planned: boolean): Step => [
  { ...core, phase: { at: "waiting", retryInMs, attempt: core.attempt, planned, reason } },
  [{ do: "shut" }, { do: "wake", inMs: retryInMs }],
];

const close = (core: Core, code: ErrorCode | "bye", reason: string): Step => [
  { ...core, phase: { at: "closed", code, reason } },
  [{ do: "shut" }],
];
