// What really happened, from the journals alone: each is played again from its beginning, and every frame that a
// client was shown is made once more.
import {
  cellsOf,
  type Delta,
  type InstanceId,
  inOrder,
  journal,
  type Picture,
  type RunStart,
  type Self,
  type Tick,
  type TickMessage,
} from "@underlode/contracts";
import type { Bus } from "@underlode/runtime";
import type { HostGame } from "../../services/game-instance/src/games.ts";
import type { RunTruth, Shown, TrueFact } from "./record.ts";
import { hashOfTick, whole } from "./sight-hash.ts";

/** What there is to compare a frame with, and what replaying brought to light. */
export interface Truth {
  run: RunTruth;
  /** The hash a frame must have; undefined where the journal has no such message. */
  sightOf(shown: Pick<Shown, "player" | "session" | "kind" | "n">): number | undefined;
  timeOf(n: number): number | undefined;
  lineOf(n: number): string | undefined;
}

/** Wanted frames, so that only what somebody saw whole is put together. */
export type Wanted = ReadonlySet<string>;
export const wantedKey = (player: string, n: number): string => `${player} ${n}`;

/** Every game by its name. */
export type Games = Readonly<Record<string, HostGame>>;

export async function readTruth(
  bus: Bus,
  instance: InstanceId,
  wanted: Wanted,
  games: Games,
): Promise<Truth> {
  const stored = await bus.read(journal.tick, { instance });
  return truthOf(
    instance,
    stored.map(({ body }) => body),
    wanted,
    games,
  );
}

export function truthOf(
  instance: string,
  stored: readonly TickMessage[],
  wanted: Wanted,
  games: Games,
): Truth {
  const messages = inOrder(stored);
  const start = messages.map((one) => (one.kind === "claim" ? one.start : undefined)).find(Boolean);
  const replayed = start === undefined ? undefined : replay(instance, start, messages, games);
  const shown = new Shows(messages, wanted);
  const run: RunTruth = {
    instance,
    whole: messages[0]?.n === 1 && start !== undefined,
    epochs: new Set(messages.map((one) => one.epoch)).size,
    lastN: messages.at(-1)?.n ?? 0,
    faults: [...gapsOf(messages), ...(replayed?.faults ?? [])],
    facts: replayed?.facts ?? [],
    commands: messages.flatMap(commandsOf),
  };
  return {
    run,
    sightOf: (one) => shown.sightOf(one),
    timeOf: (n) => shown.times.get(n),
    lineOf: (n) => shown.lines.get(n),
  };
}

const gapsOf = (messages: readonly TickMessage[]): string[] =>
  messages.flatMap(({ n }, i) => {
    const before = messages[i - 1]?.n;
    return before === undefined || n === before + 1
      ? []
      : [`${before + 1} to ${n - 1} are missing`];
  });

const commandsOf = (message: TickMessage): string[] =>
  message.kind === "claim"
    ? []
    : (message.inputs ?? []).flatMap((input) =>
        input.kind === "command"
          ? [`${input.player} ${message.applied?.[input.player]?.[0] ?? "?"} ${input.seq}`]
          : [],
      );

const FAULTS_MAX = 5;

function replay(
  instance: string,
  start: RunStart,
  messages: readonly TickMessage[],
  games: Games,
): { facts: TrueFact[]; faults: string[] } {
  const facts: TrueFact[] = [];
  const faults: string[] = [];
  const play = <W>(
    simulation: Parameters<Parameters<HostGame>[0]>[0] & { start(o: object): W },
  ) => {
    const world = simulation.start(startOf(start)) as never;
    for (const message of messages) {
      if (message.kind === "claim" || faults.length >= FAULTS_MAX) continue;
      const { tick, n, inputs = [] } = message;
      const outcome = n === 2 ? { facts: [] } : simulation.step(world, tick, inputs);
      if (simulation.check(world) !== message.check) faults.push(`${n} replays otherwise`);
      for (const { kind, player, data } of outcome.facts)
        facts.push({ instance, tick, n, kind, player, data: dataOf(data) });
    }
  };
  games[start.game]?.((simulation) => play(simulation as never));
  return { facts, faults };
}

const startOf = ({ seed, tickRate, players, rules }: RunStart) => ({
  ...{ seed, tickRate, players },
  ...(rules !== undefined && { rules }),
});

