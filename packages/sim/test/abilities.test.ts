import { type DungeonWorld, evolve } from "@underlode/sim";
import { expect, test } from "vitest";
import { enter } from "../src/dungeon/decide/entering.ts";
import { abilityNote } from "../src/dungeon/notes.ts";
import { attackOf, defenceOf } from "../src/dungeon/reads.ts";
import { emptyRecord, openTurn } from "../src/dungeon/turn.ts";
import { give } from "./pack.ts";
import { game } from "./play.ts";
import { ask, delver, floorOne, pass, put, reasons, spawn } from "./scene.ts";
import { dose, kinds, soak, staged, texts, use } from "./stage.ts";

const CLEAVE = 1;
const TAUNT = 2;
const WALL = 3;
const CHARGE = 4;

/** Blows may miss: again until one has landed, with all that a try needs at hand. */
function until(world: DungeonWorld, done: () => boolean, act: () => void): void {
  for (let i = 0; i < 30 && !done(); i += 1) {
    for (const one of world.delvers.values()) {
      one.cooldowns = {};
      one.resource = one.class.resource.max;
      one.refreshAt = 0;
      one.readyAt = world.tick;
    }
    act();
  }
  expect(done()).toBe(true);
}

/** Sturdy, and too stunned to spoil the scene. */
function dummy(world: DungeonWorld, x: number, y: number, kind = "digger") {
  const foe = spawn(world, kind, x, y);
  Object.assign(foe, {
    hp: 5000,
    maxHp: 5000,
    mood: { is: "hunting", target: 0, x, y, lostAt: 0 },
  });
  dose(world, foe.id, "stunned", 1, 100_000);
  return foe;
}

test("R-ABI-1: a cleave hits all beside the warrior and nobody else", () => {
  const { world, x, y } = staged("warrior");
  const foes = [dummy(world, x + 1, y), dummy(world, x - 1, y + 1), dummy(world, x + 2, y)];
  const [one, other, far] = foes;
  until(
    world,
    () => [one, other].every((foe) => foe && foe.hp < foe.maxHp),
    () => use(world, "ana", CLEAVE),
  );
  expect(far?.hp).toBe(far?.maxHp);
});

test("R-ABI-1: what an ability costs is paid, and it must cool before it is used again", () => {
  const { world, ana, x, y } = staged("warrior");
  expect(reasons(use(world, "ana", CLEAVE))).toEqual(["No enemy is close enough."]);
  expect([ana.resource, ana.readyAt]).toEqual([20, 0]);
  dummy(world, x + 1, y);
  use(world, "ana", CLEAVE);
  expect(ana.resource).toBe(14);
  expect(ana.readyAt - world.tick).toBe(25);
  pass(world, 30);
  expect(reasons(use(world, "ana", CLEAVE))).toEqual(["Cleave is not ready yet."]);
  ana.cooldowns = {};
  ana.resource = 5;
  ana.refreshAt = 0;
  expect(reasons(use(world, "ana", CLEAVE))).toEqual(["You have too little stamina."]);
});

test("R-ABI-2: who is taunted goes for the caller, who stays on top when it ends", () => {
  const { world, ana, x, y } = staged("warrior", "mage");
  put(world, "bo", x - 2, y);
  const foe = spawn(world, "digger", x - 1, y - 1);
  const bo = delver(world, "bo");
  for (const one of [ana, bo]) Object.assign(one, { hp: 500, maxHp: 500 });
  foe.threat[bo.id] = 50;
  pass(world, 3);
  expect(foe.mood).toMatchObject({ target: bo.id });
  use(world, "ana", TAUNT);
  expect(foe.threat[ana.id]).toBe(51);
  foe.threat[bo.id] = 500;
  pass(world, 240);
  expect(foe.mood).toMatchObject({ is: "hunting", target: ana.id });
  pass(world, 60);
  expect(foe.mood).toMatchObject({ target: bo.id });
});

