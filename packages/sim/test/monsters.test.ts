import { type DungeonWorld, evolve } from "@underlode/sim";
import { expect, test } from "vitest";
import { enlist } from "../src/dungeon/decide/enlisting.ts";
import { slay } from "../src/dungeon/decide/harm.ts";
import { cellOf, setTile } from "../src/dungeon/terrain.ts";
import { emptyRecord, openTurn } from "../src/dungeon/turn.ts";
import { at, distance } from "../src/geometry.ts";
import { arena, felt, living, until, wall, X, Y } from "./arena.ts";
import { game } from "./play.ts";
import { ask, delver, pass, put, reasons, spawn } from "./scene.ts";
import { dose, kinds, soak, texts } from "./stage.ts";

test("R-MON-1: at least 48 kinds and four bosses live on all twelve floors", () => {
  const { monsters } = game.start({
    ...{ seed: 1, tickRate: 50, rules: {} },
    players: [{ id: "a", name: "A", class: "mage" }],
  }).book.content;
  expect(monsters.filter(({ boss }) => !boss).length).toBeGreaterThanOrEqual(48);
  const bosses = monsters.flatMap(({ mind }) => (mind.kind === "boss" ? [mind] : []));
  expect(bosses.map(({ phases }) => phases.length >= 3)).toEqual([true, true, true, true]);
});

test("R-MON-2: what wanders takes up a fresh scent, and a keen nose an old one", () => {
  const takesUp = (kind: string, ms: number) => {
    const { world, level } = arena();
    const hound = spawn(world, kind, X + 20, Y);
    for (let x = X; x < X + 20; x += 1) {
      for (let y = 8; y < 33; y += 1) wall(world, X + 15, y);
    }
    world.tick += 2000;
    for (let x = X + 16; x <= X + 24; x += 1)
      level.scent[(Y + 1) * 100 + x] = world.tick - ms / 20 + x;
    hound.readyAt = world.tick + 1;
    pass(world, 20);
    return hound.y === Y + 1;
  };
  const { scentMs, keenScentMs } = arena().world.book.content.rules;
  expect([takesUp("jackal", scentMs / 2), takesUp("jackal", scentMs * 3)]).toEqual([true, false]);
  expect(scentMs * 3).toBeLessThan(keenScentMs);
  expect(takesUp("forge-hound", scentMs * 3)).toBe(true);
});

test("R-MON-5: an ally follows its leader, fights for the party, and is not struck by it", () => {
  const { world, ana } = arena();
  const cat = spawn(world, "forge-hound", X + 8, Y);
  felt(world, cat.id, ana.id);
  until(world, () => distance(cat, ana) <= 2);
  const foe = spawn(world, "spore-cap", X + 5, Y);
  pass(world, 100);
  expect(foe.hp).toBeLessThan(foe.maxHp);
  expect(cat.mood.is).toBe("allied");
  const [dx, dy] = [cat.x - ana.x, cat.y - ana.y];
  expect(Math.max(Math.abs(dx), Math.abs(dy))).toBeLessThan(9);
});

test("R-MON-5: one changes places with an ally, but not webbed, nor with one over lava", () => {
  const { world, ana } = arena();
  const bat = spawn(world, "bat", X + 1, Y);
  felt(world, bat.id, ana.id);
  const east = ask("ana", { do: "step", dir: 2 });
  put(world, "ana", X, Y);
  const tried = (kind: string | undefined, who: number) => {
    if (kind !== undefined) dose(world, who, kind, 1, 4);
    ana.readyAt = world.tick;
    Object.assign(bat, { readyAt: world.tick + 500 });
    return reasons(pass(world, 1, east));
  };
  expect(tried("webbed", ana.id)).toEqual(["You cannot move your feet."]);
  pass(world, 5);
  expect(tried("webbed", bat.id)).toEqual(["The cave bat is held fast."]);
  pass(world, 5);
  soak(world, "lava", X + 1, Y);
  expect(tried(undefined, 0)).toHaveLength(1);
  soak(world, "shallow-water", X + 1, Y);
  expect(tried(undefined, 0)).toEqual([]);
  expect([ana.x, bat.x]).toEqual([X + 1, X]);
});

