// What a launcher of the harness is told to start, and what it says that stands.
import { join } from "node:path";
import { clockUrl } from "./entry.ts";

/** The services as they are struck at; the two copies of the connection service are two. */
export const SERVICES = [
  "persistence",
  "chat",
  "instance-manager",
  "connection",
  "connection-2",
] as const;
export type ServiceName = (typeof SERVICES)[number];
/** Whoever reaches NATS through a gate: the services, and all game instances together. */
export type NatsUser = ServiceName | "instances";

/** The same for every launch of one system: who starts it again finds everything where it was. */
export interface LaunchPlan {
  home: string;
  /** The folder of the content that its dungeons are made of. */
  content: string;
  /** A deliberate fault that a test build has. */
  plant?: string | undefined;
  ports: { nats: number; postgres: number; connection: number; "connection-2": number };
  /** The gate of each on its way to NATS. */
  gates: Record<NatsUser, number>;
  postgresGate: number;
}

/** What runs at this moment: what was killed is in here until it runs again. */
export interface Standing {
  /** In the environment of every process of this launch. */
  launch: string;
  nats: { pid: number; port: number; url: string; user: string; password: string };
  postgres: { pid: number; url: string };
  services: Partial<Record<ServiceName, { pid: number; metrics: string }>>;
  /** The file that an instance process runs. */
  entry: string;
  isReady?: true;
}

const HOST = "chaos";

/** What each one is given for itself. */
export function ownEnv(plan: LaunchPlan, user: NatsUser): Record<string, string> {
  return {
    UNDERLODE_NATS_URL: `nats://127.0.0.1:${plan.gates[user]}`,
    UNDERLODE_CHAOS_CLOCK: clockFile(plan.home, user),
    ...(plan.plant !== undefined && { UNDERLODE_TEST_BUILD: "1", UNDERLODE_PLANT: plan.plant }),
  };
}

/** What all are given, with a log of its own. */
export function serviceEnv(
  { home, content }: LaunchPlan,
  nats: Standing["nats"] | undefined,
  name: string,
): NodeJS.ProcessEnv {
  return {
    NODE_ENV: "production",
    NODE_OPTIONS: `--import=${clockUrl}`,
    UNDERLODE_HOST: HOST,
    UNDERLODE_CONTENT: content,
    UNDERLODE_HOME: home,
    UNDERLODE_NATS_USER: nats?.user,
    UNDERLODE_NATS_PASSWORD: nats?.password,
    UNDERLODE_METRICS_PORT: "0",
    UNDERLODE_LOG_LEVEL: process.env.UNDERLODE_LOG_LEVEL ?? "info",
    UNDERLODE_LOG_FILE: join(home, "logs", `${name}.log`),
    UNDERLODE_MOVE_MS: "500",
  };
}

export const clockFile = (home: string, user: NatsUser): string =>
  join(home, "run", `clock-${user}`);