test("R-ABI-3: a shield wall adds defence, and allies take half while they stand beside it", () => {
  const { world, ana, x, y } = staged("warrior", "ranger");
  put(world, "bo", x - 1, y);
  const bo = delver(world, "bo");
  const before = defenceOf(world, ana);
  use(world, "ana", WALL);
  const wall = world.book.abilities("warrior").find(({ slot }) => slot === WALL);
  expect(defenceOf(world, ana)).toBe(before + (wall?.dose?.power ?? 0));
  for (const [x2, is, left] of [
    [x, "allied", 95],
    [x + 1, "asleep", 90],
  ] as const) {
    const one = spawn(world, "digger", x2, y - 1);
    Object.assign(one, {
      hp: 100,
      maxHp: 100,
      mood: is === "allied" ? { is, leader: ana.id, until: 0 } : { is },
    });
    openTurn(world, emptyRecord()).hurt(0, one, 10, "fall");
    expect([is, one.hp]).toEqual([is, left]);
    evolve(world, { kind: "slain", actor: 0, monster: one.id });
  }
  const lost = (cells: number) => {
    put(world, "bo", x - cells, y);
    const { hp } = bo;
    dose(world, bo.id, "poisoned", 8, 5);
    evolve(world, {
      kind: "effectChanged",
      actor: bo.id,
      effect: {
        kind: "poisoned",
        power: 8,
        stacks: 1,
        until: world.tick + 5,
        nextAt: world.tick + 1,
        by: 0,
      },
    });
    pass(world, 2);
    return hp - bo.hp;
  };
  expect([lost(1), lost(2)]).toEqual([4, 8]);
  expect(ana.effects).toHaveLength(1);
});

test("R-ABI-24: what an ability does stands in the line that names it", () => {
  const { world, ana, x, y } = staged("warrior", "healer");
  const foe = spawn(world, "jackal", x + 1, y, true);
  foe.hp = 1;
  const told: string[] = [];
  until(
    world,
    () => foe.hp <= 0,
    () => told.push(...texts(use(world, "ana", CLEAVE))),
  );
  const last = told.filter((text) => text.startsWith("Ana uses")).at(-1);
  expect(last).toMatch(/^Ana uses Cleave: cleaves the jackal for \d+, it dies\.$/);
  put(world, "bo", x, y + 1);
  ana.hp -= 5;
  const mended = texts(use(world, "bo", 1, ana));
  expect(mended).toEqual(["Bo uses Mend: heals Ana for 5."]);
  ana.readyAt = world.tick;
  expect(texts(use(world, "ana", WALL))[0]).toBe("Ana uses Shield wall: raises a wall of shields.");
});

test("R-ABI-4: a charge runs up to an enemy and knocks it back", () => {
  const { world, ana, x, y } = staged("warrior");
  put(world, "ana", x - 2, y);
  const foe = spawn(world, "ooze", x + 1, y, true);
  expect(reasons(use(world, "ana", CHARGE, { x: x - 1, y }))).toEqual(["There is no enemy there."]);
  use(world, "ana", CHARGE, foe);
  expect([ana.x, ana.y, foe.x]).toEqual([x, y, x + 2]);
});

test("R-ABI-5: a firebolt burns who it hits, and grass without anybody in it", () => {
  const { world, level, x, y } = staged("mage");
  const foe = dummy(world, x + 2, y);
  until(
    world,
    () => kinds(foe).includes("burning"),
    () => use(world, "ana", 1, foe),
  );
  expect(foe.hp).toBeLessThan(foe.maxHp);
  pass(world, 60);
  expect(reasons(use(world, "ana", 1, { x, y: y - 2 }))).toEqual([
    "There is nothing there to burn.",
  ]);
  soak(world, "grass", x, y - 2);
  use(world, "ana", 1, { x, y: y - 2 });
  expect(level.surface[(y - 2) * 100 + x]).toBe(world.book.substanceNumber("fire"));
});

