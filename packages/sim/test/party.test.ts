import { type DungeonWorld, evolve } from "@underlode/sim";
import { expect, test } from "vitest";
import { freeNear } from "../src/dungeon/reads.ts";
import { emptyRecord, openTurn } from "../src/dungeon/turn.ts";
import { give, wear } from "./pack.ts";
import { game, startParty } from "./play.ts";
import { ask, delver, floorOne, openSpot, pass, put, quietParty, reasons, spawn } from "./scene.ts";

const texts = (outcome: { lines: readonly { text: string }[] }) =>
  outcome.lines.map(({ text }) => text);

/** A party side by side on open ground. */
function crew(size: number, rules: Record<string, number> = {}) {
  const world = startParty(21, size, rules);
  const level = floorOne(world);
  for (const monster of [...level.monsters.keys()]) {
    evolve(world, { kind: "slain", actor: 0, monster });
  }
  level.items.clear();
  level.fixtures.clear();
  for (const layer of [level.liquid, level.surface, level.gas]) layer.fill(0);
  level.stirs.clear();
  level.stirAt = 0;
  const spot = openSpot(world);
  const names = ["ana", "bo", "cleo", "dov"].slice(0, size);
  for (const [index, name] of names.entries()) put(world, name, spot.x - 1 + index, spot.y);
  return { world, level, ...spot };
}

function drop(world: DungeonWorld, item: string, x: number, y: number): number {
  const id = world.nextId;
  evolve(world, { kind: "laid", floor: 1, x, y, item, count: 1 });
  return id;
}

function carries(world: DungeonWorld, player: string, kind: string): boolean {
  return delver(world, player).pack.some((row) => row.kind === kind);
}

function fell(world: DungeonWorld, player: string): void {
  const { id, hp } = delver(world, player);
  evolve(world, { kind: "hit", actor: 0, target: id, amount: hp, how: "fire" });
  evolve(world, { kind: "downed", actor: id, until: world.tick + 1000 });
}

test("R-PAR-1 need before greed: who needs a thing gets it, though another found it", () => {
  const { world, x, y } = crew(3);
  drop(world, "long-sword", x - 1, y);
  pass(world, 1, ask("ana", { do: "pickup" }));
  const [prompt] = [...world.prompts.keys()];
  expect(game.self(world, "bo")?.prompts).toMatchObject([{ id: prompt, kind: "loot" }]);
  pass(world, 1, ask("bo", { do: "vote", prompt: prompt ?? 0, vote: "greed" }));
  pass(world, 1, ask("cleo", { do: "vote", prompt: prompt ?? 0, vote: "need" }));
  expect(carries(world, "cleo", "long-sword")).toBe(false);
  pass(world, 1, ask("ana", { do: "vote", prompt: prompt ?? 0, vote: "greed" }));
  expect([carries(world, "cleo", "long-sword"), world.prompts.size]).toEqual([true, 0]);
});

test("R-PAR-1: nobody answers, nothing blocks, and after 15 s the finder has it", () => {
  const { world, x, y } = crew(2);
  drop(world, "long-sword", x - 1, y);
  pass(world, 1, ask("ana", { do: "pickup" }));
  pass(world, 20, ask("ana", { do: "step", dir: 0 }));
  expect(delver(world, "ana").y).toBe(y - 1);
  pass(world, 720);
  expect(carries(world, "ana", "long-sword")).toBe(false);
  pass(world, 20);
  expect(carries(world, "ana", "long-sword")).toBe(true);
});

test("R-PAR-1: what all pass on lies there again, and is then anybody's", () => {
  const { world, level, x, y } = crew(2);
  const id = drop(world, "long-sword", x - 1, y);
  pass(world, 1, ask("ana", { do: "pickup" }));
  const prompt = [...world.prompts.keys()][0] ?? 0;
  const vote = { do: "vote" as const, prompt, vote: "pass" as const };
  pass(world, 20, ask("ana", vote), ask("bo", vote));
  expect(level.items.get(id)?.left).toBe(true);
  pass(world, 1, ask("ana", { do: "pickup" }));
  expect(carries(world, "ana", "long-sword")).toBe(true);
});

