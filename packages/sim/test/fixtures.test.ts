import { loadContent } from "@underlode/content";
import { type DungeonWorld, evolve } from "@underlode/sim";
import { expect, test } from "vitest";
import { bookOf } from "../src/dungeon/book.ts";
import { offersTo } from "../src/dungeon/decide/fixtures.ts";
import { residentsOf } from "../src/dungeon/decide/hunters.ts";
import { decide } from "../src/dungeon/decide.ts";
import { generateLevel } from "../src/dungeon/generate/level.ts";
import { levelFaults } from "../src/dungeon/generate/proof.ts";
import { settleCell } from "../src/dungeon/terrain.ts";
import { emptyRecord, openTurn } from "../src/dungeon/turn.ts";
import type { FixtureRow } from "../src/dungeon/world.ts";
import { game } from "./play.ts";
import { ask, delver, floorOne, pass, put, reasons, spawn } from "./scene.ts";
import { kinds, staged, texts, use } from "./stage.ts";

const book = bookOf(loadContent());
const EAST = 2;

/** Stands a fixture somewhere, known to all. */
function stand(
  world: DungeonWorld,
  id: string,
  x: number,
  y: number,
  own: Partial<FixtureRow> = {},
): FixtureRow {
  const level = floorOne(world);
  const kind = world.book.fixture(id);
  const row: FixtureRow = { id: world.nextId, kind, x, y, found: true, used: 0, ...own };
  world.nextId += 1;
  level.fixtures.set(y * level.width + x, row);
  settleCell(world.book, level, y * level.width + x);
  level.version += 1;
  return row;
}

function choices(world: DungeonWorld, player = "ana") {
  const offers = offersTo(world, delver(world, player));
  expect(game.self(world, player)?.choices).toEqual(offers);
  return offers;
}
const interact = ask("ana", { do: "interact", dir: EAST });

function give(world: DungeonWorld, player: string, item: string): number {
  const id = world.nextId;
  evolve(world, { kind: "given", actor: delver(world, player).id, item, count: 1 });
  return id;
}

/** Sets a trap off under Ana, with a rat two cells away. */
function trapped(id: string) {
  const stage = staged("warrior");
  const { world, x, y } = stage;
  const row = stand(world, id, x + 1, y, { found: false });
  const seen = game.see(world, 1).things.some(([thing]) => thing === row.id);
  expect(seen).toBe(false);
  const outcome = pass(world, 1, ask("ana", { do: "step", dir: EAST }));
  expect(texts(outcome).join(" ")).toContain(`Ana sets off a`);
  return { ...stage, outcome };
}

const substanceAt = (
  world: DungeonWorld,
  x: number,
  y: number,
  layer: "liquid" | "surface" | "gas",
) => world.book.substance(floorOne(world)[layer][y * 100 + x] ?? 0)?.id;

test.each([
  ["fire-trap", "surface", "fire"],
  ["gas-trap", "gas", "poison-gas"],
  ["methane-trap", "gas", "methane"],
  ["net-trap", "surface", "web"],
  ["flood-trap", "liquid", "shallow-water"],
  ["frost-trap", "surface", "ice"],
] as const)("R-FIX-3: a %s lets out what it holds", (id, layer, substance) => {
  const { world, x, y } = trapped(id);
  expect(substanceAt(world, x + 1, y + 1, layer)).toBe(substance);
});

test("R-FIX-3: a spear trap hurts, a frost trap freezes, a gong stuns", () => {
  expect(trapped("spear-trap").ana.hp).toBeLessThan(30);
  expect(kinds(trapped("frost-trap").ana)).toContain("frozen");
  expect(kinds(trapped("stun-trap").ana)).toContain("stunned");
});

test("R-FIX-3: an alarm wakes sleepers far away", () => {
  const { world, x, y } = staged("warrior");
  stand(world, "alarm-trap", x + 1, y, { found: false });
  const level = floorOne(world);
  const far = [...level.walkable.keys()].filter(
    (cell) => level.walkable[cell] === 1 && Math.abs((cell % 100) - x) === 18,
  );
  const rats = far
    .slice(0, 6)
    .map((cell) => spawn(world, "rat", cell % 100, Math.floor(cell / 100), true));
  pass(world, 1, ask("ana", { do: "step", dir: EAST }));
  expect(rats.some(({ mood }) => mood.is !== "asleep")).toBe(true);
});

