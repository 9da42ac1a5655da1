import { loadContent } from "@underlode/content";
import { evolve } from "@underlode/sim";
import { expect, test } from "vitest";
import { bookOf } from "../src/dungeon/book.ts";
import { guardOf } from "../src/dungeon/decide/weapons.ts";
import { lootTable } from "../src/dungeon/generate/loot.ts";
import { plansOn } from "../src/dungeon/generate/stock.ts";
import { runicNote, thingNote } from "../src/dungeon/notes.ts";
import { defenceOf } from "../src/dungeon/reads.ts";
import { emptyRecord, openTurn } from "../src/dungeon/turn.ts";
import { give, type Packed, packed, sleeper, start, statsOf, uses, wear } from "./pack.ts";
import { game, startParty } from "./play.ts";
import { ask, delver, floorOne, pass, put, reasons, spawn } from "./scene.ts";
import { dose, kinds, soak, texts } from "./stage.ts";

type Try = (stage: Packed, item: number) => void;
const content = loadContent();

/** Every kind of thing that is used, and what comes of it. */
const TRIES: Record<string, Try> = {
  "potion-healing": ({ world, ana }, item) => {
    ana.hp = 5;
    ana.healAt = world.tick + 9999;
    dose(world, ana.id, "poisoned", 1, 9999);
    uses(world, item);
    expect([ana.hp, kinds(ana)]).toEqual([20, []]);
  },
  "potion-haste": drunk("haste"),
  "potion-might": drunk("might"),
  "potion-stoneskin": drunk("stoneskin"),
  "potion-clarity": ({ world, ana }, item) => {
    ana.resource = 0;
    ana.refreshAt = world.tick + 9999;
    uses(world, item);
    expect(ana.resource).toBe(20);
  },
  "potion-fire": thrown(({ world, x, y }) => held(world, x, y, "surface") === "fire"),
  "potion-life": ({ world, ana }, item) => {
    const before = ana.maxHp;
    uses(world, item);
    expect([ana.maxHp, ana.hp]).toEqual([before + 5, before + 5]);
  },
  "potion-invisibility": drunk("invisible"),
  "potion-sight": ({ world }, item) => {
    const far = floorOne(world).exit;
    const foe = spawn(world, "ooze", far.x, far.y, true);
    const shown = () => game.see(world, 1).things.some(([id]) => id === foe.id);
    expect(shown()).toBe(false);
    uses(world, item);
    expect(shown()).toBe(true);
  },
  "potion-fire-ward": ({ world, ana }, item) => {
    uses(world, item);
    dose(world, ana.id, "burning", 3, 200);
    ana.effects = ana.effects.map((one) => ({ ...one, nextAt: world.tick + 1 }));
    pass(world, 100);
    expect(ana.hp).toBe(ana.maxHp);
  },
  "potion-descent": ({ world, ana }, item) => {
    uses(world, item);
    expect(ana.floor).toBe(2);
  },
  "potion-frost": thrown((stage) => {
    soak(stage.world, "shallow-water", stage.x, stage.y);
    return kinds(stage.foe).includes("frozen");
  }),
  "potion-poison": thrown(({ world, x, y }) => held(world, x, y, "gas") === "poison-gas"),
  "potion-confusion": thrown(({ world, x, y }) => held(world, x, y, "gas") === "confusion-gas"),
  "potion-stupor": thrown(({ world, x, y }) => held(world, x, y, "gas") === "stupor-gas"),
  "potion-smoke": thrown(({ world, x, y }) => held(world, x, y, "gas") === "smoke"),
  "potion-blindness": thrown(({ foe }) => kinds(foe).includes("blind")),
  "potion-oil": thrown(({ world, x, y }) => held(world, x, y, "liquid") === "oil"),
  "scroll-teleport": far,
  "scroll-identify": ({ world, ana }, item) => {
    const on = give(world, ana, "dagger", {
      enchant: 2,
      runic: "thirst",
      felt: false,
      known: false,
    });
    const name = () => nameOf(world, on);
    expect(name()).toBe("dagger");
    uses(world, item, { on });
    expect(name()).toBe("+2 dagger of thirst");
  },
  "scroll-enchant": ({ world, ana }, item) => {
    const attack = () => vitalsOf(world);
    const before = attack().attack;
    uses(world, item, { on: ana.weapon });
    expect(attack().attack).toBe(before + 1);
  },
  "scroll-uncurse": ({ world, ana }, item) => {
    const on = wear(world, ana, "mace", { enchant: -2, runic: "clinging", known: true });
    const refused = reasons(pass(world, 1, ask("ana", { do: "drop", item: on })));
    expect(refused).toEqual(["The mace clings to you and does not come off."]);
    uses(world, item, { on });
    expect(statsOf(ana, on)).toMatchObject({ enchant: 0, runic: "" });
    expect(reasons(pass(world, 1, ask("ana", { do: "drop", item: on })))).toEqual([]);
  },
  "scroll-mapping": ({ world, ana }, item) => {
    const { memory, exit } = floorOne(world);
    expect(memory[exit.y * 100 + exit.x]).toBe(0);
    uses(world, item);
    expect(memory[exit.y * 100 + exit.x]).toBeGreaterThan(0);
    // R-INT-1: there is still everything to see.
    pass(world, 1, ask("ana", { do: "explore" }));
    expect(ana.intent?.is).toBe("explore");
  },
  "scroll-protection": ({ world, ana, bo }, item) => {
    uses(world, item);
    expect([kinds(ana), kinds(bo)]).toEqual([["shielded"], ["shielded"]]);
  },
  "scroll-fear": onFoe((foe) => expect(kinds(foe)).toContain("fear")),
  "scroll-slumber": ({ world, x, y }, item) => {
    const foe = spawn(world, "digger", x + 2, y);
    start(world, item);
    expect(foe.mood.is).toBe("asleep");
  },
  "scroll-negation": ({ world, ana, x, y }, item) => {
    const foe = sleeper(world, x + 2, y);
    dose(world, foe.id, "haste");
    dose(world, ana.id, "slow");
    uses(world, item);
    expect([kinds(ana), kinds(foe)]).toEqual([[], []]);
  },
  "scroll-recharging": recharged(2),
  "scroll-mending": ({ world, ana }, item) => {
    const on = give(world, ana, "long-sword", { wear: 50 });
    uses(world, item, { on });
    expect(statsOf(ana, on)?.wear).toBe(0);
  },
  "scroll-runes": ({ world, ana }, item) => {
    uses(world, item, { on: ana.weapon });
    const runic = world.book.runic(statsOf(ana, ana.weapon)?.runic ?? "");
    expect(runic).toMatchObject({ on: "weapon", good: true });
    expect(nameOf(world, ana.weapon)).toContain(` of ${runic.name}`);
  },
  "scroll-gathering": ({ world, ana, bo }, item) => {
    const { exit } = floorOne(world);
    put(world, "bo", exit.x, exit.y);
    uses(world, item);
    expect(Math.max(Math.abs(bo.x - ana.x), Math.abs(bo.y - ana.y))).toBe(1);
  },
  "scroll-divining": ({ world }, item) => {
    const lying = () => game.see(world, 1).things.length;
    const before = lying();
    uses(world, item);
    expect(lying()).toBeGreaterThan(before);
  },
  "scroll-alarm": onFoe((foe) => expect(foe.mood.is).not.toBe("asleep")),
  "scroll-summoning": ({ world }, item) => {
    start(world, item);
    expect(floorOne(world).monsters.size).toBe(2);
  },
  "wand-slow": pointed((foe) => expect(kinds(foe)).toContain("slow")),
  "wand-fire": pointed((foe, { world, x, y }) => {
    expect(foe.hp).toBeLessThan(foe.maxHp);
    expect(held(world, x + 2, y, "surface")).toBe("fire");
  }),
  "wand-lightning": pointed((foe) => expect(foe.hp).toBe(foe.maxHp - 11)),
  "wand-frost": pointed((foe) => expect(kinds(foe)).toContain("frozen")),
  "wand-sending": pointed((foe, { x }) => expect(Math.abs(foe.x - x)).toBeGreaterThan(2)),
  "wand-blinking": ({ world, ana, x, y }, item) => {
    world.known.add("wand-blinking");
    uses(world, item, { x: x + 2, y: y + 1 });
    expect([ana.x, ana.y]).toEqual([x + 2, y + 1]);
  },
  "wand-digging": ({ world, ana }, item) => {
    const level = floorOne(world);
    const wall = world.book.tileNumber("wall");
    const cell = level.tiles.findIndex(
      (tile, one) =>
        tile === wall && level.walkable[one - 1] === 1 && one % 100 < 90 && one % 100 > 8,
    );
    put(world, "ana", (cell - 1) % 100, Math.floor(cell / 100));
    world.known.add("wand-digging");
    uses(world, item, { x: ana.x + 1, y: ana.y });
    expect(level.walkable[cell]).toBe(1);
  },
  "wand-beckoning": pointed((foe, { x }) => expect(foe.x).toBe(x + 1)),
  "wand-changing": ({ world, x, y }, item) => {
    const foe = sleeper(world, x + 2, y);
    pass(world, 1, ask("ana", { do: "use", item, x: x + 2, y }));
    expect(floorOne(world).monsters.get(foe.id)?.kind.id).not.toBe("ooze");
  },
  "wand-draining": ({ world, ana, x, y }, item) => {
    ana.hp = 10;
    ana.healAt = world.tick + 9999;
    sleeper(world, x + 2, y);
    pass(world, 1, ask("ana", { do: "use", item, x: x + 2, y }));
    expect(ana.hp).toBe(16);
  },
  "wand-warding": ({ world, bo }, item) => {
    world.known.add("wand-warding");
    uses(world, item, { x: bo.x, y: bo.y });
    expect(kinds(bo)).toEqual(["shielded"]);
  },
  "wand-webs": ({ world, x, y }, item) => {
    world.known.add("wand-webs");
    uses(world, item, { x: x + 2, y });
    expect(held(world, x + 2, y, "surface")).toBe("web");
  },
  "charm-protection": rubbed("shielded"),
  "charm-health": ({ world, ana, bo }, item) => {
    for (const one of [ana, bo]) Object.assign(one, { hp: 3, healAt: world.tick + 9999 });
    uses(world, item);
    expect([ana.hp, bo.hp]).toEqual([13, 13]);
  },
  "charm-clarity": ({ world, ana }, item) => {
    Object.assign(ana, { resource: 0, refreshAt: world.tick + 9999 });
    uses(world, item);
    expect(ana.resource).toBe(12);
  },
  "charm-haste": rubbed("haste"),
  "charm-shadows": rubbed("invisible"),
  "charm-sight": rubbed("second-sight"),
  "charm-dread": onFoe((foe) => expect(kinds(foe)).toContain("fear")),
  "charm-return": far,
  "charm-cleansing": ({ world, ana, bo }, item) => {
    for (const { id } of [ana, bo]) dose(world, id, "slow");
    dose(world, ana.id, "haste");
    uses(world, item);
    expect([kinds(ana), kinds(bo)]).toEqual([["haste"], []]);
  },
  "charm-smoke": ({ world, x, y }, item) => {
    pass(world, 1, ask("ana", { do: "use", item }));
    expect(held(world, x, y, "gas")).toBe("smoke");
    pass(world, 20);
  },
  "charm-recharging": recharged(1),
};

