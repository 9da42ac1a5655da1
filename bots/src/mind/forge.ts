import { type Seen, tileOf } from "@underlode/client";
import type { Act, Self } from "@underlode/contracts";
import { type Footing, tilesThat } from "./ground.ts";
import { walkBeside } from "./moving.ts";
import { mayTry, type Notes } from "./notes.ts";
import type { Scene } from "./scene.ts";
import { beside, pointAt, reach } from "./ways.ts";

type Schematic = NonNullable<Self["schematics"]>[number];
type Stack = NonNullable<Self["ore"]>[number];
type Order = { stack: number; amount: number }[];

const MINE_STEPS_MAX = 25;
/** Tries at one vein; a vein needs one when nothing interrupts. */
const MINE_TRIES_MAX = 4;
/** Things a delver makes of one schematic. */
const MADE_MAX = 1;

/** Known veins that are not given up, and no farther off than a delver goes for one. */
const veinsIn = ({ seen, notes, body }: Scene): ReadonlySet<number> => {
  const { cells, legend, width, height } = seen;
  const isVein = tilesThat(legend, isVeinFooting);
  const veins = new Set<number>();
  const far = MINE_STEPS_MAX + 1;
  const [left, right] = [Math.max(0, body.x - far), Math.min(width - 1, body.x + far)];
  const bottom = Math.min(height - 1, body.y + far);
  for (let y = Math.max(0, body.y - far); y <= bottom; y += 1)
    for (let cell = y * width + left; cell <= y * width + right; cell += 1)
      if (isVein[tileOf(cells[cell]!)] === 1 && (notes.mined.get(cell) ?? 0) < MINE_TRIES_MAX)
        veins.add(cell);
  return veins;
};

const isVeinFooting = (footing: Footing): boolean => footing === "vein";

/** Cells beside some others: most cells are looked at for nothing. */
const besides = (seen: Seen, cells: ReadonlySet<number>): ReadonlySet<number> => {
  const near = new Set<number>();
  for (const cell of cells) for (let dir = 0; dir < 8; dir += 1) near.add(beside(seen, cell, dir));
  return near;
};

/** Surveys and mines veins near; each delver cares for those nearest to itself. */
export const mine = (scene: Scene): Act | "go on" | undefined => {
  const { seen, cell, notes, nowMs, friends } = scene;
  if (scene.threats.length > 0 || !mayTry(notes, "mine", nowMs)) return undefined;
  const veins = veinsIn(scene);
  if (veins.size === 0) return undefined;
  const sides = besides(seen, veins);
  const { order, steps } = scene.ways;
  for (const near of order) {
    if (steps[near]! > MINE_STEPS_MAX) return undefined;
    if (!sides.has(near)) continue;
    for (let dir = 0; dir < 8; dir += 1) {
      const vein = beside(seen, near, dir);
      if (!veins.has(vein)) continue;
      const at = pointAt(seen, vein);
      if (friends.some(({ body }) => reach(body, at) <= 1 && reach(scene.body, at) > 1)) continue;
      if (near === cell)
        return notes.surveyed.has(vein) ? { do: "mine", dir } : { do: "survey", dir };
      return walkBeside(scene, vein);
    }
  }
  return undefined;
};

/** The purest that will do of what a delver carries, for all that a schematic asks for. */
const orderFor = ({ needs, lines }: Schematic, bag: readonly Stack[]): Order | undefined => {
  const left = new Map(bag.map((stack) => [stack.id ?? 0, stack.amount]));
  const order = new Map<number, number>();
  const weigh = ({ values }: Stack): number =>
    lines.reduce(
      (sum, { line, weights }) =>
        line === "heft"
          ? sum
          : sum +
            Object.entries(weights).reduce(
              (all, [key, by]) => all + (by ?? 0) * values[key as keyof typeof values],
              0,
            ),
      0,
    ) * values.purity;
  for (const { ores, amount } of needs) {
    let missing = amount;
    const fit = bag
      .filter(({ kind }) => ores.includes(kind ?? ""))
      .sort((a, b) => weigh(b) - weigh(a));
    for (const { id = 0 } of fit) {
      const part = Math.min(missing, left.get(id) ?? 0);
      if (part === 0) continue;
      left.set(id, (left.get(id) ?? 0) - part);
      order.set(id, (order.get(id) ?? 0) + part);
      missing -= part;
    }
    if (missing > 0) return undefined;
  }
  return [...order].map(([stack, amount]) => ({ stack, amount }));
};

