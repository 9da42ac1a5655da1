import type { ItemUse, WandAim } from "../../content.ts";
import { distance, type Point } from "../../geometry.ts";
import type { GoodsCommand } from "../commands/goods.ts";
import { NOT_CARRIED, refuseReading } from "../decide/reading.ts";
import type { Judge, Judgement } from "../judge.ts";
import { isUnknown } from "../naming.ts";
import { PACK_FULL, refuseEquip, refuseTakeOff, roomFor } from "../packing.ts";
import { actorAt, foesInSight, free, isUp, isWorn, levelOf, packed } from "../reads.ts";
import type { Delver, Scene } from "../world.ts";
import { foeAt, outOfReach } from "./reach.ts";

export const goods: { [K in GoodsCommand["do"]]: Judge<K> } = {
  pickup(world, delver) {
    const items = [...levelOf(world, delver).items.values()];
    const here = items.filter(({ x, y }) => x === delver.x && y === delver.y);
    if (here.length === 0) return "There is nothing here to pick up.";
    if (!here.some((row) => roomFor(world, delver, row))) return PACK_FULL;
    return { kind: "pickup", actor: delver.id };
  },
  use(world, delver, { item, x, y, on }) {
    const row = packed(delver, item);
    if (row === undefined) return NOT_CARRIED;
    const at = x === undefined || y === undefined ? undefined : { x, y };
    return uses[world.book.item(row.kind).use](world, delver, { item, kind: row.kind, at, on });
  },
  drop(world, delver, { item }) {
    if (packed(delver, item) === undefined) return NOT_CARRIED;
    const refused = refuseTakeOff(world, delver, item);
    return refused ?? { kind: "drop", actor: delver.id, item };
  },
  throw(world, delver, { item, x, y }) {
    if (packed(delver, item) === undefined) return NOT_CARRIED;
    const refused =
      refuseTakeOff(world, delver, item) ??
      outOfReach(world, delver, { x, y }, world.book.content.rules.throwCells);
    return refused ?? { kind: "hurl", actor: delver.id, item, x, y };
  },
  dropOre(_, delver, { stack, amount }) {
    const row = delver.ore.find(({ id }) => id === stack);
    if (row === undefined || row.amount < amount) return "You do not have that ore.";
    return { kind: "dropOre", actor: delver.id, stack, amount };
  },
};

/** A thing to use, with where it is pointed and on what. */
type Order = {
  readonly item: number;
  readonly kind: string;
  readonly at: Point | undefined;
  readonly on: number | undefined;
};
type Use = (world: Scene, delver: Delver, order: Order) => Judgement;

/** How each family of things is used. */
const uses: { [U in ItemUse]: Use } = {
  potion(world, { id: actor, floor }, { item, kind }) {
    const spec = world.book.item(kind);
    const sinks = spec.use === "potion" && spec.does === "sinks" && world.known.has(kind);
    if (sinks && floor >= world.lastFloor) return "There is no floor below this one.";
    return { kind: "consume", actor, item };
  },
  scroll: judgeReading,
  charm(world, delver, { item }) {
    const ready = (packed(delver, item)?.stats?.readyAt ?? 0) <= world.tick;
    return ready ? { kind: "consume", actor: delver.id, item } : "The charm is still cold.";
  },
  wand: judgeWand,
  weapon: judgeGear,
  armour: judgeGear,
  other: () => "It hums in your hands.",
  plan: judgeReading,
  key: () => "It fits a lock somewhere on this floor.",
};

function judgeReading(world: Scene, delver: Delver, { item, on }: Order): Judgement {
  const { act } = delver;
  if (act?.is === "reading" && act.item === item) return "You are reading it already.";
  const refused = refuseReading(world, delver, item, on);
  return refused ?? { kind: "consume", actor: delver.id, item, on };
}

function judgeGear(world: Scene, delver: Delver, { item }: Order): Judgement {
  const worn = isWorn(delver, item);
  const refused = worn ? refuseTakeOff(world, delver, item) : refuseEquip(world, delver, item);
  return refused ?? { kind: worn ? "takeOff" : "equip", actor: delver.id, item };
}

/** A wand that nobody knows is pointed like most are: at somebody, or at any cell in sight. */
function judgeWand(world: Scene, delver: Delver, { item, kind, at }: Order): Judgement {
  const spec = world.book.item(kind);
  if (spec.use !== "wand") return NOT_CARRIED;
  const unknown = isUnknown(world, kind);
  const spent = (packed(delver, item)?.stats?.charges ?? 0) <= 0;
  if (spent && !unknown) return "The wand is spent.";
  const range = unknown ? world.book.content.rules.throwCells : spec.range;
  const aim = aims[unknown ? "foe" : spec.aims];
  const point = at ?? aim.nearest(world, delver, range);
  if (point === undefined) return aim.none;
  const far = outOfReach(world, delver, point, range);
  if (far !== undefined) return far;
  if (point.x === delver.x && point.y === delver.y) return "Point it away from yourself.";
  const refused = unknown ? undefined : aim.refuse(world, delver, point);
  const blocked = !unknown && spec.does === "blinks" && !free(levelOf(world, delver), point);
  if (blocked) return "There is no room there.";
  return refused ?? { kind: "zap", actor: delver.id, item, x: point.x, y: point.y };
}

type Aim = {
  /** What it is pointed at when the player names no cell. */
  nearest(world: Scene, delver: Delver, range: number): Point | undefined;
  readonly none: string;
  refuse(world: Scene, delver: Delver, at: Point): string | undefined;
};

const aims: { [A in WandAim]: Aim } = {
  foe: {
    nearest: (world, delver, range) =>
      foesInSight(world, delver, range).toSorted(
        (a, b) => distance(a, delver) - distance(b, delver),
      )[0],
    none: "You see no enemy near enough.",
    refuse: (world, delver, at) =>
      foeAt(world, delver, at) === undefined ? "There is no enemy there." : undefined,
  },
  ally: {
    nearest: () => undefined,
    none: "Point it at an ally.",
    refuse(world, delver, at) {
      const other = actorAt(world, levelOf(world, delver), at);
      const ally = other?.is === "delver" && isUp(other);
      return ally ? undefined : "There is no ally there.";
    },
  },
  cell: { nearest: () => undefined, none: "Point it somewhere.", refuse: () => undefined },
};
