import { ask, type Effect } from "../effects.ts";
import type { Goal, Model, Step } from "../model.ts";

/** Sets out for a goal, from whatever state: signs in first where that is needed. */
export const setOut = (model: Model, goal: Goal): Step => {
  const bound = { ...model, goal, asking: false };
  if (model.who === undefined) {
    return [{ ...bound, link: { at: "signing in" } }, [{ do: "guest" }]];
  }
  return pursue(bound);
};

/** Asks for the next thing that is missing, if nothing is on its way; at the goal, drops it. */
export const pursue = (model: Model): Step => {
  if (!model.goal || model.asking || model.link.at !== "online") return [model, []];
  const next = nextFor(model, model.goal);
  if (next === "there") return [arrive(model), []];
  return next === undefined ? [model, []] : [{ ...model, asking: true }, [next]];
};

/** Somebody who only wants the lobby must not be held on the title by a party that is unknown. */
const arrive = (model: Model): Model => ({
  ...model,
  goal: undefined,
  screen:
    model.screen.at === "title" || model.screen.at === "form" ? { at: "lobby" } : model.screen,
});

const nextFor = (model: Model, goal: Goal): Effect | "there" | undefined => {
  if (goal.want === "lobby") return "there";
  if (model.party) return goal.want === "delve" ? nextToDelve(model) : "there";
  return goal.want === "join"
    ? ask({ t: "party.join", code: goal.code })
    : ask({ t: "party.create" });
};

const nextToDelve = ({ party, who, favourite }: Model): Effect | "there" | undefined => {
  const mine = party?.members.find(({ player }) => player === who?.player);
  if (!party || !mine || party.members.length > 1) return "there";
  if (party.at.phase === "starting") return undefined;
  if (party.at.phase === "delving") return "there";
  if (mine.class === null) return ask({ t: "party.class", class: favourite });
  if (!mine.ready) return ask({ t: "party.ready", ready: true });
  return ask({ t: "party.delve" });
};