test("R-FIX-3: an ambush trap calls hunters, and a teleport trap takes its prey elsewhere", () => {
  const { world } = trapped("ambush-trap");
  const moods = [...floorOne(world).monsters.values()].map(({ mood }) => mood.is);
  expect(moods).toEqual(["hunting", "hunting", "hunting"]);
  const { ana, x, y } = trapped("teleport-trap");
  expect([ana.x, ana.y]).not.toEqual([x + 1, y]);
});

test("R-FIX-3: a trapdoor lets a delver fall, and a monster is never seen again", () => {
  const { ana } = trapped("trapdoor");
  expect(ana.floor).toBe(2);
  const { world, x, y } = staged("warrior");
  stand(world, "trapdoor", x + 2, y);
  const rat = spawn(world, "rat", x + 3, y);
  rat.mood = { is: "hunting", target: delver(world, "ana").id, x, y, lostAt: 500 };
  pass(world, 60);
  expect(floorOne(world).monsters.has(rat.id)).toBe(false);
});

test("R-FIX-3: those who live there step around a trap until they hunt", () => {
  const { world, x, y } = staged("warrior");
  stand(world, "spear-trap", x + 3, y);
  const rat = spawn(world, "rat", x + 4, y);
  const walk = (to: number) =>
    decide(openTurn(world, emptyRecord()), { kind: "walk", actor: rat.id, x: to, y });
  walk(x + 3);
  expect(floorOne(world).fixtures.size).toBe(1);
  walk(x + 4);
  rat.mood = { is: "hunting", target: delver(world, "ana").id, x, y, lostAt: 500 };
  rat.hp = 1;
  walk(x + 3);
  expect([floorOne(world).fixtures.size, floorOne(world).monsters.size]).toEqual([0, 0]);
});

test("R-FIX-12: what is thrown onto a trap sets it off, and kills count for the thrower", () => {
  const { world, x, y, ana } = staged("warrior");
  stand(world, "spear-trap", x + 3, y);
  const rat = spawn(world, "rat", x + 3, y, true);
  rat.hp = 3;
  const item = give(world, "ana", "scroll-teleport");
  pass(world, 1, ask("ana", { do: "throw", item, x: x + 3, y }));
  expect(floorOne(world).monsters.has(rat.id)).toBe(false);
  expect(ana.deeds.kills).toBe(1);
});

test("R-ABI-19: a rogue disarms a trap, and picks a lock without its key", () => {
  const { world, x, y } = staged("rogue");
  stand(world, "fire-trap", x + 1, y);
  stand(world, "lock", x, y + 1);
  const slot = world.book.abilities("rogue").find(({ id }) => id === "disarm")?.slot ?? 3;
  use(world, "ana", slot, { x: x + 1, y });
  expect(floorOne(world).fixtures.size).toBe(1);
  pass(world, 1500);
  use(world, "ana", slot, { x, y: y + 1 });
  expect(floorOne(world).fixtures.size).toBe(0);
});

test("R-FIX-2: a shrine heals, calls one dead member back, and names one thing for each", () => {
  const { world, x, y, ana } = staged("warrior", "mage");
  const row = stand(world, "shrine", x + 1, y);
  expect(reasons(pass(world, 1, interact))[0]).toContain("You are whole");
  evolve(world, { kind: "perished", actor: delver(world, "bo").id });
  evolve(world, { kind: "hit", actor: 0, target: ana.id, amount: 9, how: "fall" });
  pass(world, 1, interact);
  expect([ana.hp, delver(world, "bo").condition.is, row.used]).toEqual([ana.maxHp, "up", 1]);
  const potion = give(world, "ana", "potion-fire");
  give(world, "ana", "potion-might");
  expect(choices(world).map(({ kind }) => kind)).toEqual(["identify", "identify"]);
  pass(world, 40, ask("ana", { do: "choose", prompt: potion, option: 0 }));
  expect(world.known.has("potion-fire")).toBe(true);
  expect(choices(world)).toEqual([]);
});

