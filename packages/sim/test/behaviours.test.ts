import {
  type DungeonEvent,
  type DungeonWorld,
  evolve,
  type Gift,
  type GiftKind,
  type MonsterSpell,
  type PhaseDeed,
  type PhaseDeedKind,
  stepDungeon,
} from "@underlode/sim";
import { expect, test } from "vitest";
import { decide } from "../src/dungeon/decide.ts";
import { free } from "../src/dungeon/reads.ts";
import { settleCell } from "../src/dungeon/terrain.ts";
import { emptyRecord, openTurn } from "../src/dungeon/turn.ts";
import { distance } from "../src/geometry.ts";
import { arena, living, until, wall, X, Y } from "./arena.ts";
import { game } from "./play.ts";
import { ask, delver, floorOne, pass, put, spawn } from "./scene.ts";
import { dose, kinds, soak } from "./stage.ts";

/** Sets a monster on Ana, wherever she is. */
function hunts(world: DungeonWorld, actor: number): void {
  const { id: target, x, y } = delver(world, "ana");
  const mood = { is: "hunting" as const, target, x, y, lostAt: world.tick + 100_000 };
  evolve(world, { kind: "felt", actor, mood });
}

test("R-MON-6: the second rat of two takes the far side of its prey", () => {
  const { world, ana } = arena();
  const first = spawn(world, "rat", X + 1, Y);
  const second = spawn(world, "rat", X, Y + 3);
  until(world, () => distance(second, ana) === 1, 300);
  expect(distance(first, second)).toBe(2);
});

test("R-MON-11: a caster keeps away and casts, and in a corner it strikes", () => {
  const { world, ana } = arena();
  const shaman = spawn(world, "grub-shaman", X + 2, Y);
  until(world, () => distance(shaman, ana) >= 4, 300);
  until(world, () => kinds(ana).includes("slow"));
});

test("R-MON-12: a lurker falls on who is in the dark, and waits out of the light", () => {
  const met = (light: number) => {
    const { world, level, ana } = arena();
    level.lit.fill(light);
    level.lit.fill(0, 0, 8 * level.width);
    const cat = spawn(world, "gloom-cat", X + 3, Y);
    hunts(world, cat.id);
    pass(world, 300);
    return ana.deeds.taken > 0;
  };
  expect([met(0), met(7)]).toEqual([true, false]);
});

test("R-MON-14: a bat that has bitten strays off again by chance", () => {
  const { world, ana } = arena();
  const bat = spawn(world, "bat", X + 1, Y);
  until(world, () => ana.deeds.taken > 0, 600);
  until(world, () => distance(bat, ana) > 1, 600);
});

test("R-MON-15: a digger comes straight through the rock, for others it is a wall", () => {
  const passes = (kind: string) => {
    const { world } = arena();
    for (let y = 1; y < 39; y += 1) wall(world, X + 4, y);
    const one = spawn(world, kind, X + 8, Y);
    hunts(world, one.id);
    pass(world, 400);
    return one.x < X + 4;
  };
  expect(["digger", "cliff-spider"].map(passes)).toEqual([true, false]);
});

test("R-MON-16: a brute comes on by the shortest way and strikes", () => {
  const { world, ana } = arena();
  const brute = spawn(world, "risen", X + 6, Y);
  until(world, () => distance(brute, ana) === 1, 400);
  until(world, () => ana.deeds.taken > 0, 400);
});

test("R-MON-17: some cross lava in the air, some open doors, some do not burn", () => {
  const crosses = (kind: string, what: "lava" | "door") => {
    const { world, level } = arena();
    for (let y = 1; y < 39; y += 1) {
      if (what === "lava") soak(world, "lava", X + 4, y);
      else if (y !== Y) wall(world, X + 4, y);
    }
    if (what === "lava")
      for (let y = 1; y < 39; y += 1) settleCell(world.book, level, y * 100 + 34);
    const tile = world.book.roleTile("door");
    if (what === "door") evolve(world, { kind: "tileChanged", floor: 1, x: X + 4, y: Y, tile });
    const one = spawn(world, kind, X + 6, Y);
    hunts(world, one.id);
    pass(world, 250);
    return one.x < X + 4;
  };
  expect([crosses("bat", "lava"), crosses("rat", "lava")]).toEqual([true, false]);
  expect([crosses("lookout", "door"), crosses("rat", "door")]).toEqual([true, false]);
  const burns = (kind: string) => {
    const { world } = arena();
    put(world, "ana", 12, 10);
    const one = spawn(world, kind, X + 6, Y, true);
    const number = world.book.substanceNumber("fire");
    const stir = { at: world.tick + 1, until: world.tick + 100, by: 0 };
    const change = { cell: Y * 100 + X + 6, layer: 1, substance: number, amount: 0, stir };
    evolve(world, { kind: "stirred", floor: 1, changes: [change] });
    pass(world, 60);
    return one.hp < one.maxHp;
  };
  expect([burns("forge-hound"), burns("cliff-spider")]).toEqual([false, true]);
});

