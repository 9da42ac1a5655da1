import { type DungeonWorld, evolve } from "@underlode/sim";
import { expect, test } from "vitest";
import { lay } from "../src/dungeon/decide/afflicting.ts";
import { attackOf, defenceOf, inSight, paced } from "../src/dungeon/reads.ts";
import { emptyRecord, openTurn } from "../src/dungeon/turn.ts";
import type { Actor } from "../src/dungeon/world.ts";
import { game } from "./play.ts";
import { ask, delver, pass, put, reasons, spawn } from "./scene.ts";
import { kinds, staged, use } from "./stage.ts";

/** Lays a condition by the rule itself. */
function give(
  world: DungeonWorld,
  target: Actor,
  effect: string,
  power = 1,
  lastsMs = 3000,
  by = 0,
) {
  lay(openTurn(world, emptyRecord()), target, { effect, power, lastsMs }, by);
}

type Stage = ReturnType<typeof setUp>;

function setUp() {
  const { world, level, ana, x, y } = staged("mage", "warrior");
  const foe = spawn(world, "digger", x + 2, y);
  for (const one of [ana, foe]) Object.assign(one, { hp: 500, maxHp: 500, healAt: 0 });
  const bo = delver(world, "bo");
  const hunt = { is: "hunting" as const, target: ana.id, x, y, lostAt: 0 };
  foe.mood = hunt;
  return { world, level, ana, bo, foe, x, y };
}

/** Health that each loses in a while. */
function losses({ world, ana, foe }: Stage, ticks: number): [number, number] {
  const [mine, theirs] = [ana.hp, foe.hp];
  for (let i = 0; i < ticks; i += 1) {
    ana.healAt = 0;
    game.step(world, world.tick + 1, []);
  }
  return [mine - ana.hp, theirs - foe.hp];
}

