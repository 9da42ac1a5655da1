// One kill of each kind, and what is measured of it. Times are ms from the kill, one of each player it concerned
// unless said otherwise.
import { setTimeout as wait } from "node:timers/promises";
import type { Chance } from "@underlode/bots";
import { FactKind, InstanceId, journal } from "@underlode/contracts";
import { type Troupe, until } from "../../tools/chaos/cast.ts";
import type { ChaosPlayer } from "../../tools/chaos/player.ts";
import { copiesOf } from "../../tools/deploy/roll.ts";
import type { Child } from "../../tools/launch/child.ts";
import { signal } from "../../tools/launch/processes.ts";
import type { Service } from "../../tools/launch/service.ts";
import { instanceOf, pidOf } from "./settle.ts";
import type { Stage } from "./stage.ts";

/** What was measured, by its name. */
export type Times = Record<string, number[]>;

export const KINDS = ["instance", "connection", "lone-connection", "nats", "postgres"] as const;
export type Kind = (typeof KINDS)[number];

export const kill: Record<Kind, (stage: Stage, chance: Chance) => Promise<Times>> = {
  instance: async (stage, chance) => {
    // A run may have come to its own end since all was settled.
    const inside = stage.troupes.filter((troupe) => instanceOf(troupe) !== undefined);
    const troupe = inside[Math.floor(chance() * inside.length)] as Troupe;
    const [instance, pid] = [instanceOf(troupe), await pidOf(stage, troupe)];
    if (pid === undefined || instance === undefined) throw new Error("nobody plays there");
    const strike = begin(stage);
    signal(pid, "SIGKILL");
    const claim = () =>
      stage.claims.find((one) => one.instance === instance && one.atMs > strike.atMs);
    await until(() => claim() !== undefined, "claim");
    const { n, atMs } = claim()!;
    // What the dead one had sent may come a little later; the new owner's come behind its claim.
    const { frame, applied } = await backAgain(stage, strike, troupe, { n, atMs });
    return { claim: [atMs - strike.atMs], frame, applied };
  },
  connection: (stage) => killConnection(stage),
  "lone-connection": (stage) => killConnection(stage),
  nats: async (stage) => {
    const strike = begin(stage);
    const atMs = await killed(stage, stage.stack.nats.child);
    const { frame, applied } = await backAgain(stage, strike, stage.players, { atMs });
    // The first of all, one a kill; the others wait for their own connection and instance.
    return { frame, applied, "first applied": [Math.min(...applied)] };
  },
  postgres: (stage) => killPostgres(stage),
};

interface Strike {
  atMs: number;
  /** Where in the record that moment is. */
  shown: number;
  commands: number;
}

const begin = ({ clock, record }: Stage): Strike => ({
  ...{ atMs: clock(), shown: record.shown.length, commands: record.commands.length },
});

/** Kills and waits for the end; gives its time. */
async function killed({ clock }: Stage, child: Child): Promise<number> {
  signal(child.pid, "SIGKILL");
  await child.ended;
  return clock();
}

/** From the kill to each player's first frame, and to the first command applied that was sent after it. */
async function backAgain(
  { record }: Stage,
  strike: Strike,
  players: readonly ChaosPlayer[],
  { atMs, n = 0 }: { atMs: number; n?: number },
): Promise<{ frame: number[]; applied: number[] }> {
  const look = ({ player }: ChaosPlayer) => {
    const frame = record.shown.find(
      (one, i) => i >= strike.shown && one.player === player && one.n >= n && one.atMs >= atMs,
    );
    const done = record.commands
      .slice(strike.commands)
      .filter((op) => op.player === player && op.outcome === "ok" && (op.doneMs ?? 0) >= atMs)
      .map((op) => op.doneMs as number);
    return { frame: frame?.atMs, applied: done.length > 0 ? Math.min(...done) : undefined };
  };
  const isBack = (one: ChaosPlayer) => {
    const { frame, applied } = look(one);
    return frame !== undefined && applied !== undefined;
  };
  await until(() => players.every(isBack), "return of everybody");
  const looks = players.map(look);
  return {
    frame: looks.map(({ frame }) => frame! - strike.atMs),
    applied: looks.map(({ applied }) => applied! - strike.atMs),
  };
}