test("R-FIX-9: each member takes one thing of a treasure, and no more", () => {
  const { world, x, y, ana } = staged("warrior", "mage");
  const wares = [
    { item: "wand-slow", count: 1 },
    { item: "potion-might", count: 1 },
    { item: "potion-haste", count: 1 },
  ];
  const row = stand(world, "treasure", x + 1, y, { wares });
  put(world, "bo", x + 2, y);
  const [offer] = choices(world);
  expect(offer?.options.map(({ name }) => name)).toContain("potion of might");
  const take = (player: string, option: number) =>
    reasons(pass(world, 1, ask(player, { do: "choose", prompt: row.id, option })));
  expect(take("ana", 7)).toEqual(["That is not among the choices."]);
  expect(take("ana", 1)).toEqual([]);
  expect(ana.pack.at(-1)?.kind).toBe("potion-might");
  expect(take("ana", 0)).toEqual(["Nobody here asks you that."]);
  expect(take("bo", 1)).toEqual([]);
  expect(game.check(game.restore(game.snapshot(world)))).toBe(game.check(world));
  put(world, "ana", x - 2, y);
  expect(take("ana", 0)).toEqual(["Nobody here asks you that."]);
});

test("R-FIX-10: a trader sells each thing once for its price, and buys for a part of it", () => {
  const { world, x, y, ana } = staged("warrior");
  const wares = [{ item: "potion-might", count: 1 }];
  const row = stand(world, "trader", x + 1, y, { wares });
  const buy = ask("ana", { do: "choose", prompt: row.id, option: 0 });
  const price = choices(world)[0]?.options[0]?.price ?? 0;
  ana.gold = price - 1;
  expect(reasons(pass(world, 1, buy))).toEqual([`That costs ${price} gold.`]);
  ana.gold = price;
  expect(reasons(pass(world, 1, buy))).toEqual([]);
  expect([ana.gold, ana.pack.at(-1)?.kind]).toEqual([0, "potion-might"]);
  expect(reasons(pass(world, 1, buy))).toEqual(["That is sold."]);
  const potion = ana.pack.at(-1)?.id ?? 0;
  const offer = choices(world).find(({ id }) => id === potion);
  expect(offer?.options[0]?.price).toBe(Math.floor(price * 0.4));
  pass(world, 1, ask("ana", { do: "choose", prompt: potion, option: 0 }));
  expect(ana.gold).toBe(Math.floor(price * 0.4));
  expect(ana.pack.some(({ id }) => id === potion)).toBe(false);
  // What is in use is not sold by a slip of the hand.
  const sword = ask("ana", { do: "choose", prompt: ana.weapon, option: 0 });
  expect(reasons(pass(world, 1, sword))).toEqual(["You use it: put it away first."]);
});

test.each(["trader", "captive"])(
  "R-PAR-4: beside a %s, and nowhere else below the gate, a companion is hired for gold",
  (kind) => {
    const { world, x, y, ana, level } = staged("warrior");
    const hire = ask("ana", { do: "hire", class: "healer" });
    const { hireGold, hireCells } = world.book.content.rules;
    const gap = Math.max(Math.abs(level.arrival.x - x), Math.abs(level.arrival.y - y));
    expect(gap).toBeGreaterThan(hireCells);
    expect(reasons(pass(world, 1, hire))).toEqual(["There is nobody here to hire."]);
    stand(world, kind, x + 1, y);
    expect(game.self(world, "ana")?.hire).toEqual({ gold: hireGold, hired: 0 });
    ana.gold = hireGold - 1;
    expect(reasons(pass(world, 1, hire))).toEqual([`That takes ${hireGold} gold.`]);
    ana.gold = hireGold;
    expect(reasons(pass(world, 1, hire))).toEqual([]);
    expect([ana.gold, game.crew(world).filter(({ hired }) => hired === true).length]).toEqual([
      0, 1,
    ]);
  },
);

test("R-FIX-6: a locked door is shut until a key opens it, and the key is used up", () => {
  const { world, x, y, ana, level } = staged("warrior");
  const cell = y * 100 + x + 1;
  evolve(world, { kind: "tileChanged", floor: 1, x: x + 1, y, tile: world.book.roleTile("door") });
  stand(world, "lock", x + 1, y);
  const step = ask("ana", { do: "step", dir: EAST });
  expect(reasons(pass(world, 1, step))[0]).toContain("The door is locked.");
  expect(level.passable[cell]).toBe(0);
  give(world, "ana", "vault-key");
  pass(world, 1, step);
  expect(level.passable[cell]).toBe(1);
  expect(ana.pack.some(({ kind }) => kind === "vault-key")).toBe(false);
  pass(world, 40, step);
  pass(world, 20, step);
  expect(level.tiles[cell]).toBe(world.book.roleTile("openDoor"));
});

