import type { DungeonWorld, Outcome } from "@underlode/sim";
import { expect, test } from "vitest";
import { pour } from "../src/dungeon/decide/terrain/pour.ts";
import { synergyNote } from "../src/dungeon/notes.ts";
import { ticks } from "../src/dungeon/reads.ts";
import { emptyRecord, openTurn } from "../src/dungeon/turn.ts";
import { give } from "./pack.ts";
import { ask, delver, floorOne, pass, put, spawn } from "./scene.ts";
import { dose, kinds, soak, staged, texts, use } from "./stage.ts";

/** A monster that holds still and dodges nothing. */
function dummy(world: DungeonWorld, x: number, y: number, kind = "digger") {
  const foe = spawn(world, kind, x, y);
  Object.assign(foe, { hp: 5000, maxHp: 5000, readyAt: 1_000_000 });
  return foe;
}

/** Tries until it did not miss (a miss changes nothing that matters), and answers what was told. */
function surely(world: DungeonWorld, foe: { hp: number }, act: () => Outcome): string[] {
  const { hp } = foe;
  for (let i = 0; i < 30; i += 1) {
    for (const one of world.delvers.values()) {
      Object.assign(one, { cooldowns: {}, resource: one.class.resource.max, refreshAt: 0 });
      one.readyAt = world.tick;
    }
    const told = texts(act());
    if (foe.hp < hp) return told;
  }
  throw new Error("it never hit");
}

/** The numbers of a synergy. */
const spec = (world: DungeonWorld, id: string) => world.book.synergy(id);
const burst = (world: DungeonWorld): number => spec(world, "toxic-burst").power;

const step = (world: DungeonWorld, player: string, dir: number) => () =>
  pass(world, 1, ask(player, { do: "step", dir }));

/** What the log named, and that the summary counted the same. */
function named(world: DungeonWorld, told: readonly string[]): string[] {
  const names = world.book.content.synergies.filter(({ name }) => told.includes(`${name}!`));
  expect(Object.keys(world.tally.synergies).toSorted()).toEqual(
    names.map(({ id }) => id).toSorted(),
  );
  return names.map(({ name }) => name);
}

test("R-SYN-1 Shatter: what is frozen takes more and splashes; what is not, does not", () => {
  for (const frozen of [true, false]) {
    const { world, x, y } = staged("warrior");
    const [foe, other] = [dummy(world, x + 1, y), dummy(world, x + 1, y + 1)];
    if (frozen) dose(world, foe.id, "frozen");
    const told = surely(world, foe, step(world, "ana", 2));
    expect(named(world, told)).toEqual(frozen ? ["Shatter"] : []);
    expect([kinds(foe), other.hp < other.maxHp]).toEqual([frozen ? ["frozen"] : [], frozen]);
    if (frozen) expect(foe.maxHp - foe.hp).toBeGreaterThan(8);
  }
});

test("R-SYN-1 Shatter: the same one shatters again only after a while", () => {
  const { world, x, y } = staged("warrior");
  const foe = dummy(world, x + 1, y);
  dose(world, foe.id, "frozen");
  const told = [0, 1].flatMap(() => surely(world, foe, step(world, "ana", 2)));
  expect(told.filter((text) => text === "Shatter!")).toHaveLength(1);
  pass(world, ticks(world, spec(world, "shatter").gapMs));
  expect(surely(world, foe, step(world, "ana", 2))).toContain("Shatter!");
});

test("R-EFF-4: who thaws by itself is wet, and conducts; who is thawed by fire is not", () => {
  const { world, x, y } = staged("mage");
  const foe = dummy(world, x + 2, y);
  dose(world, foe.id, "frozen");
  pass(world, (foe.effects[0]?.until ?? 0) - world.tick + 1);
  expect(kinds(foe)).toEqual(["wet"]);
  const told = surely(world, foe, () => use(world, "ana", 3, foe));
  expect(named(world, told)).toEqual(["Conduct"]);
});

