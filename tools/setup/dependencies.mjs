// node_modules: `npm ci` when the lock file has changed since the last time, and only then.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import process from "node:process";
import { alone } from "./alone.mjs";
import { inRepo, platformKey, root, which } from "./repo.mjs";
import { runCommand, tail } from "./run-command.mjs";
import { say, step, Trouble } from "./say.mjs";

const stampFile = () => inRepo("node_modules", ".cache", "underlode", "installed");

/** Makes node_modules what package-lock.json says. Costs a hash of two files when nothing changed. */
export async function ensureDependencies() {
  if (isStamped()) return;
  await alone("install", async () => {
    if (isStamped()) return;
    if (!matchesLock()) {
      if (!existsSync(inRepo("node_modules"))) say("First start here: this takes a minute or two.");
      await step("packages from the npm registry", install, { always: true });
    }
    stamp();
  });
}

async function install(change) {
  const started = Date.now();
  let fetched = 0;
  const timer = setInterval(() => {
    const so = fetched > 0 ? `${fetched} fetched, ` : "";
    change(`packages from the npm registry: ${so}${Math.round((Date.now() - started) / 1000)} s`);
  }, 1000);
  const count = () => {
    fetched += 1;
  };
  let result = await runNpm(["ci"], count);
  if (result.code !== 0 && lacksOtherSystems(result.output)) {
    result = await runNpm(["install", "--no-save"], count);
  }
  clearInterval(timer);
  change("packages from the npm registry");
  if (result.code === 0) return;
  throw new Trouble(
    "npm could not install the packages (what it said is above).",
    nextStep(result.output),
    { details: complaint(result.output) },
  );
}

function runNpm(command, onFetched) {
  const [file, args] = npm(...command, "--include=dev", "--include=optional", "--loglevel=http");
  return runCommand(file, args, {
    cwd: root,
    // npm passes its own settings down as variables; a production setting would leave the tools out.
    env: { ...process.env, NODE_ENV: "development" },
    onLine: (line) => {
      if (/http (fetch|cache) .*\.tgz/.test(line)) onFetched();
    },
  });
}

/**
 * A partial mirror of the registry may lack optional packages made for other systems. `npm ci` then finds the
 * lock incomplete, with a missing package of no version; `npm install` goes by the same lock and does without.
 */
function lacksOtherSystems(output) {
  const missing = output.match(/^npm error Missing: .*$/gm) ?? [];
  const others = output.match(/^npm error Invalid: .*$/gm) ?? [];
  return (
    missing.length > 0 &&
    others.length === 0 &&
    missing.every((line) => / \S+@ from lock file/.test(line))
  );
}

/** What npm complains of, without its notes on every request and how `npm ci` is used. */
function complaint(output) {
  const lines = output.split("\n").filter((line) => /^npm error/.test(line));
  const usage = lines.findIndex((line) => /clean install a project|^npm error Usage/i.test(line));
  const said = (usage > 0 ? lines.slice(0, usage) : lines).slice(0, 15);
  return said.length > 0 ? said.join("\n") : tail(output);
}

function nextStep(output) {
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH/.test(output)) {
    return "The npm registry cannot be reached: check the network or `npm config get registry`, then run this again.";
  }
  if (/EACCES|EPERM|EROFS/.test(output)) {
    return `This user may not write to ${root}: change its owner, or clone the repository to a folder of yours.`;
  }
  if (/are in sync/.test(output)) {
    return "package.json and package-lock.json do not belong together: take both from one commit, or run `npm install`.";
  }
  if (/ENOSPC/.test(output)) return "The disk is full: it needs about 700 MB.";
  return "Mend what npm complains of, then run this again; `npm ci` shows all of it.";
}

/** npm as it was called, or as it is on PATH. */
function npm(...args) {
  const script = process.env.npm_execpath;
  if (script?.endsWith(".js") && existsSync(script)) return [process.execPath, [script, ...args]];
  const path = which("npm");
  if (path) return [path, args];
  throw new Trouble(
    "npm is not to be found.",
    "Install it (Debian: `apt install npm`; or nodejs.org), then run this again.",
  );
}

function fingerprint() {
  const hash = createHash("sha256").update(platformKey);
  for (const name of ["package-lock.json", "package.json"]) hash.update(readOrExplain(name));
  return hash.digest("hex");
}

function readOrExplain(name) {
  try {
    return readFileSync(inRepo(name));
  } catch {
    throw new Trouble(
      `${name} is missing.`,
      "The clone is incomplete: `git status` shows what is gone, `git checkout .` brings it back.",
    );
  }
}

function isStamped() {
  try {
    return readFileSync(stampFile(), "utf8") === fingerprint();
  } catch {
    return false;
  }
}

function stamp() {
  mkdirSync(dirname(stampFile()), { recursive: true });
  // Written aside and moved: a copy of the clone made with hard links keeps its own.
  writeFileSync(`${stampFile()}.new`, fingerprint());
  renameSync(`${stampFile()}.new`, stampFile());
}

/** Whether somebody's own `npm install` already put there what the lock asks for. */
function matchesLock() {
  try {
    const wanted = JSON.parse(readFileSync(inRepo("package-lock.json"), "utf8")).packages;
    const hidden = join("node_modules", ".package-lock.json");
    const present = JSON.parse(readFileSync(inRepo(hidden), "utf8")).packages;
    return Object.entries(wanted).every(([path, entry]) => {
      if (!path.startsWith("node_modules/") || entry.link) return true;
      if (!present[path]) return entry.optional === true && !path.endsWith(`/node-${platformKey}`);
      return present[path].version === entry.version;
    });
  } catch {
    return false;
  }
}
