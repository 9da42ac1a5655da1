import type { ItemSpec, Trait, WeaponTrait } from "../content.ts";
import { at, distance, type Point } from "../geometry.ts";
import { added, has, pacePercent, senses, sightOf } from "./conditions.ts";
import type { Frozen } from "./frozen.ts";
import { cellOf, inside, pointOf } from "./terrain.ts";
import type { Actor, Delver, ItemStats, Level, Monster, PackRow, Scene } from "./world.ts";

/** Milliseconds of content as ticks of this run; never none. */
export function ticks(world: { readonly tickRate: number }, ms: number): number {
  return Math.max(1, Math.round((ms * world.tickRate) / 1000));
}

/** A moment of the world as the host counts it, in ms since the start. */
export function momentMs(world: Scene, tick: number): number {
  return tick === 0 ? 0 : toMs(world, tick + world.stood);
}

export function toMs(world: { readonly tickRate: number }, tick: number): number {
  return Math.round((tick * 1000) / world.tickRate);
}

/** The floor of an actor; that it exists is ours to keep true. */
export function levelOf(world: Scene, actor: { readonly floor: number }): Level {
  const level = world.levels.get(actor.floor);
  if (level === undefined) throw new Error(`floor ${actor.floor} is not open`);
  return level;
}

export function actorById(world: Scene, floor: number, id: number): Actor | undefined {
  return world.delvers.get(id) ?? world.levels.get(floor)?.monsters.get(id);
}

export function actorAt(world: Scene, level: Level, point: Point): Actor | undefined {
  if (!inside(level, point)) return undefined;
  return actorById(world, level.floor, at(level.occupant, cellOf(level, point)));
}

/** A cell that somebody could step into now. */
export function free(level: Level, point: Point): boolean {
  if (!inside(level, point)) return false;
  const cell = cellOf(level, point);
  return at(level.walkable, cell) === 1 && at(level.occupant, cell) === 0;
}

/** A cell that this monster could step into now: some go where others cannot. */
export function freeFor(level: Level, monster: Monster, point: Point): boolean {
  if (free(level, point)) return true;
  const { traits } = monster.kind;
  if (traits.includes("phases")) {
    const { x, y } = point;
    const inner = x > 0 && y > 0 && x < level.width - 1 && y < level.height - 1;
    return inner && at(level.occupant, cellOf(level, point)) === 0;
  }
  if (!traits.includes("flies") && !traits.includes("swims")) return false;
  if (!inside(level, point)) return false;
  const cell = cellOf(level, point);
  return at(level.flyable, cell) === 1 && at(level.occupant, cell) === 0;
}

/** The free cells nearest to a point, nearest first. */
export function freeNear(level: Level, point: Point, radius: number): Point[] {
  const found: Point[] = [];
  for (let y = point.y - radius; y <= point.y + radius; y += 1) {
    for (let x = point.x - radius; x <= point.x + radius; x += 1) {
      if (free(level, { x, y })) found.push({ x, y });
    }
  }
  return found.toSorted((a, b) => distance(a, point) - distance(b, point));
}

/** How long a delver takes to gain one point of health: who has more of it mends the faster. */
export function healMs({ class: kind, maxHp }: Delver): number {
  return Math.round((kind.healEveryMs * kind.hp) / maxHp);
}

/** Present in the dungeon with a body: up or down. */
export function present(delver: Delver): boolean {
  return delver.condition.is === "up" || delver.condition.is === "down";
}

export function isUp(delver: Delver): boolean {
  return delver.condition.is === "up";
}

export function delversOn(world: Scene, floor: number): Delver[] {
  return [...world.delvers.values()].filter((one) => one.floor === floor && present(one));
}

export function activeFloors(world: Scene): number[] {
  const floors = [...world.delvers.values()].filter(present).map((one) => one.floor);
  return [...new Set(floors)].sort((a, b) => a - b);
}

/** Whether a delver sees a cell of their floor; by symmetry, whether what stands there sees them. */
export function sees(world: Scene, delver: Delver, point: Point): boolean {
  const level = levelOf(world, delver);
  const view = world.derived.viewOf(level, delver, sightOf(world, delver));
  return at(view.bits, cellOf(level, point)) === 1;
}