test("R-PAR-1: round robin gives to each in turn, free for all to who picks up", () => {
  const robin = crew(2, { lootRule: 1 });
  for (const kind of ["long-sword", "mace"]) {
    drop(robin.world, kind, robin.x - 1, robin.y);
    pass(robin.world, 30, ask("ana", { do: "pickup" }));
  }
  expect(carries(robin.world, "ana", "long-sword")).toBe(true);
  expect(carries(robin.world, "bo", "mace")).toBe(true);
  const free = crew(2, { lootRule: 2 });
  drop(free.world, "long-sword", free.x, free.y);
  pass(free.world, 1, ask("bo", { do: "pickup" }));
  expect(carries(free.world, "bo", "long-sword")).toBe(true);
});

test("R-PAR-2: a member's blast spares the others unless friendly fire is on", () => {
  for (const friendlyFire of [0, 1]) {
    const { world, x, y } = crew(2, { friendlyFire });
    const bo = delver(world, "bo");
    const ana = delver(world, "ana");
    const foe = spawn(world, "rat", x + 1, y);
    pass(world, 1, { kind: "presence", player: "bo", presence: "away" });
    evolve(world, { kind: "hit", actor: ana.id, target: foe.id, amount: 0, how: "blow" });
    const before = bo.hp;
    hurtBy(world, ana.id, bo.id);
    expect(bo.hp < before).toBe(friendlyFire === 1);
  }
});

test("R-PAR-2: with friendly fire a cleave hits whoever stands beside", () => {
  for (const friendlyFire of [0, 1]) {
    const { world, x, y } = crew(2, { friendlyFire });
    const bo = delver(world, "bo");
    for (let i = 0; i < 5; i += 1) {
      spawn(world, "ooze", x - 1, y - 1, true);
      delver(world, "ana").resource = 20;
      game.step(world, world.tick + 400, [ask("ana", { do: "ability", slot: 1 })]);
      for (const monster of [...floorOne(world).monsters.keys()]) {
        evolve(world, { kind: "slain", actor: 0, monster });
      }
    }
    expect(bo.deeds.taken > 0).toBe(friendlyFire === 1);
  }
});

test("R-PAR-3: a trade changes hands whole, in reach, when it is accepted", () => {
  const { world, level } = crew(3);
  const ana = delver(world, "ana");
  ana.gold = 30;
  evolve(world, { kind: "oreGained", actor: ana.id, floor: 1, spawn: 0, amount: 5 });
  const stack = ana.ore[0]?.id ?? 0;
  const sword = ana.weapon;
  const offer = { do: "offer" as const, to: "bo", items: [sword], ore: [{ stack, amount: 2 }] };
  expect(reasons(pass(world, 1, ask("ana", { ...offer, gold: 31 })))).toEqual([
    "Ana does not have that much gold.",
  ]);
  pass(world, 1, ask("ana", { ...offer, gold: 10 }));
  const id = [...world.offers.keys()][0] ?? 0;
  expect(game.self(world, "bo")?.offers).toMatchObject([{ id, mine: false, gold: 10 }]);
  expect(game.self(world, "cleo")?.offers).toEqual([]);
  expect(reasons(pass(world, 1, ask("cleo", { do: "acceptOffer", offer: id })))).toHaveLength(1);
  pass(world, 1, ask("bo", { do: "acceptOffer", offer: id }));
  expect([ana.gold, ana.weapon, ana.ore[0]?.amount]).toEqual([20, 0, 3]);
  expect(delver(world, "bo")).toMatchObject({ gold: 10, ore: [{ spawn: 0, amount: 2 }] });
  expect(carries(world, "bo", "short-sword")).toBe(true);
  put(world, "bo", level.exit.x, level.exit.y);
  const far = pass(world, 1, ask("bo", { do: "offer", to: "ana", items: [], ore: [], gold: 1 }));
  expect(reasons(far)).toEqual(["Ana is too far away to trade."]);
});

test("R-PAR-3: an offer whose goods are gone is refused, and either side cancels it", () => {
  const { world } = crew(2);
  delver(world, "ana").gold = 5;
  const gift = { do: "offer" as const, to: "bo", items: [], ore: [], gold: 5 };
  pass(world, 1, ask("ana", gift));
  const [first] = [...world.offers.keys()];
  delver(world, "ana").gold = 4;
  const accept = ask("bo", { do: "acceptOffer", offer: first ?? 0 });
  expect(reasons(pass(world, 1, accept))).toEqual(["Ana does not have that much gold."]);
  pass(world, 1, ask("bo", { do: "cancelOffer", offer: first ?? 0 }));
  expect(world.offers.size).toBe(0);
});

