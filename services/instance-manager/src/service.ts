import {
  board,
  type HostId,
  INSTANCES_MAX,
  instance as instanceSubjects,
  manager,
  ok,
  PARTIES_MAX,
  type Party,
  type PlayerId,
  playback,
  type Result,
  refuse,
  party as subjects,
} from "@underlode/contracts";
import type { Scope } from "@underlode/runtime";
import { confirm } from "./confirming.ts";
import { InstanceCounters } from "./counters.ts";
import { Delves } from "./delves.ts";
import { Forsaken } from "./forsaken.ts";
import { watchHealth } from "./health.ts";
import { invite } from "./inviting.ts";
import { giveTo, heldBy, partyVaultOf, sharedBy } from "./legacy.ts";
import { Parties } from "./parties.ts";
import * as rules from "./party-rules.ts";
import { Playbacks } from "./playbacks.ts";
import { Processes } from "./processes.ts";
import type { HostWish } from "./run-start.ts";

/** Milliseconds between two signs of life of a host. */
const BEAT_MS = 1_000;

export type ManagerOptions = {
  readonly host: HostId;
  readonly build: string;
  /** What this host settles of runs that begin; the usual unless told. */
  readonly runs?: HostWish | undefined;
  readonly entry: string;
  readonly poolSize: number;
  /** Environment of an instance: how to reach NATS and where to log. */
  readonly env: Readonly<Record<string, string>>;
};

