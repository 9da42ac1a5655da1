import { ask, type Question } from "../effects.ts";
import type { Goal, Model, Step } from "../model.ts";
import { openRuns } from "./runs.ts";

/** Sets out for a goal, from whatever state: signs in first where that is needed. */
export const setOut = (model: Model, goal: Goal): Step => {
  const bound = { ...model, goal, asked: undefined };
  if (model.who === undefined) {
    return [{ ...bound, link: { at: "signing in" } }, [{ do: "guest" }]];
  }
  return pursue(bound);
};

/**
 * Asks for the next thing that is missing, once: until it is there, nothing else is asked. Answer and
 * party come in either order. At the goal, drops it.
 */
export const pursue = (model: Model): Step => {
  if (!model.goal || model.link.at !== "online") return [model, []];
  const next = nextFor(model, model.goal);
  if (next === "there") return arrive(model, model.goal);
  if (next === undefined || next.t === model.asked) return [model, []];
  return [{ ...model, asked: next.t }, [ask(next)]];
};

/** Somebody who only wants the lobby must not be held on the title by a party that is unknown. */
const arrive = (model: Model, { want }: Goal): Step => {
  const { at } = model.screen;
  const next: Model = { ...model, goal: undefined };
  if (at !== "title" && at !== "form") return [next, []];
  return want === "watch" ? openRuns(next) : [{ ...next, screen: { at: "lobby" } }, []];
};

const nextFor = (model: Model, goal: Goal): Question | "there" | undefined => {
  if (goal.want === "lobby" || goal.want === "watch") return "there";
  if (model.party) return goal.want === "delve" ? nextToDelve(model) : "there";
  return goal.want === "join" ? { t: "party.join", code: goal.code } : { t: "party.create" };
};

const ON_ITS_WAY: ReadonlySet<string> = new Set(["starting", "recovering"]);
const RESTING: ReadonlySet<string> = new Set(["suspended"]);

const nextToDelve = ({ party, who, favourite }: Model): Question | "there" | undefined => {
  const mine = party?.members.find(({ player }) => player === who?.player);
  if (!party || !mine || party.members.length > 1) return "there";
  if (party.at.phase === "delving") return "there";
  if (ON_ITS_WAY.has(party.at.phase)) return undefined;
  if (RESTING.has(party.at.phase)) return { t: "party.delve" };
  if (mine.class === null) return { t: "party.class", class: favourite };
  if (!mine.ready) return { t: "party.ready", ready: true };
  return { t: "party.delve" };
};