test("R-MON-5: enemies turn on allies, too", () => {
  const { world, ana } = arena();
  put(world, "ana", 12, 10);
  const ally = spawn(world, "mirror-golem", X + 10, Y);
  felt(world, ally.id, ana.id);
  spawn(world, "rat", X + 11, Y);
  until(world, () => ally.hp < ally.maxHp);
});

test("R-MON-21: an eel is not seen under water, and comes out for what is near", () => {
  const { world, level } = arena();
  for (let x = X + 6; x < X + 9; x += 1) soak(world, "shallow-water", x, Y);
  const eel = spawn(world, "sump-eel", X + 7, Y);
  const shown = () => game.see(world, 1).things.some(([id]) => id === eel.id);
  pass(world, 200);
  expect(at(level.liquid, cellOf(level, eel))).not.toBe(0);
  expect(shown()).toBe(false);
  put(world, "ana", X + 5, Y);
  expect(shown()).toBe(true);
  until(world, () => delver(world, "ana").hp < 5000);
});

test("R-MON-22: a charger paws the ground, runs straight, and a wall stuns it", () => {
  const { world } = arena();
  const ox = spawn(world, "anvil-ox", X + 5, Y);
  const told = until(world, () => ox.loomsAt > 0);
  expect(told.join()).toContain("paws the ground");
  put(world, "ana", X, Y - 3);
  wall(world, X - 1, Y);
  until(world, () => kinds(ox).includes("stunned"));
  expect([ox.x, ox.y]).toEqual([X, Y]);
});

/** An ore tick two cells from a vein in a hall. */
function atVein() {
  const { world, level, ana } = arena();
  const cell = Y * 100 + X + 6;
  const spec = world.book.ore(level.spawns[0]?.ore ?? "");
  setTile(world.book, level, cell, world.book.tileNumber(spec.tile));
  level.veins.set(cell, { spawn: 0, amount: 3, work: 0, workedAt: 0 });
  const tick = spawn(world, "ore-tick", X + 8, Y);
  return { world, level, ana, cell, tick };
}

test("R-MON-23 and R-LEG-1: an ore tick leaves Legacy ore alone", () => {
  const { world, level, cell, tick } = atVein();
  Object.assign(level.spawns[0] ?? {}, { legacy: world.book.content.legacies[0]?.id });
  pass(world, 1000);
  expect([tick.belly, level.veins.has(cell)]).toEqual([[], true]);
});

test("R-MON-23: what a companion kills leaves its ore to a member", () => {
  const { world, ana, tick } = atVein();
  put(world, "ana", X - 10, Y);
  const pal = world.nextId;
  enlist(openTurn(world, emptyRecord()), 0, "ranger", { floor: 1, x: X, y: Y + 5 }, 0);
  evolve(world, { kind: "ate", actor: tick.id, spawn: 0, amount: 4 });
  put(world, "ana", X + 10, Y);
  slay(openTurn(world, emptyRecord()), pal, tick);
  expect([ana.ore.map(({ amount }) => amount), world.delvers.get(pal)?.ore]).toEqual([[4], []]);
});

test("R-MON-23: an ore tick eats a vein, and who kills it has the ore", () => {
  const { world, level, ana, cell, tick } = atVein();
  until(world, () => tick.belly.length > 0);
  expect(level.veins.has(cell)).toBe(false);
  tick.hp = 1;
  put(world, "ana", tick.x - 1, tick.y);
  for (let i = 0; i < 20 && living(world, "ore-tick").length > 0; i += 1) {
    const dir = [2, 3, 1, 4, 0, 6, 5, 7].find((one) => {
      const [dx, dy] = [
        [0, 1, 1, 1, 0, -1, -1, -1][one] ?? 0,
        [-1, -1, 0, 1, 1, 1, 0, -1][one] ?? 0,
      ];
      return ana.x + dx === tick.x && ana.y + dy === tick.y;
    });
    pass(world, 25, ask("ana", { do: "step", dir: dir ?? 2 }));
  }
  expect(ana.ore.map(({ amount }) => amount)).toEqual([3]);
});

