import type { DungeonWorld } from "@underlode/sim";
import { freshStats } from "../packages/sim/src/dungeon/item-stats.ts";
import { itemName, unknownFamily } from "../packages/sim/src/dungeon/naming.ts";
import { hasTrait, isShown } from "../packages/sim/src/dungeon/reads.ts";
import { setTile } from "../packages/sim/src/dungeon/terrain.ts";
import { distance, type Point } from "../packages/sim/src/geometry.ts";
import { game } from "../packages/sim/test/play.ts";

type Roll = (sides: number) => number;
/** Whether a party comes to where it would notice; what is told from then on may differ. */
export type Met = (world: DungeonWorld) => boolean;
/** Changes something that nobody sees; undefined where there is nothing of that sort. */
export type Change = (world: DungeonWorld, roll: Roll) => Met | undefined;

/** What stirs by itself takes dice that others take as well: compared at that moment only. */
const AT_ONCE: Met = () => true;
const NEVER: Met = () => false;

/** Cells over which a party's own noise wakes nobody. */
const OUT_OF_HEARING = 26;

export const CHANGES: Record<string, Change> = {
  "who sleeps far away": (world, roll) => {
    const level = levelOf(world);
    const sleepers = [...level.monsters.values()].filter(
      (one) => one.mood.is === "asleep" && !one.kind.boss && gap(world, one) > OUT_OF_HEARING,
    );
    const one = sleepers[roll(sleepers.length)];
    if (one === undefined) return undefined;
    one.maxHp += 7;
    one.gold += 3;
    Object.assign(one, { kind: world.book.monster(one.kind.id === "rat" ? "ooze" : "rat") });
    const spot = one.x + 1 + one.y * level.width;
    if (level.walkable[spot] === 1 && level.occupant[spot] === 0) {
      level.occupant[spot - 1] = 0;
      level.occupant[spot] = one.id;
      one.x += 1;
    }
    const { id } = one;
    return (now) => {
      const row = levelOf(now).monsters.get(id);
      return row === undefined || gap(now, row) <= OUT_OF_HEARING || row.mood.is !== "asleep";
    };
  },
  "who walks in the dark": (world, roll) => {
    const level = levelOf(world);
    const unseen = [...level.monsters.values()].filter(
      (one) => !isShown(world, level, one) && one.mood.is !== "asleep" && !hasTrait(one, "phases"),
    );
    const one = unseen[roll(unseen.length)];
    if (one === undefined) return undefined;
    one.hp = Math.max(1, one.hp - 1);
    one.maxHp += 5;
    Object.assign(one, { kind: world.book.monster(one.kind.id === "mimic" ? "rat" : "mimic") });
    one.threat = { 1: 99 };
    one.gold += 40;
    return AT_ONCE;
  },
  "a trap that nobody has found": (world, roll) => {
    const { fixtures } = levelOf(world);
    const hidden = [...fixtures].filter(([, { found, kind }]) => !found && kind.kind === "trap");
    const [cell, row] = hidden[roll(hidden.length)] ?? [];
    if (cell === undefined || row === undefined) return undefined;
    const { id } = row.kind;
    if (roll(2) === 0) fixtures.delete(cell);
    else {
      fixtures.set(cell, {
        ...row,
        kind: world.book.fixture(id === "net-trap" ? "frost-trap" : "net-trap"),
      });
    }
    // Those who live there walk around it, and are seen to.
    return (now) =>
      gap(now, row) <= 1 ||
      [...levelOf(now).monsters.values()].some(
        (one) => one.mood.is !== "asleep" && distance(one, row) < 9,
      );
  },
  "a wall that is a secret door": (world, roll) => {
    const level = levelOf(world);
    const secret = world.book.roleTile("secretDoor");
    const wall = world.book.tileNumber(
      world.book.region(world.book.floor(level.floor).region).wall,
    );
    const walls: number[] = [];
    level.tiles.forEach((tile, cell) => {
      const [x, y] = [cell % level.width, Math.floor(cell / level.width)];
      const inner = x > 0 && y > 0 && x < level.width - 1 && y < level.height - 1;
      if (inner && (tile === wall || tile === secret) && level.memory[cell] !== 0) walls.push(cell);
    });
    const cell = walls[roll(walls.length)];
    if (cell === undefined) return undefined;
    setTile(world.book, level, cell, level.tiles[cell] === wall ? secret : wall);
    const place = { x: cell % level.width, y: Math.floor(cell / level.width) };
    return (now) => gap(now, place) <= 1;
  },
  "what lies where nobody looks": (world, roll) => {
    const { items } = levelOf(world);
    const dark = [...items.values()].filter((one) => !isLit(world, one) && one.kind !== "gold");
    const one = dark[roll(dark.length)];
    if (one === undefined || one.ore !== undefined) return undefined;
    const kind = one.kind === "mace" ? "dagger" : "mace";
    const stats = freshStats(world.book.item(kind));
    items.set(one.id, { ...one, kind, stats });
    return (now) => isLit(now, one) || !levelOf(now).items.has(one.id);
  },
  "the values of ore that nobody has surveyed": (world) => {
    const { spawns } = levelOf(world);
    const unknown = spawns.filter(({ known }) => !known);
    if (unknown.length === 0) return undefined;
    for (const { values } of unknown) Object.assign(values, { hardness: 99, purity: 1 });
    return (now) => levelOf(now).spawns.some((one, place) => one.known && !spawns[place]?.known);
  },
  "how much is in a vein that nobody has surveyed": (world, roll) => {
    const { veins, floor } = levelOf(world);
    const [cell, row] = [...veins][roll(veins.size)] ?? [];
    if (cell === undefined || row === undefined) return undefined;
    if ([...world.delvers.values()].some(({ surveyed }) => surveyed?.vein === cell))
      return undefined;
    veins.set(cell, { ...row, amount: row.amount + 3 });
    return (now) =>
      !now.levels.get(floor)?.veins.has(cell) ||
      [...now.delvers.values()].some(
        ({ act, surveyed }) => act?.is === "mining" || surveyed?.vein === cell,
      );
  },
  "what unknown potions, scrolls and wands are": (world) => {
    const { items } = world.book.content;
    const { size } = world.known;
    for (const family of ["potion", "scroll", "wand"] as const) {
      const unknown = items.filter(({ id }) => unknownFamily(world, id) === family);
      const order = unknown.map(({ id }) => id);
      const turned = new Map(
        order.map((id, place) => [id, order[(place + 1) % order.length] ?? id]),
      );
      swapKinds(world, turned);
    }
    return (now) => now.known.size !== size;
  },
  "what a runic or an enchantment is that nobody has felt": (world) => {
    let changed = 0;
    for (const delver of world.delvers.values()) {
      for (const row of delver.pack) {
        if (row.stats === undefined || row.stats.known || row.stats.felt) continue;
        row.stats = { ...row.stats, enchant: 3, runic: row.stats.runic === "speed" ? "" : "speed" };
        changed += 1;
      }
    }
    return changed > 0 ? NEVER : undefined;
  },
  "what a treasure or a trader has": (world) => {
    const { fixtures } = levelOf(world);
    const shut = [...fixtures].filter(([, row]) => row.wares !== undefined && gap(world, row) > 1);
    const [cell, row] = shut[0] ?? [];
    if (cell === undefined || row?.wares === undefined) return undefined;
    fixtures.set(cell, { ...row, wares: row.wares.map((one) => ({ ...one, item: "mace" })) });
    return (now) => gap(now, row) <= 1;
  },
  "what the ground is where nobody has been": (world, roll) => {
    const level = levelOf(world);
    const dark = [...level.memory.keys()].filter(
      (cell) =>
        level.memory[cell] === 0 && level.walkable[cell] === 1 && level.occupant[cell] === 0,
    );
    const cell = dark[roll(dark.length)];
    if (cell === undefined) return undefined;
    const wall = world.book.tileNumber(
      world.book.region(world.book.floor(level.floor).region).wall,
    );
    setTile(world.book, level, cell, wall);
    level.lit[cell] = 7;
    return AT_ONCE;
  },
  "what is on a floor that all have left": (world) => {
    const here = levelOf(world).floor;
    const left = [...world.levels.values()].find(({ floor }) => !isThere(world, floor));
    if (left === undefined || left.floor === here) return undefined;
    for (const one of left.monsters.values()) one.maxHp += 9;
    left.items.clear();
    left.fixtures.clear();
    return (now) => isThere(now, left.floor);
  },
};

