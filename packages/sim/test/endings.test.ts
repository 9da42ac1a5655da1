import { type DungeonWorld, evolve } from "@underlode/sim";
import { expect, test } from "vitest";
import { freshStats } from "../src/dungeon/item-stats.ts";
import { game, startParty } from "./play.ts";
import { ask, delver, floorOne, openSpot, pass, put, reasons, spawn } from "./scene.ts";

/** A party on the last floor, which is the first here, with the Heartlode before its feet. */
function atHeart(size = 2) {
  const world = startParty(21, size, { floors: 1 });
  const level = floorOne(world);
  for (const monster of [...level.monsters.keys()]) {
    evolve(world, { kind: "slain", actor: 0, monster });
  }
  for (const each of [level.items, level.fixtures]) each.clear();
  const { x, y } = openSpot(world);
  put(world, "ana", x, y);
  evolve(world, { kind: "laid", floor: 1, x, y, item: "heartlode", count: 1 });
  return { world, level, x, y };
}

function take(world: DungeonWorld): number {
  pass(world, 1, ask("ana", { do: "pickup" }));
  return [...world.prompts.keys()][0] ?? 0;
}

test("R-END-1: the last boss guards the Heartlode, and taking it is victory", () => {
  const world = startParty(5, 1, { floors: 3 });
  evolve(world, { kind: "floorOpened", floor: 3 });
  const level = world.levels.get(3);
  const boss = [...(level?.monsters.values() ?? [])].find(({ kind }) => kind.boss);
  if (level === undefined || boss === undefined) throw new Error("no boss");
  const beside = [...Array(9).keys()]
    .map((i) => ({ x: boss.x - 1 + (i % 3), y: boss.y - 1 + Math.floor(i / 3) }))
    .find(({ x, y }) => level.walkable[y * 100 + x] === 1 && level.occupant[y * 100 + x] === 0);
  const ana = delver(world, "ana");
  evolve(world, { kind: "arrived", actor: ana.id, floor: 3, ...(beside ?? boss) });
  boss.hp = 1;
  const dir = ["0,-1", "1,-1", "1,0", "1,1", "0,1", "-1,1", "-1,0", "-1,-1"].indexOf(
    `${boss.x - ana.x},${boss.y - ana.y}`,
  );
  for (let i = 0; i < 20 && level.monsters.has(boss.id); i += 1) {
    boss.hp = 1;
    game.step(world, world.tick + 25, [ask("ana", { do: "step", dir })]);
  }
  expect(game.ended(world)).toBeUndefined();
  const heart = [...level.items.values()].find(({ kind }) => kind === "heartlode");
  expect(heart).toMatchObject({ x: boss.x, y: boss.y });
  evolve(world, { kind: "moved", actor: ana.id, x: boss.x, y: boss.y });
  game.step(world, world.tick + 50, [ask("ana", { do: "pickup" })]);
  const [prompt] = [...world.prompts.keys()];
  game.step(world, world.tick + 1, [ask("ana", { do: "choose", prompt: prompt ?? 0, option: 0 })]);
  expect(game.ended(world)).toMatchObject({ outcome: "victory", summary: { victory: "plain" } });
});

test("R-END-1: without a choice the victory is claimed", () => {
  const { world } = atHeart();
  take(world);
  pass(world, 1001);
  expect(game.ended(world)?.outcome).toBe("victory");
});

test("R-END-2: carried up through the gate it is the greater victory", () => {
  const { world, level } = atHeart();
  const prompt = take(world);
  const gate = level.arrival;
  pass(world, 1, ask("ana", { do: "choose", prompt, option: 1 }));
  put(world, "bo", gate.x, gate.y);
  expect(reasons(pass(world, 1, ask("bo", { do: "stairs" })))).toEqual([
    "The gate opens to the Heartlode alone.",
  ]);
  const { x, y } = openSpot(world, 1);
  put(world, "bo", x, y);
  put(world, "ana", gate.x, gate.y);
  pass(world, 20, ask("ana", { do: "stairs" }));
  const end = game.ended(world);
  expect(end).toMatchObject({ outcome: "victory", summary: { victory: "greater" } });
});

