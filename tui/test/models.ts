import { fold, newSeen } from "@underlode/client";
import {
  type Frame,
  InstanceId,
  OPTIONS_DEFAULT,
  type Party,
  PartyId,
  type PlaybackState,
  PlayerId,
  type ReplayHead,
  type ServerFrame,
  type Watchable,
} from "@underlode/contracts";
import type { Effect } from "../src/effects.ts";
import { typed } from "../src/field.ts";
import { type Input, key } from "../src/input/input.ts";
import { type Event, type Model, newModel } from "../src/model.ts";
import { update } from "../src/update.ts";
import { legend, pictureAt } from "./fake-dungeon.ts";

export const ANA = PlayerId.parse("p1");
export const BO = PlayerId.parse("p2");

export const freshModel = (): Model =>
  newModel({ server: "ws://example.net/ws", local: false, favourite: "warrior" });

/** A model after events, with all effects on the way. */
export type Played = { readonly model: Model; readonly effects: readonly Effect[] };

export const play = (model: Model, ...events: Event[]): Played => {
  let now = model;
  const all: Effect[] = [];
  for (const event of events) {
    if (event.on === "frame") fold(now.seen, event.frame);
    const [next, effects] = update(now, event, 1000);
    now = next;
    all.push(...effects);
  }
  return { model: now, effects: all };
};

export const frame = (one: ServerFrame): Event => ({ on: "frame", frame: one });
export const input = (one: Input): Event => ({ on: "input", input: one });
export const press = (...names: string[]): Event[] => names.map((name) => input(key(name)));
export const write = (text: string): Event[] => typed(text).map(input);

export const welcome: Event = frame({
  ...{ t: "welcome", protocol: 1, build: "x", key: "k", player: ANA, name: "Ana" },
  ...{ guest: true, resumed: false, marks: { chat: 0, mail: 0 } },
  session: "s1" as Frame<"welcome">["session"],
});
export const online: Event = { on: "link", state: { at: "online", resumed: false, lost: 0 } };
export const signed: Event = { on: "signed", who: { player: ANA, name: "Ana", guest: true } };

export const member = (over: Partial<Party["members"][number]> = {}): Party["members"][number] => ({
  ...{ player: ANA, name: "Ana", class: null, ready: false, online: true, ...over },
});

export const partyOf = (members = [member()], at: unknown = { phase: "gathering" }): Party => ({
  party: PartyId.parse("party1"),
  code: "K7QX2M",
  leader: ANA,
  members,
  at: at as Party["at"],
  watchDelayMs: 30_000,
  options: OPTIONS_DEFAULT,
  version: 1,
});
export const toldParty = (party: Party | null): Event => frame({ t: "party", party });
export const delving = { phase: "delving", instance: "i1", host: "h1" };

export const inLobby = (): Model =>
  play(freshModel(), ...press("g"), signed, online, welcome, toldParty(null)).model;
export const inParty = (...members: Party["members"]): Model =>
  play(inLobby(), toldParty(partyOf(members.length > 0 ? members : [member()]))).model;
export const picture = (x = 40, y = 10): Event => frame(pictureAt(x, y, "party1"));
export const inDungeon = (x = 40, y = 10): Model =>
  play(
    inParty(),
    toldParty(partyOf([member({ class: "warrior", ready: true })], delving)),
    frame({ t: "legend", legend }),
    picture(x, y),
  ).model;
export const noSeen = newSeen;

export const RUN = InstanceId.parse("run1");
const DAY_MS = 86_400_000;
export const LISTED_AT = 100 * DAY_MS;
export const replayOf = (over: Partial<ReplayHead> = {}): ReplayHead => ({
  ...{ instance: RUN, outcome: "defeat", floors: 3, names: ["Ana", "Bo"], game: "dungeon" },
  ...{ content: "c", build: "b", lengthMs: 754_000, endedAt: LISTED_AT - 2 * 3_600_000, ...over },
});
export const watchableOf = (over: Partial<Watchable> = {}): Watchable => ({
  ...{ party: PartyId.parse("party9"), instance: InstanceId.parse("run9") },
  ...{ names: ["Cy", "Di"], classes: ["mage", "healer"], delayMs: 30_000, ...over },
});
export const listed = (live: readonly Watchable[], all: readonly ReplayHead[]): Event[] => [
  { on: "listed", list: { what: "live", runs: live }, at: LISTED_AT },
  { on: "listed", list: { what: "all", runs: all }, at: LISTED_AT },
];
export const stateOf = (over: Partial<PlaybackState> = {}): PlaybackState => ({
  ...{ instance: RUN, is: "playing", timeMs: 60_000, endMs: 754_000, speed: 1 },
  ...{ outcome: "defeat", names: ["Ana", "Bo"], ...over },
});
/** The questions among what is to be done. */
export const asks = (effects: readonly { do: string }[]): unknown[] =>
  effects.flatMap((effect) => ("question" in effect ? [effect.question] : []));
export const watching = (over: Partial<PlaybackState> = {}, follow = "Ana"): Event =>
  frame({ t: "watching", state: stateOf(over), follow });
/** The list, with one run that goes on and one that is over. */
export const inRuns = (model = inLobby()): Model =>
  play(model, ...press("w"), ...listed([watchableOf()], [replayOf()])).model;
/** A picture of a run at a time. */
export const shownAt = (timeMs: number): Event => frame({ ...pictureAt(40, 10, "party7"), timeMs });
/** A finished run, shown and playing at 1:00 of 12:34. */
export const inWatch = (model = inRuns()): Model =>
  play(
    model,
    ...press("down", "enter"),
    watching({ is: "loading" }),
    frame({ t: "legend", legend }),
    shownAt(60_000),
    watching(),
  ).model;
export const inLive = (): Model =>
  play(
    inRuns(),
    ...press("enter"),
    frame({ t: "legend", legend }),
    shownAt(60_000),
    watching({ ...LIVE }, "Cy"),
  ).model;
const LIVE = {
  ...{ instance: InstanceId.parse("run9"), delayMs: 30_000, endMs: 61_000, outcome: undefined },
  names: ["Cy", "Di"],
};
