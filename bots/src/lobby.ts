import type { Question } from "@underlode/client";
import { CLASSES, type ClassName, type Party } from "@underlode/contracts";

/** What a bot wants of the party it is in. */
export type Plan = {
  readonly player: string;
  readonly class: ClassName;
  /** Members that the party is to have before it delves. */
  readonly size: number;
  readonly seed: number;
  readonly game: "dungeon" | "grid";
};

export const classFor = (index: number): ClassName => CLASSES[index % CLASSES.length]!;

/** What is to be asked next so that the party gets into its dungeon; undefined: wait or play. */
export const nextQuestion = (party: Party, plan: Plan): Question | undefined => {
  const me = party.members.find((member) => member.player === plan.player);
  if (!me || party.at.phase === "starting" || party.at.phase === "delving") return undefined;
  if (me.class !== plan.class) return { t: "party.class", class: plan.class };
  if (!me.ready) return { t: "party.ready", ready: true };
  const complete = party.members.length === plan.size && party.members.every((one) => one.ready);
  if (party.leader !== plan.player || !complete) return undefined;
  return { t: "party.delve", seed: plan.seed, game: plan.game };
};
