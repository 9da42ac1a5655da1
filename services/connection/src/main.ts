import { build, ConfigError, runService } from "@underlode/runtime";
import { z } from "zod";
import { startConnection } from "./service.ts";

const LOOPBACK = /^(127\.|::1$|localhost$)/;

await runService({
  name: "connection",
  config: z.object({
    UNDERLODE_HTTP_ADDRESS: z.string().default("127.0.0.1"),
    /** Port of the API and of /ws; 0 takes a free one. */
    UNDERLODE_HTTP_PORT: z.coerce.number().int().min(0).max(65535).default(0),
    /** 1 where a proxy of ours sets X-Forwarded-For. */
    UNDERLODE_TRUST_PROXY: z.enum(["0", "1"]).default("0"),
    /** Origins of web pages that may connect, separated by commas. */
    UNDERLODE_ORIGINS: z.string().default(""),
    /** Milliseconds over which sockets move to another copy on draining. */
    UNDERLODE_MOVE_MS: z.coerce.number().int().min(0).max(60_000).default(1_000),
  }),
  start: async (scope) => {
    const { UNDERLODE_HTTP_ADDRESS: address, UNDERLODE_TIME_SCALE: timeScale } = scope.config;
    if (timeScale !== 1 && !LOOPBACK.test(address))
      throw new ConfigError(
        `UNDERLODE_TIME_SCALE: only for a system that listens on its own machine, not on ${address}`,
      );
    return startConnection(scope, {
      ...{ address, timeScale },
      port: scope.config.UNDERLODE_HTTP_PORT,
      trustProxy: scope.config.UNDERLODE_TRUST_PROXY === "1",
      origins: scope.config.UNDERLODE_ORIGINS.split(",").filter((o) => o !== ""),
      moveMs: scope.config.UNDERLODE_MOVE_MS,
      build,
    });
  },
});
