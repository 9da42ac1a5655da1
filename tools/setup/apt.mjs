// Programs out of Debian packages without touching the system: apt downloads and verifies them with its
// own keys into private folders, dpkg unpacks them into the cache. Needs no rights.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { which } from "./repo.mjs";
import { runCommand } from "./run-command.mjs";

const TIMEOUT_MS = 180_000;

/** Whether this system has apt and dpkg. */
export function hasApt() {
  return Boolean(which("apt-get") && which("dpkg"));
}

/**
 * Downloads `packages` and unpacks them below `into`. With `suite`, from that Debian release on the mirror
 * the system uses; without, from the system's own sources. Returns what went wrong, or nothing.
 */
export async function unpackPackages(packages, into, suite) {
  const work = `${into}.apt-${process.pid}`;
  try {
    const env = privateApt(work, suite);
    if (!env) return `no Debian mirror is named in /etc/apt`;
    const update = await apt(["update"], env, work);
    if (update.code !== 0) return reason(update.output, "apt-get update failed");
    const download = await apt(["download", ...packages], env, work);
    if (download.code !== 0) return reason(download.output, "apt-get download failed");
    for (const name of readdirSync(work).filter((file) => file.endsWith(".deb"))) {
      const unpacked = await runCommand("dpkg", ["-x", join(work, name), into], {
        timeoutMs: TIMEOUT_MS,
      });
      if (unpacked.code !== 0) return reason(unpacked.output, `dpkg could not unpack ${name}`);
    }
    return undefined;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function apt(args, env, cwd) {
  const settings = [
    "-o",
    "Acquire::http::Timeout=10",
    "-o",
    "Acquire::https::Timeout=10",
    "-o",
    "Acquire::Retries=1",
  ];
  return runCommand("apt-get", ["-q", ...settings, ...args], { cwd, env, timeoutMs: TIMEOUT_MS });
}

/** apt's environment for folders of our own; its keys, proxies and settings stay the system's. */
function privateApt(work, suite) {
  for (const folder of ["lists/partial", "archives/partial"])
    mkdirSync(join(work, folder), { recursive: true });
  const lines = [
    `Dir::State::Lists "${work}/lists";`,
    `Dir::Cache "${work}";`,
    `Dir::Cache::archives "${work}/archives";`,
    // As root, apt would fetch as the user _apt, who cannot write here.
    `APT::Sandbox::User "root";`,
    // What other packages do after an update (documentation, app stores) is none of our business.
    `#clear APT::Update::Post-Invoke-Success;`,
    `#clear APT::Update::Post-Invoke;`,
    `#clear DPkg::Post-Invoke;`,
    `Acquire::Languages "none";`,
  ];
  if (suite) {
    const source = sourceLine(suite);
    if (!source) return undefined;
    writeFileSync(join(work, "sources.list"), source);
    writeFileSync(join(work, "status"), "");
    lines.push(
      `Dir::Etc::SourceList "${work}/sources.list";`,
      `Dir::Etc::SourceParts "/dev/null";`,
    );
    lines.push(`Dir::State::status "${work}/status";`);
  }
  writeFileSync(join(work, "apt.conf"), `${lines.join("\n")}\n`);
  return {
    ...process.env,
    APT_CONFIG: join(work, "apt.conf"),
    LC_ALL: "C",
    DEBIAN_FRONTEND: "noninteractive",
  };
}

const KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg";

function sourceLine(suite) {
  const mirror = debianMirror();
  if (!mirror || !existsSync(KEYRING)) return undefined;
  return `deb [signed-by=${KEYRING}] ${mirror} ${suite} main\n`;
}

/** The Debian mirror that this system's apt sources name, in either of their two formats. */
export function debianMirror(folder = "/etc/apt") {
  const parts = join(folder, "sources.list.d");
  const files = [join(folder, "sources.list")];
  if (existsSync(parts)) files.push(...readdirSync(parts).map((name) => join(parts, name)));
  const text = files
    .filter((file) => existsSync(file) && /\.(list|sources)$/.test(file))
    .map((file) => readFileSync(file, "utf8"))
    .join("\n")
    .replaceAll(/^\s*#.*$/gm, "");
  const found = text.match(/https?:\/\/\S*\/debian\/?(?=\s)/m);
  return found?.[0];
}

function reason(output, otherwise) {
  const line = output.split("\n").find((text) => /^[EW]: /.test(text));
  return line ? line.slice(3).trim() : otherwise;
}
