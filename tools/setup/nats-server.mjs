// nats-server, from the first place that has one: a variable, PATH, the cache, the official release, Debian.
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { alone } from "./alone.mjs";
import { hasApt, unpackPackages } from "./apt.mjs";
import { download } from "./download.mjs";
import { cacheDir, which } from "./repo.mjs";
import { runCommand } from "./run-command.mjs";
import { step, Trouble } from "./say.mjs";

/** The oldest server with the JetStream features in use. */
export const VERSION_MIN = "2.9.0";

// The sums are those of the official container image nats:2.12-alpine, which verifies the same archives.
const RELEASE = "2.12.15";
const RELEASE_SHA256 = {
  "linux-x64": ["amd64", "58ab8131f819263897e2fc38e503e1b755b63bcafeecc7d12582487df48ca15e"],
  "linux-arm64": ["arm64", "b724db99fefbf8f5c808baa82819ee50350aee9734017e4a478f7e545cef3ab6"],
};

/** Debian releases whose nats-server also runs on older ones, newest first. */
const DEBIAN_SUITES = ["trixie", "sid"];

/**
 * A nats-server that runs here, fetched if need be.
 * @returns {Promise<{ path: string, version: string, source: string }>}
 */
export async function findNatsServer() {
  const refused = [];
  return (
    (await fromVariable()) ??
    (await fromPath(refused)) ??
    (await fromCache()) ??
    (await fetchOne(refused))
  );
}

async function fromVariable() {
  const name = ["UNDERLODE_NATS_SERVER", "NATS_SERVER"].find((key) => process.env[key]);
  if (!name) return undefined;
  const path = process.env[name];
  const version = await versionOf(path);
  if (!version) {
    throw new Trouble(
      `${name} is ${path}, which is not a nats-server that runs.`,
      `Set ${name} to one, or unset it: one is then found or fetched.`,
    );
  }
  if (isOlder(version, VERSION_MIN)) {
    throw new Trouble(
      tooOld(path, version),
      `Set ${name} to a newer one, or unset it: one is then found or fetched.`,
    );
  }
  return { path, version, source: name };
}

async function fromPath(refused) {
  const path = which("nats-server");
  if (!path) return undefined;
  const version = await versionOf(path);
  if (version && !isOlder(version, VERSION_MIN)) return { path, version, source: "installed" };
  refused.push(version ? tooOld(path, version) : `${path} does not run.`);
  return undefined;
}

async function fromCache() {
  const folder = cacheDir("nats-server");
  const versions = existsSync(folder)
    ? readdirSync(folder).filter((name) => /^\d+\.\d+\.\d+$/.test(name))
    : [];
  for (const version of versions.sort((a, b) => (isOlder(a, b) ? 1 : -1))) {
    const path = join(folder, version, "nats-server");
    if ((await versionOf(path)) === version) return { path, version, source: "cache" };
  }
  return undefined;
}

async function fetchOne(refused) {
  return alone("nats-server", async () => {
    const ready = await fromCache();
    if (ready) return ready;
    const found =
      (await attempt(`nats-server ${RELEASE} from its official release`, fromRelease, refused)) ??
      (await attempt("nats-server from a newer Debian", fromNewerDebian, refused)) ??
      (await attempt("nats-server from this system's packages", fromSystemPackages, refused));
    if (found) return found;
    throw new Trouble(
      [
        "nats-server is not there and could not be fetched:",
        ...refused.map((line) => `    ${line}`),
      ].join("\n"),
      `Install nats-server ${VERSION_MIN} or later (Debian: \`apt install nats-server\`, macOS: \`brew install nats-server\`,\nelse https://nats.io/download) or set UNDERLODE_NATS_SERVER to one, then run this again.`,
    );
  });
}

async function attempt(title, work, refused) {
  return step(
    title,
    async (change) => {
      try {
        const found = await work();
        change(`${title}: ${found.version}`);
        return found;
      } catch (error) {
        refused.push(`${title}: ${error.message}`);
        change(`${title}: not to be had (${error.message})`);
        return undefined;
      }
    },
    { always: true },
  );
}

async function fromRelease() {
  const [arch, sha256] = RELEASE_SHA256[`${process.platform}-${process.arch}`] ?? [];
  if (!arch) throw new Error(`none is pinned for ${process.platform}-${process.arch}`);
  const name = `nats-server-v${RELEASE}-linux-${arch}`;
  const url = `https://github.com/nats-io/nats-server/releases/download/v${RELEASE}/${name}.tar.gz`;
  const archive = await download(url, sha256);
  return intoCache("official release", async (folder) => {
    writeFileSync(join(folder, "archive.tar.gz"), archive);
    const { code, output } = await runCommand("tar", ["-xzf", "archive.tar.gz"], { cwd: folder });
    if (code !== 0) throw new Error(`tar: ${output.trim()}`);
    return join(folder, name, "nats-server");
  });
}

async function fromNewerDebian() {
  if (!hasApt()) throw new Error("this is not a Debian-like system");
  let last = "";
  for (const suite of DEBIAN_SUITES) {
    try {
      return await fromDebian(suite);
    } catch (error) {
      last = error.message;
    }
  }
  throw new Error(last);
}

async function fromSystemPackages() {
  if (!hasApt()) throw new Error("this is not a Debian-like system");
  return fromDebian(undefined);
}

function fromDebian(suite) {
  return intoCache(suite ? `Debian ${suite}` : "system package", async (folder) => {
    const problem = await unpackPackages(["nats-server"], folder, suite);
    if (problem) throw new Error(problem);
    const path = ["usr/sbin", "usr/bin"]
      .map((bin) => join(folder, bin, "nats-server"))
      .find((it) => existsSync(it));
    if (!path) throw new Error("the package has no nats-server in it");
    return path;
  });
}

/** Unpacks into a folder of its own, proves the program runs, and only then puts it into the cache. */
async function intoCache(source, unpack) {
  const folder = cacheDir("nats-server", `new-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  try {
    const path = await unpack(folder);
    chmodSync(path, 0o755);
    const version = await versionOf(path);
    if (!version) throw new Error("it does not run on this system");
    if (isOlder(version, VERSION_MIN)) throw new Error(tooOld("it", version));
    const home = cacheDir("nats-server", version);
    mkdirSync(home, { recursive: true });
    renameSync(path, join(home, "nats-server"));
    writeFileSync(join(home, "source"), `${source}\n`);
    return { path: join(home, "nats-server"), version, source };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** "2.10.27" if this path is a nats-server that runs, else nothing. */
export async function versionOf(path) {
  const { code, output } = await runCommand(path, ["--version"], { timeoutMs: 10_000 });
  return code === 0 ? output.match(/nats-server: v(\d+\.\d+\.\d+)/)?.[1] : undefined;
}

/** Whether version `a` comes before `b`. */
export function isOlder(a, b) {
  const [left, right] = [a, b].map((version) => version.split(".").map(Number));
  const at = left.findIndex((part, index) => part !== right[index]);
  return at >= 0 && left[at] < right[at];
}

function tooOld(path, version) {
  return `${path} is nats-server ${version}; ${VERSION_MIN} or later is needed.`;
}