/** Strikes the copy that has most players. */
async function killConnection(stage: Stage): Promise<Times> {
  const copies = await Promise.all(copiesOf(stage.stack).map(withSockets));
  const { copy, sockets } = copies.reduce((a, b) => (b.sockets > a.sockets ? b : a));
  const before = stage.players.map(({ client }) => client.traffic.sockets);
  const strike = begin(stage);
  const atMs = await killed(stage, copy.child);
  const moved = () =>
    stage.players.filter(({ client }, i) => client.traffic.sockets > (before[i] ?? 0));
  await until(() => moved().length >= sockets, "return of all sockets");
  const { frame, applied } = await backAgain(stage, strike, moved(), { atMs });
  return { frame, applied };
}

async function withSockets(copy: Service): Promise<{ copy: Service; sockets: number }> {
  const text = await (await fetch(copy.metrics ?? "")).text();
  return { copy, sockets: Number(/^underlode_sockets(?:\{.*\})? (\d+)/m.exec(text)?.[1] ?? 0) };
}

/** Facts come by themselves only now and then: of a run of our own, one is told every so many ms. */
const FACT_EVERY_MS = 20;
const SAVED_MS_MAX = 30_000;
const LOOK_MS = 20;
/** Commands sent last are answered by then. */
const ANSWER_MS = 100;
const kind = FactKind.parse("claim");
let facts = 0;

async function killPostgres(stage: Stage): Promise<Times> {
  const { stack, bus, record } = stage;
  const instance = InstanceId.parse("bench");
  const telling = setInterval(() => {
    const key = `bench-${++facts}`;
    const body = { key, epoch: 1, tick: 0, n: facts, at: Date.now(), data: { owner: "bench" } };
    bus.tell(journal.fact, { kind, instance }, body);
  }, FACT_EVERY_MS);
  try {
    await savedSince(stage, Date.now(), "fact before the kill");
    const wallMs = Date.now();
    const strike = begin(stage);
    const old = stack.postgres;
    await killed(stage, old.child);
    // What had begun a statement may still end it; that is over before another one starts.
    await until(() => stack.postgres !== old, "Postgres");
    const saved = (await savedSince(stage, wallMs, "fact")) - wallMs;
    await until(() => stage.clock() > strike.atMs + saved + ANSWER_MS, "last answers");
    const latencies = (fromMs: number, toMs: number): number[] =>
      record.commands
        .filter((op) => op.sentMs >= fromMs && op.sentMs < toMs && op.outcome === "ok")
        .map((op) => op.doneMs! - op.sentMs);
    return {
      saved: [saved],
      "command before": latencies(strike.atMs - saved, strike.atMs),
      "command meanwhile": latencies(strike.atMs, strike.atMs + saved),
    };
  } finally {
    clearInterval(telling);
  }
}

/** When the first fact was committed after a moment, in ms since 1970; both by this machine's clock. */
async function savedSince({ db }: Stage, sinceMs: number, what: string): Promise<number> {
  const late = performance.now() + SAVED_MS_MAX;
  while (performance.now() < late) {
    const [row] = await db
      .run(
        (sql) => sql<{ ms: number | null }[]>`
          select (extract(epoch from min(saved_at)) * 1000)::double precision as ms from facts
          where saved_at > greatest(
            to_timestamp(${sinceMs}::double precision / 1000), pg_postmaster_start_time())`,
      )
      .catch(() => []);
    if (typeof row?.ms === "number") return row.ms;
    await wait(LOOK_MS);
  }
  throw new Error(`no ${what} within ${SAVED_MS_MAX} ms`);
}
