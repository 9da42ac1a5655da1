import type {
  AbilitySpec,
  ClassSpec,
  Content,
  EffectSpec,
  FixtureSpec,
  FloorSpec,
  ItemSpec,
  LegacySpec,
  MonsterSpec,
  OreSpec,
  ReactionSpec,
  RegionSpec,
  RunicSpec,
  SchematicSpec,
  SubstanceSpec,
  SynergySpec,
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
  /** Where feet find hold: walkable and no chasm. */
  readonly tileFirm: Uint8Array;
  /** Bears whoever walks over what lies below. */
  readonly tileBears: Uint8Array;
  /** A door that is closed but not hidden, and one that is hidden. */
  readonly tileDoor: Uint8Array;
  readonly tileSecret: Uint8Array;
  /** Bare floor, and that or track: where things are put. */
  readonly tileFloor: Uint8Array;
  readonly tilePlain: Uint8Array;
  /** 0 to 7: how bright a substance is, by its number. */
  readonly glow: Uint8Array;
  /**
   * By number in the legend: 1 where what shows can be walked, or opened, without harm; 2 where it
   * does harm as long as it is there, but burns out or drifts away.
   */
  readonly shownSafe: Uint8Array;
  readonly tile: (number: number) => TileSpec | undefined;
  /** Number of the one tile that plays a role everywhere. */
  readonly roleTile: (role: TileRole) => number;
  /** Number of a substance in the layers of a level, and back; 0 is none. */
  readonly substanceNumber: (id: string) => number;
  readonly substance: (number: number) => SubstanceSpec | undefined;
  /** What two substances in one cell do to each other. */
  readonly reaction: (one: string, other: string) => ReactionSpec | undefined;
  /** Legend number of the highest of what a cell holds. */
  readonly shownTile: (tile: number, ...held: readonly (SubstanceSpec | undefined)[]) => number;
  readonly effect: (id: string) => EffectSpec;
  readonly synergy: (id: string) => SynergySpec;
  readonly runic: (id: string) => RunicSpec;
  readonly legacy: (id: string) => LegacySpec;
  readonly schematic: (id: string) => SchematicSpec;
  readonly fixture: (id: string) => FixtureSpec;
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
  const roles = new Map<TileRole, number>();
  content.tiles.forEach(({ role }, index) => {
    if (!roles.has(role)) roles.set(role, index + 1);
  });
  const flags = (of: (tile: TileSpec) => boolean) =>
    Uint8Array.from([0, ...content.tiles.map((tile) => (of(tile) ? 1 : 0))]);
  return {
    content,
    legend,
    kindNumber,
    tileNumber: (id) => known(numbers.get(id), id),
    tileWalk: flags((tile) => tile.walk),
    tileClear: flags((tile) => tile.clear),
    tileFirm: flags(({ walk, role }) => walk && role !== "chasm"),
    tileBears: flags(({ role }) => role === "bridge"),
    tileDoor: flags(({ role }) => role === "door"),
    tileSecret: flags(({ role }) => role === "secretDoor"),
    tileFloor: flags(({ role }) => role === "floor"),
    tilePlain: flags(({ role }) => role === "floor" || role === "track"),
    glow: Uint8Array.from([0, ...content.substances.map(({ light }) => light)]),
    shownSafe: Uint8Array.from([
      0,
      ...content.tiles.map(isSafe),
      ...content.substances.map(harmless(content)),
    ]),
    tile: (number) => content.tiles[number - 1],
    roleTile: (role) => known(roles.get(role), role),
    ...substancesOf(content),
    effect: lookup(content.effects),
    synergy: lookup(content.synergies),
    runic: lookup(content.runics),
    legacy: lookup(content.legacies),
    schematic: lookup(content.schematics),
    fixture: lookup(content.fixtures),
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

function isSafe({ walk, role }: TileSpec): number {
  return (walk && role !== "chasm") || role === "door" ? 1 : 0;
}

function harmless({ effects }: Content): (substance: SubstanceSpec) => number {
  const harmful = new Set(
    effects
      .filter(({ does }) => does.some(({ kind }) => kind === "hurts" || kind === "prevents"))
      .map(({ id }) => id),
  );
  return ({ blocks, does, layer, lastsMs }) => {
    if (blocks) return 0;
    if (!does.some((deed) => deed.kind === "afflicts" && harmful.has(deed.effect))) return 1;
    return layer === "gas" || lastsMs > 0 ? 2 : 0;
  };
}

/** Substances stand behind the tiles in the legend. A secret door looks like the wall around it. */
function substancesOf(
  content: Content,
): Pick<Book, "substanceNumber" | "substance" | "reaction" | "shownTile"> {
  const { substances, tiles } = content;
  const numbers = new Map(substances.map(({ id }, index) => [id, index + 1]));
  const drawn = new Map(substances.map((one, index) => [one, tiles.length + index + 1]));
  const isStairs = tiles.map(({ role }) => role === "stairsDown" || role === "stairsUp");
  const pairs = new Map<string, ReactionSpec>();
  for (const one of content.reactions) {
    pairs.set(`${one.one} ${one.other}`, one);
    pairs.set(`${one.other} ${one.one}`, one);
  }
  return {
    substanceNumber: (id) => known(numbers.get(id), id),
    substance: (number) => (number === 0 ? undefined : substances[number - 1]),
    reaction: (one, other) => pairs.get(`${one} ${other}`),
    shownTile(tile, ...held) {
      let shown = tile;
      let highest = 0;
      // What is seen last is remembered: even a fire would hide stairs for good.
      if (isStairs[tile - 1] === true) return tile;
      for (const one of held) {
        if (one === undefined || one.priority <= highest) continue;
        highest = one.priority;
        shown = drawn.get(one) ?? tile;
      }
      return shown;
    },
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
