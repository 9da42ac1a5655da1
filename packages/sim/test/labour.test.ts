import { type DungeonWorld, evolve } from "@underlode/sim";
import { expect, test } from "vitest";
import { freshStats } from "../src/dungeon/item-stats.ts";
import { game } from "./play.ts";
import { ask, delver, floorOne, openSpot, pass, put, quietParty, reasons, spawn } from "./scene.ts";
import { texts } from "./stage.ts";

/** Stands players at the open side of a vein; answers the vein and the direction to it. */
function atVein(world: DungeonWorld, ...players: string[]) {
  const level = floorOne(world);
  for (const vein of level.veins.keys()) {
    for (const [dir, side] of [
      [0, 100],
      [4, -100],
      [2, -1],
      [6, 1],
    ] as const) {
      const cell = vein + side;
      // A second miner stands diagonally, one further along the wall.
      const other = cell + (dir === 0 || dir === 4 ? 1 : 100);
      if (level.walkable[cell] === 0 || level.walkable[other] === 0) continue;
      const spots = [cell, other];
      players.forEach((player, index) => {
        const spot = spots[index] ?? 0;
        put(world, player, spot % 100, Math.floor(spot / 100));
      });
      const otherDir = dir === 0 ? 7 : dir === 4 ? 5 : dir === 2 ? 1 : 7;
      return { vein, dir, otherDir };
    }
  }
  throw new Error("no vein can be worked by two");
}

test("R-ORE-1: a survey shows the values of the vein and whom they suit, and mining gives the ore as a fact", () => {
  const world = quietParty(1);
  const { vein, dir } = atVein(world, "ana");
  pass(world, 1, ask("ana", { do: "survey", dir }));
  const { survey } = game.self(world, "ana") ?? {};
  expect(survey).toMatchObject({ kind: "copper", name: expect.stringContaining("copper") });
  const amount = floorOne(world).veins.get(vein)?.amount;
  pass(world, 30, ask("ana", { do: "mine", dir }));
  expect(game.self(world, "ana")?.busy).toMatchObject({ what: "mining", fromMs: 620 });
  const { facts } = pass(world, 400);
  expect(facts).toMatchObject([
    { kind: "ore", player: "ana", data: { seed: 21, floor: 1, amount, ore: "copper" } },
  ]);
  expect(game.self(world, "ana")).toMatchObject({ busy: null, survey: null, ore: [{ amount }] });
  expect(floorOne(world).veins.has(vein)).toBe(false);
});

test("R-LIG-4: mining is heard far off, wakes who sleeps there and draws who wanders", () => {
  const after = (ticks: number) => {
    const world = quietParty(1);
    const { vein, dir } = atVein(world, "ana");
    const ana = delver(world, "ana");
    const { noise } = world.book.content.rules;
    const far = floorOne(world).walkable.findIndex((open, cell) => {
      const gap = Math.max(
        Math.abs((cell % 100) - ana.x),
        Math.abs(Math.floor(cell / 100) - ana.y),
      );
      return open === 1 && gap > noise.fight && gap < noise.mine;
    });
    const [x, y] = [far % 100, Math.floor(far / 100)];
    const awake = spawn(world, "spore-cap", x, y);
    Object.assign(awake, { mood: { is: "wandering", x, y }, readyAt: world.tick + 9999 });
    if (ticks > 0) pass(world, 1, ask("ana", { do: "mine", dir }));
    pass(world, Math.max(1, ticks));
    const drawn = awake.mood.is === "wandering" && awake.mood.x === ana.x && awake.mood.y === ana.y;
    return { world, drawn, vein, dir, x, y };
  };
  expect([after(0).drawn, after(60).drawn]).toEqual([false, true]);
  const { world, vein, dir, x, y } = after(0);
  floorOne(world).monsters.clear();
  floorOne(world).occupant[y * 100 + x] = 0;
  const sleeper = spawn(world, "ooze", x, y, true);
  for (let again = 0; again < 60 && sleeper.mood.is === "asleep"; again += 1) {
    pass(world, 1, ask("ana", { do: "mine", dir }));
    pass(world, 60, ask("ana", { do: "wait" }));
    Object.assign(floorOne(world).veins.get(vein) ?? {}, { work: 0 });
  }
  expect(sleeper.mood.is).not.toBe("asleep");
});