test("R-MON-24: what is rooted stays", () => {
  const { world } = arena();
  const cap = spawn(world, "spore-cap", X + 3, Y);
  pass(world, 500);
  expect([cap.x, cap.y]).toEqual([X + 3, Y]);
});

test("R-MON-25: a scavenger keeps off the hale and falls on the hurt", () => {
  const { world, ana } = arena();
  const wing = spawn(world, "carrion-wing", X + 6, Y);
  pass(world, 400);
  expect([ana.hp, distance(wing, ana) > 1]).toEqual([5000, true]);
  ana.maxHp = 20_000;
  ana.healAt = world.tick + 100_000;
  until(world, () => ana.hp < 5000);
});

test("R-MON-26: a skirmisher strikes and falls back", () => {
  const { world, ana } = arena();
  const adder = spawn(world, "adder", X + 1, Y);
  until(world, () => adder.struckAt >= 0);
  until(world, () => distance(adder, ana) > 2, 150);
});

test("R-MON-30 and R-MON-62: a targeteer goes before its fellows and covers them", () => {
  const { world, ana } = arena();
  const cap = spawn(world, "spore-cap", X + 6, Y);
  const guard = spawn(world, "targeteer", X + 8, Y);
  until(world, () => guard.x === X + 5 && guard.y === Y);
  Object.assign(cap, { maxHp: 100, hp: 100 });
  openTurn(world, emptyRecord()).hurt(ana.id, cap, 20, "aimedShot");
  expect(cap.hp).toBe(90);
});

test("R-MON-31: a jailer drags whom it grips away from the others", () => {
  const { world } = arena("warrior", "mage");
  const bo = delver(world, "bo");
  put(world, "ana", X + 4, Y);
  put(world, "bo", X, Y);
  spawn(world, "jailer", X - 1, Y);
  const told = until(world, () => distance(bo, delver(world, "ana")) > 5, 3000);
  expect(told.join()).toContain("drags Bo away!");
});

test("R-MON-32: a lookout wakes the others before it fights", () => {
  const { world } = arena();
  const sleeper = spawn(world, "ooze", X + 13, Y, true);
  spawn(world, "lookout", X + 6, Y);
  until(world, () => sleeper.mood.is === "hunting");
});

test("R-MON-33: an assassin passes the strong and goes for the weak", () => {
  const { world, ana } = arena("warrior", "mage");
  const bo = delver(world, "bo");
  bo.hp = 4000;
  bo.healAt = world.tick + 1_000_000;
  spawn(world, "pale-knife", X + 2, Y);
  until(world, () => bo.hp < 4000);
  expect(ana.hp).toBe(5000);
});

test("R-MON-40: an egg hatches unless it is broken", () => {
  const { world } = arena();
  spawn(world, "egg-sac", X + 6, Y);
  until(world, () => living(world, "broodling").length === 1);
  expect(living(world, "egg-sac")).toEqual([]);
});

test("R-MON-41: a lure gives ground to who follows", () => {
  const { world, ana } = arena();
  const wisp = spawn(world, "mana-wisp", X + 2, Y);
  until(world, () => distance(wisp, ana) >= 3);
});

test("R-MON-42: no wall stops a ghost", () => {
  const { world } = arena();
  const ghost = spawn(world, "drowned", X + 4, Y);
  pass(world, 3);
  for (let y = 8; y < 33; y += 1) wall(world, X + 2, y);
  until(world, () => delver(world, "ana").hp < 5000);
  expect(ghost.hp).toBe(ghost.maxHp);
});

const CAST: [spell: string, kind: string, holds: (world: DungeonWorld, id: number) => boolean][] = [
  ["hexes", "grub-shaman", (world) => kinds(delver(world, "ana")).includes("slow")],
  ["hexes with fear", "banshee", (world) => kinds(delver(world, "ana")).includes("fear")],
  ["summons", "brood-mother", (world) => living(world, "egg-sac").length === 2],
  ["spits", "netter", (world) => kinds(delver(world, "ana")).includes("webbed")],
  ["bolts", "cinder-priest", (world) => delver(world, "ana").hp < 5000],
  ["leaps", "cliff-spider", (world, id) => distance(find(world, id), delver(world, "ana")) === 1],
  [
    "burrows",
    "quartz-burrower",
    (world, id) => distance(find(world, id), delver(world, "ana")) === 1,
  ],
  ["pulls", "hook-warden", (world) => delver(world, "ana").x > X + 2],
  ["swaps", "swap-imp", (world) => delver(world, "ana").x === X + 5],
];

