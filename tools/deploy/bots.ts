// Bots that play meanwhile, as a program of their own.
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { root } from "../launch/bundle.ts";
import { Trouble } from "../setup/say.mjs";

const STOP_MS = 10_000;

/** The part of the bots' own report that matters here. */
export interface BotsReport {
  parties: number;
  players: number;
  commands: { sent: number; applied: number; lost: number };
  latencyMs: { p50: number; p99: number };
  errors: { total: number; byKind: Record<string, number> };
  reconnects: { planned: number; lost: number };
}

export interface Bots {
  /** Ends the play and gives the report. */
  stop(): Promise<BotsReport>;
}

/** Lets so many parties of four play until stopped. */
export function startBots(ws: string, { parties, seed }: { parties: number; seed: number }): Bots {
  const program = join(root, "bots", "src", "main.ts");
  const options = { url: ws, parties, players: 4, seconds: 86_400, seed };
  const flags = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const child = spawn(process.execPath, [program, ...flags, "--json"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const heard = text(child.stdout);
  return { stop: () => stop(child, heard) };
}

async function stop(child: ChildProcess, heard: Promise<string>): Promise<BotsReport> {
  child.kill("SIGTERM");
  const kill = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
  const said = await heard;
  clearTimeout(kill);
  try {
    return JSON.parse(said) as BotsReport;
  } catch (cause) {
    throw new Trouble("the bots ended without a report.", said, {
      details: (cause as Error).message,
    });
  }
}