test("R-SYN-1 Shatter: a bolt of fire is not hard, and thaws", () => {
  const { world, x, y } = staged("mage");
  const foe = dummy(world, x + 2, y);
  dose(world, foe.id, "frozen");
  expect(
    named(
      world,
      surely(world, foe, () => use(world, "ana", 1, foe)),
    ),
  ).toEqual([]);
  expect(kinds(foe)).toEqual(["burning"]);
});

test("R-SYN-2 Wildfire: fire on oil, by a delver; not on bare rock, nor by a trap", () => {
  const burn = (oil: boolean, by: "ana" | "nobody") => {
    const { world, ana, x, y } = staged("mage");
    if (oil) for (const dx of [-2, -1, 0]) soak(world, "oil", x + dx, y - 2);
    const record = emptyRecord();
    const whose = by === "ana" ? ana.id : 0;
    pour(openTurn(world, record), 1, { x: x - 2, y: y - 2 }, 0, "fire", whose);
    const told = [...record.lines.map(({ text }) => text), ...texts(pass(world, 300))];
    return { names: named(world, told), world };
  };
  const { names, world } = burn(true, "ana");
  expect([names, world.tally.synergies]).toEqual([["Wildfire"], { wildfire: 1 }]);
  expect(burn(false, "ana").names).toEqual([]);
  expect(burn(true, "nobody").names).toEqual([]);
});

test("R-SYN-3 Open guard: who is taunted by another is open; by oneself, or not at all, is not", () => {
  const stab = (taunter: "bo" | "ana" | "nobody") => {
    const { world, ana, x, y } = staged("rogue", "warrior");
    const foe = dummy(world, x + 1, y);
    foe.mood = { is: "hunting", target: ana.id, x, y, lostAt: world.tick + 9000 };
    const by = taunter === "nobody" ? 0 : delver(world, taunter).id;
    if (by > 0)
      foe.effects = [{ kind: "taunted", power: 1, stacks: 1, until: 9000, nextAt: 0, by }];
    const told = surely(world, foe, () => use(world, "ana", 1, foe));
    return { names: named(world, told), dealt: foe.maxHp - foe.hp };
  };
  const open = stab("bo");
  const plain = stab("nobody");
  expect([open.names, stab("ana").names, plain.names]).toEqual([["Open guard"], [], []]);
  expect(open.dealt).toBeGreaterThan(2 * plain.dealt);
});

test("R-SYN-4 Conduct: lightning doubles in the wet, in water and in metal; not in the dry", () => {
  const strike = (how: "wet" | "water" | "metal" | "dry") => {
    const { world, x, y } = staged("mage");
    const foe = dummy(world, x + 2, y, how === "metal" ? "iron-warden" : "digger");
    if (how === "wet") dose(world, foe.id, "wet");
    if (how === "water") soak(world, "shallow-water", x + 2, y);
    return named(
      world,
      surely(world, foe, () => use(world, "ana", 3, foe)),
    );
  };
  expect([strike("wet"), strike("water"), strike("metal"), strike("dry")]).toEqual([
    ...[["Conduct"], ["Conduct"], ["Conduct"], []],
  ]);
});

test("R-SYN-4 Conduct: the bolt of a wand of lightning is lightning, too", () => {
  const strike = (item: string, wet: boolean) => {
    const { world, ana, x, y } = staged("warrior");
    const foe = dummy(world, x + 2, y);
    if (wet) dose(world, foe.id, "wet");
    const wand = give(world, ana, item, { charges: 9 });
    const act = () => pass(world, 1, ask("ana", { do: "use", item: wand, x: foe.x, y: foe.y }));
    return { names: named(world, surely(world, foe, act)), dealt: foe.maxHp - foe.hp };
  };
  const [wet, dry] = [strike("wand-lightning", true), strike("wand-lightning", false)];
  expect([wet.names, dry.names, wet.dealt]).toEqual([
    ...[["Conduct"], []],
    Math.round((dry.dealt * spec(staged("mage").world, "conduct").power) / 100),
  ]);
  expect(strike("wand-draining", true).names).toEqual([]);
});

