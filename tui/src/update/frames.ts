import type { Frame, LogLine, Party, ServerFrame } from "@underlode/contracts";
import { CHAT_LINES_MAX, type FeedLine, type Model, type Step, walking } from "../model.ts";
import { stay, withFeed, withNote } from "./change.ts";
import { pursue } from "./goal.ts";
import { openChoices } from "./picking.ts";
import { hearWatching, isWatching, seenAt, watchAgain } from "./watch.ts";

type Hear<T extends ServerFrame["t"]> = (model: Model, frame: Frame<T>, nowMs: number) => Step;

/** What a frame of the server changes. Its sight is folded into `seen` before this hears of it. */
export const hearFrame = (model: Model, frame: ServerFrame, nowMs: number): Step =>
  (frames[frame.t] as Hear<typeof frame.t>)(model, frame as never, nowMs);

const frames: { [T in ServerFrame["t"]]: Hear<T> } = {
  welcome: (model, { player, name, guest, resumed }, nowMs) => {
    const next = {
      ...model,
      who: { player, name, guest },
      asked: undefined,
      party: resumed ? model.party : undefined,
    };
    return isWatching(next) ? watchAgain(next, nowMs) : pursue(next);
  },
  ok: stay,
  pong: stay,
  error: (model, { id, reason }, nowMs) =>
    stay(id === undefined ? withNote(model, reason, "warning", nowMs) : model),
  moving: (model, _frame, nowMs) =>
    stay(withNote(model, "The server moves you to another copy…", "info", nowMs)),
  party: (model, { party }, nowMs) => pursue(withParty(model, party, nowMs)),
  chat: (model, { line }) => {
    const chat = [...model.chat, line].slice(-CHAT_LINES_MAX);
    if (line.old) return stay({ ...model, chat });
    const own = line.from === model.who?.name;
    const reading = own || model.overlay?.at === "chat" || model.screen.at === "lobby";
    const unread = reading ? model.unread : model.unread + 1;
    return stay(withFeed({ ...model, chat, unread }, [{ from: "chat", line }]));
  },
  notice: (model, { text, tone }, nowMs) =>
    stay(withFeed(withNote(model, text, tone, nowMs), [{ from: "note", text, tone }])),
  saved: (model, { what }, nowMs) =>
    stay(
      withFeed(withNote(model, `Saved: ${what}`, "info", nowMs), [
        { from: "note", text: `Saved for good: ${what}`, tone: "info" },
      ]),
    ),
  end: (model, { end }) =>
    stay({ ...model, overlay: undefined, screen: { at: "summary", end, top: 0 } }),
  watching: hearWatching,
  legend: stay,
  picture: (model, { log, timeMs }, nowMs) => {
    if (isWatching(model)) {
      // Of another place, or another member: what was told before is not the story of this one.
      const told = withLog({ ...model, feed: [], lastLogN: -1 }, log);
      const screen = { ...model.screen, pictured: true };
      return stay(seenAt({ ...told, screen }, timeMs, nowMs));
    }
    if (!awaitsRun(model)) return stay(model);
    const newRun = (log.at(-1)?.n ?? -1) < model.lastLogN || timeMs === 0;
    const clean = newRun ? { ...model, feed: [WELCOME], lastLogN: -1 } : model;
    return stay(intoDungeon({ ...withLog(clean, log), seenAtMs: nowMs }));
  },
  tick: (model, { timeMs, log, refused, self }, nowMs) => {
    if (isWatching(model)) {
      const { screen } = seenAt(model, timeMs, nowMs);
      return stay(withLog({ ...model, screen }, log ?? []));
    }
    if (!awaitsRun(model)) return stay(model);
    const next = withLog({ ...model, seenAtMs: nowMs }, log ?? []);
    const reason = refused?.at(-1)?.[1];
    // A place that only offers refuses to be used: what it offers says more than that.
    const answered = reason !== undefined || self?.choices !== undefined;
    const offered = answered ? reachedFor(next, nowMs) : undefined;
    if (offered) return stay(offered);
    if (reason === undefined) return stay(next);
    // The values of a vein that could not be surveyed are those of another one.
    const { overlay } = next;
    const told = overlay?.at === "survey" ? { ...next, overlay: undefined } : next;
    return stay(withNote(told, reason, "warning", nowMs));
  },
};

/** What a run begins with: the way to everything else. */
const WELCOME: FeedLine = {
  ...{ from: "note", tone: "info" },
  text: "Your delve begins. o explores, ? tells how to play, and the last line what can be done here.",
};

/** The choices that the player's own use of a place has brought up; nothing else takes their keys. */
const reachedFor = (model: Model, nowMs: number): Model | undefined => {
  const { screen, overlay, seen, reachingUntilMs } = model;
  const free = screen.at === "dungeon" && screen.mode.at === "walk" && !overlay;
  if (!free || nowMs >= reachingUntilMs || !seen.self.choices?.length) return undefined;
  return openChoices({ ...model, reachingUntilMs: 0 });
};

const withLog = (model: Model, log: readonly LogLine[]): Model => {
  const fresh = log.filter(({ n }) => n > model.lastLogN);
  if (fresh.length === 0) return model;
  const lines = fresh.map((line): FeedLine => ({ from: "log", line }));
  return { ...withFeed(model, lines), lastLogN: fresh.at(-1)!.n };
};

/** What is still on its way from a run that was watched opens no dungeon. */
const awaitsRun = ({ party }: Model): boolean =>
  party === undefined || (party !== null && UNDER_WAY.has(party.at.phase));

/** The first picture opens the dungeon; on the summary the player stays until they have read it. */
const intoDungeon = (model: Model): Model => {
  const { at } = model.screen;
  if (at === "dungeon" || at === "summary") return model;
  return { ...model, overlay: undefined, screen: walking, goal: undefined };
};

const withParty = (model: Model, party: Party | null, nowMs: number): Model => {
  // A dungeon that was to open and did not: whoever wanted it decides again.
  const failed = model.party?.at.phase === "starting" && party?.at.phase === "gathering";
  const next = { ...model, party, goal: failed ? undefined : model.goal };
  if (party === null) return leftParty(next, nowMs);
  // What was said in the lobby is done with.
  const note = model.party ? model.note : undefined;
  return { ...next, note, screen: screenFor(next, party) };
};

/** From the moment a party sets out; what its members watch gives way to it. */
const UNDER_WAY: ReadonlySet<string> = new Set(["starting", "delving", "recovering"]);
const IN_RUN: ReadonlySet<string> = new Set(["delving", "recovering"]);

const screenFor = (model: Model, party: Party): Model["screen"] => {
  const { screen } = model;
  // A run whose process is replaced goes on where it was: nobody leaves the dungeon for it.
  const inRun = IN_RUN.has(party.at.phase);
  if (screen.at === "summary" || screen.at === "party") return screen;
  if (screen.at === "dungeon" && inRun) return screen;
  const looksOn = screen.at === "runs" || screen.at === "watch";
  if (looksOn && !UNDER_WAY.has(party.at.phase)) return screen;
  // On the way into the dungeon with one key, the party is not worth a flicker.
  if (model.goal?.want === "delve" && party.members.length === 1) return screen;
  return { at: "party", cursor: 0 };
};

const leftParty = (model: Model, nowMs: number): Model => {
  const { at } = model.screen;
  if (at !== "party" && at !== "dungeon") return model;
  const next: Model = { ...model, overlay: undefined, screen: { at: "lobby" } };
  return withNote(next, "You are in no party.", "info", nowMs);
};
