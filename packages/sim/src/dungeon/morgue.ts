import type { RunEnd } from "../simulation.ts";
import { itemName } from "./naming.ts";
import { isWorn, toMs } from "./reads.ts";
import { deepestOf, killsOf, scoreOf, timelineOf, victoryOf } from "./score.ts";
import type { Delver, Scene } from "./world.ts";

const TITLES = {
  greater: "The Heartlode came up into the light.",
  plain: "The Heartlode was taken.",
  defeat: "Nobody came back.",
  abandoned: "The party turned away.",
} as const;

/** The story of a run in lines of plain text, as it stands when the run ends. */
export function morgueOf(world: Scene, outcome: RunEnd["outcome"]): string[] {
  const { tally } = world;
  const won = victoryOf(world, outcome);
  const title = won === "none" ? (outcome === "abandoned" ? "abandoned" : "defeat") : won;
  const delvers = [...world.delvers.values()];
  return [
    `Underlode, seed ${world.seed}`,
    TITLES[title],
    `Score ${scoreOf(world, outcome)}, ${clock(world, world.tick)}, floor ${deepestOf(world)} of ${world.lastFloor}`,
    ...section(
      "The party",
      delvers.flatMap((one) => memberLines(world, one)),
    ),
    ...section(
      "The way down",
      timelineOf(world).map(
        ({ floor, name, fromMs, tookMs }) =>
          `${time(fromMs)}  floor ${floor}, ${name} (${time(tookMs)})`,
      ),
    ),
    ...section(
      "The dead",
      tally.fates.map(
        ({ name, class: kind, floor, tick, cause }) =>
          `${clock(world, tick)}  ${name} the ${kind}, floor ${floor}, by ${cause}`,
      ),
    ),
    ...section(
      `Slain: ${killsOf(world)}`,
      counted(tally.kills, (id) => world.book.monster(id).name),
    ),
    ...section(
      "Synergies",
      counted(tally.synergies, (id) => world.book.synergy(id).name),
    ),
    ...section(
      "Made",
      tally.made.map(({ name, item }) => `${name}: ${world.book.item(item).name}`),
    ),
    `Ore mined: ${tally.ore}`,
  ];
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ["", title, ...lines.map((line) => `  ${line}`)];
}

function memberLines(world: Scene, one: Delver): string[] {
  const { name, level, condition, deeds, pack, hired } = one;
  const { kills, dealt, taken, healed, ore } = deeds;
  const who = `${name}, ${one.class.name} of level ${level}${hired ? ", companion" : ""}`;
  const things = pack.map((row) => {
    const worn = isWorn(one, row.id) ? " (in use)" : "";
    const many = row.count > 1 ? `${row.count} ` : "";
    return `${many}${itemName(world, row.kind, row.stats)}${worn}`;
  });
  return [
    `${who}: ${condition.is}`,
    `  ${kills} kills, ${dealt} dealt, ${taken} taken, ${healed} healed, ${ore} ore`,
    ...(things.length === 0 ? [] : [`  ${things.join(", ")}`]),
  ];
}

/** By count, then by name. */
function counted(counts: Readonly<Record<string, number>>, name: (id: string) => string): string[] {
  return Object.entries(counts)
    .map(([id, count]) => ({ name: name(id), count }))
    .toSorted((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1))
    .map((one) => `${String(one.count).padStart(4)}  ${one.name}`);
}

function clock(world: Scene, tick: number): string {
  return time(toMs(world, tick));
}

function time(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
