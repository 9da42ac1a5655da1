// What can go wrong, one entry a kind. A fault strikes, holds for a while, and is healed; what cannot be done on this
// machine is skipped and counted.
import type { Chance } from "@underlode/bots";
import { childrenOf, signal } from "../launch/processes.ts";
import type { Gate } from "./gate.ts";
import { watchLoss } from "./notice.ts";
import { type NatsUser, SERVICES, type ServiceName } from "./plan.ts";
import type { System } from "./system.ts";

/** What a fault may look at and strike. */
export interface Scene {
  system: System;
  chance: Chance;
  /** The process of an instance that somebody plays in, drawn by chance. */
  instance(): Promise<{ id: string; pid: number; players: readonly string[] } | undefined>;
}

/** Undoes a fault; undefined where the system must get over it by itself. */
type Heal = (() => unknown) | undefined;
type Struck = { heal?: Heal; players?: readonly string[] };

export interface Fault {
  /** What it takes away: two faults of one thing never strike at once. */
  of: string;
  /** Ms for which it holds, least and most. */
  heldMs: readonly [number, number];
  isPossible?: (system: System) => boolean;
  /** No other fault strikes while it holds: together they break a promise that was never made. */
  alone?: true;
  strike(scene: Scene): Promise<Struck>;
}

const INSTANT = [0, 0] as const;
const SHORT = [500, 1_800] as const;
const LONG = [2_000, 5_000] as const;
/** Longer than it takes to be given up for dead. */
const TAKEOVER = [5_500, 7_500] as const;
const HOUR_MS = 3_600_000;
const SLOW_MS = [60, 250] as const;
/** Longer than anybody may take to notice. */
const NOTICED = [4_000, 6_000] as const;
/** From an operator who is there to one who comes when dungeons have long stored themselves. */
const LAUNCH = [1_000, 8_000] as const;
const ORPHANED = [2_000, 18_000] as const;
const NATS_MEND_MS = 4_000;
const RIVALS = 2;
const RIVAL_STOP_MS = 1_000;

const killing = (name: ServiceName): Fault => ({
  of: name,
  heldMs: INSTANT,
  strike: async ({ system }) => {
    signal(system.service(name).pid, "SIGKILL");
    return {};
  },
});

const draining = (name: ServiceName): Fault => ({
  of: name,
  heldMs: INSTANT,
  strike: async ({ system }) => {
    signal(system.service(name).pid, "SIGTERM");
    return {};
  },
});

const freezing = (of: string, pidOf: (system: System) => number, heldMs = LONG): Fault => ({
  of,
  heldMs,
  strike: async ({ system }) => {
    const pid = pidOf(system);
    signal(pid, "SIGSTOP");
    return { heal: () => signal(pid, "SIGCONT") };
  },
});

const gating = (
  of: string,
  gateOf: (system: System) => Gate | undefined,
  close: (gate: Gate, chance: Chance) => void,
  heldMs: readonly [number, number] = LONG,
): Fault => ({
  of,
  heldMs,
  strike: async ({ system, chance }) => {
    const gate = gateOf(system) as Gate;
    close(gate, chance);
    return { heal: () => gate.open() };
  },
});

const parting = (user: NatsUser, heldMs: readonly [number, number] = LONG): Fault =>
  gating(
    user,
    ({ gates }) => gates.get(user),
    (gate) => gate.hold(),
    heldMs,
  );

/** Takes NATS away from everybody at once, and looks how long each takes to notice. */
const losing = (
  heldMs: readonly [number, number],
  take: (system: System) => () => void,
): Pick<Fault, "of" | "heldMs" | "strike"> => ({
  of: "nats",
  heldMs,
  strike: async ({ system }) => {
    const giveBack = take(system);
    const watch = watchLoss(SERVICES.map((name) => () => system.service(name).metrics));
    return {
      heal: async () => {
        giveBack();
        return watch.stop();
      },
    };
  },
});

/** The launcher dies outright, and whoever else is named; an operator starts everything again on the same home. */
const unlaunching = (
  heldMs: readonly [number, number],
  also: readonly ServiceName[] = [],
): Fault => ({
  of: "launcher",
  heldMs,
  // Who strikes at what is down anyway strikes at nothing.
  alone: true,
  strike: async ({ system }) => {
    const pids = also.map((name) => system.service(name).pid);
    await system.killLauncher();
    for (const pid of pids) signal(pid, "SIGKILL");
    return {
      heal: async () => {
        const left = system.left();
        await system.launchAgain();
        return `${left} services and instances were left when it was started again`;
      },
    };
  },
});

const striking = (
  name: NodeJS.Signals,
  heldMs: readonly [number, number],
): Pick<Fault, "of" | "heldMs" | "strike"> => ({
  of: "instances",
  heldMs,
  strike: async ({ instance }) => {
    const found = await instance();
    if (found === undefined) return { players: [] };
    const { pid, players } = found;
    signal(pid, name);
    return { players, ...(name === "SIGSTOP" && { heal: () => signal(pid, "SIGCONT") }) };
  },
});

const between = (chance: Chance, [least, most]: readonly [number, number]): number =>
  least + chance() * (most - least);

