import type { FixtureKind } from "../../content.ts";
import type { FixturesEvents } from "../events/fixtures.ts";
import type { Narrate } from "../narrate.ts";
import type { Scene } from "../world.ts";
import { a, cap, find, line, seen, who } from "./says.ts";

type At = { readonly floor: number; readonly cell: number };

export const fixtures: { [K in keyof FixturesEvents]: Narrate<K> } = {
  fixtureFound: (world, event) =>
    line(`${who(world, event.actor)} finds ${a(nameAt(world, event))}.`, "loot"),
  fixtureUsed: (world, event) => {
    const kind = kindAt(world, event);
    const does = `${VERBS[kind?.kind ?? "statue"]} ${a(nameAt(world, event))}.`;
    const isTrap = kind?.kind === "trap" || kind?.kind === "snare";
    if (find(world, event.actor)?.is === "monster") {
      return isTrap ? seen(world, event.actor, does, "good") : undefined;
    }
    const says = kind?.kind === "altar" ? ` ${kind.says}` : "";
    return line(`${cap(who(world, event.actor))} ${does}${says}`, isTrap ? "bad" : "good");
  },
  fixtureSet: (world, { actor, fixture }) =>
    line(`${who(world, actor)} sets ${a(world.book.fixture(fixture).name)}.`),
  fixtureDisarmed: (world, event) => {
    const does = kindAt(world, event)?.kind === "lock" ? "picks" : "disarms";
    return line(`${who(world, event.actor)} ${does} ${a(nameAt(world, event))}.`, "good");
  },
  cageOpened: () => line("Far off, a cage rattles open.", "system"),
  fixtureArmed: () => undefined,
  fixtureShared: () => undefined,
  wareSold: () => undefined,
  fixtureGone: () => undefined,
};

const VERBS: { [K in FixtureKind]: string } = {
  forge: "uses",
  shrine: "prays at",
  trap: "sets off",
  snare: "sets off",
  altar: "robs",
  lever: "pulls",
  lock: "unlocks",
  statue: "touches",
  treasure: "takes from",
  captive: "frees",
  trader: "deals with",
};

function kindAt(world: Scene, { floor, cell }: At) {
  return world.levels.get(floor)?.fixtures.get(cell)?.kind;
}

function nameAt(world: Scene, { floor, cell }: At): string {
  const row = world.levels.get(floor)?.fixtures.get(cell);
  if (row?.monster !== undefined) return `chained ${world.book.monster(row.monster).name}`;
  return row?.kind.name ?? "something";
}