test("R-ABI-6: a frost nova freezes those around, turns water to ice and puts out fire", () => {
  const { world, level, x, y } = staged("mage");
  expect(reasons(use(world, "ana", 2))).toEqual(["Nothing near you would freeze."]);
  soak(world, "deep-water", x + 2, y + 1);
  soak(world, "fire", x + 1, y + 1);
  const [near, far] = [dummy(world, x + 1, y), dummy(world, x - 2, y + 2)];
  put(world, "ana", x, y - 2);
  until(
    world,
    () => kinds(near).includes("frozen"),
    () => use(world, "ana", 2),
  );
  expect(kinds(far)).not.toContain("frozen");
  const surface = (dx: number) => level.surface[(y + 1) * 100 + x + dx];
  expect([surface(1), surface(2)]).toEqual([0, world.book.substanceNumber("ice")]);
  expect(level.walkable[(y + 1) * 100 + x + 2]).toBe(1);
});

test("R-ABI-7: chain lightning jumps from each to the next, each once", () => {
  const { world, x, y } = staged("mage");
  put(world, "ana", x - 2, y);
  const foes = [0, 1, 2].map((dx) => dummy(world, x + dx, y));
  const far = dummy(world, x + 2, y + 2);
  floorOne(world).monsters.delete(far.id);
  floorOne(world).occupant[(y + 2) * 100 + x + 2] = 0;
  until(
    world,
    () => foes.every(({ hp, maxHp }) => hp < maxHp),
    () => use(world, "ana", 3, { x, y }),
  );
  const lone = staged("mage");
  expect(reasons(use(lone.world, "ana", 3, { x: lone.x + 1, y: lone.y }))).toEqual([
    "There is no enemy there.",
  ]);
});

test("R-ABI-8: a blink brings the mage to a free cell in sight, and not into somebody", () => {
  const { world, ana, x, y } = staged("mage");
  const foe = dummy(world, x + 1, y);
  expect(reasons(use(world, "ana", 4, foe))).toEqual(["There is no room there."]);
  use(world, "ana", 4, { x: x + 2, y });
  expect([ana.x, ana.y]).toEqual([x + 2, y]);
});

test("R-ABI-9: an aimed shot passes a friend, where a plain shot does not", () => {
  const { world, x, y } = staged("ranger", "warrior");
  put(world, "ana", x - 2, y);
  put(world, "bo", x, y);
  const foe = dummy(world, x + 2, y);
  expect(reasons(pass(world, 1, ask("ana", { do: "shoot", x: x + 2, y })))).toEqual([
    "Bo is in the way.",
  ]);
  until(
    world,
    () => foe.hp < foe.maxHp,
    () => use(world, "ana", 1, foe),
  );
});

test("R-ABI-10: marked prey takes a fifth more, and is seen wherever it is", () => {
  const { world, ana, x, y } = staged("ranger");
  const foe = dummy(world, x + 2, y);
  use(world, "ana", 2, foe);
  expect(foe.effects.at(-1)).toMatchObject({ kind: "marked", power: 20 });
  const shown = () => game.see(world, 1).things.some(([id]) => id === foe.id);
  const { arrival } = floorOne(world);
  put(world, "ana", arrival.x, arrival.y);
  expect([shown(), ana.x]).toEqual([true, arrival.x]);
  evolve(world, { kind: "effectEnded", actor: foe.id, effect: "marked" });
  expect(shown()).toBe(false);
});

