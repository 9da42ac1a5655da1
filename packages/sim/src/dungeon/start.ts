import type { StartOptions } from "../simulation.ts";
import type { Book } from "./book.ts";
import { enlist } from "./decide/enlisting.ts";
import { Derived } from "./derived.ts";
import { addDelver } from "./joining.ts";
import { freeNear, levelOf, ticks } from "./reads.ts";
import { emptyRecord, openTurn } from "./turn.ts";
import type { DungeonWorld, PartyOptions } from "./world.ts";

/** A new run: floor 1 is open and the party stands on its arrival stairs. */
export function startRun(book: Book, options: StartOptions): DungeonWorld {
  const world = emptyWorld(book, options);
  const turn = openTurn(world, emptyRecord());
  turn.tell({ kind: "floorOpened", floor: 1 });
  for (const { id: actor } of world.delvers.values()) {
    const level = levelOf(world, { floor: 1 });
    for (const { x, y } of freeNear(level, level.arrival, 6).slice(0, 1)) {
      turn.tell({ kind: "arrived", actor, floor: 1, x, y });
    }
  }
  for (const kind of startCompanions(world, options.rules?.companions ?? 0)) {
    enlist(turn, 0, kind, { floor: 1, ...levelOf(world, { floor: 1 }).arrival }, 0);
  }
  return world;
}

/** Classes that the party lacks come first: someone to hold the line, someone to heal. */
function startCompanions(world: DungeonWorld, count: number): string[] {
  const { companionsMax } = world.book.content.rules;
  assert(count >= 0 && count <= companionsMax, `companions must be 0 to ${companionsMax}`);
  const there = new Set([...world.delvers.values()].map((one) => one.class.id));
  const order = ["warrior", "healer", "ranger", "mage", "rogue"];
  return [...order.filter((id) => !there.has(id)), ...order].slice(0, count);
}

/** The world before anything happened in it; the host's options are proved here. */
export function emptyWorld(book: Book, options: StartOptions): DungeonWorld {
  const { seed, tickRate, players } = options;
  const { rules, floors } = book.content;
  const lastFloor = options.rules?.floors ?? rules.floors;
  assert(Number.isSafeInteger(seed) && seed >= 0, "seed must be a whole number from 0");
  assert(tickRate >= 10 && tickRate <= 60, "tick rate must be 10 to 60");
  assert(players.length > 0, "a run needs a player");
  assert(lastFloor >= 1 && lastFloor <= floors.length, `floors must be 1 to ${floors.length}`);
  const knownAtStart = book.content.schematics
    .filter(({ source }) => source === "start")
    .map(({ id }) => id);
  const world: DungeonWorld = {
    ...{ book, derived: new Derived(), seed, tickRate, lastFloor },
    ...{ tick: 0, nextId: 1, trace: 0, end: undefined },
    tally: {
      ...{ kills: {}, ore: 0, deaths: [], synergies: {}, crafts: 0 },
      ...{ timeline: [], fates: [], made: [], schematics: {}, legacies: [] },
      books: { mined: 0, brought: 0, crafted: 0, repaired: 0, stored: 0, lost: 0 },
    },
    brought: [],
    options: partyOptions(options.rules ?? {}),
    ...{ stood: 0, pause: undefined, pauses: { counts: {}, lastAt: -1 } },
    ...{ prompts: new Map(), offers: new Map(), lootTurn: 0, heart: undefined },
    wanderAt: ticks({ tickRate }, rules.wanderMs),
    schematics: new Set(knownAtStart),
    streams: new Map(),
    delvers: new Map(),
    players: new Map(),
    levels: new Map(),
    known: new Set(),
  };
  for (const player of players) {
    assert(!world.players.has(player.id), `player ${player.id} is in the party twice`);
    addDelver(world, player, false);
  }
  return world;
}

const LOOT_RULES = ["needGreed", "roundRobin", "freeForAll"] as const;

/** Options of the leader come as numbers: 1 is yes, and a rule is its place in the list. */
function partyOptions(rules: Readonly<Record<string, number>>): PartyOptions {
  const lootRule = LOOT_RULES[rules.lootRule ?? 0];
  assert(lootRule !== undefined, `lootRule must be 0 to ${LOOT_RULES.length - 1}`);
  return { lootRule, friendlyFire: rules.friendlyFire === 1, hardcore: rules.hardcore === 1 };
}

function assert(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new Error(otherwise);
}