test("R-PAR-3: what clings, what is worked on and what all need does not change hands", () => {
  const { world } = crew(2);
  const [ana, bo] = [delver(world, "ana"), delver(world, "bo")];
  const refused = (items: number[], ore: { stack: number; amount: number }[] = []) =>
    reasons(pass(world, 1, ask("ana", { do: "offer", to: "bo", items, ore, gold: 0 })));
  const runic = world.book.content.runics.find(({ does }) => does.kind === "clings")?.id ?? "";
  const cursed = wear(world, ana, "mace", { runic });
  expect(refused([cursed])).toEqual(["The mace clings to Ana and does not come off."]);
  // In the pack it clings to nobody.
  const loose = give(world, ana, "mace", { runic });
  expect(refused([loose])).toEqual([]);
  const torn = give(world, ana, "long-sword");
  ana.act = { is: "repairing", item: torn, kit: false, from: world.tick, until: 9_999 };
  expect(refused([torn])).toEqual(["Ana is mending that."]);
  evolve(world, { kind: "oreGained", actor: ana.id, floor: 1, spawn: 0, amount: 5 });
  const ore = [{ stack: ana.ore[0]?.id ?? 0, amount: 2 }];
  const order = { schematic: "x", ore };
  ana.act = { is: "crafting", order, from: world.tick, until: 9_999 };
  expect(refused([], ore)).toEqual(["Ana is forging with that ore."]);
  ana.act = undefined;
  const key = give(world, ana, "vault-key");
  expect(refused([key])).toEqual([]);
  Object.assign(bo, { hired: true });
  expect(refused([key])).toEqual(["Companions leave the vault key to you."]);
  expect([bo.pack.some(({ id }) => id === key), ana.weapon]).toEqual([false, cursed]);
});

test("R-PAR-4: at the gate companions fill a party of four for nothing, then they cost gold", () => {
  const world = quietParty(1);
  const ana = delver(world, "ana");
  for (const kind of ["healer", "ranger", "mage"]) {
    expect(reasons(pass(world, 1, ask("ana", { do: "hire", class: kind })))).toEqual([]);
  }
  const fifth = ask("ana", { do: "hire", class: "rogue" });
  expect(reasons(pass(world, 1, fifth))).toEqual(["That takes 100 gold."]);
  ana.gold = 120;
  pass(world, 1, fifth);
  expect([ana.gold, world.delvers.size]).toEqual([20, 5]);
  expect(reasons(pass(world, 1, fifth))).toEqual(["No more companions will follow you."]);
  expect(game.crew(world).filter(({ hired }) => hired === true)).toHaveLength(4);
  expect(startParty(3, 1, { companions: 3 }).delvers.size).toBe(4);
});

test("R-PAR-5: companions keep with the leader, fight, and lift who is down", () => {
  const world = quietParty(1);
  floorOne(world).items.clear();
  pass(world, 1, ask("ana", { do: "hire", class: "rogue" }));
  const pal = [...world.delvers.values()].find(({ hired }) => hired);
  const start = { x: delver(world, "ana").x, y: delver(world, "ana").y };
  pass(world, 1, ask("ana", { do: "explore" }));
  pass(world, 400);
  pass(world, 1, ask("ana", { do: "wait" }));
  pass(world, 100);
  const { x, y } = delver(world, "ana");
  const gap = (to: { x: number; y: number }) => Math.max(Math.abs(x - to.x), Math.abs(y - to.y));
  expect(gap(start)).toBeGreaterThan(5);
  expect(gap(pal ?? start)).toBeLessThan(5);
  const [spot] = freeNear(floorOne(world), { x, y }, 3);
  const foe = spawn(world, "rat", spot?.x ?? 0, spot?.y ?? 0);
  for (let i = 0; i < 60; i += 1) pass(world, 10);
  expect([...floorOne(world).monsters.keys()]).not.toContain(foe.id);
  fell(world, "ana");
  pass(world, 300);
  expect(delver(world, "ana").condition.is).toBe("up");
});

test("R-PAR-5: a companion drinks when weak, and follows over the stairs", () => {
  const world = startParty(21, 1, { companions: 1 });
  for (const monster of [...floorOne(world).monsters.keys()]) {
    evolve(world, { kind: "slain", actor: 0, monster });
  }
  const pal = [...world.delvers.values()].find(({ hired }) => hired);
  if (pal === undefined) throw new Error("nobody was hired");
  evolve(world, { kind: "hit", actor: 0, target: pal.id, amount: pal.hp - 3, how: "fire" });
  pass(world, 30);
  expect(pal.hp).toBeGreaterThan(8);
  const { exit } = floorOne(world);
  put(world, "ana", exit.x, exit.y);
  put(world, pal.player, exit.x - 1, exit.y);
  pass(world, 1, ask("ana", { do: "stairs" }));
  expect(delver(world, "ana").floor).toBe(2);
  for (let i = 0; i < 30 && pal.floor === 1; i += 1) game.step(world, world.tick + 10, []);
  expect(pal.floor).toBe(2);
});

