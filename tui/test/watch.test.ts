import { describe, expect, it } from "vitest";
import type { Question } from "../src/effects.ts";
import { type Event, gameTime, type Model } from "../src/model.ts";
import { TRIES_MAX } from "../src/update/watch.ts";
import { update } from "../src/update.ts";
import {
  asks,
  delving,
  frame,
  freshModel,
  inDungeon,
  inLive,
  inLobby,
  inParty,
  inRuns,
  inWatch,
  listed,
  member,
  online,
  partyOf,
  picture,
  play,
  press,
  RUN,
  replayOf,
  shownAt,
  signed,
  stateOf,
  toldParty,
  watchableOf,
  watching,
  welcome,
} from "./models.ts";

const refusal = (to: Question, code: string, refused = "No."): Event => ({
  ...{ on: "answer", to, refused, code },
});
const agreed = (to: Question): Event => ({ on: "answer", to, refused: undefined });
const lost: Event = {
  on: "link",
  state: { at: "waiting", retryInMs: 900, attempt: 0, planned: false, reason: "Gone." },
};
const after = (model: Model, event: Event, nowMs: number): Model => update(model, event, nowMs)[0];
const text = (n: number, words: string) => ({ n, text: words, tone: "plain" }) as const;

describe("the list of runs", () => {
  it("is reached from the title by way of a guest, and asks for what there is", () => {
    const { model, effects } = play(freshModel(), ...press("w"), signed, online, welcome);
    expect(model.screen.at).toBe("runs");
    expect(effects).toContainEqual({ do: "guest" });
    expect(effects.filter((one) => one.do === "list")).toEqual([
      { do: "list", what: "live" },
      { do: "list", what: "all" },
    ]);
    expect(play(model, toldParty(null)).model.screen.at).toBe("runs");
  });

  it("opens what the cursor is on: a run that goes on with its party, one that is over without", () => {
    const { party, instance } = watchableOf();
    expect(asks(play(inRuns(), ...press("enter")).effects)).toEqual([
      { t: "watch", instance, party },
    ]);
    const over = play(inRuns(), ...press("down", "down", "enter"));
    expect(asks(over.effects)).toEqual([{ t: "watch", instance: RUN }]);
    expect(over.model.screen).toMatchObject({ at: "watch", back: { at: "runs", cursor: 1 } });
  });

  it("toggles between everybody's and one's own, and asks again by a key", () => {
    const { model, effects } = play(inRuns(), ...press("tab"));
    expect(effects).toEqual([{ do: "list", what: "mine" }]);
    expect(model.screen).toMatchObject({ whose: "mine", cursor: 1 });
    const again = play(model, ...press("r")).effects;
    expect(again).toEqual([
      { do: "list", what: "live" },
      { do: "list", what: "mine" },
    ]);
  });

  it("that grew shorter keeps the cursor on a run, and one that is empty says so", () => {
    const many = [replayOf(), replayOf({ instance: "run2" as never })];
    const model = play(inRuns(), ...listed([], many), ...press("down", "down", "down")).model;
    const fewer = play(model, ...listed([], [replayOf()]), ...press("enter"));
    expect(asks(fewer.effects)).toEqual([{ t: "watch", instance: RUN }]);
    const none = play(model, ...listed([], []), ...press("enter"));
    expect(none.effects).toEqual([]);
    expect(none.model.note?.text).toContain("nothing to watch");
  });

  it("that the server does not give is said, and what was known stays", () => {
    const { model } = play(inRuns(), {
      on: "unlisted",
      what: "live",
      reason: "Cannot be reached.",
    });
    expect(model.note?.text).toBe("Cannot be reached.");
    expect(model.runs.live).toMatchObject({ asking: false, runs: [watchableOf()] });
  });

  it("is left to the lobby, or to the party", () => {
    expect(play(inRuns(), ...press("escape")).model.screen.at).toBe("lobby");
    const withParty = play(inRuns(), toldParty(partyOf())).model;
    expect(withParty.screen.at).toBe("runs");
    expect(play(withParty, ...press("q")).model.screen.at).toBe("party");
  });
});

