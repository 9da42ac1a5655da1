import { join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";

/** Plays what CONTRIBUTING.md adds, in the copy of the game at the path given; one line of JSON. */

const [base = ""] = process.argv.slice(2);
const open = (file: string) => import(pathToFileURL(join(base, "packages", file)).href);
const sim: typeof import("@underlode/sim") = await open("sim/src/index.ts");
const { loadContent }: typeof import("@underlode/content") = await open("content/src/index.ts");
const { bookOf }: typeof import("../packages/sim/src/dungeon/book.ts") =
  await open("sim/src/dungeon/book.ts");
const { generateLevel }: typeof import("../packages/sim/src/dungeon/generate/level.ts") =
  await open("sim/src/dungeon/generate/level.ts");
const { levelFaults }: typeof import("../packages/sim/src/dungeon/generate/proof.ts") = await open(
  "sim/src/dungeon/generate/proof.ts",
);
const { freeNear }: typeof import("../packages/sim/src/dungeon/reads.ts") = await open(
  "sim/src/dungeon/reads.ts",
);

const content = loadContent();
const game = sim.dungeon(content);
const book = bookOf(content);
const level = (seed: number, floor: number) =>
  generateLevel(book, { seed, floor, lastFloor: 12, partySize: 4, firstId: 1 }).level;
const SEEDS = Array.from({ length: 60 }, (_, seed) => seed + 1);
type World = ReturnType<typeof game.start>;

/** A warrior alone, with nothing on the floor and two free cells to the east. */
function stage() {
  const players = [{ id: "ana", name: "Ana", class: "warrior" }];
  const world = game.start({ seed: 4, tickRate: 50, players, rules: {} });
  const [ana] = world.delvers.values();
  const here = world.levels.get(1);
  if (ana === undefined || here === undefined) throw new Error("nobody is there");
  for (const monster of [...here.monsters.keys()]) {
    sim.evolve(world, { kind: "slain", actor: 0, monster });
  }
  here.fixtures.clear();
  for (const layer of [here.liquid, here.surface, here.gas]) layer.fill(0);
  const row = here.walkable.findIndex((_, cell) =>
    [0, 1, 2].every((side) => here.walkable[cell + side] === 1 && here.occupant[cell + side] === 0),
  );
  const [x, y] = [row % here.width, Math.floor(row / here.width)];
  sim.evolve(world, { kind: "moved", actor: ana.id, x, y });
  return { world, ana, here };
}

function spawned(world: World, monster: string, x: number, y: number, asleep: boolean) {
  const from = 0;
  const mood = asleep ? { is: "asleep" as const } : { is: "wandering" as const, x, y };
  const { hp } = world.book.monster(monster);
  sim.evolve(world, { kind: "spawned", floor: 1, x, y, monster, hp, mood, from });
  return [...(world.levels.get(1)?.monsters.values() ?? [])].at(-1);
}

function monster(): boolean {
  const isMet = SEEDS.some((seed) =>
    [...level(seed, 1).monsters.values()].some(({ kind }) => kind.id === "oil-newt"),
  );
  const { world, ana, here } = stage();
  spawned(world, "oil-newt", ana.x + 2, ana.y, false);
  const oil = world.book.substanceNumber("oil");
  for (let tick = 10; tick < 800 && !here.liquid.includes(oil); tick += 10) {
    game.step(world, tick, []);
  }
  return isMet && here.liquid.includes(oil);
}

function item(): boolean {
  const lies = SEEDS.some((seed) =>
    [...level(seed, 1).items.values()].some(({ kind }) => kind === "potion-fury"),
  );
  const { world, ana } = stage();
  const id = world.nextId;
  sim.evolve(world, { kind: "given", actor: ana.id, item: "potion-fury", count: 1 });
  const command = { do: "use" as const, item: id };
  game.step(world, 1, [{ kind: "command", player: "ana", seq: 1, command }]);
  return lies && ana.effects.some(({ kind }) => kind === "rage");
}

function schematic(): boolean {
  const { world, ana, here } = stage();
  const [spot] = freeNear(here, ana, 1);
  if (spot === undefined) return false;
  const kind = world.book.fixture("forge-basic");
  here.fixtures.set(spot.y * here.width + spot.x, {
    ...{ id: world.nextId, kind, ...spot, found: true, used: 0 },
  });
  world.nextId += 1;
  sim.evolve(world, { kind: "oreGained", actor: ana.id, floor: 1, spawn: 0, amount: 4 });
  const ore = [{ stack: ana.ore[0]?.id ?? 0, amount: 2 }];
  const command = { do: "craft" as const, schematic: "net-hook", ore };
  game.step(world, 1, [{ kind: "command", player: "ana", seq: 1, command }]);
  game.step(world, 600, []);
  return ana.pack.some(({ kind: made }) => made === "net-hook");
}

function synergy(): boolean {
  const { world, ana } = stage();
  const spot = { x: ana.x + 2, y: ana.y };
  const foe = spawned(world, "ooze", spot.x, spot.y, true);
  const effect = { kind: "webbed", power: 1, stacks: 1, until: 999, nextAt: 0, by: 0 };
  sim.evolve(world, { kind: "effectBegan", actor: foe?.id ?? 0, effect });
  const slot = content.abilities.find(({ does }) => does === "charge")?.slot ?? 4;
  const command = { do: "ability" as const, slot, ...spot };
  const { lines } = game.step(world, 1, [{ kind: "command", player: "ana", seq: 1, command }]);
  return (
    lines.some(({ text }) => text === "Ride down!") && world.tally.synergies["ride-down"] === 1
  );
}

function region(): boolean {
  const floors = SEEDS.slice(0, 10).map((seed) => level(seed, 2));
  return floors.every(
    (one) => one.name === "the White Galleries" && levelFaults(book, one).length === 0,
  );
}

console.log(
  JSON.stringify({
    ...{ monster: monster(), item: item(), schematic: schematic() },
    ...{ synergy: synergy(), region: region() },
  }),
);