function find(world: DungeonWorld, id: number) {
  return world.levels.get(1)?.monsters.get(id) ?? { x: 0, y: 0 };
}

test.each(CAST)("R-MON-50: a monster that %s (%s)", (_, kind, holds) => {
  const { world } = arena();
  const { id } = spawn(world, kind, X + 5, Y);
  until(world, () => holds(world, id), 1000);
});

test("R-MON-50: a drummer hastens, a shaman mends, and an eye blinks off", () => {
  const { world, ana } = arena();
  const rat = spawn(world, "digger", X + 2, Y);
  spawn(world, "drummer", X + 5, Y);
  until(world, () => kinds(rat).includes("haste"));
  rat.hp = 5;
  spawn(world, "grub-shaman", X + 5, Y + 1);
  until(world, () => rat.hp > 5);
  const eye = spawn(world, "eclipse-eye", X, Y + 1);
  until(world, () => distance(eye, ana) > 3);
});

test("R-MON-51: a gravecaller makes the dead get up, once each", () => {
  const { world, level } = arena();
  level.bones = [Y * 100 + X + 4];
  spawn(world, "gravecaller", X + 5, Y);
  until(world, () => living(world, "risen").length === 1);
  expect(level.bones).toEqual([]);
  expect(living(world, "risen")[0]?.called).toBe(true);
});

test("R-MON-52: a troll grows its wounds shut, unless it burns", () => {
  const { world } = arena();
  const troll = spawn(world, "gallery-troll", X + 1, Y);
  troll.hp = 60;
  until(world, () => troll.hp > 60);
  dose(world, troll.id, "burning", 1, 10_000);
  const before = troll.hp;
  pass(world, 150);
  expect(troll.hp).toBe(before);
});

test("R-MON-60: touches lay conditions, rust wears armour, moths drain what abilities cost", () => {
  const { world, ana } = arena();
  const armour = () => ana.pack.find(({ id }) => id === ana.armour)?.stats?.wear ?? 0;
  const before = armour();
  spawn(world, "rust-grub", X + 1, Y);
  until(world, () => armour() >= before + 4);
  spawn(world, "adder", X - 1, Y);
  until(world, () => kinds(ana).includes("poisoned"));
  ana.refreshAt = 0;
  const full = ana.resource;
  spawn(world, "mana-moth", X, Y + 1);
  until(world, () => ana.resource <= full - 5, 4000);
});

test("R-MON-61: a sharp hide and a mirror give back what they get", () => {
  const { world, ana } = arena();
  const turn = openTurn(world, emptyRecord());
  turn.hurt(ana.id, spawn(world, "thorn-beetle", X + 1, Y, true), 20, "blow");
  expect(ana.hp).toBe(4992);
  const golem = spawn(world, "mirror-golem", X + 6, Y, true);
  for (let shot = 0; shot < 10; shot += 1) turn.hurt(ana.id, golem, 5, "aimedShot");
  expect(ana.hp).toBeLessThan(4970);
  expect(golem.hp).toBeGreaterThan(golem.maxHp - 25);
});

const DIES: [what: string, kind: string, after: (world: DungeonWorld) => boolean][] = [
  ["lets its spores out", "spore-cap", (world) => holds(world, "poison-gas")],
  ["leaves bones", "bonewalker", (world) => living(world, "bone-heap").length === 1],
  ["blows up", "mana-wisp", (world) => delver(world, "ana").hp < 5000],
];

function holds(world: DungeonWorld, substance: string): boolean {
  return world.levels.get(1)?.gas.includes(world.book.substanceNumber(substance)) ?? false;
}

test.each(DIES)("R-MON-65: what dies %s (%s)", (_, kind, after) => {
  const { world } = arena();
  const foe = spawn(world, kind, X + 1, Y, true);
  foe.hp = 1;
  pass(world, 1, ask("ana", { do: "step", dir: 2 }));
  expect(living(world, kind)).toEqual([]);
  expect(after(world)).toBe(true);
});

