// nginx and promtool, which only the tests need: installed, cached, or unpacked from the system's packages.
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { hasApt, unpackPackages } from "./apt.mjs";
import { cacheDir, which } from "./repo.mjs";
import { runCommand } from "./run-command.mjs";
import { step, Trouble } from "./say.mjs";

const programs = {
  nginx: {
    variable: "UNDERLODE_NGINX",
    args: ["-v"],
    packages: ["nginx"],
    file: "usr/sbin/nginx",
    apt: "nginx-light",
  },
  promtool: {
    variable: "UNDERLODE_PROMTOOL",
    args: ["--version"],
    packages: ["prometheus"],
    file: "usr/bin/promtool",
    apt: "prometheus",
  },
};

/** The path of `nginx` or `promtool`, or Trouble with the next step. */
export async function findTestProgram(name) {
  const { variable } = programs[name];
  const given = process.env[variable];
  if (given) {
    if (await runs(name, given)) return given;
    throw new Trouble(
      `${variable} is ${given}, which does not run.`,
      "Set it to one that does, or unset it.",
    );
  }
  const cached = cacheDir(name, programs[name].file);
  for (const path of [which(name), cached]) if (path && (await runs(name, path))) return path;
  return step(`${name} from this system's packages`, () => unpack(name, cached), { always: true });
}

async function unpack(name, cached) {
  const { packages, file, apt } = programs[name];
  const next = `Install it (Debian: \`apt install ${apt}\`, macOS: \`brew install ${name === "promtool" ? "prometheus" : name}\`), then run this again.`;
  if (!hasApt()) throw new Trouble(`the tests need ${name}, which is not installed.`, next);
  const fresh = cacheDir(`${name}-new-${process.pid}`);
  mkdirSync(fresh, { recursive: true });
  try {
    const problem = await unpackPackages(packages, fresh);
    if (problem)
      throw new Trouble(
        `the tests need ${name}, and its package could not be fetched: ${problem}.`,
        next,
      );
    if (!existsSync(join(fresh, file)) || !(await runs(name, join(fresh, file)))) {
      throw new Trouble(
        `the tests need ${name}, and the one from the package does not run here.`,
        next,
      );
    }
    rmSync(cacheDir(name), { recursive: true, force: true });
    renameSync(fresh, cacheDir(name));
    return cached;
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

async function runs(name, path) {
  const { code } = await runCommand(path, programs[name].args, { timeoutMs: 10_000 });
  return code === 0;
}