test("R-MON-17: who follows sound comes to a noise, and others stay where they are", () => {
  const comes = (kind: string) => {
    const { world } = arena();
    put(world, "ana", 12, 10);
    for (let y = 1; y < 39; y += 1) wall(world, 16, y);
    const far = 13 + world.book.content.rules.noise.fight + 5;
    const one = spawn(world, kind, far, 10);
    const foe = spawn(world, "ooze", 13, 10, true);
    pass(world, 1, ask("ana", { do: "step", dir: 2 }));
    expect(foe.hp).toBeLessThan(foe.maxHp);
    return one.mood.is === "wandering" && one.mood.x === 13 && one.mood.y === 10;
  };
  expect([comes("deep-listener"), comes("rust-grub")]).toEqual([true, false]);
});

test("R-MON-18: some take less of one way of being hit, and of no other", () => {
  const { world, ana } = arena();
  const turn = openTurn(world, emptyRecord());
  const ghost = spawn(world, "bonewalker", X + 5, Y, true);
  const [gift] = ghost.kind.gifts.filter(({ kind }) => kind === "resists");
  if (gift?.kind !== "resists") throw new Error("it resists nothing");
  const ways = { hand: "blow", afar: "aimedShot", fire: "firebolt" } as const;
  for (const [from, how] of Object.entries(ways)) {
    Object.assign(ghost, { maxHp: 500, hp: 500 });
    turn.hurt(ana.id, ghost, 100, how);
    expect([from, 500 - ghost.hp]).toEqual([from, from === gift.from ? 100 - gift.percent : 100]);
  }
});

test("R-MON-19: some rage once, when their health falls low", () => {
  const { world, ana } = arena();
  const troll = spawn(world, "gallery-troll", X + 5, Y, true);
  const turn = openTurn(world, emptyRecord());
  turn.hurt(ana.id, troll, 1, "blow");
  expect(kinds(troll)).toEqual([]);
  turn.hurt(ana.id, troll, Math.ceil(troll.maxHp * 0.7), "blow");
  const raging = kinds(troll);
  expect(raging).toHaveLength(1);
  troll.effects = [];
  turn.hurt(ana.id, troll, 1, "blow");
  expect(kinds(troll)).toEqual([]);
});

test("R-MON-60: a leech mends itself by what it takes, an ox pushes back", () => {
  const { world, ana } = arena();
  soak(world, "shallow-water", X + 1, Y);
  const leech = spawn(world, "leech", X + 1, Y);
  leech.hp = 1;
  until(world, () => leech.hp > 1);
  const other = arena();
  spawn(other.world, "anvil-ox", X + 1, Y);
  until(other.world, () => other.ana.x !== X || other.ana.y !== Y);
  expect(ana.deeds.taken).toBeGreaterThan(0);
});

test("R-MON-63: four of a swarm hit harder than one", () => {
  const worst = (count: number) => {
    const { world, ana } = arena();
    Object.assign(ana, { defence: 0, armour: 0 });
    for (const [dx, dy] of [
      [1, 0],
      [-1, 0],
      [0, 1],
      [0, -1],
    ].slice(0, count)) {
      spawn(world, "broodling", X + (dx ?? 0), Y + (dy ?? 0));
    }
    let most = 0;
    for (let i = 0; i < 400; i += 1) {
      for (const { text } of pass(world, 1).lines) {
        most = Math.max(most, Number(text.match(/Ana for (\d+)/)?.[1] ?? 0));
      }
    }
    return most;
  };
  expect(worst(4)).toBeGreaterThan(worst(1));
});