test("R-END-2: who carries it up is hunted, and dead leaves it where they fell", () => {
  const { world, level, x, y } = atHeart();
  const prompt = take(world);
  const before = world.wanderAt - world.tick;
  pass(world, 1, ask("ana", { do: "choose", prompt, option: 1 }));
  expect(world.wanderAt - world.tick).toBeLessThan(before / 2);
  pass(world, 1300);
  expect(level.monsters.size).toBeGreaterThan(0);
  for (const monster of [...level.monsters.keys()]) {
    evolve(world, { kind: "slain", actor: 0, monster });
  }
  const ana = delver(world, "ana");
  evolve(world, { kind: "hit", actor: 0, target: ana.id, amount: ana.hp, how: "fire" });
  evolve(world, { kind: "downed", actor: ana.id, until: world.tick + 10 });
  game.step(world, world.tick + 12, []);
  const heart = [...level.items.values()].find(({ kind }) => kind === "heartlode");
  expect(heart).toMatchObject({ x: ana.x, y: ana.y });
  expect([ana.x, ana.y]).toEqual([x, y]);
});

test("R-END-3: when all are down it is defeat, but victory once the Heartlode was taken", () => {
  for (const taken of [false, true]) {
    const { world, x, y } = atHeart(1);
    if (taken) take(world);
    const ana = delver(world, "ana");
    ana.hp = 1;
    const foe = spawn(world, "digger", x + 1, y);
    for (let i = 0; i < 60 && game.ended(world) === undefined; i += 1) {
      game.step(world, world.tick + 10, []);
    }
    expect(game.ended(world)?.outcome).toBe(taken ? "victory" : "defeat");
    expect(JSON.stringify(game.ended(world)?.summary)).toContain(foe.kind.name);
  }
});

test("R-END-4: the summary tells the way down, the dead, the score and a story in lines", () => {
  const { world } = atHeart();
  const ana = delver(world, "ana");
  evolve(world, { kind: "oreGained", actor: ana.id, floor: 1, spawn: 0, amount: 4 });
  evolve(world, { kind: "synergyFired", actor: ana.id, synergy: "shatter", target: 0 });
  const [schematic, item] = ["long-sword", "long-sword"];
  const stats = freshStats(world.book.item(item));
  evolve(world, { kind: "crafted", actor: ana.id, schematic, item, stats });
  const rat = spawn(world, "rat", ana.x + 1, ana.y);
  evolve(world, { kind: "slain", actor: ana.id, monster: rat.id });
  const bo = delver(world, "bo");
  evolve(world, { kind: "hit", actor: 0, target: bo.id, amount: bo.hp, how: "fire" });
  evolve(world, { kind: "downed", actor: bo.id, until: world.tick + 10 });
  pass(world, 50);
  const prompt = take(world);
  pass(world, 1, ask("ana", { do: "choose", prompt, option: 0 }));
  const summary = game.ended(world)?.summary ?? {};
  const kills = Number(summary.kills);
  expect(summary).toMatchObject({
    timeline: [{ floor: 1, fromMs: 0 }],
    fates: [{ name: "Bo", floor: 1, cause: "fire" }],
    score: 1000 + 10 * kills + 5 * 4 + 50_000 - 1,
  });
  expect(summary.names).toMatchObject({ shatter: "Shatter" });
  const morgue = (summary.morgue ?? []) as string[];
  expect(morgue[0]).toBe("Underlode, seed 21");
  const parts = ["tunnel rat", "1  Shatter", "Ana: long sword", "Ore mined: 4"];
  const found = [`0:00  floor 1, ${floorOne(world).name}`, "Bo the ranger, floor 1, by fire"];
  for (const part of [...parts, ...found]) {
    expect(morgue.join("\n")).toContain(part);
  }
  expect(game.restore(game.snapshot(world)).end).toEqual(world.end);
});

test("R-MON-20: wanderers come out of sight and far off, and look for the party", () => {
  const { world, level } = atHeart(1);
  pass(world, 6001);
  const came = [...level.monsters.values()];
  expect(came.length).toBeGreaterThan(0);
  for (const one of came) expect(one.mood.is).not.toBe("asleep");
});

test("R-TIME-4: a place is calm while nobody hunts the party and nobody of it bleeds", () => {
  const { world, x, y } = atHeart();
  expect(game.isCalm(world)).toBe(true);
  const rat = spawn(world, "rat", x + 1, y, true);
  expect(game.isCalm(world)).toBe(true);
  const ana = delver(world, "ana");
  rat.mood = { is: "hunting", target: ana.id, x, y, lostAt: world.tick + 1 };
  expect(game.isCalm(world)).toBe(false);
  evolve(world, { kind: "slain", actor: 0, monster: rat.id });
  evolve(world, { kind: "hit", actor: 0, target: ana.id, amount: ana.hp, how: "fire" });
  evolve(world, { kind: "downed", actor: ana.id, until: world.tick + 1_000 });
  expect(game.isCalm(world)).toBe(false);
});