test("R-SYN-8 Toxic burst: the bolt of a wand of fire is fire, and three classes may ambush with bolts", () => {
  const { world, ana, x, y } = staged("warrior", "mage", "rogue");
  const [foe, other] = [dummy(world, x + 2, y), dummy(world, x + 3, y)];
  foe.effects = [{ kind: "venom", power: 1, stacks: 2, until: 9000, nextAt: 9000, by: 0 }];
  const wand = give(world, ana, "wand-fire", { charges: 9 });
  foe.struck = Object.fromEntries(["bo", "cleo"].map((p) => [delver(world, p).id, world.tick]));
  const act = () => pass(world, 1, ask("ana", { do: "use", item: wand, x: foe.x, y: foe.y }));
  expect(named(world, surely(world, foe, act)).toSorted()).toEqual(["Ambush", "Toxic burst"]);
  expect(other.maxHp - other.hp).toBe(2 * burst(world));
});

test("R-SYN-5 Death mark: an aimed shot at marked prey can be done again at once, free", () => {
  for (const marked of [true, false]) {
    const { world, ana, x, y } = staged("ranger");
    const foe = dummy(world, x + 2, y);
    if (marked) dose(world, foe.id, "marked", 20);
    const told = surely(world, foe, () => use(world, "ana", 1, foe));
    expect(named(world, told)).toEqual(marked ? ["Death mark"] : []);
    expect((ana.cooldowns[1] ?? 0) <= world.tick).toBe(marked);
    expect(kinds(ana)).toEqual(marked ? ["overflow"] : []);
  }
});

test("R-SYN-5 Death mark: a plain shot gives nothing back", () => {
  const { world, x, y } = staged("ranger");
  const foe = dummy(world, x + 2, y);
  dose(world, foe.id, "marked", 20);
  const shot = () => pass(world, 1, ask("ana", { do: "shoot", x: foe.x, y: foe.y }));
  expect(named(world, surely(world, foe, shot))).toEqual([]);
});

test("R-SYN-6 Bulwark: what a circle heals over is a shield within a wall, and lost outside", () => {
  const heal = (wall: boolean, hp: number) => {
    const { world, ana, x, y } = staged("healer", "warrior");
    put(world, "bo", x + 1, y);
    const bo = delver(world, "bo");
    if (wall) use(world, "bo", 3);
    Object.assign(ana, { hp: 5, healAt: world.tick + 500 });
    if (hp < bo.maxHp) Object.assign(bo, { hp, healAt: world.tick + 500 });
    const told = texts(use(world, "ana", 2));
    return {
      names: named(world, told),
      effects: bo.effects.map(({ kind, power }) => [kind, power]),
    };
  };
  const full = heal(true, Number.POSITIVE_INFINITY);
  expect(full.names).toEqual(["Bulwark"]);
  expect(full.effects.map(([kind]) => kind)).toEqual(["shield-wall", "shielded"]);
  expect(full.effects[1]?.[1]).toBeGreaterThan(0);
  expect(heal(true, 5).names).toEqual([]);
  expect(heal(false, Number.POSITIVE_INFINITY)).toEqual({ names: [], effects: [] });
});

test("R-SYN-7 Overflow: a blessed caster's next spell is free; others, and oneself, get none", () => {
  const bless = (whom: string) => {
    const { world, x, y } = staged("healer", "mage", "warrior");
    put(world, "bo", x + 1, y);
    put(world, "cleo", x - 1, y);
    const target = delver(world, whom);
    const told = texts(use(world, "ana", 3, target));
    return [named(world, told), kinds(target)];
  };
  expect(bless("bo")).toEqual([["Overflow"], ["blessed", "overflow"]]);
  expect(bless("cleo")).toEqual([[], ["blessed"]]);
  expect(bless("ana")).toEqual([[], ["blessed"]]);
});

test("R-SYN-8 Toxic burst: fire on venom bursts it over all around; without venom it does not", () => {
  for (const stacks of [3, 0]) {
    const { world, x, y } = staged("mage");
    const [foe, other] = [dummy(world, x + 2, y), dummy(world, x + 2, y + 1)];
    if (stacks > 0) {
      foe.effects = [{ kind: "venom", power: 1, stacks, until: 9000, nextAt: 9000, by: 0 }];
    }
    const told = surely(world, foe, () => use(world, "ana", 1, foe));
    expect(named(world, told)).toEqual(stacks > 0 ? ["Toxic burst"] : []);
    expect([other.maxHp - other.hp, kinds(foe)]).toEqual([burst(world) * stacks, ["burning"]]);
  }
});

