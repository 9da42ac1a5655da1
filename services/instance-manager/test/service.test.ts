import { fileURLToPath } from "node:url";
import {
  HostId,
  INSTANCES_MAX,
  InstanceId,
  instance as instanceSubjects,
  mail,
  ok,
  type Party,
  PlayerId,
  type RunEnd,
  refuse,
  SUSPEND_AFTER_MS,
  streams,
  party as subjects,
  vault,
} from "@underlode/contracts";
import { type Bus, type Log, MemoryBroker, Metrics, memoryBus } from "@underlode/runtime";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { until } from "../../../packages/runtime/test/until.ts";
import { Delves } from "../src/delves.ts";
import { Forsaken } from "../src/forsaken.ts";
import { Parties } from "../src/parties.ts";
import * as rules from "../src/party-rules.ts";
import type { Processes } from "../src/processes.ts";
import { startManager } from "../src/service.ts";

const entry = fileURLToPath(new URL("fake-instance.ts", import.meta.url));
const IRON = { hardness: 98, conductivity: 20, malleability: 40, purity: 97, density: 60 };
const host = HostId.parse("h1");
const ann = { player: PlayerId.parse("p-ann"), name: "Ann" };
const bob = { player: PlayerId.parse("p-bob"), name: "Bob" };
const log = { info() {}, warn() {}, error() {}, debug() {} } as unknown as Log;

let broker: MemoryBroker;
let bus: Bus;
let drains: (() => Promise<void>)[];
let metrics: Metrics;
let party: Party;
let notices: string[];
let ends: RunEnd[];
let phases: string[];

const manager = async (poolSize = 1, env: Record<string, string> = {}): Promise<void> => {
  const own = memoryBus(broker);
  metrics = new Metrics("instance-manager");
  const steps: (() => Promise<void> | void)[] = [];
  drains.push(async () => {
    for (const step of steps.reverse()) await step();
    await own.drain();
  });
  const onDrain = (step: () => Promise<void> | void) => void steps.push(step);
  await startManager(
    { bus: own, log, metrics, onDrain },
    { host, build: "test", entry, poolSize, env },
  );
};
const stop = async (): Promise<void> => {
  for (const drain of drains.splice(0)) await drain();
};

beforeEach(async () => {
  broker = new MemoryBroker();
  bus = memoryBus(broker);
  await bus.ensureStreams(Object.values(streams));
  drains = [];
  [notices, ends, phases] = [[], [], []];
  bus.hear(subjects.changed, {}, (body) => {
    party = body.party;
    phases.push(body.party.at.phase);
  });
  // What both members are told is counted once.
  bus.hear(mail.told, { player: ann.player }, (word) => {
    if (word.kind === "notice") notices.push(word.text);
    if (word.kind === "end") ends.push(word.end);
  });
});
afterEach(async () => {
  await stop();
  await bus.drain();
});

const readyParty = async (): Promise<void> => {
  const made = await bus.ask(subjects.create, {}, ann);
  if (!made.ok || made.value === null) throw new Error("no party");
  await bus.ask(subjects.join, {}, { ...bob, code: made.value.code });
  for (const who of [ann, bob]) {
    await bus.ask(subjects.class, {}, { ...who, class: "mage" });
    await bus.ask(subjects.ready, {}, { ...who, ready: true });
  }
};
/** A party that stands somewhere, without a manager that has brought it there. */
const readyPartyOf = async (at: Party["at"]): Promise<void> => {
  const parties = await Parties.open(bus);
  const made = await parties.create(ann);
  if (!made.ok) throw new Error("no party");
  const { party: id } = made.value;
  await parties.join(id, bob, (p) => rules.join(p, bob));
  await parties.change(id, (p) => ok({ ...p, at, version: p.version + 1 }));
  await until("it is told", () => party?.at.phase === at.phase);
};
const delve = (game: string) => bus.ask(subjects.delve, {}, { ...ann, game });
const gathered = () => until("they are gathered", () => party.at.phase === "gathering");
const pidsOf = async (): Promise<number[]> => {
  const { execFileSync } = await import("node:child_process");
  const lines = execFileSync("ps", ["-eo", "pid,ppid,args"], { encoding: "utf8" }).split("\n");
  return lines
    .filter((line) => line.includes(entry))
    .map((line) => line.trim().split(/\s+/).map(Number))
    .flatMap(([pid, parent]) => (parent === process.pid ? [pid!] : []));
};
const metric = async (name: string): Promise<number> => {
  const found = await metrics.registry.getSingleMetric(name)?.get();
  return found?.values.reduce((sum, { value }) => sum + value, 0) ?? 0;
};