describe("watching a run that is over", () => {
  it("its pictures and log are shown, and open no dungeon", () => {
    const model = inWatch();
    expect(model.screen).toMatchObject({ at: "watch", pictured: true, follow: "Ana" });
    expect(model.feed.length).toBeGreaterThan(0);
  });

  it("the place in it goes on with the time, as fast as it is shown, and not beyond its end", () => {
    const model = play(inWatch(), watching({ speed: 4 })).model;
    expect(gameTime(model, 1000)).toBe(60_000);
    expect(gameTime(model, 3000)).toBe(68_000);
    expect(gameTime(model, 1_000_000)).toBe(754_000);
    expect(gameTime(play(model, watching({ is: "paused" })).model, 3000)).toBe(60_000);
    expect(gameTime(after(model, shownAt(61_500), 2000), 2000)).toBe(61_500);
  });

  it("keys pause and go on, from the place where it stands", () => {
    const paused = update(inWatch(), press(" ")[0]!, 6000);
    expect(asks(paused[1])).toEqual([{ t: "watch.set", paused: true }]);
    expect(gameTime(paused[0], 60_000)).toBe(65_000);
    expect(asks(play(paused[0], ...press(" ")).effects)).toEqual([
      { t: "watch.set", paused: false },
    ]);
  });

  it("keys double and halve the speed between a quarter and 64", () => {
    const { effects } = play(inWatch(), ...press("+", "up", "-", "down", "down", "-", "-"));
    const speeds = [2, 4, 2, 1, 0.5, 0.25];
    expect(asks(effects)).toEqual(speeds.map((speed) => ({ t: "watch.set", speed })));
    const fast = play(inWatch(), watching({ speed: 64 }), ...press("+"));
    expect(fast.effects).toEqual([]);
  });

  it.each([
    ["left", 50_000],
    ["right", 70_000],
    ["[", 0],
    ["]", 120_000],
    ["home", 0],
    ["end", 754_000],
  ])("%s goes to %i ms", (key, atMs) => {
    const { model, effects } = play(inWatch(), ...press(key));
    expect(asks(effects)).toEqual([{ t: "watch.set", atMs }]);
    expect(gameTime(model, 1000)).toBe(atMs);
  });

  it("a key that is held asks for one place at a time, and at last for the newest", () => {
    const held = play(inWatch(), ...press("right", "right", "right"));
    expect(asks(held.effects)).toEqual([{ t: "watch.set", atMs: 70_000 }]);
    expect(gameTime(held.model, 1000)).toBe(90_000);
    const next = play(held.model, agreed({ t: "watch.set", atMs: 70_000 }));
    expect(asks(next.effects)).toEqual([{ t: "watch.set", atMs: 90_000 }]);
    const there = play(next.model, agreed({ t: "watch.set", atMs: 90_000 }));
    expect(there.effects).toEqual([]);
    expect(there.model.screen).toMatchObject({ seek: undefined, timeMs: 90_000 });
  });

  it("at the end home and space show it again", () => {
    const over = play(inWatch(), watching({ is: "over", timeMs: 754_000 })).model;
    for (const key of ["home", " "]) {
      expect(asks(play(over, ...press(key)).effects)).toEqual([
        { t: "watch.set", atMs: 0, paused: false },
      ]);
    }
  });

  it("Tab follows the next member, round and round, and the log is theirs", () => {
    const { model, effects } = play(inWatch(), ...press("tab", "tab"));
    expect(asks(effects)).toEqual([
      { t: "watch.set", follow: "Bo" },
      { t: "watch.set", follow: "Ana" },
    ]);
    const theirs = { ...(shownAt(60_000) as Extract<Event, { on: "frame" }>).frame };
    const told = play(model, frame({ ...theirs, log: [text(1, "Only Bo heard.")] } as never)).model;
    expect(told.feed).toEqual([{ from: "log", line: text(1, "Only Bo heard.") }]);
  });

  it("a jump back tells the log of that place, not of the one before", () => {
    const tick = { t: "tick", n: 2, of: 1, timeMs: 61_000, log: [text(9, "Late.")] } as const;
    const late = play(inWatch(), frame({ ...tick, log: [...tick.log] })).model;
    expect(late.feed.at(-1)).toMatchObject({ line: { text: "Late." } });
    const early = play(late, shownAt(10_000)).model;
    expect(JSON.stringify(early.feed)).not.toContain("Late.");
  });

  it("no key is an act, and panels, chat and help open", () => {
    const keys = ["h", "j", "l", "1", "f", "m", "i", "g", "Q"];
    expect(play(inWatch(), ...press(...keys)).effects).toEqual([]);
    const overlay = (key: string) => play(inWatch(), ...press(key)).model.overlay?.at;
    expect(["c", "@", "t", "?"].map(overlay)).toEqual(["crew", "crew", "chat", "help"]);
  });
});

describe("watching a run that goes on", () => {
  it("knows no seeking, pausing or other speed, and says so", () => {
    for (const key of [" ", "left", "end", "+", "["]) {
      const { model, effects } = play(inLive(), ...press(key));
      expect(effects, key).toEqual([]);
      expect(model.note?.text).toContain("no seeking");
    }
    expect(asks(play(inLive(), ...press("tab")).effects)).toEqual([
      { t: "watch.set", follow: "Di" },
    ]);
  });

  it("its end is only where the server last saw it", () => {
    expect(gameTime(inLive(), 4000)).toBe(63_000);
  });
});

