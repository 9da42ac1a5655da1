import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { loadContent } from "@underlode/content";
import type {
  FixtureKind,
  GiftKind,
  ItemUse,
  MindKind,
  PhaseDeedKind,
  SpellKind,
  Trait,
  TrialKind,
  WeaponTrait,
} from "@underlode/sim";
import { expect, test } from "vitest";

/** That docs/rules.md and the tests speak of the same rules, and of all that the content has. */

const root = join(import.meta.dirname, "..");
const page = readFileSync(join(root, "docs/rules.md"), "utf8");
/** Text of each rule by its number. */
const RULES = new Map(
  page
    .split(/^- \*\*(?=R-)/m)
    .slice(1)
    .map((part) => {
      const [number = "", text = ""] = part.split("** ");
      return [number, text.split("\n## ")[0] ?? ""] as const;
    }),
);

/** `R-EFF-1 to 7`, or one alone. */
const RANGE = /R-([A-Z]+)-(\d+)(?: to (\d+))?/g;

const content = loadContent();
const CITED = citations();

test("every rule of docs/rules.md is cited by the name of a test", () => {
  expect([...RULES.keys()].filter((number) => !CITED.has(number))).toEqual([]);
  expect(RULES.size).toBe([...page.matchAll(/^- \*\*R-/gm)].length);
});

test("every rule that a test's name cites is in docs/rules.md", () => {
  expect([...CITED].filter((number) => !RULES.has(number))).toEqual([]);
});

/** The rule of each kind of behaviour; a new kind does not compile until it has one. */
const MINDS: { [K in MindKind]: string } = {
  ...{ archer: "R-MON-3", thief: "R-MON-4", pack: "R-MON-6", ooze: "R-MON-7", mimic: "R-MON-8" },
  ...{ sapper: "R-MON-9", howler: "R-MON-10", caster: "R-MON-11", lurker: "R-MON-12" },
  ...{ boss: "R-MON-13", flutter: "R-MON-14", digger: "R-MON-15", brute: "R-MON-16" },
  ...{ ambusher: "R-MON-21", charger: "R-MON-22", grazer: "R-MON-23", rooted: "R-MON-24" },
  ...{ scavenger: "R-MON-25", skirmisher: "R-MON-26", guard: "R-MON-30", jailer: "R-MON-31" },
  ...{ crier: "R-MON-32", assassin: "R-MON-33", egg: "R-MON-40", lure: "R-MON-41" },
  ghost: "R-MON-42",
};
const SPELLS: { [K in SpellKind]: string } = {
  ...{ mends: "R-MON-50", hexes: "R-MON-50", rouses: "R-MON-50", summons: "R-MON-50" },
  ...{ spits: "R-MON-50", bolts: "R-MON-50", leaps: "R-MON-50", burrows: "R-MON-50" },
  ...{ blinks: "R-MON-50", pulls: "R-MON-50", swaps: "R-MON-50" },
  ...{ raises: "R-MON-51", regrows: "R-MON-52" },
};
const GIFTS: { [K in GiftKind]: string } = {
  ...{ touches: "R-MON-60", rusts: "R-MON-60", drains: "R-MON-60", saps: "R-MON-60" },
  ...{ shoves: "R-MON-60", thorns: "R-MON-61", reflects: "R-MON-61", resists: "R-MON-18" },
  ...{ bursts: "R-MON-65", detonates: "R-MON-65", litters: "R-MON-65", enrages: "R-MON-19" },
  ...{ jaunts: "R-MON-66", trails: "R-MON-66", covers: "R-MON-62", swarms: "R-MON-63" },
};
const TRAITS: { [K in Trait]: string } = {
  ...{ opensDoors: "R-MON-17", flies: "R-MON-17", swims: "R-MON-17", fireproof: "R-MON-17" },
  ...{ followsSound: "R-MON-17", fearsLight: "R-MON-12", mindless: "R-EFF-5", metal: "R-SYN-4" },
  ...{ phases: "R-MON-42", keenNose: "R-MON-2", unseen: "R-MON-67", submerges: "R-MON-21" },
};
const PHASES: { [K in PhaseDeedKind]: string } = {
  ...{ summons: "R-MON-13", takes: "R-MON-13", lays: "R-MON-13", pours: "R-MON-13" },
  ...{ rains: "R-MON-13", calls: "R-MON-13", shakes: "R-MON-13", mends: "R-MON-13" },
  leaves: "R-MON-13",
};
const FIXTURES: { [K in FixtureKind]: string } = {
  ...{ forge: "R-FIX-1", shrine: "R-FIX-2", trap: "R-FIX-3", snare: "R-ABI-11", altar: "R-FIX-4" },
  ...{ lever: "R-FIX-5", lock: "R-FIX-6", statue: "R-FIX-7", captive: "R-FIX-8" },
  ...{ treasure: "R-FIX-9", trader: "R-FIX-10" },
};
const TRIALS: { [K in TrialKind]: string } = {
  ...{ collapse: "R-TRI-1", flood: "R-TRI-2", guardian: "R-TRI-3", darkness: "R-TRI-4" },
  ...{ gas: "R-TRI-5", cage: "R-TRI-6" },
};
const ITEMS: { [K in ItemUse]: string } = {
  ...{ potion: "R-ITE-3", scroll: "R-ITE-3", wand: "R-ITE-3", charm: "R-ITE-3" },
  ...{ weapon: "R-ITE-4", armour: "R-ITE-4", plan: "R-CRA-4", key: "R-FIX-6", other: "R-END-1" },
};
const WEAPONS: { [K in WeaponTrait]: string } = {
  ...{ twoHanded: "R-ITE-9", thrown: "R-ITE-2", sweeps: "R-ITE-10", pierces: "R-ITE-10" },
  ...{ assassinates: "R-ITE-10", crushes: "R-ITE-10", lunges: "R-ITE-10" },
};