const USED = new Set(["potion", "scroll", "wand", "charm"]);
test.each(content.items.filter(({ use }) => USED.has(use)).map((one) => [one.id, thingNote(one)]))(
  "R-ITE-3 %s: %s",
  (id) => {
    const stage = packed();
    const item = give(stage.world, stage.ana, id);
    TRIES[id]?.(stage, item);
    expect(TRIES[id]).toBeDefined();
    const left = stage.ana.pack.find((one) => one.id === item);
    if (id.startsWith("wand")) {
      expect([stage.world.known.has(id), left?.stats?.charges]).toEqual([
        true,
        freshCharges(id) - 1,
      ]);
    } else if (!id.startsWith("charm")) expect(left).toBeUndefined();
    else {
      pass(stage.world, 20);
      const refused = reasons(pass(stage.world, 1, ask("ana", { do: "use", item })));
      expect(refused).toEqual(["The charm is still cold."]);
    }
  },
);

test.each(
  content.items.filter(({ use }) => use === "weapon" || use === "armour").map(({ id }) => [id]),
)("R-ITE-4 %s: gives what its kind says, and shows it", (id) => {
  const { world, ana } = packed();
  const vitals = () => vitalsOf(world);
  Object.assign(ana, { weapon: 0, armour: 0, shield: 0 });
  const bare = vitals();
  const item = give(world, ana, id);
  uses(world, item);
  const spec = world.book.item(id);
  const now = vitals();
  if (spec.use === "weapon") expect(now.attack - bare.attack).toBe(spec.damage);
  if (spec.use === "armour") expect(now.defence - bare.defence).toBe(spec.defence);
  uses(world, item);
  expect(vitals()).toEqual(bare);
});