test("R-PAR-5: a mind plays who is away at once, and gives back the same place on return", () => {
  const { world, x, y } = crew(1);
  const ana = delver(world, "ana");
  const foe = spawn(world, "rat", x + 2, y);
  pass(world, 1, { kind: "presence", player: "ana", presence: "away" });
  pass(world, 300);
  expect(foe.hp <= 0 || ana.deeds.dealt > 0).toBe(true);
  pass(world, 1, { kind: "presence", player: "ana", presence: "online" });
  pass(world, 40);
  const here = ana.x;
  expect(reasons(pass(world, 30, ask("ana", { do: "step", dir: 2 })))).toEqual([]);
  expect([ana.away, here]).toEqual([false, here]);
});

test("R-PAR-6: what one kills, all who have a body learn from, and rise by", () => {
  const { world, x, y } = crew(3);
  const bo = delver(world, "bo");
  evolve(world, { kind: "learned", actor: bo.id, xp: 39 });
  const foe = spawn(world, "rat", x - 1, y + 1, true);
  evolve(world, { kind: "hit", actor: 0, target: foe.id, amount: foe.hp - 1, how: "blow" });
  const { maxHp, attack } = bo;
  pass(world, 1, ask("ana", { do: "step", dir: 4 }));
  expect(["ana", "cleo"].map((who) => delver(world, who).xp)).toEqual([foe.kind.xp, foe.kind.xp]);
  expect([bo.level, bo.maxHp - maxHp, bo.attack - attack]).toEqual([2, 4, 1]);
});

test("R-PAR-7: in a hardcore run the first death of a member ends it", () => {
  for (const hardcore of [0, 1]) {
    const { world } = crew(2, { hardcore });
    fell(world, "bo");
    pass(world, 1001);
    expect(delver(world, "bo").condition.is).toBe("dead");
    expect(game.ended(world)?.outcome).toBe(hardcore === 1 ? "defeat" : undefined);
  }
});

test("R-PAR-8: the dead see what the party sees and can do nothing until they are raised", () => {
  const { world } = crew(2);
  fell(world, "bo");
  pass(world, 1001);
  expect(game.floorOf(world, "bo")).toBe(1);
  expect(reasons(pass(world, 1, ask("bo", { do: "pause" })))).toEqual(["You are dead."]);
  expect(reasons(pass(world, 1, ask("bo", { do: "wait" })))).toEqual(["You are dead."]);
});

test("R-TIME-3: three pauses a floor, five seconds between two, and all who live are waited for", () => {
  const { world } = crew(2);
  const call = () => reasons(game.step(world, game.tick(world) + 1, [ask("ana", { do: "pause" })]));
  const ready = (who: string) => game.step(world, game.tick(world), [ask(who, { do: "ready" })]);
  expect(call()).toEqual([]);
  fell(world, "bo");
  ready("ana");
  expect(world.pause).toBeDefined();
  ready("bo");
  expect(world.pause).toBeUndefined();
  expect(call()).toEqual(["It is too soon for another pause."]);
  for (let i = 0; i < 2; i += 1) {
    game.step(world, game.tick(world) + 260, []);
    expect(call()).toEqual([]);
    for (const who of ["ana", "bo"]) ready(who);
  }
  game.step(world, game.tick(world) + 260, []);
  expect(call()).toEqual(["No pauses are left on this floor."]);
});

test("R-TIME-3: a pause ends by itself after 30 s, and trades wait until then", () => {
  const { world } = crew(2);
  game.step(world, 1, [ask("ana", { do: "pause" })]);
  const gift = { do: "offer" as const, to: "bo", items: [delver(world, "ana").weapon], ore: [] };
  const outcome = game.step(world, 2, [ask("ana", { ...gift, gold: 0 })]);
  expect(reasons(outcome)).toEqual(["The world stands still."]);
  expect(texts(game.step(world, 1501, []))).toContain("Time goes on.");
});

function hurtBy(world: DungeonWorld, by: number, target: number): void {
  const turn = openTurn(world, emptyRecord());
  const whom = world.delvers.get(target);
  if (whom !== undefined) turn.hurt(by, whom, 5, "blast");
}
