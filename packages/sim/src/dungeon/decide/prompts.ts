import { present } from "../reads.ts";
import type { Turn } from "../turn.ts";
import type { Delver, Prompt, PromptAbout, PromptKind, Scene } from "../world.ts";
import type { Settle } from "./asking.ts";
import { settleHeart } from "./heart.ts";
import { settleLoot } from "./loot.ts";

const settles: { [K in PromptKind]: Settle<K> } = { loot: settleLoot, heart: settleHeart };

/** A member's answer, the last of which counts; settles the prompt once all have answered. */
export function answer(turn: Turn, delver: Delver, id: number, option: number): string | undefined {
  const prompt = turn.world.prompts.get(id);
  if (prompt === undefined || !prompt.asked.includes(delver.id)) {
    return "Nobody asks that any more.";
  }
  if (prompt.options[option] === undefined) return "That is not among the choices.";
  turn.tell({ kind: "answered", actor: delver.id, prompt: id, option });
  const now = turn.world.prompts.get(id);
  if (now !== undefined && allAnswered(turn.world, now)) settle(turn, now, now.about);
  return undefined;
}

/** First tick at which a prompt is settled by itself. */
export function promptsDue(world: Scene): number {
  let due = Number.POSITIVE_INFINITY;
  for (const { until } of world.prompts.values()) if (until > 0) due = Math.min(due, until);
  return due;
}

export function runPrompts(turn: Turn): void {
  for (const prompt of [...turn.world.prompts.values()]) {
    const over = prompt.until > 0 && prompt.until <= turn.world.tick;
    if (over && turn.world.end === undefined) settle(turn, prompt, prompt.about);
  }
}

function allAnswered(world: Scene, { asked, answers }: Prompt): boolean {
  return asked.every((id) => {
    const one = world.delvers.get(id);
    return one === undefined || !present(one) || one.away || answers[id] !== undefined;
  });
}

function settle<K extends PromptKind>(
  turn: Turn,
  prompt: Prompt,
  about: Extract<PromptAbout, { is: K }>,
): void {
  const kind: K = about.is;
  settles[kind](turn, prompt, about);
}
