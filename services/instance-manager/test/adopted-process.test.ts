import { spawn } from "node:child_process";
import { InstanceId, journal, Snapshot, streams, TickMessage } from "@underlode/contracts";
import { MemoryBroker, memoryBus } from "@underlode/runtime";
import { expect, test } from "vitest";
import { AdoptedProcess } from "../src/adopted-process.ts";

const instance = InstanceId.parse("i1");
const players = [{ id: "ann", name: "Ann", class: "mage" }];
const start = { game: "grid", content: "c", build: "b", seed: 1, tickRate: 50, players };
const tick = (n: number) =>
  TickMessage.parse({ kind: "tick", epoch: 1, n, tick: n, timeMs: 0, check: 0 });
const saved = (n: number) =>
  Snapshot.parse({
    ...{ epoch: 1, n, afterSeq: n, tick: n, start, world: {}, log: [], lineN: 0, applied: {} },
  });

test.each([
  ["came to rest by itself", 3, "suspended"],
  ["went on after its last rest", 2, "crashed"],
])("D22: an adopted process that %s is taken for what it is", async (_, restedAt, how) => {
  const bus = memoryBus(new MemoryBroker());
  await bus.ensureStreams(Object.values(streams));
  for (const n of [2, 3]) await bus.append(journal.tick, { instance }, tick(n));
  await bus.append(journal.save, { instance }, saved(restedAt));
  const { pid = 0 } = spawn(process.execPath, ["-e", ""], { stdio: "ignore" });
  expect(await new AdoptedProcess(bus, instance, pid).gone).toMatchObject({ how });
  await bus.drain();
});
