import type { FixturesEvents } from "../events/fixtures.ts";
import type { Narrate } from "../narrate.ts";
import { a, cap, find, line, seen, who } from "./says.ts";

export const fixtures: { [K in keyof FixturesEvents]: Narrate<K> } = {
  fixtureFound: (world, { actor, floor, cell }) => {
    const kind = world.levels.get(floor)?.fixtures.get(cell)?.kind;
    return line(`${who(world, actor)} finds ${a(kind?.name ?? "something")}.`, "loot");
  },
  fixtureUsed: (world, { actor, floor, cell }) => {
    const kind = world.levels.get(floor)?.fixtures.get(cell)?.kind;
    const goesOff = kind?.kind === "trap" || kind?.kind === "snare";
    const does = `${goesOff ? "sets off" : "uses"} ${a(kind?.name ?? "something")}.`;
    const tone = kind?.kind === "trap" ? "bad" : "good";
    if (find(world, actor)?.is === "monster") return seen(world, actor, does, "good");
    return line(`${cap(who(world, actor))} ${does}`, tone);
  },
  fixtureSet: (world, { actor, fixture }) =>
    line(`${who(world, actor)} sets ${a(world.book.fixture(fixture).name)}.`),
  fixtureDisarmed: (world, { actor, floor, cell }) => {
    const kind = world.levels.get(floor)?.fixtures.get(cell)?.kind;
    return line(`${who(world, actor)} disarms ${a(kind?.name ?? "something")}.`, "good");
  },
  fixtureGone: () => undefined,
};
