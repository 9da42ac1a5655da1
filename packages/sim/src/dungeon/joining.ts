import type { ClassSpec, ItemUse } from "../content.ts";
import type { BroughtOre, StartPlayer } from "../simulation.ts";
import { freshStats, sharesPlace } from "./item-stats.ts";
import type { DelverRow, DungeonWorld } from "./world.ts";

/** A new member, or a companion, with what their class starts with; they are nowhere yet. */
export function addDelver(world: DungeonWorld, player: StartPlayer, hired: boolean): void {
  const id = world.nextId;
  world.nextId += 1;
  const delver = { ...freshDelver(id, player, world.book.class(player.class)), hired };
  for (const kind of delver.class.starts) {
    const spec = world.book.item(kind);
    const stats = sharesPlace(spec) ? undefined : freshStats(spec);
    const item = { id: world.nextId, kind, count: 1, stats };
    world.nextId += 1;
    const { use } = spec;
    // What one packs oneself needs no tasting.
    world.known.add(kind);
    const like = delver.pack.find((row) => row.kind === kind);
    if (like === undefined || !sharesPlace(spec)) delver.pack.push(item);
    else like.count += 1;
    if (use === "weapon" && delver.weapon === 0) delver.weapon = item.id;
    if (use === "armour" && delver.armour === 0) delver.armour = item.id;
  }
  for (const brought of player.legacy ?? []) bring(world, delver, brought);
  world.delvers.set(id, delver);
  world.players.set(player.id, id);
}

/** R-LEG-4: ore that a member takes along from a vault; it is spent there already. */
function bring(world: DungeonWorld, delver: DelverRow, { amount, ...ore }: BroughtOre): void {
  world.book.ore(ore.ore);
  if (!Number.isSafeInteger(amount) || amount < 1) {
    throw new Error(`${amount} of ${ore.name} cannot be brought`);
  }
  const spawn = world.brought.push({ ...ore, values: { ...ore.values }, known: true }) - 1;
  delver.ore.push({ id: world.nextId, floor: 0, spawn, amount });
  world.nextId += 1;
  world.tally.books.brought += amount;
  delver.legacy = true;
}

function freshDelver(id: number, player: StartPlayer, kind: ClassSpec): DelverRow {
  const { hp, attack, defence, resource } = kind;
  return {
    is: "delver",
    ...{ id, player: player.id, name: player.name, class: kind },
    ...{ floor: 0, x: 0, y: 0, hp, maxHp: hp, readyAt: 0, hurtAt: -1 },
    ...{ attack, defence, resource: resource.max, level: 1, xp: 0, gold: 0 },
    condition: { is: "up" },
    ...{
      away: false,
      hired: false,
      thinkAt: 0,
      picks: PICKS_AT_START,
      last: undefined,
      hurtBy: "",
    },
    pack: [],
    weapon: 0,
    armour: 0,
    shield: 0,
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
    draft: undefined,
    legacy: false,
    past: { ...player.past },
    deeds: {
      ...{ kills: 0, dealt: 0, taken: 0, healed: 0, ore: 0 },
      ...{ crafts: 0, legendaries: 0, legacyOres: 0, downs: 0, revives: 0, deepest: 0 },
    },
  };
}

/** What everybody takes up by walking over it, until they say otherwise. */
const PICKS_AT_START: readonly ItemUse[] = ["potion", "scroll", "wand", "charm", "key"];
