import type { RunEnd } from "../simulation.ts";
import { badgesOf, earnedOf, partyPurity } from "./honours.ts";
import { morgueOf } from "./morgue.ts";
import { toMs } from "./reads.ts";
import { deepestOf, killsOf, scoreOf, timelineOf, victoryOf } from "./score.ts";
import type { Delver, Scene } from "./world.ts";

/** The summary of a run, for players and for the database. */
export function endOf(world: Scene, outcome: RunEnd["outcome"]): RunEnd["summary"] {
  const delvers = [...world.delvers.values()];
  const { tally, heart } = world;
  const players = delvers
    .filter((one) => !one.hired)
    .map((one) => ({ ...deedsOf(one), ...honoursOf(world, one, outcome) }));
  return {
    outcome,
    victory: victoryOf(world, outcome),
    score: scoreOf(world, outcome),
    seed: world.seed,
    floors: world.lastFloor,
    deepest: deepestOf(world),
    ms: toMs(world, world.tick),
    kills: killsOf(world),
    killsByKind: { ...tally.kills },
    ore: tally.ore,
    synergies: { ...tally.synergies },
    crafts: tally.crafts,
    made: tally.made.map(({ name, item }) => ({ name, item: world.book.item(item).name })),
    schematics: { ...tally.schematics },
    legacies: [...tally.legacies],
    party: partyPurity(world),
    deaths: [...tally.deaths],
    fates: tally.fates.map(({ tick, ...fate }) => ({ ...fate, ms: toMs(world, tick) })),
    timeline: timelineOf(world),
    heartMs: heart === undefined ? null : toMs(world, heart.takenAt),
    options: { ...world.options },
    players,
    companions: delvers.filter((one) => one.hired).map((one) => deedsOf(one)),
    names: namesOf(world, new Set(players.flatMap(({ badges }) => badges))),
    morgue: morgueOf(world, outcome),
  };
}

/** What players call the ids of a summary. */
function namesOf({ tally, book }: Scene, badges: ReadonlySet<string>): Record<string, string> {
  const { kills, synergies, schematics, legacies } = tally;
  return Object.fromEntries([
    ...Object.keys(kills).map((id) => [id, book.monster(id).name]),
    ...Object.keys(synergies).map((id) => [id, book.synergy(id).name]),
    ...Object.keys(schematics).map((id) => [id, book.schematic(id).name]),
    ...legacies.map((id) => [id, book.legacy(id).name]),
    ...book.content.badges.filter(({ id }) => badges.has(id)).map(({ id, name }) => [id, name]),
  ]);
}

function deedsOf(one: Delver) {
  const { player, name, level, gold, condition, deeds } = one;
  return { player, name, class: one.class.id, level, gold, state: condition.is, ...deeds };
}

/** What a member won of it beyond this run. */
function honoursOf(world: Scene, one: Delver, outcome: RunEnd["outcome"]) {
  const badges = badgesOf(world, one, outcome).map(({ id }) => id);
  return { legacy: one.legacy, badges, earned: earnedOf(world, one, outcome) };
}