/** What each condition that something can lay does to its bearer. */
const table: Record<string, (stage: Stage) => void> = {
  haste({ world, ana }) {
    give(world, ana, "haste", 100);
    expect(paced(world, ana, 400)).toBe(10);
  },
  slow({ world, foe }) {
    give(world, foe, "slow", 50);
    expect(paced(world, foe, 400)).toBe(30);
  },
  might({ world, ana }) {
    const before = attackOf(world, ana);
    give(world, ana, "might", 4);
    expect(attackOf(world, ana)).toBe(before + 4);
  },
  rage({ world, foe }) {
    give(world, foe, "rage", 6);
    expect(attackOf(world, foe)).toBe(foe.kind.attack + 6);
  },
  stoneskin({ world, ana }) {
    const before = defenceOf(world, ana);
    give(world, ana, "stoneskin", 4);
    expect(defenceOf(world, ana)).toBe(before + 4);
  },
  "shield-wall"({ world, bo }) {
    const before = defenceOf(world, bo);
    give(world, bo, "shield-wall", 5);
    expect(defenceOf(world, bo)).toBe(before + 5);
  },
  blessed({ world, ana }) {
    const before = defenceOf(world, ana);
    give(world, ana, "blessed", 2);
    expect([defenceOf(world, ana), paced(world, ana, 1000)]).toEqual([before + 2, 40]);
  },
  burning(stage) {
    give(stage.world, stage.foe, "stunned");
    give(stage.world, stage.foe, "frozen");
    give(stage.world, stage.foe, "burning", 2, 2000);
    expect(kinds(stage.foe)).toEqual(["stunned", "burning"]);
    expect(losses(stage, 110)[1]).toBe(8);
    expect(kinds(stage.foe)).toEqual(["stunned"]);
  },
  wet({ world, foe }) {
    give(world, foe, "burning", 2);
    give(world, foe, "wet");
    give(world, foe, "burning", 2);
    expect(kinds(foe)).toEqual(["wet"]);
  },
  poisoned(stage) {
    give(stage.world, stage.ana, "poisoned", 3, 2000);
    stage.foe.readyAt = 100_000;
    expect(losses(stage, 120)[0]).toBe(6);
  },
  venom(stage) {
    const { world, foe } = stage;
    give(world, foe, "stunned", 1, 9000);
    for (let i = 0; i < 7; i += 1) give(world, foe, "venom", 2, 1000);
    expect(foe.effects.at(-1)).toMatchObject({ kind: "venom", stacks: 5 });
    expect(losses(stage, 60)[1]).toBe(10);
  },
  frozen(stage) {
    give(stage.world, stage.foe, "frozen");
    expect(losses(stage, 140)[0]).toBe(0);
    expect([stage.foe.x, losses(stage, 300)[0] > 0]).toEqual([stage.x + 2, true]);
  },
  stunned({ world, ana }) {
    give(world, ana, "stunned");
    expect(reasons(pass(world, 1, ask("ana", { do: "step", dir: 6 })))).toEqual([
      "You are stunned.",
    ]);
  },
  webbed({ world, ana, bo, foe, x, y }) {
    give(world, ana, "webbed");
    give(world, foe, "webbed");
    expect(reasons(pass(world, 1, ask("ana", { do: "step", dir: 6 })))).toEqual([
      "You cannot move your feet.",
    ]);
    pass(world, 140);
    expect(foe.x).toBe(x + 2);
    pass(world, 20);
    put(world, "bo", x, y + 1);
    give(world, bo, "webbed");
    const swap = reasons(pass(world, 1, ask("ana", { do: "step", dir: 4 })));
    expect(swap).toEqual(["Bo is held fast."]);
  },
  snared({ world, foe, x }) {
    give(world, foe, "snared");
    pass(world, 140);
    expect(foe.x).toBe(x + 2);
  },
  blind({ world, level, ana, foe }) {
    const seen = () => inSight(level, foe);
    expect(seen()).toBe(true);
    give(world, ana, "blind", 1, 200);
    expect(seen()).toBe(false);
    pass(world, 1);
    expect(foe.mood).toMatchObject({ is: "hunting", target: ana.id });
    foe.readyAt = 100_000;
    pass(world, 20);
    expect(seen()).toBe(true);
  },
  marked(stage) {
    const { world, ana, foe } = stage;
    give(world, foe, "marked", 20);
    const turn = openTurn(world, emptyRecord());
    turn.hurt(ana.id, foe, 10, "blow");
    expect(foe.hp).toBe(500 - 12);
  },
  taunted({ world, ana, bo, foe, x, y }) {
    put(world, "bo", x - 2, y);
    Object.assign(bo, { hp: 500, maxHp: 500 });
    foe.threat[ana.id] = 100;
    give(world, foe, "taunted", 1, 3000, bo.id);
    pass(world, 3);
    expect(foe.mood).toMatchObject({ target: bo.id });
  },
  hidden({ world, ana, foe, x, y }) {
    put(world, "ana", x + 1, y);
    give(world, ana, "hidden", 1, 9000);
    pass(world, 50);
    expect([ana.hp, foe.mood.is]).toEqual([500, "wandering"]);
    pass(world, 1, ask("ana", { do: "shoot", x: foe.x, y: foe.y }));
    put(world, "ana", foe.x - 1, foe.y);
    pass(world, 1, ask("ana", { do: "step", dir: 2 }));
    expect(kinds(ana)).toEqual([]);
  },
  invisible({ world, ana, x, y }) {
    put(world, "ana", x + 1, y);
    give(world, ana, "invisible", 1, 9000);
    pass(world, 100);
    expect(ana.hp).toBe(500);
  },
  shielded({ world, ana, foe }) {
    give(world, ana, "shielded", 5);
    give(world, ana, "shielded", 3);
    const turn = openTurn(world, emptyRecord());
    turn.hurt(foe.id, ana, 4, "blow");
    expect([ana.hp, ana.effects[0]?.power]).toEqual([500, 1]);
    turn.hurt(foe.id, ana, 4, "blow");
    expect([ana.hp, kinds(ana)]).toEqual([497, []]);
    ana.healAt = world.tick + 10;
  },
  fear({ world, level, ana, foe, x, y }) {
    const far = () => Math.max(Math.abs(foe.x - ana.x), Math.abs(foe.y - ana.y));
    give(world, foe, "fear");
    pass(world, 60);
    expect(far()).toBeGreaterThan(2);
    const other = spawn(world, "ooze", x + 1, y, true);
    give(world, ana, "fear");
    give(world, other, "fear");
    expect(kinds(other)).toEqual([]);
    const reason = "You are too afraid to fight hand to hand.";
    const strike = () => reasons(pass(world, 1, ask("ana", { do: "step", dir: 2 })));
    // Or she would run (R-MON-64).
    give(world, ana, "snared");
    expect([strike(), strike()]).toEqual([[reason], [reason]]);
    pass(world, 200);
    expect(kinds(ana)).toEqual([]);
    expect(level.monsters.get(other.id)?.hp).toBe(other.maxHp);
  },
  overflow({ world, ana, foe }) {
    give(world, ana, "overflow");
    give(world, foe, "stunned");
    const costs = game.self(world, "ana")?.abilities;
    expect(JSON.stringify(costs)).toContain('"name":"Firebolt","cost":0');
    use(world, "ana", 1, foe);
    expect([ana.resource, kinds(ana)]).toEqual([30, []]);
  },
  confused({ world, ana, bo, x, y }) {
    put(world, "bo", x - 2, y - 2);
    const ways = new Set<string>();
    for (let i = 0; i < 20; i += 1) {
      give(world, ana, "confused", 80);
      put(world, "ana", x, y);
      ana.readyAt = world.tick;
      pass(world, 1, ask("ana", { do: "step", dir: 6 }));
      ways.add(`${ana.x - x} ${ana.y - y}`);
    }
    expect([ways.size > 1, kinds(bo)]).toEqual([true, []]);
  },
  "second-sight"({ world, ana, foe, x, y }) {
    const shown = () => game.see(world, 1).things.some(([id]) => id === foe.id);
    give(world, ana, "blind");
    expect([shown(), x, y]).toEqual([false, ana.x, ana.y]);
    give(world, ana, "second-sight");
    expect(shown()).toBe(true);
  },
  divining({ world, level, ana }) {
    const shown = () => {
      const ids = new Set(game.see(world, 1).things.map(([id]) => id));
      return [...level.items.keys()].filter((id) => ids.has(id)).length;
    };
    const before = shown();
    give(world, ana, "divining");
    expect([before < level.items.size, shown()]).toEqual([true, level.items.size]);
  },
  "fire-ward"({ world, ana }) {
    give(world, ana, "fire-ward");
    openTurn(world, emptyRecord()).hurt(0, ana, 10, "fire");
    expect(ana.hp).toBe(500);
  },
  "field-kit"({ world, ana }) {
    give(world, ana, "field-kit");
    const shown = JSON.stringify(game.self(world, "ana")?.effects);
    expect(shown).toContain("at the field kit");
  },
};

