import { CELL_TILE, type DungeonWorld, evolve } from "@underlode/sim";
import { expect, test } from "vitest";
import { lightOf } from "../src/dungeon/light.ts";
import { noticeCells } from "../src/dungeon/stealth.ts";
import { cellOf, setTile, settleTiles } from "../src/dungeon/terrain.ts";
import { game } from "./play.ts";
import {
  ask,
  bareFloor,
  delver,
  openSpot,
  pass,
  put,
  quietParty,
  reasons,
  spawn,
} from "./scene.ts";

const LAYERS = ["liquid", "surface", "gas"];

/** A delver in the middle of five by five bare cells, with nothing else on the floor. */
function stage(size = 1) {
  const world = quietParty(size);
  const level = bareFloor(world);
  level.lit.fill(0);
  settleTiles(world.book, level);
  const spot = openSpot(world);
  const cell = cellOf(level, spot);
  for (const dy of [-2, -1, 0, 1, 2]) {
    for (const dx of [-2, -1, 0, 1, 2]) {
      setTile(world.book, level, cell + dy * 100 + dx, world.book.tileNumber("floor"));
    }
  }
  put(world, "ana", spot.x, spot.y);
  return { world, level, ana: delver(world, "ana"), cell, ...spot };
}

/** Lays a substance into cells, at rest unless it moves by itself. */
function lay(world: DungeonWorld, substance: string, ...cells: number[]) {
  const number = world.book.substanceNumber(substance);
  const spec = world.book.substance(number);
  const layer = LAYERS.indexOf(spec?.layer ?? "");
  const until = (spec?.lastsMs ?? 0) / 20;
  const beat = (spec?.everyMs ?? 0) / 20;
  const moves = until > 0 || layer === 2;
  const at = world.tick + (beat === 0 ? until : beat);
  const stir = { at, until: until === 0 ? 0 : world.tick + until, by: 0 };
  const changes = cells.map((cell) => ({
    ...{ cell, layer, substance: number, amount: layer === 2 ? 100 : 0 },
    ...(moves && { stir }),
  }));
  evolve(world, { kind: "stirred", floor: 1, changes });
}

const held = (world: DungeonWorld, layer: Uint8Array, cell: number) =>
  world.book.substance(layer[cell] ?? 0)?.id;

const texts = (outcome: { lines: readonly { text: string }[] }) =>
  outcome.lines.map(({ text }) => text);

test("R-TER-1: whatever burns, lies or drifts upon stairs, they are seen", () => {
  const { world, level, cell } = stage();
  const stairs = world.book.roleTile("stairsDown");
  setTile(world.book, level, cell + 1, stairs);
  for (const { id } of world.book.content.substances) {
    lay(world, id, cell + 1);
    expect([id, level.shown[cell + 1]]).toEqual([id, stairs]);
  }
  pass(world, 1, ask("ana", { do: "search" }));
  expect((level.memory[cell + 1] ?? 0) & CELL_TILE).toBe(stairs);
});

test("R-TER-1: fire runs through grass, leaves embers, and both are gone in the end", () => {
  const { world, level, cell } = stage();
  const row = [-202, -201, -200, -199, -198].map((side) => cell + side);
  lay(world, "grass", ...row);
  lay(world, "fire", row[0] ?? 0);
  pass(world, 130);
  expect(row.some((one) => held(world, level.surface, one) === "embers")).toBe(true);
  pass(world, 900);
  expect(row.map((one) => held(world, level.surface, one))).toEqual(row.map(() => undefined));
  expect(level.stirs.size).toBe(0);
});

test("R-TER-3: fire meets water as steam, and gas that burns goes up once for each body", () => {
  const { world, level, ana, cell } = stage();
  lay(world, "shallow-water", cell - 200);
  const bottle = give(world, "potion-fire");
  pass(world, 1, ask("ana", { do: "throw", item: bottle, x: ana.x, y: ana.y - 2 }));
  expect(held(world, level.gas, cell - 200)).toBe("steam");
  expect(held(world, level.liquid, cell - 200)).toBe("shallow-water");
  const other = stage();
  lay(other.world, "methane", ...[99, 100, 101].map((side) => other.cell + side));
  lay(other.world, "fire", other.cell + 200);
  const before = other.ana.hp;
  pass(other.world, 25);
  expect(before - other.ana.hp).toBeGreaterThan(0);
  expect(before - other.ana.hp).toBeLessThanOrEqual(8 + 2 * 3);
});