test("R-ITE-5: there is as much of everything as the game promises, and each can be come by", () => {
  const count = (use: string) => content.items.filter((one) => one.use === use).length;
  expect(count("potion")).toBeGreaterThanOrEqual(12);
  expect(count("scroll")).toBeGreaterThanOrEqual(12);
  expect(count("wand")).toBeGreaterThanOrEqual(8);
  expect(count("charm")).toBeGreaterThanOrEqual(8);
  expect(count("weapon") + count("armour")).toBeGreaterThanOrEqual(24);
  const book = bookOf(content);
  const floors = content.floors.map(({ floor }) => floor);
  const met = new Set(floors.flatMap((floor) => lootTable(book, floor)).map(({ spec }) => spec.id));
  // What no chance lays: what classes start with, and what is made, with its plan (R-CRA-4).
  for (const { starts } of content.classes) for (const id of starts) met.add(id);
  const laid = new Set(floors.flatMap((floor) => plansOn(book, 1, floor)));
  const bosses = new Set(content.floors.map(({ boss }) => boss));
  for (const { id, makes, source, boss = "" } of content.schematics) {
    const given = laid.has(id) || bosses.has(boss);
    if (given) met.add(`plan-${id}`);
    if (given || source === "start") met.add(makes);
  }
  const found = content.items.filter(({ use }) => use !== "key" && use !== "other");
  expect(found.filter(({ id }) => !met.has(id))).toEqual([]);
  const deep = (floor: number) =>
    lootTable(book, floor).some(({ spec }) => spec.id === "adamant-plate");
  expect([deep(3), deep(12)]).toEqual([false, true]);
});