/** Parties, and the processes in which their dungeons run. */
export const startManager = async (
  { bus, log, metrics, onDrain }: Pick<Scope<object>, "bus" | "log" | "metrics" | "onDrain">,
  options: ManagerOptions,
): Promise<void> => {
  const parties = await Parties.open(bus);
  const forsaken = await Forsaken.open(bus);
  let closing = false;
  const delves = new Delves({
    bus,
    log,
    metrics,
    parties,
    forsaken,
    host: options.host,
    build: options.build,
    runs: options.runs,
  });
  const counters = new InstanceCounters(metrics);
  const processes = new Processes({
    entry: options.entry,
    env: options.env,
    poolSize: options.poolSize,
    onPool: (size) => metrics.set("underlode_instance_pool", size),
    onEnding: async (instance, ending) => {
      counters.forget(instance);
      await delves.ended(instance, ending).catch((err) => {
        if (!closing) log.error({ err, instance }, "ending failed");
      });
    },
  });
  delves.processes = processes;
  const playbacks = new Playbacks({ log, metrics, parties, processes });

  const inParty = async (
    player: PlayerId,
    rule: (party: Party) => Result<Party>,
  ): Promise<Result<Party>> => {
    const id = await parties.idOf(player);
    return id === undefined ? refuse("not-in-party") : parties.change(id, rule);
  };
  const leave = async (player: PlayerId): Promise<Result<null>> => {
    const id = await parties.idOf(player);
    if (id === undefined) return refuse("not-in-party");
    const party = await parties.get(id);
    if (party !== undefined) await forsaken.note(party, player);
    const left = await parties.remove(id, player);
    if (!left.ok) return left;
    if (left.value !== null) delves.presence(left.value);
    // The party may have set out since it was looked at.
    const last = left.value ?? party;
    const instance = last === undefined ? undefined : rules.instanceOf(last);
    if (instance !== undefined) {
      bus.tell(instanceSubjects.presence, { instance, player }, { presence: "left" });
      if (left.value === null && last !== undefined) delves.stop(last);
    }
    return ok(null);
  };

  let partyCount = 0;
  const countParties = async (): Promise<void> => {
    partyCount = await parties.count();
    metrics.set("underlode_parties", partyCount);
  };
  bus.serve(subjects.create, {}, async (who) =>
    partyCount < PARTIES_MAX ? parties.create(who) : refuse("host-full"),
  );
  bus.serve(subjects.join, {}, async ({ code, ...who }) => {
    const id = await parties.byCode(code);
    return id === undefined
      ? refuse("no-such-party")
      : parties.join(id, who, (party) => rules.join(party, who));
  });
  bus.serve(subjects.of, {}, async ({ player, online }) => {
    const id = await parties.idOf(player);
    if (id === undefined) return ok(null);
    const party = await parties.change(id, (p) => ok(rules.setOnline(p, player, online)));
    if (party.ok) {
      delves.presence(party.value);
      const isIn = party.value.members.some((m) => m.player === player);
      return isIn ? party : ok(null);
    }
    return party.error.code === "not-in-party" ? ok(null) : party;
  });
  bus.serve(subjects.class, {}, (ask) =>
    inParty(ask.player, (party) => rules.chooseClass(party, ask.player, ask.class)),
  );
  bus.serve(subjects.legacy, {}, async ({ player, ids }) => {
    const kept = await heldBy(bus, player, ids);
    return kept.ok ? inParty(player, (party) => rules.chooseLegacy(party, player, ids)) : kept;
  });
  bus.serve(subjects.shared, {}, async ({ player, ids }) => {
    const party = await parties.of(player);
    if (party === undefined) return refuse("not-in-party");
    const kept = await sharedBy(bus, party, ids);
    return kept.ok ? inParty(player, (p) => rules.chooseShared(p, player, ids)) : kept;
  });
  bus.serve(subjects.give, {}, async ({ player, id }) => {
    const party = await parties.of(player);
    return party === undefined ? refuse("not-in-party") : giveTo(bus, party, player, id);
  });
  bus.serve(subjects.vault, {}, async ({ player }) => {
    const party = await parties.of(player);
    return party === undefined ? refuse("not-in-party") : partyVaultOf(bus, party);
  });
  bus.serve(subjects.ready, {}, (ask) =>
    inParty(ask.player, (party) => rules.setReady(party, ask.player, ask.ready)),
  );
  bus.serve(subjects.delve, {}, async ({ player, seed, game }) => {
    const id = await parties.idOf(player);
    return id === undefined ? refuse("not-in-party") : delves.start(id, player, { seed, game });
  });
  bus.serve(subjects.options, {}, (ask) =>
    inParty(ask.player, (party) => rules.setOptions(party, ask.player, ask.options)),
  );
  bus.serve(subjects.watch, {}, (ask) =>
    inParty(ask.player, (party) => rules.setWatchDelay(party, ask.player, ask.delayMs)),
  );
  bus.serve(playback.watchable, {}, async () => ok(await playbacks.watchable(performance.now())));
  bus.serve(playback.open, {}, ({ instance, party }) => playbacks.open(instance, party));
  bus.serve(board.confirm, {}, ({ instance }) => confirm(processes, log, instance));
  bus.serve(subjects.leave, {}, ({ player }) => leave(player));
  bus.serve(subjects.invite, {}, async ({ player, name, whom }) => {
    const party = await parties.of(player);
    return party === undefined
      ? refuse("not-in-party")
      : invite(bus, party, { player, name }, whom);
  });
  bus.serve(subjects.kick, {}, async ({ player, member }) => {
    const party = await parties.of(player);
    if (party === undefined) return refuse("not-in-party");
    const kicked = rules.kick(party, player, member);
    if (!kicked.ok) return kicked;
    const left = await leave(kicked.value);
    return left.ok ? ok((await parties.of(player)) ?? null) : left;
  });
  bus.hear(instanceSubjects.metrics, {}, ({ host, counters: of }, { instance }) => {
    if (host === options.host) counters.take(instance, of);
  });

  await processes.prove();
  await delves.sweep();
  processes.fill();
  const endHealth = watchHealth({
    bus,
    host: options.host,
    instances: () => processes.instances,
    onSilent: (instance) => {
      log.error({ instance }, "an instance does not answer and is ended");
      processes.kill(instance);
    },
  });
  const beat = setInterval(() => {
    // Counted now and then: the limit is there to keep the buckets in bounds, not to be exact.
    countParties().catch(() => {});
    const room = INSTANCES_MAX - processes.count;
    bus.tell(manager.beat, { host: options.host }, { instances: processes.instances, room });
  }, BEAT_MS);
  onDrain(async () => {
    closing = true;
    delves.close();
    endHealth();
    clearInterval(beat);
    await processes.close();
  });
};
