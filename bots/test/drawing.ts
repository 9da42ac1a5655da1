import { flags, fold, newSeen, type Seen } from "@underlode/client";
import { type CrewMember, PartyId, runsOf, type Self, type Thing } from "@underlode/contracts";
import { chanceOf } from "../src/chance.ts";
import { type Notes, newNotes } from "../src/mind/notes.ts";
import { type Scene, sceneFor } from "../src/mind/scene.ts";

const TILES = [
  { glyph: " ", name: "unknown" },
  { glyph: ".", name: "floor" },
  { glyph: "#", name: "wall" },
  { glyph: "+", name: "door" },
  { glyph: ">", name: "stairs down" },
  { glyph: "<", name: "stairs up" },
  { glyph: "^", name: "fire" },
  { glyph: "%", name: "copper vein" },
].map((tile) => ({ ...tile, colour: "#ffffff" }));

export type Sketch = {
  /**
   * `@` is the player, `A` to `D` members, `m` a monster, `a` one that is allied, `Z` a boss asleep,
   * `!` an item; the rest are glyphs.
   */
  rows: readonly string[];
  self?: Self;
  hp?: number;
  class?: string;
  /** Classes of the members A to D; mages unless said. */
  classes?: Partial<Record<string, string>>;
  /** States of the members A to D; "up" unless said. */
  states?: Partial<Record<string, CrewMember["state"]>>;
  floor?: number;
  /** Names of what belongs to the place, by the letters that stand for it: T to W. */
  places?: Partial<Record<string, string>>;
  /** Floors of members that are elsewhere. */
  elsewhere?: readonly number[];
};

type Figure = { letter: string; x: number; y: number; id: number };

/** What a player sees, from a drawing. */
export const draw = (sketch: Sketch): Seen => {
  const { rows, floor = 1 } = sketch;
  const figures = figuresOf(rows);
  const width = rows[0]!.length;
  const cells = Uint16Array.from(rows.join(""), (glyph) => {
    const tile = TILES.findIndex((one) => one.glyph === glyph);
    return tile === 0 ? 0 : (tile > 0 ? tile : 1) | 0x100;
  });
  const seen = newSeen();
  fold(seen, { t: "legend", legend: { content: "test", tiles: TILES, kinds: [] } });
  fold(seen, {
    ...{ t: "picture", party: PartyId.parse("p"), n: 1, timeMs: 1_000, log: [], applied: 0 },
    picture: {
      ...{ floor, name: "test", width, height: rows.length, cells: runsOf(cells) },
      things: figures.map((figure) => thingOf(figure, sketch)),
    },
    crew: crewOf(figures, sketch, floor),
    self: sketch.self ?? {},
  });
  return seen;
};

/** The scene for the player `@`. */
export const sceneOf = (sketch: Sketch, notes: Notes = newNotes(), nowMs = 1_000): Scene => {
  const scene = sceneFor(draw(sketch), "p-@", notes, nowMs, chanceOf(1));
  if (!scene) throw new Error("the drawing has no player who could act");
  return scene;
};

const figuresOf = (rows: readonly string[]): Figure[] =>
  rows
    .flatMap((row, y) => [...row].map((letter, x) => ({ letter, x, y })))
    .filter(({ letter }) => /[@A-DT-WmaZ!]/.test(letter))
    .map((figure, i) => ({ ...figure, id: i + 1 }));

const FLAGS: Readonly<Record<string, number>> = {
  m: flags.monster,
  a: flags.monster | flags.ally,
  Z: flags.monster | flags.asleep,
  "!": flags.item,
};

const FIXTURE = 128;

const thingOf = ({ letter, x, y, id }: Figure, { places }: Sketch): Thing => {
  const place = places?.[letter];
  if (place !== undefined) return [id, 0, x, y, -1, FIXTURE, place];
  const flag = FLAGS[letter] ?? flags.player;
  return [id, 0, x, y, 100, flag, letter];
};

const crewOf = (figures: readonly Figure[], sketch: Sketch, floor: number): CrewMember[] => {
  const here = figures
    .filter(({ letter }) => /[@A-D]/.test(letter))
    .map(
      ({ letter, id }): CrewMember => ({
        ...{ player: `p-${letter}`, name: letter, thing: id, floor, maxHp: 10 },
        class: letter === "@" ? (sketch.class ?? "warrior") : (sketch.classes?.[letter] ?? "mage"),
        hp: letter === "@" ? (sketch.hp ?? 10) : 10,
        state: sketch.states?.[letter] ?? "up",
      }),
    );
  const away = (sketch.elsewhere ?? []).map(
    (there, i): CrewMember => ({
      ...{ player: `p-away${i}`, name: "away", class: "mage", thing: 900 + i, floor: there },
      ...{ hp: 10, maxHp: 10, state: "up" },
    }),
  );
  // Members drawn as letters lead in their order; the player comes last.
  const rank = ({ name }: CrewMember): string => (name === "@" ? "Z" : name);
  return [...here.sort((a, b) => rank(a).localeCompare(rank(b), "en")), ...away];
};