const SUITS: Readonly<Record<string, RegExp>> = {
  warrior: /aegis|sword|splitter|maul|hammer|plate|mail|hauberk|vest|war pick/i,
  mage: /staff|starcaller|robe|veil|coat/i,
  ranger: /bow|heartstring|coat|vest|pick/i,
  healer: /aegis|mace|healing|dawn|hauberk|mail|veil|robe|vest|plate/i,
  rogue: /dagger|stiletto|fangs|needle|nightglass|coat|short sword/i,
};

/** Notes that a delver made a thing: one of a kind is enough. */
export const noteMade = ({ tried }: Notes, id: string): void => {
  tried.add(`made ${id} ${MADE_MAX}`);
};

/** What is made next: of what suits the class, and `may` be made, the dearest first. */
export const nextOrder = (
  scene: Scene,
  may: (schematic: Schematic, ore: Order) => boolean = () => true,
): { id: string; ore: Order; points: number } | undefined => {
  const { seen, me, notes, nowMs } = scene;
  const bag = seen.self.ore ?? [];
  const suits = SUITS[me.class] ?? /./;
  const known = (seen.self.schematics ?? [])
    .filter(({ name, makes }) => suits.test(`${name} ${makes}`))
    .filter(({ id }) => mayTry(notes, `craft ${id}`, nowMs))
    .filter(({ id }) => !notes.tried.has(`made ${id} ${MADE_MAX}`))
    .sort((a, b) => Number(b.legendary) - Number(a.legendary) || b.grade - a.grade);
  const here = seen.self.recipes ?? [];
  for (const schematic of known) {
    const recipe = here.find(({ id }) => id === schematic.id);
    const ore = orderFor(schematic, bag);
    if (ore && ore.length > 0 && may(schematic, ore))
      return { id: schematic.id, ore, points: recipe?.points ?? 0 };
  }
  return undefined;
};

/** Goes to a known forge when there is something to make, and makes it. */
export const craft = (scene: Scene): Act | "go on" | undefined => {
  const { seen, notes, threats, body } = scene;
  if (threats.length > 0 || (seen.self.ore ?? []).length === 0) return undefined;
  const forge = [...notes.places].find(
    ([cell, name]) => /forge/i.test(name) && !notes.spent.has(cell),
  );
  // What this floor's forge is too poor for may be made at a better one.
  const lacks = (id: string) => `lacks ${id} ${seen.floor}`;
  const next = forge && nextOrder(scene, ({ id }) => !notes.tried.has(lacks(id)));
  if (!forge || !next) return undefined;
  if (reach(pointAt(seen, forge[0]), body) > 1) return walkBeside(scene, forge[0]);
  if (!(seen.self.recipes ?? []).some(({ id }) => id === next.id)) {
    notes.tried.add(lacks(next.id));
    return undefined;
  }
  noteMade(notes, next.id);
  const points = next.points > 0 ? { points: [next.points] } : {};
  return { do: "craft", schematic: next.id, ore: next.ore, ...points };
};

/** Mends what is worn before it breaks. */
export const repair = (scene: Scene): Act | undefined => {
  const { seen, notes, nowMs, threats } = scene;
  if (threats.length > 0 || (seen.self.recipes ?? []).length === 0) return undefined;
  if (!mayTry(notes, "repair", nowMs)) return undefined;
  const worn = (seen.self.pack ?? []).find(
    ({ equipped, stats }) =>
      equipped && stats && stats.wear * 2 > stats.durability && stats.wear > 0,
  );
  return worn && { do: "repair", item: worn.id };
};

/** Prays at a shrine that was found when somebody is dead, or the delver is badly hurt. */
export const pray = (scene: Scene): Act | "go on" | undefined => {
  const { seen, notes, threats, health, body, leader } = scene;
  if (threats.length > 0) return undefined;
  const dead = seen.crew.some(({ state }) => state === "dead");
  if (!(dead && !leader) && health > 0.35) return undefined;
  for (const [cell, name] of notes.places) {
    if (!/shrine/i.test(name) || notes.spent.has(cell)) continue;
    const at = pointAt(seen, cell);
    if (reach(at, body) > 1) return walkBeside(scene, cell);
    const dir = [0, 1, 2, 3, 4, 5, 6, 7].find((one) => beside(seen, scene.cell, one) === cell);
    return dir === undefined ? { do: "interact" } : { do: "interact", dir };
  }
  return undefined;
};
