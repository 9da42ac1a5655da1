// The pinned Node: npm's platform package, the same binary everywhere, no install script.
import { existsSync } from "node:fs";
import process from "node:process";
import { inRepo, platformKey } from "./repo.mjs";
import { runCommand } from "./run-command.mjs";
import { Trouble } from "./say.mjs";

const MAJOR_MIN = 24;

/** The Node that runs everything: the pinned one, or this one if it is new enough. */
export async function findNode() {
  const pinned = inRepo("node_modules", `node-${platformKey}`, "bin", "node");
  if (existsSync(pinned)) return pinned;
  if (Number(process.versions.node.split(".")[0]) >= MAJOR_MIN) return process.execPath;
  throw new Trouble(
    `Node ${MAJOR_MIN} is not there: npm left out the package node-${platformKey}, and this Node is ${process.version}.`,
    `Run \`npm ci --include=optional\`, or install Node ${MAJOR_MIN} (nodejs.org) and run this again.`,
  );
}

/** Why a Node that exists does not run; the C library of Alpine is the usual reason. */
export async function explainNode(path) {
  const { code, output } = await runCommand(path, ["--version"], { timeoutMs: 10_000 });
  if (code === 0) return undefined;
  return new Trouble(
    `the Node at ${path} does not run here (${output.trim().split("\n")[0] ?? "no output"}).`,
    "It needs a glibc system (not Alpine). Install Node 24 there, or use `docker compose up`.",
  );
}