test("R-MON-66: a plague bearer leaves gas where it walks, a flicker hound is not where it was", () => {
  const { world, ana } = arena();
  spawn(world, "plague-bearer", X + 5, Y);
  until(world, () => holds(world, "poison-gas"));
  const hound = spawn(world, "flicker-hound", X - 1, Y, true);
  pass(world, 1, ask("ana", { do: "step", dir: 6 }));
  expect(hound.hp).toBeLessThan(hound.maxHp);
  expect(distance(hound, { x: X - 1, y: Y })).toBeGreaterThan(0);
  expect(ana.hp).toBeGreaterThan(0);
});

test("R-MON-64: who is dominated turns on the party, who is afraid runs", () => {
  const { world, ana } = arena("warrior", "mage");
  dose(world, ana.id, "dominated", 1, 300);
  until(world, () => delver(world, "bo").hp < 5000);
  const bo = delver(world, "bo");
  put(world, "ana", 12, 10);
  spawn(world, "spore-cap", bo.x + 2, bo.y);
  dose(world, bo.id, "fear", 1, 200);
  const x = bo.x;
  pass(world, 60);
  expect(bo.x).toBeLessThan(x);
});

test("R-MON-67: what is unseen shows only to who stands beside it", () => {
  const { world } = arena();
  const knife = spawn(world, "pale-knife", X + 4, Y, true);
  const shown = () => game.see(world, 1).things.some(([id]) => id === knife.id);
  expect(shown()).toBe(false);
  put(world, "ana", X + 3, Y);
  expect(shown()).toBe(true);
});

const BOSSES = ["foreman", "iron-warden", "pale-queen", "root-heart"];

test.each(BOSSES)(
  "R-MON-13: every phase of %s begins at its percent and does what it says",
  (id) => {
    const { world } = arena("warrior", "ranger");
    const boss = spawn(world, id, X + 1, Y);
    const { mind } = boss.kind;
    if (mind.kind !== "boss") throw new Error("no boss");
    mind.phases.forEach(({ atPercent, cry, does }, index) => {
      const told: string[] = [];
      for (let i = 0; i < 60 && boss.phase < index + 2; i += 1) {
        boss.hp = Math.floor((boss.maxHp * atPercent) / 100) + 1;
        put(world, "ana", X, Y);
        if (
          distance(boss, { x: X + 1, y: Y }) > 0 &&
          at(levelOne(world).occupant, Y * 100 + X + 1) === 0
        )
          evolve(world, { kind: "moved", actor: boss.id, x: X + 1, y: Y });
        for (const one of world.delvers.values()) one.effects = [];
        told.push(...texts(pass(world, 25, ask("ana", { do: "step", dir: 2 }))));
      }
      expect(told).toContain(`The ${boss.kind.name} ${cry}`);
      for (const deed of does) {
        if (deed.kind === "summons") expect(living(world, deed.monster).length).toBeGreaterThan(0);
        if (deed.kind === "takes") expect(kinds(boss)).toContain(deed.effect);
      }
      for (const one of levelOne(world).monsters.values()) {
        if (one.id !== boss.id) evolve(world, { kind: "vanished", actor: one.id });
      }
    });
    expect(boss.phase).toBe(mind.phases.length + 1);
  },
);

function levelOne(world: DungeonWorld) {
  const level = world.levels.get(1);
  if (level === undefined) throw new Error("floor 1 is not open");
  return level;
}

test("a world with allies, scents and eggs goes on the same after a restore", () => {
  const { world, ana } = arena();
  felt(world, spawn(world, "forge-hound", X + 3, Y).id, ana.id);
  spawn(world, "egg-sac", X + 8, Y);
  spawn(world, "gravecaller", X + 9, Y + 2);
  pass(world, 100);
  const other = game.restore(game.snapshot(world));
  pass(world, 400);
  for (let i = 0; i < 400; i += 1) game.step(other, other.tick + 1, []);
  expect(game.check(other)).toBe(game.check(world));
  expect(reasons(pass(world, 1))).toEqual([]);
});
