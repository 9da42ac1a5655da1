export type Json = null | boolean | number | string | undefined | Json[] | { [key: string]: Json };

/** Keys whose presence depends on what happens in the game at that moment. */
const BY_CHANCE: ReadonlySet<string> = new Set(["delta", "crew", "self", "log", "summary"]);

/** Where a value is not of the form of a recorded one; undefined where it is. Lengths are free. */
export const misfit = (recorded: Json, real: Json, path = "frame"): string | undefined => {
  if (typeof recorded !== typeof real || (recorded === null) !== (real === null))
    return `${path} is ${kindOf(real)}, not ${kindOf(recorded)}`;
  if (Array.isArray(recorded) && Array.isArray(real)) {
    const [one, other] = [recorded[0], real[0]];
    return one === undefined || other === undefined ? undefined : misfit(one, other, `${path}[0]`);
  }
  if (!isMap(recorded) || !isMap(real)) return undefined;
  for (const [key, value] of Object.entries(recorded)) {
    if (value === undefined || BY_CHANCE.has(key)) continue;
    const found = misfit(value, real[key], `${path}.${key}`);
    if (found) return found;
  }
  return undefined;
};

const isMap = (value: Json): value is { [key: string]: Json } =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const kindOf = (value: Json): string =>
  value === null ? "null" : Array.isArray(value) ? "an array" : `of type ${typeof value}`;
