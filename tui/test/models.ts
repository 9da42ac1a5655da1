import { fold, newSeen } from "@underlode/client";
import { type Frame, type Party, PartyId, PlayerId, type ServerFrame } from "@underlode/contracts";
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