test("R-ABI-11: a snare holds the first monster that steps in, and lets the party pass", () => {
  const { world, level, ana, x, y } = staged("ranger");
  use(world, "ana", 3, { x: x + 1, y });
  expect(level.fixtures.get(y * 100 + x + 1)?.kind.id).toBe("snare");
  pass(world, 40, ask("ana", { do: "step", dir: 2 }));
  pass(world, 40, ask("ana", { do: "step", dir: 6 }));
  expect([level.fixtures.size, ana.x]).toEqual([1, x]);
  const pet = spawn(world, "rat", x + 1, y);
  pet.mood = { is: "allied", leader: ana.id, until: 0 };
  enter(openTurn(world, emptyRecord()), pet);
  expect([level.fixtures.size, kinds(pet)]).toEqual([1, []]);
  evolve(world, { kind: "slain", actor: 0, monster: pet.id });
  const foe = spawn(world, "rat", x + 2, y);
  const closed = [-1, 1].map((dy) => level.occupant[(y + dy) * 100 + x + 1]);
  expect(closed).toEqual([0, 0]);
  evolve(world, { kind: "moved", actor: foe.id, x: x + 2, y });
  soak(world, "lava", x + 1, y - 1);
  soak(world, "lava", x + 1, y + 1);
  soak(world, "lava", x + 2, y - 1);
  soak(world, "lava", x + 2, y + 1);
  put(world, "ana", x - 1, y);
  for (let i = 0; i < 40 && level.fixtures.size > 0; i += 1) pass(world, 1);
  expect([level.fixtures.size, kinds(foe)]).toEqual([0, ["snared"]]);
  const held = { x: foe.x, y: foe.y };
  pass(world, 150);
  expect({ x: foe.x, y: foe.y }).toEqual(held);
});

test("R-ABI-12: an open field kit lasts a while, and is named among one's conditions", () => {
  const { world, ana } = staged("ranger");
  use(world, "ana", 4);
  expect(ana.effects).toMatchObject([{ kind: "field-kit" }]);
  pass(world, 3001);
  expect(ana.effects).toEqual([]);
});

test("R-ABI-13: a mend heals whom it is meant for, and refuses the hale and the empty cell", () => {
  const { world, x, y } = staged("healer", "warrior");
  put(world, "bo", x + 2, y);
  const bo = delver(world, "bo");
  expect(reasons(use(world, "ana", 1, bo))).toEqual(["Bo is not hurt."]);
  expect(reasons(use(world, "ana", 1, { x, y: y + 1 }))).toEqual([
    "There is nobody there to mend.",
  ]);
  wound(world, "bo", 20);
  const { hp } = bo;
  use(world, "ana", 1, bo);
  expect(bo.hp).toBeGreaterThan(hp);
  expect(bo.hp - hp).toBe(delver(world, "ana").deeds.healed);
});

test("R-ABI-14: a circle heals all who are near, the healer too", () => {
  const { world, ana, x, y } = staged("healer", "warrior", "mage");
  put(world, "bo", x + 2, y);
  expect(reasons(use(world, "ana", 2))).toEqual(["Nobody near you is hurt."]);
  for (const name of ["ana", "bo", "cleo"]) wound(world, name, 10);
  const { arrival } = floorOne(world);
  expect(Math.abs(arrival.x - x) + Math.abs(arrival.y - y)).toBeGreaterThan(10);
  use(world, "ana", 2);
  const [bo, cleo] = [delver(world, "bo"), delver(world, "cleo")];
  expect([ana, bo, cleo].map(({ hp, maxHp }) => hp > maxHp - 10)).toEqual([true, true, false]);
});

test("R-ABI-13 and 14: a freed captive is mended, stands in the circle and drinks of a thrown potion", () => {
  const { world, ana, x, y } = staged("healer");
  const pet = spawn(world, "digger", x + 1, y);
  pet.readyAt = 1_000_000;
  const mood = { is: "allied" as const, leader: ana.id, until: 0 };
  evolve(world, { kind: "felt", actor: pet.id, mood });
  expect(reasons(use(world, "ana", 1, pet))).toEqual(["The rock borer is not hurt."]);
  const item = give(world, ana, "potion-healing");
  const gained = (act: () => unknown): number => {
    Object.assign(pet, { hp: 1, maxHp: 100 });
    Object.assign(ana, { readyAt: world.tick, resource: 30 });
    act();
    return pet.hp - 1;
  };
  expect(gained(() => use(world, "ana", 1, pet))).toBeGreaterThan(0);
  expect(gained(() => use(world, "ana", 2))).toBeGreaterThan(0);
  const { x: px, y: py } = pet;
  const hurl = ask("ana", { do: "throw", item, x: px, y: py });
  expect(gained(() => pass(world, 1, hurl))).toBeGreaterThan(0);
});

