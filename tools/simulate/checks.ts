import type { Seen, SeenThing } from "@underlode/client";
import type { Act } from "@underlode/contracts";
import { GLOBAL_CHANNEL, partyChannel, whisperChannel } from "@underlode/contracts";
import type { Simulation, Thing } from "@underlode/sim";
import { same } from "../../services/game-instance/src/differences.ts";
import { DELVERS, PARTY, playerOf, STRANGER } from "./cast.ts";
import { pureGame } from "./game.ts";
import type { Played, Said } from "./play.ts";
import type { SimClient } from "./sim-client.ts";
import type { System } from "./system.ts";
import { mailIn, saidIn, type Truth } from "./truth.ts";

export type Broken = { readonly rule: string; readonly words: string };

const broken =
  (rule: string) =>
  (words: string): Broken => ({ rule, words });

/** Everybody is back, and one owner has the run. */
export const checkAlive = (system: System): Broken[] => {
  const away = system.clients.filter((client) => !client.isOnline);
  const owners = system.manager.alive.filter((o) => o.process.actor.state === "up");
  const words = away.map((client) => `${client.name} is not back but ${client.state}`);
  if (owners.length !== 1 && !system.manager.ended) words.push(`${owners.length} owners are left`);
  return words.map(broken("healed"));
};

/** Every client sees what the game shows of the world that the surviving owner has. */
export const checkPictures = (system: System, when: string): Broken[] => {
  if (system.manager.ended) return [];
  const world = system.manager.alive.at(-1)?.world;
  if (world === undefined) return [];
  return pureGame(system.game)((game) =>
    system.delvers.flatMap(({ name, seen }) =>
      differences(game, world as never, name, seen).map((what) => ({
        ...{ rule: "picture", words: `${when}, ${name} sees another ${what} (message ${seen.n})` },
      })),
    ),
  );
};

const differences = <W>(
  game: Simulation<W, Act>,
  world: W,
  player: string,
  seen: Seen,
): string[] => {
  const floor = game.floorOf(world, player);
  if (floor === undefined) return [];
  const view = game.see(world, floor);
  const parts: Record<string, boolean> = {
    floor: seen.floor === floor && seen.name === view.name && seen.width === view.width,
    map: sameCells(seen.cells, view.cells),
    "set of things": same([...seen.things.values()].sort(byId), view.things.map(named).sort(byId)),
    crew: same(seen.crew, game.crew(world)),
    self: same(seen.self, game.self(world, player)),
  };
  return Object.keys(parts).filter((part) => !parts[part]);
};

const sameCells = (one: Uint16Array, other: Uint16Array): boolean =>
  one.length === other.length && one.every((cell, i) => cell === other[i]);
const byId = (one: SeenThing, other: SeenThing): number => one.id - other.id;
const named = ([id, kind, x, y, health, flags, name]: Thing): SeenThing => ({
  ...{ id, kind, x, y, health, flags, name },
});

/** Every fact of the true journal is in the table once, and none else. */
export const checkFacts = ({ table }: System, truth: Truth): Broken[] => {
  const times = new Map<string, number>();
  for (const { key } of table.rows) times.set(key, (times.get(key) ?? 0) + 1);
  const due = new Set(truth.facts.map((fact) => fact.key));
  const words = [
    ...[...due].filter((key) => !times.has(key)).map((key) => `${key} is missing`),
    ...[...times].filter(([, count]) => count > 1).map(([key]) => `${key} is there twice`),
    ...[...times.keys()].filter((key) => !due.has(key)).map((key) => `${key} never happened`),
    ...table.aside.map((refused) => `${refused} was put aside`),
  ];
  return words.map(broken("facts"));
};

/** No command was taken twice, and what a client holds for applied is in the journal. */
export const checkCommands = (system: System, truth: Truth): Broken[] => {
  const words: string[] = [];
  const taken = new Set<string>();
  for (const { inputs = [], n } of truth.ticks)
    for (const input of inputs) {
      if (input.kind !== "command") continue;
      const id = `command ${input.seq} of ${input.player}`;
      if (taken.has(id)) words.push(`${id} was taken again in message ${n}`);
      taken.add(id);
    }
  for (const { name, seen } of system.delvers)
    if (seen.applied > 0 && !taken.has(`command ${seen.applied} of ${name}`))
      words.push(`command ${seen.applied} of ${name} was shown as applied and is not`);
  return words.map(broken("commands"));
};

