import type { CommandOf, FreeName } from "../commands.ts";
import type { Turn } from "../turn.ts";
import type { Delver } from "../world.ts";
import { drafting } from "./draft.ts";
import { hire } from "./hire.ts";
import { prompts } from "./prompts.ts";
import { time } from "./time.ts";
import { trade } from "./trade.ts";

/** Does a thing that takes no time of the delver's; answers why if it cannot be done. */
export type Free<K extends FreeName> = (
  turn: Turn,
  delver: Delver,
  command: CommandOf<K>,
) => string | undefined;

const table: { [K in FreeName]: Free<K> } = {
  ...time,
  ...trade,
  ...prompts,
  ...drafting,
  hire,
};

export function isFree(name: string): name is FreeName {
  return name in table;
}

export function doFree<K extends FreeName>(
  turn: Turn,
  delver: Delver,
  command: CommandOf<K>,
): string | undefined {
  return table[command.do](turn, delver, command);
}
