import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { partyVault, runsOn, type Seen, takeBack, tileOf, vault } from "@underlode/client";
import { loadContent } from "@underlode/content";
import type { InstanceId } from "@underlode/contracts";
import { CELL_TILE, dungeon } from "@underlode/sim";
import type { ScriptedPlayer } from "@underlode/testkit";
import postgres from "postgres";
import { afterAll, expect, test } from "vitest";
import { until } from "../packages/runtime/test/until.ts";
import { withStack } from "./with-stack.ts";

const MINUTE_MS = 60_000;
/** The tile of Legacy ore, as a legend names it. */
const VEIN = "shining vein";

/** The shipped content, but with Legacy ore on every floor. */
const generous = (): string => {
  const dir = mkdtempSync(join(tmpdir(), "underlode-generous-"));
  cpSync(join(import.meta.dirname, "../packages/content/data"), dir, { recursive: true });
  const rules = JSON.parse(readFileSync(join(dir, "rules.json"), "utf8"));
  rules.ore.legacyPerMille = 1_000;
  writeFileSync(join(dir, "rules.json"), JSON.stringify(rules));
  return dir;
};
const content = generous();
afterAll(() => rmSync(content, { recursive: true, force: true }));
const system = withStack({ env: { UNDERLODE_CONTENT: content } });

/** By direction, clockwise from north. */
const STEPS = [
  ...[[0, -1] as const, [1, -1] as const, [1, 0] as const, [1, 1] as const],
  ...[[0, 1] as const, [-1, 1] as const, [-1, 0] as const, [-1, -1] as const],
];

/** Ticks within which a delver is beside the vein: nothing gets in the way so early. */
const SOON_TICKS = 75;

/** A dungeon whose Legacy ore is in sight of the arrival, and is reached before anything shows. */
const luckySeed = (): number => {
  const simulation = dungeon(loadContent(content));
  const number = simulation.legend.tiles.findIndex((tile) => tile.name === VEIN);
  const players = [{ id: "p", name: "p", class: "warrior" }];
  for (let seed = 1; seed < 2_000; seed++) {
    const fresh = () => simulation.start({ seed, tickRate: 50, players });
    const { cells, width } = simulation.see(fresh(), 1);
    const vein = cells.findIndex((cell) => (cell & CELL_TILE) === number);
    const [x, y] = [vein % width, Math.floor(vein / width)];
    const ways = STEPS.flatMap(([dx, dy]) => {
      const world = fresh();
      const command = { do: "travel", x: x - dx, y: y - dy } as const;
      const input = { kind: "command", player: "p", seq: 1, command } as const;
      if (simulation.step(world, 1, [input]).refusals.length > 0) return [];
      simulation.step(world, SOON_TICKS, []);
      const { vitals } = simulation.self(world, "p") ?? {};
      return [JSON.stringify(vitals).includes(`"x":${x - dx},"y":${y - dy},`)];
    });
    // The first side that is not refused is the one that the player goes to.
    const isReached = ways[0] === true;
    if (vein >= 0 && isReached) return seed;
  }
  throw new Error("no dungeon shows its Legacy ore at once");
};

/** Looked for before anybody plays: who does nothing else for so long loses the connection. */
const LUCKY_SEED = luckySeed();

const delve = async (player: ScriptedPlayer, seed: number): Promise<InstanceId> => {
  if (player.party === undefined) await player.must({ t: "party.create" });
  await player.must({ t: "party.class", class: "warrior" });
  await player.must({ t: "party.ready", ready: true });
  const before = player.frames.length;
  await player.must({ t: "party.delve", seed });
  const arrived = () =>
    player.party?.at.phase === "delving" &&
    player.frames.slice(before).some((f) => f.t === "picture");
  await player.until(arrived, { what: "the arrival" });
  const at = player.party?.at;
  if (at?.phase !== "delving") throw new Error("not in a dungeon");
  return at.instance;
};

/** Walks to the Legacy vein in sight and mines it. */
const mine = async (player: ScriptedPlayer): Promise<void> => {
  const { seen } = player;
  const vein = seen.cells.findIndex((cell) => nameOf(seen, cell) === VEIN);
  const [x, y] = [vein % seen.width, Math.floor(vein / seen.width)];
  for (let dir = 0; dir < STEPS.length; dir++) {
    const [dx, dy] = STEPS[dir]!;
    if ((await player.act({ do: "travel", x: x - dx, y: y - dy })) !== undefined) continue;
    const there = () => seen.self.vitals?.x === x - dx && seen.self.vitals?.y === y - dy;
    await player.until(there, { what: "the way to the vein", deadlineMs: 5_000 });
    if ((await player.act({ do: "mine", dir })) === undefined) return;
  }
  throw new Error("nobody gets to the vein");
};
const nameOf = (seen: Seen, cell: number): string => seen.legend.tiles[tileOf(cell)]?.name ?? "";

