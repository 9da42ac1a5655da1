import { flags, LIGHT_MAX, type Seen, type SeenThing } from "@underlode/client";
import type { Mode } from "../model.ts";
import { BOLD, type Cells, DEFAULT, DIM, INVERSE, UNDERLINE } from "../screen/cells.ts";
import type { Depth } from "../screen/depth.ts";
import { clean, glyphWidth } from "../screen/width.ts";
import { ownPlace, type Place } from "../update/sight.ts";
import { type Rect, scroll } from "./layout.ts";

const SPACE = 32;
const TILE = 0xff;
const IN_SIGHT = 0x100;
const LIGHT_SHIFT = 9;
const SHADES = LIGHT_MAX + 2;
const REMEMBERED = LIGHT_MAX + 1;
const HURT_GROUND = 0x6b1414;
const PATH_GROUND = 0x33301c;
/** What light leaves on the ground, in few steps so that a walk does not repaint every cell. */
const GLOW = [
  DEFAULT,
  DEFAULT,
  0x100f10,
  0x100f10,
  0x17140f,
  0x17140f,
  0x1f1910,
  0x1f1910,
] as const;

/** Draws the floor from the typed arrays; keeps tables made from the legend, and the scroll. */
export class MapPainter {
  readonly #depth: Depth;
  #legend: Seen["legend"] | undefined;
  #tileCodes = new Uint32Array();
  #tileShades = new Int32Array();
  #kinds: { code: number; colour: number }[] = [];
  #left = 0;
  #top = 0;
  /** 1 for every cell that no panel has drawn on in this frame. */
  #free = new Uint8Array();

  constructor(depth: Depth) {
    this.#depth = depth;
  }

  /** Paints where `cells` is blank: what panels have drawn stays on top. */
  paint(cells: Cells, rect: Rect, seen: Seen, mode: Mode | undefined): void {
    if (seen.width === 0) return;
    if (seen.legend !== this.#legend) this.#learn(seen.legend);
    this.#follow(rect, seen, mode?.at === "aim" ? mode : ownPlace(seen));
    if (this.#free.length !== cells.codes.length) this.#free = new Uint8Array(cells.codes.length);
    this.#paintTiles(cells, rect, seen);
    if (mode?.at === "aim") this.#paintPath(cells, rect, seen, mode);
    this.#paintRemembered(cells, rect, seen);
    this.#paintThings(cells, rect, seen);
    if (mode?.at === "aim") this.#paintCursor(cells, rect, mode);
  }

  /** The place on the floor under a cell of the screen. */
  placeAt(rect: Rect, x: number, y: number): Place {
    return { x: x - rect.x + this.#left, y: y - rect.y + this.#top };
  }

  #follow(rect: Rect, seen: Seen, place: Place | undefined): void {
    const { x, y } = place ?? { x: seen.width >> 1, y: seen.height >> 1 };
    this.#left = scroll(this.#left, x, rect.width, seen.width);
    this.#top = scroll(this.#top, y, rect.height, seen.height);
  }

  #learn(legend: Seen["legend"]): void {
    this.#legend = legend;
    this.#tileCodes = Uint32Array.from({ length: 256 }, (_, tile) =>
      codeOf(legend.tiles[tile]?.glyph),
    );
    this.#tileShades = new Int32Array(256 * SHADES);
    for (let tile = 0; tile < 256; tile++) {
      const colour = colourOf(legend.tiles[tile]?.colour);
      for (let light = 0; light <= LIGHT_MAX; light++) {
        this.#tileShades[tile * SHADES + light] = lit(colour, light | 1);
      }
      this.#tileShades[tile * SHADES + REMEMBERED] = remembered(colour);
    }
    this.#kinds = legend.kinds.map(({ glyph, colour }) => ({
      code: codeOf(glyph),
      colour: colourOf(colour),
    }));
  }

  #paintTiles(cells: Cells, rect: Rect, seen: Seen): void {
    // With few colours, what is only remembered is told apart by an attribute, and nothing glows.
    const dim = this.#depth === "none" || this.#depth === "16" ? DIM : 0;
    for (let row = 0; row < rect.height; row++) {
      const y = row + this.#top;
      if (y < 0 || y >= seen.height) continue;
      const from = y * seen.width;
      let at = (rect.y + row) * cells.width + rect.x;
      for (let column = 0; column < rect.width; column++, at++) {
        const x = column + this.#left;
        if (x < 0 || x >= seen.width) continue;
        const cell = seen.cells[from + x]!;
        const isFree = cells.codes[at] === SPACE && cells.bg[at] === DEFAULT;
        this.#free[at] = isFree ? 1 : 0;
        if (cell === 0 || !isFree) continue;
        const inSight = (cell & IN_SIGHT) !== 0;
        const shade = inSight ? (cell >> LIGHT_SHIFT) & LIGHT_MAX : REMEMBERED;
        const tile = cell & TILE;
        cells.codes[at] = this.#tileCodes[tile]!;
        cells.fg[at] = this.#tileShades[tile * SHADES + shade]!;
        if (inSight && !dim) cells.bg[at] = GLOW[shade]!;
        cells.attrs[at] = inSight ? 0 : dim;
      }
    }
  }

  /** What lay or stood there when it was seen last. */
  #paintRemembered(cells: Cells, rect: Rect, seen: Seen): void {
    for (const { x, y, kind } of seen.remembered.values()) {
      const at = this.#cellOf(cells, rect, x, y);
      if (at === undefined) continue;
      cells.codes[at] = this.#kinds[kind]?.code ?? 63;
      cells.fg[at] = remembered(this.#kinds[kind]?.colour ?? 0xffffff);
    }
  }

  /** Items lie under monsters, and players stand above all. */
  #paintThings(cells: Cells, rect: Rect, seen: Seen): void {
    const own = seen.self.vitals?.thing;
    const things = [...seen.things.values()].sort((a, b) => height(a, own) - height(b, own));
    for (const thing of things) {
      const at = this.#cellOf(cells, rect, thing.x, thing.y);
      if (at === undefined) continue;
      const kind = this.#kinds[thing.kind];
      cells.codes[at] = kind?.code ?? 63;
      cells.fg[at] = thing.id === own ? 0xffffff : (kind?.colour ?? 0xffffff);
      if (thing.flags & flags.hurt) cells.bg[at] = HURT_GROUND;
      cells.attrs[at] = attributesOf(thing);
    }
  }

  /** Undefined for what is outside, or under a panel. */
  #cellOf(cells: Cells, rect: Rect, x: number, y: number): number | undefined {
    const column = x - this.#left;
    const row = y - this.#top;
    if (column < 0 || row < 0 || column >= rect.width || row >= rect.height) return undefined;
    const at = (rect.y + row) * cells.width + rect.x + column;
    return this.#free[at] ? at : undefined;
  }

  #paintPath(cells: Cells, rect: Rect, seen: Seen, aim: Place): void {
    const from = ownPlace(seen);
    if (!from) return;
    for (const { x, y } of line(from, aim)) {
      const at = this.#cellOf(cells, rect, x, y);
      if (at === undefined) continue;
      cells.bg[at] = PATH_GROUND;
      if (this.#depth === "none" && cells.codes[at] === SPACE) cells.codes[at] = 0xb7;
    }
  }

  #paintCursor(cells: Cells, rect: Rect, { x, y }: Place): void {
    const at = this.#cellOf(cells, rect, x, y);
    if (at !== undefined) cells.attrs[at] = cells.attrs[at]! | INVERSE | BOLD;
  }
}

