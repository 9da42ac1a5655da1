// Players who walk to and fro and watch closely what a deploy does to them.
import { setTimeout as wait } from "node:timers/promises";
import { party, type ScriptedPlayer, scriptedPlayer } from "@underlode/testkit";

const PARTY_SIZE = 4;
const STEP_EVERY_MS = 150;
const BACK_MS_MAX = 15_000;

/** What one witness has to say. */
export interface Testimony {
  /** Sockets that the server moved, and those that were lost without a word. */
  moved: number;
  lost: number;
  /** Each time from the end of a socket to the first picture after it. */
  gapsMs: number[];
  /** Commands sent that the server never took. */
  commandsLost: number;
  errors: string[];
}

/** A party of witnesses in a dungeon. */
export interface Witnesses {
  walk(): void;
  /** Ends the walk and judges: why each one who is not back in the same picture is not. */
  gather(): Promise<string[]>;
  readonly testimonies: readonly Testimony[];
  leave(): Promise<void>;
}

/** Brings a party of four into a dungeon. */
export async function sendWitnesses(ws: string, seed: number): Promise<Witnesses> {
  const players = await Promise.all(
    Array.from({ length: PARTY_SIZE }, () => scriptedPlayer({ url: ws })),
  );
  await party(players, { seed });
  const watched = players.map(watch);
  const places = players.map(placeOf);
  let timer: NodeJS.Timeout | undefined;
  return {
    testimonies: watched.map(({ testimony }) => testimony),
    walk: () => {
      timer = walk(players);
    },
    gather: async () => {
      clearInterval(timer);
      const judged = await Promise.all(players.map((one, i) => judge(one, places[i]!)));
      return [...judged, await differing(players)].filter((words) => words !== undefined);
    },
    leave: async () => {
      clearInterval(timer);
      for (const { done } of watched) done();
      const online = players.filter(({ client }) => client.state.at === "online");
      await Promise.all(online.map((one) => one.ask({ t: "party.leave" })));
      for (const one of players) one.close();
    },
  };
}

function walk(players: readonly ScriptedPlayer[]): NodeJS.Timeout {
  let round = 0;
  return setInterval(() => {
    round++;
    for (const [i, { client }] of players.entries())
      client.act({ do: "step", dir: (i * 2 + (round % 2) * 4) % 8 });
  }, STEP_EVERY_MS);
}

/** Looks at every frame and every state of a player until told that it is done. */
function watch(player: ScriptedPlayer): { testimony: Testimony; done: () => void } {
  const testimony: Testimony = { moved: 0, lost: 0, gapsMs: [], commandsLost: 0, errors: [] };
  let isDone = false;
  let lostAtMs: number | undefined;
  let states = player.states.length;
  let frames = player.frames.length;
  let lastN = player.seen.n;
  const look = () => {
    for (const state of player.states.slice(states)) {
      if (state.at === "waiting") {
        lostAtMs ??= performance.now();
        if (state.planned) testimony.moved++;
        else testimony.lost++;
      }
      if (state.at === "online") testimony.commandsLost += state.lost;
      if (state.at === "closed") testimony.errors.push(`closed: ${state.code}`);
    }
    for (const frame of player.frames.slice(frames)) {
      if (frame.t === "error") testimony.errors.push(`error: ${frame.code}`);
      if (frame.t === "welcome" && !frame.resumed) testimony.errors.push("the session began anew");
      if (frame.t === "picture" && lostAtMs !== undefined) {
        testimony.gapsMs.push(performance.now() - lostAtMs);
        lostAtMs = undefined;
      }
    }
    if (player.seen.n < lastN) testimony.errors.push(`went back from ${lastN} to ${player.seen.n}`);
    lastN = player.seen.n;
    states = player.states.length;
    frames = player.frames.length;
  };
  const watching = player.until(
    () => {
      if (!isDone) look();
      return isDone;
    },
    { deadlineMs: 2 ** 31 - 1, what: "the end of the watch" },
  );
  watching.catch((error: Error) => testimony.errors.push(error.message));
  return {
    testimony,
    done: () => {
      isDone = true;
    },
  };
}

interface Place {
  party: string | undefined;
  floor: number;
  n: number;
}

const placeOf = ({ seen }: ScriptedPlayer): Place => ({
  party: seen.party,
  floor: seen.floor,
  n: seen.n,
});

/** Whether a player is back where it was and can act; words if not. */
async function judge(player: ScriptedPlayer, before: Place): Promise<string | undefined> {
  const isBack = () => player.client.state.at === "online" && !player.seen.stale;
  try {
    await player.until(isBack, { deadlineMs: BACK_MS_MAX, what: "return" });
    await player.act({ do: "step", dir: 0 });
  } catch (error) {
    return (error as Error).message;
  }
  const now = placeOf(player);
  const isSame = now.party === before.party && now.floor === before.floor && now.n > before.n;
  if (isSame) return undefined;
  return `${player.name} was at ${JSON.stringify(before)} and is at ${JSON.stringify(now)}`;
}

/** All of a party see the same floor with the same things on it; words if not. */
async function differing(players: readonly ScriptedPlayer[]): Promise<string | undefined> {
  const [first, ...others] = players as [ScriptedPlayer, ...ScriptedPlayer[]];
  const until = Date.now() + BACK_MS_MAX;
  for (const other of others) {
    // Either of both may be the one whose last frame is still to come.
    while (differences(first, other).length > 0 && Date.now() < until) await wait(10);
    const left = differences(first, other);
    if (left.length > 0)
      return `${other.name} sees what ${first.name} does not: ${left.join("; ").slice(0, 500)}`;
  }
  return undefined;
}

const DIFFERENCES_MAX = 5;

/** What two players see differently, a few of them in words. */
function differences(one: ScriptedPlayer, other: ScriptedPlayer): string[] {
  const [a, b] = [entriesOf(one), entriesOf(other)];
  const places = [...new Set([...a.keys(), ...b.keys()])];
  return places
    .filter((place) => a.get(place) !== b.get(place))
    .slice(0, DIFFERENCES_MAX)
    .map((place) => `${place} is ${a.get(place)} or ${b.get(place)}`);
}

const entriesOf = ({ seen }: ScriptedPlayer): Map<string, string> =>
  new Map([
    ["floor", String(seen.floor)],
    ...[...seen.cells].map((cell, i) => [`cell ${i}`, String(cell)] as const),
    ...[...seen.things].map(([id, thing]) => [`thing ${id}`, JSON.stringify(thing)] as const),
    ...seen.crew.map((one, i) => [`crew ${i}`, JSON.stringify(one)] as const),
  ]);