test("R-ABI-15: a blessing adds defence and makes acts faster", () => {
  const { world, ana } = staged("healer");
  const before = defenceOf(world, ana);
  use(world, "ana", 3, ana);
  expect(defenceOf(world, ana)).toBe(before + 2);
  pass(world, 30);
  pass(world, 1, ask("ana", { do: "step", dir: 2 }));
  expect(ana.readyAt - world.tick).toBe(4);
});

test("R-ABI-16: a resurrect brings the dead back with half their health, once on a floor", () => {
  const { world, ana } = staged("healer", "warrior");
  const bo = delver(world, "bo");
  expect(reasons(use(world, "ana", 4))).toEqual(["Nobody is dead."]);
  const kill = () => {
    evolve(world, { kind: "hit", actor: 0, target: bo.id, amount: 500, how: "fall" });
    evolve(world, { kind: "downed", actor: bo.id, until: world.tick + 1 });
    pass(world, 2);
    expect(bo.condition.is).toBe("dead");
  };
  kill();
  use(world, "ana", 4);
  expect([bo.condition.is, bo.hp, Math.abs(bo.x - ana.x) <= 3]).toEqual([
    "up",
    Math.round(bo.maxHp / 2),
    true,
  ]);
  kill();
  Object.assign(ana, { cooldowns: {}, resource: 30, refreshAt: 0, readyAt: world.tick });
  expect(reasons(use(world, "ana", 4))).toEqual(["That can be done only once on a floor."]);
});

test("R-ABI-17: a backstab is triple on the unaware and plain on whoever looks", () => {
  const worst = (mood: "wandering" | "hunting") => {
    const { world, ana, x, y } = staged("rogue");
    const foe = dummy(world, x + 1, y);
    const hunting = { is: "hunting" as const, target: ana.id, x, y, lostAt: world.tick + 5000 };
    foe.mood = mood === "hunting" ? hunting : { is: "wandering", x, y };
    const { hp } = foe;
    until(
      world,
      () => foe.hp < hp,
      () => use(world, "ana", 1, foe),
    );
    return hp - foe.hp;
  };
  expect(worst("wandering")).toBeGreaterThanOrEqual(2 * worst("hunting"));
});

test("R-ABI-18: who vanishes is lost by their hunters, until they strike", () => {
  const { world, ana, x, y } = staged("rogue");
  const foe = spawn(world, "digger", x + 2, y);
  Object.assign(ana, { hp: 500, maxHp: 500 });
  pass(world, 5);
  expect(foe.mood).toMatchObject({ is: "hunting", target: ana.id });
  use(world, "ana", 2);
  const { hp } = ana;
  pass(world, 100);
  expect([foe.mood.is, ana.hp]).toEqual(["wandering", hp]);
  put(world, "ana", foe.x - 1, foe.y);
  pass(world, 1, ask("ana", { do: "step", dir: 2 }));
  expect(kinds(ana)).toEqual([]);
});

test("R-ABI-19: a found trap beside the rogue is taken apart, a hidden one is not there", () => {
  const { world, level, x, y } = staged("rogue");
  const cell = y * 100 + x + 1;
  const kind = world.book.fixture("fire-trap");
  level.fixtures.set(cell, { id: world.nextId, kind, x: x + 1, y, found: false, used: 0 });
  world.nextId += 1;
  const there = { x: x + 1, y };
  expect(reasons(use(world, "ana", 3, there))).toEqual(["There is no trap or lock there."]);
  evolve(world, { kind: "fixtureFound", actor: 1, floor: 1, cell });
  expect(texts(use(world, "ana", 3, there))).toContain("Ana disarms a fire trap.");
  expect(level.fixtures.size).toBe(0);
});

