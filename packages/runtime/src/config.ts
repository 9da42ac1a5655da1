import { TIME_SCALE_MAX } from "@underlode/contracts";
import { z } from "zod";

/** Settings that every service takes from its environment. */
export const BaseConfig = z.object({
  UNDERLODE_NATS_URL: z.string().default("nats://127.0.0.1:4222"),
  UNDERLODE_NATS_USER: z.string().optional(),
  UNDERLODE_NATS_PASSWORD: z.string().optional(),
  /** Name of this host, one token. */
  UNDERLODE_HOST: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/)
    .default("local"),
  /** Address and port of /livez, /readyz and /metrics; port 0 takes a free one. */
  UNDERLODE_METRICS_ADDRESS: z.string().default("127.0.0.1"),
  UNDERLODE_METRICS_PORT: z.coerce.number().int().min(0).max(65535).default(0),
  UNDERLODE_LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error"]).default("info"),
  /** A file to log to; standard output where absent. */
  UNDERLODE_LOG_FILE: z.string().optional(),
  /** Milliseconds after which a drain gives up and the process ends. */
  UNDERLODE_DRAIN_MS_MAX: z.coerce.number().int().min(100).default(8_000),
  /**
   * How many times as fast as the wall's clock game time runs: for development and tests, on a system
   * that only its own machine can reach. Ticks, journals and replays are the same at any.
   */
  UNDERLODE_TIME_SCALE: z.coerce.number().min(1).max(TIME_SCALE_MAX).default(1),
});
export type BaseConfig = z.infer<typeof BaseConfig>;

/** One message that names every mistake at once. */
export class ConfigError extends Error {}

/** Reads a service's settings; throws a `ConfigError` that lists all mistakes. */
export const readConfig = <S extends z.ZodType>(schema: S, env: NodeJS.ProcessEnv): z.infer<S> => {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, v]) => v !== undefined && v !== ""),
  );
  const read = schema.safeParse(given);
  if (read.success) return read.data;
  const lines = read.error.issues.map((i) => `  ${i.path.join(".")}: ${i.message}`);
  throw new ConfigError(`the environment has ${lines.length} mistake(s):\n${lines.join("\n")}`);
};
