import type { BodiesEvents } from "../events/bodies.ts";
import { causeOf, isDirect } from "../events/how.ts";
import type { How } from "../events.ts";
import type { Evolve } from "../evolve.ts";
import { freshMonster } from "../generate/populate.ts";
import { lookAround } from "../looking.ts";
import { healMs, ticks } from "../reads.ts";
import { cellOf } from "../terrain.ts";
import type { DelverRow, DungeonWorld, LevelRow, MonsterRow } from "../world.ts";
import { actorRow, delverRow, levelRow, monsterRow } from "./rows.ts";

/** Events of where bodies are and how they fare. */
export const bodies: { [K in keyof BodiesEvents]: Evolve<K> } = {
  arrived(world, { actor, floor, x, y }) {
    const delver = delverRow(world, actor);
    vacate(world, delver);
    if (!world.tally.timeline.some((one) => one.floor === floor)) {
      world.tally.timeline.push({ floor, tick: world.tick });
    }
    Object.assign(delver, { floor, x, y });
    delver.deeds.deepest = Math.max(delver.deeds.deepest, floor);
    settle(world, levelRow(world, floor), delver);
    lookAround(world, levelRow(world, floor));
  },
  moved(world, { actor, x, y }) {
    const row = actorRow(world, actor);
    const level = levelRow(world, row.floor);
    level.occupant[cellOf(level, row)] = 0;
    row.x = x;
    row.y = y;
    settle(world, level, row);
    if (row.is === "delver") lookAround(world, level);
  },
  swapped(world, event) {
    const one = actorRow(world, event.actor);
    const other = actorRow(world, event.with);
    const level = levelRow(world, one.floor);
    const { x, y } = one;
    Object.assign(one, { x: other.x, y: other.y });
    Object.assign(other, { x, y });
    settle(world, level, one);
    settle(world, level, other);
    lookAround(world, level);
  },
  busied(world, { actor, until }) {
    actorRow(world, actor).readyAt = until;
  },
  dug() {},
  missed(world, { actor, target }) {
    const { floor } = actorRow(world, target);
    struck(world, floor, actor);
  },
  hit(world, { actor, target, amount, how }) {
    const row = actorRow(world, target);
    const dealt = Math.min(row.hp, amount);
    row.hp -= dealt;
    row.hurtAt = world.tick;
    struck(world, row.floor, actor);
    const by = world.delvers.get(actor);
    if (row.is === "monster") {
      if (by !== undefined) by.deeds.dealt += dealt;
      if (by !== undefined && isDirect(how)) row.struck[by.id] = world.tick;
      if (actor !== 0) row.threat[actor] = (row.threat[actor] ?? 0) + dealt;
    }
    if (row.is !== "delver") return;
    row.deeds.taken += dealt;
    row.hurtBy = hurtBy(world, actor, how);
    if (row.healAt === 0) row.healAt = world.tick + healTicks(world, row);
  },
  healed(world, { actor, target, amount }) {
    const row = actorRow(world, target);
    const gained = Math.min(row.maxHp - row.hp, amount);
    row.hp += gained;
    if (row.is === "delver" && row.hp === row.maxHp) row.healAt = 0;
    const by = world.delvers.get(actor);
    if (by !== undefined) by.deeds.healed += gained;
  },
  slain(world, { actor, monster }) {
    const row = monsterRow(world, monster);
    const level = levelRow(world, row.floor);
    level.occupant[cellOf(level, row)] = 0;
    level.monsters.delete(monster);
    const bones = cellOf(level, row);
    if (level.walkable[bones] === 1) level.bones = [...level.bones, bones].slice(-BONES_MAX);
    world.tally.kills[row.kind.id] = (world.tally.kills[row.kind.id] ?? 0) + 1;
    const by = world.delvers.get(actor);
    if (by !== undefined) by.deeds.kills += 1;
  },
  downed(world, { actor, until }) {
    const delver = delverRow(world, actor);
    delver.condition = { is: "down", until };
    delver.deeds.downs += 1;
    Object.assign(delver, {
      healAt: 0,
      refreshAt: 0,
      effects: [],
      waiting: undefined,
      intent: undefined,
    });
    lookAround(world, levelRow(world, delver.floor));
  },
  perished(world, { actor }) {
    const delver = delverRow(world, actor);
    delver.condition = { is: "dead" };
    const { name, floor, hurtBy: cause } = delver;
    world.tally.deaths.push(name);
    world.tally.fates.push({ name, class: delver.class.id, floor, tick: world.tick, cause });
    vacate(world, delver);
  },
  lifted(world, { actor, by, hp }) {
    const lifter = by === actor ? undefined : world.delvers.get(by);
    if (lifter !== undefined) lifter.deeds.revives += 1;
    const delver = delverRow(world, actor);
    delver.condition = { is: "up" };
    delver.hp = hp;
    delver.healAt = world.tick + healTicks(world, delver);
    const { max, everyMs } = delver.class.resource;
    delver.refreshAt = delver.resource < max ? world.tick + ticks(world, everyMs) : 0;
    delver.readyAt = world.tick + 1;
  },
  spawned(world, { monster, floor, x, y, hp, mood, from }) {
    const level = levelRow(world, floor);
    const kind = world.book.monster(monster);
    const parent = level.monsters.get(from);
    const row: MonsterRow = {
      ...freshMonster(world.nextId, kind, floor, { x, y }),
      hp,
      maxHp: hp,
      mood: { ...mood },
      // Half an ooze is worth as much as a whole one; what was called is worth nothing.
      called: parent !== undefined && (parent.called || parent.kind.id !== monster),
      // A moment to find its feet: else each split would be a free blow.
      readyAt: world.tick + ticks(world, kind.strikeMs),
    };
    world.nextId += 1;
    level.monsters.set(row.id, row);
    settle(world, level, row);
  },
  felt(world, { actor, mood }) {
    const row = monsterRow(world, actor);
    if (row.mood.is === "asleep") row.readyAt = world.tick + 1;
    row.mood = { ...mood };
  },
  changed(world, { actor, monster }) {
    const before = monsterRow(world, actor);
    const { floor, x, y, readyAt, hurtAt, mood, gold } = before;
    const fresh = freshMonster(actor, world.book.monster(monster), floor, { x, y });
    const row = { ...fresh, readyAt, hurtAt, mood, gold, hidden: false };
    levelRow(world, floor).monsters.set(actor, row);
  },
  noticed() {},
  howled() {},
  revealed(world, { actor }) {
    monsterRow(world, actor).hidden = false;
  },
  loomed(world, { actor, until }) {
    Object.assign(monsterRow(world, actor), { loomsAt: until, loomedAt: world.tick });
  },
  burst() {},
  slammed(world, { actor }) {
    monsterRow(world, actor).loomsAt = 0;
  },
  rushed(world, { actor, x, y }) {
    bodies.moved(world, { kind: "moved", actor, x, y });
    monsterRow(world, actor).loomsAt = 0;
  },
  spellCast(world, { actor, until }) {
    monsterRow(world, actor).spellAt = until;
  },
  hatched(world, { actor, monster, hp }) {
    const egg = monsterRow(world, actor);
    const kind = world.book.monster(monster);
    levelRow(world, egg.floor).monsters.set(actor, {
      ...freshMonster(actor, kind, egg.floor, egg),
      ...{ hp, maxHp: hp, called: egg.called, readyAt: world.tick + 1 },
      mood: { is: "wandering", x: egg.x, y: egg.y },
    });
  },
  bonesGone(world, { floor, cell }) {
    const level = levelRow(world, floor);
    level.bones = level.bones.filter((one) => one !== cell);
  },
  vanished(world, { actor }) {
    const row = monsterRow(world, actor);
    const level = levelRow(world, row.floor);
    level.occupant[cellOf(level, row)] = 0;
    level.monsters.delete(actor);
  },
  followed(world, { actor, floor, x, y }) {
    const row = monsterRow(world, actor);
    bodies.vanished(world, { kind: "vanished", actor });
    Object.assign(row, { floor, x, y });
    const level = levelRow(world, floor);
    level.monsters.set(actor, row);
    settle(world, level, row);
  },
  dragged() {},
  rusted() {},
  ate(world, { actor, spawn, amount }) {
    monsterRow(world, actor).belly.push({ spawn, amount });
  },
  phased(world, { actor, phase }) {
    monsterRow(world, actor).phase = phase;
  },
  threatened(world, { actor, target, amount }) {
    const { threat } = monsterRow(world, actor);
    threat[target] = (threat[target] ?? 0) + amount;
  },
  fell(world, event) {
    bodies.arrived(world, { ...event, kind: "arrived" });
  },
  presence(world, { actor, presence }) {
    const delver = delverRow(world, actor);
    delver.away = presence === "away";
    if (presence !== "left") return;
    const body = delver.condition.is === "up" || delver.condition.is === "down";
    delver.condition = { is: "left" };
    delver.waiting = undefined;
    if (body) vacate(world, delver);
  },
};

