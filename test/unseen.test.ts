import {
  type DungeonCommand,
  type DungeonWorld,
  evolve,
  type Input,
  invariants,
} from "@underlode/sim";
import fc from "fast-check";
import { expect, test } from "vitest";
import { freshStats } from "../packages/sim/src/dungeon/item-stats.ts";
import { settleTiles } from "../packages/sim/src/dungeon/terrain.ts";
import { distance } from "../packages/sim/src/geometry.ts";
import { partyInputs } from "../packages/sim/test/bot.ts";
import { goDown } from "../packages/sim/test/deep.ts";
import { game, startParty } from "../packages/sim/test/play.ts";
import { roller } from "../packages/sim/test/random.ts";
import { delver, floorOne, put, spawn } from "../packages/sim/test/scene.ts";
import { staged, use } from "../packages/sim/test/stage.ts";
import { type Audience, audienceOf } from "./audience.ts";
import { CHANGES, type Change } from "./unseen-changes.ts";

/** Beats of six ticks, which is what a plain bot takes between two commands. */
const BEAT_TICKS = 6;
const PLAYED_BEATS = 50;
const WATCHED_BEATS = 25;

const played = new Map<number, unknown>();

/** A party in play on a floor, some of whom a mind of the server's plays; one for each floor. */
function inPlay(floor: number): DungeonWorld {
  const snapshot = played.get(floor) ?? game.snapshot(play(floor));
  played.set(floor, snapshot);
  return game.restore(snapshot);
}

function play(floor: number): DungeonWorld {
  const world = startParty(40 + floor, 1 + (floor % 3), { companions: (floor + 1) % 3 });
  const [first] = world.delvers.values();
  for (const item of ["long-sword", "potion-oil", "scroll-alarm", "wand-webs"]) {
    const stats = freshStats(world.book.item(item));
    const more = item === "long-sword" ? { runic: "mercy", felt: false, known: false } : {};
    const what = { item, count: 1, stats: { ...stats, ...more } };
    evolve(world, { kind: "given", actor: first?.id ?? 0, ...what });
  }
  if (floor > 1) goDown(world, floor);
  for (let beat = 1; beat <= PLAYED_BEATS; beat += 1) {
    game.step(world, game.tick(world) + BEAT_TICKS, partyInputs(game, world, beat));
  }
  return world;
}

/** Whatever is sent of two worlds while the same is done in both, as long as nobody meets it. */
async function expectSame(one: DungeonWorld, other: DungeonWorld, met: () => boolean) {
  const [first, second] = [await audienceOf(game, one), await audienceOf(game, other)];
  const compare = (when: string) => expect([when, second.heard()]).toEqual([when, first.heard()]);
  compare("at that moment");
  let beats = 0;
  for (; beats < WATCHED_BEATS && !met() && game.ended(one) === undefined; beats += 1) {
    const tick = game.tick(one) + BEAT_TICKS;
    both(first, second, tick, partyInputs(game, one, PLAYED_BEATS + beats));
    if (met()) break;
    compare(`after ${beats + 1} beats`);
  }
  return beats;
}

function both(first: Audience, second: Audience, tick: number, inputs: Input<DungeonCommand>[]) {
  first.step(tick, inputs);
  second.step(tick, inputs);
}

const tried = new Map<string, number>();

test.each(Object.entries(CHANGES))(
  "R-PAR-10: two worlds that differ only in %s send the party the same bytes",
  async (name, change: Change) => {
    await fc.assert(
      fc.asyncProperty(fc.nat(100_000), fc.integer({ min: 1, max: 12 }), async (seed, floor) => {
        const one = inPlay(floor);
        const other = game.restore(game.snapshot(one));
        const met = change(other, roller(seed));
        if (met === undefined) return;
        expect(game.snapshot(other)).not.toEqual(game.snapshot(one));
        expect(invariants(other)).toEqual([]);
        const beats = await expectSame(one, other, () => met(one) || met(other));
        tried.set(name, (tried.get(name) ?? 0) + 1 + beats);
      }),
      { seed: 4, numRuns: 7 },
    );
    expect(tried.get(name) ?? 0).toBeGreaterThan(4);
  },
);

const KINDS = game.start({
  seed: 1,
  tickRate: 50,
  players: [{ id: "ana", name: "Ana", class: "warrior" }],
}).book.content.monsters;

/** A warrior alone in a corner, and a hall that nobody sees into. */
function besideTheDark(): DungeonWorld {
  const { world, level } = staged("warrior");
  level.items.clear();
  level.veins.clear();
  level.fixtures.clear();
  level.monsters.clear();
  const floor = world.book.tileNumber("floor");
  const wall = world.book.tileNumber("wall");
  for (let y = 1; y < level.height - 1; y += 1) {
    for (let x = 1; x < level.width - 1; x += 1) {
      level.tiles[y * level.width + x] = x > 40 && x < 70 && y > 10 && y < 30 ? floor : wall;
    }
  }
  for (let i = 0; i < 9; i += 1) {
    level.tiles[(4 + Math.floor(i / 3)) * level.width + 4 + (i % 3)] = floor;
  }
  settleTiles(world.book, level);
  level.version += 1;
  put(world, "ana", 5, 5);
  world.wanderAt = 1_000_000;
  return world;
}

test.each(KINDS.map(({ id }) => id))(
  "R-PAR-10: what %s does in the dark is neither told nor learned from",
  async (kind) => {
    const [still, loud] = [besideTheDark(), besideTheDark()];
    const { id: leader } = delver(loud, "ana");
    const ally = spawn(loud, "gallery-troll", 55, 20);
    evolve(loud, { kind: "felt", actor: ally.id, mood: { is: "allied", leader, until: 0 } });
    const friend = spawn(loud, "digger", 58, 20);
    friend.hp = 3;
    const [first, second] = [await audienceOf(game, still), await audienceOf(game, loud)];
    spawn(loud, kind, 57, 21);
    floorOne(loud).bones.push(20 * 100 + 60);
    for (let tick = 10; tick <= 400; tick += 10) both(first, second, tick, []);
    expect(second.heard()).toEqual(first.heard());
    expect(second.lines).toEqual([]);
  },
);

test("R-PAR-10: nothing is refused because of what nobody sees", () => {
  for (const [kind, deed] of [
    ["mage", "blink"],
    ["ranger", "snareTrap"],
  ] as const) {
    const { world, ana, x, y } = staged(kind);
    const knife = spawn(world, "pale-knife", x + 2, y, true);
    const slot = world.book.abilities(kind).find(({ does }) => does === deed)?.slot ?? 0;
    const { refusals } = use(world, "ana", slot, { x: x + 2, y });
    expect([deed, refusals]).toEqual([deed, []]);
    if (deed === "blink") expect(distance(ana, knife)).toBe(1);
    expect(invariants(world)).toEqual([]);
  }
});
