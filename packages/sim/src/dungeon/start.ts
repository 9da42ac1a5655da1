import type { ClassSpec } from "../content.ts";
import type { StartOptions, StartPlayer } from "../simulation.ts";
import type { Book } from "./book.ts";
import { Derived } from "./derived.ts";
import { freshStats } from "./item-stats.ts";
import { freeNear, levelOf } from "./reads.ts";
import { emptyRecord, openTurn } from "./turn.ts";
import type { DelverRow, DungeonWorld, PartyOptions } from "./world.ts";

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
  return world;
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
    tally: { kills: {}, ore: 0, deaths: [], synergies: {}, crafts: 0 },
    options: partyOptions(options.rules ?? {}),
    ...{ stood: 0, pause: undefined, pauses: { floor: 0, count: 0, lastAt: 0 } },
    schematics: new Set(knownAtStart),
    streams: new Map(),
    delvers: new Map(),
    players: new Map(),
    levels: new Map(),
    known: new Set(),
  };
  for (const player of players) join(world, player);
  return world;
}

const LOOT_RULES = ["needGreed", "roundRobin", "freeForAll"] as const;

/** Options of the leader come as numbers: 1 is yes, and a rule is its place in the list. */
function partyOptions(rules: Readonly<Record<string, number>>): PartyOptions {
  const lootRule = LOOT_RULES[rules.lootRule ?? 0];
  assert(lootRule !== undefined, `lootRule must be 0 to ${LOOT_RULES.length - 1}`);
  return { lootRule, friendlyFire: rules.friendlyFire === 1, hardcore: rules.hardcore === 1 };
}

function join(world: DungeonWorld, player: StartPlayer): void {
  assert(!world.players.has(player.id), `player ${player.id} is in the party twice`);
  const id = world.nextId;
  world.nextId += 1;
  const delver = freshDelver(id, player, world.book.class(player.class));
  for (const kind of delver.class.starts) {
    const spec = world.book.item(kind);
    const shares = spec.use === "potion" || spec.use === "scroll";
    const stats = shares ? undefined : freshStats(spec);
    const item = { id: world.nextId, kind, count: 1, stats };
    world.nextId += 1;
    const { use } = spec;
    // What one packs oneself needs no tasting.
    world.known.add(kind);
    const like = delver.pack.find((row) => row.kind === kind);
    if (like === undefined) delver.pack.push(item);
    else like.count += 1;
    if (use === "weapon" && delver.weapon === 0) delver.weapon = item.id;
    if (use === "armour" && delver.armour === 0) delver.armour = item.id;
  }
  world.delvers.set(id, delver);
  world.players.set(player.id, id);
}

function freshDelver(id: number, player: StartPlayer, kind: ClassSpec): DelverRow {
  const { hp, attack, defence, resource } = kind;
  return {
    is: "delver",
    ...{ id, player: player.id, name: player.name, class: kind },
    ...{ floor: 0, x: 0, y: 0, hp, maxHp: hp, readyAt: 0, hurtAt: -1 },
    ...{ attack, defence, resource: resource.max, level: 1, xp: 0, gold: 0 },
    condition: { is: "up" },
    away: false,
    pack: [],
    weapon: 0,
    armour: 0,
    ore: [],
    effects: [],
    cooldowns: {},
    exhausted: [],
    fired: {},
    healAt: 0,
    refreshAt: 0,
    waiting: undefined,
    act: undefined,
    intent: undefined,
    surveyed: undefined,
    deeds: { kills: 0, dealt: 0, taken: 0, healed: 0, ore: 0 },
  };
}

function assert(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new Error(otherwise);
}
