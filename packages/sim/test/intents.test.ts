import { CELL_TILE, evolve } from "@underlode/sim";
import { expect, test } from "vitest";
import { knownWays } from "../src/dungeon/intents/ways.ts";
import { sees } from "../src/dungeon/reads.ts";
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

function stage(size = 1) {
  const world = quietParty(size);
  const level = bareFloor(world);
  const spot = openSpot(world);
  put(world, "ana", spot.x, spot.y);
  return { world, level, ana: delver(world, "ana"), ...spot };
}

test("R-INT-1: exploring knows what was seen, not what has become of it since", () => {
  const trail = (secretly: boolean) => {
    const { world, level, ana } = stage();
    pass(world, 1, ask("ana", { do: "explore" }));
    pass(world, 300);
    const unseen = level.tiles.findIndex(
      (_, cell) => level.walkable[cell] === 1 && level.memory[cell] === 0,
    );
    const remembered = level.memory.findIndex(
      (cell, index) =>
        (cell & CELL_TILE) !== 0 && (cell & 0x100) === 0 && level.walkable[index] === 1,
    );
    const rock = world.book.tileNumber(world.book.region("copper").wall);
    if (secretly) {
      for (const cell of [unseen, remembered]) {
        const [x, y] = [cell % level.width, Math.floor(cell / level.width)];
        evolve(world, { kind: "tileChanged", floor: 1, x, y, tile: rock });
      }
    }
    pass(world, 11);
    return [ana.x, ana.y, ana.intent?.is];
  };
  expect(trail(true)).toEqual(trail(false));
});

test("R-INT-2: fire that is remembered shuts no way, fire in sight does", () => {
  const reached = (inSight: number) => {
    const { world, level, ana } = stage();
    pass(world, 1, ask("ana", { do: "explore" }));
    pass(world, 300);
    const ways = knownWays(world, ana);
    const goal = level.memory.findIndex((cell, i) => (cell & 0x100) === 0 && ways[i] === 3);
    level.memory[goal] =
      world.book.shownTile(
        1,
        world.book.content.substances.find(({ id }) => id === "fire"),
      ) | inSight;
    return knownWays(world, ana)[goal] === 3;
  };
  expect([reached(0), reached(0x100)]).toEqual([true, false]);
});

test("R-INT-0: a refused command does not end an intent, and one that is done does", () => {
  const { world, ana } = stage();
  pass(world, 1, ask("ana", { do: "explore" }));
  pass(world, 7, ask("ana", { do: "use", item: 9999 }));
  const { refusals } = pass(world, 20);
  expect([refusals.length, ana.intent?.is]).toEqual([1, "explore"]);
  pass(world, 1, ask("ana", { do: "wait" }));
  expect(ana.intent).toBeUndefined();
});

test("R-INT-2: travelling to stairs wants stairs that were seen, and a hit ends it", () => {
  const { world, level, ana } = stage();
  const down = ask("ana", { do: "travelStairs", down: true });
  expect(reasons(pass(world, 1, down))).toEqual(["You have not found those stairs yet."]);
  const { arrival } = level;
  put(world, "ana", arrival.x, arrival.y);
  pass(world, 1, ask("ana", { do: "explore" }));
  pass(world, 200, ask("ana", { do: "travel", ...arrival }));
  pass(world, 10);
  expect(ana.intent?.is).toBe("travel");
  pass(world, 12);
  const dose = { kind: "burning", power: 1, stacks: 1, until: world.tick + 200, by: 0 };
  evolve(world, {
    kind: "effectBegan",
    actor: ana.id,
    effect: { ...dose, nextAt: world.tick + 1 },
  });
  pass(world, 3);
  expect(ana.intent).toBeUndefined();
});

test("R-INT-2: an ally who stands in a narrow way is no reason to stay", () => {
  const { world, level, ana, x, y } = stage();
  const { floor, wall } = world.book.region("copper");
  for (const row of [y - 1, y, y + 1])
    for (let column = x - 1; column <= x + 4; column += 1) {
      const isWay = row === y && column >= x && column <= x + 3;
      const tile = world.book.tileNumber(isWay ? floor : wall);
      evolve(world, { kind: "tileChanged", floor: 1, x: column, y: row, tile });
    }
  const bat = spawn(world, "bat", x + 1, y);
  pass(world, 1, ask("ana", { do: "search" }));
  const goal = y * level.width + x + 3;
  expect(knownWays(world, ana)[goal]).toBe(0xffff);
  evolve(world, { kind: "felt", actor: bat.id, mood: { is: "allied", leader: ana.id, until: 0 } });
  expect(knownWays(world, ana)[goal]).toBe(3);
  pass(world, 60);
  pass(world, 1, ask("ana", { do: "travel", x: x + 3, y }));
  pass(world, 60);
  expect([ana.x, ana.y]).toEqual([x + 3, y]);
});

