import { type Logger, pino } from "pino";
import type { BaseConfig } from "./config.ts";

export type Log = Logger;

/** Keys whose values never reach a log, wherever they stand. */
const SECRET_KEYS = [
  "password",
  "token",
  "ticket",
  "key",
  "authorization",
  "UNDERLODE_NATS_PASSWORD",
];
const redact = SECRET_KEYS.flatMap((k) => [k, `*.${k}`, `*.*.${k}`]);

export const makeLog = (service: string, config: BaseConfig): Log =>
  pino(
    {
      level: config.UNDERLODE_LOG_LEVEL,
      base: { service, host: config.UNDERLODE_HOST, pid: process.pid },
      redact: { paths: redact, censor: "(secret)" },
      timestamp: pino.stdTimeFunctions.isoTime,
    },
    pino.destination({ dest: config.UNDERLODE_LOG_FILE ?? 1, mkdir: true, sync: true }),
  );