test("R-ABI-20: venom adds up to its limit, and each dose hurts", () => {
  const { world, x, y } = staged("rogue");
  const foe = dummy(world, x + 1, y);
  const venom = () => foe.effects.find(({ kind }) => kind === "venom")?.stacks ?? 0;
  until(
    world,
    () => venom() === 5,
    () => use(world, "ana", 4, foe),
  );
  use(world, "ana", 4, foe);
  expect(venom()).toBe(5);
  const { hp } = foe;
  pass(world, 50);
  expect(hp - foe.hp).toBe(5);
});

test("R-ABI-21: a monster turns only to who drew more than a tenth above its prey", () => {
  const { world, ana, x, y } = staged("warrior", "mage");
  put(world, "bo", x - 2, y);
  const bo = delver(world, "bo");
  for (const one of [ana, bo]) Object.assign(one, { hp: 5000, maxHp: 5000 });
  const foe = spawn(world, "digger", x + 1, y);
  const prey = () => (foe.mood.is === "hunting" ? foe.mood.target : 0);
  pass(world, 5);
  expect(prey()).toBe(ana.id);
  const wrath = (mine: number, theirs: number) => {
    Object.assign(foe.threat, { [ana.id]: mine, [bo.id]: theirs });
    pass(world, 50);
    return prey();
  };
  expect([wrath(100, 110), wrath(100, 111), wrath(120, 111)]).toEqual([ana.id, bo.id, bo.id]);
});

test("R-ABI-21 and 22: damage draws as much wrath as it does, and healing half of that", () => {
  const { world, ana, x, y } = staged("healer", "warrior");
  put(world, "bo", x, y + 1);
  const foe = dummy(world, x + 1, y);
  wound(world, "bo", 20);
  use(world, "ana", 1, delver(world, "bo"));
  const { healThreatPercent } = world.book.content.rules;
  const wrath = Math.floor((ana.deeds.healed * healThreatPercent) / 100);
  expect([wrath > 0, foe.threat[ana.id]]).toEqual([true, wrath]);
  const { hp } = foe;
  until(
    world,
    () => foe.hp < hp,
    () => pass(world, 1, ask("ana", { do: "step", dir: 2 })),
  );
  expect(foe.threat[ana.id]).toBe(wrath + hp - foe.hp);
});

test("R-ABI-23: the spell line of a staff adds to magic and to nothing else", () => {
  const { world, ana, x, y } = staged("mage");
  const foe = dummy(world, x + 2, y);
  const before = attackOf(world, ana);
  ana.pack = ana.pack.map((row) =>
    row.id === ana.weapon && row.stats ? { ...row, stats: { ...row.stats, spell: 100 } } : row,
  );
  until(
    world,
    () => foe.hp < foe.maxHp,
    () => use(world, "ana", 1, foe),
  );
  expect(foe.maxHp - foe.hp).toBeGreaterThan(100);
  expect(attackOf(world, ana)).toBe(before);
});

test("R-ABI-1 to 20: each class has its four, and every note has the numbers of its rule", () => {
  const { book } = staged("warrior").world;
  for (const { id } of book.content.classes) {
    expect(book.abilities(id).map(({ slot }) => slot)).toEqual([1, 2, 3, 4]);
  }
  for (const spec of book.content.abilities) {
    expect(spec.note).not.toMatch(/\d/);
    expect(abilityNote({ book }, spec)).not.toMatch(/[{}]/);
  }
});

function wound(world: DungeonWorld, player: string, amount: number): void {
  const target = delver(world, player).id;
  evolve(world, { kind: "hit", actor: 0, target, amount, how: "fall" });
}
