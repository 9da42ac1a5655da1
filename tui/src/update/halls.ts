import { CLASSES, type RunEnd, WATCH_DELAY_MS_DEFAULT } from "@underlode/contracts";
import { ask } from "../effects.ts";
import { emptyField } from "../field.ts";
import type { Command } from "../keys.ts";
import { type Model, type Step, walking } from "../model.ts";
import { confirm, doing, openChat, openHelp, stay, withNote } from "./change.ts";
import { setOut } from "./goal.ts";
import { openBoards, openVault } from "./keepsakes.ts";
import { toForm } from "./outside.ts";
import { openRuns } from "./runs.ts";
import { watch } from "./watch.ts";

type Act = (model: Model, nowMs: number) => Step;

const openCode: Act = (model) =>
  stay({ ...model, overlay: { at: "code", field: emptyField }, note: undefined });

/** The title: nobody is signed in yet. */
export const titleCommands: { [C in Command<"title">]: Act } = {
  delve: (model) => setOut(model, { want: "delve" }),
  guest: (model) => setOut(model, { want: "lobby" }),
  create: (model) => setOut(model, { want: "create" }),
  join: openCode,
  watch: (model) => setOut(model, { want: "watch" }),
  login: (model) => toForm(model, "login"),
  register: (model) => toForm(model, "register"),
  help: (model) => stay(openHelp(model)),
  quit: (model) => doing(model, { do: "quit" }),
};

export const lobbyCommands: { [C in Command<"lobby">]: Act } = {
  delve: (model) => setOut(model, { want: "delve" }),
  create: (model) => setOut(model, { want: "create" }),
  join: openCode,
  watch: openRuns,
  chat: (model) => stay(openChat(model)),
  whisper: (model) => stay(openChat(model, "/w ")),
  vault: openVault,
  boards: openBoards,
  keep: (model, nowMs) =>
    model.who?.guest
      ? toForm(model, "keep")
      : stay(withNote(model, "Your account is registered already.", "info", nowMs)),
  logout: (model) => stay(confirm(model, "Log out?", { do: "logout" })),
  help: (model) => stay(openHelp(model)),
  quit: (model) => doing(model, { do: "quit" }),
};

const choose =
  (slot: number): Act =>
  (model) => {
    const name = CLASSES[slot];
    if (!name) return stay(model);
    return doing({ ...model, favourite: name }, ask({ t: "party.class", class: name }), {
      do: "favour",
      class: name,
    });
  };

const moveCursor =
  (by: number): Act =>
  (model) => {
    if (model.screen.at !== "party") return stay(model);
    const last = Math.max(0, (model.party?.members.length ?? 1) - 1);
    const cursor = Math.max(0, Math.min(last, model.screen.cursor + by));
    return stay({ ...model, screen: { at: "party", cursor } });
  };

/** What the leader's key goes through: how far behind others watch, or that nobody may. */
const WATCH_DELAYS_MS = [WATCH_DELAY_MS_DEFAULT, 60_000, 300_000, null, 0];

const nextDelay: Act = (model, nowMs) => {
  const { party, who } = model;
  if (!party) return stay(model);
  if (party.leader !== who?.player) {
    return stay(withNote(model, "Only the leader says who may watch.", "info", nowMs));
  }
  const now = WATCH_DELAYS_MS.indexOf(party.watchDelayMs);
  const delayMs = WATCH_DELAYS_MS[(now + 1) % WATCH_DELAYS_MS.length] ?? null;
  return doing(model, ask({ t: "party.watch", delayMs }));
};

const isReady = ({ party, who }: Model): boolean =>
  party?.members.some(({ player, ready }) => player === who?.player && ready) ?? false;

export const partyCommands: { [C in Command<"party">]: Act } = {
  class1: choose(0),
  class2: choose(1),
  class3: choose(2),
  class4: choose(3),
  class5: choose(4),
  ready: (model) => doing(model, ask({ t: "party.ready", ready: !isReady(model) })),
  delve: (model) => {
    if (model.party?.at.phase === "delving" && model.seen.n >= 0) {
      return stay({ ...model, screen: walking });
    }
    // Alone there is nobody to wait for: the keys before this one are spared.
    if (model.party?.members.length === 1) return setOut(model, { want: "delve" });
    return doing(model, ask({ t: "party.delve" }));
  },
  up: moveCursor(-1),
  down: moveCursor(1),
  invite: (model) => stay({ ...model, overlay: { at: "invite", field: emptyField } }),
  kick: (model, nowMs) => {
    const cursor = model.screen.at === "party" ? model.screen.cursor : 0;
    const member = model.party?.members[cursor];
    if (!member || member.player === model.who?.player) {
      return stay(withNote(model, "Choose somebody else first: ↑ ↓.", "info", nowMs));
    }
    const question = `Send ${member.name} away?`;
    return stay(confirm(model, question, ask({ t: "party.kick", name: member.name })));
  },
  watch: nextDelay,
  options: (model) => stay({ ...model, overlay: { at: "options", cursor: 0 } }),
  chat: (model) => stay(openChat(model)),
  whisper: (model) => stay(openChat(model, "/w ")),
  vault: openVault,
  boards: openBoards,
  leave: (model) => stay(confirm(model, "Leave the party?", ask({ t: "party.leave" }))),
  help: (model) => stay(openHelp(model)),
};

/** The view knows how long the summary is; here it only cannot go above its beginning. */
const SUMMARY_ROWS_MAX = 400;

const scrolled =
  (by: number): Act =>
  (model) => {
    const { screen } = model;
    if (screen.at !== "summary") return stay(model);
    const top = Math.max(0, Math.min(SUMMARY_ROWS_MAX, screen.top + by));
    return stay({ ...model, screen: { ...screen, top } });
  };

/** The story of a run as text: the game's own lines. */
const storyOf = (end: RunEnd): string | undefined => {
  const { morgue } = end.summary;
  return Array.isArray(morgue) ? `${morgue.map(String).join("\n")}\n` : undefined;
};

const save: Act = (model, nowMs) => {
  if (model.screen.at !== "summary") return stay(model);
  const { end } = model.screen;
  const text = storyOf(end);
  if (text === undefined) return stay(withNote(model, "There is no story of it.", "info", nowMs));
  const name = `run-${end.instance.replace(/[^A-Za-z0-9-]/g, "")}.txt`;
  return doing(model, { do: "write", name, text });
};

export const summaryCommands: { [C in Command<"summary">]: Act } = {
  up: scrolled(-5),
  down: scrolled(5),
  save,
  back: (model) => {
    if (!model.party) return stay({ ...model, screen: { at: "lobby" } });
    return stay({ ...model, screen: { at: "party", cursor: 0 } });
  },
  watch: (model, nowMs) => {
    const { screen } = model;
    if (screen.at !== "summary") return stay(model);
    return watch(model, { instance: screen.end.instance, party: undefined }, screen, nowMs);
  },
  chat: (model) => stay(openChat(model)),
  help: (model) => stay(openHelp(model)),
};