test("every kind of behaviour, thing and place has a rule that a test cites", () => {
  const all = [MINDS, SPELLS, GIFTS, TRAITS, PHASES, FIXTURES, TRIALS, ITEMS, WEAPONS];
  const wrong = all.flatMap((kinds) =>
    Object.entries(kinds).filter(([, rule]) => !RULES.has(rule) || !CITED.has(rule)),
  );
  expect(wrong).toEqual([]);
});

test("every ability and synergy has a rule that names it", () => {
  const named = (prefix: string, name: string) =>
    [...RULES].some(([number, text]) => number.startsWith(prefix) && text.includes(name));
  const abilities = content.abilities.filter(({ name }) => !named("R-ABI-", name));
  const synergies = content.synergies.filter(({ name }) => !named("R-SYN-", `*${name}*`));
  expect([...abilities, ...synergies].map(({ id }) => id)).toEqual([]);
});

/** Rule numbers in names of tests: `"R-MON-30 and R-MON-62: …"`, `"R-ABI-21 and 22: …"`, `"R-EFF-1 to 7: …"`. */
function citations(): Set<string> {
  const cited = new Set<string>();
  for (const title of titles()) {
    for (const [, family, first, last = first] of title.matchAll(RANGE)) {
      for (let n = Number(first); n <= Number(last); n += 1) cited.add(`R-${family}-${n}`);
    }
    for (const [, family, number] of title.matchAll(/R-([A-Z]+)-\d+ and (\d+)/g)) {
      cited.add(`R-${family}-${number}`);
    }
  }
  return cited;
}

/** What stands before the colon in the names of all tests. */
function titles(): string[] {
  const places = ["packages", "services", "bots", "tui", "tools", "test"];
  const files = places.flatMap((place) =>
    readdirSync(join(root, place), { recursive: true, encoding: "utf8" })
      .filter((file) => /\.test\.tsx?$/.test(file) && !file.includes("node_modules"))
      .map((file) => readFileSync(join(root, place, file), "utf8")),
  );
  return files.flatMap((text) =>
    [...text.matchAll(/\(\s*["`](R-[^"`]*)["`]/g)].map(
      ([, title = ""]) => title.split(":")[0] ?? "",
    ),
  );
}