test("R-TER-5: what only touches rests where nobody is, and beats while somebody stands in it", () => {
  const { world, level, ana, x, y, cell } = stage();
  lay(world, "shallow-water", cell + 1, cell + 2);
  expect(level.stirs.size).toBe(0);
  pass(world, 1, ask("ana", { do: "step", dir: 2 }));
  expect(ana.effects.map(({ kind }) => kind)).toEqual(["wet"]);
  expect(level.stirs.size).toBe(1);
  pass(world, 500);
  expect(ana.effects.map(({ kind }) => kind)).toEqual(["wet"]);
  put(world, "ana", x, y);
  pass(world, 300);
  expect([ana.effects.length, level.stirs.size]).toEqual([0, 0]);
});

test("R-TER-6: one swims slowly, and deep water takes loose things but never what is worn", () => {
  const { world, level, ana, cell } = stage();
  const cells = [1, 2, 101, 102, -98, -99].map((side) => cell + side);
  lay(world, "deep-water", ...cells);
  expect(level.walkable[cell + 1]).toBe(0);
  pass(world, 1, ask("ana", { do: "step", dir: 2 }));
  expect(ana.readyAt - world.tick).toBeGreaterThan(10);
  const worn = [ana.weapon, ana.armour];
  const loose = ana.pack.filter(({ id }) => !worn.includes(id)).length;
  let said: string[] = [];
  for (let i = 0; i < 40 && ana.pack.length > worn.length; i += 1) {
    said = [...said, ...texts(pass(world, 50))];
  }
  expect(ana.pack.map(({ id }) => id).sort()).toEqual(worn.toSorted());
  expect(said.filter((text) => text.startsWith("The water takes"))).toHaveLength(loose);
  expect(level.items.size).toBe(loose);
});

test("R-TER-7: nobody walks into lava, and what loses its ice over lava is lost", () => {
  const { world, level, ana, x, y, cell } = stage();
  lay(world, "lava", cell + 1, cell - 99);
  const refused = pass(world, 1, ask("ana", { do: "step", dir: 2 }));
  expect(reasons(refused)).toEqual(["Nobody walks into lava."]);
  const other = stage();
  lay(other.world, "deep-water", other.cell + 2);
  lay(other.world, "ice", other.cell + 2);
  const foe = spawn(other.world, "ooze", other.x + 2, other.y, true);
  pass(other.world, 590);
  expect(foe.hp).toBe(foe.maxHp);
  pass(other.world, 70);
  expect(foe.hp).toBeLessThan(foe.maxHp);
  const rat = spawn(world, "rat", x + 1, y, true);
  evolve(world, { kind: "moved", actor: rat.id, x: x + 1, y: y - 1 });
  put(world, "ana", x - 2, y);
  lay(world, "ice", cell - 99);
  pass(world, 640);
  expect([level.monsters.has(rat.id), ana.hp]).toEqual([false, ana.maxHp]);
});

test("R-TER-8: sparks run through water that hangs together, and light oil", () => {
  const { world, level, ana, x, y, cell } = stage();
  lay(world, "shallow-water", cell, cell + 1, cell + 2);
  const foe = spawn(world, "ooze", x + 2, y, true);
  lay(world, "sparks", cell + 1);
  const dry = spawn(world, "ooze", x - 2, y, true);
  pass(world, 10);
  expect([foe.hp < foe.maxHp, ana.hp < ana.maxHp, dry.hp === dry.maxHp]).toEqual([
    true,
    true,
    true,
  ]);
  expect(level.surface[cell + 1]).toBe(0);
});

test("R-TER-8: chain lightning at one foe in water strikes another in the same water, no friend", () => {
  const { world, ana, x, y, cell } = stage(4);
  put(world, "dov", x - 2, y);
  lay(world, "shallow-water", cell, cell + 1, cell + 2, cell + 102);
  const foe = spawn(world, "iron-warden", x + 1, y, true);
  const other = spawn(world, "iron-warden", x + 2, y + 1, true);
  const slot = world.book.abilities("mage").find(({ does }) => does === "chainLightning")?.slot;
  const aimed = { do: "ability" as const, slot: slot ?? 0, x: foe.x, y: foe.y };
  pass(world, 1, ask("dov", aimed));
  const whole = other.hp;
  const said = texts(pass(world, 1));
  expect(said.filter((text) => text.startsWith("The current hits the"))).toHaveLength(2);
  expect([other.hp < whole, ana.hp]).toEqual([true, ana.maxHp]);
});

