import type {
  AbilitySpec,
  ClassSpec,
  Content,
  FloorSpec,
  ItemSpec,
  MonsterSpec,
  OreSpec,
  RegionSpec,
  TileRole,
  TileSpec,
} from "../content.ts";
import type { Legend } from "../simulation.ts";
import { legendOf } from "./legend.ts";

/** Content made ready for looking up, once per process. */
export type Book = {
  readonly content: Content;
  readonly legend: Legend;
  readonly tileNumber: (id: string) => number;
  /** Per tile number. */
  readonly tileWalk: Uint8Array;
  readonly tileClear: Uint8Array;
  readonly tile: (number: number) => TileSpec | undefined;
  /** Number of the one tile that plays a role everywhere. */
  readonly roleTile: (role: TileRole) => number;
  readonly class: (id: string) => ClassSpec;
  readonly abilities: (classId: string) => readonly AbilitySpec[];
  readonly ability: (id: string) => AbilitySpec;
  readonly monster: (id: string) => MonsterSpec;
  readonly item: (id: string) => ItemSpec;
  readonly ore: (id: string) => OreSpec;
  readonly region: (id: string) => RegionSpec;
  readonly floor: (floor: number) => FloorSpec;
  /** Kind number in the legend by its key, e.g. `monster:rat`. */
  readonly kindNumber: (key: string) => number;
};

export function bookOf(content: Content): Book {
  const { legend, kindNumber } = legendOf(content);
  const numbers = new Map(content.tiles.map((tile, index) => [tile.id, index + 1]));
  const byClass = Map.groupBy(content.abilities, (ability) => ability.class);
  const floors = new Map(content.floors.map((floor) => [floor.floor, floor]));
  const flags = (of: (tile: TileSpec) => boolean) =>
    Uint8Array.from([0, ...content.tiles.map((tile) => (of(tile) ? 1 : 0))]);
  return {
    content,
    legend,
    kindNumber,
    tileNumber: (id) => known(numbers.get(id), id),
    tileWalk: flags((tile) => tile.walk),
    tileClear: flags((tile) => tile.clear),
    tile: (number) => content.tiles[number - 1],
    roleTile: (role) => content.tiles.findIndex((tile) => tile.role === role) + 1,
    class: lookup(content.classes),
    abilities: (classId) => byClass.get(classId) ?? [],
    ability: lookup(content.abilities),
    monster: lookup(content.monsters),
    item: lookup(content.items),
    ore: lookup(content.ores),
    region: lookup(content.regions),
    floor: (floor) => known(floors.get(floor), `floor ${floor}`),
  };
}

function lookup<T extends { readonly id: string }>(list: readonly T[]): (id: string) => T {
  const table = new Map(list.map((entry) => [entry.id, entry]));
  return (id) => known(table.get(id), id);
}

/** Content is proved before a book is made, so a miss is our own mistake. */
function known<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`content has no ${name}`);
  return value;
}