describe("a delve", () => {
  it("D1: begins in a process of its own, and ends with what it says", async () => {
    await manager();
    await readyParty();
    expect(await delve("wins")).toMatchObject({ ok: true });
    await until("the run is over", () => ends.length === 1);
    await gathered();
    expect(ends[0]).toMatchObject({ outcome: "victory", summary: { floor: 3 } });
    expect(notices).toEqual([]);
    expect(phases.slice(-3)).toEqual(["starting", "delving", "gathering"]);
    expect(party.members.map((m) => m.ready)).toEqual([false, false]);
  });

  it("D21: a stored run that everybody leaves is taken up once more, to end by its own rules", async () => {
    await manager();
    await readyParty();
    await delve("runs");
    await until("it runs", () => party.at.phase === "delving");
    await stop();
    await until("it rests", () => party.at.phase === "suspended");
    const forsaken = await Forsaken.open(bus);
    await manager(1, { ENDS_BY_RULE: "1" });
    await bus.ask(subjects.leave, {}, ann);
    expect(await forsaken.all()).toEqual([]);
    await bus.ask(subjects.leave, {}, bob);
    expect(await forsaken.all()).toHaveLength(1);
    await until("it has ended", async () => (await metric("underlode_recoveries_total")) === 1);
    await until("nothing is left to end", async () => (await forsaken.all()).length === 0);
    await until("only the warm one is left", async () => (await pidsOf()).length === 1);
    expect(await bus.ask(subjects.create, {}, bob)).toMatchObject({ ok: true });
  });

  it("D23: who left while the run rested has left it when it goes on", async () => {
    await manager();
    await readyParty();
    await delve("runs");
    await until("it runs", () => party.at.phase === "delving");
    await stop();
    await until("it rests", () => party.at.phase === "suspended");
    await manager();
    await bus.ask(subjects.leave, {}, ann);
    const at = party.at as Extract<Party["at"], { phase: "suspended" }>;
    const crewOf = (player: string, state: "away" | "left", hired = false) => ({
      ...{ player, name: player, class: "mage", thing: 1, floor: 1, hp: 1, maxHp: 1, state },
      ...(hired && { hired }),
    });
    const crew = [crewOf("p-ann", "away"), crewOf("p-bob", "away"), crewOf("p-cy", "left")];
    const rest = { legend: { content: "c", tiles: [], kinds: [] }, floorOf: {} };
    const view = { ...rest, epoch: 1, n: 2, timeMs: 0, log: [], applied: {}, self: {}, floors: [] };
    bus.serve(instanceSubjects.view, { instance: at.instance }, async () =>
      ok({ ...view, crew: [...crew, crewOf("hired-1", "away", true)] } as never),
    );
    const left: string[] = [];
    bus.hear(instanceSubjects.presence, {}, ({ presence }, { player }) => {
      if (presence === "left") left.push(player);
    });
    await bus.ask(subjects.delve, {}, bob);
    await until("it is told", () => left.length > 0);
    expect(left).toEqual(["p-ann"]);
  });

  it("D21: one that was left when no manager could see to it ends with the next manager", async () => {
    const forsaken = await Forsaken.open(bus);
    const suspended = { phase: "suspended", instance: InstanceId.parse("i7") } as const;
    await readyPartyOf(suspended);
    await forsaken.note(party, ann.player);
    expect(await forsaken.all()).toEqual([]);
    await forsaken.note({ ...party, members: party.members.slice(0, 1) }, ann.player);
    // The party is still there: somebody came between the note and the leaving.
    await manager(1, { ENDS_BY_RULE: "1" });
    expect(await forsaken.all()).toEqual([]);
    await stop();
    await forsaken.note({ ...party, members: party.members.slice(0, 1) }, ann.player);
    await (await Parties.open(bus)).remove(party.party, ann.player);
    await (await Parties.open(bus)).remove(party.party, bob.player);
    await manager(1, { ENDS_BY_RULE: "1" });
    await until("it has ended", async () => (await forsaken.all()).length === 0);
    expect(await metric("underlode_recoveries_total")).toBe(1);
  });

  it.each([
    ["refuses", /stars are wrong/],
    ["diesAtOnce", /ended at its start/],
  ])("D2: one that %s is told in words, and nothing ends that never began", async (game, words) => {
    await manager();
    await readyParty();
    await delve(game);
    await until("it is told", () => notices.length > 0);
    await gathered();
    await until("no process is left of it", async () => (await pidsOf()).length <= 1);
    expect(notices).toEqual([expect.stringMatching(words)]);
    expect(ends).toEqual([]);
    await bus.ask(subjects.ready, {}, { ...ann, ready: true });
    await bus.ask(subjects.ready, {}, { ...bob, ready: true });
    expect(await delve("runs")).toMatchObject({ ok: true });
    await until("the next one runs", () => party.at.phase === "delving");
  });

  it.each(["diesRunning", "diesAsItStarts"])(
    "D3: one that %s is taken up by another process, and its party is told nothing but the moment",
    async (game) => {
      await manager();
      await readyParty();
      await delve(game);
      await until("it goes on", () => phases.slice(-2).join() === "recovering,delving");
      expect(notices).toEqual([]);
      expect(ends).toEqual([]);
      expect(await metric("underlode_recoveries_total")).toBe(1);
    },
  );

  it("D15: one that dies three times at the same moment is put to rest, in words", async () => {
    await manager(1, { DIES_AGAIN: "1" });
    await readyParty();
    await delve("diesRunning");
    await until("it rests", () => party.at.phase === "suspended");
    await until("it is told", () => notices.length > 0);
    expect(notices).toEqual([expect.stringMatching(/again and again/)]);
    expect(phases.filter((p) => p === "recovering")).toHaveLength(2);
  });

  it("D16: a run that cannot be taken up is lost in words, and they gather again", async () => {
    await manager(1, { CANNOT_RECOVER: "1" });
    await readyParty();
    await delve("diesRunning");
    await until("it is told", () => ends.length > 0 && notices.length > 0);
    await gathered();
    expect(notices).toEqual([expect.stringMatching(/run is lost: the stars have moved/)]);
    expect(ends.map((end) => end.outcome)).toEqual(["crashed"]);
  });

  it("D19: a run that this server cannot go on with stays saved, in words", async () => {
    await manager(1, { CANNOT_RECOVER: "kept" });
    await readyParty();
    await delve("diesRunning");
    await until("it is told", () => notices.length > 0);
    expect(notices).toEqual([expect.stringMatching(/cannot go on here: the stars have moved/)]);
    expect(party.at.phase).toBe("suspended");
    expect(ends).toEqual([]);
  });

  it("D17: a stored run is taken up by any member's word, on the same instance", async () => {
    await manager();
    await readyParty();
    await delve("runs");
    await until("it runs", () => party.at.phase === "delving");
    const instance = "instance" in party.at ? party.at.instance : undefined;
    await stop();
    await until("it rests", () => party.at.phase === "suspended");
    await manager();
    expect(await bus.ask(subjects.delve, {}, bob)).toMatchObject({ ok: true });
    await until("it runs again", () => party.at.phase === "delving");
    expect(party.at).toMatchObject({ instance });
  });

  it.each([
    ["refuses", /stars are wrong/],
    ["runs", /not in the vault any more/],
  ])("D20: ore for a run that %s and yet does not start goes back", async (game, words) => {
    const asked: string[] = [];
    const instances = new Set<string>();
    const ore = { ore: "iron", name: "Starforged iron", amount: 3, values: IRON };
    const kept = { ...ore, id: 7, instance: InstanceId.parse("before"), at: 1, waiting: false };
    bus.serve(vault.of, {}, async () => ok({ places: 50, ores: [kept], badges: [] }));
    bus.serve(vault.withdraw, {}, async ({ instance, members }) => {
      asked.push(`withdraw ${members.map((m) => m.ids.join()).join(" ")}`);
      instances.add(instance);
      if (game === "runs") return refuse("not-found", "It is not in the vault any more.");
      return ok({ members: members.map(({ player }) => ({ player, legacy: [ore], past: {} })) });
    });
    bus.serve(vault.restore, {}, async ({ instance }) => {
      asked.push("restore");
      instances.add(instance);
      // Unheard the first time.
      return asked.length === 2 ? refuse("unavailable") : ok({ restored: true });
    });
    await manager();
    await readyParty();
    expect(await bus.ask(subjects.legacy, {}, { ...ann, ids: [8] })).toMatchObject({
      error: { code: "not-found" },
    });
    expect(await bus.ask(subjects.legacy, {}, { ...ann, ids: [7, 7] })).toMatchObject({ ok: true });
    await until("the choice stands", () => party.members[0]?.legacy?.join() === "7");
    await delve(game);
    await until("it is told", () => notices.length > 0);
    await gathered();
    await until("it is given back", () => asked.length === 3);
    expect(notices).toEqual([expect.stringMatching(words)]);
    expect(asked).toEqual(["withdraw 7 ", "restore", "restore"]);
    expect(instances.size).toBe(1);
    // They may try again with the same.
    expect(party.members[0]?.legacy).toEqual([7]);
  });

  it("D18: is stored a minute after its last member went away, and has no process then", async () => {
    await manager();
    await readyParty();
    await delve("runs");
    await until("it runs", () => party.at.phase === "delving");
    const timers = vi.spyOn(globalThis, "setTimeout");
    const minutes = () => timers.mock.calls.filter(([, ms]) => ms === SUSPEND_AFTER_MS);
    await bus.ask(subjects.of, {}, { ...ann, online: false });
    expect(minutes()).toEqual([]);
    await bus.ask(subjects.of, {}, { ...bob, online: false });
    expect(minutes()).toHaveLength(1);
    expect(party.at.phase).toBe("delving");
    const [[over] = []] = minutes();
    timers.mockRestore();
    over?.();
    await until("it rests", () => party.at.phase === "suspended");
    await until("only the warm one is left", async () => (await pidsOf()).length === 1);
    expect(SUSPEND_AFTER_MS).toBe(60_000);
  });

  it("D4: reports that are none are passed over", async () => {
    await manager();
    await readyParty();
    await delve("talksNonsense");
    await until("it runs", () => party.at.phase === "delving");
  });

  it("D5: ends when the last member leaves, also while it is starting", async () => {
    await manager();
    for (const game of ["runs", "isSlow"]) {
      await readyParty();
      await delve(game);
      await until(
        "it is under way",
        () => party.at.phase === (game === "runs" ? "delving" : "starting"),
      );
      for (const who of [ann, bob]) await bus.ask(subjects.leave, {}, who);
      await until("its process is gone", async () => (await pidsOf()).length === 1);
    }
    expect(ends).toEqual([]);
  });

  it("D6: a member who leaves is gone from the dungeon, and the others stay in it", async () => {
    const presences: string[] = [];
    bus.hear(
      instanceSubjects.presence,
      {},
      ({ presence }, { player }) => void presences.push(`${player} ${presence}`),
    );
    await manager();
    await readyParty();
    await delve("runs");
    await until("it runs", () => party.at.phase === "delving");
    await bus.ask(subjects.leave, {}, ann);
    await until("it is told", () => presences.length > 0);
    expect(presences).toEqual(["p-ann left"]);
    expect(party).toMatchObject({ leader: "p-bob", at: { phase: "delving" } });
  });

  it("D7: a full host says so", async () => {
    const parties = await Parties.open(bus);
    const forsaken = await Forsaken.open(bus);
    const delves = new Delves({
      ...{ bus, log, parties, forsaken, host, build: "test" },
      metrics: new Metrics("m"),
    });
    const started: string[] = [];
    const never = new Promise<void>(() => {});
    const start = (instance: InstanceId) => {
      started.push(instance);
      return never;
    };
    delves.processes = { start, count: 0, has: () => true, stop() {} } as unknown as Processes;
    const one = async (n: number) => {
      const who = { player: PlayerId.parse(`p${n}`), name: `N${n}` };
      const made = await parties.create(who);
      if (!made.ok) throw new Error(made.error.code);
      const ready = {
        ...made.value,
        members: [{ ...made.value.members[0]!, class: "mage" as const, ready: true }],
      };
      await parties.change(made.value.party, () => ({ ok: true, value: ready }));
      return delves.start(made.value.party, who.player, {});
    };
    for (let n = 0; n < INSTANCES_MAX; n++) expect((await one(n)).ok).toBe(true);
    expect(await one(INSTANCES_MAX)).toMatchObject({ error: { code: "host-full" } });
  });
});

