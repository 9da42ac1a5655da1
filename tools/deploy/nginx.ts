// A real nginx with the production configuration, on this machine: only the listening port and the two slots
// differ from what deploy/ says.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { root } from "../launch/bundle.ts";
import { type Child, lastLines, startChild } from "../launch/child.ts";
import { Trouble } from "../setup/say.mjs";
import { findProgram } from "./programs.ts";

const READY_MS = 10_000;
const STOP_MS = 5_000;

/** The slots on one machine when nobody says otherwise, as in deploy/nginx/conf.d. */
export const ONE_MACHINE = {
  UNDERLODE_LISTEN: "8080",
  UNDERLODE_SLOT_A: "127.0.0.1:7781",
  UNDERLODE_SLOT_B: "127.0.0.1:7782",
};

export interface NginxOptions {
  /** Gets the configuration, the log and whatever nginx writes. */
  dir: string;
  port: number;
  /** Ports of the two connection copies. */
  slots: readonly [number, number];
}

export interface Nginx {
  url: string;
  ws: string;
  pid: number;
  child: Child;
  stop(): Promise<void>;
}

/** Starts nginx in front of two connection copies and waits until it listens; they need not run yet. */
export async function startNginx({ dir, port, slots }: NginxOptions): Promise<Nginx> {
  const program = await findProgram("nginx");
  const config = writeConfig(dir, {
    UNDERLODE_LISTEN: `127.0.0.1:${port}`,
    UNDERLODE_SLOT_A: `127.0.0.1:${slots[0]}`,
    UNDERLODE_SLOT_B: `127.0.0.1:${slots[1]}`,
  });
  const child = await startChild({
    file: program,
    args: [...nginxArgs(dir, config), "-g", "daemon off;"],
    env: process.env,
    log: join(dir, "nginx.log"),
  });
  // TERM is nginx's fast end; a graceful one would wait for the players.
  const stop = () => child.stop("SIGTERM", STOP_MS);
  const url = `http://127.0.0.1:${port}`;
  await whenListening(child, url);
  return { url, ws: `ws://127.0.0.1:${port}/ws`, pid: child.pid, child, stop };
}

/** Puts the production files into a folder, with the places rendered; gives the path of nginx.conf. */
export function writeConfig(dir: string, places: Readonly<Record<string, string>>): string {
  const source = join(root, "deploy", "nginx");
  const target = join(dir, "conf");
  mkdirSync(join(target, "conf.d"), { recursive: true });
  for (const file of ["nginx.conf", "http.conf", "site.conf"])
    cpSync(join(source, file), join(target, file));
  const templates = ["underlode", ...("UNDERLODE_LISTEN_TLS" in places ? ["underlode-tls"] : [])];
  for (const name of templates)
    writeFileSync(join(target, "conf.d", `${name}.conf`), renderTemplate(name, places));
  return join(target, "nginx.conf");
}

/** A template of deploy/nginx with its variables filled in, as envsubst does it in the container. */
export function renderTemplate(name: string, places: Readonly<Record<string, string>>): string {
  const text = readFileSync(join(root, "deploy", "nginx", `${name}.conf.template`), "utf8");
  return text.replaceAll(/\$\{([A-Z_]+)\}/g, (_, variable: string) => {
    const place = places[variable];
    if (place === undefined) throw new Error(`${name}.conf.template wants ${variable}`);
    return place;
  });
}

/** What every call of nginx says: its folder, its configuration, and errors to stderr from the start. */
export function nginxArgs(dir: string, config: string): string[] {
  return ["-p", `${dir}/`, "-c", config, "-e", "stderr"];
}

async function whenListening(child: Child, url: string): Promise<void> {
  const until = Date.now() + READY_MS;
  while (Date.now() < until && !child.isEnded()) {
    // Any answer will do: the copies behind may not run yet.
    const answer = await fetch(url, { signal: AbortSignal.timeout(1_000) }).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer) return;
    await wait(10);
  }
  const ended = child.isEnded();
  await child.stop("SIGKILL", STOP_MS);
  throw new Trouble(
    `nginx did not start: ${ended ? "it ended at once" : "it did not open its port"}.`,
    "Its last lines are above. UNDERLODE_NGINX chooses another nginx.",
    { details: lastLines(child.output()) },
  );
}