test("R-ORE-2: two miners are twice as fast as one, and share what they find", () => {
  const time = (...players: string[]) => {
    const world = quietParty(2);
    const { dir, otherDir } = atVein(world, ...players);
    pass(world, 1, ...players.map((p, i) => ask(p, { do: "mine", dir: i === 0 ? dir : otherDir })));
    return { world, ticks: (delver(world, "ana").act?.until ?? 0) - world.tick };
  };
  const alone = time("ana").ticks;
  const { world, ticks } = time("ana", "bo");
  expect(ticks).toBe(Math.ceil(alone / 2));
  const { facts } = pass(world, ticks);
  expect(facts.map(({ player }) => player)).toEqual(["ana", "bo"]);
});

test("R-ORE-2: a miner who is hurt stops and loses what was done; one who walks away loses nothing", () => {
  const world = quietParty(1);
  const { vein, dir } = atVein(world, "ana");
  const ana = delver(world, "ana");
  pass(world, 1, ask("ana", { do: "mine", dir }));
  pass(world, 60, ask("ana", { do: "wait" }));
  expect(floorOne(world).veins.get(vein)?.work).toBe(6000);
  expect(ana.act).toBeUndefined();
  pass(world, 1, ask("ana", { do: "mine", dir }));
  const free = [-1, 1, -100, 100, 99, 101, -99, -101]
    .map((side) => ana.y * 100 + ana.x + side)
    .find((cell) => floorOne(world).walkable[cell] === 1);
  spawn(world, "digger", (free ?? 0) % 100, Math.floor((free ?? 0) / 100));
  for (let i = 0; i < 200 && ana.act !== undefined; i += 1) pass(world, 1);
  expect(ana.act).toBeUndefined();
  expect(floorOne(world).veins.get(vein)?.work).toBe(0);
});

test("R-PAR-9: a member at 0 health is down, is lifted by an ally in 3 s, or dies after 20 s", () => {
  for (const lifted of [true, false]) {
    const world = quietParty(2);
    const spot = openSpot(world);
    put(world, "ana", spot.x, spot.y);
    put(world, "bo", spot.x + 1, spot.y);
    const foe = spawn(world, "foreman", spot.x - 1, spot.y);
    const ana = delver(world, "ana");
    ana.hp = 1;
    ana.healAt = world.tick + 100;
    for (let i = 0; i < 100 && ana.condition.is === "up"; i += 1) pass(world, 5);
    expect(ana.condition.is).toBe("down");
    const [fallen] = game.crew(world);
    expect(fallen?.state).toBe("down");
    const left = (fallen?.diesAtMs ?? 0) - world.tick * 20;
    expect(left).toBeGreaterThan(19_800);
    expect(left).toBeLessThanOrEqual(20_000);
    expect(reasons(pass(world, 1, ask("ana", { do: "wait" })))).toEqual([
      "You are down: only an ally can help you now.",
    ]);
    floorOne(world).monsters.delete(foe.id);
    floorOne(world).occupant[foe.y * 100 + foe.x] = 0;
    if (lifted) {
      pass(world, 60, ask("bo", { do: "revive", dir: 6 }));
      pass(world, 149);
      expect(ana.condition.is).toBe("down");
      pass(world, 1);
      expect(ana.condition.is).toBe("up");
      expect(ana.hp).toBeGreaterThan(0);
      expect(delver(world, "bo").deeds.revives).toBe(1);
    } else {
      const { facts } = pass(world, 1001);
      expect(facts).toMatchObject([{ kind: "death", player: "ana", data: { floor: 1 } }]);
      expect(game.floorOf(world, "ana")).toBe(1);
      expect(game.ended(world)).toBeUndefined();
    }
  }
});