/** Every kind by its name; the nemesis draws from these. */
export const FAULTS = {
  "kill-instance": striking("SIGKILL", INSTANT),
  "freeze-instance": striking("SIGSTOP", SHORT),
  "replace-instance": striking("SIGSTOP", TAKEOVER),
  "rival-owners": {
    of: "instances",
    heldMs: LONG,
    strike: async ({ system, instance }) => {
      const found = await instance();
      if (found === undefined) return { players: [] };
      const rivals = await system.rivals(found.id, RIVALS);
      const heal = () => Promise.all(rivals.map((one) => one.stop("SIGKILL", RIVAL_STOP_MS)));
      return { heal, players: found.players };
    },
  },
  "kill-connection": killing("connection"),
  "kill-connection-2": killing("connection-2"),
  "kill-both-connections": {
    of: "connection",
    heldMs: INSTANT,
    strike: async ({ system }) => {
      for (const name of ["connection", "connection-2"] as const)
        signal(system.service(name).pid, "SIGKILL");
      return {};
    },
  },
  "drain-connection": draining("connection"),
  "freeze-connection": freezing("connection", (system) => system.service("connection-2").pid),
  "part-connection": parting("connection"),
  "kill-chat": killing("chat"),
  "part-chat": parting("chat"),
  "kill-persistence": killing("persistence"),
  "drain-persistence": draining("persistence"),
  "part-persistence": parting("persistence"),
  "kill-manager": killing("instance-manager"),
  "freeze-manager": freezing("instance-manager", (s) => s.service("instance-manager").pid),
  "part-manager": parting("instance-manager"),
  "part-instances": parting("instances"),
  "lose-in-flight": {
    of: "instances",
    heldMs: SHORT,
    // A connection that dies takes along what was on its way: with a short way there is next to nothing.
    strike: async ({ system, chance }) => {
      const gate = system.gates.get("instances") as Gate;
      gate.slow(between(chance, SLOW_MS));
      return {
        heal: () => {
          gate.cut();
          gate.open();
        },
      };
    },
  },
  "kill-nats": {
    of: "nats",
    heldMs: INSTANT,
    strike: async ({ system }) => {
      signal(system.nats().pid, "SIGKILL");
      return {};
    },
  },
  "freeze-nats": losing(LONG, (system) => {
    const { pid } = system.nats();
    signal(pid, "SIGSTOP");
    return () => signal(pid, "SIGCONT");
  }),
  "part-nats": {
    ...losing(NOTICED, ({ gates }) => {
      for (const gate of gates.values()) gate.hold();
      return () => {
        for (const gate of gates.values()) gate.open();
      };
    }),
    // The gates are those of everybody's own partition.
    alone: true,
  },
  "fill-disk": {
    of: "nats",
    heldMs: LONG,
    isPossible: ({ disk }) => disk !== undefined,
    // What a full store does not take is shown all the same until the owner stops its clock: that much is taken
    // back where the owner dies before the store is mended.
    alone: true,
    strike: async ({ system }) => {
      system.disk?.fill();
      return {
        heal: async () => {
          system.disk?.free();
          return `nats-server mended ${await system.mendNats(NATS_MEND_MS)}`;
        },
      };
    },
  },
  "kill-postgres": {
    of: "postgres",
    heldMs: INSTANT,
    strike: async ({ system }) => {
      signal(system.postgres().pid, "SIGKILL");
      return {};
    },
  },
  "freeze-postgres": {
    of: "postgres",
    heldMs: LONG,
    strike: async ({ system }) => {
      const { pid } = system.postgres();
      // First the one that would start more of them.
      signal(pid, "SIGSTOP");
      const pids = [...childrenOf(pid), pid];
      for (const one of pids) signal(one, "SIGSTOP");
      return {
        heal: () => {
          for (const one of pids) signal(one, "SIGCONT");
        },
      };
    },
  },
  "part-postgres": gating(
    "postgres",
    ({ postgresGate }) => postgresGate,
    (gate) => gate.hold(),
  ),
  "refuse-postgres": gating(
    "postgres",
    ({ postgresGate }) => postgresGate,
    (gate) => gate.refuse(),
  ),
  "postgres-away-persistence-killed": {
    of: "postgres",
    heldMs: LONG,
    strike: async ({ system }) => {
      system.postgresGate.refuse();
      return {
        heal: () => {
          signal(system.service("persistence").pid, "SIGKILL");
          system.postgresGate.open();
        },
      };
    },
  },
  "kill-launcher": unlaunching(LAUNCH),
  "kill-launcher-and-services": unlaunching(ORPHANED, SERVICES),
  "cut-links": {
    of: "front",
    heldMs: INSTANT,
    strike: async ({ system }) => {
      system.front.cut();
      return {};
    },
  },
  "slow-links": gating(
    "front",
    ({ front }) => front,
    (gate, chance) => gate.slow(between(chance, SLOW_MS)),
  ),
  "hold-links": gating(
    "front",
    ({ front }) => front,
    (gate) => gate.hold(),
  ),
  "jump-clock": {
    of: "clock",
    heldMs: LONG,
    strike: async ({ system, chance }) => {
      const users = [...system.gates.keys()];
      const user = users[Math.floor(chance() * users.length)] ?? "chat";
      system.setClock(user, chance() < 0.5 ? HOUR_MS : -HOUR_MS);
      return { heal: () => system.setClock(user, 0) };
    },
  },
  "jump-clocks": {
    of: "clock",
    heldMs: LONG,
    strike: async ({ system, chance }) => {
      const aheadMs = chance() < 0.5 ? HOUR_MS : -HOUR_MS;
      for (const user of system.gates.keys()) system.setClock(user, aheadMs);
      return {
        heal: () => {
          for (const user of system.gates.keys()) system.setClock(user, 0);
        },
      };
    },
  },
} as const satisfies Record<string, Fault>;

export type FaultKind = keyof typeof FAULTS;
export const FAULT_KINDS = Object.keys(FAULTS) as FaultKind[];
export const faultOf = (kind: FaultKind): Fault => FAULTS[kind];
