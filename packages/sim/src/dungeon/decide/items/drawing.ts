import type { Turn } from "../../turn.ts";

/** One of a list by its weights; none of an empty one. */
export function drawn<T extends { readonly weight: number }>(
  turn: Turn,
  list: readonly T[],
): T | undefined {
  const total = list.reduce((sum, { weight }) => sum + weight, 0);
  let rest = turn.roll("loot", Math.max(1, total));
  return list.find(({ weight }) => {
    rest -= weight;
    return rest < 0;
  });
}
