import type { MonsterSpec } from "../../content.ts";
import { FAR } from "../../distances.ts";
import { at, type Point } from "../../geometry.ts";
import type { Dice } from "../../random.ts";
import type { Book } from "../book.ts";
import { cellOf, pointOf } from "../terrain.ts";
import type { LevelRow, MonsterRow, Mood } from "../world.ts";
import type { Site } from "./furnish.ts";
import { type Found, findThing, weighted } from "./loot.ts";

const CLEAR_OF_ARRIVAL = 24;
const PACK_SPREAD = 3;

/** Puts monsters and things on a furnished floor. */
export function populate(site: Site, paths: Uint16Array, hidden: (cell: number) => boolean): void {
  const { book, level, wish, dice, ids } = site;
  const spec = book.floor(level.floor);
  const kinds = residents(book, level.floor);
  const scaled = (count: number) => Math.max(1, Math.round((count * (wish.partySize + 2)) / 6));
  const reachable: number[] = [];
  for (let cell = 0; cell < level.tiles.length; cell += 1) {
    const steps = at(paths, cell);
    if (steps > 2 && steps !== FAR && isPlain(book, level, cell)) reachable.push(cell);
  }
  const lairs = reachable.filter((cell) => at(paths, cell) >= CLEAR_OF_ARRIVAL && hidden(cell));
  if (spec.boss !== undefined) {
    const boss = book.monster(spec.boss);
    const hp = Math.round((boss.hp * (wish.partySize + 2)) / 6);
    place(level, { ...freshMonster(ids(), boss, level.floor, level.exit), hp, maxHp: hp });
  }
  const isLair = new Uint8Array(level.tiles.length);
  for (const cell of lairs) isLair[cell] = 1;
  const waters = watersBeside(level, lairs).filter(hidden);
  for (let group = scaled(spec.groups); lairs.length > 0 && group > 0; group -= 1) {
    const kind = book.monster(weighted(dice, kinds).monster);
    const homes = kind.traits.includes("submerges") ? waters : [];
    settleGroup(level, kind, dice.pick(lairs), isLair, homes, dice, ids);
  }
  scatter(book, level, reachable, scaled(spec.items), spec.gold, dice, ids);
  hoard(site);
}

/** Who lives on a floor, with how much weight. */
function residents(book: Book, floor: number): { monster: string; weight: number }[] {
  return book.content.monsters.flatMap(({ id, lives }) =>
    lives.filter((one) => one.floor === floor).map(({ weight }) => ({ monster: id, weight })),
  );
}

function settleGroup(
  level: LevelRow,
  kind: MonsterSpec,
  lair: number,
  isLair: Uint8Array,
  homes: readonly number[],
  dice: Dice,
  ids: () => number,
): void {
  const home = homes.length > 0 ? dice.pick(homes) : lair;
  const centre = pointOf(level, home);
  const near: number[] = [];
  for (let dy = -PACK_SPREAD; dy <= PACK_SPREAD; dy += 1) {
    for (let dx = -PACK_SPREAD; dx <= PACK_SPREAD; dx += 1) {
      const cell = home + dy * level.width + dx;
      const fits = homes.length > 0 ? homes.includes(cell) : at(isLair, cell) === 1;
      if (fits && at(level.occupant, cell) === 0) near.push(cell);
    }
  }
  const free = dice.shuffled(near);
  const asleep = dice.percent(kind.asleepPercent);
  const mood: Mood = asleep ? { is: "asleep" } : { is: "wandering", ...centre };
  for (const cell of free.slice(0, dice.between(kind.packMin, kind.packMax))) {
    const monster = freshMonster(ids(), kind, level.floor, pointOf(level, cell));
    place(level, { ...monster, mood: { ...mood } });
  }
}

/** Where those live who lie under water or lava. */
function watersBeside(level: LevelRow, lairs: readonly number[]): number[] {
  const { width, liquid, flyable } = level;
  const sides = [-width, 1, width, -1, 1 - width, width + 1, width - 1, -width - 1];
  const shore = new Set<number>();
  for (const cell of lairs) {
    for (const side of sides) {
      if (at(liquid, cell + side) !== 0 && at(flyable, cell + side) === 1) shore.add(cell + side);
    }
  }
  return [...shore];
}

function scatter(
  book: Book,
  level: LevelRow,
  cells: readonly number[],
  items: number,
  gold: number,
  dice: Dice,
  ids: () => number,
): void {
  // A floor where one cannot walk at all is none: the proof has it laid out anew.
  if (cells.length === 0) return;
  const lay = ({ kind, count, stats }: Found) => {
    const id = ids();
    level.items.set(id, { id, kind, count, ...pointOf(level, dice.pick(cells)), stats });
  };
  for (let i = 0; i < items; i += 1) lay(findThing(book, dice, level.floor));
  for (let i = 0; i < gold; i += 1) {
    lay({ kind: "gold", count: dice.between(5, 15) + 5 * level.floor, stats: undefined });
  }
}

/** Something of worth in every secret closet, for whoever finds it. */
function hoard({ book, level, plan, dice, ids }: Site): void {
  for (const closet of plan.closets) {
    const from = closet.y * level.width + closet.x;
    scatter(book, level, [from], 1, 0, dice, ids);
    scatter(book, level, [from + closet.width - 1], 0, 2, dice, ids);
  }
}

export function freshMonster(
  id: number,
  kind: MonsterSpec,
  floor: number,
  { x, y }: Point,
): MonsterRow {
  return {
    is: "monster",
    id,
    kind,
    floor,
    x,
    y,
    hp: kind.hp,
    maxHp: kind.hp,
    readyAt: 0,
    hurtAt: -1,
    mood: { is: "asleep" },
    gold: 0,
    hidden: kind.mind.kind === "mimic",
    phase: 1,
    loomsAt: 0,
    loomedAt: 0,
    spellAt: 0,
    struckAt: -1,
    called: false,
    belly: [],
    threat: {},
    struck: {},
    fired: {},
    effects: [],
  };
}

function place(level: LevelRow, monster: MonsterRow): void {
  level.monsters.set(monster.id, monster);
  level.occupant[cellOf(level, monster)] = monster.id;
}

function isPlain(book: Book, { tiles, walkable, fixtures }: LevelRow, cell: number): boolean {
  const isFree = at(walkable, cell) === 1 && !fixtures.has(cell);
  return isFree && at(book.tilePlain, at(tiles, cell)) === 1;
}