type Deeds = {
  [K in PhaseDeedKind]: (events: readonly DungeonEvent[], deed: PhaseDeed<K>) => boolean;
};

/** What each deed of a phase tells at once. */
const DEEDS: Deeds = {
  summons: (all, { monster }) =>
    all.some((one) => one.kind === "spawned" && one.monster === monster),
  takes: (all, { effect }) =>
    all.some((one) => one.kind === "effectBegan" && one.effect.kind === effect),
  lays: (all, { effect }) =>
    all.some((one) => one.kind === "effectBegan" && one.effect.kind === effect),
  pours: (all) => all.some(({ kind }) => kind === "stirred"),
  rains: (all) => all.some(({ kind }) => kind === "stirred"),
  calls: (all) => all.some((one) => one.kind === "felt" && one.mood.is === "hunting"),
  shakes: (all) => all.some((one) => one.kind === "hit" && one.how === "slam"),
  mends: (all) => all.some(({ kind }) => kind === "healed"),
  leaves: (all) => all.some(({ kind }) => kind === "moved"),
};

const { content } = game.start({
  ...{ seed: 1, tickRate: 50, rules: {} },
  players: [{ id: "a", name: "A", class: "mage" }],
}).book;
const PHASES = content.monsters.flatMap(({ id, mind }) =>
  mind.kind === "boss" ? mind.phases.map(({ cry }, place) => [id, place + 2, cry] as const) : [],
);

test.each(PHASES)("R-MON-13 %s, phase %i: it %s", (id, number) => {
  const { world, ana } = arena("warrior", "ranger");
  const boss = spawn(world, id, X + 2, Y);
  spawn(world, "ooze", X + 9, Y, true);
  const { mind } = boss.kind;
  const phase = mind.kind === "boss" ? mind.phases[number - 2] : undefined;
  if (phase === undefined) throw new Error("no such phase");
  boss.phase = number - 1;
  boss.hp = Math.floor((boss.maxHp * phase.atPercent) / 100) + 1;
  const record = emptyRecord();
  openTurn(world, record).hurt(ana.id, boss, 8, "blow");
  const events = record.happenings.map(({ event }) => event);
  const begun = events.findIndex((one) => one.kind === "phased" && one.phase === number);
  expect(begun).toBeGreaterThanOrEqual(0);
  expect(record.lines.map(({ text }) => text).join()).toContain(phase.cry);
  const after = events.slice(begun);
  expect(phase.does.filter((deed) => !isDone(after, deed))).toEqual([]);
  expect(living(world, id)).toHaveLength(1);
});

function isDone<K extends PhaseDeedKind>(events: readonly DungeonEvent[], deed: PhaseDeed<K>) {
  const is: K = deed.kind;
  return DEEDS[is](events, deed);
}

/** What shows that a gift has done its work; the others have tests of their own. */
const SIGNS: { [K in GiftKind]?: (one: DungeonEvent, id: number, gift: Gift<K>) => boolean } = {
  touches: (one, id, { effect }) =>
    (one.kind === "effectBegan" || one.kind === "effectChanged") &&
    one.actor !== id &&
    one.effect.kind === effect,
  rusts: ({ kind }) => kind === "rusted",
  drains: (one, id) => one.kind === "healed" && one.target === id,
  saps: ({ kind }) => kind === "spent",
  shoves: (one, id) => one.kind === "moved" && one.actor !== id,
  thorns: (one) => one.kind === "hit" && one.how === "thorns",
  reflects: (one) => one.kind === "hit" && one.how === "reflected",
  jaunts: (one, id) => one.kind === "moved" && one.actor === id,
  trails: ({ kind }) => kind === "stirred",
  enrages: (one, id, { effect }) =>
    one.kind === "effectBegan" && one.actor === id && one.effect.kind === effect,
  bursts: ({ kind }) => kind === "stirred",
  detonates: ({ kind }) => kind === "burst",
  litters: (one, _, { monster }) => one.kind === "spawned" && one.monster === monster,
};

function shows<K extends GiftKind>(event: DungeonEvent, id: number, gift: Gift<K>): boolean {
  const is: K = gift.kind;
  return SIGNS[is]?.(event, id, gift) ?? true;
}

