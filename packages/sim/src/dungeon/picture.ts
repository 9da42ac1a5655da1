import {
  type FloorView,
  THING_ALLY,
  THING_ASLEEP,
  THING_AWAY,
  THING_DOWN,
  THING_FIXTURE,
  THING_HURT_NOW,
  THING_ITEM,
  THING_MONSTER,
  THING_PLAYER,
  type Thing,
} from "../simulation.ts";
import { senses } from "./conditions.ts";
import { groundName, itemPicture } from "./naming.ts";
import { delversOn, inSight, isShown } from "./reads.ts";
import type { Actor, Delver, Level, Monster, Scene } from "./world.ts";

/** What the party as one sees of a floor, and nothing that no member sees. */
export function pictureOf(world: Scene, floor: number): FloorView {
  const level = world.levels.get(floor);
  if (level === undefined) return NOWHERE(floor);
  const { name, width, height, memory: cells } = level;
  return { floor, name, width, height, cells, things: thingsOf(world, level) };
}

const NOWHERE = (floor: number): FloorView => ({
  floor,
  name: "",
  width: 0,
  height: 0,
  cells: new Uint16Array(0),
  things: [],
});

function thingsOf(world: Scene, level: Level): Thing[] {
  const things: Thing[] = [];
  const crew = delversOn(world, level.floor);
  const divined = crew.some((one) => senses(world, one, "things"));
  for (const item of level.items.values()) {
    if (!divined && !inSight(level, item)) continue;
    const kind = world.book.kindNumber(itemPicture(world, item.kind));
    things.push([item.id, kind, item.x, item.y, -1, THING_ITEM, groundName(world, item)]);
  }
  for (const { id, kind, x, y, found, monster } of level.fixtures.values()) {
    if (!found || !inSight(level, { x, y })) continue;
    const picture = world.book.kindNumber(`fixture:${kind.id}`);
    const bound = monster === undefined ? "" : ` ${world.book.monster(monster).name}`;
    const name = `${kind.name}${bound}`;
    things.push([id, picture, x, y, -1, THING_FIXTURE, name]);
  }
  for (const monster of level.monsters.values()) {
    if (isShown(world, level, monster)) things.push(monsterThing(world, monster));
  }
  for (const delver of crew) things.push(delverThing(world, delver));
  return things;
}

function monsterThing(world: Scene, monster: Monster): Thing {
  const { id, kind, x, y, mood, hidden } = monster;
  if (hidden) return [id, world.book.kindNumber("chest"), x, y, -1, THING_ITEM, "chest"];
  const flags =
    THING_MONSTER |
    (mood.is === "asleep" ? THING_ASLEEP : 0) |
    (mood.is === "allied" ? THING_ALLY : 0) |
    hurtFlag(world, monster);
  const picture = world.book.kindNumber(`monster:${kind.id}`);
  return [id, picture, x, y, percent(monster), flags, kind.name];
}

function delverThing(world: Scene, delver: Delver): Thing {
  const { id, x, y, name, condition, away } = delver;
  const down = condition.is === "down" ? THING_DOWN : 0;
  const flags = THING_PLAYER | down | (away ? THING_AWAY : 0) | hurtFlag(world, delver);
  return [
    id,
    world.book.kindNumber(`class:${delver.class.id}`),
    x,
    y,
    percent(delver),
    flags,
    name,
  ];
}

function hurtFlag(world: Scene, actor: Actor): number {
  return actor.hurtAt === world.tick ? THING_HURT_NOW : 0;
}

function percent({ hp, maxHp }: Actor): number {
  return Math.ceil((hp * 100) / maxHp);
}