test("R-SYN-8 Toxic burst: the burst of one who dies of the fire still hits the others", () => {
  const { world, x, y } = staged("mage");
  const [foe, other] = [dummy(world, x + 2, y), dummy(world, x + 2, y + 1)];
  foe.hp = 1;
  foe.effects = [{ kind: "venom", power: 1, stacks: 2, until: 9000, nextAt: 9000, by: 0 }];
  surely(world, foe, () => use(world, "ana", 1, foe));
  expect([floorOne(world).monsters.has(foe.id), other.maxHp - other.hp]).toEqual([
    false,
    2 * burst(world),
  ]);
});

test("R-SYN-9 Anvil: charged into rock or onto ice is stunned; in the open it is not", () => {
  const charge = (into: "wall" | "ice" | "open") => {
    const { world, level, x, y } = staged("warrior");
    put(world, "ana", x - 2, y);
    const foe = dummy(world, x + 1, y);
    const behind = y * 100 + x + 2;
    if (into === "wall") {
      level.flyable[behind] = 0;
      level.walkable[behind] = 0;
    }
    if (into === "ice") soak(world, "ice", x + 2, y);
    const act = () => {
      if (delver(world, "ana").x !== x - 2) put(world, "ana", x - 2, y);
      return use(world, "ana", 4, foe);
    };
    const told = surely(world, foe, act);
    return [named(world, told), kinds(foe), foe.x - x];
  };
  expect(charge("wall")).toEqual([["Anvil"], ["stunned"], 1]);
  expect(charge("ice")).toEqual([["Anvil"], ["stunned"], 2]);
  expect(charge("open")).toEqual([[], [], 2]);
});

test("R-SYN-10 Ambush: three classes at nearly one time stun, once in a while; two do not", () => {
  const strike = (third: string) => {
    const { world, x, y } = staged("warrior", "rogue", third);
    const foe = dummy(world, x + 1, y);
    put(world, "bo", x + 1, y + 1);
    put(world, "cleo", x + 1, y - 1);
    const beside = dummy(world, x + 2, y);
    const told: string[] = [];
    told.push(...surely(world, foe, step(world, "ana", 2)));
    told.push(...surely(world, foe, step(world, "bo", 0)));
    told.push(...surely(world, foe, step(world, "cleo", 4)));
    const stunned = [kinds(foe), kinds(beside)];
    for (const [who, dir] of [
      ["ana", 2],
      ["bo", 0],
      ["cleo", 4],
    ] as const) {
      told.push(...surely(world, foe, step(world, who, dir)));
    }
    return [named(world, told), stunned, { ...world.tally.synergies }];
  };
  expect(strike("healer")).toEqual([["Ambush"], [["stunned"], ["stunned"]], { ambush: 1 }]);
  expect(strike("warrior")).toEqual([[], [[], []], {}]);
});

test("R-SYN-10 Ambush: blows too far apart are none", () => {
  const { world, x, y } = staged("warrior", "rogue", "healer");
  const foe = dummy(world, x + 1, y);
  put(world, "bo", x + 1, y + 1);
  put(world, "cleo", x + 1, y - 1);
  const told = surely(world, foe, step(world, "ana", 2));
  pass(world, ticks(world, spec(world, "ambush").windowMs) + 1);
  told.push(...surely(world, foe, step(world, "bo", 0)));
  told.push(...surely(world, foe, step(world, "cleo", 4)));
  expect(named(world, told)).toEqual([]);
});

test("R-SYN-1 to 10: every note has the numbers of its rule", () => {
  const { synergies } = staged("mage").world.book.content;
  expect(synergies).toHaveLength(10);
  for (const spec of synergies) {
    expect(spec.note).not.toMatch(/\d/);
    expect(synergyNote(spec)).not.toMatch(/[{}]/);
  }
});