describe("processes", () => {
  it("D8: the pool is filled again when one is taken and when one dies", async () => {
    await manager(2);
    await until("two are warm", async () => (await pidsOf()).length === 2);
    await readyParty();
    await delve("runs");
    await until("two are warm beside it", async () => (await pidsOf()).length === 3);
    const [first] = await pidsOf();
    const before = await pidsOf();
    for (const pid of before.slice(1)) process.kill(pid, "SIGKILL");
    await until("there are three again", async () => {
      const now = await pidsOf();
      return now.length === 3 && now.some((pid) => !before.includes(pid));
    });
    expect(first).toBeDefined();
  });

  it("D9: closing stores and ends them all, and starts no more", async () => {
    await manager(2);
    await readyParty();
    await delve("runs");
    await until("it runs", () => party.at.phase === "delving");
    await until("the pool is full", async () => (await pidsOf()).length === 3);
    const pids = await pidsOf();
    await stop();
    expect(await pidsOf()).toEqual([]);
    for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow();
    await until("it rests", () => party.at.phase === "suspended");
    expect(ends).toEqual([]);
  });

  it("D10: a host that starts again takes up the parties whose dungeons went with it", async () => {
    await manager();
    await readyParty();
    const lost: Party = {
      ...party,
      at: { phase: "delving", instance: InstanceId.parse("i9"), host },
    };
    const parties = await Parties.open(bus);
    await parties.change(party.party, (p) => ({
      ok: true,
      value: { ...lost, version: p.version + 1 },
    }));
    await stop();
    phases = [];
    await manager();
    await until("it goes on", () => phases.length >= 2);
    expect(phases).toEqual(["recovering", "delving"]);
    expect(notices).toEqual([]);
  });

  it("D11: a manager whose processes cannot get warm does not start, in their words", async () => {
    await expect(manager(1, { REFUSES_WARMTH: "1" })).rejects.toThrow(/content is unsound/);
  });
});

