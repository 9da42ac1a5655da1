// When the system is healthy again after a kill: waited for by what can be seen, never by time.
import { setTimeout as wait } from "node:timers/promises";
import { InstanceId, instance as subjects } from "@underlode/contracts";
import { isInside, type Troupe, until } from "../../tools/chaos/cast.ts";
import { figuresOf, treeOf } from "../processes.ts";
import type { Stage } from "./stage.ts";

/** Instance processes that wait warm, as the manager keeps them by default. */
const POOL = 2;
/** Who used no processor time for so long is warm, has rehearsed, and waits. */
const QUIET_MS = 1_300;

/** Waits until all run, all play, and warm instances wait for the next death. */
export async function settle(stage: Stage): Promise<void> {
  const { stack, players, record, clock } = stage;
  const runs = () =>
    [...stack.services, stack.nats, stack.postgres].every(({ child }) => !child.isEnded());
  await until(runs, "running system");
  const [fromMs, from] = [clock(), record.commands.length];
  await until(() => {
    const fresh = record.commands.slice(from);
    const acts = (player: string) =>
      fresh.some((op) => op.player === player && op.sentMs >= fromMs && op.outcome === "ok");
    return players.every((one) => isInside(one) && acts(one.player));
  }, "party that plays");
  await quietPool(stage);
}

async function quietPool(stage: Stage): Promise<void> {
  for (let before = ""; ; ) {
    const pool = await poolOf(stage);
    const now = JSON.stringify(pool);
    if (pool.length >= POOL && now === before) return;
    before = now;
    await wait(QUIET_MS);
  }
}

/** Each waiting process with its processor time. */
async function poolOf({ stack, troupes, bus }: Stage): Promise<[pid: number, cpuMs: number][]> {
  const manager = stack.services.find(({ name }) => name === "instance-manager");
  const [, ...children] = treeOf(manager?.pid ?? 0);
  const playing = await Promise.all(troupes.map((troupe) => pidOf({ bus }, troupe)));
  return children
    .filter((pid) => !playing.includes(pid))
    .flatMap((pid) => {
      const figures = figuresOf(pid);
      return figures === undefined ? [] : [[pid, figures.cpuMs] as [number, number]];
    });
}

/** The run that a party is in. */
export const instanceOf = ([first]: Troupe): InstanceId | undefined => {
  const at = first?.party?.at;
  return at?.phase === "delving" ? InstanceId.parse(at.instance) : undefined;
};

/** The process of a party's run. As nobody's manager: an orphan must not take it for a watch over it. */
export async function pidOf(
  { bus }: Pick<Stage, "bus">,
  troupe: Troupe,
): Promise<number | undefined> {
  const instance = instanceOf(troupe);
  if (instance === undefined) return undefined;
  const health = await bus.ask(subjects.health, { instance }, { host: "bench-look" });
  return health.ok ? health.value.pid : undefined;
}
