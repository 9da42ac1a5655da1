import type { CrewMember, Frame, Legend, LogLine, Self, Thing } from "@underlode/contracts";

/** A floor that is always the same: enough of a world to walk, look and aim in. */
export const WIDTH = 100;
export const HEIGHT = 40;
const IN_SIGHT = 0x100;

export const legend: Legend = {
  content: "fake",
  tiles: [
    { glyph: " ", name: "unknown", colour: "#000000" },
    { glyph: "#", name: "rock", colour: "#8a6f57" },
    { glyph: ".", name: "floor", colour: "#7d7466" },
    { glyph: "+", name: "door", colour: "#b07a3a" },
    { glyph: "'", name: "open door", colour: "#b07a3a" },
    { glyph: ">", name: "stairs down", colour: "#f0e6c8" },
    { glyph: "*", name: "copper vein", colour: "#d9823b" },
    { glyph: "~", name: "deep water", colour: "#3b6fb5" },
    { glyph: '"', name: "grass", colour: "#5f9a4a" },
  ],
  kinds: [
    { glyph: "@", name: "delver", colour: "#ffffff" },
    { glyph: "g", name: "goblin", colour: "#7fbf4f" },
    { glyph: "r", name: "cave rat", colour: "#b09070" },
    { glyph: "!", name: "potion", colour: "#d070d0" },
    { glyph: "@", name: "delver", colour: "#e6c8f0" },
  ],
};

export const OWN_THING = 1;
const ROOMS = [
  [4, 4, 16, 9],
  [30, 6, 22, 12],
  [60, 3, 18, 10],
  [8, 22, 20, 12],
  [40, 24, 24, 11],
  [74, 22, 20, 13],
] as const;

/** Tiles of the whole floor: rooms joined by corridors from centre to centre. */
export const tiles: Uint8Array = (() => {
  const floor = new Uint8Array(WIDTH * HEIGHT).fill(1);
  const centre = ([x, y, w, h]: readonly number[]) => [x! + (w! >> 1), y! + (h! >> 1)] as const;
  for (const [x, y, w, h] of ROOMS) {
    for (let row = y; row < y + h; row++) floor.fill(2, row * WIDTH + x, row * WIDTH + x + w);
  }
  for (let i = 1; i < ROOMS.length; i++) {
    const [ax, ay] = centre(ROOMS[i - 1]!);
    const [bx, by] = centre(ROOMS[i]!);
    for (let x = Math.min(ax, bx); x <= Math.max(ax, bx); x++) floor[ay * WIDTH + x] = 2;
    for (let y = Math.min(ay, by); y <= Math.max(ay, by); y++) floor[y * WIDTH + bx] = 2;
  }
  for (let x = 34; x < 42; x++) floor.fill(7, 13 * WIDTH + x, 13 * WIDTH + x + 1);
  for (let x = 44; x < 51; x++) floor[9 * WIDTH + x] = 8;
  floor[9 * WIDTH + 29] = 3;
  floor[7 * WIDTH + 52] = 6;
  floor[15 * WIDTH + 50] = 5;
  return floor;
})();

export const isOpen = (x: number, y: number): boolean =>
  ![0, 1, 3, 6].includes(tiles[y * WIDTH + x] ?? 0);

const SIGHT_CELLS = 11;

/** Cells as a delver at a place sees them, with what was seen before. */
export const look = (known: Uint16Array, x: number, y: number): Uint16Array => {
  const cells = known.map((cell) => cell & 0xff);
  for (let cy = Math.max(0, y - SIGHT_CELLS); cy <= Math.min(HEIGHT - 1, y + SIGHT_CELLS); cy++) {
    for (let cx = Math.max(0, x - SIGHT_CELLS); cx <= Math.min(WIDTH - 1, x + SIGHT_CELLS); cx++) {
      const far = Math.hypot(cx - x, cy - y);
      if (far > SIGHT_CELLS || !clear(x, y, cx, cy)) continue;
      const light = Math.max(0, 7 - Math.floor((far * 7) / SIGHT_CELLS));
      cells[cy * WIDTH + cx] = tiles[cy * WIDTH + cx]! | IN_SIGHT | (light << 9);
    }
  }
  return cells;
};