/** Whether what stands in a cell could see a delver, who may be blind. */
export function isExposed(world: Scene, delver: Delver, point: Point): boolean {
  if (!has(world, delver, "blinds")) return sees(world, delver, point);
  const level = levelOf(world, delver);
  const { x, y } = delver;
  const view = world.derived.viewOf(
    level,
    { id: -delver.id, x, y },
    world.book.content.rules.sightCells,
  );
  return at(view.bits, cellOf(level, point)) === 1;
}

/** Whether any member has a cell in sight now. */
export function inSight(level: Level, point: Point): boolean {
  return (at(level.memory, cellOf(level, point)) & 0x100) !== 0;
}

/** Monsters a delver could mean: on the same floor, in their own sight, not in disguise. */
export function foesInSight(world: Scene, delver: Delver, within: number): Monster[] {
  const level = levelOf(world, delver);
  return [...level.monsters.values()].filter(
    (one) =>
      isFoe(one) &&
      distance(one, delver) <= within &&
      sees(world, delver, one) &&
      showsItself(world, level, one),
  );
}

/** Enemies on a delver's floor that the party sees, whoever of it does. */
export function foesShown(world: Scene, delver: Delver): Monster[] {
  const level = levelOf(world, delver);
  return [...level.monsters.values()].filter((one) => isFoe(one) && isShown(world, level, one));
}

export function foesBeside(world: Scene, delver: Delver): Monster[] {
  const level = levelOf(world, delver);
  const foes: Monster[] = [];
  for (let direction = 0; direction < 9; direction += 1) {
    const x = delver.x - 1 + (direction % 3);
    const y = delver.y - 1 + Math.floor(direction / 3);
    const other = level.monsters.get(at(level.occupant, cellOf(level, { x, y })));
    if (other !== undefined && isFoe(other) && !has(world, other, "hides")) foes.push(other);
  }
  return foes;
}

/** Fights the party, and is not taken for a chest. */
export function isFoe(monster: Monster): boolean {
  return !monster.hidden && monster.mood.is !== "allied";
}

export function isAllied(actor: Actor): boolean {
  return actor.is === "delver" || actor.mood.is === "allied";
}

/** Whether who has a monster's cell in sight sees the monster itself. */
export function showsItself(world: Scene, level: Level, monster: Monster): boolean {
  // Whatever sticks to it, burns it or marks it gives it away.
  if (monster.effects.length > 0) return !has(world, monster, "hides");
  const reach = coveredTo(level, monster);
  if (reach === undefined) return true;
  return delversOn(world, level.floor).some((one) => distance(one, monster) <= reach);
}

/** Whether the party sees a monster, if only as the chest that it is taken for. */
export function isShown(world: Scene, level: Level, monster: Monster): boolean {
  if (inSight(level, monster) && showsItself(world, level, monster)) return true;
  return has(world, monster, "shows") || isFarSighted(world, level.floor);
}

/** Whether somebody on a floor sees all monsters of it, wherever they are. */
export function isFarSighted(world: Scene, floor: number): boolean {
  return delversOn(world, floor).some((one) => senses(world, one, "monsters"));
}

/** A cell that is free as far as the party can tell: what it does not see may stand there. */
export function seemsFree(world: Scene, level: Level, point: Point): boolean {
  if (!inside(level, point) || at(level.walkable, cellOf(level, point)) === 0) return false;
  const other = actorAt(world, level, point);
  return other === undefined || (other.is === "monster" && !isShown(world, level, other));
}

/** Up to how far a monster that cannot be seen from anywhere can be made out. */
function coveredTo(level: Level, monster: Monster): number | undefined {
  if (hasTrait(monster, "unseen")) return 1;
  const under = hasTrait(monster, "submerges") && at(level.liquid, cellOf(level, monster)) !== 0;
  return under ? 2 : undefined;
}

/** R-DUN-7: the boss of a floor bars its stairs down from all while it is near them. */
export function guardOf(world: Scene, { floor }: { readonly floor: number }): Monster | undefined {
  const level = levelOf(world, { floor });
  const { guardCells } = world.book.content.rules;
  return [...level.monsters.values()].find(
    (one) => one.kind.boss && distance(one, level.exit) <= guardCells,
  );
}

export function packed(delver: Delver, id: number): Frozen<PackRow> | undefined {
  return delver.pack.find((item) => item.id === id);
}