test("R-ITE-1: looks are shuffled by the seed, differ within a family, and are the same for one seed", () => {
  const looks = (seed: number) => {
    const world = startParty(seed, 1);
    const ana = delver(world, "ana");
    ana.pack = [];
    for (const { id, use } of content.items)
      if (USED.has(use) && use !== "charm") give(world, ana, id);
    world.known.clear();
    return packOf(world).map(({ name }) => name);
  };
  expect(looks(1)).toEqual(looks(1));
  expect(looks(1)).not.toEqual(looks(2));
  expect(new Set(looks(1)).size).toBe(looks(1).length);
});

test("R-ITE-6: dropped ore lies there for anybody, and none is lost", () => {
  const { world, ana, bo, x, y } = packed();
  evolve(world, { kind: "oreGained", actor: ana.id, floor: 1, spawn: 0, amount: 5 });
  const stack = ana.ore[0]?.id ?? 0;
  pass(world, 1, ask("ana", { do: "dropOre", stack, amount: 3 }));
  const name = floorOne(world).spawns[0]?.name;
  expect(game.see(world, 1).things.map((thing) => thing[6])).toContain(`3 ${name}`);
  pass(world, 20, ask("ana", { do: "step", dir: 0 }));
  put(world, "bo", x, y);
  const restored = game.restore(game.snapshot(world));
  expect(game.snapshot(restored)).toEqual(game.snapshot(world));
  pass(world, 20, ask("bo", { do: "pickup" }));
  expect([ana.ore[0]?.amount, bo.ore.map(({ amount }) => amount)]).toEqual([2, [3]]);
});

