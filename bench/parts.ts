// Microseconds of what the simulation works out again and again: sight, ways, and its check value.
//   node bench/parts.ts [--seeds 12] [--rounds 5] [--json]
import { parseArgs } from "node:util";
import { loadContent } from "../packages/content/src/index.ts";
import {
  beginSpread,
  distancesFrom,
  emptySpread,
  spreadOn,
} from "../packages/sim/src/distances.ts";
import { bookOf } from "../packages/sim/src/dungeon/book.ts";
import { checkOf } from "../packages/sim/src/dungeon/check.ts";
import { generateLevel } from "../packages/sim/src/dungeon/generate/level.ts";
import { lookAround } from "../packages/sim/src/dungeon/looking.ts";
import type { LevelRow } from "../packages/sim/src/dungeon/world.ts";
import { dungeon } from "../packages/sim/src/index.ts";
import { emptyView, look } from "../packages/sim/src/sight.ts";
import { machine } from "./machine.ts";
import { figuresOf, middleOf } from "./times.ts";

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "12" },
    rounds: { type: "string", default: "5" },
    json: { type: "boolean", default: false },
  },
});

/** Places on each floor from which is looked and walked. */
const PLACES = 40;
/** What hunts is most often nearer than this. */
const NEAR_CELLS = 10;

const content = loadContent();
const book = bookOf(content);
const { sightCells, floors: lastFloor } = content.rules;

const levels: LevelRow[] = [];
for (let seed = 0; seed < Number(values.seeds); seed += 1) {
  for (const { floor } of content.floors) {
    levels.push(generateLevel(book, { seed, floor, lastFloor, partySize: 4, firstId: 1 }).level);
  }
}

/** Open cells spread over a floor, the same in each round. */
const placesOf = ({ walkable }: LevelRow): number[] => {
  const open = [...walkable.keys()].filter((cell) => walkable[cell] === 1);
  return open.filter((_, index) => index % Math.ceil(open.length / PLACES) === 0);
};
const places = levels.map(placesOf);

/** Times one piece of work in each place of each floor, in rounds. */
const measure = (work: (level: LevelRow, cell: number) => void) => {
  const round = (): number[] =>
    levels.flatMap((level, index) =>
      (places[index] ?? []).map((cell) => {
        const beganMs = performance.now();
        work(level, cell);
        return (performance.now() - beganMs) * 1000;
      }),
    );
  round();
  return figuresOf(middleOf(Array.from({ length: Number(values.rounds) }, round)));
};

const cells = levels[0]?.tiles.length ?? 0;
const view = emptyView(cells);
const spread = emptySpread(cells);

const game = dungeon(content);
const players = Array.from({ length: 8 }, (_, index) => ({
  ...{ id: `p${index}`, name: `P${index}`, class: content.classes[index % 5]?.id ?? "" },
}));
const world = game.start({ seed: 7, tickRate: 50, players });
const home = world.levels.get(1);

const result = {
  machine: machine(),
  floors: levels.length,
  /** One pair of eyes from anew, as far as a lamp shows. */
  sightUs: measure((level, cell) => {
    look(level, cell % level.width, Math.floor(cell / level.width), sightCells, view);
  }),
  /** What eight who stand together see, when none of them moved. */
  lookAroundUs: measure(() => {
    if (home !== undefined) lookAround(world, home);
  }),
  /** The ways of a whole floor to one cell. */
  waysUs: measure((level, cell) => {
    distancesFrom(level.passable, level.width, cell);
  }),
  /** The ways from near by, which is all that most hunters want. */
  waysNearUs: measure((level, cell) => {
    beginSpread(spread, cell);
    const from = cell + (level.passable[cell + NEAR_CELLS] === 1 ? NEAR_CELLS : 1);
    spreadOn(level.passable, level.width, spread, from);
  }),
  checkUs: measure(() => {
    checkOf(world);
  }),
};

if (values.json) console.log(JSON.stringify(result));
else {
  for (const [name, one] of Object.entries(result)) {
    if (typeof one === "object" && "p50" in one) {
      console.log(`${name}: ${one.p50} / ${one.p99} / ${one.max} p50 / p99 / max`);
    }
  }
}