describe("parties over the bus", () => {
  it.each([
    ["class", () => bus.ask(subjects.class, {}, { ...ann, class: "mage" }), "not-in-party"],
    ["ready", () => bus.ask(subjects.ready, {}, { ...ann, ready: true }), "not-in-party"],
    ["delve", () => delve("runs"), "not-in-party"],
    ["leave", () => bus.ask(subjects.leave, {}, ann), "not-in-party"],
    ["kick", () => bus.ask(subjects.kick, {}, { ...ann, member: "Bob" }), "not-in-party"],
    ["join", () => bus.ask(subjects.join, {}, { ...ann, code: "NOCODE" }), "no-such-party"],
    [
      "join by a wildcard",
      () => bus.ask(subjects.join, {}, { ...ann, code: "*" }),
      "no-such-party",
    ],
  ])("D12: %s without a party is refused by name", async (_, ask, code) => {
    await manager(0);
    expect(await ask()).toMatchObject({ ok: false, error: { code } });
  });

  it("D13: whoever is asked about has no party, or the one they are in, with their presence", async () => {
    await manager(0);
    expect(await bus.ask(subjects.of, {}, { ...ann, online: true })).toEqual({
      ok: true,
      value: null,
    });
    await readyParty();
    const away = await bus.ask(subjects.of, {}, { ...ann, online: false });
    expect(away).toMatchObject({
      value: { leader: "p-bob", members: [{ online: false }, { online: true }] },
    });
  });

  it("D14: the leader kicks, and who was kicked is told gone", async () => {
    const gone: string[] = [];
    bus.hear(subjects.changed, {}, (body) => void gone.push(...body.gone));
    await manager(0);
    await readyParty();
    expect(await bus.ask(subjects.kick, {}, { ...bob, member: "Ann" })).toMatchObject({
      error: { code: "not-leader" },
    });
    const left = await bus.ask(subjects.kick, {}, { ...ann, member: "BOB" });
    expect(left).toMatchObject({ ok: true, value: { members: [{ name: "Ann" }] } });
    await until("it is told", () => gone.length > 0);
    expect(gone).toEqual(["p-bob"]);
    expect(await bus.ask(subjects.create, {}, bob)).toMatchObject({ ok: true });
  });
});