/** Data of a fact as one text: keys in order. */
export const dataOf = (data: unknown): string =>
  JSON.stringify(data, (_, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );

interface Floor extends Pick<Picture, "floor" | "name" | "width" | "height"> {
  cells: Uint16Array;
  things: Map<number, Picture["things"][number]>;
}

/** The journal folded into pictures, one message after the other. */
class Shows {
  readonly times = new Map<number, number>();
  readonly lines = new Map<number, string>();
  readonly #ticks = new Map<number, Tick>();
  readonly #wholes = new Map<string, number>();
  readonly #floors = new Map<number, Floor>();
  readonly #self = new Map<string, Self>();
  /** The floor of each player, as of each message that changed it. */
  readonly #floorOf = new Map<number, Record<string, number>>();
  #crew: unknown = [];
  #where: Record<string, number> = {};

  constructor(messages: readonly TickMessage[], wanted: Wanted) {
    const wantedAt = Map.groupBy(wanted, (key) => Number(key.split(" ")[1]));
    for (const message of messages) {
      if (message.kind === "tick") this.#take(message);
      else this.times.set(message.n, this.times.get(message.n - 1) ?? 0);
      for (const key of wantedAt.get(message.n) ?? [])
        this.#keep(key.split(" ")[0] ?? "", message.n);
    }
  }

  #take(tick: Tick): void {
    this.times.set(tick.n, tick.timeMs);
    this.#ticks.set(tick.n, tick);
    for (const picture of tick.pictures ?? []) this.#takePicture(picture);
    for (const delta of tick.floors ?? []) this.#takeDelta(delta);
    if (tick.crew !== undefined) this.#crew = tick.crew;
    if (tick.floorOf !== undefined) this.#where = tick.floorOf;
    this.#floorOf.set(tick.n, this.#where);
    for (const [player, changed] of Object.entries(tick.self ?? {}))
      this.#self.set(player, { ...this.#self.get(player), ...changed });
    for (const { n, text } of tick.log ?? []) this.lines.set(n, text);
  }

  #takePicture({ cells, things, ...rest }: Picture): void {
    this.#floors.set(rest.floor, {
      ...rest,
      cells: cellsOf(cells, rest.width * rest.height) ?? new Uint16Array(),
      things: new Map(things.map((thing) => [thing[0], thing])),
    });
  }

  #takeDelta({ floor, cells = [], things = [], gone = [] }: Delta): void {
    const known = this.#floors.get(floor);
    if (known === undefined) return;
    for (let i = 0; i + 1 < cells.length; i += 2)
      known.cells[cells[i] as number] = cells[i + 1] ?? 0;
    for (const id of gone) known.things.delete(id);
    for (const thing of things) known.things.set(thing[0], thing);
  }

  #keep(player: string, n: number): void {
    const floor = this.#floors.get(this.#where[player] ?? -1);
    if (floor === undefined) return;
    const { cells, things } = floor;
    const sight = whole(floor, cells, things.values(), this.#crew, this.#self.get(player) ?? {});
    this.#wholes.set(wantedKey(player, n), sight);
  }

  sightOf({ player, kind, n }: Pick<Shown, "player" | "session" | "kind" | "n">) {
    if (kind === "picture") return this.#wholes.get(wantedKey(player, n));
    const tick = this.#ticks.get(n);
    return tick === undefined
      ? undefined
      : hashOfTick(partsFor(tick, player, this.#floorOf.get(n)));
  }
}

/** What of a tick concerns one player. */
const partsFor = (tick: Tick, player: string, floorOf: Record<string, number> = {}) => {
  const delta = tick.floors?.find(({ floor }) => floor === floorOf[player]);
  const self = tick.self?.[player];
  const refused = (tick.refused ?? []).filter((one) => one.player === player);
  return {
    ...(delta !== undefined && { delta }),
    ...(tick.crew !== undefined && { crew: tick.crew }),
    ...(self !== undefined && { self }),
    log: (tick.log ?? [])
      .filter(({ to }) => to === undefined || to.includes(player))
      .map(({ n, text, tone }) => ({ n, text, tone })),
    refused: refused.map(({ seq, reason }): [number, string] => [seq, reason]),
  };
};
