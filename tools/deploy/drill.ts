// The drill: a whole system with two connection copies behind nginx, players in it, and the copies replaced under
// them. Nobody may notice more than a short pause.
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { freePort } from "../launch/ports.ts";
import { type Stack, startStack } from "../launch/stack.ts";
import { type Bots, startBots } from "./bots.ts";
import { type Nginx, startNginx } from "./nginx.ts";
import { type Prober, startProber } from "./prober.ts";
import { makeReport, type Report } from "./report.ts";
import { copiesOf, type Roll, rollCopies } from "./roll.ts";
import { sendWitnesses, type Witnesses } from "./witness.ts";

const WITNESS_PARTIES = 2;

export interface DrillOptions {
  /** A folder for data and logs, which stays. */
  home: string;
  /** Parties of four bots that play besides the witnesses. */
  botParties: number;
  /** How often both copies are replaced. */
  rounds: number;
  /** Seconds of play before, between and after the rounds. */
  seconds: number;
  seed: number;
  signal?: AbortSignal;
  quiet?: boolean;
  say?: (text: string) => void;
}

/** Runs the drill on a system of its own, which is gone afterwards. */
export async function drill(options: DrillOptions): Promise<Report> {
  const { home, signal, quiet = false } = options;
  const stack = await startStack({
    ...{ home, connections: 2, port: 0, quiet, env: { UNDERLODE_TRUST_PROXY: "1" } },
    ...(signal && { signal }),
  });
  try {
    const nginx = await startFront(home, stack);
    try {
      return await play(options, stack, nginx);
    } finally {
      await nginx.stop();
    }
  } finally {
    await stack.stop();
  }
}

async function startFront(home: string, stack: Stack): Promise<Nginx> {
  const ports = copiesOf(stack).map(({ http }) => Number(new URL(http ?? "").port));
  const [a, b] = ports as [number, number];
  return startNginx({ dir: join(home, "nginx"), port: await freePort(), slots: [a, b] });
}

async function play(options: DrillOptions, stack: Stack, { ws }: Nginx): Promise<Report> {
  const { botParties, seed } = options;
  const cast: Cast = { witnesses: [] };
  try {
    if (botParties > 0) cast.bots = startBots(ws, { parties: botParties, seed });
    for (let i = 0; i < WITNESS_PARTIES; i++)
      cast.witnesses.push(await sendWitnesses(ws, seed + i));
    cast.prober = startProber(ws);
    const rolls = await rounds(options, stack, cast.witnesses);
    const absent = (await Promise.all(cast.witnesses.map((one) => one.gather()))).flat();
    const handshakes = await cast.prober.stop();
    const bots = await cast.bots?.stop();
    delete cast.bots;
    const testimonies = cast.witnesses.flatMap((one) => one.testimonies);
    return makeReport({ rolls, handshakes, testimonies, absent, bots });
  } finally {
    await dismiss(cast);
  }
}

interface Cast {
  witnesses: Witnesses[];
  prober?: Prober;
  bots?: Bots;
}

async function rounds(
  { rounds, seconds, signal, say = () => {} }: DrillOptions,
  stack: Stack,
  witnesses: readonly Witnesses[],
): Promise<Roll[]> {
  const calm = () => wait(seconds * 1_000, undefined, { ...(signal && { signal }) });
  for (const one of witnesses) one.walk();
  await calm();
  const rolls: Roll[] = [];
  for (let round = 1; round <= rounds; round++) {
    say(`round ${round} of ${rounds}: replacing both copies`);
    rolls.push(...(await rollCopies(stack, signal)));
    await calm();
  }
  return rolls;
}

async function dismiss({ witnesses, prober, bots }: Cast): Promise<void> {
  await prober?.stop();
  await bots?.stop().catch(() => {});
  await Promise.allSettled(witnesses.map((one) => one.leave()));
}