/** In words for the book of the dead: "a jackal", "the foreman", "falling rock". */
function hurtBy(world: DungeonWorld, actor: number, how: How): string {
  const delver = world.delvers.get(actor);
  if (delver !== undefined) return delver.name;
  for (const level of world.levels.values()) {
    const monster = level.monsters.get(actor);
    if (monster !== undefined) return oneOf(monster.kind);
  }
  return causeOf(how);
}

function oneOf({ name, boss }: MonsterRow["kind"]): string {
  if (boss) return `the ${name}`;
  return `${/^[aeiou]/i.test(name) ? "an" : "a"} ${name}`;
}

function healTicks(world: DungeonWorld, delver: DelverRow): number {
  return ticks(world, healMs(delver));
}

/** Puts a body on its cell; a delver leaves a scent there. */
function settle(world: DungeonWorld, level: LevelRow, row: DelverRow | MonsterRow): void {
  const cell = cellOf(level, row);
  level.occupant[cell] = row.id;
  if (row.is === "delver") level.scent[cell] = Math.max(1, world.tick);
}

/** So many dead of a floor can still be raised. */
const BONES_MAX = 12;

function struck(world: DungeonWorld, floor: number, by: number): void {
  const row = world.levels.get(floor)?.monsters.get(by);
  if (row !== undefined) row.struckAt = world.tick;
}

/** Takes a delver's body off its floor, if it stands on one. */
function vacate(world: DungeonWorld, delver: DelverRow): void {
  const level = world.levels.get(delver.floor);
  if (level === undefined) return;
  const cell = cellOf(level, delver);
  if (level.occupant[cell] !== delver.id) return;
  level.occupant[cell] = 0;
  const { floor } = delver;
  delver.floor = 0;
  lookAround(world, level);
  delver.floor = floor;
}
