import { loadContent } from "@underlode/content";
import { type DungeonWorld, evolve, invariants } from "@underlode/sim";
import { expect, test } from "vitest";
import { bookOf } from "../src/dungeon/book.ts";
import { craftedLines, mixed, pointChance, pointStep } from "../src/dungeon/craft.ts";
import { slay } from "../src/dungeon/decide/harm.ts";
import { oreTicks } from "../src/dungeon/decide/labour.ts";
import { nameSpawns } from "../src/dungeon/generate/ore.ts";
import { plansOn } from "../src/dungeon/generate/stock.ts";
import { freshStats } from "../src/dungeon/item-stats.ts";
import { attackOf, burdenPercent } from "../src/dungeon/reads.ts";
import { emptyRecord, openTurn } from "../src/dungeon/turn.ts";
import { dice } from "../src/random.ts";
import { game } from "./play.ts";
import { ask, delver, floorOne, openSpot, pass, put, quietParty, reasons, spawn } from "./scene.ts";

const book = bookOf(loadContent());
const ORE = { ore: "iron", name: "Old iron", amount: 40 };
const FINE = { hardness: 90, conductivity: 80, malleability: 70, purity: 90, density: 60 };

/** Ana beside a fixture, with 20 ore of the floor's first spawn. */
function atFixture(fixture: string) {
  const world = quietParty(1);
  const level = floorOne(world);
  const spot = openSpot(world);
  put(world, "ana", spot.x, spot.y);
  const kind = world.book.fixture(fixture);
  const [x, y] = [spot.x + 1, spot.y];
  level.fixtures.set(y * 100 + x, { id: world.nextId, kind, x, y, found: true, used: 0 });
  world.nextId += 1;
  const ana = delver(world, "ana");
  evolve(world, { kind: "oreGained", actor: ana.id, floor: 1, spawn: 0, amount: 20 });
  return { world, level, ana, stack: ana.ore[0]?.id ?? 0 };
}

function made(world: DungeonWorld, stack: number, points?: number[]) {
  const order = { schematic: "long-sword", ore: [{ stack, amount: 4 }], points };
  pass(world, 1, ask("ana", { do: "craft", ...order }));
  pass(world, 260);
  const row = delver(world, "ana").pack.at(-1);
  if (row?.stats?.made === undefined) throw new Error("nothing was made");
  return { id: row.id, stats: row.stats, made: row.stats.made };
}

test("R-CRA-1: each schematic gives more of better ore, less by a kit, and heft is not skill's", () => {
  const poor = { hardness: 20, conductivity: 20, malleability: 20, purity: 20, density: 20 };
  for (const spec of book.content.schematics) {
    const [low, high] = [craftedLines(spec, poor, "nobody"), craftedLines(spec, FINE, "nobody")];
    const kit = craftedLines(spec, FINE, "nobody", 75);
    for (const { line } of spec.lines) {
      expect(high[line], `${spec.id} ${line}`).toBeGreaterThanOrEqual(low[line]);
      expect(kit[line]).toBeLessThanOrEqual(high[line]);
    }
    expect(kit.heft).toBe(high.heft);
    expect(Object.values(high).some((value) => value > 0)).toBe(true);
  }
  expect(book.content.schematics.length).toBeGreaterThanOrEqual(36);
  expect(book.content.schematics.filter(({ legendary }) => legendary)).toHaveLength(6);
});

test("R-CRA-2: stacks of different spawns mix by weight", () => {
  const poor = { hardness: 30, conductivity: 0, malleability: 10, purity: 50, density: 60 };
  const both = mixed([
    { values: FINE, amount: 1 },
    { values: poor, amount: 3 },
  ]);
  expect(both).toMatchObject({ hardness: 45, purity: 60, density: 60 });
});

test("R-CRA-3: a draft shows what the craft does, and points move a line by the step shown", () => {
  const { world, level, stack } = atFixture("forge-master");
  const order = { schematic: "long-sword", ore: [{ stack, amount: 4 }], points: [6] };
  pass(world, 1, ask("ana", { do: "draft", ...order }));
  const { draft } = game.self(world, "ana") as { draft: Draft };
  const values = level.spawns[0]?.values ?? FINE;
  const { forge } = world.book.content.rules;
  expect(draft.refused).toBeNull();
  expect(draft.lines[0]?.chances[2]).toEqual(pointChance(forge, values, 2));
  const { stats } = made(world, stack, [6]);
  const shown = draft.lines[0] ?? { value: 0, step: 0 };
  expect(shown.step).toBe(pointStep(forge, shown.value));
  expect((stats.damage - shown.value) % shown.step).toBe(0);
  const over = { ...order, points: [7] };
  expect(reasons(pass(world, 1, ask("ana", { do: "craft", ...over })))).toEqual([
    "There are 6 points to experiment with here.",
  ]);
});
type Draft = {
  readonly refused: string | null;
  readonly lines: readonly { value: number; step: number; chances: unknown[] }[];
};

