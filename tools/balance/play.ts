import { type Content, dungeon } from "@underlode/sim";
import { type Game, HeadlessParty } from "./headless.ts";

/** A run is given up after so much game time. */
const RUN_MS_MAX = 90 * 60_000;
const TICK_RATE = 50;
/** A party that gets no deeper for so long does not get on at all. */
const IDLE_TICKS_MAX = 16 * 60 * TICK_RATE;

/** One run to be played. */
export type Job = {
  readonly group: string;
  readonly seed: number;
  readonly classes: readonly string[];
  /** Synergies that do not work in this run. */
  readonly without?: readonly string[];
};

export type Counts = Record<string, number>;

/** What came of a run. */
export type Played = {
  readonly job: Job;
  readonly outcome: "victory" | "defeat" | "abandoned" | "late";
  readonly floor: number;
  readonly minutes: number;
  readonly ticks: number;
  readonly seconds: number;
  readonly kills: Counts;
  /** What members died of. */
  readonly fates: Counts;
  readonly synergies: Counts;
  readonly abilities: Counts;
  /** Ids of items in some pack; used: drunk, read, pointed or put on. */
  readonly held: readonly string[];
  readonly used: readonly string[];
  /** Monsters that the party saw. */
  readonly met: readonly string[];
  readonly learned: readonly string[];
  readonly made: readonly string[];
  readonly refused: Counts;
};

const games = new Map<string, Game>();

/** The game without some synergies; made once for each set. */
const gameWithout = (content: Content, without: readonly string[]): Game => {
  const key = without.join();
  const before = games.get(key);
  if (before) return before;
  const synergies = content.synergies.map((one) =>
    without.includes(one.id) ? { ...one, gapMs: Number.MAX_SAFE_INTEGER, power: 0 } : one,
  );
  const kept = synergies.filter(({ id }) => !without.includes(id) || id === "wildfire");
  const game = dungeon({ ...content, synergies: kept });
  games.set(key, game);
  return game;
};

export const playRun = (
  content: Content,
  job: Job,
  rules: Readonly<Record<string, number>> = {},
  tell: (text: string, ms: number) => void = () => {},
): Played => {
  const game = gameWithout(content, job.without ?? []);
  const players = job.classes.map((kind, index) => {
    const id = `${kind}${index}`;
    return { id, name: id, class: kind };
  });
  const world = game.start({ seed: job.seed, tickRate: TICK_RATE, players, rules });
  const party = new HeadlessParty(game, world, job.seed);
  const kindOf = new Map<number, string>();
  const [held, used, met, abilities, refused] = [
    ...[new Set<string>(), new Set<string>(), new Set<string>()],
    ...[{} as Counts, {} as Counts],
  ] as const;
  const began = performance.now();
  let gotOnAt = 0;
  for (let beats = 0; game.ended(world) === undefined; beats += 1) {
    if ((world.tick * 1000) / TICK_RATE > RUN_MS_MAX || world.tick - gotOnAt > IDLE_TICKS_MAX)
      break;
    if (beats % 8 === 0) takeStock(world, kindOf, held, met);
    party.beat(({ happenings, refusals, lines }) => {
      for (const { event } of happenings) {
        if (event.kind === "floorOpened") gotOnAt = world.tick;
        if (event.kind === "abilityUsed") count(abilities, event.ability);
        if (event.kind === "consumed" || event.kind === "wielded" || event.kind === "equipped")
          used.add(kindOf.get(event.item) ?? "?");
      }
      for (const { reason } of refusals) {
        count(refused, reason);
        tell(`? ${reason}`, world.tick * 20);
      }
      for (const { text } of lines) tell(text, world.tick * 20);
    });
  }
  const fates: Counts = {};
  for (const { cause } of world.tally.fates) count(fates, cause);
  return {
    ...{ job, outcome: game.ended(world)?.outcome ?? "late", kills: { ...world.tally.kills } },
    floor: Math.max(...world.levels.keys()),
    minutes: world.tick / TICK_RATE / 60,
    ticks: world.tick,
    seconds: (performance.now() - began) / 1000,
    ...{ fates, abilities, refused, synergies: { ...world.tally.synergies } },
    ...{ held: [...held], used: [...used], met: [...met] },
    learned: [...world.schematics],
    made: world.tally.made.map(({ item }) => item),
  };
};

type World = ReturnType<Game["start"]>;

/** Notes what is in packs and who is in sight. */
const takeStock = (
  world: World,
  kindOf: Map<number, string>,
  held: Set<string>,
  met: Set<string>,
): void => {
  const floors = new Set<number>();
  for (const { pack, floor } of world.delvers.values()) {
    floors.add(floor);
    for (const { id, kind, stats } of pack) {
      kindOf.set(id, kind);
      held.add(kind);
      if (stats !== undefined && stats.runic !== "") held.add(`runic:${stats.runic}`);
    }
  }
  for (const floor of floors) {
    const level = world.levels.get(floor);
    if (level === undefined) continue;
    for (const { kind, x, y } of level.monsters.values())
      if (((level.memory[y * level.width + x] ?? 0) & 0x100) !== 0) met.add(kind.id);
  }
};

export const count = (counts: Counts, name: string, by = 1): void => {
  counts[name] = (counts[name] ?? 0) + by;
};