describe("the end of watching", () => {
  it("a key leads back to the list, and the server is told", () => {
    const { model, effects } = play(inWatch(), ...press("q"));
    expect(model).toMatchObject({ screen: { at: "runs", cursor: 1 }, feed: [] });
    expect(asks(effects)).toEqual([{ t: "watch.stop" }]);
    const late = play(model, shownAt(61_000), watching(), refusal({ t: "watch.stop" }, "x")).model;
    expect(late).toMatchObject({ screen: { at: "runs" }, feed: [], note: undefined });
  });

  it("a showing that the server ends leads back with its reason", () => {
    const reason = "The party does not let anybody watch any more.";
    const { model } = play(inLive(), frame({ t: "watching", state: null, reason }));
    expect(model.screen.at).toBe("runs");
    expect(model.note?.text).toBe(reason);
  });

  it("the end of the one left before does not end the one just opened", () => {
    const next = play(inWatch(), ...press("q", "up", "enter")).model;
    const { model } = play(next, frame({ t: "watching", state: null }), watching());
    expect(model.screen).toMatchObject({ at: "watch", state: undefined });
    const to = { t: "watch", instance: RUN } as const;
    expect(play(model, refusal(to, "not-found")).model.screen.at).toBe("watch");
  });

  it("a run that cannot be opened leads back with the reason", () => {
    const opened = play(inRuns(), ...press("down", "enter")).model;
    const to = { t: "watch", instance: RUN } as const;
    const { model, effects } = play(opened, refusal(to, "not-found", "There is no such run."));
    expect(model.screen.at).toBe("runs");
    expect(model.note?.text).toBe("There is no such run.");
    expect(asks(effects)).toEqual([{ t: "watch.stop" }]);
  });

  it("the own party's dungeon takes the screen", () => {
    const inBoth = inWatch(inRuns(play(inLobby()).model));
    const withParty = play(inBoth, toldParty(partyOf())).model;
    expect(withParty.screen.at).toBe("watch");
    const ready = partyOf([member({ class: "warrior", ready: true })], delving);
    const delved = play(withParty, toldParty(ready), picture());
    expect(delved.model.screen).toEqual({ at: "dungeon", mode: { at: "walk" } });
    expect(asks(delved.effects)).toEqual([{ t: "watch.stop" }]);
  });

  it("pictures on their way from it open no dungeon in the lobby or in a party", () => {
    expect(play(inLobby(), picture()).model.screen.at).toBe("lobby");
    expect(play(inParty(), picture()).model.screen.at).toBe("party");
  });
});

describe("a lost connection", () => {
  it("stands still, then asks for the run where it was, with whom it followed, and as fast", () => {
    const fast = play(inWatch(), ...press("tab"), watching({ speed: 4 }, "Bo")).model;
    const gone = after(fast, lost, 3000);
    expect(gameTime(gone, 90_000)).toBe(68_000);
    const { model, effects } = play(gone, online, welcome);
    const to = { t: "watch", instance: RUN, atMs: 68_000, follow: "Bo" } as const;
    expect(asks(effects)).toEqual([to]);
    expect(model.note?.text).toContain("Connected again");
    const back = play(model, watching({ is: "loading", timeMs: 68_000 }, "Bo"), agreed(to));
    expect(asks(back.effects)).toEqual([{ t: "watch.set", speed: 4, paused: false }]);
    expect(back.model.screen).toMatchObject({ at: "watch", cut: undefined, follow: "Bo" });
  });

  it("a run that goes on is asked for with its party, and without a place", () => {
    const { party, instance } = watchableOf();
    const { effects } = play(inLive(), lost, online, welcome);
    expect(asks(effects)).toEqual([{ t: "watch", instance, party, follow: "Cy" }]);
  });

  it("that takes the question along is no reason to leave: the welcome asks again", () => {
    const opened = play(inRuns(), ...press("down", "enter"), lost).model;
    const to = { t: "watch", instance: RUN } as const;
    const { model } = play(opened, refusal(to, "unavailable"));
    expect(model.screen.at).toBe("watch");
    expect(asks(play(model, online, welcome).effects)).toEqual([to]);
  });
});

describe("after a run", () => {
  const end = { instance: RUN, outcome: "defeat", summary: { kills: 3 } } as const;
  const ended = play(inDungeon(), frame({ t: "end", mark: 2, end }), toldParty(partyOf())).model;
  const to = { t: "watch", instance: RUN } as const;
  const due: Event = { on: "reminded", instance: RUN };

  it("a key shows it, and asks again while its recording is being stored", () => {
    const { model, effects } = play(ended, ...press("w"), refusal(to, "not-found"));
    expect(asks(effects)).toEqual([to]);
    expect(effects.at(-1)).toMatchObject({ do: "remind", instance: RUN });
    expect(model.screen).toMatchObject({ again: { words: expect.stringContaining("stored") } });
    const again = play(model, due, watching());
    expect(asks(again.effects)).toEqual([to]);
    expect(again.model.screen).toMatchObject({ at: "watch", again: undefined, state: stateOf() });
    expect(play(again.model, ...press("q")).model.screen).toEqual({ at: "summary", end, top: 0 });
  });

  it("it says so after a few times in vain, where one can try again", () => {
    const vain = Array.from({ length: TRIES_MAX }, () => [refusal(to, "not-found"), due]).flat();
    const { model } = play(ended, ...press("w"), ...vain, refusal(to, "not-found"));
    expect(model.screen.at).toBe("summary");
    expect(model.note?.text).toContain("try again in a moment");
  });

  it("who has left in the meantime asks no more", () => {
    const { model } = play(ended, ...press("w"), refusal(to, "not-found"), ...press("escape"));
    expect(play(model, due).effects).toEqual([]);
  });
});
