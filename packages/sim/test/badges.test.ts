import { loadContent } from "@underlode/content";
import { BADGE_METRICS, type BadgeMetric, evolve } from "@underlode/sim";
import { expect, test } from "vitest";
import { freshStats } from "../src/dungeon/item-stats.ts";
import { emptyRecord, openTurn } from "../src/dungeon/turn.ts";
import { game } from "./play.ts";
import { delver, floorOne, spawn } from "./scene.ts";

const { badges, items, legacies, schematics } = loadContent();

/** Ana alone, with what earlier runs came to. */
function stage(past: Readonly<Record<string, number>>, brought: boolean) {
  const values = { hardness: 90, conductivity: 90, malleability: 90, purity: 90, density: 90 };
  const legacy = brought ? [{ ore: "iron", name: "Old iron", values, amount: 1 }] : [];
  const players = [{ id: "ana", name: "Ana", class: "mage", past, legacy }];
  const world = game.start({ seed: 21, tickRate: 50, players });
  return { world, ana: delver(world, "ana") };
}
type Stage = ReturnType<typeof stage>;

function craft({ world, ana }: Stage, legendary: boolean): void {
  const { id: schematic, makes } = schematics.find((one) => one.legendary === legendary) ?? raise();
  const stats = freshStats(items.find(({ id }) => id === makes) ?? raise());
  evolve(world, { kind: "crafted", actor: ana.id, schematic, item: makes, stats });
}
const raise = (): never => {
  throw new Error("content has none");
};

/** What the game tells when a delver does once what a metric counts; victories come by the end. */
const feeds: { readonly [M in BadgeMetric]: (stage: Stage, nth: number) => void } = {
  kills({ world, ana }) {
    const { x, y } = floorOne(world).exit;
    const { id: monster } = spawn(world, "rat", x, y);
    evolve(world, { kind: "slain", actor: ana.id, monster });
  },
  ore: ({ world, ana }) =>
    evolve(world, { kind: "oreGained", actor: ana.id, floor: 1, spawn: 0, amount: 1 }),
  healed({ world, ana: { id } }) {
    evolve(world, { kind: "hit", actor: 0, target: id, amount: 1, how: "fire" });
    evolve(world, { kind: "healed", actor: id, target: id, amount: 1 });
  },
  crafts: (one) => craft(one, false),
  legendaries: (one) => craft(one, true),
  legacyOres({ world, ana }) {
    Object.assign(floorOne(world).spawns[0] ?? raise(), { legacy: legacies[0]?.id });
    evolve(world, { kind: "legacyMined", actor: ana.id, floor: 1, spawn: 0, amount: 1 });
  },
  // Whatever floor one is on at the end.
  deepest({ world, ana }, nth) {
    const floor = nth + 1;
    if (!world.levels.has(floor)) evolve(world, { kind: "floorOpened", floor });
    for (const to of [floor, 1]) {
      const { x, y } = (world.levels.get(to) ?? raise()).arrival;
      evolve(world, { kind: "arrived", actor: ana.id, floor: to, x, y });
    }
  },
  synergies: ({ world, ana: { id } }) =>
    evolve(world, { kind: "synergyFired", actor: id, synergy: "shatter", target: id }),
  pureVictories() {},
  legacyVictories() {},
  unhurtVictories() {},
  soloVictories() {},
};

function wonBy({ world }: Stage, outcome: "victory" | "defeat"): readonly string[] {
  openTurn(world, emptyRecord()).tell({ kind: "runEnded", outcome });
  const [ana] = (world.end?.summary.players ?? []) as { badges: string[] }[];
  return ana?.badges ?? [];
}

test.each(badges.map((badge) => [badge.id, badge] as const))(
  "R-LEG-7: %s is won by what it asks for, and by no less",
  (id, { metric, least, span }) => {
    const isVictory = metric.endsWith("Victories");
    const past = span === "life" ? { [metric]: least - 1 } : {};
    const missing = span === "life" ? 1 : least;
    for (const times of [missing, missing - 1]) {
      const one = stage(past, metric === "legacyVictories");
      for (let nth = 0; nth < times; nth += 1) feeds[metric](one, nth);
      const outcome = isVictory && times > 0 ? "victory" : "defeat";
      expect(wonBy(one, outcome).includes(id)).toBe(times === missing);
    }
    // It is won once: who had it before the run does not have it anew.
    const had = stage({ [metric]: least }, metric === "legacyVictories");
    if (span === "life") expect(wonBy(had, isVictory ? "victory" : "defeat")).not.toContain(id);
  },
);

test("R-LEG-7: every metric has a badge, and what adds up over runs can be added up", () => {
  expect(new Set(badges.map(({ metric }) => metric))).toEqual(new Set(BADGE_METRICS));
  const highest = badges.filter(({ metric }) => metric === "deepest");
  expect(highest.map(({ span }) => span)).toEqual(highest.map(() => "run"));
});