export function roleAt(world: Scene, level: Level, point: Point): string {
  if (!inside(level, point)) return "wall";
  return world.book.tile(at(level.tiles, cellOf(level, point)))?.role ?? "wall";
}

/** Name in a sentence: "Ana", "the jackal". */
export function nameOf(actor: Actor | undefined): string {
  if (actor === undefined) return "something";
  return actor.is === "delver" ? actor.name : `the ${actor.kind.name}`;
}

export function attackOf(world: Scene, actor: Actor): number {
  const more = added(world, actor, "attack");
  if (actor.is === "monster") return actor.kind.attack + more;
  return Math.max(0, actor.attack + gearPower(world, actor, actor.weapon) + more);
}

export function defenceOf(world: Scene, actor: Actor): number {
  const more = added(world, actor, "defence");
  if (actor.is === "monster") return Math.max(0, actor.kind.defence + more);
  const body = gearPower(world, actor, actor.armour);
  return Math.max(0, actor.defence + body + gearPower(world, actor, actor.shield) + more);
}

/** What a weapon adds to attack, or armour to defence; what is worn out adds nothing. */
export function gearPower(world: Scene, delver: Delver, id: number): number {
  const { spec, stats } = gear(world, delver, id);
  if (isBroken(stats)) return 0;
  if (spec?.use === "weapon") return spec.damage + (stats?.damage ?? 0) + (stats?.enchant ?? 0);
  if (spec?.use === "armour") return spec.defence + (stats?.defence ?? 0) + (stats?.enchant ?? 0);
  return 0;
}

/** Whether a delver holds a weapon of such a kind. */
export function wields(world: Scene, delver: Delver, trait: WeaponTrait): boolean {
  const { spec } = gear(world, delver, delver.weapon);
  return spec?.use === "weapon" && spec.traits.includes(trait);
}

export function isWorn({ weapon, armour, shield }: Delver, id: number): boolean {
  return weapon === id || armour === id || shield === id;
}

/** What gear adds to an attack by magic: what its kind has, and the spell line of its making. */
export function spellOf(world: Scene, actor: Actor): number {
  return forged(world, actor, "spell");
}

/** R-CRA-6: what is worn out is of no use until it is mended. */
export function isBroken(stats: ItemStats | undefined): boolean {
  return stats !== undefined && stats.durability > 0 && stats.wear >= stats.durability;
}

/** What the weapon in hand and the armour worn add of a line that only forged things have. */
export function forged(
  world: Scene,
  actor: Actor,
  line: "spell" | "healing" | "thrift" | "heft",
): number {
  if (actor.is === "monster") return 0;
  let sum = 0;
  for (const worn of [actor.weapon, actor.armour, actor.shield]) {
    const { spec, stats } = gear(world, actor, worn);
    if (line === "spell" && !isBroken(stats)) {
      const own = spec?.use === "weapon" || spec?.use === "armour" ? spec.spell : 0;
      sum += own + (stats?.spell ?? 0);
    }
    if (line === "spell" || (isBroken(stats) && line !== "heft")) continue;
    sum += stats?.made?.[line] ?? 0;
  }
  return sum;
}

/** Percent slower for what gear weighs beyond what a class bears. */
export function burdenPercent(world: Scene, actor: Actor): number {
  if (actor.is === "monster") return 0;
  const over = Math.max(0, forged(world, actor, "heft") - actor.class.bears);
  return over * world.book.content.rules.forge.heftPercent;
}

/** What a delver holds or wears under an id of the pack. */
export function gear(
  world: Scene,
  delver: Delver,
  id: number,
): { spec: ItemSpec | undefined; stats: ItemStats | undefined } {
  const row = packed(delver, id);
  return { spec: row && world.book.item(row.kind), stats: row?.stats };
}

export function hasTrait(actor: Actor, trait: Trait): boolean {
  return actor.is === "monster" && actor.kind.traits.includes(trait);
}

/** A duration as this actor lives it: haste shortens, slowness draws it out. */
export function paced(world: Scene, actor: Actor, ms: number): number {
  const burden = 100 + burdenPercent(world, actor);
  return ticks(world, (ms * pacePercent(world, actor) * burden) / 10_000);
}

export { cellOf, inside, pointOf };