test(
  "ore of one run is in the vault for good, starts the next one, and both runs are confirmed",
  async () => {
    const { http } = system.stack;
    const player = await system.player();
    const { token } = player.granted;
    const pure = await delve(player, LUCKY_SEED);
    await mine(player);
    await until("the ore in the vault", async () => (await vault(http, token)).ores.length > 0);
    const { ores } = await vault(http, token);
    expect(ores[0]).toMatchObject({ instance: pure, waiting: false, legacy: expect.any(String) });
    await player.must({ t: "party.leave" });

    await player.must({ t: "party.create" });
    const id = ores[0]!.id;
    expect(await player.ask({ t: "party.legacy", ids: [id + 1_000] })).toMatchObject({ ok: false });
    await player.must({ t: "party.legacy", ids: [id] });
    expect(player.party?.members[0]?.legacy).toEqual([id]);
    const legacy = await delve(player, LUCKY_SEED + 1);
    const brought = () =>
      player.seen.self.ore?.some((row) => row.fromVault && row.name === ores[0]?.name);
    await player.until(() => brought() === true, { what: "the ore in the bag" });
    expect((await vault(http, token)).ores.map((ore) => ore.id)).not.toContain(id);
    await player.must({ t: "party.leave" });

    const rows = () => runsOn(http, { board: "deepest", class: "warrior", size: 1 });
    const confirmed = async () => (await rows()).length === 2;
    await until("both runs on the board", confirmed, MINUTE_MS);
    const found = new Map((await rows()).map((row) => [row.instance, row]));
    expect(found.get(pure)).toMatchObject({ purity: "pure", names: [player.name], floor: 1 });
    expect(found.get(legacy)).toMatchObject({ purity: "full", outcome: "abandoned" });
    expect(await runsOn(http, { board: "pure" })).toEqual([]);
  },
  MINUTE_MS * 2,
);

test(
  "R-LEG-6: what one gave to the vault of two, the other takes along, and only while both are there",
  async () => {
    const { http } = system.stack;
    const [ann, bob] = [await system.player(), await system.player()];
    await delve(ann, LUCKY_SEED);
    await mine(ann);
    const own = async () => (await vault(http, ann.granted.token)).ores;
    await until("the ore in the vault", async () => (await own()).length > 0);
    const [ore] = await own();
    await ann.must({ t: "party.leave" });

    await ann.must({ t: "party.create" });
    const give = () => ann.ask({ t: "party.give", ore: ore!.id });
    expect(await give()).toMatchObject({ error: { code: "party-vault-shut" } });
    await bob.must({ t: "party.join", code: ann.party!.code });
    expect(await give()).toMatchObject({ ok: true });
    expect(await own()).toEqual([]);
    const { ores } = await partyVault(http, bob.granted.token);
    expect(ores).toMatchObject([{ name: ore!.name, giver: ann.name }]);
    const [given] = ores;
    const taking = takeBack(http, bob.granted.token, given!.id);
    await expect(taking).rejects.toMatchObject({ code: "not-found" });
    const [back] = (await takeBack(http, ann.granted.token, given!.id)).ores;
    await ann.must({ t: "party.give", ore: back!.id });
    const [{ id: gift } = { id: 0 }] = (await partyVault(http, bob.granted.token)).ores;
    await bob.must({ t: "party.shared", ids: [gift] });
    const twice = await ann.ask({ t: "party.shared", ids: [gift] });
    expect(twice).toMatchObject({ error: { reason: `${bob.name} takes that along already.` } });

    await bob.must({ t: "party.class", class: "mage" });
    await bob.must({ t: "party.ready", ready: true });
    await delve(ann, LUCKY_SEED + 1);
    const bag = (one: ScriptedPlayer) => one.seen.self.ore?.map((row) => row.name) ?? [];
    await bob.until(() => bag(bob).includes(ore!.name), { what: "the ore in the bag" });
    expect(bag(ann)).toEqual([]);
    expect((await partyVault(http, ann.granted.token)).ores).toEqual([]);
    for (const one of [ann, bob]) await one.must({ t: "party.leave" });
  },
  MINUTE_MS * 2,
);

test.each([
  ["score", "boards", "new.score := new.score + 50000", /ends otherwise/],
  [
    "recording",
    "replays",
    "new.start := jsonb_set(new.start, '{seed}', '99')",
    /comes out otherwise/,
  ],
] as const)(
  "a run whose %s was forged stands on no board",
  async (_, table, forgery, reason) => {
    const sql = postgres(system.stack.postgres.url, { max: 1, onnotice: () => {} });
    const player = await system.player();
    const run = await delve(player, 5);
    await player.act({ do: "wait" });
    await sql.unsafe(`
    create function forge() returns trigger language plpgsql as $$
      begin ${forgery}; return new; end $$;
    create trigger forge before insert on ${table} for each row execute function forge()`);
    await player.must({ t: "party.leave" });
    const judged = async () =>
      (await sql`select reason from boards where instance = ${run} and refused_at is not null`)[0];
    await until("the run is judged", async () => (await judged()) !== undefined, MINUTE_MS);
    expect((await judged())?.reason).toMatch(reason);
    const listed = await runsOn(system.stack.http, { board: "deepest" });
    expect(listed.map((row) => row.instance)).not.toContain(run);
    await sql`drop function forge cascade`;
    await sql.end();
  },
  MINUTE_MS * 2,
);
