import type { AbilitySpec, ItemSpec } from "../content.ts";
import { adjacent, between, distance, type Point, toward } from "../geometry.ts";
import type { Action } from "./actions.ts";
import type { CommandName, CommandOf } from "./commands.ts";
import { itemName } from "./naming.ts";
import {
  actorAt,
  cellOf,
  foesBeside,
  inside,
  isUp,
  levelOf,
  packed,
  roleAt,
  sees,
} from "./reads.ts";
import type { Actor, Delver, Scene } from "./world.ts";

/** An action that can be done now, or why not, in words for the player. */
export type Judgement = Action | string;
type Judge<K extends CommandName> = (
  world: Scene,
  delver: Delver,
  command: CommandOf<K>,
) => Judgement;

export function judge<K extends CommandName>(
  world: Scene,
  delver: Delver,
  command: CommandOf<K>,
): Judgement {
  const known: Partial<typeof table> = table;
  return known[command.do]?.(world, delver, command) ?? "Nobody here knows how to do that.";
}

const table: { [K in CommandName]: Judge<K> } = {
  wait: (_, { id }) => ({ kind: "wait", actor: id }),
  step: judgeStep,
  close(world, delver, { dir }) {
    const level = levelOf(world, delver);
    const point = toward(delver, dir);
    if (roleAt(world, level, point) !== "openDoor") return "There is no open door there.";
    if (actorAt(world, level, point) !== undefined) return "Somebody stands in the doorway.";
    return { kind: "close", actor: delver.id, ...point };
  },
  stairs(world, delver) {
    const role = roleAt(world, levelOf(world, delver), delver);
    if (role === "stairsDown") return { kind: "stairs", actor: delver.id, floor: delver.floor + 1 };
    if (role !== "stairsUp") return "There are no stairs here.";
    if (delver.floor === 1) return "The gate above has shut behind you.";
    return { kind: "stairs", actor: delver.id, floor: delver.floor - 1 };
  },
  pickup(world, delver) {
    const items = [...levelOf(world, delver).items.values()];
    const here = items.filter(({ x, y }) => x === delver.x && y === delver.y);
    if (here.length === 0) return "There is nothing here to pick up.";
    if (delver.pack.length >= world.book.content.rules.packPlaces) return "Your pack is full.";
    return { kind: "pickup", actor: delver.id };
  },
  use(world, delver, { item }) {
    const row = packed(delver, item);
    if (row === undefined) return NOT_CARRIED;
    if (world.book.item(row.kind).use === "potion") {
      return { kind: "drink", actor: delver.id, item };
    }
    const worn = delver.weapon === item || delver.armour === item;
    return { kind: worn ? "takeOff" : "equip", actor: delver.id, item };
  },
  drop: (_, delver, { item }) =>
    packed(delver, item) === undefined ? NOT_CARRIED : { kind: "drop", actor: delver.id, item },
  throw(world, delver, { item, x, y }) {
    const row = packed(delver, item);
    if (row === undefined) return NOT_CARRIED;
    if (world.book.item(row.kind).use !== "potion") {
      return `Throwing the ${itemName(world, row.kind)} would do no good.`;
    }
    const far = outOfReach(world, delver, { x, y }, world.book.content.rules.throwCells);
    return far ?? { kind: "hurl", actor: delver.id, item, x, y };
  },
  ability(world, delver, { slot, x, y }) {
    const spec = world.book.abilities(delver.class.id).find((one) => one.slot === slot);
    if (spec === undefined) return "You have no such ability.";
    if ((delver.cooldowns[slot] ?? 0) > world.tick) return `${spec.name} is not ready yet.`;
    if (delver.resource < spec.cost) return `You have too little ${delver.class.resource.name}.`;
    return aim[spec.does](
      world,
      delver,
      spec,
      x === undefined || y === undefined ? delver : { x, y },
    );
  },
  shoot(world, delver, { x, y }) {
    const row = packed(delver, delver.weapon);
    const spec = row === undefined ? undefined : world.book.item(row.kind);
    if (spec?.use !== "weapon" || spec.range === 0) return "You hold nothing to shoot with.";
    const far = outOfReach(world, delver, { x, y }, spec.range);
    if (far !== undefined) return far;
    const foe = foeAt(world, delver, { x, y });
    if (foe === undefined) return NO_FOE;
    const friend = friendBetween(world, delver, { x, y });
    if (friend !== undefined) return `${friend.name} is in the way.`;
    return { kind: "shoot", actor: delver.id, target: foe.id };
  },
  survey(world, delver, { dir }) {
    const vein = veinToward(world, delver, dir);
    return vein === undefined ? NO_VEIN : { kind: "survey", actor: delver.id, vein };
  },
  mine(world, delver, { dir }) {
    const vein = veinToward(world, delver, dir);
    if (vein === undefined) return NO_VEIN;
    const { act } = delver;
    if (act?.is === "mining" && act.vein === vein) return "You are mining it already.";
    return { kind: "mine", actor: delver.id, vein };
  },
  revive(world, delver, { dir }) {
    const other = actorAt(world, levelOf(world, delver), toward(delver, dir));
    if (other?.is !== "delver") return "There is nobody there to lift.";
    if (other.condition.is !== "down") return `${other.name} does not need lifting.`;
    const { act } = delver;
    if (act?.is === "reviving" && act.target === other.id) return "You are lifting them already.";
    return { kind: "revive", actor: delver.id, target: other.id };
  },
};

