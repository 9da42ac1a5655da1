// Replaces the copies of the connection service one after the other: each drains, ends, and is there again on its
// port before the next one goes.
import { setTimeout as wait } from "node:timers/promises";
import type { Service } from "../launch/service.ts";
import type { Stack } from "../launch/stack.ts";
import { Trouble } from "../setup/say.mjs";

/** Longer than a drain may take by itself; then the copy is killed, and the roll says so. */
const DRAIN_MS = 15_000;
const READY_MS = 30_000;

/** How the replacement of one copy went. */
export interface Roll {
  copy: string;
  /** From SIGTERM to the end of the old process. */
  drainMs: number;
  /** From there to the readiness of the new one. */
  startMs: number;
  /** Whether the old one ended by itself and well. */
  clean: boolean;
}

/** The connection copies of a running system, in the order of their slots. */
export function copiesOf(stack: Stack): Service[] {
  return stack.services
    .filter(({ name }) => name.startsWith("connection"))
    .sort((a, b) => a.name.localeCompare(b.name));
}

/** Replaces every copy in turn. */
export async function rollCopies(stack: Stack, signal?: AbortSignal): Promise<Roll[]> {
  const rolls: Roll[] = [];
  for (const { name } of copiesOf(stack)) rolls.push(await rollCopy(stack, name, signal));
  return rolls;
}

async function rollCopy(stack: Stack, name: string, signal?: AbortSignal): Promise<Roll> {
  const old = copiesOf(stack).find((copy) => copy.name === name);
  if (!old) throw new Trouble(`there is no copy ${name} to replace.`);
  const begun = performance.now();
  await old.stop(DRAIN_MS);
  const { code } = await old.child.ended;
  const ended = performance.now();
  // Whoever keeps the services running starts it again at once, with the code of now.
  await whenReplaced(stack, old, signal);
  return {
    copy: name,
    drainMs: Math.round(ended - begun),
    startMs: Math.round(performance.now() - ended),
    clean: code === 0,
  };
}

async function whenReplaced(stack: Stack, old: Service, signal?: AbortSignal): Promise<void> {
  const until = Date.now() + READY_MS;
  while (Date.now() < until) {
    const now = copiesOf(stack).find((copy) => copy.name === old.name);
    if (now && now.pid !== old.pid && (await isReady(now))) return;
    await wait(10, undefined, { ...(signal && { signal }) });
  }
  throw new Trouble(
    `the new copy of ${old.name} was not ready within ${READY_MS / 1_000} s.`,
    `Its log is in ${stack.home.logs}`,
  );
}

async function isReady({ metrics }: Service): Promise<boolean> {
  const url = metrics?.replace(/\/metrics$/, "/readyz");
  const answer = url && (await fetch(url).catch(() => undefined));
  return answer ? answer.ok : false;
}