test("R-FIX-6: a key stays on its floor", () => {
  const { world, ana, level } = staged("warrior");
  give(world, "ana", "vault-key");
  put(world, "ana", level.exit.x, level.exit.y);
  pass(world, 1, ask("ana", { do: "stairs" }));
  expect([ana.floor, ana.pack.some(({ kind }) => kind === "vault-key")]).toEqual([2, false]);
  expect([...level.items.values()].some(({ kind }) => kind === "vault-key")).toBe(true);
});

test("R-FIX-8: a freed captive follows its saviour and fights for them", () => {
  const { world, x, y } = staged("warrior");
  stand(world, "captive", x + 1, y, { monster: "jackal" });
  const named = game.see(world, 1).things.map(([, , , , , , name]) => name);
  expect(named).toContain("captive jackal");
  pass(world, 1, interact);
  const [ally] = [...floorOne(world).monsters.values()];
  expect(ally?.mood.is).toBe("allied");
  const rat = spawn(world, "rat", x + 3, y);
  pass(world, 400);
  expect(rat.hp).toBeLessThan(rat.maxHp);
});

test("R-FIX-8: captives are of those who would follow and fight", () => {
  let captives = 0;
  const unfit = new Set([
    "rooted",
    "egg",
    "mimic",
    "ambusher",
    "grazer",
    "lure",
    "thief",
    "sapper",
  ]);
  for (let seed = 0; seed < 96; seed += 1) {
    const wish = { seed, floor: 1 + (seed % 12), lastFloor: 12, partySize: 4, firstId: 1 };
    for (const { monster } of generateLevel(book, wish).level.fixtures.values()) {
      if (monster === undefined) continue;
      captives += 1;
      expect([monster, unfit.has(book.monster(monster).mind.kind)]).toEqual([monster, false]);
    }
  }
  expect(captives).toBeGreaterThan(20);
});

test("R-TRI-2 and R-FIX-3: hunters are of those on the floor who can come", () => {
  const { world } = staged("warrior");
  for (const { floor } of world.book.content.floors) {
    const hunters = residentsOf(world, floor);
    expect(hunters.length).toBeGreaterThan(3);
    for (const { lives, boss, mind } of hunters) {
      expect([boss, lives.some((one) => one.floor === floor)]).toEqual([false, true]);
      expect(["rooted", "egg", "mimic", "ambusher"]).not.toContain(mind.kind);
    }
  }
});

/** Takes the key of an altar beside Ana. */
function tried(trial: string) {
  const stage = staged("warrior");
  const { world, x, y } = stage;
  const altar = stand(world, `altar-${trial}`, x + 1, y);
  const take = () => pass(world, 1, interact);
  const hasKey = () => stage.ana.pack.some(({ kind }) => kind === "vault-key");
  return { ...stage, altar, take, hasKey };
}

test("R-TRI-1: a collapse drops rocks on who stays, beat by beat, and ends", () => {
  const { world, take, hasKey, ana, level, altar } = tried("collapse");
  ana.maxHp = 300;
  ana.hp = 300;
  take();
  expect(hasKey()).toBe(true);
  expect(reasons(take())[0] ?? "").toBe("");
  pass(world, 400);
  expect(level.surface.some((kind) => kind > 0)).toBe(true);
  expect([altar.left, altar.dueAt, level.fixtureAt]).toEqual([0, 0, 0]);
  expect(reasons(pass(world, 1, interact))).toEqual(["The altar is bare."]);
});

test("R-TRI-1: skipping the ticks of a trial equals stepping them, and so does restoring", () => {
  const run = (each: number, restored = false) => {
    let { world, take } = tried("collapse");
    take();
    if (restored) world = game.restore(game.snapshot(world));
    for (let i = 0; i < 240 / each; i += 1) game.step(world, world.tick + each, []);
    return game.check(world);
  };
  expect(run(1)).toBe(run(240));
  expect(run(240, true)).toBe(run(240));
});