const channelsOf = (name: string): ReadonlySet<string> =>
  new Set([
    `chat.${GLOBAL_CHANNEL}.said`,
    `chat.${whisperChannel(playerOf(name))}.said`,
    ...(name === STRANGER ? [] : [`chat.${partyChannel(PARTY)}.said`]),
  ]);

/** Every stored line reached everybody it is for, once and in order; every acknowledged one is stored. */
export const checkChat = (system: System, played: Played): Broken[] => {
  const said = saidIn(system);
  const words = system.clients.flatMap((client) => {
    const mine = channelsOf(client.name);
    const due = said.filter(({ subject }) => mine.has(subject));
    return linesWrong(
      client,
      due.map(({ seq, body }) => ({ mark: seq, text: body.text })),
    );
  });
  for (const line of played.acknowledged)
    for (const subject of subjectsOf(line))
      if (!said.some((one) => one.subject === subject && one.body.text === line.text))
        words.push(`"${line.text}" was acknowledged and is not on ${subject}`);
  return words.map(broken("chat"));
};

const subjectsOf = ({ by, where }: Said): string[] => {
  if (where === "global") return [`chat.${GLOBAL_CHANNEL}.said`];
  if (where === "party") return [`chat.${partyChannel(PARTY)}.said`];
  return [by, where].map((name) => `chat.${whisperChannel(playerOf(name))}.said`);
};

const linesWrong = (
  { name, witness }: SimClient,
  due: readonly { mark: number; text: string }[],
): string[] => {
  const { begin, lines, old } = witness;
  const heard = lines.map(({ mark }) => mark);
  const known = new Set([...heard, ...old.map(({ mark }) => mark)]);
  const dues = new Set(due.map(({ mark }) => mark));
  return [
    ...unordered(heard).map((mark) => `${name} heard line ${mark} again or late`),
    ...heard
      .filter((mark) => !dues.has(mark))
      .map((mark) => `${name} heard line ${mark} of others`),
    ...due
      .filter(({ mark }) => begin !== undefined && mark > begin.chat && !known.has(mark))
      .map(({ mark, text }) => `${name} never heard line ${mark} "${text}"`),
  ];
};

const unordered = (marks: readonly number[]): number[] =>
  marks.filter((mark, i) => i > 0 && mark <= (marks[i - 1] ?? 0));

/** Every stored mail reached its player, once and in order. */
export const checkMail = (system: System): Broken[] => {
  const told = mailIn(system);
  const words = system.clients.flatMap(({ name, witness: { begin, mail } }) => {
    const due = told.filter((m) => m.subject === `mail.${name}` && m.seq > (begin?.mail ?? 0));
    const heard = new Set(mail);
    return [
      ...unordered(mail).map((mark) => `${name} got mail ${mark} again or late`),
      ...due.filter(({ seq }) => !heard.has(seq)).map(({ seq }) => `${name} never got mail ${seq}`),
    ];
  });
  return words.map(broken("mail"));
};

/** The fact table's banking was told to those it concerns. */
export const checkSaved = (system: System, truth: Truth): Broken[] => {
  const told = mailIn(system).filter(({ body }) => body.kind === "saved").length;
  const due = truth.facts.filter(({ kind }) => kind === "ore" || kind === "death").length;
  return told === due ? [] : [{ rule: "saved", words: `${told} of ${due} savings were told` }];
};

/** What went wrong on the way: things shown that were taken back, and faults of processes. */
export const checkWay = (system: System): Broken[] => [
  ...system.wrong.map(broken("stale")),
  ...system.clients.flatMap(({ witness }) => witness.wrong.map(broken("taken back"))),
  ...system.scheduler.faults.map(broken("fault")),
];

/** Members who are here are not shown as away. */
export const checkPresence = (system: System): Broken[] => {
  if (system.manager.ended) return [];
  const seen = system.delvers[0]?.seen.crew ?? [];
  return DELVERS.filter((name) => seen.find((m) => m.player === name)?.state === "away").map(
    (name) => ({ rule: "presence", words: `${name} is here and shown as away` }),
  );
};