test("R-ORE-2: a tool in the pack makes a vein as much faster as it says", () => {
  const mining = (tool?: string) => {
    const world = quietParty(1);
    const { vein, dir } = atVein(world, "ana");
    const ana = delver(world, "ana");
    if (tool !== undefined) {
      const stats = freshStats(world.book.item(tool));
      evolve(world, { kind: "given", actor: ana.id, item: tool, count: 1, stats });
    }
    pass(world, 1, ask("ana", { do: "survey", dir }));
    const { survey } = game.self(world, "ana") ?? {};
    const { hardMs: shown } = survey as { hardMs: number };
    pass(world, 30, ask("ana", { do: "mine", dir }));
    const ticks = (ana.act?.until ?? 0) - world.tick;
    expect(Math.abs(ticks * 20 - shown)).toBeLessThan(60);
    return { world, vein, shown };
  };
  const bare = mining();
  const { rules } = bare.world.book.content;
  const { spawn = 0 } = floorOne(bare.world).veins.get(bare.vein) ?? {};
  const hardness = floorOne(bare.world).spawns[spawn]?.values.hardness ?? 0;
  const saved = (hardness * rules.mineHardnessMs * 25) / 100;
  expect(Math.abs(bare.shown - mining("war-pick").shown - saved)).toBeLessThan(21);
});

test("R-LEG-1: whoever mines a Legacy vein has it in their vault at once, and nobody in the bag", () => {
  const world = quietParty(2);
  const { vein, dir, otherDir } = atVein(world, "ana", "bo");
  const level = floorOne(world);
  const [legacy] = world.book.content.legacies;
  const place = level.veins.get(vein)?.spawn ?? 0;
  const spawn = level.spawns[place];
  if (spawn === undefined || legacy === undefined) throw new Error("there is nothing to mine");
  Object.assign(spawn, { legacy: legacy.id, name: legacy.name });
  const said = texts(pass(world, 1, ask("ana", { do: "survey", dir })));
  expect(said.join()).toContain(`Ana has found ${legacy.name}!`);
  expect(texts(pass(world, 20, ask("bo", { do: "survey", dir: otherDir }))).join()).not.toContain(
    "found",
  );
  // Of two it is whose pick was first.
  pass(world, 20, ask("bo", { do: "mine", dir: otherDir }));
  pass(world, 20, ask("ana", { do: "mine", dir }));
  const { facts, lines } = pass(world, 600);
  expect(facts).toMatchObject([{ kind: "legacy", player: "bo", data: { legacy: legacy.id } }]);
  expect(lines.map(({ text }) => text).join()).toContain("It is in the Legacy Vault, for good.");
  expect([delver(world, "ana").ore, delver(world, "bo").ore]).toEqual([[], []]);
  expect(world.tally.legacies).toEqual([legacy.id]);
});

test("R-ORE-2: what a vein was is told as long as the party remembers it, whoever ate it since", () => {
  const world = quietParty(1);
  const { vein, dir } = atVein(world, "ana");
  pass(world, 1, ask("ana", { do: "survey", dir }));
  const told = game.self(world, "ana")?.survey;
  const { exit } = floorOne(world);
  put(world, "ana", exit.x, exit.y);
  const tile = world.book.tileNumber("floor");
  const [x, y] = [vein % 100, Math.floor(vein / 100)];
  evolve(world, { kind: "tileChanged", floor: 1, x, y, tile });
  evolve(world, { kind: "veinEmptied", floor: 1, vein });
  expect(game.self(world, "ana")?.survey).toEqual(told);
  put(world, "ana", x, y);
  expect(game.self(world, "ana")?.survey).toBeNull();
});