test("R-TRI-2: a flood spreads from the altar, slows, and brings hunters", () => {
  const { world, take, x, y, ana, level } = tried("flood");
  take();
  expect(level.monsters.size).toBeGreaterThan(0);
  for (const id of [...level.monsters.keys()])
    evolve(world, { kind: "slain", actor: 0, monster: id });
  pass(world, 90);
  expect(substanceAt(world, x, y + 1, "liquid")).toBe("shallow-water");
  expect(kinds(ana)).toContain("slow");
});

test("R-TRI-3 and R-FIX-7: the statues of a guarded altar come to life", () => {
  const { world, take, x, y, level } = tried("guardian");
  const statue = stand(world, "statue", x + 2, y + 1);
  take();
  expect(level.fixtures.has(statue.y * 100 + statue.x)).toBe(false);
  const [guard] = [...level.monsters.values()];
  expect([guard?.x, guard?.y, guard?.mood.is]).toEqual([x + 2, y + 1, "hunting"]);
});

test("R-TRI-4: the light goes out, and hunters come", () => {
  const { take, ana, level, world } = tried("darkness");
  const before = game.see(world, 1).cells.filter((cell) => (cell & 0x100) !== 0).length;
  take();
  expect(kinds(ana)).toContain("darkened");
  pass(world, 1);
  expect(game.see(world, 1).cells.filter((cell) => (cell & 0x100) !== 0).length).toBeLessThan(
    before,
  );
  expect(level.monsters.size).toBeGreaterThan(0);
});

test("R-TRI-5: gas streams from the altar for some beats", () => {
  const { world, take, ana } = tried("gas");
  take();
  pass(world, 120);
  expect(kinds(ana)).toContain("poisoned");
});

test("R-TRI-6, R-FIX-4 and R-FIX-5: a caged key wants its lever, which is loud and works once", () => {
  const { world, take, hasKey, x, y } = tried("cage");
  expect(reasons(take())[0]).toContain("in a cage");
  stand(world, "lever", x, y + 1);
  const pull = ask("ana", { do: "interact", dir: 4 });
  expect(texts(pass(world, 1, pull)).join(" ")).toContain("cage rattles open");
  expect(reasons(pass(world, 30, pull))).toEqual(["It is down already."]);
  take();
  expect(hasKey()).toBe(true);
  expect(reasons(pass(world, 30, interact))).toEqual(["The altar is bare."]);
});

test.each(book.content.regions.map(({ id }) => id))(
  "R-FIX-13: 200 seeds of %s: every key is reachable before its lock, and nothing needed is locked in",
  (region) => {
    const floors = book.content.floors.filter((one) => one.region === region);
    const met = new Set<string>();
    for (let seed = 0; seed < 200; seed += 1) {
      const { floor } = floors[seed % floors.length] ?? { floor: 1 };
      const wish = { seed, floor, lastFloor: 12, partySize: 4, firstId: 1 };
      const { level } = generateLevel(book, wish);
      expect([seed, floor, ...levelFaults(book, level)]).toEqual([seed, floor]);
      for (const { kind, wares } of level.fixtures.values()) {
        met.add(kind.id);
        if (kind.kind !== "treasure") continue;
        expect(wares?.length).toBeGreaterThanOrEqual(3);
        expect(wares?.length).toBeLessThanOrEqual(5);
      }
    }
    const { fixtures } = book.region(region);
    const wanted = [...fixtures.map(({ fixture }) => fixture), "lock", "lever", "statue"];
    expect(wanted.filter((id) => !met.has(id))).toEqual([]);
  },
);

test("R-FIX-13: the proof finds a key that was locked in with its treasure", () => {
  for (let seed = 0; ; seed += 1) {
    const wish = { seed, floor: 1, lastFloor: 12, partySize: 4, firstId: 1 };
    const { level } = generateLevel(book, wish);
    const altar = [...level.fixtures].find(([, { kind }]) => kind.kind === "altar");
    const treasure = [...level.fixtures].find(([, { kind }]) => kind.kind === "treasure");
    if (altar === undefined || treasure === undefined) continue;
    level.fixtures.delete(altar[0]);
    level.fixtures.set(treasure[0] + 1, altar[1]);
    expect(levelFaults(book, level)).toContain(`no way to a ${altar[1].kind.id}`);
    return;
  }
});