test("R-TER-4: a jump into a chasm ends one floor deeper, where one can walk to the stairs", () => {
  const { world, level, ana, cell } = stage();
  setTile(world.book, level, cell + 1, world.book.roleTile("chasm"));
  expect([level.walkable[cell + 1], level.passable[cell + 1]]).toEqual([0, 0]);
  pass(world, 1, ask("ana", { do: "step", dir: 2 }));
  expect([ana.floor, ana.maxHp - ana.hp]).toEqual([2, world.book.content.rules.fallDamage]);
  const below = world.levels.get(2);
  if (below === undefined) throw new Error("floor 2 is not open");
  const paths = world.derived.pathsTo(below, cellOf(below, below.exit), "passable");
  expect(paths[cellOf(below, ana)]).toBeLessThan(0xffff);
});

test("R-DUN-4: a secret door is wall in every picture, and opens to who walks into it or looks", () => {
  for (const act of ["step", "search"] as const) {
    const { world, level, cell } = stage();
    for (const side of [-99, 1, 101]) {
      setTile(world.book, level, cell + side, world.book.tileNumber("wall"));
    }
    setTile(world.book, level, cell + 1, world.book.roleTile("secretDoor"));
    put(world, "ana", ...spotOf(cell));
    const shown = () => (game.see(world, 1).cells[cell + 1] ?? 0) & 0xff;
    expect(shown()).toBe(world.book.tileNumber("wall"));
    const command = act === "step" ? { do: act, dir: 2 } : { do: act };
    for (let i = 0; i < 9 && shown() !== world.book.roleTile("door"); i += 1) {
      pass(world, 60, ask("ana", command));
    }
    expect(shown()).toBe(world.book.roleTile("door"));
  }
});

test("R-DUN-7: near the stairs a boss bars them, and drawn away it does not", () => {
  const { world, level } = stage();
  put(world, "ana", level.exit.x, level.exit.y);
  const free = [1, -1, 100, -100].find((side) => level.walkable[cellOf(level, level.exit) + side]);
  const [x, y] = spotOf(cellOf(level, level.exit) + (free ?? 0));
  const boss = spawn(world, "foreman", x, y, true);
  const refused = pass(world, 1, ask("ana", { do: "stairs" }));
  expect(reasons(refused)[0]).toContain("stands over these stairs");
  evolve(world, { kind: "moved", actor: boss.id, ...openSpot(world) });
  expect(reasons(pass(world, 1, ask("ana", { do: "stairs" })))).toEqual([]);
});

test("R-LIG-1: a glow lights what is near it, in the picture only where both are seen", () => {
  const { world, level, cell } = stage();
  const dark = lightOf(world.book, level, cell - 2);
  lay(world, "fire", cell - 1);
  expect(lightOf(world.book, level, cell - 2)).toBeGreaterThan(dark);
  const light = (one: number) => (game.see(world, 1).cells[one] ?? 0) >> 9;
  expect(light(cell - 1)).toBeGreaterThanOrEqual(6);
  const restored = game.restore(game.snapshot(world));
  expect(game.see(restored, 1)).toEqual(game.see(world, 1));
  pass(world, 600);
  expect(lightOf(world.book, level, cell - 2)).toBe(dark);
});

test("R-LIG-2: in the dark and in grass a monster notices a delver from less far", () => {
  const { world, level, ana, x, y, cell } = stage();
  const foe = spawn(world, "rat", x + 2, y);
  const dim = noticeCells(world, foe, ana);
  level.lit[cell] = 7;
  const bright = noticeCells(world, foe, ana);
  expect(bright).toBe(foe.kind.sightCells);
  expect(dim).toBeLessThan(bright);
  lay(world, "grass", cell);
  expect(noticeCells(world, foe, ana)).toBeLessThan(bright);
});

test("R-LIG-3: a step through rubble is heard by a sleeper that one over bare rock leaves asleep", () => {
  const woken = (substance: string | undefined) => {
    let count = 0;
    for (let seed = 0; seed < 30; seed += 1) {
      const { world, x, y, cell } = stage();
      for (let i = 0; i < seed; i += 1) evolve(world, { kind: "rolled", stream: "minds" });
      if (substance !== undefined) lay(world, substance, cell + 1);
      const foe = spawn(world, "rat", x - 2, y, true);
      pass(world, 1, ask("ana", { do: "step", dir: 2 }));
      if (foe.mood.is !== "asleep") count += 1;
    }
    return count;
  };
  expect(woken("rubble")).toBeGreaterThan(woken(undefined));
});

function spotOf(cell: number): [number, number] {
  return [cell % 100, Math.floor(cell / 100)];
}

function give(world: DungeonWorld, kind: string): number {
  const id = world.nextId;
  world.nextId += 1;
  delver(world, "ana").pack.push({ id, kind, count: 1 });
  return id;
}
