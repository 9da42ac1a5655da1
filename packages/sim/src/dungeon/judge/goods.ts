import type { ItemUse } from "../../content.ts";
import type { Point } from "../../geometry.ts";
import type { GoodsCommand } from "../commands/goods.ts";
import type { Judge, Judgement } from "../judge.ts";
import { foesInSight, levelOf, packed } from "../reads.ts";
import type { Delver, Scene } from "../world.ts";
import { foeAt, outOfReach } from "./reach.ts";

const NOT_CARRIED = "You carry no such thing.";

export const goods: { [K in GoodsCommand["do"]]: Judge<K> } = {
  pickup(world, delver) {
    const items = [...levelOf(world, delver).items.values()];
    const here = items.filter(({ x, y }) => x === delver.x && y === delver.y);
    if (here.length === 0) return "There is nothing here to pick up.";
    if (delver.pack.length >= world.book.content.rules.packPlaces) return "Your pack is full.";
    return { kind: "pickup", actor: delver.id };
  },
  use(world, delver, { item, x, y }) {
    const row = packed(delver, item);
    if (row === undefined) return NOT_CARRIED;
    const { use } = world.book.item(row.kind);
    return uses[use](
      world,
      delver,
      item,
      x === undefined || y === undefined ? undefined : { x, y },
    );
  },
  drop: (_, delver, { item }) =>
    packed(delver, item) === undefined ? NOT_CARRIED : { kind: "drop", actor: delver.id, item },
  throw(world, delver, { item, x, y }) {
    const row = packed(delver, item);
    if (row === undefined) return NOT_CARRIED;
    const far = outOfReach(world, delver, { x, y }, world.book.content.rules.throwCells);
    return far ?? { kind: "hurl", actor: delver.id, item, x, y };
  },
  dropOre(_, delver, { stack, amount }) {
    const row = delver.ore.find(({ id }) => id === stack);
    if (row === undefined || row.amount < amount) return "You do not have that ore.";
    return { kind: "dropOre", actor: delver.id, stack, amount };
  },
};

type Use = (world: Scene, delver: Delver, item: number, at: Point | undefined) => Judgement;

/** How each family of things is used. */
const uses: { [U in ItemUse]: Use } = {
  potion: (_, { id: actor }, item) => ({ kind: "consume", actor, item }),
  scroll: (_, { id: actor }, item) => ({ kind: "consume", actor, item }),
  charm(world, delver, item) {
    const ready = (packed(delver, item)?.stats?.readyAt ?? 0) <= world.tick;
    return ready ? { kind: "consume", actor: delver.id, item } : "The charm is still cold.";
  },
  wand(world, delver, item, at) {
    const row = packed(delver, item);
    const spec = row === undefined ? undefined : world.book.item(row.kind);
    if (spec?.use !== "wand") return NOT_CARRIED;
    if ((row?.stats?.charges ?? 0) <= 0) return "The wand is spent.";
    const point = at ?? foesInSight(world, delver, spec.range)[0];
    if (point === undefined) return "There is no enemy in sight.";
    const far = outOfReach(world, delver, point, spec.range);
    if (far !== undefined) return far;
    const foe = foeAt(world, delver, point);
    if (foe === undefined) return "There is no enemy there.";
    return { kind: "zap", actor: delver.id, item, target: foe.id };
  },
  weapon: (_, delver, item) => ({
    kind: delver.weapon === item ? "takeOff" : "equip",
    ...{ actor: delver.id, item },
  }),
  armour: (_, delver, item) => ({
    kind: delver.armour === item ? "takeOff" : "equip",
    ...{ actor: delver.id, item },
  }),
  other: () => "It hums in your hands.",
  key: () => "It fits a lock somewhere on this floor.",
};