test("R-ITE-7: a full pack takes gold and more of the same, and refuses the rest in words", () => {
  const { world, ana, x, y } = packed();
  while (ana.pack.length < world.book.content.rules.packPlaces) give(world, ana, "dagger");
  const lay = (kind: string, count = 1) => {
    const id = world.nextId;
    world.nextId += 1;
    floorOne(world).items.set(id, { id, kind, count, x, y, left: true });
  };
  lay("long-sword");
  const refused = reasons(pass(world, 1, ask("ana", { do: "pickup" })));
  expect(refused).toEqual(["Your pack is full: drop something first."]);
  lay("potion-healing", 2);
  lay("gold", 9);
  pass(world, 20, ask("ana", { do: "pickup" }));
  expect(ana.pack.find(({ kind }) => kind === "potion-healing")?.count).toBe(3);
  expect(ana.gold).toBe(9);
});

test("R-ITE-8: gear wears by blows, is told when it breaks, and then adds nothing", () => {
  const { world, ana, x, y } = packed();
  const item = wear(world, ana, "long-sword", { durability: 3 });
  const said: string[] = [];
  for (let i = 0; i < 200 && (statsOf(ana, item)?.wear ?? 0) < 3; i += 1) {
    const foe = [...floorOne(world).monsters.values()][0] ?? sleeper(world, x + 1, y);
    foe.hp = foe.maxHp;
    foe.readyAt = world.tick + 9999;
    put(world, "ana", foe.x - 1, foe.y);
    said.push(...texts(pass(world, 25, ask("ana", { do: "step", dir: 2 }))));
    for (const other of [...floorOne(world).monsters.values()].slice(1)) {
      floorOne(world).monsters.delete(other.id);
      floorOne(world).occupant[other.y * 100 + other.x] = 0;
    }
  }
  expect(said.filter((text) => text === "Your long sword is worn out.")).toHaveLength(1);
  expect(nameOf(world, item)).toBe("broken long sword");
  expect(vitalsOf(world).attack).toBe(ana.attack);
});

test("R-ITE-9: both hands are for two-handed weapons, and a shield wants one of them", () => {
  const { world, ana } = packed();
  const shield = wear(world, ana, "buckler");
  const sword = give(world, ana, "great-sword");
  const refused = () => reasons(pass(world, 20, ask("ana", { do: "use", item: sword })));
  expect(refused()).toEqual(["You need both hands for that: put the shield away first."]);
  uses(world, shield);
  expect(refused()).toEqual([]);
  expect(reasons(pass(world, 20, ask("ana", { do: "use", item: shield })))).toEqual([
    "Your weapon takes both hands.",
  ]);
});

