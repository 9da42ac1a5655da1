import {
  type Act,
  FactBody,
  Mail,
  type RunStart,
  type Said,
  Said as SaidBody,
  type Tick,
  TickMessage,
  unpack,
} from "@underlode/contracts";
import type { Simulation } from "@underlode/sim";
import { INSTANCE } from "./cast.ts";
import { pureGame } from "./game.ts";
import type { System } from "./system.ts";

/** What is stored of a subject, with numbers. */
const stored = <T>(
  { server }: System,
  name: string,
  read: (value: unknown) => T,
): { seq: number; subject: string; body: T }[] =>
  (server.broker.streams.get(name)?.messages ?? []).map(({ seq, subject, bytes }) => ({
    ...{ seq, subject, body: read(unpack(bytes)) },
  }));

const journalIn = (system: System): { seq: number; body: TickMessage }[] => [
  ...system.forgotten.map(({ seq, bytes }) => ({ seq, body: TickMessage.parse(unpack(bytes)) })),
  ...stored(system, "TICKS", (value) => TickMessage.parse(value)),
];

export const saidIn = (system: System): { seq: number; subject: string; body: Said }[] =>
  stored(system, "CHAT", (value) => SaidBody.parse(value));

export const mailIn = (system: System): { seq: number; subject: string; body: Mail }[] =>
  stored(system, "MAIL", (value) => Mail.parse(value));

export const factsIn = (system: System): { seq: number; body: FactBody }[] =>
  stored(system, "FACTS", (value) => FactBody.parse(value));

export type TrueFact = { readonly key: string; readonly kind: string };
/** A run as it must have been, worked out from its journal alone. */
export type Truth = {
  readonly epoch: number;
  readonly n: number;
  readonly ticks: readonly Tick[];
  readonly facts: readonly TrueFact[];
  readonly wrong: readonly string[];
};

/** Messages of owners that were replaced do not count; the others leave no hole. */
const counted = (system: System, wrong: string[]): TickMessage[] => {
  let [epoch, n] = [0, 0];
  const messages: TickMessage[] = [];
  for (const { seq, body } of journalIn(system)) {
    if (body.epoch < epoch || (body.epoch === epoch && body.n <= n)) continue;
    if (body.n !== n + 1) wrong.push(`journal: message ${body.n} (seq ${seq}) comes after ${n}`);
    if (body.kind === "tick" && body.epoch !== epoch)
      wrong.push(`journal: message ${body.n} of epoch ${body.epoch} has no claim`);
    [epoch, n] = [body.epoch, body.n];
    messages.push(body);
  }
  return messages;
};

export const truthOf = (system: System): Truth => {
  const wrong: string[] = [];
  const messages = counted(system, wrong);
  const start = messages.map((m) => (m.kind === "claim" ? m.start : undefined)).find(Boolean);
  const ticks = messages.filter((m): m is Tick => m.kind === "tick");
  const facts = pureGame(system.game)((game) => replay(game, start, ticks, wrong));
  const last = messages.at(-1);
  return { epoch: last?.epoch ?? 0, n: last?.n ?? 0, ticks, facts, wrong };
};

const replay = <W>(
  game: Simulation<W, Act>,
  start: RunStart | undefined,
  ticks: readonly Tick[],
  wrong: string[],
): TrueFact[] => {
  if (start === undefined) return [];
  const { seed, tickRate, players, rules } = start;
  const world = game.start({ seed, tickRate, players, ...(rules && { rules }) });
  const facts: TrueFact[] = [];
  for (const { n, tick, inputs = [], check } of ticks) {
    // The first message of a run shows where it begins.
    const told = n === 2 ? [] : game.step(world, tick, inputs).facts;
    for (const [i, { kind }] of told.entries())
      facts.push({ key: `${INSTANCE}-${tick}-${n}-${i}`, kind });
    if (game.check(world) !== check) {
      wrong.push(`journal: message ${n} (tick ${tick}) replays otherwise`);
      break;
    }
  }
  return facts;
};