test("R-CRA-4: every found plan lies on one floor, bosses drop theirs, and reading teaches", () => {
  const floors = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
  const dealt = floors.flatMap((floor) => plansOn(book, 5, floor));
  const found = book.content.schematics.filter(({ source }) => source === "found");
  expect(dealt.toSorted()).toEqual(found.map(({ id }) => id).toSorted());
  const { world, level, ana } = atFixture("forge-basic");
  const boss = spawn(world, "foreman", ana.x - 1, ana.y);
  slay(openTurn(world, emptyRecord()), ana.id, boss);
  const plan = [...level.items.values()].find(({ kind }) => kind === "plan-foremans-maul");
  expect(plan).toMatchObject({ x: boss.x, y: boss.y });
  const item = world.nextId;
  world.nextId += 1;
  ana.pack.push({ id: item, kind: "plan-war-pick", count: 1 });
  pass(world, 1, ask("ana", { do: "use", item }));
  pass(world, 60);
  expect(world.schematics.has("war-pick")).toBe(true);
});

test("R-CRA-5 and R-ORE-3: salvage gives part of the ore back, repair spends ore, and none is lost to the books", () => {
  const { world, ana, stack } = atFixture("forge-basic");
  const { id: item } = made(world, stack);
  const row = ana.pack.at(-1);
  if (row?.stats !== undefined) row.stats = { ...row.stats, wear: 50 };
  pass(world, 1, ask("ana", { do: "repair", item }));
  pass(world, 260);
  expect([ana.pack.at(-1)?.stats?.wear, ana.ore[0]?.amount]).toEqual([0, 15]);
  pass(world, 1, ask("ana", { do: "salvage", item }));
  expect(ana.ore[0]?.amount).toBe(17);
  pass(world, 50, ask("ana", { do: "dropOre", stack, amount: 7 }));
  expect(world.tally.books).toMatchObject({ mined: 20, crafted: 0, repaired: 1, lost: 2 });
  expect(invariants(world)).toEqual([]);
});

test("R-CRA-5: what is worn is taken apart like anything, but not while it clings", () => {
  const { world, ana, stack } = atFixture("forge-basic");
  const [first, second] = [made(world, stack).id, made(world, stack).id];
  const wear = (id: number, runic: string) => {
    const row = ana.pack.find((one) => one.id === id);
    if (row?.stats !== undefined) row.stats = { ...row.stats, runic };
    return id;
  };
  ana.shield = wear(first, "clinging");
  ana.weapon = wear(second, "");
  expect(reasons(pass(world, 1, ask("ana", { do: "salvage", item: first })))).toEqual([
    "The long sword clings to you and does not come off.",
  ]);
  expect(reasons(pass(world, 1, ask("ana", { do: "salvage", item: second })))).toEqual([]);
  expect([ana.shield, ana.weapon]).toEqual([first, 0]);
});

test("R-CRA-7: without a forge a field kit needs ore of malleability 60", () => {
  const { world, level, ana, stack } = atFixture("forge-basic");
  level.fixtures.clear();
  const craft = { do: "craft" as const, schematic: "dagger", ore: [{ stack, amount: 3 }] };
  expect(reasons(pass(world, 1, ask("ana", craft)))).toEqual(["There is no forge beside you."]);
  const kit = { ...craft, kit: true };
  expect(reasons(pass(world, 1, ask("ana", kit)))).toEqual(["You have no field kit laid out."]);
  const effect = {
    kind: "field-kit",
    power: 1,
    stacks: 1,
    until: world.tick + 900,
    nextAt: 0,
    by: 0,
  };
  evolve(world, { kind: "effectBegan", actor: ana.id, effect });
  expect(reasons(pass(world, 1, ask("ana", kit)))[0]).toContain("needs malleability 60");
});

test("R-CRA-8: what gear weighs beyond what a class bears slows it", () => {
  const { world, ana, stack } = atFixture("forge-basic");
  const { id, stats } = made(world, stack);
  const row = ana.pack.find((one) => one.id === id);
  if (row !== undefined) row.stats = { ...stats, made: { ...made(world, stack).made, heft: 18 } };
  expect(burdenPercent(world, ana)).toBe(0);
  ana.weapon = id;
  expect(burdenPercent(world, ana)).toBe(2 * world.book.content.rules.forge.heftPercent);
});

test("R-LEG-1: a Legacy ore is in a dungeon once at most, on 1 to 2 % of floors", () => {
  let found = 0;
  for (let seed = 0; seed < 400; seed += 1) {
    const here: string[] = [];
    for (let floor = 1; floor <= 12; floor += 1) {
      const spawns = nameSpawns(book, dice(seed, `level:${floor}`), { seed, floor });
      here.push(...spawns.flatMap(({ legacy }) => legacy ?? []));
    }
    expect(new Set(here).size).toBe(here.length);
    found += here.length;
  }
  expect(found / 4800).toBeGreaterThan(0.01);
  expect(found / 4800).toBeLessThan(0.02);
});