test("R-ITE-10: a halberd reaches two cells, past a friend", () => {
  const { world, ana, bo, x, y } = packed();
  wear(world, ana, "halberd");
  put(world, "bo", x + 1, y);
  const foe = sleeper(world, x + 2, y);
  pass(world, 1, ask("ana", { do: "shoot", x: x + 2, y }));
  expect([foe.hp < foe.maxHp, bo.hp === bo.maxHp]).toEqual([true, true]);
  const far = ask("ana", { do: "shoot", x: x - 2, y: y - 2 });
  expect(reasons(pass(world, 60, far))).toEqual(["There is no enemy there."]);
});

test("R-ITE-10: axes sweep, spears pierce, rapiers lunge", () => {
  const struck = (kind: string, act: (stage: Packed) => void) => {
    const stage = packed();
    wear(stage.world, stage.ana, kind);
    const { world, x, y } = stage;
    const foes = [spawn(world, "digger", x + 1, y, true), spawn(world, "digger", x + 2, y, true)];
    foes.push(spawn(world, "digger", x + 1, y + 1, true));
    act(stage);
    return foes.map(({ hp, maxHp }) => hp < maxHp);
  };
  const strike = ({ world }: Packed) => pass(world, 1, ask("ana", { do: "step", dir: 2 }));
  expect(struck("dagger", strike)).toEqual([true, false, false]);
  expect(struck("hand-axe", strike)).toEqual([true, false, true]);
  expect(struck("spear", strike)).toEqual([true, true, false]);
  const stage = packed();
  wear(stage.world, stage.ana, "rapier");
  const foe = spawn(stage.world, "digger", stage.x + 2, stage.y, true);
  strike(stage);
  expect([stage.ana.x, foe.hp < foe.maxHp]).toEqual([stage.x + 1, true]);
});

test("R-ITE-2: a thrown javelin hits and lies on ground that one can walk to, for anybody", () => {
  const { world, ana, x, y } = packed();
  const item = give(world, ana, "javelin");
  const foe = sleeper(world, x + 2, y);
  pass(world, 1, ask("ana", { do: "throw", item, x: x + 2, y }));
  expect(foe.hp).toBeLessThan(foe.maxHp);
  const lies = [...floorOne(world).items.values()].find(({ kind }) => kind === "javelin");
  expect(lies).toMatchObject({ x: x + 2, y, left: true });
});

test("R-ITE-11: what is known asks for the right target, what is not refuses nothing by it", () => {
  const { world, ana, x, y } = packed();
  const scroll = give(world, ana, "scroll-identify");
  const wand = give(world, ana, "wand-warding");
  const refused = (item: number, more = {}) =>
    reasons(game.step(world, world.tick, [ask("ana", { do: "use", item, ...more })]))[0];
  expect(refused(scroll, { on: 99_999 })).toBe("You carry no such thing.");
  expect(refused(wand)).toBe("You see no enemy near enough.");
  world.known.add("scroll-identify").add("wand-warding");
  expect(refused(scroll)).toBe("Choose what to read it on.");
  expect(refused(scroll, { on: ana.weapon })).toBe("You know all about that already.");
  expect(refused(wand)).toBe("Point it at an ally.");
  expect(refused(wand, { x: x + 1, y })).toBe("There is no ally there.");
  const wants = packOf(world).slice(-2);
  expect(wants.map((one) => one.wants)).toEqual(["item", "ally"]);
});

type World = Packed["world"];
type Self = { vitals: { attack: number; defence: number }; pack: Shown[] };
type Shown = { id: number; name: string; wants: string };

function vitalsOf(world: World): Self["vitals"] {
  return (game.self(world, "ana") as Self).vitals;
}

function packOf(world: World): Shown[] {
  return (game.self(world, "ana") as Self).pack;
}

function nameOf(world: Packed["world"], item: number): string | undefined {
  return packOf(world).find(({ id }) => id === item)?.name;
}

function held(world: Packed["world"], x: number, y: number, layer: "liquid" | "surface" | "gas") {
  const level = floorOne(world);
  return world.book.substance(level[layer][y * 100 + x] ?? 0)?.id;
}

