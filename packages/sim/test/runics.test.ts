import { loadContent } from "@underlode/content";
import { expect, test } from "vitest";
import { give, type Packed, packed, statsOf, uses, wear } from "./pack.ts";
import { game } from "./play.ts";
import { ask, floorOne, pass, put, reasons, spawn } from "./scene.ts";
import { kinds } from "./stage.ts";

const { runics } = loadContent();
type Foe = ReturnType<typeof spawn>;
type Seen = Packed & { readonly foe: Foe; readonly other: Foe };

/** What shows within some blows; `true` ends the trial. */
const SHOWS: Record<string, (seen: Seen) => boolean> = {
  slowing: ({ foe }) => kinds(foe).includes("slow"),
  winter: ({ foe }) => kinds(foe).includes("frozen"),
  dread: ({ foe }) => kinds(foe).includes("fear"),
  speed: ({ world, ana }) => ana.readyAt === world.tick + 1,
  quietus: ({ foe }) => foe.hp === 0,
  thirst: ({ ana }) => ana.deeds.healed > 0,
  arcs: ({ other }) => other.hp < other.maxHp,
  force: ({ foe, x }) => foe.x > x + 1,
  mercy: ({ ana }) => statsOf(ana, ana.weapon)?.known === true,
  plenty: ({ world }) => floorOne(world).monsters.size > 2,
  clamour: ({ other }) => other.mood.is !== "asleep",
  thorns: ({ ana }) => ana.deeds.dealt > 0,
  absorbing: ({ ana }) => known(ana),
  breath: ({ ana }) => known(ana),
  embers: ({ ana }) => known(ana),
  stepping: ({ ana, x, y }) => ana.x !== x || ana.y !== y,
  fellowship: ({ bo }) => bo.hp < bo.maxHp,
  frailty: ({ ana }) => known(ana),
  kindling: ({ world, x, y }) => {
    const number = floorOne(world).surface[y * 100 + x] ?? 0;
    return world.book.substance(number)?.id === "fire";
  },
  burden: ({ ana }) => kinds(ana).includes("slow"),
  beacon: ({ ana, foe }) => (foe.threat[ana.id] ?? 0) >= 5,
};

function known(ana: Packed["ana"]): boolean {
  return statsOf(ana, ana.armour)?.known === true;
}

test("R-ITE-12: there are runics good and bad, of weapons and of armour", () => {
  expect(runics.length).toBeGreaterThanOrEqual(16);
  for (const on of ["weapon", "armour"]) {
    const sorts = runics.filter((one) => one.on === on).map(({ good }) => good);
    expect(new Set(sorts).size).toBe(2);
  }
});

test.each(runics.filter(({ id }) => id !== "clinging").map(({ id, note }) => [id, note]))(
  "R-ITE-12 %s: %s",
  (id) => {
    const runic = runics.find((one) => one.id === id);
    const stage = packed();
    const { world, ana, x, y } = stage;
    const item = wear(world, ana, runic?.on === "weapon" ? "long-sword" : "ring-mail", {
      runic: id,
      known: false,
      durability: 9999,
    });
    const shows = SHOWS[id];
    if (shows === undefined) throw new Error(`nobody tries ${id}`);
    const other = spawn(world, "ooze", x + 2, y + 2, true);
    let shown = false;
    for (let i = 0; i < 150 && !shown; i += 1) {
      const foe = fresh(stage);
      const outcome = trial(stage, foe, runic?.on ?? "weapon", id);
      shown = shows({ ...stage, foe, other }) || (id === "quietus" && outcome.includes("kills"));
    }
    expect(shown).toBe(true);
    expect(statsOf(ana, item)?.known).toBe(true);
  },
);

/** A foe beside a hale bearer, both ready. */
function fresh({ world, ana, bo, x, y }: Packed): Foe {
  const level = floorOne(world);
  for (const one of [...level.monsters.values()]) {
    if (one.kind.id === "ooze") continue;
    level.monsters.delete(one.id);
    level.occupant[one.y * 100 + one.x] = 0;
  }
  if (ana.x !== x || ana.y !== y) put(world, "ana", x, y);
  Object.assign(ana, { hp: ana.maxHp - 1, healAt: world.tick + 99_999, effects: [] });
  ana.readyAt = world.tick;
  Object.assign(bo, { hp: bo.maxHp, healAt: 0 });
  const foe = spawn(world, "digger", x + 1, y);
  foe.maxHp = 500;
  foe.hp = 499;
  return foe;
}

/** One blow of the bearer, or of the foe. */
function trial({ world, ana }: Packed, foe: Foe, on: "weapon" | "armour", id: string): string {
  if (id === "breath" || id === "embers") {
    const kind = id === "breath" ? "poisoned" : "burning";
    const due = { stacks: 1, until: world.tick + 60, nextAt: world.tick + 2, by: 0 };
    ana.effects = [{ kind, power: 2, ...due }];
    foe.readyAt = world.tick + 99_999;
    pass(world, 5);
    expect(ana.hp).toBe(ana.maxHp - 1);
    return "";
  }
  foe.readyAt = on === "weapon" ? world.tick + 99_999 : world.tick + 1;
  if (on === "weapon") {
    return JSON.stringify(pass(world, 0, ask("ana", { do: "step", dir: 2 })).lines);
  }
  pass(world, 3);
  return "";
}

test("R-ITE-12 clinging: what clings shows it when it is taken up, and does not come off", () => {
  const { world, ana } = packed();
  const item = give(world, ana, "mace", { runic: "clinging", felt: false, known: false });
  uses(world, item);
  expect(statsOf(ana, item)).toMatchObject({ known: true, felt: true });
  for (const command of [
    { do: "use" as const, item },
    { do: "drop" as const, item },
    { do: "throw" as const, item, x: ana.x + 1, y: ana.y },
  ]) {
    expect(reasons(game.step(world, world.tick, [ask("ana", command)]))).toEqual([
      "The mace clings to you and does not come off.",
    ]);
  }
});