test.each(Object.keys(table))("R-EFF-1 to 7: %s does what it says", (effect) => {
  table[effect]?.(setUp());
});

test("R-EFF-3: a lesser dose renews a condition and keeps its greater power", () => {
  const { world, ana } = setUp();
  give(world, ana, "might", 4, 1000);
  give(world, ana, "might", 2, 5000);
  expect(ana.effects).toMatchObject([{ power: 4, until: world.tick + 250 }]);
});

test("R-EFF-1 to 7: conditions of a saved world go on as they would have", () => {
  const { world, ana, foe } = setUp();
  for (const [index, { id }] of world.book.content.effects.entries()) {
    give(world, index % 2 === 0 ? ana : foe, id, 2, 1000 + 100 * index);
  }
  const other = game.restore(game.snapshot(world));
  expect(game.check(other)).toBe(game.check(world));
  game.step(world, world.tick + 300, []);
  for (let i = 0; i < 300; i += 1) game.step(other, other.tick + 1, []);
  expect(game.check(other)).toBe(game.check(world));
});

test("R-EFF-6: who goes down loses all conditions, and the blind then see again", () => {
  const { world, ana, level, foe } = setUp();
  give(world, ana, "blind");
  evolve(world, { kind: "hit", actor: 0, target: ana.id, amount: 500, how: "fall" });
  evolve(world, { kind: "downed", actor: ana.id, until: world.tick + 500 });
  expect([kinds(ana), inSight(level, foe)]).toEqual([[], true]);
});

test("R-EFF-1 to 7: every condition that something lays is tried here", () => {
  const { effects } = game.start({
    ...{ seed: 1, tickRate: 50, rules: {} },
    players: [{ id: "a", name: "A", class: "mage" }],
  }).book.content;
  // By whom they are laid: R-TRI-4, R-MON-31, R-MON-64.
  const elsewhere = ["darkened", "gripped", "dominated"];
  const untried = effects.map(({ id }) => id).filter((id) => table[id] === undefined);
  expect(untried).toEqual(elsewhere);
});
