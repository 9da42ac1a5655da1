import { expect, test } from "vitest";
import { DIRECTIONS, toward } from "../src/geometry.ts";
import { arena, X, Y } from "./arena.ts";
import { ask, delver, floorOne, openSpot, pass, put, quietParty, spawn } from "./scene.ts";

function stage(size = 1) {
  const world = quietParty(size);
  const spot = openSpot(world);
  put(world, "ana", spot.x, spot.y);
  const ana = delver(world, "ana");
  ana.maxHp = 5000;
  ana.hp = 5000;
  return { world, ana, ...spot };
}

test("R-MON-7: an ooze that is hurt and lives splits in two", () => {
  const { world, x, y } = stage();
  const ooze = spawn(world, "ooze", x + 1, y);
  const before = floorOne(world).monsters.size;
  for (let i = 0; i < 12 && ooze.hp === ooze.maxHp; i += 1) {
    pass(world, 25, ask("ana", { do: "step", dir: 2 }));
  }
  expect(floorOne(world).monsters.size).toBe(before + 1);
});

test("R-MON-4: a thief takes gold, flees with it, and leaves it where it dies", () => {
  const { world, ana, x, y } = stage();
  ana.gold = 100;
  const thief = spawn(world, "cutpurse", x + 1, y);
  for (let i = 0; i < 20 && thief.gold === 0; i += 1) pass(world, 10);
  expect([thief.gold, ana.gold]).toEqual([60, 40]);
  expect(thief.mood.is).toBe("fleeing");
});

test("R-MON-3: an archer shoots from afar and gives ground when one comes near", () => {
  const { world, ana } = arena();
  const archer = spawn(world, "kobold-archer", X + 2, Y);
  pass(world, 60);
  const away = Math.max(Math.abs(archer.x - ana.x), Math.abs(archer.y - ana.y));
  expect(away).toBeGreaterThan(2);
  pass(world, 500);
  expect(ana.deeds.taken).toBeGreaterThan(0);
});

test("R-MON-8: a mimic looks like a chest until somebody stands beside it", () => {
  const { world, x, y } = stage();
  const mimic = spawn(world, "mimic", x + 2, y, true);
  expect(mimic.hidden).toBe(true);
  const { lines } = pass(world, 1, ask("ana", { do: "step", dir: 2 }));
  expect(mimic.hidden).toBe(false);
  expect(lines.map(({ text }) => text)).toContain("The chest opens its jaws: it is a mimic!");
});

test("R-MON-9: a sapper lights its fuse first, so that one can walk out of the blast", () => {
  const { world, ana, x, y } = stage();
  const sapper = spawn(world, "sapper", x + 1, y);
  pass(world, 2);
  expect(sapper.loomsAt).toBeGreaterThan(world.tick);
  pass(world, 1, ask("ana", { do: "step", dir: 6 }));
  const { lines } = pass(world, 60);
  expect(lines.map(({ text }) => text)).toContain("The kobold sapper blows up!");
  expect(ana.hp).toBe(5000);
});

test("R-MON-10: jackals that notice howl, and others of their kind wake and come", () => {
  const { world, x, y } = stage();
  const sleeper = spawn(world, "jackal", x - 2, y, true);
  spawn(world, "jackal", x + 2, y);
  const { lines } = pass(world, 2);
  expect(lines.map(({ text }) => text)).toContain("The jackal howls, and others answer.");
  expect(sleeper.mood.is).toBe("hunting");
});

test("R-MON-6: two rats with their prey between them hit harder than one", () => {
  const worst = (rats: number) => {
    const { world, ana, x, y } = stage();
    spawn(world, "rat", x + 1, y);
    if (rats === 2) spawn(world, "rat", x - 1, y);
    ana.defence = 0;
    ana.armour = 0;
    ana.healAt = 0;
    const blows: number[] = [];
    for (let i = 0; i < 40; i += 1) {
      const before = ana.hp;
      ana.healAt = 0;
      pass(world, 5);
      blows.push(before - ana.hp);
      ana.hp = 5000;
      ana.healAt = 0;
    }
    return Math.max(...blows);
  };
  expect(worst(2)).toBeGreaterThan(worst(1));
});

test("R-MON-13: the Foreman calls its crew when hurt, and rages at the end", () => {
  const { world, x, y } = stage();
  const boss = spawn(world, "foreman", x + 1, y);
  const bruise = (percent: number) => {
    boss.hp = Math.ceil((boss.maxHp * percent) / 100);
    for (let i = 0; i < 20; i += 1) {
      // The Foreman may have stepped around in the meantime.
      const dir = DIRECTIONS.find((one) => {
        const to = toward(delver(world, "ana"), one);
        return to.x === boss.x && to.y === boss.y;
      });
      const command = { do: "step" as const, dir: dir ?? 2 };
      told.push(...pass(world, 25, ask("ana", command)).lines.map(({ text }) => text));
    }
  };
  const told: string[] = [];
  bruise(67);
  expect(told).toContain("The Copper Foreman calls for its crew!");
  bruise(26);
  expect(told).toContain("The Copper Foreman roars and burns with rage!");
  expect(boss.phase).toBeGreaterThanOrEqual(3);
  expect([...floorOne(world).monsters.values()].map(({ kind }) => kind.id)).toContain(
    "kobold-archer",
  );
});
