import { evolve } from "@underlode/sim";
import { expect, test } from "vitest";
import { shock } from "../src/dungeon/decide/shock.ts";
import { emptyRecord, openTurn } from "../src/dungeon/turn.ts";
import { give, wear } from "./pack.ts";
import { game } from "./play.ts";
import { ask, delver, floorOne, pass, put, quietParty, reasons, spawn } from "./scene.ts";
import { kinds } from "./stage.ts";

/** An enemy two cells east of Ana, with Bo and a freed captive beside it. */
function stage(kind: string, friendlyFire: number) {
  const players = [
    { id: "ana", name: "Ana", class: kind },
    { id: "bo", name: "Bo", class: "healer" },
  ];
  const rules = { friendlyFire };
  const world = quietParty(2, 21, game.start({ seed: 21, tickRate: 50, players, rules }));
  const level = floorOne(world);
  for (const each of [level.fixtures, level.items]) each.clear();
  for (const layer of [level.liquid, level.surface, level.gas]) layer.fill(0);
  level.stirs.clear();
  level.stirAt = 0;
  const { x, y } = openRow(world);
  put(world, "ana", x, y);
  put(world, "bo", x + 2, y + 1);
  const foe = spawn(world, "digger", x + 2, y);
  const pet = spawn(world, "digger", x + 2, y - 1);
  const [ana, bo] = [delver(world, "ana"), delver(world, "bo")];
  evolve(world, {
    ...{ kind: "felt", actor: pet.id },
    mood: { is: "allied", leader: ana.id, until: 0 },
  });
  for (const one of [foe, pet]) Object.assign(one, { hp: 5000, maxHp: 5000, readyAt: 1_000_000 });
  bo.readyAt = 1_000_000;
  Object.assign(bo, { hp: 500, maxHp: 500 });
  const turn = () => openTurn(world, emptyRecord());
  return { world, level, ana, bo, foe, pet, x, y, turn };
}
type Stage = ReturnType<typeof stage>;

function openRow(world: Stage["world"]): { x: number; y: number } {
  const level = floorOne(world);
  for (let y = 2; y < level.height - 2; y += 1) {
    for (let x = 2; x < level.width - 6; x += 1) {
      const cells = Array.from(
        { length: 18 },
        (_, i) => (y - 1 + Math.floor(i / 6)) * level.width + x + (i % 6),
      );
      if (cells.every((cell) => level.walkable[cell] === 1 && level.occupant[cell] === 0))
        return { x, y };
    }
  }
  throw new Error("no open row");
}

const ready = ({ world, ana }: Stage): void => {
  Object.assign(ana, { cooldowns: {}, resource: ana.class.resource.max, refreshAt: 0 });
  ana.readyAt = world.tick;
};
const hurl = (stage: Stage, item: string, at: { x: number; y: number }) => {
  const id = give(stage.world, stage.ana, item);
  return pass(stage.world, 1, ask("ana", { do: "throw", item: id, x: at.x, y: at.y }));
};

/** What a member may do that could reach a friend, by what they are; done until it told. */
const deeds: Record<string, { by: string; do(stage: Stage): unknown }> = {
  "chain lightning": {
    by: "mage",
    do: ({ world, foe }) =>
      pass(world, 1, ask("ana", { do: "ability", slot: 3, x: foe.x, y: foe.y })),
  },
  "a weapon thrown at them": {
    by: "rogue",
    do: (stage) => [
      hurl(stage, "dagger", stage.bo),
      ready(stage),
      hurl(stage, "dagger", stage.pet),
    ],
  },
  "a potion that blinds": { by: "mage", do: (stage) => hurl(stage, "potion-blindness", stage.foe) },
  "a wand pointed at them": {
    by: "mage",
    do: (stage) => {
      for (const { x, y } of [stage.bo, stage.pet]) {
        const item = give(stage.world, stage.ana, "wand-lightning", { charges: 2 });
        ready(stage);
        // Known, it is pointed at enemies only.
        stage.world.known.delete("wand-lightning");
        pass(stage.world, 1, ask("ana", { do: "use", item, x, y }));
      }
    },
  },
  "a blast": {
    by: "mage",
    do: ({ turn, ana, bo, pet }) => [bo, pet].map((one) => turn().hurt(ana.id, one, 5, "blast")),
  },
  "the splinters of Shatter": {
    by: "warrior",
    do({ world, ana, foe, x, y }) {
      put(world, "ana", x + 1, y);
      foe.effects = [{ kind: "frozen", power: 1, stacks: 1, until: 9_000, nextAt: 0, by: 0 }];
      pass(world, 1, ask("ana", { do: "step", dir: 2 }));
      put(world, "ana", x, y);
      expect(ana.hp).toBe(ana.maxHp);
    },
  },
  "the burst of venom": {
    by: "mage",
    do({ turn, ana, foe }) {
      foe.effects = [{ kind: "venom", power: 1, stacks: 2, until: 9_000, nextAt: 9_000, by: 0 }];
      turn().hurt(ana.id, foe, 1, "firebolt");
    },
  },
  "the sweep of a weapon": {
    by: "warrior",
    do({ world, ana, x, y }) {
      wear(world, ana, sweeper(world));
      put(world, "ana", x + 1, y);
      pass(world, 1, ask("ana", { do: "step", dir: 2 }));
      put(world, "ana", x, y);
    },
  },
};