const codeOf = (glyph: string | undefined): number => {
  const code = clean(glyph ?? " ").codePointAt(0) ?? SPACE;
  return glyphWidth(code) === 1 ? code : 63;
};

const colourOf = (text: string | undefined): number =>
  /^#[0-9a-f]{6}$/i.test(text ?? "") ? Number.parseInt(text!.slice(1), 16) : 0xc0c0c0;

const scaled = (colour: number, r: number, g: number, b: number): number => {
  const part = (value: number, by: number): number => Math.min(255, Math.round(value * by));
  return (
    (part(colour >> 16, r) << 16) | (part((colour >> 8) & 255, g) << 8) | part(colour & 255, b)
  );
};

/** In sight: from just readable to full, warmer the brighter; told in four steps, as `GLOW`. */
const lit = (colour: number, light: number): number => {
  const by = 0.58 + (0.42 * light) / LIGHT_MAX;
  return scaled(colour, by * 1.04, by, by * (1.02 - 0.06 * (light / LIGHT_MAX)));
};

/** Known, but not seen now: a third as bright, without warmth, and drained of most colour. */
const remembered = (colour: number): number => {
  const mean = ((colour >> 16) + ((colour >> 8) & 255) + (colour & 255)) / 3;
  const part = (value: number, tint: number): number =>
    Math.max(22, Math.min(255, Math.round((value * 0.4 + mean * 0.6) * 0.38 * tint)));
  return (
    (part(colour >> 16, 0.9) << 16) |
    (part((colour >> 8) & 255, 0.97) << 8) |
    part(colour & 255, 1.25)
  );
};

const height = (thing: SeenThing, own: number | undefined): number => {
  if (thing.id === own) return 4;
  if (thing.flags & flags.down) return 1;
  if (thing.flags & flags.player) return 3;
  return thing.flags & flags.monster ? 2 : 0;
};

const attributesOf = (thing: SeenThing): number => {
  if (thing.flags & flags.down) return UNDERLINE;
  if (thing.flags & (flags.asleep | flags.away)) return DIM;
  return thing.flags & (flags.player | flags.monster) ? BOLD : 0;
};

/** The cells between two places, without the first. */
export const line = (from: Place, to: Place): Place[] => {
  const steps = Math.max(Math.abs(to.x - from.x), Math.abs(to.y - from.y));
  return Array.from({ length: steps }, (_, i) => ({
    x: Math.round(from.x + ((to.x - from.x) * (i + 1)) / steps),
    y: Math.round(from.y + ((to.y - from.y) * (i + 1)) / steps),
  }));
};