/** Makes a spell of no use to whoever casts it. */
function useless(world: DungeonWorld, spell: MonsterSpell): void {
  for (const whom of world.delvers.values()) {
    if (spell.kind === "hexes" && !kinds(whom).includes(spell.effect)) {
      dose(world, whom.id, spell.effect, 1, 9999);
    }
    if (spell.kind === "spits") soak(world, spell.substance, whom.x, whom.y);
  }
  if (spell.kind !== "summons") return;
  for (let n = living(world, spell.monster).length; n < spell.most; n += 1) {
    spawn(world, spell.monster, 55, 10 + n, true);
  }
}

const GIFTED = content.monsters.filter(
  ({ boss, spells, gifts }) => !boss && spells.length + gifts.length > 0,
);

test.each(GIFTED.map((one) => [one.id, [...one.spells, ...one.gifts].map(({ kind }) => kind)]))(
  "R-MON-50 and R-MON-60 %s: in a fight shows all that it can do: %j",
  (id) => {
    const { world, level, ana } = arena("warrior", "healer");
    const under = world.book.monster(id).traits.includes("submerges");
    for (let x = X; x < X + 4; x += 1) if (under) soak(world, "shallow-water", x, Y);
    const one = spawn(world, id, X + 3, Y);
    level.bones = [Y * 100 + X + 5];
    const fellow = spawn(world, "digger", X + 4, Y + 1);
    Object.assign(fellow, { maxHp: 5000, hp: 2000 });
    if (one.kind.spells.some(({ kind }) => kind === "regrows")) one.hp -= 10;
    const events: DungeonEvent[] = [];
    const missing = () => [
      ...one.kind.spells.filter(
        ({ kind }) => !events.some((told) => told.kind === "spellCast" && told.spell === kind),
      ),
      ...one.kind.gifts.filter((gift) => !events.some((told) => shows(told, one.id, gift))),
    ];
    const note = (record: { happenings: readonly { event: DungeonEvent }[] }) =>
      events.push(...record.happenings.map(({ event }) => event));
    const egg = one.kind.mind.kind === "egg";
    for (let tick = egg ? 1700 : 0; tick < 1800 && missing().length > 0; tick += 10) {
      note(stepDungeon(world, world.tick + 10, []));
      for (const whom of world.delvers.values()) Object.assign(whom, { hp: 5000, healAt: 0 });
      fellow.hp = tick % 600 < 300 ? 2000 : fellow.maxHp;
      const beside = { x: one.x - 1, y: one.y };
      if (tick > 600 && tick % 100 === 0 && free(level, beside)) {
        put(world, "ana", beside.x, beside.y);
      }
      // What comes first is of no more use: the next is cast.
      for (const spell of tick > 600 ? one.kind.spells : []) useless(world, spell);
      const record = emptyRecord();
      const turn = openTurn(world, record);
      if (tick > 1200 && one.hp > 3) {
        decide(turn, { kind: "strike", actor: one.id, target: ana.id });
        turn.hurt(ana.id, one, 2, tick % 20 === 0 ? "blow" : "aimedShot");
      }
      if (tick === 1600) turn.hurt(ana.id, one, Math.floor(one.hp * 0.8), "blow");
      if (tick >= 1700 && one.hp > 0) turn.hurt(ana.id, one, one.hp * 9, "firebolt");
      note(record);
    }
    expect(missing().map(({ kind }) => kind)).toEqual([]);
  },
);

test("R-MON-7: an adamant ooze that is hurt splits as well", () => {
  const { world, ana } = arena();
  const ooze = spawn(world, "adamant-ooze", X + 2, Y, true);
  openTurn(world, emptyRecord()).hurt(ana.id, ooze, 2, "blow");
  expect(living(world, "adamant-ooze")).toHaveLength(2);
});

test("R-MON-64: what runs from fear runs from whom it sees", () => {
  const { world, ana } = arena();
  const one = spawn(world, "cliff-spider", X + 2, Y);
  dose(world, one.id, "fear", 1, 200);
  pass(world, 100);
  expect(distance(one, ana)).toBeGreaterThan(3);
  expect(floorOne(world).monsters.has(one.id)).toBe(true);
});