const NOT_CARRIED = "You carry no such thing.";
const NO_VEIN = "There is no ore vein there.";
const NO_FOE = "There is no enemy there.";

function judgeStep(world: Scene, delver: Delver, { dir }: { dir: number }): Judgement {
  const level = levelOf(world, delver);
  const point = toward(delver, dir);
  const actor = delver.id;
  if (!inside(level, point) || (point.x === delver.x && point.y === delver.y)) {
    return "There is no way there.";
  }
  const other = actorAt(world, level, point);
  if (other?.is === "monster") return { kind: "strike", actor, target: other.id };
  if (other?.is === "delver") {
    if (!isUp(other)) return `${other.name} lies there.`;
    // Nobody is pushed about in the middle of an act; two who walk the same way would swap for ever.
    if (other.act !== undefined || other.readyAt > world.tick)
      return `${other.name} is busy there.`;
    return { kind: "swap", actor, with: other.id };
  }
  const role = roleAt(world, level, point);
  if (role === "door") return { kind: "open", actor, ...point };
  if (role === "vein") return "An ore vein: survey it, or mine it.";
  if ((level.walkable[cellOf(level, point)] ?? 0) === 0) return "Solid rock.";
  return { kind: "walk", actor, ...point };
}

type Aim = (world: Scene, delver: Delver, spec: AbilitySpec, point: Point) => Judgement;

const aim: { [K in AbilitySpec["does"]]: Aim } = {
  cleave(world, delver, spec) {
    if (foesBeside(world, delver).length === 0) return "No enemy is close enough.";
    return { kind: "ability", actor: delver.id, ability: spec, target: delver.id };
  },
  firebolt: aimAtFoe,
  aimedShot(world, delver, spec, point) {
    const row = packed(delver, delver.weapon);
    const weapon: ItemSpec | undefined = row && world.book.item(row.kind);
    const bow = weapon?.use === "weapon" && weapon.range > 0;
    return bow ? aimAtFoe(world, delver, spec, point) : "You hold nothing to shoot with.";
  },
  mend(world, delver, spec, point) {
    const far = outOfReach(world, delver, point, spec.range);
    if (far !== undefined) return far;
    const friend = actorAt(world, levelOf(world, delver), point);
    if (friend?.is !== "delver") return "There is nobody there to mend.";
    if (!isUp(friend)) return `${friend.name} is down: lift them first.`;
    if (friend.hp >= friend.maxHp) return `${friend.name} is not hurt.`;
    return { kind: "ability", actor: delver.id, ability: spec, target: friend.id };
  },
};

function aimAtFoe(world: Scene, delver: Delver, spec: AbilitySpec, point: Point): Judgement {
  const far = outOfReach(world, delver, point, spec.range);
  if (far !== undefined) return far;
  const foe = foeAt(world, delver, point);
  if (foe === undefined) return NO_FOE;
  return { kind: "ability", actor: delver.id, ability: spec, target: foe.id };
}

function outOfReach(world: Scene, delver: Delver, point: Point, range: number): string | undefined {
  const level = levelOf(world, delver);
  const whole = Number.isInteger(point.x) && Number.isInteger(point.y);
  if (!whole || !inside(level, point)) return "That is beyond the dungeon's walls.";
  if (!sees(world, delver, point)) return "You cannot see that from here.";
  return distance(delver, point) > range ? "That is too far away." : undefined;
}

function foeAt(world: Scene, delver: Delver, point: Point): Actor | undefined {
  const other = actorAt(world, levelOf(world, delver), point);
  return other?.is === "monster" && !other.hidden ? other : undefined;
}

/** A plain shot does not go through friends; standing next to them one shoots past. */
function friendBetween(world: Scene, delver: Delver, point: Point): Delver | undefined {
  const level = levelOf(world, delver);
  for (const cell of between(delver, point)) {
    const other = actorAt(world, level, cell);
    if (other?.is === "delver" && !adjacent(cell, delver)) return other;
  }
  return undefined;
}

function veinToward(world: Scene, delver: Delver, dir: number): number | undefined {
  const level = levelOf(world, delver);
  const point = toward(delver, dir);
  if (!inside(level, point)) return undefined;
  const cell = cellOf(level, point);
  return level.veins.has(cell) ? cell : undefined;
}
