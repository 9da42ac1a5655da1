import { ticks } from "../reads.ts";
import type { Turn } from "../turn.ts";
import type { Prompt, PromptAbout, PromptKind, PromptRow } from "../world.ts";

/** What follows when a prompt is settled; it must end the prompt. */
export type Settle<K extends PromptKind> = (
  turn: Turn,
  prompt: Prompt,
  about: Extract<PromptAbout, { is: K }>,
) => void;

/** Asks members something; they need not answer. `ms` 0 waits for all. */
export function ask(
  turn: Turn,
  prompt: Omit<PromptRow, "id" | "answers" | "until">,
  ms: number,
): void {
  const until = ms === 0 ? 0 : turn.world.tick + ticks(turn.world, ms);
  turn.tell({ kind: "prompted", prompt: { ...prompt, until } });
}
