import { chmodSync, existsSync, readdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readLock } from "../launch/lock.ts";
import { isRunning } from "../launch/processes.ts";
import { launch, temporaryDir, until } from "./launch.ts";

const lockOf = (home: string) => readLock(join(home, "run", "launcher.lock"));

describe("npm start", { timeout: 90_000, concurrent: false }, () => {
  test("says one JSON line when ready, and a signal ends every process and the lock", async () => {
    const home = temporaryDir();
    const started = launch(home, ["--port", "0", "--connections", "2"]);
    const line = await started.ready;
    const children = lockOf(home)?.children ?? [];
    expect(line).toMatchObject({ ready: true, home });
    expect(line.metrics).toHaveLength(5);
    expect(children.map(({ name }) => name).toSorted()).toEqual([
      "chat",
      "connection",
      "connection-2",
      "instance-manager",
      "nats",
      "persistence",
      "postgres",
    ]);
    expect(children.every(isRunning)).toBe(true);
    started.process.kill("SIGTERM");
    const { code, stdout } = await started.ended;
    expect(code).toBe(0);
    expect(stdout.trimEnd().split("\n")).toHaveLength(1);
    expect(children.filter(isRunning)).toEqual([]);
    expect(existsSync(join(home, "run", "launcher.lock"))).toBe(false);
  });

  test("only persistence is told where the database is", async () => {
    const started = launch(temporaryDir(), ["--port", "0"]);
    const { metrics } = await started.ready;
    const told = await Promise.all(
      metrics.map(async (url) => (await (await fetch(url)).json()) as { hasDatabase: boolean }),
    );
    expect(told.filter(({ hasDatabase }) => hasDatabase)).toHaveLength(1);
  });

  test("a second start on the same home says where the first one is, and leaves it alone", async () => {
    const home = temporaryDir();
    const first = launch(home, ["--port", "0"]);
    const { ws } = await first.ready;
    const { code, stderr } = await launch(home, ["--port", "0"]).ended;
    expect(code).toBe(3);
    expect(stderr).toContain(`already running on ${home}`);
    expect(stderr).toContain(ws);
    expect(first.process.exitCode).toBe(null);
  });

  test("after kill -9 of the launcher the next start ends what it left, and runs", async () => {
    const home = temporaryDir();
    const first = launch(home, ["--port", "0"], { FAKE_STUBBORN: "" });
    await first.ready;
    const left = lockOf(home)?.children ?? [];
    first.process.kill("SIGKILL");
    await first.ended;
    const second = launch(home, ["--port", "0"]);
    await second.ready;
    expect(left.filter(isRunning)).toEqual([]);
    second.process.kill("SIGINT");
    const { stderr } = await second.ended;
    expect(stderr).toContain("a launcher was killed here");
  });

  test("a service that crashes runs again", async () => {
    const home = temporaryDir();
    const started = launch(home, ["--port", "0"]);
    const { http } = await started.ready;
    const pid = async () => ((await (await fetch(http)).json()) as { pid: number }).pid;
    const before = await pid();
    await fetch(`${http}/crash`).catch(() => {});
    await until(
      "another process answers",
      async () => (await pid().catch(() => before)) !== before,
    );
  });

  test("a nats-server that is killed runs again on the same port", async () => {
    const home = temporaryDir();
    await launch(home, ["--port", "0"]).ready;
    const nats = () => lockOf(home)?.children.find(({ name }) => name === "nats");
    const before = nats();
    process.kill(before?.pid ?? 0, "SIGKILL");
    await until(
      "another nats-server is recorded",
      () => nats() !== undefined && nats()?.pid !== before?.pid,
    );
  });

  test("a signal before it is ready leaves nothing behind either", async () => {
    const home = temporaryDir();
    const started = launch(home, ["--port", "0"]);
    await until("the first process is recorded", () => (lockOf(home)?.children.length ?? 0) > 0);
    const children = lockOf(home)?.children ?? [];
    started.process.kill("SIGTERM");
    const { stdout } = await started.ended;
    expect(stdout).toBe("");
    expect(children.filter(isRunning)).toEqual([]);
    expect(readdirSync(join(home, "run"))).not.toContain("launcher.lock");
  });
});

describe("what cannot be had is one message", { timeout: 90_000 }, () => {
  test("an occupied port", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await until("the port is taken", () => server.listening);
    const address = server.address();
    const port = typeof address === "object" ? String(address?.port) : "";
    const { code, stderr, stdout } = await launch(temporaryDir(), ["--port", port]).ended;
    server.close();
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain(`port ${port} is in use by another program`);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  test("a nats-server that is too old, and none of the rest is left running", async () => {
    const home = temporaryDir();
    const old = join(temporaryDir(), "nats-server");
    writeFileSync(old, "#!/bin/sh\necho 'nats-server: v2.8.0'\n");
    chmodSync(old, 0o755);
    const { code, stderr } = await launch(home, ["--port", "0"], { UNDERLODE_NATS_SERVER: old })
      .ended;
    expect(code).toBe(1);
    expect(stderr).toContain("is nats-server 2.8.0; 2.9.0 or later is needed");
    expect(existsSync(join(home, "postgres", "postmaster.pid"))).toBe(false);
  });

  test("a Postgres that does not start", async () => {
    const home = temporaryDir();
    const first = launch(home, ["--port", "0"]);
    await first.ready;
    first.process.kill("SIGTERM");
    await first.ended;
    writeFileSync(join(home, "postgres", "postgresql.auto.conf"), "work_mem = 'much'\n");
    const { code, stderr } = await launch(home, ["--port", "0"]).ended;
    expect(code).toBe(1);
    expect(stderr).toContain("Postgres did not start");
    expect(stderr).toContain("work_mem");
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  test("a service that cannot start, in its own words", async () => {
    const failure = "the schema is newer than this program";
    const { code, stderr } = await launch(temporaryDir(), ["--port", "0"], {
      FAKE_FAILURE: failure,
    }).ended;
    expect(code).toBe(1);
    expect(stderr).toContain(`the persistence service did not start: ${failure}`);
  });

  test.each([
    ["--port", "many"],
    ["--connections", "0"],
    ["--prot", "1"],
  ])("the option %s %s", async (...args) => {
    const { code, stderr } = await launch(temporaryDir(), args).ended;
    expect(code).toBe(2);
    expect(stderr).toContain("--help");
  });
});
