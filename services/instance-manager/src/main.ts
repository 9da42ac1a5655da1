import { fileURLToPath } from "node:url";
import { HostId, TICK_RATE_DEFAULT, TICK_RATE_MAX, TICK_RATE_MIN } from "@underlode/contracts";
import { BaseConfig, build, runService } from "@underlode/runtime";
import { z } from "zod";
import { startManager } from "./service.ts";

const sources = fileURLToPath(new URL("../../game-instance/src/main.ts", import.meta.url));
/** What an instance gets to know; by UNDERLODE_LAUNCH a launcher knows what another one left behind. */
const handedOn = [
  ...Object.keys(BaseConfig.shape).filter((k) => !k.includes("METRICS")),
  ...["NODE_ENV", "UNDERLODE_CONTENT", "UNDERLODE_LAUNCH"],
];
/** More than any content has; a run refuses what its own has not. */
const FLOORS_MAX = 100;

await runService({
  name: "instance-manager",
  config: z.object({
    /** File that an instance process runs: a bundle starts in half the time of the sources. */
    UNDERLODE_INSTANCE_ENTRY: z.string().default(sources),
    /** Warm instance processes kept waiting. */
    UNDERLODE_INSTANCE_POOL: z.coerce.number().int().min(0).max(32).default(2),
    /** Ticks a second of the runs that begin here; a run keeps the one that it began with. */
    UNDERLODE_TICK_RATE: z.coerce
      .number()
      .int()
      .min(TICK_RATE_MIN)
      .max(TICK_RATE_MAX)
      .default(TICK_RATE_DEFAULT),
    /** Floors of the runs that begin here, for development and tests; all where absent. */
    UNDERLODE_FLOORS: z.coerce.number().int().min(1).max(FLOORS_MAX).optional(),
    /** A folder of content files instead of those built in. */
    UNDERLODE_CONTENT: z.string().optional(),
  }),
  start: async (scope) => {
    const env = Object.entries(process.env).filter(([k]) => handedOn.includes(k));
    await startManager(scope, {
      host: HostId.parse(scope.config.UNDERLODE_HOST),
      build,
      runs: {
        tickRate: scope.config.UNDERLODE_TICK_RATE,
        floors: scope.config.UNDERLODE_FLOORS,
      },
      entry: scope.config.UNDERLODE_INSTANCE_ENTRY,
      poolSize: scope.config.UNDERLODE_INSTANCE_POOL,
      env: Object.fromEntries(env.map(([k, v]) => [k, v ?? ""])),
    });
    return undefined;
  },
});
