import type { FixturesEvents } from "../events/fixtures.ts";
import type { Narrate } from "../narrate.ts";
import { a, cap, line, who } from "./says.ts";

export const fixtures: { [K in keyof FixturesEvents]: Narrate<K> } = {
  fixtureFound: (world, { actor, floor, cell }) => {
    const kind = world.levels.get(floor)?.fixtures.get(cell)?.kind;
    return line(`${who(world, actor)} finds ${a(kind?.name ?? "something")}.`, "loot");
  },
  fixtureUsed: (world, { actor, floor, cell }) => {
    const kind = world.levels.get(floor)?.fixtures.get(cell)?.kind;
    const does = kind?.kind === "trap" ? "sets off" : "uses";
    const tone = kind?.kind === "trap" ? "bad" : "good";
    return line(`${cap(who(world, actor))} ${does} ${a(kind?.name ?? "something")}.`, tone);
  },
  fixtureGone: () => undefined,
};