test("R-INT-2: travelling to a vein ends beside it", () => {
  const { world, level, ana } = stage();
  pass(world, 1, ask("ana", { do: "explore" }));
  pass(world, 300);
  pass(world, 1, ask("ana", { do: "wait" }));
  pass(world, 20);
  const ways = knownWays(world, ana);
  const sides = [-1, 1, -level.width, level.width];
  const vein = level.memory.findIndex(
    (cell, i) =>
      cell !== 0 && ways[i] === 0xffff && sides.some((side) => (ways[i + side] ?? 0) === 4),
  );
  const at = { x: vein % level.width, y: Math.floor(vein / level.width) };
  pass(world, 1, ask("ana", { do: "travel", ...at }));
  pass(world, 10);
  expect(ana.intent?.is).toBe("travel");
  pass(world, 100);
  expect(ana.intent).toBeUndefined();
  expect(Math.max(Math.abs(ana.x - at.x), Math.abs(ana.y - at.y))).toBe(1);
  expect(reasons(pass(world, 1, ask("ana", { do: "travel", ...at })))).toEqual([
    "You are beside it.",
  ]);
});

test("R-INT-3: resting lasts until health and resource are full", () => {
  const { world, ana } = stage();
  evolve(world, { kind: "hit", actor: 0, target: ana.id, amount: 3, how: "fire" });
  pass(world, 1, ask("ana", { do: "rest" }));
  pass(world, 300);
  expect(ana.intent?.is).toBe("rest");
  pass(world, 300);
  expect([ana.hp, ana.intent]).toEqual([ana.maxHp, undefined]);
});

test("R-INT-4: attackNearest goes up to the nearest enemy in sight and strikes it", () => {
  const { world, ana, x, y } = stage();
  const foe = spawn(world, "ooze", x + 2, y, true);
  pass(world, 1, ask("ana", { do: "attackNearest" }));
  expect(Math.abs(foe.x - ana.x)).toBe(1);
  pass(world, 10, ask("ana", { do: "attackNearest" }));
  expect(foe.hp).toBeLessThan(foe.maxHp);
});

test("R-INT-4: attackNearest goes to an enemy that only another of the party sees", () => {
  const { world, level, ana } = stage(2);
  const attack = () => {
    ana.readyAt = world.tick;
    return reasons(pass(world, 1, ask("ana", { do: "attackNearest" })));
  };
  expect(attack()).toEqual(["Nobody of the party sees an enemy here."]);
  let far = openSpot(world);
  for (let nth = 1; sees(world, ana, far); nth += 1) far = openSpot(world, nth);
  const foe = spawn(world, "ooze", far.x, far.y, true);
  for (const cell of level.tiles.keys()) level.memory[cell] ||= level.shown[cell] ?? 0;
  expect([sees(world, ana, foe), attack()]).toEqual([
    false,
    ["Nobody of the party sees an enemy here."],
  ]);
  put(world, "bo", far.x + 1, far.y);
  pass(world, 1);
  const { x, y } = ana;
  expect(attack()).toEqual([]);
  expect([ana.x, ana.y]).not.toEqual([x, y]);
});

test("R-INT-0: what ends an intent by coming into sight is named as one would", () => {
  const seen = (kind: string) => {
    const { world, x, y } = stage();
    pass(world, 1, ask("ana", { do: "explore" }));
    spawn(world, kind, x + 2, y);
    return pass(world, 10).lines.map(({ text }) => text);
  };
  expect(seen("adder")).toContain("You see a pit adder.");
  expect(seen("anvil-ox")).toContain("You see an anvil ox.");
  expect(seen("foreman")).toContain("You see the Copper Foreman.");
});

test("R-INT-5: repeat does the last thing until it cannot be done or one more enemy shows", () => {
  const { world, ana, x, y } = stage();
  expect(reasons(pass(world, 1, ask("ana", { do: "repeat" })))).toEqual([
    "There is nothing to repeat.",
  ]);
  put(world, "ana", x - 2, y);
  pass(world, 1, ask("ana", { do: "step", dir: 2 }));
  pass(world, 10, ask("ana", { do: "repeat" }));
  pass(world, 6);
  expect([ana.x > x - 1, ana.intent?.is]).toEqual([true, "repeat"]);
  spawn(world, "ooze", ana.x, ana.y + 2);
  pass(world, 11);
  expect(ana.intent).toBeUndefined();
});

test("R-INT-6: walking over a thing of a wanted family takes it up, but not in danger", () => {
  const { world, ana, x, y } = stage();
  const lay = (item: string, at: number) =>
    evolve(world, { kind: "laid", floor: 1, x: at, y, item, count: 1 });
  const has = (kind: string) => ana.pack.some((row) => row.kind === kind);
  lay("long-sword", x + 1);
  lay("potion-fire", x + 1);
  pass(world, 1, ask("ana", { do: "step", dir: 2 }));
  expect([has("potion-fire"), has("long-sword")]).toEqual([true, false]);
  pass(world, 30, ask("ana", { do: "autoPickup", kinds: ["weapon"] }));
  expect(game.self(world, "ana")?.autoPickup).toEqual(["weapon"]);
  lay("long-sword", x);
  const foe = spawn(world, "ooze", x, y - 2);
  pass(world, 1, ask("ana", { do: "step", dir: 6 }));
  expect(has("long-sword")).toBe(false);
  evolve(world, { kind: "slain", actor: 0, monster: foe.id });
  pass(world, 10, ask("ana", { do: "step", dir: 2 }));
  pass(world, 10, ask("ana", { do: "step", dir: 6 }));
  expect(has("long-sword")).toBe(true);
});