function freshCharges(id: string): number {
  const spec = content.items.find((one) => one.id === id);
  return spec?.use === "wand" ? spec.charges : 0;
}

function drunk(effect: string): Try {
  return ({ world, ana }, item) => {
    uses(world, item);
    expect(kinds(ana)).toContain(effect);
  };
}

function rubbed(effect: string): Try {
  return drunk(effect);
}

type Foe = ReturnType<typeof sleeper>;
/** Thrown two cells away, where an enemy sleeps. */
function thrown(holds: (stage: Packed & { foe: Foe }) => boolean): Try {
  return (stage, item) => {
    const { world, x, y } = stage;
    const foe = sleeper(world, x + 2, y);
    pass(world, 1, ask("ana", { do: "throw", item, x: x + 2, y }));
    expect(holds({ ...stage, x: x + 2, foe })).toBe(true);
  };
}

function pointed(holds: (foe: Foe, stage: Packed) => void): Try {
  return (stage, item) => {
    const { world, x, y } = stage;
    const foe = spawn(world, "digger", x + 2, y, true);
    pass(world, 1, ask("ana", { do: "use", item, x: x + 2, y }));
    holds(foe, stage);
  };
}

function onFoe(holds: (foe: Foe) => void): Try {
  return ({ world, x, y }, item) => {
    const foe = spawn(world, "digger", x + 2, y, true);
    start(world, item);
    holds(foe);
  };
}

function recharged(charges: number): Try {
  return ({ world, ana }, item) => {
    const wand = give(world, ana, "wand-fire", { charges: 0 });
    uses(world, item);
    expect(statsOf(ana, wand)?.charges).toBe(charges);
  };
}

function far({ world, ana, x, y }: Packed, item: number): void {
  uses(world, item);
  expect(Math.max(Math.abs(ana.x - x), Math.abs(ana.y - y))).toBeGreaterThan(2);
}

/** What some blows at a sleeper take in all, with a weapon brought to an attack of 20. */
function taken(weapon: string, kind: string): number {
  const { world, ana, x, y } = packed();
  ana.attack = 20;
  wear(world, ana, weapon, { damage: -weaponDamage(weapon), durability: 0 });
  const foe = spawn(world, kind, x + 1, y, true);
  Object.assign(foe, { maxHp: 5000, hp: 5000 });
  for (let i = 0; i < 12; i += 1) {
    foe.mood = { is: "asleep" };
    Object.assign(ana, { readyAt: world.tick, hp: ana.maxHp, healAt: 0, effects: [] });
    foe.readyAt = world.tick + 99;
    pass(world, 1, ask("ana", { do: "step", dir: 2 }));
  }
  return 5000 - foe.hp;
}

function weaponDamage(id: string): number {
  const spec = content.items.find((one) => one.id === id);
  return spec?.use === "weapon" ? spec.damage : 0;
}

test("R-ITE-10: what assassinates hits sleepers half as hard again as other weapons do", () => {
  const times = taken("dagger", "digger") / taken("short-sword", "digger");
  expect([times > 1.4, times < 1.7]).toEqual([true, true]);
});

test("R-ITE-10: half of what guards a target counts against what crushes", () => {
  expect(taken("mace", "anvil-ox")).toBeGreaterThan(taken("long-sword", "anvil-ox"));
  const { world, ana } = packed();
  const foe = spawn(world, "anvil-ox", ana.x + 1, ana.y, true);
  const full = defenceOf(world, foe);
  expect(guardOf(world, ana, foe)).toBe(full);
  wear(world, ana, "mace");
  expect([full > 1, guardOf(world, ana, foe)]).toEqual([true, Math.floor(full / 2)]);
});

test("R-ITE-3: a thing is unknown until it is used, and then the whole party knows it", () => {
  const { world, ana, bo } = packed();
  world.known.delete("potion-might");
  const [mine, theirs] = [give(world, ana, "potion-might"), give(world, bo, "potion-might")];
  const shown = () =>
    (game.self(world, "bo") as Self).pack.find(({ id }) => id === theirs)?.name ?? "";
  expect(shown()).not.toContain("might");
  uses(world, mine);
  expect(shown()).toContain("might");
});