const clear = (x: number, y: number, toX: number, toY: number): boolean => {
  const steps = Math.max(Math.abs(toX - x), Math.abs(toY - y));
  for (let i = 1; i < steps; i++) {
    const cx = Math.round(x + ((toX - x) * i) / steps);
    const cy = Math.round(y + ((toY - y) * i) / steps);
    if (!isOpen(cx, cy)) return false;
  }
  return true;
};

export const runsOf = (cells: Uint16Array): number[] => {
  const runs: number[] = [];
  for (let at = 0; at < cells.length; ) {
    let end = at;
    while (end < cells.length && cells[end] === cells[at]) end++;
    runs.push(end - at, cells[at]!);
    at = end;
  }
  return runs;
};

export const thingsAt = (x: number, y: number): Thing[] => [
  [OWN_THING, 0, x, y, -1, 1, "Ana"],
  [2, 1, 47, 9, 100, 2, ""],
  [3, 2, 36, 16, 40, 2 | 64, ""],
  [4, 3, 45, 14, -1, 4, "murky potion"],
  [5, 4, 39, 11, -1, 1, "Bo-the-Unbreakable"],
];

export const selfAt = (x: number, y: number): Self => ({
  vitals: {
    ...{ hp: 24, maxHp: 30, resource: 12, maxResource: 20, resourceName: "stamina" },
    ...{ level: 2, xp: 40, attack: 5, defence: 3, gold: 17, floor: 1, x, y },
    ...{ thing: OWN_THING, state: "up" },
  },
  pack: [
    { id: 11, name: "short sword", kind: "weapon", count: 1, equipped: true, note: "attack 4" },
    { id: 12, name: "leather coat", kind: "armour", count: 1, equipped: true, note: "defence 2" },
    { id: 13, name: "murky potion", kind: "potion", count: 3, equipped: false, note: "unknown" },
  ],
  ore: [{ name: "Karvesh copper", amount: 4, values: ORE }],
  abilities: [
    {
      ...{ slot: 1, name: "Cleave", cost: 6, cooldownMs: 4000, readyAtMs: 0 },
      ...{ target: "self", range: 1, note: "Strikes all around." },
    },
    {
      ...{ slot: 2, name: "Charge", cost: 8, cooldownMs: 8000, readyAtMs: 3000 },
      ...{ target: "cell", range: 4, note: "Runs and knocks back." },
    },
  ],
  busy: null,
  survey: {
    ...{ name: "Karvesh copper", kind: "copper", hardMs: 4000, values: { ...VALUES } },
    suits: ["warrior", "ranger"],
  },
});

const VALUES = { hardness: 44, conductivity: 31, malleability: 67, purity: 52, density: 38 };
const ORE = VALUES;

export const crewAt = (floor: number): CrewMember[] => [
  {
    ...{ player: "p1", name: "Ana", class: "warrior", thing: OWN_THING, floor },
    ...{ hp: 24, maxHp: 30, state: "up" },
  },
  {
    ...{ player: "p2", name: "Bo-the-Unbreakable", class: "healer", thing: 5, floor },
    ...{ hp: 9, maxHp: 25, state: "up" },
  },
];

const WORDS: readonly (readonly [string, LogLine["tone"]])[] = [
  ["You climb down into the Copper workings.", "system"],
  ["A goblin notices you.", "bad"],
  ["You hit the cave rat for 4.", "plain"],
  ["You find a murky potion.", "loot"],
  ["Bo mends you for 6.", "good"],
];
export const logLines: LogLine[] = WORDS.map(([text, tone], n) => ({ n, text, tone }));

export const pictureAt = (x: number, y: number, party: string): Frame<"picture"> => ({
  t: "picture",
  party: party as Frame<"picture">["party"],
  n: 1,
  timeMs: 1000,
  picture: {
    ...{ floor: 1, name: "Copper workings", width: WIDTH, height: HEIGHT },
    cells: runsOf(look(new Uint16Array(WIDTH * HEIGHT), x, y)),
    things: thingsAt(x, y),
  },
  crew: crewAt(1),
  self: selfAt(x, y),
  log: logLines,
  applied: 0,
});