test("R-LEG-2 and R-LEG-3: pure ore outlives its bearer, and a shrine takes any", () => {
  const { world, level, ana, stack } = atFixture("shrine");
  const banked = pass(world, 1, ask("ana", { do: "bank", stack, amount: 5 }));
  expect(banked.facts).toMatchObject([{ kind: "vault", player: "ana", data: { amount: 5 } }]);
  const [first] = level.spawns;
  if (first !== undefined) Object.assign(first.values, { purity: 80 });
  pass(world, 40);
  ana.hp = 1;
  const record = emptyRecord();
  const turn = openTurn(world, record);
  turn.hurt(0, ana, 99, "fall");
  expect(record.facts.map(({ kind }) => kind)).toEqual(["vault", "death", "defeat"]);
  expect(record.facts[0]?.data).toMatchObject({ amount: 15, why: "death" });
});

test("R-LEG-4 and R-LEG-5: brought ore makes a Legacy start, and does not go back", () => {
  const players = [
    { id: "ana", name: "Ana", class: "warrior", legacy: [{ ...ORE, values: FINE }] },
    { id: "bo", name: "Bo", class: "mage" },
  ];
  const world = game.start({ seed: 3, tickRate: 50, players });
  expect(invariants(world)).toEqual([]);
  expect(game.self(world, "ana")?.ore).toMatchObject([{ name: "Old iron", fromVault: true }]);
  const restored = game.restore(game.snapshot(world));
  expect(game.self(restored, "ana")).toEqual(game.self(world, "ana"));
  const record = emptyRecord();
  openTurn(world, record).tell({ kind: "runEnded", outcome: "victory" });
  expect(world.end?.summary).toMatchObject({ party: "partial" });
  const { players: told } = world.end?.summary ?? {};
  const [ana, bo] = told as { badges: string[] }[];
  expect(ana?.badges).toContain("legacy-warrior");
  expect(bo?.badges).toContain("pure-first");
});

test("R-CRA-7: a field kit makes what it shows, of so many percent, and mends so much less", () => {
  const { world, level, ana, stack } = atFixture("forge-basic");
  level.fixtures.clear();
  const [first] = level.spawns;
  if (first === undefined) throw new Error("the floor has no spawn");
  Object.assign(first.values, FINE);
  const until = world.tick + 5000;
  const effect = { kind: "field-kit", power: 1, stacks: 1, until, nextAt: 0, by: 0 };
  evolve(world, { kind: "effectBegan", actor: ana.id, effect });
  const order = { schematic: "long-sword", ore: [{ stack, amount: 4 }], kit: true };
  pass(world, 1, ask("ana", { do: "craft", ...order }));
  pass(world, 260);
  const row = ana.pack.at(-1);
  const { fieldKitPercent, forge } = world.book.content.rules;
  const lines = craftedLines(book.schematic("long-sword"), FINE, "warrior", fieldKitPercent);
  expect(row?.stats).toMatchObject({ damage: lines.damage, durability: lines.durability });
  if (row?.stats !== undefined) row.stats = { ...row.stats, wear: 60, durability: 200 };
  const [before] = ana.ore.map(({ amount }) => amount);
  pass(world, 1, ask("ana", { do: "repair", item: row?.id ?? 0, kit: true }));
  pass(world, 260);
  const each = Math.floor((forge.mendsPerOre * fieldKitPercent) / 100);
  expect([row?.id, ana.pack.at(-1)?.stats?.wear]).toEqual([row?.id, 0]);
  expect((before ?? 0) - (ana.ore[0]?.amount ?? 0)).toBe(Math.ceil(60 / each));
});

test("R-CRA-6: what is worn out adds nothing, opens no vein faster, and mending gives it back", () => {
  const { world, ana, stack } = atFixture("forge-basic");
  const { id } = made(world, stack);
  const row = ana.pack.find((one) => one.id === id);
  if (row?.stats === undefined) throw new Error("nothing was made");
  ana.weapon = id;
  const whole = attackOf(world, ana);
  row.stats = { ...row.stats, wear: row.stats.durability };
  expect(attackOf(world, ana)).toBe(ana.attack);
  pass(world, 1, ask("ana", { do: "repair", item: id }));
  pass(world, 260);
  expect(attackOf(world, ana)).toBe(whole);
  const pick = {
    id: world.nextId,
    kind: "war-pick",
    count: 1,
    stats: freshStats(book.item("war-pick")),
  };
  world.nextId += 1;
  const bare = oreTicks(world, 60, ana);
  ana.pack.push(pick);
  expect(oreTicks(world, 60, ana)).toBeLessThan(bare);
  pick.stats = { ...pick.stats, wear: pick.stats.durability };
  expect(oreTicks(world, 60, ana)).toBe(bare);
});

test("R-FIX-1: one crafts beside a forge of the grade, and not a step away from it", () => {
  const { world, ana, stack } = atFixture("forge-basic");
  const craft = { do: "craft" as const, schematic: "dagger", ore: [{ stack, amount: 3 }] };
  const { x, y } = ana;
  put(world, "ana", x - 1, y);
  expect(reasons(pass(world, 1, ask("ana", craft)))).toEqual(["There is no forge beside you."]);
  put(world, "ana", x, y);
  expect(reasons(pass(world, 20, ask("ana", craft)))).toEqual([]);
});
