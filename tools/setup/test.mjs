// `npm test`: set-up, then lint, types and tests. `npm test -- PATTERN` runs only the tests that match.
import { spawn } from "node:child_process";
import process from "node:process";
import { ensureDependencies } from "./dependencies.mjs";
import { findNatsServer } from "./nats-server.mjs";
import { findNode } from "./node24.mjs";
import { checkPlatform, inRepo, root } from "./repo.mjs";
import { runCommand } from "./run-command.mjs";
import { program, say, seconds, Trouble } from "./say.mjs";
import { findTestProgram } from "./test-programs.mjs";

await program(async () => {
  const started = performance.now();
  const patterns = process.argv.slice(2);
  checkPlatform();
  await ensureDependencies();
  const node = await findNode();
  const env = await testEnvironment();
  const failed = [];
  if (patterns.length === 0) {
    await check("lint", inRepo("node_modules/@biomejs/biome/bin/biome"), ["check", "."]);
    await check("types", inRepo("node_modules/typescript/bin/tsc"), ["-b"]);
  }
  await tests();
  if (failed.length > 0)
    throw new Trouble(
      `failed: ${failed.join(", ")} (above), after ${seconds(performance.now() - started)}.`,
    );
  say(`all passed in ${seconds(performance.now() - started)}`);

  async function check(name, script, args) {
    const from = performance.now();
    const { code, output } = await runCommand(node, [script, ...args], { cwd: root, env });
    report(name, code, from, output);
  }

  async function tests() {
    const from = performance.now();
    const code = await attached(
      node,
      [inRepo("node_modules/vitest/vitest.mjs"), "run", ...patterns],
      env,
    );
    report("tests", code, from, "");
  }

  function report(name, code, from, output) {
    if (code !== 0) {
      failed.push(name);
      if (output) say(output.trimEnd());
    }
    say(`  ${name}: ${code === 0 ? "passed" : "FAILED"} (${seconds(performance.now() - from)})`);
  }
});

async function testEnvironment() {
  const nats = await findNatsServer();
  return {
    ...process.env,
    UNDERLODE_NATS_SERVER: nats.path,
    UNDERLODE_NGINX: await findTestProgram("nginx"),
    UNDERLODE_PROMTOOL: await findTestProgram("promtool"),
  };
}

/** Runs a program on this terminal and returns its exit code; signals are passed on. */
function attached(file, args, env) {
  return new Promise((resolve) => {
    const child = spawn(file, args, { cwd: root, env, stdio: "inherit" });
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"])
      process.on(signal, () => child.kill(signal));
    child.once("error", () => resolve(127));
    child.once("close", (code) => resolve(code ?? 1));
  });
}