const sweeper = ({ book }: Stage["world"]): string => {
  const found = [...book.content.items].find(
    (spec) => spec.use === "weapon" && spec.traits.includes("sweeps"),
  );
  if (found === undefined) throw new Error("nothing sweeps");
  return found.id;
};

test.each(Object.entries(deeds))(
  "R-PAR-2: %s passes friends by unless there is friendly fire",
  (_, deed) => {
    for (const friendlyFire of [0, 1]) {
      const one = stage(deed.by, friendlyFire);
      const { bo, pet } = one;
      for (let i = 0; i < 12; i += 1) {
        ready(one);
        deed.do(one);
        pass(one.world, 60);
      }
      const isHarmed = (taken: number, friend: typeof bo | typeof pet) =>
        taken > 0 || kinds(friend).includes("blind");
      // Bo mends by himself; the captive does not.
      const harmed = [isHarmed(bo.deeds.taken, bo), isHarmed(pet.maxHp - pet.hp, pet)];
      expect(harmed).toEqual([friendlyFire === 1, friendlyFire === 1]);
    }
  },
);

test("R-PAR-2: what an ally blows up with spares friends unless there is friendly fire", () => {
  for (const friendlyFire of [0, 1]) {
    const { world, bo, foe, pet, level, turn } = stage("ranger", friendlyFire);
    // By when it bursts, it is dead, and no more to be found on the floor.
    evolve(world, { kind: "slain", actor: 0, monster: pet.id });
    expect(level.monsters.has(pet.id)).toBe(false);
    shock(turn(), pet, 2, 7, "blast");
    expect([foe.hp, bo.hp]).toEqual([4993, friendlyFire === 1 ? 493 : 500]);
  }
});

test("R-PAR-2: a friend in the way of a shot bars it, or with friendly fire is hit", () => {
  for (const friendlyFire of [0, 1]) {
    const one = stage("ranger", friendlyFire);
    const { world, bo, foe, x, y } = one;
    put(world, "bo", x + 3, y + 1);
    evolve(world, { kind: "moved", actor: foe.id, x: x + 4, y });
    put(world, "bo", x + 2, y);
    const told: string[] = [];
    for (let i = 0; i < 12; i += 1) {
      ready(one);
      told.push(...reasons(pass(world, 1, ask("ana", { do: "shoot", x: foe.x, y: foe.y }))));
    }
    expect(bo.deeds.taken > 0).toBe(friendlyFire === 1);
    expect(new Set(told)).toEqual(new Set(friendlyFire === 1 ? [] : ["Bo is in the way."]));
    ready(one);
    expect(reasons(pass(world, 1, ask("ana", { do: "attackNearest" })))).toEqual([
      "Bo is in the way.",
    ]);
  }
});

test("R-PAR-2: nobody is spared their own blast, and fire on the ground spares no friend", () => {
  const { ana, pet, turn } = stage("ranger", 0);
  turn().hurt(ana.id, ana, 5, "blast");
  expect(ana.hp).toBe(ana.maxHp - 5);
  turn().hurt(ana.id, pet, 5, "fire");
  expect(pet.hp).toBe(pet.maxHp - 5);
});