/** Every unknown kind becomes another, and takes the look of the one that it was. */
function swapKinds(world: DungeonWorld, turned: ReadonlyMap<string, string>): void {
  const plain = game.restore(game.snapshot(world));
  for (const kind of turned.keys()) itemName(plain, kind);
  const before = world.derived.looks(() => plain.derived.looks(() => new Map()));
  const looks = before as Map<string, string>;
  const old = new Map(looks);
  for (const [from, to] of turned) looks.set(to, old.get(from) ?? "");
  for (const { pack } of world.delvers.values()) {
    for (const row of pack) row.kind = turned.get(row.kind) ?? row.kind;
  }
  for (const { items, fixtures } of world.levels.values()) {
    for (const row of items.values()) {
      items.set(row.id, { ...row, kind: turned.get(row.kind) ?? row.kind });
    }
    for (const [cell, row] of fixtures) {
      const { wares } = row;
      if (wares === undefined) continue;
      const swapped = wares.map((one) => ({ ...one, item: turned.get(one.item) ?? one.item }));
      fixtures.set(cell, { ...row, wares: swapped });
    }
  }
}

/** The floor where the first member is. */
function levelOf(world: DungeonWorld) {
  const [first] = world.delvers.values();
  const level = world.levels.get(first?.floor ?? 0);
  if (level === undefined) throw new Error("nobody is anywhere");
  return level;
}

/** Cells between a place of that floor and the nearest of the party. */
function gap(world: DungeonWorld, place: Point): number {
  const { floor } = levelOf(world);
  const here = [...world.delvers.values()].filter((one) => one.floor === floor);
  return Math.min(...here.map((one) => distance(one, place)));
}

function isLit(world: DungeonWorld, { x, y }: Point): boolean {
  const { memory, width } = levelOf(world);
  return ((memory[y * width + x] ?? 0) & 0x100) !== 0;
}

function isThere(world: DungeonWorld, floor: number): boolean {
  return [...world.delvers.values()].some((one) => one.floor === floor);
}