test("R-ITE-14: reading takes a while in which one may be struck, and who walks off has not read", () => {
  const { world, ana, x, y } = packed();
  const { readMs } = world.book.content.rules;
  const scroll = give(world, ana, "scroll-protection");
  const read = ask("ana", { do: "use", item: scroll });
  const has = () => ana.pack.some(({ id }) => id === scroll);
  pass(world, 1, read);
  const busy = { what: "reading", fromMs: world.tick * 20, untilMs: world.tick * 20 + readMs };
  expect([game.self(world, "ana")?.busy, has(), kinds(ana)]).toEqual([busy, true, []]);
  expect(reasons(pass(world, 1, read))).toEqual(["You are reading it already."]);
  pass(world, 1, ask("ana", { do: "step", dir: 2 }));
  pass(world, 100);
  expect([ana.act, has(), kinds(ana)]).toEqual([undefined, true, []]);
  pass(world, 1, read);
  openTurn(world, emptyRecord()).hurt(0, ana, 1, "trap");
  pass(world, readMs / 20 - 1);
  expect([has(), kinds(ana)]).toEqual([true, []]);
  pass(world, 1);
  expect([has(), kinds(ana)]).toEqual([false, ["shielded"]]);
  expect([ana.x, ana.y]).toEqual([x + 1, y]);
});

test("R-ITE-14: what cannot be read any more at the end is not used up", () => {
  const { world, ana, bo } = packed();
  world.known.add("scroll-enchant");
  const scroll = give(world, ana, "scroll-enchant");
  const sword = ana.weapon;
  pass(world, 1, ask("ana", { do: "use", item: scroll, on: sword }));
  const theirs = { to: "bo", ore: [], gold: 0 };
  expect(reasons(pass(world, 1, ask("ana", { do: "offer", items: [scroll], ...theirs })))).toEqual([
    "Ana is reading that.",
  ]);
  evolve(world, { kind: "offered", actor: ana.id, to: bo.id, items: [sword], ore: [], gold: 0 });
  const [offer] = [...world.offers.keys()];
  evolve(world, { kind: "traded", offer: offer ?? 0 });
  pass(world, 100);
  expect([ana.act, ana.pack.some(({ id }) => id === scroll)]).toEqual([undefined, true]);
  expect(bo.pack.find(({ id }) => id === sword)?.stats?.enchant).toBe(0);
});

test("R-ITE-3: every note has the numbers of its rule and no others, a charm's by its plus", () => {
  for (const spec of content.items) {
    expect(thingNote(spec)).not.toMatch(/[{}]/);
    // What a plan is about is put into words from its schematic.
    if (spec.use === "plan" || spec.use === "other") continue;
    expect([spec.id, spec.note.replace("+0", "")]).toEqual([
      spec.id,
      expect.not.stringMatching(/[0-9]/),
    ]);
  }
  for (const spec of content.runics) {
    expect(runicNote(spec)).not.toMatch(/[{}]/);
    expect(spec.note).not.toMatch(/[0-9]/);
  }
  const { world, ana } = packed();
  const item = give(world, ana, "charm-health", { enchant: 2 });
  const told = () => {
    const pack = game.self(world, "ana")?.pack as { id: number; note: string }[];
    return pack.find(({ id }) => id === item)?.note;
  };
  const shown = Number(/every ([0-9.]+) s/.exec(told() ?? "")?.[1]);
  pass(world, 1, ask("ana", { do: "use", item }));
  const restMs = ((statsOf(ana, item)?.readyAt ?? 0) - world.tick) * 20;
  expect(Math.abs(restMs - shown * 1000)).toBeLessThanOrEqual(60);
});
